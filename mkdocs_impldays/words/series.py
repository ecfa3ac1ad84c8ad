"""A series of days in words: what they share is written once, around a list of the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from mkdocs_impldays.words.patterns import Pattern, Piece, dash, split

Run = tuple[date, ...]
"""A single day, or the first and the last of several in a row."""

Mark = Callable[[date, str], str]
"""Takes a date and the words that are its own, without the shared ones; gives what stands there."""

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


@dataclass(frozen=True)
class Writer:
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
        """Write runs as a list, with what all days share before and behind it."""
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
