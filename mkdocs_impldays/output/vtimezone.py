"""The rules of a time zone's clocks, as calendars want them (RFC 5545 §3.6.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import icalendar

_MARGIN = timedelta(days=2)
"""How far the rules reach beyond the first and last day they are needed for."""

_STEP = timedelta(days=5)
"""Less than a change of the clocks ever lasted: a week, in Recife in 2000."""

_SECOND = timedelta(seconds=1)


def vtimezone(zone: ZoneInfo, first: datetime, last: datetime) -> bytes:
    """Give a zone's rules from one aware moment to another, and a little around them.

    They are a whole component, as a calendar's file has it.
    """
    return _vtimezone(zone, (first - _MARGIN).date(), (last + _MARGIN).date())


@lru_cache(maxsize=256)  # most events of a fest are on the same few days
def _vtimezone(zone: ZoneInfo, first: date, last: date) -> bytes:
    """Give the rules by zoneinfo: icalendar 7.3 misses clocks that change back within two months.

    It also tells when summer time begins on the clocks behind it, which RFC 5545 §3.6.5 does not.
    """
    begin = datetime.combine(first, time(), zone)
    onsets: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    before = _offset(begin)
    for start in (begin, *_changes(begin, datetime.combine(last, time(), zone))):
        offset, is_standard = _offset(start), start.dst() == timedelta()
        key = (before, offset, str(start.tzname()), is_standard)
        # The onset is told on the clocks before it: 02:00, which never comes, not 03:00.
        onset = start.replace(tzinfo=None) - max(offset - before, timedelta())
        onsets.setdefault(key, []).append(onset)
        before = offset
    component = icalendar.Timezone()
    component.add("TZID", zone.key)
    for key, starts in onsets.items():
        component.add_component(_rule(*key, starts))
    return bytes(component.to_ical())


def _rule(
    before: timedelta, offset: timedelta, name: str, is_standard: bool, starts: list[datetime]
) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    rule = icalendar.TimezoneStandard() if is_standard else icalendar.TimezoneDaylight()
    rule.DTSTART = starts[0]
    if starts[1:]:
        rule.add("RDATE", starts[1:])
    rule.add("TZNAME", name)
    rule.TZOFFSETFROM, rule.TZOFFSETTO = before, offset
    return rule


def _changes(begin: datetime, end: datetime) -> Iterator[datetime]:
    """Give the first time that the clocks show after each change of their offset."""
    while begin < end:
        following = begin + _STEP
        if _offset(following) != _offset(begin):
            change = _change(begin, following)
            if change < end:
                yield change
        begin = following


def _change(before: datetime, after: datetime) -> datetime:
    """Find the first second on the clocks at which their offset is that of `after`."""
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        before, after = (middle, after) if _offset(middle) == _offset(before) else (before, middle)
    return after


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    assert offset is not None  # all moments here are aware
    return offset
