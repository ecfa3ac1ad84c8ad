from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.fest.programme.model import (
    ALL_ROOMS,
    Link,
    Programme,
    Room,
    Session,
    Speaker,
    Track,
    guid_of,
)
from mkdocs_impldays.fest.programme.reader import read_programme
from mkdocs_impldays.output.frab import FrabSchedule

GOLDEN = Path(__file__).parents[1] / "golden/programme"
LISBON = ZoneInfo("Europe/Lisbon")
SITE = "https://lisboa.example/2027/"
GUID = "64339e85-8acb-57be-b9db-fd7e7073c5a9"
START = datetime(2027, 6, 4, 10, tzinfo=LISBON)
FORMS = ("json", "xml")
ONE = Session(id=GUID, what="Traits", start=START, room="Hall")


def write(programme: Programme, form: str = "json", **options: Any) -> bytes:
    arguments = {"acronym": "lisboa-2027", "zone": LISBON, "site_url": SITE, **options}
    schedule = FrabSchedule(programme, **arguments)
    return schedule.as_json() if form == "json" else schedule.as_xml()


def back(programme: Programme, form: str = "json", **options: Any) -> Programme:
    raw = write(programme, form, **options)
    read, problems = read_programme(raw, path="a", zone=LISBON)
    assert read is not None, problems
    assert not programme.sessions or {problem.severity for problem in problems} <= {"hint"}
    return read


def golden(name: str = "pretalx.json") -> Programme:
    programme, _ = read_programme((GOLDEN / name).read_bytes(), path=name, zone=LISBON)
    assert programme is not None
    return programme


def events(raw: bytes) -> Iterator[dict[str, Any]]:
    for day in json.loads(raw)["schedule"]["conference"]["days"]:
        for sessions in day["rooms"].values():
            yield from sessions


# What is written comes back


def test_json_comes_back_as_it_was() -> None:
    assert back(golden()) == golden()


def test_xml_comes_back_with_all_that_it_has_fields_for() -> None:
    programme, read = golden(), back(golden(), "xml")
    assert read.sessions == programme.sessions
    assert read.tracks == programme.tracks
    assert [room.name for room in read.rooms] == [room.name for room in programme.rooms]
    assert [person.id for person in read.speakers] == [person.id for person in programme.speakers]


@pytest.mark.parametrize("form", FORMS)
def test_a_programme_of_sessionize_comes_back(form: str) -> None:
    programme = golden("sessionize.json")
    assert back(programme, form).sessions == programme.sessions


@pytest.mark.parametrize("form", FORMS)
def test_sessions_with_other_ids_keep_them_as_codes(form: str) -> None:
    programme = Programme(sessions=(replace(ONE, id="opening"),))
    session = back(programme, form).sessions[0]
    assert session.code == "opening"
    assert session.id == guid_of("opening", within="lisboa-2027")


def test_equal_ids_of_a_session_and_a_speaker_are_different_guids() -> None:
    programme = Programme(
        sessions=(replace(ONE, id="1", speakers=("1",)),),
        speakers=(Speaker(id="1", name="Zoë"),),
        rooms=(Room(name="Hall", id="1"),),
    )
    read = back(programme)
    assert len({read.sessions[0].id, read.speakers[0].id, read.rooms[0].id}) == 3


@pytest.mark.parametrize("form", FORMS)
def test_what_is_for_all_rooms_comes_back_as_such(form: str) -> None:
    pause = replace(ONE, id=ALL_ROOMS, room=None, kind="break")
    programme = Programme(sessions=(pause, ONE), rooms=(Room(name="Hall"),))
    raw = write(programme, form, all_rooms="Todas as salas")
    assert b"Todas as salas" in raw
    read = back(programme, form, all_rooms="Todas as salas")
    assert [session.room for session in read.sessions] == [None, "Hall"]
    assert [room.name for room in read.rooms] == ["Hall"]


def test_a_room_with_the_name_of_all_rooms_stays_one() -> None:
    rooms = [session.room for session in back(same_named()).sessions]
    assert sorted(map(str, rooms)) == ["All rooms", "None"]


def same_named() -> Programme:
    pause = replace(ONE, id=ALL_ROOMS, room=None)
    return Programme(sessions=(pause, replace(ONE, room="All rooms")))


def test_photos_have_the_address_of_the_site() -> None:
    person = Speaker(id=ALL_ROOMS, name="Zoë", photo="img/zoë.jpg")
    programme = Programme(sessions=(replace(ONE, speakers=(ALL_ROOMS,)),), speakers=(person,))
    [event] = events(write(programme))
    assert event["persons"][0]["avatar"] == f"{SITE}img/zo%C3%AB.jpg"
    [event] = events(write(programme, site_url=None))
    assert event["persons"][0]["avatar"] is None


@pytest.mark.parametrize(
    ("start", "hours", "duration"),
    [
        (START, 0.75, "00:45"),
        (START, 26.5, "26:30"),
        (START, None, "00:00"),
        (datetime(2027, 10, 30, 23, tzinfo=LISBON), 4, "04:00"),  # clocks go back at 02:00
        (datetime(2027, 3, 27, 23, tzinfo=LISBON), 4, "04:00"),  # and forward at 01:00
    ],
)
def test_a_duration_is_real_time(start: datetime, hours: float | None, duration: str) -> None:
    end = (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(LISBON) if hours else None
    programme = Programme(sessions=(replace(ONE, start=start, end=end),))
    [event] = events(write(programme))
    assert event["duration"] == duration
    assert [back(programme, form).sessions[0].end for form in FORMS] == [end, end]


@pytest.mark.parametrize(("hour", "day"), [(3, 0), (4, 1), (23, 1)])
def test_a_day_begins_at_four(hour: int, day: int) -> None:
    late = replace(ONE, id=ALL_ROOMS, start=datetime(2027, 6, 5, hour, tzinfo=LISBON))
    days = json.loads(write(Programme(sessions=(ONE, late))))["schedule"]["conference"]["days"]
    assert len(days) == day + 1
    assert [each["guid"] for each in days[day]["rooms"]["Hall"]][-1] == ALL_ROOMS


def test_a_speaker_whom_the_programme_does_not_list_is_left_out() -> None:
    assert back(Programme(sessions=(replace(ONE, speakers=("x",)),))).sessions[0].speakers == ()


# The rules of the format


def test_json_keeps_the_rules_of_the_format() -> None:
    check_json(write(golden()))


def check_json(raw: bytes) -> None:
    conference = json.loads(raw)["schedule"]["conference"]
    names = [room["name"] for room in conference["rooms"]]
    assert conference["daysCount"] == len(conference["days"])
    assert [day["index"] for day in conference["days"]] == [*range(1, len(conference["days"]) + 1)]
    found = [*events(raw)]
    for key in ("id", "guid", "slug"):
        assert len({event[key] for event in found}) == len(found), key
    for day in conference["days"]:
        for name, sessions in day["rooms"].items():
            assert name in names
            for event in sessions:
                moment = datetime.fromisoformat(event["date"])
                assert day["day_start"] <= event["date"] <= day["day_end"]
                assert event["room"] == name
                assert event["start"] == f"{moment:%H:%M}"
                assert 0 < event["id"] < 2**31
                assert str(UUID(event["guid"])) == event["guid"]
                assert re.fullmatch(r"\d\d+:\d\d", event["duration"])
                assert all(0 < person["id"] < 2**31 for person in event["persons"])


def test_xml_keeps_the_rules_of_the_format() -> None:
    root = ET.fromstring(write(golden(), "xml"))
    assert [child.tag for child in root] == ["generator", "version", "conference", "day", "day"]
    needed = {"room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug"}
    for event in root.iter("event"):
        tags = [child.tag for child in event]
        assert len(set(tags)) == len(tags)
        assert needed | {"track"} <= set(tags)
        assert int(event.attrib["id"]) > 0
        assert re.fullmatch(r".+T\d\d:\d\d:\d\d[+-]\d\d:\d\d", event.findtext("date") or "")
    ids = [event.attrib["guid"] for event in root.iter("event")]
    assert len(set(ids)) == len(ids) == 6


def test_json_and_xml_have_the_same_sessions() -> None:
    root = ET.fromstring(write(golden(), "xml"))
    from_json = {event["guid"]: event for event in events(write(golden()))}
    for element in root.iter("event"):
        event = from_json[element.attrib["guid"]]
        for child in element:
            if child.tag in event and isinstance(event[child.tag], str):
                assert (child.text or "") == event[child.tag], child.tag


def test_numbers_stay_when_sessions_are_added() -> None:
    more = replace(ONE, id=ALL_ROOMS, start=START - timedelta(hours=2))
    before = {event["guid"]: event["id"] for event in events(write(golden()))}
    longer = golden()._replace(sessions=(more, *golden().sessions))
    after = {event["guid"]: event["id"] for event in events(write(longer))}
    assert before.items() < after.items()


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_programme_is_written(form: str) -> None:
    read, problems = read_programme(write(Programme(title="Lisboa"), form), path="a", zone=LISBON)
    assert read == Programme(title="Lisboa")
    assert [str(problem)[:19] for problem in problems] == ["a: has no sessions."]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_programme_is_written_as_the_same_bytes(form: str) -> None:
    assert write(golden(), form) == write(golden(), form)


@pytest.mark.parametrize("form", FORMS)
def test_characters_that_no_file_can_hold_are_left_out(form: str) -> None:
    session = replace(ONE, what="A\x00\ud800 b\ufffe", about="One\x0b\n\n  \n]]> & two\x1b")
    read = back(Programme(sessions=(session,)), form).sessions[0]
    assert (read.what, read.about) == ("A b", "One\n\n]]> & two")


# Any programme

WORDS = st.text("abcäß<>&\"' \u202e😀]", max_size=12).map(lambda text: " ".join(text.split()))
NAMES = WORDS.filter(bool).filter(lambda text: not re.match("CANCELL?ED:|MOVED:", text))
TEXTS = st.lists(st.text("ab<&> *\n", min_size=1, max_size=15), max_size=3).map(
    lambda parts: re.sub(r"\s*\n\s*\n\s*", "\n\n", "\n\n".join(parts)).strip()
)
URLS = st.sampled_from([None, "https://a.example/?a=1&b=%22", "mailto:a@b.example"])
LINKS = st.lists(
    st.builds(Link, title=st.just("More & more"), url=URLS.filter(bool)), max_size=2
).map(tuple)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    guids = st.uuids().map(str)
    speakers = draw(
        st.lists(
            st.builds(Speaker, id=guids, name=NAMES, about=TEXTS, url=URLS, links=LINKS),
            max_size=3,
            unique_by=lambda speaker: speaker.id,
        )
    )
    rooms = draw(
        st.lists(
            st.builds(Room, name=NAMES, id=guids, about=TEXTS, capacity=st.just(9)),
            max_size=3,
            unique_by=lambda room: room.name,
        )
    )
    tracks = draw(st.lists(st.builds(Track, name=NAMES, color=st.none()), max_size=2, unique=True))
    minutes = st.integers(0, 60 * 24 * 900)
    starts = minutes.map(
        lambda number: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    )
    sessions = draw(
        st.lists(
            st.builds(
                Session,
                id=guids,
                what=NAMES,
                start=starts,
                end=st.none(),
                code=st.none() | st.just("ABC"),
                subtitle=WORDS,
                room=st.sampled_from([None, *(room.name for room in rooms)]),
                track=st.sampled_from([None, *(track.name for track in tracks)]),
                speakers=st.lists(
                    st.sampled_from([speaker.id for speaker in speakers] or [""]), unique=True
                ).map(lambda ids: tuple(filter(None, ids))),
                kind=st.sampled_from([None, "Talk", "break"]),
                language=st.sampled_from([None, "de", "pt-BR"]),
                about=TEXTS,
                url=URLS,
                slides=URLS,
                recording=URLS,
                stream=URLS,
                links=LINKS,
                status=st.sampled_from([None, "cancelled", "moved"]),
            ),
            max_size=5,
            unique_by=lambda session: session.id,
        )
    )
    lengths = draw(st.lists(st.integers(0, 60 * 30), min_size=5, max_size=5))
    ended = [
        replace(
            session,
            start=session.start.astimezone(LISBON),
            end=(session.start + timedelta(minutes=length)).astimezone(LISBON) if length else None,
        )
        for session, length in zip(sessions, lengths, strict=False)
    ]
    return Programme(
        title=draw(WORDS),
        version=draw(WORDS),
        sessions=tuple(ended),
        rooms=tuple(rooms),
        tracks=tuple(tracks),
        speakers=tuple(speakers),
    )


@given(programmes())
def test_any_programme_comes_back_from_json(programme: Programme) -> None:
    read = back(programme)
    assert {session.id: session for session in read.sessions} == {
        session.id: session for session in programme.sessions
    }
    assert (read.rooms, read.tracks) == (programme.rooms, programme.tracks)
    assert (read.title, read.version) == (programme.title, programme.version)
    spoke = {key for session in programme.sessions for key in session.speakers}
    known = {speaker.id: speaker for speaker in programme.speakers if speaker.id in spoke}
    assert {speaker.id: speaker for speaker in read.speakers} == known
    check_json(write(programme))


@given(programmes())
def test_any_session_comes_back_from_xml(programme: Programme) -> None:
    read = {session.id: session for session in back(programme, "xml").sessions}
    assert read == {session.id: session for session in programme.sessions}


def test_an_id_that_is_no_guid_is_the_code_of_a_person() -> None:
    people = (Speaker(id="QQ", name="A"), Speaker(id=GUID, name="B"))
    session = replace(ONE, speakers=("QQ", GUID))
    (found,) = events(write(Programme(sessions=(session,), speakers=people)))
    assert [(each["name"], each["code"]) for each in found["persons"]] == [("A", "QQ"), ("B", None)]
