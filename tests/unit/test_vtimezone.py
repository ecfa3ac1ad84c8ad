"""The rules of a zone are those of its clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from mkdocs_impldays.output.vtimezone import vtimezone

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

LAST = datetime(2032, 1, 1)  # noqa: DTZ001 - on the clocks of whichever zone


def _onsets(written: bytes) -> list[tuple[datetime, timedelta]]:
    """Return the moments in UTC from which on each offset holds, by RFC 5545 §3.6.5."""
    found = []
    for rule in icalendar.Timezone.from_ical(written).subcomponents:
        assert isinstance(rule, icalendar.TimezoneStandard | icalendar.TimezoneDaylight)
        starts = [rule.DTSTART, *(each[0] for each in rule.rdates)]
        if "RRULE" in rule:
            text = rule.get("RRULE").to_ical().decode()
            starts = [*rrulestr(text, dtstart=rule.DTSTART).between(starts[0], LAST, inc=True)]
        found += [(start - rule.TZOFFSETFROM, rule.TZOFFSETTO) for start in starts]
    return sorted((start.replace(tzinfo=UTC), offset) for start, offset in found)


@pytest.mark.parametrize("years", [(1999, 2013), (2007, 2007), (2018, 2018), (2027, 2030)])
@pytest.mark.parametrize("name", ZONES)
def test_the_rules_give_the_offset_of_each_moment(name: str, years: tuple[int, int]) -> None:
    zone = ZoneInfo(name)
    begin, end = datetime(years[0], 1, 1, tzinfo=zone), datetime(years[1] + 1, 1, 1, tzinfo=zone)
    written = vtimezone(zone, begin, end - timedelta(seconds=1))
    onsets = [onset for onset in _onsets(written) if onset[0] < end]
    assert onsets[0][0] <= begin
    for (start, offset), (following, _) in pairwise([*onsets, (end.astimezone(UTC), timedelta())]):
        hours = int((following - start) / timedelta(hours=4))
        moments = [start + timedelta(hours=4 * number) for number in range(hours)]
        last = following - timedelta(seconds=1)
        assert {each.astimezone(zone).utcoffset() for each in (*moments, last)} == {offset}


def _rules(name: str, year: int) -> dict[str, str]:
    """Return when each half of a year begins: its first date, and its rule or later dates."""
    zone = ZoneInfo(name)
    moment = datetime(year, 7, 1, tzinfo=zone)
    found = {}
    for part in icalendar.Timezone.from_ical(vtimezone(zone, moment, moment)).subcomponents:
        lines = part.to_ical().decode().splitlines()
        told = [line for line in lines if line.startswith(("DTSTART", "RRULE", "RDATE"))]
        found[f"{part.name} {part['TZNAME']}"] = " ".join(told)
    return found


def test_a_zone_with_a_yearly_rule_has_both_halves_by_that_rule() -> None:
    assert _rules("Europe/Paris", 2018) == {
        "DAYLIGHT CEST": "DTSTART:20170326T020000 RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "STANDARD CET": "DTSTART:20171029T030000 RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    }
    assert _rules("America/New_York", 2027) == {
        "DAYLIGHT EDT": "DTSTART:20260308T020000 RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
        "STANDARD EST": "DTSTART:20261101T020000 RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
    }
    assert _rules("Australia/Sydney", 2027) == {
        "STANDARD AEST": "DTSTART:20260405T030000 RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4",
        "DAYLIGHT AEDT": "DTSTART:20261004T020000 RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=10",
    }


def test_a_zone_that_never_changes_has_its_offset_alone() -> None:
    assert _rules("Asia/Kathmandu", 2027) == {"STANDARD +0545": "DTSTART:20260101T000000"}


def test_a_zone_whose_dates_follow_no_yearly_rule_has_each_date() -> None:
    assert list(_rules("Africa/Casablanca", 2027)) == ["STANDARD +01", "DAYLIGHT +00"]
    assert "RDATE:" in _rules("Africa/Casablanca", 2027)["DAYLIGHT +00"]
    assert "RRULE" not in str(_rules("Africa/Casablanca", 2027))
    # The rule changed in 2007: the second Sunday in March, where it had been the first in April.
    assert "RRULE" not in str(_rules("America/New_York", 2007))
