"""The calendar of deadlines: moments that take no time, with their links."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import icalendar
import pytest

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.output.files import DEADLINES, FEED, files_of
from tests.fests import EVENT, fest_of
from tests.fests import HEAD as PARIS
from tests.unit.test_call_lists import FEST
from tests.unit.test_calls import HEAD

STAMPS = {"a-fest": datetime(2027, 1, 1, tzinfo=UTC)}


def files(fest: Fest, *, has_deadlines: bool = False) -> dict[str, bytes]:
    return files_of(
        fest, fests=[], site_url="https://docs.test/", stamps=STAMPS, has_deadlines=has_deadlines
    )


def events(raw: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(raw).walk("VEVENT"))


def test_each_deadline_is_a_moment_with_its_link() -> None:
    found = {str(each["UID"]): each for each in events(files(fest_of(FEST))[DEADLINES])}
    assert len(found) == 8
    closes = found["a-fest/proposals/closes@impldays"]
    assert closes["SUMMARY"] == "Docs Lisbon: Call for proposals: deadline"
    assert closes["DTSTART"].dt == datetime(2027, 3, 2, 11, 59, tzinfo=UTC)
    assert closes["URL"] == "https://pretalx.com/lisbon/cfp"
    assert "Monday 1 March 2027, anywhere on earth" in closes["DESCRIPTION"]
    for each in found.values():
        assert "DTEND" not in each
        assert "DURATION" not in each
        assert each["TRANSP"] == "TRANSPARENT"


def test_what_was_closed_early_says_so_in_the_summary() -> None:
    typed = "url: https://shirts.eu/lisbon, closes: 2027-03-01, availability: closed"
    fest = fest_of(f"{HEAD}calls:\n  shirts: {{{typed}}}\n")
    (event,) = events(files(fest)[DEADLINES])
    assert event["SUMMARY"] == "Docs Lisbon: Shirts: deadline (closed early)"


@pytest.mark.parametrize("has_deadlines", [False, True])
def test_subscribers_get_deadlines_only_if_that_is_asked_for(has_deadlines: bool) -> None:
    found = events(files(fest_of(FEST), has_deadlines=has_deadlines)[FEED])
    assert len(found) == (9 if has_deadlines else 1)


def test_a_fest_without_deadlines_has_no_calendar_of_them() -> None:
    assert DEADLINES in files(fest_of(FEST))
    assert DEADLINES not in files(fest_of(PARIS + EVENT))
