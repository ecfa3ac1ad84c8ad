"""The rules of a time zone's clocks, as calendars want them (RFC 5545 §3.6.5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

_MARGIN = timedelta(days=2)
"""How far the rules reach beyond the first and last moment they are needed for."""


def vtimezone(zone: ZoneInfo, first: datetime, last: datetime) -> icalendar.Timezone:
    """Give a zone's rules from one aware moment to another, and a little around them.

    Corrects what icalendar 7.3 writes: the onset of summer time one gap too late.
    """
    component = icalendar.Timezone.from_tzid(
        zone.key, first_date=(first - _MARGIN).date(), last_date=(last + _MARGIN).date()
    )
    component.pop("COMMENT", None)  # libical 3 takes it for a mistake
    for rule in component.subcomponents:
        assert isinstance(rule, icalendar.TimezoneStandard | icalendar.TimezoneDaylight)
        gap = rule.TZOFFSETTO - rule.TZOFFSETFROM
        if gap > timedelta() and not _is_skipped(rule.DTSTART, zone):
            # The onset is told on the clocks before it: 02:00, which never comes, not 03:00.
            rule.DTSTART -= gap
    return component


def _is_skipped(clock: datetime, zone: ZoneInfo) -> bool:
    return clock.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != clock
