"""Facts typed in the prose of a page that contradict the fest file, or repeat it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache

from mkdocs_impldays.checks.hours import unknown_openings
from mkdocs_impldays.checks.mentions import Mention, mentions_in
from mkdocs_impldays.checks.reading import Page, Passage, has_digits, spelt
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.typed import known
from mkdocs_impldays.problems import Problem, Severity, in_order, quoted

NEAR = 10
"""Days. A date so close to an event, in a sentence that names it, is meant to be the event's."""

_NO_DAY_OF_IT = re.compile(
    r"\b(until|till|by|before|after|since|deadline|clos(?:es?|ed|ing)|open(?:s|ed)?|register\w*"
    r"|registration|rsvp|tickets?|apply|applications?|submit\w*|announced?|posted|published|updated"
    r"|newsletter|call for|moved|instead of|used to|arrive early)\b",
    re.IGNORECASE,
)
"""Words with which a date beside an event's name is another day than the event's own."""

_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_ORDINALS += ["tenth", "eleventh", "twelfth"]
_BACK_OR_AHEAD = re.compile(
    r"\b(was|were|had|held|took|began|started|since|ago|previous\w*|former\w*|earlier|last|next"
    r"|history|back then|every|each)\b",
    re.IGNORECASE,
)
_EDITION = re.compile(rf"\b({'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))\s+edition\b", re.IGNORECASE)


def prose_problems(page: Page, fest: Fest, *, others: Sequence[Fest] = ()) -> list[Problem]:
    """Find dates, hours, years and editions that contradict a fest, and facts that repeat it.

    A sentence or paragraph that names another fest of the folder tells of that one, and is only
    asked whether its weekdays are right.
    """
    return in_order(
        Problem(page.path, page.line(place), message, severity)
        for place, message, severity in _findings(page, fest, others)
    )


Finding = tuple[int, str, Severity]
"""A place in the page, what is wrong there, and how sure that is."""


def _findings(page: Page, fest: Fest, others: Sequence[Fest]) -> Iterator[Finding]:
    others = [other for other in others if may_tell_of(other, page, fest)]
    places = [place for place in _places(fest) if page.may_name(place[0])]
    heading = around = ""
    elsewhere = False
    for sentence, block in page.sentences():
        if block.text.lstrip().startswith("#"):
            heading = block.text
        if others and around != (around := f"{heading} {block.text}"):
            elsewhere = any(tells_of(other, around, fest) for other in others)
        for mention in mentions_in(sentence.text, language=fest.language):
            place = sentence.start + mention.start
            if message := _wrong_weekday(mention, fest, elsewhere=elsewhere):
                yield place, *message
            elif not elsewhere and (found := _date_finding(mention, sentence, fest)):
                yield place, *found
        if not elsewhere:
            yield from _wrong_edition(sentence, fest)
            yield from _typed_places(sentence, places)
            if has_digits(sentence.text):
                yield from _wrong_years(sentence, fest)
                yield from _wrong_hours(sentence, fest)


def may_tell_of(other: Fest, page: Page, fest: Fest) -> bool:
    """Tell whether it is worth asking where a page names another fest."""
    return any(map(page.may_name, names_of(other, fest)))


def tells_of(other: Fest, text: str, fest: Fest) -> bool:
    """Tell whether a text names another fest, by its city or what is its own in its name."""
    return any(spelt(name).search(text) for name in names_of(other, fest))


def names_of(other: Fest, fest: Fest) -> set[str]:
    """Give the city of another fest, and the words of its name that are not in this one's."""
    words = {word for word in other.name.split() if len(word) > 3} - set(fest.name.split())
    return {other.city, *words} - {fest.city}


def days_of(fest: Fest) -> set[date]:
    """Give every date on which a fest takes place."""
    return {day.date for day in fest.known_days}


def _wrong_weekday(mention: Mention, fest: Fest, *, elsewhere: bool) -> tuple[str, Severity] | None:
    if mention.weekday is None or (elsewhere and mention.year is None):
        return None
    days = days_of(fest)
    year = mention.year or min((day.year for day in days), default=None)
    dated = mention.dates(year) if year else []
    if not dated or dated[0].weekday() == mention.weekday:
        return None
    message = f"{quoted(mention.text)} is a {dated[0]:%A} in {year}. Correct the day or the date."
    certain = mention.year is not None or dated[0] in days
    return message, "warning" if certain else "hint"


def _date_finding(mention: Mention, sentence: Passage, fest: Fest) -> tuple[str, Severity] | None:
    named = [event for event in fest.events.values() if _names(event, sentence.text)]
    events = [event for event in (named or fest.events.values()) if event.known_days]
    for event in events:
        days = {day.date for day in event.known_days}
        told = set(mention.dates(min(days).year))  # none where the calendar has no such day
        if mention.month and told and told <= days:
            advice = f"Write {{{{ site.dates.{_key(event)}_no_br }}}}."
            return f"{quoted(mention.text)} is in the fest file already. {advice}", "hint"
    if not named or not events or _NO_DAY_OF_IT.search(sentence.text):
        return None
    days = {day.date for event in events for day in event.known_days}
    dated = mention.dates(min(days).year)
    if not dated:
        return None
    far = min(abs((_in_year(one, day.year) - day).days) for one in dated for day in days)
    certain = far <= NEAR and not set(dated) <= days_of(fest)
    event = events[0]
    when = " and ".join(str(day.date) for day in event.known_days)
    message = f"{quoted(mention.text)} stands beside “{event.title}”, which is on {when}."
    advice = f"Correct it, or write {{{{ site.dates.{_key(event)}_no_br }}}}."
    return f"{message} {advice}", "warning" if certain else "hint"


def _in_year(day: date, year: int) -> date:
    """Return the same day of another year; for 29 February, the day after it in common years."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _names(event: Event, text: str) -> bool:
    return bool(spelt(event.title).search(text))


def _key(event: Event) -> str:
    return event.id.replace("-", "_")


@cache
def _name_and_year(*names: str) -> re.Pattern[str]:
    spellings = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"\b(?:{spellings})\s+((?:19|20)\d\d)\b")


def _wrong_years(sentence: Passage, fest: Fest) -> Iterator[Finding]:
    for match in _name_and_year(fest.name, fest.city).finditer(sentence.text):
        years = {day.year for day in days_of(fest)}
        if years and int(match[1]) not in years:
            right = " and ".join(map(str, sorted(years)))
            message = f"{quoted(match[0])} is not the year of this fest, {right}."
            advice = "Correct it, or write {{ site.dates.year }}."
            yield sentence.start + match.start(), f"{message} {advice}", "warning"


def _wrong_edition(sentence: Passage, fest: Fest) -> Iterator[Finding]:
    for match in _EDITION.finditer(sentence.text):
        word = match[1].lower()
        number = _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[:-2])
        behind = sentence.text[match.end() :]
        if _tells_of_another_time(sentence.text, fest):
            continue
        if fest.edition and number != fest.edition and _is_of_fest(behind, fest):
            message = f"{quoted(match[0])} is another edition than this fest's, {fest.edition}."
            advice = "Correct it, or write {{ fest.edition }}."
            yield sentence.start + match.start(), f"{message} {advice}", "warning"


def _tells_of_another_time(text: str, fest: Fest) -> bool:
    """Return whether a sentence looks back at another fest or ahead to it, as a history does."""
    years = {str(day.year) for day in days_of(fest)}
    return bool(_BACK_OR_AHEAD.search(text)) or any(
        year not in years for year in re.findall(r"\b(?:19|20)\d\d\b", text)
    )


def _is_of_fest(behind: str, fest: Fest) -> bool:
    """Tell whether an edition is a fest's, unlike “the second edition of the book”."""
    of = re.match(r"\s+of\s+(?:the\s+|our\s+|this\s+)?(\w+)", behind, re.IGNORECASE)
    names = {*fest.name.split(), fest.city, "fest", "conference", "event", "festival", "impl"}
    return of is None or of[1].casefold() in {name.casefold() for name in names}


def _wrong_hours(sentence: Passage, fest: Fest) -> Iterator[Finding]:
    for place, typed in unknown_openings(sentence.text, fest):
        named = any(_names(event, sentence.text) for event in fest.events.values())
        if not named and not re.search(r"\b(?:doors?|we)\b", sentence.text, re.IGNORECASE):
            continue  # a museum's hours, or a train's
        message = f"{quoted(typed)} is no hour of the fest file. Correct one of the two."
        yield sentence.start + place, message, "warning" if named else "hint"


def _places(fest: Fest) -> Iterator[tuple[str, str]]:
    """Give the names and streets of the fest's venues, each with the variable that prints it."""
    for key, venue in fest.venues.items():
        for name, fact in (("name", known(venue.name)), ("street", known(venue.street))):
            if fact and len(fact) >= 5:
                yield fact, f"venues.{key.replace('-', '_')}.{name}"


def _typed_places(sentence: Passage, places: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    for fact, path in places:
        for match in spelt(fact).finditer(sentence.text):
            typed = " ".join(match[0].split())
            if typed == typed.lower() != fact:
                continue  # “the library” is any, “the Library” the venue
            same = typed.casefold() == fact.casefold()
            said = "is in the fest file already" if same else f"is {quoted(fact)} in the file"
            message = f"{quoted(typed)} {said}. Write {{{{ {path} }}}}."
            yield sentence.start + match.start(), message, "hint" if same else "warning"
