"""CLDR's date patterns taken apart, so that what two days share is written once.

Babel prints one date by a pattern, and a range only where CLDR has a pattern for that very range:
not with long months, not with weekdays, and never as a list. A range and a list need no pattern of
their own: they repeat the part of one date's pattern that differs, and keep the rest.
Patterns are those of UTS #35, part 4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.dates import tokenize_pattern

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


@dataclass(frozen=True)
class Piece:
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
            pieces.append(Piece(value[0] * int(value[1]), _UNITS[value[0]]))
        elif pieces and not pieces[-1].unit:
            pieces[-1] = Piece(pieces[-1].text + str(value))
        else:
            pieces.append(Piece(str(value)))
    return tuple(pieces)


@cache
def day_pattern(locale: Locale, *, short: bool, weekday: bool, year: bool) -> Pattern:
    """Give a locale's pattern for one day, with the month's name in full or `short`."""
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
    """Part a pattern in what stands before, within and behind the units in which days differ."""
    at = [index for index, piece in enumerate(pattern) if piece.unit in units]
    if "year" in units or _is_of_digits(pattern):
        return (), pattern, ()
    core, rest = pattern[at[0] : at[-1] + 1], pattern[at[-1] + 1 :]
    if rest:
        more, remainder = _attached(rest[0])
        core, rest = (*core, *more), (*remainder, *rest[1:])
    return pattern[: at[0]], core, rest


def _is_of_digits(pattern: Pattern) -> bool:
    """Tell whether it prints like 2018-05-28, which falls apart when a part is left away."""
    return any(piece.text in {"-", "/"} for piece in pattern)


def dash(locale: Locale, core: Pattern) -> tuple[Pattern, str]:
    """Give the first half of a range, and what stands between its halves.

    CLDR knows how close the dash stands to a day's bare number, and whether the first number keeps
    what is attached to it; around anything longer it is the dash of all ranges. Where CLDR left a
    hyphen there, as in Danish, it becomes the dash of that locale's other ranges.
    """
    if [piece.unit for piece in core if piece.unit] == ["day"]:
        half = pattern_of(locale.interval_formats["yMMMd"]["d"][0])
        if half[-2].unit == "day":
            return core[:1], half[-1].text
    between = locale.interval_formats[None].format("", "")
    return core, " – " if between.strip() == "-" else between
