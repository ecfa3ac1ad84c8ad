"""The calendar files of sessions and programmes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import icalendar
import pytest

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.sessions import lines_of, session_source
from mkdocs_impldays.output.ics import Calendars
from tests.fests import HEAD, fest_of

STAMP = datetime(2027, 1, 10, 12, tzinfo=UTC)
SITE = "https://fest.example/"
TOP = f"""{HEAD}venues:
  casa: {{name: Casa, street: Rua 1, rooms: {{big: {{name: "Hall; A"}}, small: {{name: Attic}}}}}}
tracks: {{tools: {{name: Tools}}}}
speakers: {{ada: {{name: Ada & Co}}, eve: {{name: Eve}}}}
"""
TALK = "at: '10:00', for: 45 min, what: Errors, id: errors, room: big"


def _fest(*lines: str, event: str = "", days: str = "2027-06-05", top: str = TOP) -> Fest:
    agenda = "".join(f"      - {{{each}}}\n" for each in lines)
    return fest_of(
        f"{top}events:\n  talks:\n    title: Talks\n    venue: casa\n    days: [{days}]\n"
        f"{event}    agenda:\n{agenda}"
    )


def _files(fest: Fest, stamp: datetime = STAMP, **more: Any) -> dict[str, bytes]:
    return Calendars(site_url=SITE, stamps={fest.id: stamp}, **more).of_sessions(fest)


def _session(fest: Fest, name: str = "errors", **more: Any) -> Any:
    """Return the entry of a session; icalendar types each property as one of 30 classes."""
    data = _files(fest, **more)[f"fests/a-fest/sessions/{name}.ics"]
    (entry,) = icalendar.Calendar.from_ical(data).events
    return entry


def _uids(data: bytes) -> list[str]:
    return [str(entry["UID"]) for entry in icalendar.Calendar.from_ical(data).events]


def test_a_session_is_an_entry_with_all_that_its_page_says() -> None:
    fest = _fest(
        f"{TALK}, track: tools, speakers: [ada, eve], kind: Talk, subtitle: And more,"
        ' about: "Why *errors* help.\\n\\nAnd how.", slides: "https://fest.example/s.pdf",'
        ' stream: "https://fest.example/live"'
    )
    pages = {session_source(fest, "errors"): "fests/a-fest/sessions/errors/"}
    entry = _session(fest, addresses=pages)
    assert str(entry["SUMMARY"]) == "Errors"
    assert str(entry.start) == "2027-06-05 10:00:00+02:00"
    assert str(entry.end) == "2027-06-05 10:45:00+02:00"
    assert str(entry["LOCATION"]) == "Hall; A, Casa, Rua 1, Paris, France"
    assert str(entry["DESCRIPTION"]).splitlines() == [
        "And more",
        "Ada & Co, Eve",
        "Why errors help.",
        "",
        "And how.",
        "Livestream: https://fest.example/live",
        "Slides: https://fest.example/s.pdf",
        "RustFest Paris: Talks",
    ]
    assert str(entry["URL"]) == "https://fest.example/fests/a-fest/sessions/errors/"
    assert entry["STATUS"] == "CONFIRMED"
    assert [str(each.cats[0]) for each in entry["CATEGORIES"]] == ["Tools", "Talk"]


@pytest.mark.parametrize(
    ("url", "address"),
    [(', url: "https://ada.example/errors"', "https://ada.example/errors"), ("", SITE)],
)
def test_a_session_without_a_page_leads_to_its_own_or_the_home_page(url: str, address: str) -> None:
    assert str(_session(_fest(TALK + url))["URL"]) == address


def test_the_same_entry_is_in_the_calendars_of_the_event_and_of_the_fest() -> None:
    two = _fest(TALK, "at: '12:00', what: Lunch")
    files = _files(two)
    assert set(files) == {
        "fests/a-fest/programme.ics",
        "fests/a-fest/programme-talks.ics",
        "fests/a-fest/sessions/errors.ics",
        "fests/a-fest/sessions/lunch.ics",
    }
    one = files["fests/a-fest/sessions/errors.ics"].partition(b"BEGIN:VEVENT")[2]
    for whole in ("programme", "programme-talks"):
        assert one.partition(b"END:VEVENT")[0] in files[f"fests/a-fest/{whole}.ics"]
        assert len(_uids(files[f"fests/a-fest/{whole}.ics"])) == 2


def test_an_event_without_a_plan_has_no_calendar_of_its_programme() -> None:
    assert _files(fest_of(f"{TOP}events: {{e: {{title: E, days: [2027-06-05]}}}}\n")) == {}


@pytest.mark.parametrize(
    "changed",
    [
        "at: '14:00', until: '15:00', what: Errors, id: errors, room: small",
        "at: '10:00', what: All about errors, id: errors, speakers: eve",
        "at: '10:00', what: Errors, id: errors, status: cancelled",
    ],
)
def test_an_id_keeps_the_entry_whatever_else_changes(changed: str) -> None:
    later = STAMP + timedelta(minutes=1)
    before, after = _session(_fest(TALK)), _session(_fest(changed), stamp=later)
    assert before["UID"] == after["UID"]
    assert UUID(str(before["UID"])).version == 5
    assert before["SEQUENCE"] < after["SEQUENCE"]


def test_the_same_id_in_another_fest_is_another_entry() -> None:
    text = f"{TOP}events: {{e: {{title: E, days: [2027-06-05], agenda: [{{{TALK}}}]}}}}\n"
    uids = set()
    for fest_id in ("lisbon-2027", "lisbon-2028"):
        fest, _ = load_fest(text.encode(), path="f.yml", fest_id=fest_id)
        assert fest is not None
        uids |= {*_uids(_files(fest)[f"fests/{fest_id}/programme.ics"])}
    assert len(uids) == 2


def test_a_guid_is_the_name_of_the_entry_as_in_the_schedule_files() -> None:
    guid = "64339e85-8acb-57be-b9db-fd7e7073c5a9"
    fest = _fest(TALK.replace("id: errors", f"id: {guid}"))
    assert _session(fest, guid)["UID"] == guid


@pytest.mark.parametrize(
    ("session", "event", "days", "status", "summary"),
    [
        ("cancelled", "", "2027-06-05", "CANCELLED", "Cancelled: Errors"),
        ("moved", "", "2027-06-05", "CONFIRMED", "Errors"),
        ("scheduled", "cancelled", "2027-06-05", "CANCELLED", "Cancelled: Errors"),
        ("scheduled", "postponed", "2027-06-05", "CANCELLED", "Postponed: Errors"),
        (
            *("scheduled", "", "{date: 2027-06-05, status: cancelled}, 2027-06-06"),
            *("CANCELLED", "Cancelled: Errors"),
        ),
    ],
)
def test_what_became_of_a_session_is_in_its_entry(
    session: str, event: str, days: str, status: str, summary: str
) -> None:
    above = f"    status: {event}\n" if event else ""
    fest = _fest(f"{TALK}, status: {session}", event=above, days=days)
    entry = _session(fest, next(iter(lines_of(fest))))
    assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == (status, summary)
    is_moved = session == "moved"
    assert str(entry["DESCRIPTION"]).startswith("Moved" if is_moved else "RustFest Paris")


def test_a_delayed_day_moves_its_sessions() -> None:
    late = _session(_fest(TALK, days="{date: 2027-06-05, delay: 30}"))
    assert str(late.start) == "2027-06-05 10:30:00+02:00"
    assert str(late.end) == "2027-06-05 11:15:00+02:00"


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2027-06-05", None),
        ("{date: 2027-06-05, closes: '18:00'}", "2027-06-05 18:00:00+02:00"),
    ],
)
def test_a_session_ends_with_the_next_or_the_day_or_has_no_end(day: str, end: str | None) -> None:
    fest = _fest("at: '10:00', what: First", "at: '11:00', what: Last", days=day)
    assert str(_session(fest, "first").end) == "2027-06-05 11:00:00+02:00"
    last = _session(fest, "last")
    assert (str(last["DTEND"].dt) if "DTEND" in last else None) == end


def test_an_hour_that_comes_twice_is_written_in_utc_the_second_time() -> None:
    night = "{date: 2027-10-30, opens: '22:00', closes: 2027-10-31 04:00}"
    fest = _fest("at: '02:30', for: 90 min, what: Late, id: late", days=night)
    entry = _session(fest, "late")
    assert entry.start.astimezone(UTC) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert entry.end.astimezone(UTC) == datetime(2027, 10, 31, 2, tzinfo=UTC)
    short = _session(_fest("at: '02:30', for: 60 min, what: L, id: late", days=night), "late")
    assert short.end.astimezone(UTC) == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_an_online_session_has_no_room() -> None:
    entry = _session(_fest(TALK, event="    attendance: online\n"))
    assert str(entry["LOCATION"]) == "Online"
    hybrid = _session(_fest(TALK, event="    attendance: hybrid\n"))
    assert str(hybrid["LOCATION"]) == "Hall; A, Casa, Rua 1, Paris, France; Also online"
