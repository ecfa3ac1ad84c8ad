"""The programme of a fest, and the schedule files that are made of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.programme.model import Programme, Session, guid_of
from mkdocs_impldays.fest.programme.reader import read_programme
from mkdocs_impldays.fest.sessions import lines_of, programme_of
from mkdocs_impldays.names.sessions import page_texts
from mkdocs_impldays.output.files import lasting_files
from tests.counting import steps
from tests.fests import HEAD, fest_of

GOLDEN = Path(__file__).parents[1] / "golden/programme"
STAMP = datetime(2018, 4, 18, 10, 30, tzinfo=UTC)
TYPED = (GOLDEN / "typed.yml").read_text("utf-8")


def _files(fest: Fest, *, site_url: str | None) -> dict[str, bytes]:
    return lasting_files(fest, site_url=site_url, stamp=STAMP, addresses={})


def _ids(events: str) -> list[str]:
    return [session.id for session in programme_of(fest_of(f"{HEAD}events:\n{events}")).sessions]


def _comparable(programme: Programme) -> list[Session]:
    """Return sessions with the names of their speakers, without what only some formats hold."""
    names = {speaker.id: speaker.name for speaker in programme.speakers}
    return [
        replace(
            session,
            id=guid_of(session.id, within="a-fest"),
            code=None,
            links=(),
            speakers=tuple(names[key] for key in session.speakers),
        )
        for session in programme.sessions
    ]


@pytest.mark.parametrize("name", ["pretalx.json", "frab.xml"])
def test_the_typed_programme_is_that_of_the_exports(name: str) -> None:
    fest = fest_of(TYPED)
    read, _ = read_programme((GOLDEN / name).read_bytes(), path=name, zone=fest.timezone)
    assert read is not None
    assert _comparable(programme_of(fest)) == _comparable(read)


@pytest.mark.parametrize("ending", ["json", "xml"])
def test_the_schedule_files_hold_the_programme(ending: str) -> None:
    fest = fest_of(TYPED)
    raw = _files(fest, site_url="https://site.example/")[f"fests/a-fest/schedule.{ending}"]
    read, problems = read_programme(raw, path="s", zone=fest.timezone)
    assert read is not None
    assert [each for each in problems if each.severity != "hint"] == []
    assert _comparable(read) == _comparable(programme_of(fest))


def test_the_version_of_the_schedule_files_is_when_the_fest_changed() -> None:
    files = _files(fest_of(TYPED), site_url=None)
    schedule = json.loads(files["fests/a-fest/schedule.json"])["schedule"]
    assert schedule["version"] == "2018-04-18 11:30:00"  # in Lisbon
    assert b"<version>2018-04-18 11:30:00</version>" in files["fests/a-fest/schedule.xml"]


def test_a_session_with_a_subtitle_and_no_description_has_no_empty_one_in_xml() -> None:
    room = "venues: {casa: {name: Casa, rooms: {big: {name: Hall}}}}\n"
    agenda = "[{at: '09:00', what: A, subtitle: B, room: big}, {at: '10:00', what: C, room: big}]"
    events = f"events: {{e: {{title: E, days: [2018-05-28], venue: casa, agenda: {agenda}}}}}\n"
    raw = _files(fest_of(HEAD + room + events), site_url=None)["fests/a-fest/schedule.xml"]
    assert b"<subtitle>B</subtitle>" in raw
    assert raw.count(b"<description />") == 1  # that of the other session


def test_a_fest_without_a_plan_has_no_schedule_files() -> None:
    files = _files(fest_of(f"{HEAD}events: {{e: {{title: E, days: tba}}}}\n"), site_url=None)
    assert [path for path in files if "schedule" in path] == []
    assert "fests/a-fest.json" in files


def test_a_session_is_called_by_its_id_or_its_title() -> None:
    agenda = "[{at: '09:00', what: Héllo wörld, id: A1}, {at: '10:00', what: 'Héllo, wörld!'}]"
    assert _ids(f"  e: {{title: E, days: [2018-05-28], agenda: {agenda}}}\n") == [
        "A1",
        "hello-world",
    ]


def test_a_plan_of_several_days_has_a_name_for_each_session_of_each_day() -> None:
    agenda = "[{at: '09:00', what: Doors}, {at: '10:00', what: T, id: t}, {at: '12:00', what: 午}]"
    days = "[{date: 2018-05-28, id: first}, {date: 2018-05-29}]"
    assert _ids(f"  e: {{title: E, days: {days}, agenda: {agenda}}}\n") == [
        *("doors-e-first", "t-e-first", "session-e-first"),
        *("doors-e-day2", "t-e-day2", "session-e-day2"),
    ]


@pytest.mark.parametrize("other", ["what: Errors", "what: errors!", "what: Other, id: errors-2"])
def test_an_id_stays_whatever_other_lines_are_called(other: str) -> None:
    agenda = f"[{{at: '09:00', what: Hello, id: errors}}, {{at: '10:00', {other}}}]"
    ids = _ids(f"  e: {{title: E, days: [2018-05-28], agenda: {agenda}}}\n")
    assert ids[0] == "errors"
    assert len(set(ids)) == 2


def test_the_same_title_twice_on_a_day_is_numbered() -> None:
    agenda = "[{at: '09:00', what: Coffee}, {at: '15:00', what: Coffee}]"
    assert _ids(f"  e: {{title: E, days: [2018-05-28], agenda: {agenda}}}\n") == [
        "coffee-e-day1",
        "coffee-e-day1-2",
    ]


def test_an_id_belongs_to_one_line() -> None:
    agenda = "[{at: '09:00', what: A, id: x}, {at: '10:00', what: B, id: x}]"
    text = f"{HEAD}events:\n  e: {{title: E, days: [2018-05-28], agenda: {agenda}}}\n"
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    message = '"x" is already the id of events.e.agenda[0]. Write another one.'
    assert [str(each) for each in problems] == [f"f.yml:6: events.e.agenda[1].id: {message}"]


def test_sessions_of_what_is_not_held_are_cancelled() -> None:
    text = TYPED.replace("    venue: centro\n", "    venue: centro\n    status: cancelled\n")
    assert {session.status for session in programme_of(fest_of(text)).sessions} == {"cancelled"}


def test_rooms_of_one_name_have_that_of_their_venue_too() -> None:
    text = f"""{HEAD}venues:
  north: {{name: North, rooms: {{n1: {{name: Room 1}}, n2: {{name: Room 2}}}}}}
  south: {{name: South, rooms: {{s1: {{name: Room 1}}}}}}
events: {{e: {{title: E, days: [{{date: 2018-05-28, venue: [north, south]}}], agenda: [
  {{at: "10:00", what: A, room: s1}}]}}}}
"""
    programme = programme_of(fest_of(text))
    assert [room.name for room in programme.rooms] == ["Room 1, North", "Room 2", "Room 1, South"]
    assert programme.sessions[0].room == "Room 1, South"
    raw = _files(fest_of(text), site_url=None)["fests/a-fest/schedule.json"]
    rooms = json.loads(raw)["schedule"]["conference"]["rooms"]
    assert [room["name"] for room in rooms] == ["Room 1, North", "Room 2", "Room 1, South"]


@pytest.mark.parametrize(("language", "name"), [("en", "All rooms"), ("de", "Alle Räume")])
def test_the_room_for_all_is_named_in_the_language_of_the_fest(language: str, name: str) -> None:
    fest = fest_of(f"""{HEAD}language: {language}
events: {{e: {{title: E, days: [2027-06-05], agenda: [{{at: "09:00", what: A}}]}}}}
""")
    raw = _files(fest, site_url=None)["fests/a-fest/schedule.json"]
    rooms = json.loads(raw)["schedule"]["conference"]["rooms"]
    assert [room["name"] for room in rooms] == [name]


def _of_one_title(count: int) -> Fest:
    """Return a fest with so many sessions of one title on a day, each with a speaker of its own."""
    speakers = "".join(f"  s{n}: {{name: Ada {n}}}\n" for n in range(count))
    lines = "".join(
        f"          - {{at: '{9 + n % 12:02}:00', what: Talk, speakers: [s{n}], about: a}}\n"
        for n in range(count)
    )
    day = f"      - date: 2027-06-05\n        agenda:\n{lines}"
    return fest_of(f"{HEAD}speakers:\n{speakers}events:\n  talks:\n    title: T\n    days:\n{day}")


def test_names_of_sessions_take_work_in_proportion_to_their_number() -> None:
    def work(count: int) -> int:
        fest = _of_one_title(count)
        assert len(lines_of(fest)) == count
        return steps(lambda: lines_of(fest))

    assert work(1_000) < 6 * work(250)


def test_pages_of_sessions_are_compiled_once() -> None:
    pages = page_texts([_of_one_title(3)], has_sessions=True)
    below = {name.rsplit("/", 1)[0]: text.partition("title:")[2] for name, text in pages.items()}
    assert len(pages) == 1 + 6
    assert all(text.partition("title:")[2] in below.values() for text in pages.values())
