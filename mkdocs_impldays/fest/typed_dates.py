"""Read dates as people write them, like "Monday, May 28th and Tuesday, May 29th".

Only an unambiguous text is read. One with an unknown word, with days out of order or with a wrong
weekday is rejected, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from babel import Locale

from mkdocs_impldays.words.languages import month_names, weekday_names

_TOKEN = re.compile(
    r"""(?P<iso>\d{4}-\d{2}-\d{2})
    | (?P<year>\d{4})(?!\d)
    | (?P<dotted>\d{1,2}\.\d{1,2})(?=\.|\s|$)\.?
    | (?P<day>\d{1,2})(?!\d)(?:-?(?:st|nd|rd|th)\b|\.(?!\.))?
    | (?P<to>\.\.+|[-–—])
    | (?P<both>[&+])
    | (?P<comma>,)
    | (?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)\.?
    | (?P<space>\s+)""",
    re.VERBOSE | re.IGNORECASE,
)
_TO = {"to", "until", "till", "through", "thru", "bis", "au", "al", "tot"}
_BETWEEN = {"of", "the", "on", "from", "de", "del", "le", "den", "der", "vom", "dal"}


class _Unread(Exception):  # noqa: N818 - control flow, not an error of the program
    """The reason why a text cannot be read."""


def _refuse(wrong: bool, reason: str) -> None:
    if wrong:
        raise _Unread(reason)


@dataclass
class _Typed:
    """One day of the text, as far as it has been read."""

    day: int
    joined: str
    """How it is joined to the day before: `to`, `both`, `comma`, or nothing."""
    weekday: int | None = None
    month: int | None = None
    year: int | None = None


def read_dates(
    text: str, *, year: int | None, language: str = "en"
) -> tuple[tuple[date, ...], str | None]:
    """Return the days of a text in order, and `None`; `year` is used if the text has none.

    If the text cannot be read, returns no days and the reason, like `"Blursday" is not a word for a
    date.`
    """
    plain = re.sub(r"<[^<>]*>|&nbsp;", " ", text.replace("&amp;", "&")).strip()
    try:
        reader = _Reader(_Words.of(language))
        for kind, word in _tokens(plain):
            reader.take(kind, word)
        return tuple(_days(reader.finish(), year)), None
    except _Unread as reason:
        return (), str(reason)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _Unread(f'"{text[position]}" has no place in a date.')
        kind = match.lastgroup or "space"
        if kind != "space":
            yield kind, match[kind]
        position = match.end()


@dataclass(frozen=True)
class _Words:
    """The words of a language, and English, for months, weekdays and “and” (CLDR)."""

    months: dict[str, int]
    weekdays: dict[str, int]
    both: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> _Words:
        locales = [Locale("en"), Locale("en", "GB"), Locale.parse(language, sep="-")]
        months: dict[str, int] = {}
        weekdays: dict[str, int] = {}
        for locale in locales:
            months |= {_last_word(name): number for name, number in month_names(locale)}
            weekdays |= {_last_word(name): number for name, number in weekday_names(locale)}
        pairs = (locale.list_patterns["standard"]["2"] for locale in locales)
        both = frozenset(re.sub(r"\{\d\}|[\s,]", "", pair).casefold() for pair in pairs)
        return _Words(months, weekdays, both)


def _last_word(name: str) -> str:
    return re.split(r"\s", name.strip("."))[-1].casefold()


@dataclass
class _Reader:
    """Combines days, months and years in the order in which they are read."""

    words: _Words
    typed: list[_Typed] = field(default_factory=list)
    joined: str = ""
    weekday: int | None = None
    lead: tuple[int | None, int | None] = (None, None)
    """The year and the month before the days, as in “May 28th and 29th”."""
    spare: bool = False
    """Whether the month before the days has no day yet."""

    def take(self, kind: str, word: str) -> None:
        if kind == "word":
            kind = self._kind_of(word)
        match kind:
            case "to" | "both" | "comma":
                self.joined = kind if self.joined in {"", "comma"} else self.joined
            case "iso":
                self._iso(word)
            case "day":
                self._day(int(word))
            case "dotted":
                day, month = word.split(".")
                self._day(int(day))
                self._month(int(month))
            case "year":
                self._year(int(word))
            case "month":
                self._month(self.words.months[word.casefold()])
            case "weekday":
                self.weekday = self.words.weekdays[word.casefold()]

    def _kind_of(self, word: str) -> str:
        folded = word.casefold()
        kinds = {
            "month": folded in self.words.months,
            "weekday": folded in self.words.weekdays,
            "both": folded in self.words.both,
            "to": folded in _TO,
            "between": folded in _BETWEEN,
        }
        kind = next((kind for kind, fits in kinds.items() if fits), None)
        if kind is None:
            raise _Unread(f'"{word}" is not a word for a date.')
        return kind

    def _day(self, day: int) -> None:
        year, month = self.lead
        self.typed.append(_Typed(day, self.joined, self.weekday, month, year))
        self.joined, self.weekday, self.spare = "", None, False

    def _iso(self, word: str) -> None:
        year, month, day = (int(part) for part in word.split("-"))
        self.lead = (year, month)
        self._day(day)

    def _month(self, month: int) -> None:
        waiting = [typed for typed in self.typed if typed.month is None]
        if waiting:
            for typed in waiting:
                typed.month = month
            return
        _refuse(
            self.spare or (bool(self.typed) and self.lead == (None, None)),
            "it names a month without a day.",
        )
        self.lead, self.spare = (None, month), True

    def _year(self, year: int) -> None:
        for typed in self.typed:
            typed.year = typed.year or year
        _refuse(not self.typed, "the year is before the day.")

    def finish(self) -> list[_Typed]:
        _refuse(self.spare, "it names a month without a day.")
        _refuse(not self.typed, "it names no day.")
        _refuse(any(typed.month is None for typed in self.typed), "it names no month.")
        return self.typed


def _days(typed: list[_Typed], year: int | None) -> list[date]:
    days: list[date] = []
    for each, day in _with_years(typed, year):
        if each.weekday is not None and day.weekday() != each.weekday:
            raise _Unread(f"{day} is a {day:%A}, not the weekday that is typed.")
        if days:
            days += _up_to(day, days[-1], each.joined)
        else:
            days.append(day)
    return days


MAX_DAYS = 60
"""The longest range of days that is read; a longer one has a wrong year."""


def _up_to(day: date, before: date, joined: str) -> list[date]:
    """Return a day, preceded by those since the day `before` if the two are a range."""
    _refuse(not joined, "two days are next to each other with nothing between them.")
    _refuse(day <= before, f"{day} does not come after {before}.")
    if joined != "to":
        return [day]
    count = (day - before).days
    _refuse(count >= MAX_DAYS, f"from {before} to {day} are more than {MAX_DAYS} days.")
    return [before + timedelta(number) for number in range(1, count + 1)]


def _with_years(typed: list[_Typed], year: int | None) -> list[tuple[_Typed, date]]:
    """Return the dates; in “December 31st to January 1st, 2019” the first is in 2018."""
    last = typed[-1]
    dated: list[tuple[_Typed, date]] = []
    for each in typed:
        own = each.year or year
        _refuse(own is None, "it names no year.")
        assert own is not None
        is_year_before = (each.month or 0) > (last.month or 0) and each.year == last.year
        try:
            day = date(own - 1 if is_year_before else own, each.month or 0, each.day)
        except ValueError:
            raise _Unread(f"{own}-{each.month:02}-{each.day:02} is not in the calendar.") from None
        dated.append((each, day))
    return dated
