"""The rules of a zone are those of its clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import icalendar
import pytest

from mkdocs_impldays.output.ics import vtimezone

ZONES = (
    "Africa/Casablanca",  # back and forth again within a month, around Ramadan
    "America/Recife",  # and within a week, in 2000
    "America/Sao_Paulo",  # at midnight
    "America/St_Johns",  # at one minute past midnight
    "Asia/Kathmandu",  # to an offset of 5:45
    "Australia/Lord_Howe",  # by half an hour
    "Europe/Dublin",  # whose winter is what is not standard
    "Europe/Paris",
    "Pacific/Apia",  # over the date line
)


def _onsets(written: bytes) -> list[tuple[datetime, timedelta]]:
    """Give the moments in UTC from which on each offset holds, by RFC 5545 §3.6.5."""
    found = []
    for rule in icalendar.Timezone.from_ical(written).subcomponents:
        assert isinstance(rule, icalendar.TimezoneStandard | icalendar.TimezoneDaylight)
        starts = [rule.DTSTART, *(each[0] for each in rule.rdates)]
        found += [(start - rule.TZOFFSETFROM, rule.TZOFFSETTO) for start in starts]
    return sorted((start.replace(tzinfo=UTC), offset) for start, offset in found)


@pytest.mark.parametrize("name", ZONES)
def test_the_rules_give_the_offset_of_each_moment(name: str) -> None:
    zone = ZoneInfo(name)
    begin, end = datetime(1999, 6, 1, tzinfo=zone), datetime(2013, 1, 1, tzinfo=zone)
    onsets = _onsets(vtimezone(zone, begin, end))
    assert onsets[0][0] <= begin
    assert {offset for _, offset in onsets} == {
        (begin + timedelta(days=number)).utcoffset() for number in range((end - begin).days)
    }
    for (start, offset), (following, _) in pairwise([*onsets, (end.astimezone(UTC), timedelta())]):
        hours = int((following - start) / timedelta(hours=4))
        moments = [start + timedelta(hours=4 * number) for number in range(hours)]
        last = following - timedelta(seconds=1)
        assert {each.astimezone(zone).utcoffset() for each in (*moments, last)} == {offset}


def test_every_onset_is_told_on_the_clocks_before_it() -> None:
    zone = ZoneInfo("Europe/Paris")
    written = vtimezone(zone, datetime(2018, 1, 1, tzinfo=zone), datetime(2019, 12, 1, tzinfo=zone))
    assert b"DTSTART:20180325T020000\r\nRDATE:20190331T020000\r\n" in written
    assert b"DTSTART:20181028T030000\r\nRDATE:20191027T030000\r\n" in written
