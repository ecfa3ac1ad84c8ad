"""The rules of time zones, as calendar files need them (RFC 5545 §3.6.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import icalendar

_STEP = timedelta(days=5)
"""Less than the shortest time between two changes of the clocks: a week, in Recife in 2000."""

_SECOND = timedelta(seconds=1)


def vtimezone(zone: ZoneInfo, first: datetime, last: datetime) -> bytes:
    """Return a zone's rules from one aware moment to another, as a component (RFC 5545 §3.6.5).

    Changes on the same weekday of each year are written as rules for whole years, since some
    calendars misread single dates. Other zones have each change as a date.
    """
    return _vtimezone(zone, first.year - 1, last.year + 1)


@lru_cache(maxsize=256)  # most events of a fest are in the same year
def _vtimezone(zone: ZoneInfo, first: int, last: int) -> bytes:
    """Return the rules of whole years, from zoneinfo.

    icalendar 7.3 writes no yearly rules, misses changes that are less than two months apart, and
    writes the onset of summer time in the new offset, not in the old one.
    """
    begin = datetime(first, 1, 1, tzinfo=zone)
    onsets: dict[_Change, list[datetime]] = {}
    before = _offset(begin)
    for start in _changes(begin, datetime(last + 1, 1, 1, tzinfo=zone)):
        # The onset is a local time in the old offset: 02:00, which is skipped, not 03:00.
        onset = start.replace(tzinfo=None) - max(_offset(start) - before, timedelta())
        onsets.setdefault(_Change.at(start, before), []).append(onset)
        before = _offset(start)
    years = range(first, last + 1)
    yearly = {change: _yearly(starts, years) for change, starts in onsets.items()}
    component = icalendar.Timezone()
    component.add("TZID", zone.key)
    if not (yearly and all(yearly.values())):
        yearly = {}
        at_first = _Change.at(begin, _offset(begin))
        onsets = {at_first: [begin.replace(tzinfo=None)], **onsets}
    for change, starts in onsets.items():
        component.add_component(change.rule(starts, yearly.get(change)))
    return bytes(component.to_ical())


def _yearly(starts: Sequence[datetime], years: Sequence[int]) -> dict[str, object] | None:
    """Return the yearly rule of dates (RFC 5545 §3.3.10), like the last Sunday in March.

    `None` if they follow none.
    """
    alike = {(start.month, start.weekday(), start.time()) for start in starts}
    if [start.year for start in starts] != list(years) or len(alike) > 1:
        return None
    is_last = all((start + timedelta(weeks=1)).month != start.month for start in starts)
    weeks = {-1} if is_last else {(start.day - 1) // 7 + 1 for start in starts}
    if len(weeks) > 1:
        return None
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[starts[0].weekday()]
    return {"FREQ": "YEARLY", "BYMONTH": starts[0].month, "BYDAY": f"{weeks.pop()}{weekday}"}


@dataclass(frozen=True)
class _Change:
    """A change of the clocks, on any date."""

    before: timedelta
    after: timedelta
    name: str
    is_standard: bool

    @classmethod
    def at(cls, start: datetime, before: timedelta) -> _Change:
        """Return the change that ends at an aware moment, from the offset `before`."""
        return cls(before, _offset(start), str(start.tzname()), start.dst() == timedelta())

    def rule(
        self, starts: Sequence[datetime], yearly: dict[str, object] | None
    ) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
        """Return the component of the change (RFC 5545 §3.6.5) with all its dates."""
        rule = icalendar.TimezoneStandard() if self.is_standard else icalendar.TimezoneDaylight()
        rule.DTSTART = starts[0]
        if yearly:
            rule.add("RRULE", yearly)
        elif starts[1:]:
            rule.add("RDATE", starts[1:])
        rule.add("TZNAME", self.name)
        rule.TZOFFSETFROM, rule.TZOFFSETTO = self.before, self.after
        return rule


def _changes(begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the first moment after each change of the offset, in the zone."""
    while begin < end:
        following = begin + _STEP
        if _offset(following) != _offset(begin):
            change = _change(begin, following)
            if change < end:
                yield change
        begin = following


def _change(before: datetime, after: datetime) -> datetime:
    """Return the first second, in the zone, with the offset of `after`."""
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        before, after = (middle, after) if _offset(middle) == _offset(before) else (before, middle)
    return after


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    assert offset is not None  # all moments here are aware
    return offset
