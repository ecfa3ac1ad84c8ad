"""Dates in words, in all languages of CLDR.

Babel formats single dates, and ranges only if CLDR has a pattern for them: not with long months or
weekdays, and never lists. Here, a range or a list repeats the part of a single date's pattern in
which the dates differ, and has the rest once. Patterns are those of UTS #35, part 4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.dates import format_date, format_skeleton, tokenize_pattern
from babel.lists import format_list

from mkdocs_impldays.problems import guess, quoted
from mkdocs_impldays.words.languages import locale_of

_UNITS = {
    "G": "year",
    "y": "year",
    "M": "month",
    "L": "month",
    "d": "day",
    "E": "weekday",
    "c": "weekday",
}
_WEEKDAY_PLACE = re.compile(r"[\s,،]*")
_ATTACHED = re.compile(r"[^\s,،、/‐-―-]*")
"""Text that belongs to the field before it, like the dot in German and 日 in Japanese."""


class Piece(NamedTuple):
    """A field of a date pattern, or the text between two."""

    text: str
    """The text, or the field as in CLDR, like `MMMM`."""
    unit: str = ""
    """`year`, `month`, `day` or `weekday`; empty for text."""


Pattern = tuple[Piece, ...]


def pattern_of(text: str) -> Pattern:
    """Return the pieces of a date pattern of CLDR."""
    pieces: list[Piece] = []
    for kind, value in tokenize_pattern(text):
        if kind == "field":
            letter = value[0].replace("Y", "y")  # the week-based year is a mistake in CLDR
            pieces.append(Piece(letter * int(value[1]), _UNITS[letter]))
        elif pieces and not pieces[-1].unit:
            pieces[-1] = Piece(pieces[-1].text + str(value))
        else:
            pieces.append(Piece(str(value)))
    return tuple(pieces)


class Month(NamedTuple):
    """A month of a year."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def following(self) -> Month:
        """The month after it."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def __str__(self) -> str:
        """Return it as in ISO 8601: 2027-06."""
        return f"{self.year}-{self.month:02}"


def month_in_words(month: Month, style: str = "long", *, locale: str) -> str:
    """Return a month in one of the styles of `days_in_words`, most of which are the same.

    Raises `ValueError` with a message for the user if the style or the language is not known.
    """
    check_style(style)
    if style == "iso":
        return str(month)
    skeleton = "yMMM" if style == "short" else "yMMMM"
    return str(format_skeleton(skeleton, month.first, locale=locale_of(locale)))


@cache
def day_pattern(locale: Locale, *, short: bool, weekday: bool, year: bool) -> Pattern:
    """Return a locale's pattern for one day, with the full or `short` name of the month."""
    if short:
        found = locale.datetime_skeletons["yMMMEd" if weekday else "yMMMd"]
    else:
        found = locale.date_formats["full" if weekday else "long"]
    pattern = pattern_of(str(found))
    if weekday:
        pattern = _with_weekday_as_in_lists(pattern, locale)
    return pattern if year else _without_year(pattern)


def _with_weekday_as_in_lists(pattern: Pattern, locale: Locale) -> Pattern:
    """Return a pattern with the text between weekday and day as in dates without a month.

    Lists then have no comma of single dates: `lunes 28 y martes 29 de mayo`.
    """
    alone = pattern_of(str(locale.datetime_skeletons["Ed"]))
    for index in range(len(pattern) - 2):
        here, there = pattern[index : index + 3], alone[:3]
        same = [piece.unit for piece in here] == [piece.unit for piece in there]
        if same and all(_WEEKDAY_PLACE.fullmatch(part[1].text) for part in (here, there)):
            return (*pattern[: index + 1], alone[1], *pattern[index + 2 :])
    return pattern


def _without_year(pattern: Pattern) -> Pattern:
    at = [index for index, piece in enumerate(pattern) if piece.unit == "year"]
    before, after = pattern[: at[0]], pattern[at[-1] + 1 :]
    if not any(piece.unit for piece in after):
        kept, _ = _attached(before[-1])
        return (*before[:-1], *kept)
    if not before or _attached(after[0])[0]:
        return (*before, *after[1:])
    kept, _ = _attached(before[-1])
    return (*before[:-1], *kept, *after)


def _attached(piece: Piece) -> tuple[Pattern, Pattern]:
    """Return the part of a text that belongs to the field before it, and the rest."""
    if piece.unit:
        return (), (piece,)
    match = _ATTACHED.match(piece.text)
    length = match.end() if match else 0
    head, tail = piece.text[:length], piece.text[length:]
    return (Piece(head),) if head else (), (Piece(tail),) if tail else ()


def split(pattern: Pattern, units: frozenset[str]) -> tuple[Pattern, Pattern, Pattern]:
    """Return a pattern split into before, within and after the units in which days differ."""
    at = [index for index, piece in enumerate(pattern) if piece.unit in units]
    if "year" in units or _is_of_digits(pattern):
        return (), pattern, ()
    core, rest = pattern[at[0] : at[-1] + 1], pattern[at[-1] + 1 :]
    if rest:
        more, remainder = _attached(rest[0])
        core, rest = (*core, *more), (*remainder, *rest[1:])
    return pattern[: at[0]], core, rest


def _is_of_digits(pattern: Pattern) -> bool:
    """Return whether a pattern is like 2018-05-28, of which no part can be omitted."""
    return any(piece.text in {"-", "/"} for piece in pattern)


def dash(locale: Locale, core: Pattern) -> tuple[Pattern, str]:
    """Return the pattern of the first date of a range, and the text between its dates.

    For days only, CLDR has the dash with its spaces, and whether the first day keeps the text that
    belongs to it. For longer patterns it is the dash of all ranges, or “ – ” where CLDR has a
    hyphen, as in Danish.
    """
    if [piece.unit for piece in core if piece.unit] == ["day"]:
        half = pattern_of(locale.interval_formats["yMMMd"]["d"][0])
        if half[-2].unit == "day":
            return core[:1], half[-1].text
    between = locale.interval_formats[None].format("", "")
    return core, " – " if between.strip() == "-" else between


Run = tuple[date, ...]
"""A single day, or the first and the last of several in a row."""

Mark = Callable[[date, str], str]
"""A function of a date and its text, without shared parts, that returns the text to write."""

_ORDINALS = {"one": "st", "two": "nd", "few": "rd", "other": "th"}
"""English endings by CLDR's ordinal plural categories."""

_FIRST = {"fr": "1er", "it": "1º"}
"""The first of a month in languages with an ordinal for it, which CLDR's patterns lack."""


def runs_of(days: Sequence[date], least: int | None) -> list[Run]:
    """Return days as runs: of at `least` so many consecutive days, else single ones."""
    rows: list[list[date]] = []
    for day in days:
        if rows and day - rows[-1][-1] == timedelta(days=1):
            rows[-1].append(day)
        else:
            rows.append([day])
    runs: list[Run] = []
    for row in rows:
        if least is not None and len(row) >= least:
            runs.append((row[0], row[-1]))
        else:
            runs += [(day,) for day in row]
    return runs


def _differing(days: Sequence[date]) -> frozenset[str]:
    """Return the units in which days differ; `day` and `weekday` always do."""
    units = {"day", "weekday"}
    if len({(day.year, day.month) for day in days}) > 1:
        units.add("month")
    if len({day.year for day in days}) > 1:
        units.add("year")
    return frozenset(units)


class Writer(NamedTuple):
    """Fills a locale's patterns."""

    locale: Locale
    ordinal: bool
    mark: Mark = lambda _, text: text

    def day(self, day: date, pattern: Pattern) -> str:
        """Return a day in a pattern."""
        return "".join(self._piece(day, piece) for piece in pattern)

    def marked(self, day: date, pattern: Pattern) -> str:
        """Return a day in a pattern, changed by `mark`."""
        return self.mark(day, self.day(day, pattern))

    def _piece(self, day: date, piece: Piece) -> str:
        if piece.unit == "day" and self.ordinal:
            return f"{day.day}{_ORDINALS[self.locale.ordinal_form(day.day)]}"
        if piece.unit == "day" and day.day == 1 and self.locale.language in _FIRST:
            return _FIRST[self.locale.language]
        return format_date(day, piece.text, locale=self.locale) if piece.unit else piece.text

    def series(self, runs: Sequence[Run], pattern: Pattern) -> str:
        """Return runs as a list, with what all days share before and after it."""
        first = runs[0][0]
        if runs == [(first,)]:
            return self.marked(first, pattern)
        before, core, after = split(pattern, _differing([day for run in runs for day in run]))
        items = [self._run(run, core) for run in runs]
        return (
            self.day(first, before)
            + format_list(items, locale=self.locale)
            + self.day(first, after)
        )

    def _run(self, run: Run, pattern: Pattern) -> str:
        if len(run) == 1:
            return self.marked(run[0], pattern)
        before, core, after = split(pattern, _differing(run))
        half, between = dash(self.locale, core)
        halves = self.marked(run[0], half) + between + self.marked(run[1], core)
        return self.day(run[0], before) + halves + self.day(run[1], after)


STYLES = ("short", "long", "weekdays", "and", "ordinal", "iso")
"""The styles of dates; `days_in_words` has an example of each."""


def days_in_words(  # noqa: PLR0913 - most callers leave them to the style
    days: Sequence[date],
    style: str = "long",
    *,
    locale: str,
    year: bool | None = None,
    weekday: bool | None = None,
    mark: Mark = lambda _, text: text,
) -> str:
    """Return days in words, with what they share only once.

    The styles, for two days in British English:

    - `short`: 28–29 May 2018, with short names of months
    - `long`: 28–29 May 2018
    - `weekdays`: Monday 28 and Tuesday 29 May 2018
    - `and`: 28 and 29 May 2018
    - `ordinal`: 28th and 29th May 2018; other languages write it as `and`
    - `iso`: 2018-05-28/2018-05-29 (ISO 8601), which takes neither `year` nor `weekday`

    Three or more consecutive days become a range, and so do days that `are_many`, without
    weekdays; except in the style `and`. At least one day is required, in any order. `year` and
    `weekday` override the style. `mark` may change the text of each date, except in the style
    `iso`. Raises `ValueError` with a message for the user if the style or the language is unknown.
    """
    check_style(style)
    ordered, tongue = sorted(set(days)), locale_of(locale)
    if style == "iso":
        return ", ".join("/".join(map(str, run)) for run in runs_of(ordered, 2))
    is_range = style != "and" and are_many(ordered)
    has_weekday = style == "weekdays" if weekday is None else weekday
    pattern = day_pattern(
        tongue,
        short=style == "short",
        weekday=has_weekday and not is_range,
        year=year is not False,
    )
    ordinal = style == "ordinal" and tongue.language == "en"
    runs = [(ordered[0], ordered[-1])] if is_range else runs_of(ordered, _SHORTEST_RANGE[style])
    return Writer(tongue, ordinal, mark).series(runs, pattern)


_SHORTEST_RANGE = {"short": 2, "long": 2, "weekdays": 3, "ordinal": 3, "and": None}
"""The least consecutive days that are a range in a style; fewer are listed."""


MOST_MONTHS = 4
"""The most months in which days are listed one by one."""


def are_many(days: Iterable[date]) -> bool:
    """Return whether days are in too many months to be listed, like those of a year."""
    return len({(day.year, day.month) for day in days}) > MOST_MONTHS


def jekyll_days(days: Sequence[date], *, locale: str, line_break: str | None = None) -> str:
    """Return days as on RustFest's Jekyll sites, each in full, without the year.

    In English: Monday, May 28th and Tuesday, May 29th. Other languages use their own form of a day.
    A `line_break`, like `<br>`, replaces the space before each day but the first. Days that
    `are_many` are a range.
    """
    if are_many(days):
        return days_in_words(days, "ordinal", locale=locale, year=False)
    tongue = locale_of(locale)
    english = tongue.language == "en"
    pattern = (
        pattern_of("EEEE, MMMM d")
        if english
        else day_pattern(tongue, short=False, weekday=True, year=False)
    )
    writer = Writer(tongue, ordinal=english)
    written = [writer.day(day, pattern) for day in sorted(set(days))]
    if line_break is None:
        return format_list(written, locale=tongue)
    marked = format_list([written[0], *(f"\0{day}" for day in written[1:])], locale=tongue)
    broken = re.sub(r"\s(\w*)\0", r"\0\1", marked)
    return broken.replace("\0", line_break)


def check_style(style: str) -> None:
    """Raise `ValueError` with a message for the user if a style of dates is not known."""
    if style not in STYLES:
        advice = guess(style, STYLES) or f" Write one of: {', '.join(STYLES)}."
        raise ValueError(f"{quoted(style)} is not a style of dates.{advice}")
