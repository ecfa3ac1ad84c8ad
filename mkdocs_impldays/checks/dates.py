"""Find dates in a text, like “Monday, May 28th” or “28.–29. Mai 2018”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from babel import Locale

from mkdocs_impldays.words import languages

_DAY = r"(?P<day>[0-3]?\d)(?!\d|[:.]\d)(?:-?(?:st|nd|rd|th)\b|\.)?"
_JOINED = r"\s*[-–&/]\s*|\s+(?:and|to|und|bis|et|au|y|al|i)\s+(?:the\s+)?"
_MORE = rf"(?:(?:{_JOINED})[0-3]?\d(?!\d|[:.]\d)(?:-?(?:st|nd|rd|th)\b|\.)?)*"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_ISO = re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")

_DIGITS = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<sign>[./])(?P<second>\d{1,2})(?P=sign)"
    r"(?P<year>(?:19|20)\d\d)(?![\d/-]|\.\d)"
)


class Mention(NamedTuple):
    """A date in a text, or several of one month."""

    text: str
    """As it was typed."""
    start: int
    """Its index in the text."""
    month: int
    days: tuple[int, ...]
    year: int | None = None
    """The year, if there is one."""
    weekday: int | None = None
    """The weekday of the first day, if there is one; 0 is Monday."""

    def dates(self, year: int) -> list[date]:
        """Return its dates, in its own year or else the given one, without impossible ones."""
        found = []
        for day in self.days:
            try:
                found.append(date(self.year or year, self.month, day))
            except ValueError:
                continue
        return found

    @property
    def is_impossible(self) -> bool:
        """Whether its first day does not exist, like 31 November.

        One in no month at all, as 2018-13-01, may be the number of a version.
        """
        is_of_month = self.month in range(1, 13) and self.days[0] in range(1, 32)
        return is_of_month and not self.dates(self.year or 2000)


@cache
def _words(language: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return the numbers of months and weekdays by name, in English and a language (CLDR)."""
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for locale in (Locale("en"), Locale.parse(language, sep="-")):
        months |= {_name(text): number for text, number in languages.month_names(locale)}
        weekdays |= {_name(text): number for text, number in languages.weekday_names(locale)}
    return months, weekdays


def month_names(language: str) -> Iterable[str]:
    """Return the names of months, in English and another language, in lower case."""
    return _words(language)[0].keys()


def _name(text: str) -> str:
    return text.rstrip(".").casefold()


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], ...]:
    months, weekdays = (
        "|".join(sorted(map(re.escape, names), key=len, reverse=True)) for names in _words(language)
    )
    weekday = rf"(?:\b(?P<weekday>{weekdays})\b\.?,?\s+(?:the\s+|den\s+|le\s+)?)?"
    month = rf"\b(?P<month>{months})\b\.?,?"
    days = rf"{_DAY}(?P<more>{_MORE})"
    month_first = rf"{weekday}{month}\s+{days}{_YEAR}"
    day_first = rf"{weekday}(?<![\d.:]){days}\s+(?:of\s+|de\s+)?{month}{_YEAR}"
    return re.compile(month_first, re.IGNORECASE), re.compile(day_first, re.IGNORECASE)


def mentions_in(text: str, *, language: str = "en") -> Iterator[Mention]:
    """Yield the dates in a text, which may be in English or in the language."""
    if not re.search(r"\d", text):
        return
    months, weekdays = _words(language)
    taken: list[tuple[int, int]] = []
    for match in _ISO.finditer(text):
        yield Mention(
            match[0], match.start(), int(match["month"]), (int(match["day"]),), int(match["year"])
        )
        taken.append(match.span())
    for match in _DIGITS.finditer(text):
        if day_and_month := _day_and_month(match, language):
            day, month = day_and_month
            yield Mention(match[0], match.start(), month, (day,), int(match["year"]))
            taken.append(match.span())
    for pattern in _pattern(language):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            days = (int(match["day"]), *(int(n) for n in re.findall(r"\d+", match["more"])))
            yield Mention(
                " ".join(match[0].rstrip(".,").split()),
                match.start(),
                months[_name(match["month"])],
                days,
                int(match["year"]) if match["year"] else None,
                weekdays[_name(match["weekday"])] if match["weekday"] else None,
            )


def _day_and_month(match: re.Match[str], language: str) -> tuple[int, int] | None:
    """Return which part of 28/05/2018 is which; `None`, if English has it both ways."""
    first, second = int(match["first"]), int(match["second"])
    is_either = match["sign"] == "/" and language.partition("-")[0] == "en"
    if is_either and second > 12:
        return second, first
    return None if is_either and first <= 12 and first != second else (first, second)
