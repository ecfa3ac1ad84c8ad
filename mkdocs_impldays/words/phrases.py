"""The plugin's own phrases, in the reader's language or in the organiser's words.

`locales/phrases.pot` has the phrases in English, each with the name by which code and fest files
refer to it in `msgctxt`. A `.po` beside it is a translation. They are read as they are, once a
process, so that nothing needs to be compiled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import NamedTuple

from babel.messages.pofile import read_po
from babel.numbers import format_currency
from markupsafe import Markup, escape

from mkdocs_impldays.problems import guess, quoted
from mkdocs_impldays.words.dates import days_in_words
from mkdocs_impldays.words.languages import direction, is_language, locale_of
from mkdocs_impldays.words.times import (
    begins_day,
    is_anywhere_on_earth,
    minute_before,
    moment_in_words,
    zone_in_words,
)

_FOLDER = files("mkdocs_impldays.words").joinpath("locales")

_NAMES = {"call", "event", "fest"}
"""What a person may leave out of a phrase, since the page around it says it."""


@cache
def english() -> Mapping[str, str]:
    """Return the phrases in English by their names."""
    return _read("phrases.pot")


@cache
def catalogue(language: str) -> tuple[str, Mapping[str, str]]:
    """Return the phrases in a language (ISO 639, without a region), and the language they are in.

    A language without a catalogue of its own has the English one.
    """
    if language != "en" and _FOLDER.joinpath(f"{language}.po").is_file():
        return language, _read(f"{language}.po")
    return "en", english()


def _read(name: str) -> Mapping[str, str]:
    with _FOLDER.joinpath(name).open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return MappingProxyType(
        {str(message.context): str(message.string or message.id) for message in messages}
    )


def placeholders(phrase: str) -> set[str]:
    """Name what a phrase wants filled in: `{date}`.

    Raises `ValueError` where its braces are not paired, or hold more than a name.
    """
    names = set()
    for _, name, form, conversion in Formatter().parse(phrase):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(name)
        names.add(name)
    return names


def phrase_problem(key: str, phrase: str) -> str | None:
    """Return what is wrong with a phrase in an organiser's own words; `None` where it is good."""
    if key not in english():
        advice = guess(key, english()) or ' Write one like "rsvp.opens".'
        return f"is not a known phrase.{advice}"
    wanted = placeholders(english()[key])
    try:
        used = placeholders(phrase)
    except ValueError:
        have = f" like {_listed(wanted)}" if wanted else ""
        what = f"has a brace that is not a placeholder{have}. Write {{{{ for a brace."
        return f"{quoted(phrase)} {what}"
    if strange := sorted(used - wanted):
        near = guess(strange[0], wanted)
        can = f" It can have {_listed(wanted)}." if wanted else " Remove it."
        return f"{quoted(phrase)} has {_listed(strange)}, which is not filled in here.{near or can}"
    if missing := wanted - used - _NAMES:
        return f"{quoted(phrase)} lacks {_listed(missing)}. Put it where it is to be shown."
    return None


def phrase_problems(phrases: object) -> list[tuple[tuple[str, ...], str]]:
    """Find what is wrong with the phrases of a fest file: each place in the file, and a sentence.

    They may be anything that was typed; what is not text at all is left to the fest's own kinds.
    """
    found: list[tuple[tuple[str, ...], str]] = []
    for key, typed in phrases.items() if isinstance(phrases, dict) else ():
        for where, phrase in _each(("phrases", key), typed):
            if isinstance(phrase, str) and (problem := phrase_problem(key, phrase)):
                colon = ":" if problem.startswith('"') else ""
                found.append((where, f"{'.'.join(where)}{colon} {problem}"))
    return found


def _each(where: tuple[str, ...], typed: object) -> list[tuple[tuple[str, ...], object]]:
    """Return a phrase in each language that it was typed in, with its place."""
    if isinstance(typed, dict) and all(map(is_language, typed)):
        return [((*where, tag), phrase) for tag, phrase in typed.items()]
    return [(where, typed)]


def _listed(names: set[str] | list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


_NONE: Mapping[str, str] = MappingProxyType({})


class Words(NamedTuple):
    """The phrases of one language, some of them in the organiser's own words, and its dates."""

    language: str
    """The language of the words (BCP 47): English where the phrases have no translation."""
    phrases: Mapping[str, str]
    """The phrases by their names, each with its placeholders in braces."""
    is_foreign: bool = False
    """Whether the language is not the one that was asked for."""

    @classmethod
    def of(cls, language: str, overrides: Mapping[str, str] = _NONE) -> Words:
        """Return the words of a language, with those of the fest file before them.

        The overrides are taken as good: `phrases.phrase_problem` finds those that are not. Raises
        `ValueError` with a message for the user where CLDR does not know the language.
        """
        tag, phrases = catalogue(locale_of(language).language)
        is_own = locale_of(language).language == tag
        return cls(language if is_own else tag, {**phrases, **overrides}, is_foreign=not is_own)

    @property
    def attributes(self) -> Markup:
        """Return the attributes of an element with such words on a page of another language."""
        if not self.is_foreign:
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(self.language, direction(self.language))

    def say(self, name: str, **facts: object) -> str:
        """Return a phrase as plain text, with its facts filled in by their names."""
        return self.phrases[name].format(**facts)

    def phrase(self, name: str, **facts: object) -> Markup:
        """Return a phrase as HTML; a fact that is not markup is text, whatever it looks like.

        So a date can have its `<time>` element within the sentence.
        """
        return escape(self.phrases[name]).format(**facts)

    def moment(self, moment: datetime, style: str = "weekdays") -> Markup:
        """Return an aware moment as a `<time>` element, in the venue's words.

        `data-yours` has the words for the visitor's own time, with “…” where a script puts it.
        """
        return self._element(moment, moment_in_words(moment, locale=self.language, style=style))

    def opening(self, moment: datetime) -> Markup:
        """Return when something opens as HTML: its day and zone alone at the day's first minute."""
        return self._day_of(moment, moment) if begins_day(moment) else self.moment(moment)

    def deadline(self, name: str, moment: datetime, **facts: object) -> Markup:
        """Return a phrase with a deadline as its `date`, as HTML.

        One at 23:59 or at midnight reads as the end of its day, by the phrase `…_day`, with the
        zone it is meant in; one at the end of the day at UTC−12 reads as “anywhere on earth”.
        """
        phrase = f"{name}_day" if _ends_day(moment) else name
        return self.phrase(phrase, date=self.until(moment), **facts)

    def until(self, moment: datetime) -> Markup:
        """Return a deadline as HTML: its day and zone alone if it is the end of the day."""
        if not _ends_day(moment):
            return self.moment(moment)
        return self._day_of(moment, minute_before(moment) if begins_day(moment) else moment)

    def _day_of(self, moment: datetime, within: datetime) -> Markup:
        """Return a moment in words as the day that another moment lies in, with its zone."""
        day = days_in_words([within.date()], "weekdays", locale=self.language)
        written = self._element(moment, day)
        if is_anywhere_on_earth(moment):
            return self.phrase("date.anywhere", date=written)
        return Markup("{} ({})").format(written, zone_in_words(within, locale=self.language))

    def price(self, price: str) -> str:
        """Return an amount with its currency, like 80 EUR, in words; 0 is free."""
        amount, currency = price.split()
        if not float(amount):
            return self.say("ticket.free")
        return format_currency(Decimal(amount), currency, locale=locale_of(self.language))

    def _element(self, moment: datetime, text: str) -> Markup:
        return Markup('<time datetime="{}" data-yours="({})">{}</time>').format(
            moment.isoformat(timespec="minutes"), self.say("hours.yours", time="…"), text
        )

    def days(self, days: Sequence[date], style: str = "long") -> Markup:
        """Return days as HTML, each date that is named in a `<time>` element of its own."""
        return Markup(days_in_words(days, style, locale=self.language, mark=_time))  # noqa: S704 - dates


def _ends_day(moment: datetime) -> bool:
    return (moment.hour, moment.minute) == (23, 59) or begins_day(moment)


def _time(day: date, text: str) -> str:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), text)
