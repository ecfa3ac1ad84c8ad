"""Days in words, in every language CLDR has.

Babel formats one date by a pattern, and a range only where CLDR has a pattern for that very range:
not with long months, not with weekdays, and never as a list. A range and a list need no pattern of
their own: they repeat the part of one date's pattern that differs, and keep the rest. Patterns are
those of UTS #35, part 4.
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
"""What belongs to the field before it, like the dot in German and 日 in Japanese."""


class Piece(NamedTuple):
    """A field of a date, or the text between two."""

    text: str
    """The text itself, or the field as CLDR writes it, like `MMMM`."""
    unit: str = ""
    """`year`, `month`, `day` or `weekday`; nothing for text."""


Pattern = tuple[Piece, ...]


def pattern_of(text: str) -> Pattern:
    """Read a date pattern as CLDR writes it."""
    pieces: list[Piece] = []
    for kind, value in tokenize_pattern(text):
        if kind == "field":
            letter = value[0].replace("Y", "y")  # the year of weeks, a mistake in some of CLDR
            pieces.append(Piece(letter * int(value[1]), _UNITS[letter]))
        elif pieces and not pieces[-1].unit:
            pieces[-1] = Piece(pieces[-1].text + str(value))
        else:
            pieces.append(Piece(str(value)))
    return tuple(pieces)


class Month(NamedTuple):
    """A month of a year, of which no day is known."""

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
    """Write a month in one of the styles of `days_in_words`, of which most are the same for it.

    Raises `ValueError` with a message for the user for an unknown style or language.
    """
    check_style(style)
    if style == "iso":
        return str(month)
    skeleton = "yMMM" if style == "short" else "yMMMM"
    return str(format_skeleton(skeleton, month.first, locale=locale_of(locale)))


@cache
def day_pattern(locale: Locale, *, short: bool, weekday: bool, year: bool) -> Pattern:
    """Return a locale's pattern for one day, with the month's name in full or `short`."""
    if short:
        found = locale.datetime_skeletons["yMMMEd" if weekday else "yMMMd"]
    else:
        found = locale.date_formats["full" if weekday else "long"]
    pattern = pattern_of(str(found))
    if weekday:
        pattern = _with_weekday_as_in_lists(pattern, locale)
    return pattern if year else _without_year(pattern)


def _with_weekday_as_in_lists(pattern: Pattern, locale: Locale) -> Pattern:
    """Put between weekday and day what CLDR puts there where no month follows.

    A list then has no comma that only belongs to a date: `lunes 28 y martes 29 de mayo`.
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
    """Part a text in what belongs to the field before it, and the rest."""
    if piece.unit:
        return (), (piece,)
    match = _ATTACHED.match(piece.text)
    length = match.end() if match else 0
    head, tail = piece.text[:length], piece.text[length:]
    return (Piece(head),) if head else (), (Piece(tail),) if tail else ()


def split(pattern: Pattern, units: frozenset[str]) -> tuple[Pattern, Pattern, Pattern]:
    """Divide a pattern into what is before, within and after the units in which days differ."""
    at = [index for index, piece in enumerate(pattern) if piece.unit in units]
    if "year" in units or _is_of_digits(pattern):
        return (), pattern, ()
    core, rest = pattern[at[0] : at[-1] + 1], pattern[at[-1] + 1 :]
    if rest:
        more, remainder = _attached(rest[0])
        core, rest = (*core, *more), (*remainder, *rest[1:])
    return pattern[: at[0]], core, rest


def _is_of_digits(pattern: Pattern) -> bool:
    """Return whether it prints like 2018-05-28, which falls apart when a part is omitted."""
    return any(piece.text in {"-", "/"} for piece in pattern)


def dash(locale: Locale, core: Pattern) -> tuple[Pattern, str]:
    """Return the first half of a range, and what is between its halves.

    CLDR says how close the dash is to a day's bare number, and whether the first number keeps
    what is attached to it; around anything longer it is the dash of all ranges. Where CLDR left a
    hyphen there, as in Danish, it becomes the dash of that locale's other ranges.
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
"""Takes a date and the words that are its own, without the shared ones; returns what is written."""

_ORDINALS = {"one": "st", "two": "nd", "few": "rd", "other": "th"}
"""English endings by CLDR's ordinal plural categories, which know that it is 11th."""

_FIRST = {"fr": "1er", "it": "1º"}
"""The first of a month, where grammars want an ordinal that CLDR's patterns cannot write."""


def runs_of(days: Sequence[date], least: int | None) -> list[Run]:
    """Group days into first and last of those in a row, at `least` so many, and single days."""
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
    """Name the units in which days differ; the day and its weekday go together."""
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
        """Write what a pattern holds of one day."""
        return "".join(self._piece(day, piece) for piece in pattern)

    def marked(self, day: date, pattern: Pattern) -> str:
        """Write what a pattern holds of one day, with its mark."""
        return self.mark(day, self.day(day, pattern))

    def _piece(self, day: date, piece: Piece) -> str:
        if piece.unit == "day" and self.ordinal:
            return f"{day.day}{_ORDINALS[self.locale.ordinal_form(day.day)]}"
        if piece.unit == "day" and day.day == 1 and self.locale.language in _FIRST:
            return _FIRST[self.locale.language]
        return format_date(day, piece.text, locale=self.locale) if piece.unit else piece.text

    def series(self, runs: Sequence[Run], pattern: Pattern) -> str:
        """Write runs as a list, with what all days share before and after it."""
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
"""How days are written; `days_in_words` has an example of each."""


def days_in_words(  # noqa: PLR0913 - most callers leave them to the style
    days: Sequence[date],
    style: str = "long",
    *,
    locale: str,
    year: bool | None = None,
    weekday: bool | None = None,
    mark: Mark = lambda _, text: text,
) -> str:
    """Write the days of an event, what they share only once.

    The styles, for two days in British English:

    - `short`: 28–29 May 2018, with short names of months
    - `long`: 28–29 May 2018
    - `weekdays`: Monday 28 and Tuesday 29 May 2018
    - `and`: 28 and 29 May 2018
    - `ordinal`: 28th and 29th May 2018; other languages write it as `and`
    - `iso`: 2018-05-28/2018-05-29 (ISO 8601), which takes neither `year` nor `weekday`

    Three days and more in a row become a range, and so do days that `are_many`, without their
    weekdays; save in the style `and`. At least one day is needed; order and repetition do not
    matter. `year` and `weekday` put them in or leave them out against the style's habit. `mark` is
    asked what stands for each date that is named, save in the style `iso`. Raises `ValueError` with
    a message for the user where the style or the language is not known.
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
"""How many days in a row a style joins by a dash; fewer are listed."""


MOST_MONTHS = 4
"""In how many months days may lie to be listed each by itself."""


def are_many(days: Iterable[date]) -> bool:
    """Return whether days are too many months apart to be listed, as a year of evenings is."""
    return len({(day.year, day.month) for day in days}) > MOST_MONTHS


def jekyll_days(days: Sequence[date], *, locale: str, line_break: str | None = None) -> str:
    """Write the days as RustFest's Jekyll sites did, without the year, each day whole.

    In English: Monday, May 28th and Tuesday, May 29th. A `line_break`, like `<br>`, takes the place
    of the space before each day but the first. Other languages use their own form of a day. Days
    that `are_many` are a range.
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


def plain(text: str) -> str:
    """Put common spaces for the thin and the unbreakable, which calendars may not show."""
    return re.sub("[\u2009\u202f\xa0]", " ", text)


def check_style(style: str) -> None:
    """Raise `ValueError` where a style of dates is not known."""
    if style not in STYLES:
        advice = guess(style, STYLES) or f" Write one of: {', '.join(STYLES)}."
        raise ValueError(f"{quoted(style)} is not a style of dates.{advice}")
