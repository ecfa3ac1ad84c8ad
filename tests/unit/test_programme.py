from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.fest.programme.model import MAX_BYTES, Programme, Room, Session, guid_of
from mkdocs_impldays.fest.programme.reader import MOST_SESSIONS, read_programme
from mkdocs_impldays.problems import Problem
from tests.counting import steps

GOLDEN = Path(__file__).parents[1] / "golden/programme"
LISBON, PARIS = ZoneInfo("Europe/Lisbon"), ZoneInfo("Europe/Paris")
EXPECTED = yaml.safe_load((GOLDEN / "sessions.yml").read_text("utf-8"))
ONLY_FRAB = {"code", "subtitle", "url", "slides", "links"}
"""What Sessionize has no field for."""


def read_all(
    raw: bytes | str, *, zone: ZoneInfo = LISBON
) -> tuple[Programme | None, list[Problem]]:
    raw = raw.encode() if isinstance(raw, str) else raw
    return read_programme(raw, path="lisboa.json", zone=zone)


def read(raw: bytes | str, **options: Any) -> tuple[Programme, list[str]]:
    programme, problems = read_all(raw, **options)
    assert programme is not None, problems
    return programme, [str(problem) for problem in problems]


def refused(raw: bytes | str) -> str:
    programme, problems = read_all(raw)
    assert programme is None
    assert [problem.severity for problem in problems] == ["error"]
    return str(problems[0])


def event(**changes: Any) -> dict[str, Any]:
    """Return a session of frab's JSON that has nothing wrong."""
    session = {
        "guid": "64339e85-8acb-57be-b9db-fd7e7073c5a9",
        "date": "2027-06-04T10:00:00+01:00",
        "start": "10:00",
        "duration": "00:45",
        "title": "Traits",
        "persons": [{"code": "QQ", "public_name": "Zoë Exemplo"}],
    }
    return {**session, **changes}


def frab(*events: Mapping[str, Any], base_url: Any = "", **conference: Any) -> str:
    day = {
        "date": "2027-06-04",
        "day_start": "2027-06-04T04:00:00+01:00",
        "day_end": "2027-06-05T03:59:00+01:00",
        "rooms": {"Hall": list(events)},
    }
    schedule = {"base_url": base_url, "conference": {"days": [day], **conference}}
    return json.dumps({"schedule": schedule})


def sessionize(*sessions: Mapping[str, Any], **rest: Any) -> str:
    return json.dumps({"sessions": list(sessions), **rest})


def slot(**changes: Any) -> dict[str, Any]:
    """Return a session of Sessionize that has nothing wrong."""
    session = {"id": "1", "title": "Traits", "startsAt": "2027-06-04T10:00:00"}
    return {**session, "endsAt": "2027-06-04T10:45:00", "speakers": [], **changes}


AT = 'schedule.conference.days[0].rooms["Hall"]'


# The same programme in three files


def as_typed(session: Session, programme: Programme) -> dict[str, Any]:
    names = {speaker.id: speaker.name for speaker in programme.speakers}
    parts = {each.name: getattr(session, each.name) for each in fields(session)}
    del parts["location"]
    return {
        **parts,
        "start": session.start.isoformat(),
        "end": session.end and session.end.isoformat(),
        "speakers": [names[key] for key in session.speakers],
        "links": [{"title": link.title, "url": link.url} for link in session.links],
    }


@pytest.mark.parametrize(
    ("name", "without"),
    [("pretalx.json", set()), ("frab.xml", set()), ("sessionize.json", ONLY_FRAB)],
)
def test_a_programme_is_the_same_from_each_file(name: str, without: set[str]) -> None:
    programme, problems = read((GOLDEN / name).read_bytes())
    found = [as_typed(session, programme) for session in programme.sessions]
    assert [session["what"] for session in found] == [session["what"] for session in EXPECTED]
    for session, expected in zip(found, EXPECTED, strict=True):
        for key in expected.keys() - without:
            assert session[key] == expected[key], (session["what"], key)
    assert problems == []


@pytest.mark.parametrize("name", ["pretalx.json", "frab.xml", "sessionize.json"])
def test_rooms_tracks_and_speakers_are_the_same_from_each_file(name: str) -> None:
    programme, _ = read((GOLDEN / name).read_bytes())
    assert [room.name for room in programme.rooms] == ["Main Hall", "Kleiner Saal"]
    assert [track.name for track in programme.tracks] == ["Language", "Werkzeuge & “Tools”"]
    names = ["Zoë Müller-O’Brien", "Tomás “Tom” Exemplo", "Ærin Beispiel"]
    assert [speaker.name for speaker in programme.speakers] == names
    if name != "frab.xml":  # which has their names alone
        about = ["Writes parsers.\n\nLikes *short* error messages.", "", "Übt noch."]
        assert [speaker.about for speaker in programme.speakers] == about


def test_pretalx_knows_more_of_rooms_tracks_and_speakers() -> None:
    programme, _ = read((GOLDEN / "pretalx.json").read_bytes())
    assert [room.capacity for room in programme.rooms] == [240, None]
    assert [track.color for track in programme.tracks] == ["#1f3a5f", "#aa5500"]
    assert programme.speakers[0].url == "https://zoe.example/"
    assert programme.speakers[0].code == "QQAB12"
    assert (programme.title, programme.version) == ("Lisboa 2027", "v0.7")


def test_the_typed_programme_has_the_same_sessions() -> None:
    typed = yaml.safe_load((GOLDEN / "typed.yml").read_text("utf-8"))
    days = typed["events"]["talks"]["days"]
    lines = [line for day in days for line in day["agenda"]]
    names = {key: speaker["name"] for key, speaker in typed["speakers"].items()}
    rooms = {key: room["name"] for key, room in typed["venues"]["centro"]["rooms"].items()}
    for line, expected in zip(lines, EXPECTED, strict=True):
        assert line["id"] == expected["id"]
        assert line["at"] == expected["start"][11:16]
        assert line["until"] == expected["end"][11:16]
        assert rooms.get(line.get("room", "")) == expected["room"]
        assert [names[key] for key in line.get("speakers", [])] == expected["speakers"]
        same = ("what", "kind", "language", "about", "url", "slides", "recording", "stream")
        for key in (*same, "subtitle", "status"):
            assert (line.get(key) or None) == (expected[key] or None), (line["what"], key)


# Times


def test_times_are_in_the_zone_of_the_event() -> None:
    programme, _ = read((GOLDEN / "frab.xml").read_bytes(), zone=PARIS)
    assert programme.sessions[0].start.isoformat() == "2027-06-04T11:00:00+02:00"


def test_a_file_in_another_zone_than_the_event_is_reported() -> None:
    _, problems = read((GOLDEN / "frab.xml").read_bytes(), zone=PARIS)
    assert problems == [
        (
            "lisboa.json: has its times in Europe/Lisbon, the event's are in Europe/Paris. They "
            "are converted; check that both are right."
        )
    ]


def test_a_time_without_an_offset_is_in_the_zone_of_the_file() -> None:
    text = frab(event(date="2027-06-04T10:00:00"), time_zone_name="Europe/Berlin")
    programme, _ = read(text)
    assert programme.sessions[0].start.isoformat() == "2027-06-04T09:00:00+01:00"


@pytest.mark.parametrize(
    ("start", "moment"),
    [
        ("10:00", "2027-06-04T10:00:00+01:00"),
        ("9:30", "2027-06-04T09:30:00+01:00"),
        ("01:15", "2027-06-05T01:15:00+01:00"),
    ],
)
def test_a_clock_time_belongs_to_a_day_that_begins_at_four(start: str, moment: str) -> None:
    programme, problems = read(frab(event(date=None, start=start)))
    assert programme.sessions[0].start.isoformat() == moment
    assert problems == []


def test_a_date_without_a_time_takes_it_from_start() -> None:
    programme, _ = read(frab(event(date="2027-06-04", start="10:30")))
    assert programme.sessions[0].start.isoformat() == "2027-06-04T10:30:00+01:00"


@pytest.mark.parametrize(
    ("duration", "hours"), [("26:30", 26.5), ("00:45", 0.75), ("01:00:00", 1), ("00:00", None)]
)
def test_a_duration_may_be_longer_than_a_day(duration: str, hours: float | None) -> None:
    programme, problems = read(frab(event(duration=duration)))
    session = programme.sessions[0]
    assert session.end == (session.start + timedelta(hours=hours) if hours else None)
    assert problems == []


def test_a_duration_counts_the_hour_of_a_change_of_clocks() -> None:
    text = frab(event(date="2027-10-30T23:00:00+01:00", duration="04:00"))
    programme, _ = read(text)
    assert programme.sessions[0].end == datetime(2027, 10, 31, 2, tzinfo=UTC) + timedelta(0)
    assert str(programme.sessions[0].end) == "2027-10-31 02:00:00+00:00"


@pytest.mark.parametrize("duration", ["soon", "1:99", "-01:00", "9999:00", "1e9"])
def test_a_duration_that_cannot_be_is_reported(duration: str) -> None:
    programme, problems = read(frab(event(duration=duration)))
    assert programme.sessions[0].end is None
    assert problems[0].startswith(f'lisboa.json: {AT}[0].duration: "{duration}" is ')


@pytest.mark.parametrize("raw", ["2027-03-28T01:30:00", "2027-03-28 01:59"])
def test_a_time_that_does_not_exist_is_reported(raw: str) -> None:
    programme, problems = read(sessionize(slot(startsAt=raw, endsAt=None)))
    assert programme.sessions[0].start.isoformat().startswith("2027-03-28T02:")
    assert "does not exist in Europe/Lisbon: the clocks change then." in problems[0]


@pytest.mark.parametrize("end", ["2027-06-04T09:00:00", "2027-06-04T10:00:00"])
def test_an_end_before_the_start_is_reported(end: str) -> None:
    programme, problems = read(sessionize(slot(endsAt=end)))
    assert programme.sessions[0].end is None
    assert problems == [
        (
            'lisboa.json: sessions[0].endsAt: "Traits" ends before it starts. The end is left out; '
            "correct it."
        )
    ]


def test_a_time_outside_the_days_of_the_file_is_reported() -> None:
    programme, problems = read(frab(event(), event(guid="b", date="2027-07-01T10:00:00+01:00")))
    assert len(programme.sessions) == 2
    assert problems == [
        (
            f'lisboa.json: {AT}[1]: "Traits" starts on 2027-07-01 at 10:00, outside the days of '
            "the file. Correct the time or the days."
        )
    ]


@pytest.mark.parametrize(
    "date", [None, "", "tomorrow", "2027-13-01T10:00", "0001-01-01T00:00:00Z", 5, [], {}]
)
def test_a_session_without_a_time_is_left_out(date: object) -> None:
    programme, problems = read(frab(event(date=date, start=None)))
    assert programme.sessions == ()
    assert '"Traits" has no valid time. The session is left out; add it.' in problems[-1]


# What sessions lack


def test_sessions_that_lack_the_same_are_reported_once() -> None:
    lacking = [event(guid=f"g{number}", title=None) for number in range(9)]
    programme, problems = read(frab(*lacking))
    assert programme.sessions == ()
    assert problems == [
        (
            f'lisboa.json: {AT}[0]: "g0" has no title. The session is left out; add it. '
            f"(9 times: also {AT}[1], {AT}[2], {AT}[3] and 5 more)"
        )
    ]


def test_a_location_in_xml_is_a_line() -> None:
    xml = (GOLDEN / "frab.xml").read_text("utf-8")
    line = xml[: xml.index("<url>")].count("\n") + 1
    _, problems = read_all(xml.replace("<url>https:", "<url>http:", 2))
    assert problems[0].line == line
    assert problems[0].message.startswith('url: "http://talks.example/')
    assert "(2 times: also line " in problems[0].message


def test_a_session_without_a_room_is_for_all() -> None:
    day = {"date": "2027-06-04", "rooms": {"": [event()], "Hall": [event(guid="b")]}}
    text = json.dumps({"schedule": {"conference": {"days": [day]}}})
    programme, problems = read(text)
    assert [session.room for session in programme.sessions] == [None, "Hall"]
    assert problems == [
        (
            'lisboa.json: schedule.conference.days[0].rooms[""][0]: "Traits" has no room. It is '
            "shown for all rooms."
        )
    ]


def test_a_session_without_a_speaker_is_a_hint_and_a_break_is_not() -> None:
    talk, pause = event(guid="b", persons=[]), event(guid="c", persons=None, type="Break")
    programme, problems = read_all(frab(event(), talk, pause))
    assert programme is not None
    assert len(programme.sessions) == 3
    assert [(problem.severity, str(problem)) for problem in problems] == [
        ("hint", f'lisboa.json: {AT}[1]: "Traits" has no speaker. It is shown without one.')
    ]


def test_a_session_that_is_held_twice_has_two_ids() -> None:
    again = event(date="2027-06-04T09:00:00+01:00", room="Loft")
    programme, problems = read(frab(event(), again, event(room="Loft")))
    ids = [session.id for session in programme.sessions]
    assert ids == [(guid := event()["guid"]), f"{guid}-2", f"{guid}-3"]
    assert [session.room for session in programme.sessions] == ["Loft", "Hall", "Loft"]
    assert problems == []


def test_the_id_of_a_session_that_is_held_twice_is_not_that_of_another() -> None:
    names = [event(guid="a"), event(guid="a", room="Loft"), event(guid="a-2", title="Types")]
    programme, _ = read(frab(*names))
    assert {session.id: session.what for session in programme.sessions} == {
        "a": "Traits",
        "a-3": "Traits",
        "a-2": "Types",
    }


def test_a_person_without_a_latin_name_or_an_id_is_a_speaker() -> None:
    programme, problems = read(frab(event(persons=[{"name": "山田"}, {"name": "鈴木"}])))
    assert [speaker.name for speaker in programme.speakers] == ["山田", "鈴木"]
    assert len(set(programme.sessions[0].speakers)) == 2
    assert problems == []


def test_the_same_session_at_the_same_time_in_the_same_room_is_left_out() -> None:
    programme, problems = read(frab(event(), event(abstract="Again")))
    assert [session.about for session in programme.sessions] == [""]
    assert problems == [
        f'lisboa.json: {AT}[1]: "Traits" occurs twice. The second is left out; remove it.'
    ]


def test_two_sessions_with_one_guid_are_reported() -> None:
    programme, problems = read(frab(event(), event(title="Types")))
    guid = event()["guid"]
    assert [session.id for session in programme.sessions] == [guid, f"{guid}-2"]
    assert problems == [
        (
            f'lisboa.json: {AT}[1]: "Types" has the id "{guid}" of another session, "Traits" '
            f"({AT}[0]). Give it one of its own."
        )
    ]


@pytest.mark.parametrize("text", [frab(), sessionize(), "<schedule/>", '{"schedule": {}}'])
def test_a_file_without_sessions_is_reported(text: str) -> None:
    programme, problems = read(text)
    assert programme.sessions == ()
    assert problems == ["lisboa.json: has no sessions. Publish the schedule, then export it."]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"code": "AB"}, "64339e85-8acb-57be-b9db-fd7e7073c5a9"),
        ({"guid": None, "code": "AB", "id": 7}, "AB"),
        ({"guid": None, "id": 7}, "7"),
        ({"guid": None, "title": "Über Traits!"}, "uber-traits"),
        ({"guid": None, "title": "型"}, guid_of("型", within="")),
        ({"guid": "64339E858ACB57BEB9DBFD7E7073C5A9"}, "64339e85-8acb-57be-b9db-fd7e7073c5a9"),
    ],
)
def test_a_session_is_known_by_guid_code_id_or_title(
    changes: dict[str, Any], expected: str
) -> None:
    programme, _ = read(frab(event(**changes)))
    assert programme.sessions[0].id == expected


def test_a_person_without_a_name_is_left_out() -> None:
    programme, problems = read(frab(event(persons=[{"code": "A"}, {"code": "B", "name": "Bo"}])))
    assert programme.sessions[0].speakers == ("B",)
    assert "persons[0]: has no name. The person is left out. Add the name." in problems[0]


def test_a_person_of_several_sessions_is_one_speaker() -> None:
    programme, _ = read(frab(event(), event(guid="b")))
    assert [speaker.id for speaker in programme.speakers] == ["QQ"]


@pytest.mark.parametrize(
    ("when", "start"), [("2027-06-05", "2027-06-05T01:00"), (None, "2027-06-05T01:00")]
)
def test_an_hour_after_midnight_belongs_to_its_own_date(when: str | None, start: str) -> None:
    programme, _ = read(frab(event(date=when, start="01:00")))
    assert [f"{each.start:%Y-%m-%dT%H:%M}" for each in programme.sessions] == [start]


def test_a_session_of_years_in_sessionize_has_no_end() -> None:
    programme, problems = read(sessionize(slot(startsAt="1980-06-04T10:00:00")))
    assert programme is not None
    assert programme.sessions[0].end is None
    assert "is longer than 31 days. Its end is left out; correct it." in problems[0]


def test_a_speaker_whom_sessionize_does_not_list_is_reported() -> None:
    programme, problems = read(sessionize(slot(speakers=["x"])))
    assert programme.sessions[0].speakers == ()
    assert problems == [
        'lisboa.json: sessions[0].speakers: "x" is not one of the speakers. The person is left out.'
    ]


def test_keys_that_are_not_known_are_fine() -> None:
    _, problems = read(frab(event(mood="good", answers=[{"question": 1}]), weather=["rain"]))
    assert problems == []


def test_a_cancelled_session_is_told_by_its_title_or_status() -> None:
    programme, _ = read(frab(event(title="CANCELLED: Traits")))
    assert (programme.sessions[0].what, programme.sessions[0].status) == ("Traits", "cancelled")
    programme, _ = read(sessionize(slot(status="Canceled")))
    assert programme.sessions[0].status == "cancelled"


def test_a_title_about_cancelling_is_only_a_title() -> None:
    programme, _ = read(frab(event(title="Cancelled: a year without fests")))
    assert programme.sessions[0].status is None


def test_a_session_that_is_not_accepted_is_left_out() -> None:
    programme, problems = read(sessionize(slot(status="Declined"), slot(id="2")))
    assert [session.id for session in programme.sessions] == ["2"]
    assert '"Traits" is not accepted' in problems[0]


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("en", "en"), ("pt-br", "pt-br"), ("pt_BR", "pt-BR"), ("German", "de"), ("de-formal", "de")],
)
def test_a_language_is_a_tag(typed: str, tag: str) -> None:
    programme, problems = read(frab(event(language=typed)))
    assert programme.sessions[0].language == tag
    assert problems == []


def test_a_language_that_is_not_known_is_reported() -> None:
    programme, problems = read(frab(event(language="Klingonese")))
    assert programme.sessions[0].language is None
    assert problems == [
        f'lisboa.json: {AT}[0].language: "Klingonese" is not a known language. It is left out.'
    ]


# Addresses and photos


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1:8346", "[::1]", "10.0.0.7", "192.168.1.5", "pc.local"]
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_address_on_the_exporting_machine_is_reported_once(host: str, scheme: str) -> None:
    url = f"{scheme}://{host}/talk/"
    programme, problems = read_all(frab(event(url=url), event(guid="b", url=url)))
    assert programme is not None
    assert [session.url for session in programme.sessions] == [None, None]
    assert [problem.severity for problem in problems] == ["warning"]
    assert f'url: "{url}" leads to the machine on which' in problems[0].message
    assert problems[0].message.endswith(f"(2 times: also {AT}[1].url)")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://talks.example/a/", "is not encrypted. It is left out; it needs https."),
        ("talk/a/", "is a relative address, and the file has no valid base_url."),
        ("javascript:alert(1)", "is not a valid address. It is left out."),
        ("https://user@talks.example/", "is not a valid address. It is left out."),
        ("https://[::1", "is not a valid address. It is left out."),
        (f"https://talks.example/{'a' * 2000}", "is not a valid address. It is left out."),
    ],
)
def test_an_address_that_no_link_may_have_is_left_out(url: str, message: str) -> None:
    programme, problems = read(frab(event(url=url)))
    assert programme.sessions[0].url is None
    assert message in problems[0]


def test_a_relative_address_begins_with_the_base_url() -> None:
    text = frab(event(url="/a/talk/AB/"), base_url="https://talks.example")
    programme, problems = read(text)
    assert programme.sessions[0].url == "https://talks.example/a/talk/AB/"
    assert problems == []


@pytest.mark.parametrize(
    "avatar", ["https://pictures.example/zoe.jpg", "//pictures.example/zoe.jpg", "/media/zoe.jpg"]
)
def test_a_photo_from_another_host_is_left_out(avatar: str) -> None:
    person = {"code": "QQ", "name": "Zoë", "avatar": avatar}
    text = frab(event(persons=[person]), base_url="https://pictures.example/")
    programme, problems = read_all(text)
    assert programme is not None
    assert programme.speakers[0].photo is None
    assert [problem.severity for problem in problems] == ["hint"]
    assert "persons[0].avatar: " in problems[0].message
    assert "is not on this site, and visitors' browsers are not sent" in problems[0].message


def test_a_photo_of_the_site_itself_is_kept() -> None:
    text = frab(event(persons=[{"code": "QQ", "name": "Zoë", "avatar": "img/zoë.jpg"}]))
    programme, problems = read(text)
    assert programme.speakers[0].photo == "img/zoë.jpg"
    assert problems == []


@pytest.mark.parametrize("avatar", ["../../etc/passwd.png", "data:image/png;base64,AA", "a.svg"])
def test_a_path_that_is_no_photo_is_left_out(avatar: str) -> None:
    programme, problems = read(frab(event(persons=[{"code": "QQ", "name": "Z", "avatar": avatar}])))
    assert programme.speakers[0].photo is None
    assert len(problems) == 1


def test_many_hosts_are_reported_in_few_lines() -> None:
    events = [event(guid=f"g{n}", url=f"http://host{n}.example/") for n in range(500)]
    _, problems = read(frab(*events))
    assert len(problems) <= 11
    assert "(490 times: also" in problems[-1]


# Texts


def test_a_text_keeps_what_strangers_typed() -> None:
    text = frab(event(abstract="<script>alert(1)</script>", description="* one\r\n* two\x00\ud800"))
    programme, _ = read(text)
    assert programme.sessions[0].about == "<script>alert(1)</script>\n\n* one\n* two"


def test_a_title_is_one_line() -> None:
    programme, _ = read(frab(event(title="  A\n title\u2028of\tlines \x1b[31m")))
    assert programme.sessions[0].what == "A title of lines [31m"


def test_texts_that_are_too_long_are_cut_and_reported_once() -> None:
    events = [event(guid=f"g{n}", abstract="x" * 30_000) for n in range(3)]
    programme, problems = read(frab(*events))
    assert [len(session.about) for session in programme.sessions] == [20_000] * 3
    assert len(problems) == 1
    assert "abstract: has more than 20,000 characters. The rest is left out." in problems[0]


@pytest.mark.parametrize("value", [[], {"en": "Traits"}, [1]])
def test_what_is_not_text_is_reported(value: object) -> None:
    programme, problems = read(frab(event(subtitle=value)))
    assert programme.sessions[0].subtitle == ""
    assert f"{AT}[0].subtitle: is not text. It is left out." in problems[0]


# Sessionize


def test_sessionize_tells_rooms_breaks_and_categories() -> None:
    text = sessionize(
        slot(isServiceSession=True, isPlenumSession=True, roomId=2),
        slot(id="2", roomId=2, categoryItems=[5, 6]),
        rooms=[{"id": 2, "name": "Small", "sort": 1}, {"id": 1, "name": "Big", "sort": 0}],
        categories=[
            {"title": "Track", "items": [{"id": 5, "name": "Web"}]},
            {"title": "Level", "items": [{"id": 6, "name": "Beginner"}]},
        ],
    )
    programme, _ = read(text)
    pause, talk = programme.sessions
    assert (pause.room, pause.kind) == (None, "break")
    assert (talk.room, talk.kind, talk.track) == ("Small", None, "Web")
    assert programme.rooms == (Room(name="Big", id="1"), Room(name="Small", id="2"))


def test_a_track_of_sessionize_without_a_name_is_none() -> None:
    categories = [{"title": "Track", "items": [{"id": 5, "name": ""}]}]
    programme, _ = read(sessionize(slot(categoryItems=[5]), categories=categories))
    assert programme.tracks == ()
    assert programme.sessions[0].track is None


def test_sessionize_names_speakers_in_lists_of_ids_or_of_objects() -> None:
    person = {"id": "AA", "fullName": "Zoë", "tagLine": "Parser person", "bio": "Likes `nom`."}
    text = sessionize(slot(speakers=[{"id": "AA", "name": "Zoë"}, "AA"]), speakers=[person])
    programme, _ = read(text)
    assert programme.sessions[0].speakers == ("AA",)
    assert programme.speakers[0].about == "Parser person\n\nLikes `nom`."


def test_another_view_of_sessionize_is_named() -> None:
    message = refused('[{"date": "2027-06-04T00:00:00", "rooms": []}]')
    assert message == (
        "lisboa.json: is a list, as Sessionize's other views are. Export the schedule of pretalx "
        "or frab as JSON or XML, or Sessionize's view All."
    )


# What is not a programme


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "lisboa.json:1: is not valid JSON: Expecting value."),
        (b"{", "lisboa.json:1: is not valid JSON: Expecting property name"),
        (b'{\n"a": 1\n"b": 2}', "lisboa.json:3: is not valid JSON: "),
        (b"<!DOCTYPE html><title>Log in</title>", "lisboa.json: is an HTML page, not a programme."),
        (b"BEGIN:VCALENDAR\r\n", "lisboa.json: is a calendar, which has no rooms and speakers."),
        (b"PK\x03\x04", "lisboa.json: is packed."),
        (b'"\xff"', "lisboa.json:1: is not text in UTF-8."),
        (b"{}", 'lisboa.json: has neither "schedule" nor "sessions" at its top.'),
        (b'"text"', 'lisboa.json: has neither "schedule" nor "sessions" at its top.'),
        (b"1" * 5000, "lisboa.json: has a number of too many digits."),
        (b"<schedule>\n<day>", "lisboa.json:2: is not valid XML: no element found."),
        (b"<rss/>", 'lisboa.json:1: is XML of another kind: "rss".'),
        (b"<?xml version='1.0' encoding='nope'?><a/>", "lisboa.json:1: has an encoding that"),
    ],
)
def test_a_file_of_another_kind_is_refused(raw: bytes, message: str) -> None:
    assert refused(raw).startswith(message)


BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["pretalx.json", "frab.xml"])
def test_files_with_a_byte_order_mark_are_read(name: str, encoding: str) -> None:
    text = (GOLDEN / name).read_text("utf-8").replace("encoding='utf-8'", "")
    programme, _ = read((BOM + text).encode(encoding))
    assert programme.sessions[0].what == "Grüße & “quoted” <types>"


# Hostile files


BILLION_LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<schedule><version>&d;</version></schedule>"""
EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<schedule><version>&x;</version></schedule>"""
REMOTE = '<!DOCTYPE schedule SYSTEM "https://host.example/a.dtd"><schedule/>'


@pytest.mark.parametrize("xml", [BILLION_LAUGHS, EXTERNAL, REMOTE])
def test_xml_with_a_document_type_is_refused(xml: str) -> None:
    assert "declares a document type, which no schedule needs." in refused(xml)


@pytest.mark.parametrize("count", [30, 100_000])
def test_deep_xml_is_refused(count: int) -> None:
    assert "nests deeper than 20 elements" in refused("<schedule>" + "<a>" * count)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, '{"schedule":' * 100_000 + "1" + "}" * 100_000]
)
def test_deep_json_is_refused(text: str) -> None:
    assert "nested too deeply" in refused(text)


def test_xml_of_very_many_elements_is_refused() -> None:
    assert "has more than 200,000 elements" in refused(f"<schedule>{'<a/>' * 210_000}</schedule>")


def test_a_larger_file_is_refused() -> None:
    assert refused(b" " * (MAX_BYTES + 1)) == (
        "lisboa.json: is larger than 5 MB. Export only this event."
    )


@pytest.mark.parametrize("of", ["frab", "sessionize"])
def test_a_programme_of_too_many_sessions_is_refused(of: str) -> None:
    number = MOST_SESSIONS + 1
    events = [{"guid": f"{n}", "date": "2027-06-04T10:00Z", "title": f"{n}"} for n in range(number)]
    slots = [slot(id=f"{n}") for n in range(number)]
    text = frab(*events) if of == "frab" else sessionize(*slots)
    assert refused(text) == ("lisboa.json: has more than 2,000 sessions. Export only this event.")


def test_a_list_of_too_many_entries_is_refused_with_their_number() -> None:
    entries = "and may have 6,000. Export only this event."
    text = json.dumps({"sessions": [{}] * 10_000})
    assert refused(text) == f"lisboa.json: sessions: has 10,000 entries, {entries}"
    days = [{"date": "2027-06-04", "rooms": {"A": [{}] * 6_001}}]
    text = json.dumps({"schedule": {"conference": {"days": days}}})
    assert refused(text).endswith(f'rooms["A"]: has 6,001 entries, {entries}')


def of_size(count: int, *, days: int = 1) -> bytes:
    """Return a file with as many sessions, each with a long text and persons of its own."""
    events = [
        event(guid=f"g{n}", description="word \n " * 285, persons=[{"code": f"{n}", "name": "A"}])
        for n in range(count)
    ]
    day = {"date": "2027-06-04", "rooms": {"Hall": events[::days]}}
    rest = [{**day, "rooms": {"Hall": events[number::days]}} for number in range(1, days)]
    return json.dumps({"schedule": {"conference": {"days": [day, *rest]}}}).encode()


def test_a_file_of_nearly_5_mb_is_read() -> None:
    raw = of_size(MOST_SESSIONS, days=300)
    assert 0.9 * MAX_BYTES < len(raw) < MAX_BYTES
    programme, problems = read(raw)
    assert len(programme.sessions) == MOST_SESSIONS
    assert problems == []


def test_reading_takes_work_in_proportion_to_the_number_of_sessions() -> None:
    def work(count: int) -> int:
        raw = of_size(count)
        return steps(lambda: read(raw))

    assert work(800) < 6 * work(200)


@pytest.mark.parametrize("filler", [" ", "\n", " \n", "<", "&lt;", "\t\n "])
def test_long_texts_of_one_sign_take_no_time(filler: str) -> None:
    texts = ["title", "description", "abstract", "url", "duration", "date"]
    long = filler * (4_900_000 // len(texts) // len(json.dumps(filler)))
    programme, _ = read(frab(*(event(**{key: long}) for key in texts)))  # or it takes for ever
    assert all(len(session.what) <= 500 for session in programme.sessions)
    assert all(len(session.about) <= 20_000 for session in programme.sessions)


# Any file


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [
        "schedule",
        "conference",
        "days",
        "rooms",
        "tracks",
        "date",
        "day_start",
        "day_end",
        "start",
        "duration",
        "title",
        "persons",
        "links",
        "attachments",
        "url",
        "base_url",
        "time_zone_name",
        "guid",
        "code",
        "id",
        "name",
        "color",
        "capacity",
        "sessions",
        "speakers",
        "categories",
        "items",
        "startsAt",
        "endsAt",
        "roomId",
        "isPlenumSession",
        "categoryItems",
        "fullName",
        "sort",
        "profilePicture",
        "avatar",
        "language",
        "type",
        "status",
        "public_name",
        "biography",
        "version",
    ]
)
VALUES = st.recursive(
    JSON
    | st.sampled_from(
        [
            "2027-06-04T10:00:00Z",
            "2027-06-04",
            "10:00",
            "00:45",
            "https://a.example/",
            "/a",
            "http:",
        ]
    )
    | st.datetimes().map(datetime.isoformat),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=12,
)


def check_any(raw: bytes) -> None:
    programme, problems = read_all(raw, zone=PARIS)
    assert (programme is None) <= bool(problems)
    assert all("\n" not in str(problem) for problem in problems)
    if programme:
        known = {speaker.id for speaker in programme.speakers}
        rooms = {room.name for room in programme.rooms} | {None}
        for session in programme.sessions:
            assert session.what
            assert session.id
            assert session.start.tzinfo is PARIS
            assert set(session.speakers) <= known
            assert session.room in rooms
            assert session.url is None or session.url.startswith(("https://", "mailto:"))
        assert len({session.id for session in programme.sessions}) == len(programme.sessions)


@given(VALUES)
def test_any_json_has_a_result(value: object) -> None:
    check_any(json.dumps(value).encode())


@given(st.dictionaries(KEYS, VALUES, max_size=8))
def test_any_session_of_frab_has_a_result(changes: dict[str, Any]) -> None:
    check_any(frab(event(**changes), event(guid="b", persons=[changes])).encode())


@given(st.dictionaries(KEYS, VALUES, max_size=8), VALUES)
def test_any_session_of_sessionize_has_a_result(changes: dict[str, Any], value: object) -> None:
    text = sessionize(slot(**changes), speakers=[changes], rooms=value, categories=[changes])
    check_any(text.encode())


@given(KEYS, VALUES)
def test_any_conference_has_a_result(key: str, value: object) -> None:
    check_any(frab(event(), **{key: value}).encode())


@given(st.binary(max_size=60))
def test_any_bytes_have_a_result(raw: bytes) -> None:
    check_any(raw)
    check_any(b"<schedule>" + raw)


@given(
    st.recursive(
        st.text("ab <>&'\"é\n", max_size=10).map(lambda text: text.replace("<", "&lt;")),
        lambda inner: st.builds(
            "<{0} guid='1' date='2027-06-04' name='{1}'>{2}</{0}>".format,
            st.sampled_from(
                [
                    "day",
                    "room",
                    "event",
                    "title",
                    "date",
                    "start",
                    "duration",
                    "persons",
                    "person",
                    "url",
                ]
            ),
            st.sampled_from(["", "Hall"]),
            st.lists(inner, max_size=4).map("".join),
        ),
        max_leaves=20,
    )
)
def test_any_xml_has_a_result(inner: str) -> None:
    check_any(f"<schedule>{inner}</schedule>".encode())


@given(st.data())
def test_a_schedule_that_was_cut_or_changed_has_a_result(data: st.DataObject) -> None:
    raw = (GOLDEN / data.draw(st.sampled_from(["frab.xml", "pretalx.json"]))).read_bytes()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 40)))
    check_any(raw[:start] + data.draw(st.binary(max_size=8)) + raw[end:])


# Names


def test_a_guid_stays_and_any_other_name_becomes_one_of_its_fest() -> None:
    guid = "64339e85-8acb-57be-b9db-fd7e7073c5a9"
    assert guid_of(guid.upper(), within="lisboa") == guid
    assert guid_of("opening", within="lisboa") == guid_of("opening", within="lisboa")
    assert guid_of("opening", within="lisboa") != guid_of("opening", within="porto")


def ids(sessions: Sequence[Session]) -> list[str]:
    return [session.id for session in sessions]


def test_sessions_are_in_the_order_of_time_and_rooms() -> None:
    late = event(guid="late", date="2027-06-04T18:00:00+01:00")
    small = event(guid="small", room="Small")
    rooms = [{"name": "Hall"}, {"name": "Small"}]
    programme, _ = read(frab(late, small, event(guid="hall"), rooms=rooms))
    assert ids(programme.sessions) == ["hall", "small", "late"]
