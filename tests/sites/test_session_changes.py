"""What becomes of a session is said by notice, schedule, calendars and data, all together."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

import icalendar
import pytest

from mkdocs_impldays.fest.changes import notices_of
from tests.fests import HEAD, fest_of
from tests.sites.building import Built, built, site

FEST = f"""{HEAD}venues:
  casa: {{name: Casa, rooms: {{big: {{name: Main hall}}, small: {{name: Attic}}}}}}
speakers: {{ada: {{name: Ada}}}}
events:
  talks:
    title: Talks
    days: [{{date: 2027-06-05, opens: "09:00", closes: "18:00"}}]
    venue: casa
    agenda:
      - {{at: "10:00", for: 45 min, what: Errors & more, id: errors, room: big, speakers: ada}}
      - {{at: "12:00", what: Lunch}}
"""
LINE = 'at: "10:00", for: 45 min, what: Errors & more, id: errors, room: big, speakers: ada'
DAY = '{date: 2027-06-05, opens: "09:00", closes: "18:00"'


@dataclass(frozen=True)
class Case:
    """What a change of the fest file makes of the session."""

    old: str
    new: str
    notice: list[str]
    """The lines of the notice on the morning of the day."""
    plan: str
    """How the line of the schedule begins."""
    status: str
    """In calendars; the rest is the same in all data."""
    event_status: str
    start: str = "10:00"
    room: str = "Main hall"
    was: str | None = None
    """When it was to begin."""
    is_cancelled: bool = False
    title: str = "Errors & more"


CASES = {
    "as planned": Case(LINE, LINE, [], "10:00 Errors & more", "CONFIRMED", "EventScheduled"),
    "cancelled": Case(
        LINE,
        f"{LINE}, status: cancelled",
        ["Cancelled: Errors & more (10:00, Main hall)"],
        "10:00 Cancelled no longer: Errors & more",
        *("CANCELLED", "EventCancelled"),
        is_cancelled=True,
    ),
    "another room": Case(
        LINE,
        LINE.replace("big", "small, status: moved"),
        ["Moved: Errors & more (10:00, Attic)"],
        "10:00 Moved Errors & more",
        *("CONFIRMED", "EventScheduled"),
        room="Attic",
    ),
    "another time": Case(
        LINE,
        LINE.replace("10:00", "14:00") + ', status: moved, was: "10:00"',
        ["Moved: Errors & more (14:00, Main hall)"],
        "14:00 Moved no longer: 10:00 Errors & more",
        *("CONFIRMED", "EventRescheduled"),
        start="14:00",
        was="10:00",
    ),
    "another title": Case(
        LINE,
        LINE.replace("& more", "again"),
        [],
        "10:00 Errors again",
        *("CONFIRMED", "EventScheduled"),
        title="Errors again",
    ),
    "a late day": Case(
        DAY,
        f"{DAY}, delay: 30",
        ["Talks Paris: everything on Saturday 5 June 2027 is 30 min late"],
        "10:30 Errors & more",
        *("CONFIRMED", "EventRescheduled"),
        start="10:30",
        was="10:00",
    ),
    "a day that is cancelled": Case(
        DAY,
        f"{DAY}, status: cancelled",
        ["Cancelled: Talks Paris"],
        "10:00 no longer: Errors & more",
        *("CANCELLED", "EventCancelled"),
        is_cancelled=True,
    ),
    "an event that is postponed": Case(
        "    venue: casa",
        "    venue: casa\n    status: postponed",
        ["Postponed, new date to be announced: Talks Paris"],
        "10:00 no longer: Errors & more",
        *("CANCELLED", "EventPostponed"),
        is_cancelled=True,
    ),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IMPLDAYS_NOW", "2027-06-05T08:00")
        for number, (name, case) in enumerate(CASES.items()):
            patch.setenv("SOURCE_DATE_EPOCH", f"{1_800_000_000 + number}")
            assert FEST.count(case.old) == 1
            files = {"docs/index.md": "# Home\n\n{{ schedule() }}\n"}
            fest = FEST.replace(case.old, case.new)
            found[name] = built(site(tmp_path_factory.mktemp("change"), files, fest=fest))
            assert not found[name].stopped, found[name].lines
    return found


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


by_name = pytest.mark.parametrize("name", CASES)


@by_name
def test_pages_say_it(name: str, sites: dict[str, Built]) -> None:
    page, case = sites[name].page(), CASES[name]
    notice = re.search(r'<div class="impldays impldays-notice".*?</div>', page, re.DOTALL)
    lines = re.findall(r"<p(?![^>]* hidden)[^>]*>.*?</p>", notice[0] if notice else "", re.DOTALL)
    assert [words(line) for line in lines] == case.notice
    (line,) = re.findall(r'<li id="session-errors".*?</li>', page, re.DOTALL)
    assert words(line).startswith(case.plan)
    assert case.room in words(line)


def test_a_session_that_is_cancelled_has_all_of_its_time_struck(sites: dict[str, Built]) -> None:
    page = sites["cancelled"].page("fests/paris-2018/sessions/errors/index.html")
    struck = re.findall("<s>(.*?)</s>", page, re.DOTALL)
    assert [words(each) for each in struck] == [
        "no longer: Saturday 5 June 2027 at 10:00 CEST until 10:45"
    ]


@by_name
def test_calendars_say_it_of_the_same_entry(name: str, sites: dict[str, Built]) -> None:
    case = CASES[name]
    for path in ("sessions/errors", "programme", "programme-talks"):
        entry, before = (entry_of(sites[each], path) for each in (name, "as planned"))
        assert entry["UID"] == before["UID"]
        assert entry["SEQUENCE"] - before["SEQUENCE"] == [*CASES].index(name)
        assert entry["STATUS"] == case.status
        assert str(entry["DTSTART"].dt) == f"2027-06-05 {case.start}:00+02:00"
        assert str(entry["LOCATION"]).startswith(f"{case.room}, Casa")
        assert str(entry["SUMMARY"]).endswith(case.title)
        assert (str(entry["SUMMARY"]) == case.title) == (case.status == "CONFIRMED")


def entry_of(done: Built, path: str) -> Any:
    """Return the entry; icalendar types each property as one of 30 classes, hence `Any`."""
    data = (done.folder / f"site/fests/paris-2018/{path}.ics").read_bytes()
    (entry,) = (
        each
        for each in icalendar.Calendar.from_ical(data).events
        if "Errors" in str(each["SUMMARY"])
    )
    return entry


@by_name
def test_search_engines_read_it(name: str, sites: dict[str, Built]) -> None:
    case = CASES[name]
    page = sites[name].page("fests/paris-2018/sessions/errors/index.html")
    found = re.search(r'ld\+json" data-impldays>\n(.*?)\n</script>', page, re.DOTALL)
    assert found
    node = json.loads(found[1])
    assert node["eventStatus"] == f"https://schema.org/{case.event_status}"
    assert node["startDate"] == f"2027-06-05T{case.start}:00+02:00"
    before = f"2027-06-05T{case.was}:00+02:00" if case.was else None
    assert node.get("previousStartDate") == before
    assert (node["name"], node["location"]["name"]) == (case.title, case.room)


@by_name
def test_programs_read_it(name: str, sites: dict[str, Built]) -> None:
    done, case = sites[name], CASES[name]
    sessions = json.loads(done.page("fests/paris-2018.json"))["events"][0]["days"][0]["agenda"]
    session = next(each for each in sessions if each["id"] == "errors")
    assert (session["what"], session["at"]) == (case.title, case.start)
    assert (session["status"] == "cancelled") == case.is_cancelled
    rooms = json.loads(done.page("fests/paris-2018/schedule.json"))["schedule"]["conference"]
    (event,) = rooms["days"][0]["rooms"][case.room]
    assert (event["guid"], event["start"]) == (session["uid"], case.start)
    assert event["title"].endswith(case.title)
    assert event["title"].startswith("CANCELLED: ") == case.is_cancelled


def test_a_notice_is_there_from_the_morning_until_the_session_is_over() -> None:
    case = CASES["cancelled"]
    fest = fest_of(FEST.replace(case.old, case.new))
    (notice,) = notices_of(fest)
    assert f"{notice.start} {notice.end}" == ("2027-06-05 00:00:00+02:00 2027-06-05 10:45:00+02:00")
