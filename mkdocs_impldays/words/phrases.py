"""The plugin's phrases, in several languages, which fest files can override.

`locales/phrases.pot` has the phrases in English, each with its name in `msgctxt`. The `.po` files
next to it are translations. They are read without compilation, once per process.
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
"""Placeholders that a phrase may omit, since the page around it has them."""


@cache
def english() -> Mapping[str, str]:
    """Return the phrases in English by their names."""
    return _read("phrases.pot")


@cache
def catalogue(language: str) -> tuple[str, Mapping[str, str]]:
    """Return the language of a catalogue and its phrases, for a language (ISO 639).

    A language without a catalogue has the English one.
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
    """Return the names of the placeholders of a phrase, like `{date}`.

    Raises `ValueError` if its braces are not paired, or have more than a name.
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
    """Return what is wrong with a phrase of a fest file; `None` if it is valid."""
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
    """Return the locations and the messages of phrases of a fest file that are not valid.

    Those that are not text are reported by the fest's model.
    """
    found: list[tuple[tuple[str, ...], str]] = []
    for key, typed in phrases.items() if isinstance(phrases, dict) else ():
        for where, phrase in _each(("phrases", key), typed):
            if isinstance(phrase, str) and (problem := phrase_problem(key, phrase)):
                colon = ":" if problem.startswith('"') else ""
                found.append((where, f"{'.'.join(where)}{colon} {problem}"))
    return found


def _each(where: tuple[str, ...], typed: object) -> list[tuple[tuple[str, ...], object]]:
    """Return a phrase in each language that it was typed in, with its location."""
    if isinstance(typed, dict) and all(map(is_language, typed)):
        return [((*where, tag), phrase) for tag, phrase in typed.items()]
    return [(where, typed)]


def _listed(names: set[str] | list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


_NONE: Mapping[str, str] = MappingProxyType({})


class Words(NamedTuple):
    """The phrases of a language, with those of the fest file, and dates in that language."""

    language: str
    """The language of the phrases (BCP 47): English if there is no translation."""
    phrases: Mapping[str, str]
    """The phrases by their names, each with its placeholders in braces."""
    is_foreign: bool = False
    """Whether the language is not that of the page."""

    @classmethod
    def of(cls, language: str, overrides: Mapping[str, str] = _NONE) -> Words:
        """Return the words of a language, with overrides of the fest file.

        The overrides must be valid: `phrase_problem` checks that. Raises `ValueError` with a
        message for the user if CLDR does not have the language.
        """
        tag, phrases = catalogue(locale_of(language).language)
        is_own = locale_of(language).language == tag
        return cls(language if is_own else tag, {**phrases, **overrides}, is_foreign=not is_own)

    @property
    def attributes(self) -> Markup:
        """The attributes `lang` and `dir` of an element, if the page is in another language."""
        if not self.is_foreign:
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(self.language, direction(self.language))

    def say(self, name: str, **facts: object) -> str:
        """Return a phrase as plain text, with its placeholders replaced by facts."""
        return self.phrases[name].format(**facts)

    def phrase(self, name: str, **facts: object) -> Markup:
        """Return a phrase as HTML; facts are escaped unless they are markup, like a `<time>`."""
        return escape(self.phrases[name]).format(**facts)

    def moment(self, moment: datetime, style: str = "weekdays") -> Markup:
        """Return an aware moment as a `<time>` element, in its own time zone.

        `data-yours` has the phrase for the visitor's own time, in which a script replaces “…”.
        """
        return self._element(moment, moment_in_words(moment, locale=self.language, style=style))

    def opening(self, moment: datetime) -> Markup:
        """Return an opening moment as HTML: only its day and zone if that is the first minute."""
        return self._day_of(moment, moment) if begins_day(moment) else self.moment(moment)

    def deadline(self, name: str, moment: datetime, **facts: object) -> Markup:
        """Return a phrase with a deadline as its `date`, as HTML.

        One at 23:59 or 00:00 is the end of a day, by the phrase `…_day`, with its zone; in UTC−12,
        “anywhere on earth”.
        """
        phrase = f"{name}_day" if _ends_day(moment) else name
        return self.phrase(phrase, date=self.until(moment), **facts)

    def until(self, moment: datetime) -> Markup:
        """Return a deadline as HTML: only its day and zone if it is the end of the day."""
        if not _ends_day(moment):
            return self.moment(moment)
        return self._day_of(moment, minute_before(moment) if begins_day(moment) else moment)

    def _day_of(self, moment: datetime, within: datetime) -> Markup:
        """Return a `<time>` element of a moment, shown as the day of another, with its zone."""
        day = days_in_words([within.date()], "weekdays", locale=self.language)
        if is_anywhere_on_earth(moment):
            return self._element(moment, self.say("date.anywhere", date=day))
        zone = zone_in_words(within, locale=self.language)
        return self._element(moment, f"{day} ({zone})")

    def price(self, price: str) -> str:
        """Return a price like 80 EUR as the language writes it; 0 is the phrase for free.

        English has the sign before the amount, also in Europe, where CLDR has it after it.
        """
        amount, currency = price.split()
        if not float(amount):
            return self.say("ticket.free")
        tag = "en-GB" if self.language == "en" else self.language
        return format_currency(Decimal(amount), currency, locale=locale_of(tag))

    def _element(self, moment: datetime, text: str) -> Markup:
        return Markup('<time datetime="{}" data-yours="({})">{}</time>').format(
            moment.isoformat(timespec="minutes"), self.say("hours.yours", time="…"), text
        )

    def days(self, days: Sequence[date], style: str = "long") -> Markup:
        """Return days as HTML, with each date in a `<time>` element."""
        time = Markup('<time datetime="{}">{}</time>').format
        return Markup(days_in_words(days, style, locale=self.language, mark=time))  # noqa: S704 - dates


def _ends_day(moment: datetime) -> bool:
    return (moment.hour, moment.minute) == (23, 59) or begins_day(moment)
