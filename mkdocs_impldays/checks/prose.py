"""Find facts in the prose of a page that contradict the fest file, or repeat it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import cache

from mkdocs_impldays.checks.dates import Mention, mentions_in
from mkdocs_impldays.checks.text import Page, Passage, has_digits, spelt
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.source import dotted, walk
from mkdocs_impldays.problems import Problem, Severity, in_order, quoted

_OPENING = re.compile(
    r"\b(?:doors?|opens?|starts?|begins?|we meet)\b(?:[^.;()\d]|\d{1,4}(?![\d:.])){0,30}?"
    r"\b(?:at|from)\s+"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap]\.?m\b)?",
    re.IGNORECASE,
)


def unknown_openings(text: str, fest: Fest) -> Iterator[tuple[int, str]]:
    """Yield the opening times in a text that are nowhere in the fest file, with their indexes.

    None if the fest file has no times.
    """
    matches = list(_OPENING.finditer(text))
    hours = set(_hours(fest)) if matches else set()
    for match in matches:
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if match["half"]:
            hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
        elif not match["minute"]:
            continue
        if hours and hour < 24 and minute < 60 and time(hour, minute) not in hours:
            start = match.start("hour")
            yield start, text[start : match.end()].strip()


def _hours(fest: Fest) -> Iterator[time]:
    """Yield all times in the fest file: of days, agendas and the RSVP."""
    for event in fest.events.values():
        for day in event.known_days:
            if known(day.opens) is not None:
                yield day.start.timetz().replace(tzinfo=None)
            if known(day.closes) is not None:
                yield day.end.timetz().replace(tzinfo=None)
            yield from (step.start.time() for step in event.steps_of(day))
    for moment in (fest.rsvp.opens, fest.rsvp.closes) if fest.rsvp else ():
        if isinstance(moment, datetime):
            yield moment.timetz().replace(tzinfo=None)


NEAR = 10
"""In days: a date this close to an event, in a sentence that names it, is the event's."""

_NO_DAY_OF_IT = re.compile(
    r"\b(until|till|by|before|after|since|deadline|clos(?:es?|ed|ing)|open(?:s|ed)?|register\w*"
    r"|registration|rsvp|tickets?|apply|applications?|submit\w*|announced?|posted|published|updated"
    r"|newsletter|call for|moved|instead of|used to|arrive early)\b",
    re.IGNORECASE,
)
"""Words with which a date near the name of an event is not its own, like “until”."""

_OURS = re.compile(
    r"\b(we (?:all |will )?(?:meet|start|begin)|join us|see you|(?:takes?|taking) place"
    r"|(?:is|will be) held|come (?:to|on))\b",
    re.IGNORECASE,
)
"""Words with which a date with a year is the fest's, even if no event is named."""

_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_ORDINALS += ["tenth", "eleventh", "twelfth"]
_BACK_OR_AHEAD = re.compile(
    r"\b(was|were|had|held|took|began|started|since|ago|previous\w*|former\w*|earlier|last|next"
    r"|history|back then|every|each)\b",
    re.IGNORECASE,
)
_EDITION = re.compile(rf"\b({'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))\s+edition\b", re.IGNORECASE)


def prose_problems(page: Page, fest: Fest, *, others: Sequence[Fest] = ()) -> list[Problem]:
    """Return dates, times, years and editions that contradict a fest, and facts that repeat it.

    In a block that names another fest of the site, only weekdays are checked.
    """
    return in_order(_problems(page, fest, others))


def facts_problems(fest: Fest) -> Iterator[Problem]:
    """Find impossible dates, and wrong weekdays, in the free facts under `site`."""
    for where, text in walk(fest.source.data.get("site"), ("site",)):
        for mention in mentions_in(text, language=fest.language) if isinstance(text, str) else ():
            message = _impossible(mention)
            if wrong := _wrong_weekday(mention, fest, elsewhere=False):
                message = wrong[0]
            if message:
                yield fest.source.problem(where, f"{dotted(where)}: {message}", "warning")


def _impossible(mention: Mention) -> str | None:
    if not mention.is_impossible:
        return None
    return f"{quoted(mention.text)} is not in the calendar. Correct the day."


def _problems(page: Page, fest: Fest, others: Sequence[Fest]) -> Iterator[Problem]:
    others = [other for other in others if may_be_about(other, page, fest)]
    places = [place for place in _places(fest) if page.may_name(place[0])]
    heading = around = ""
    elsewhere = False
    for sentence, block in page.sentences():
        if block.text.lstrip().startswith("#"):
            heading = block.text
        if others and around != (around := f"{heading} {block.text}"):
            elsewhere = any(is_about(other, around, fest) for other in others)
        for mention in mentions_in(sentence.text, language=fest.language):
            place = sentence.start + mention.start
            if impossible := _impossible(mention):
                yield page.problem(place, impossible)
            elif message := _wrong_weekday(mention, fest, elsewhere=elsewhere):
                yield page.problem(place, *message)
            elif not elsewhere and (found := _contradiction(mention, sentence, fest)):
                yield page.problem(place, *found)
        if not elsewhere:
            yield from _wrong_edition(page, sentence, fest)
            yield from _typed_places(page, sentence, places)
            if has_digits(sentence.text):
                yield from _wrong_years(page, sentence, fest)
                yield from _wrong_hours(page, sentence, fest)


_DEADLINE = re.compile(
    r"\b(until|till|by|before|deadline|due|clos(?:es?|ed|ing)|ends?)\b", re.IGNORECASE
)
"""Words with which a date near the name of a call is its deadline."""


def _contradiction(mention: Mention, sentence: Passage, fest: Fest) -> tuple[str, Severity] | None:
    if late := _wrong_deadline(mention, sentence, fest):
        return late, "warning"
    return _wrong_date(mention, sentence, fest)


def _wrong_deadline(mention: Mention, sentence: Passage, fest: Fest) -> str | None:
    """Return the message for a deadline in a sentence about a call that is not one of its dates."""
    before = sentence.text[: mention.start]
    if len(mention.days) > 1 or not _DEADLINE.search(before):
        return None
    for key, call in fest.every_call.items():
        closes = known(call.closes)
        if closes is None or not spelt(call.name or "RSVP").search(sentence.text):
            continue
        kinds = [call, *map(call.of_ticket, call.tickets)]
        right = {
            moment.date()
            for kind in kinds
            for moment in (kind.opens, kind.closes, kind.waitlist_closes, kind.result)
            if isinstance(moment, datetime)
        }
        if right.isdisjoint(mention.dates(closes.year)):
            name = f"{'' if key == 'rsvp' else 'calls.'}{key}.closes"
            message = f"{quoted(mention.text)} is not when {quoted(call.name or 'RSVP')} closes,"
            return f"{message} {closes:%Y-%m-%d}. Write {{{{ {name} }}}}, or correct the date."
    return None


def may_be_about(other: Fest, page: Page, fest: Fest) -> bool:
    """Return whether a page has all words of a name of another fest."""
    return any(map(page.may_name, names_of(other, fest)))


def is_about(other: Fest, text: str, fest: Fest) -> bool:
    """Return whether a text names another fest, by its city or the distinct words of its name."""
    return any(spelt(name).search(text) for name in names_of(other, fest))


def names_of(other: Fest, fest: Fest) -> set[str]:
    """Return the city of another fest, and the words of its name that are not in `fest`'s."""
    words = {word for word in other.name.split() if len(word) > 3} - set(fest.name.split())
    return {*([other.city] if other.city else []), *words} - {fest.city}


def _wrong_weekday(mention: Mention, fest: Fest, *, elsewhere: bool) -> tuple[str, Severity] | None:
    if mention.weekday is None or (elsewhere and mention.year is None):
        return None
    days = set(fest.dates)
    year = mention.year or min((day.year for day in days), default=None)
    dated = mention.dates(year) if year else []
    if not dated or dated[0].weekday() == mention.weekday:
        return None
    message = f"{quoted(mention.text)} is a {dated[0]:%A} in {year}. Correct the day or the date."
    certain = mention.year is not None or dated[0] in days
    return message, "warning" if certain else "hint"


def _wrong_date(mention: Mention, sentence: Passage, fest: Fest) -> tuple[str, Severity] | None:
    named = [event for event in fest.events.values() if _names(event, sentence.text)]
    if mention.year and not named and _OURS.search(sentence.text):
        named = list(fest.events.values())
    events = [event for event in (named or fest.events.values()) if event.known_days]
    for event in events:
        days = set(event.dates)
        dates = set(mention.dates(min(days).year))  # none where the calendar has no such day
        if mention.month and dates and dates <= days:
            advice = f"Write {{{{ site.dates.{_key(event)}_no_br }}}}."
            return f"{quoted(mention.text)} is already in the fest file. {advice}", "hint"
    if not named or not events or _NO_DAY_OF_IT.search(sentence.text):
        return None
    days = {day for event in events for day in event.dates}
    dated = mention.dates(min(days).year)
    if not dated:
        return None
    far = min(abs((_in_year(one, day.year) - day).days) for one in dated for day in days)
    certain = far <= NEAR and not set(dated) <= set(fest.dates)
    event = events[0]
    when = " and ".join(map(str, event.dates))
    message = f"{quoted(mention.text)} differs from the dates of “{event.title}”: {when}."
    advice = f"Correct it, or write {{{{ site.dates.{_key(event)}_no_br }}}}."
    return f"{message} {advice}", "warning" if certain else "hint"


def _in_year(day: date, year: int) -> date:
    """Return the same day of another year; 1 March for 29 February in common years."""
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


def _wrong_years(page: Page, sentence: Passage, fest: Fest) -> Iterator[Problem]:
    for match in _name_and_year(*filter(None, (fest.name, fest.city))).finditer(sentence.text):
        years = {day.year for day in fest.dates}
        if years and int(match[1]) not in years:
            right = " and ".join(map(str, sorted(years)))
            message = f"{quoted(match[0])} is not the year of this fest, {right}."
            advice = "Correct it, or write {{ site.dates.year }}."
            yield page.problem(sentence.start + match.start(), f"{message} {advice}", "warning")


def _wrong_edition(page: Page, sentence: Passage, fest: Fest) -> Iterator[Problem]:
    for match in _EDITION.finditer(sentence.text):
        word = match[1].lower()
        number = _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[:-2])
        after = sentence.text[match.end() :]
        if _is_about_another_time(sentence.text, fest):
            continue
        if fest.edition and number != fest.edition and _is_of_fest(after, fest):
            message = f"{quoted(match[0])} is not the edition of this fest, {fest.edition}."
            advice = "Correct it, or write {{ fest.edition }}."
            yield page.problem(sentence.start + match.start(), f"{message} {advice}", "warning")


def _is_about_another_time(text: str, fest: Fest) -> bool:
    """Return whether a sentence is about the past or the future, or another year."""
    years = {str(day.year) for day in fest.dates}
    return bool(_BACK_OR_AHEAD.search(text)) or any(
        year not in years for year in re.findall(r"\b(?:19|20)\d\d\b", text)
    )


def _is_of_fest(after: str, fest: Fest) -> bool:
    """Return whether an edition is the fest's, not that of “the second edition of the book”."""
    of = re.match(r"\s+of\s+(?:the\s+|our\s+|this\s+)?(\w+)", after, re.IGNORECASE)
    names = {
        *fest.name.split(),
        *filter(None, [fest.city]),
        "fest",
        "conference",
        "event",
        "festival",
        "impl",
    }
    return of is None or of[1].casefold() in {name.casefold() for name in names}


def _wrong_hours(page: Page, sentence: Passage, fest: Fest) -> Iterator[Problem]:
    for place, typed in unknown_openings(sentence.text, fest):
        named = any(_names(event, sentence.text) for event in fest.events.values())
        if not named and not re.search(r"\b(?:doors?|we)\b", sentence.text, re.IGNORECASE):
            continue  # of a museum, or a train
        message = f"{quoted(typed)} is not an hour of the fest file. Correct one of the two."
        yield page.problem(sentence.start + place, message, "warning" if named else "hint")


def _places(fest: Fest) -> Iterator[tuple[str, str]]:
    """Yield the names and streets of the fest's venues, each with its variable."""
    for key, venue in fest.venues.items():
        for name, fact in (("name", known(venue.name)), ("street", known(venue.street))):
            if fact and len(fact) >= 5:
                yield fact, f"venues.{key.replace('-', '_')}.{name}"


def _typed_places(
    page: Page, sentence: Passage, places: Iterable[tuple[str, str]]
) -> Iterator[Problem]:
    for fact, path in places:
        for match in spelt(fact).finditer(sentence.text):
            typed = " ".join(match[0].split())
            if typed == typed.lower() != fact:
                continue  # “the library” is any, “the Library” the venue
            same = typed.casefold() == fact.casefold()
            state = "is already in the fest file" if same else f"is {quoted(fact)} in the file"
            message = f"{quoted(typed)} {state}. Write {{{{ {path} }}}}."
            yield page.problem(
                sentence.start + match.start(), message, "hint" if same else "warning"
            )
