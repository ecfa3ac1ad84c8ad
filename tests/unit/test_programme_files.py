"""Programme files of a fest: their sessions as lines of its agendas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest, load_fests
from mkdocs_impldays.fest.programme.model import Programme, Session, guid_of
from mkdocs_impldays.fest.sessions import programme_of
from mkdocs_impldays.output.export import fest_json
from mkdocs_impldays.output.frab import FrabSchedule
from mkdocs_impldays.output.vevent import entries_of
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.problems import Problem
from mkdocs_impldays.site import Site
from tests.counting import steps

MOMENT = datetime(2027, 6, 1, tzinfo=UTC)
GOLDEN = Path(__file__).parents[1] / "golden/programme"
FEST = """\
name: Lisboa 2027
city: Lisboa
country: PT
timezone: Europe/Lisbon
venues: {centro: {name: Centro}}
events:
  talks:
    title: Lisboa 2027
    venue: centro
    days: [2027-06-04, 2027-06-05]
    programme: talks.json
"""


def event(**changes: Any) -> dict[str, Any]:
    """Return a session of frab's JSON that has nothing wrong."""
    return {
        "guid": "64339e85-8acb-57be-b9db-fd7e7073c5a9",
        "code": "AA1111",
        "date": "2027-06-04T10:00:00+01:00",
        "duration": "00:45",
        "title": "Traits",
        "room": "Hall",
        "persons": [{"code": "QQ", "public_name": "Zoë Exemplo", "biography": "Parses."}],
    } | changes


def frab(*events: Mapping[str, Any]) -> bytes:
    days = [{"rooms": {"Hall": list(events)}}]
    return json.dumps({"schedule": {"conference": {"days": days}}}).encode()


def load(
    raw: bytes | None, text: str = FEST, *, name: str = "fests/talks.json"
) -> tuple[Fest | None, list[Problem]]:
    files = {name: raw} if raw is not None else {}
    return load_fest(text.encode(), path="fests/lisboa.yml", fest_id="lisboa", files=files)


def fest_of(raw: bytes, text: str = FEST, *, name: str = "fests/talks.json") -> Fest:
    fest, problems = load(raw, text, name=name)
    assert fest is not None, problems
    return fest


def told(raw: bytes | None, text: str = FEST) -> list[str]:
    return [str(problem) for problem in load(raw, text)[1]]


def plain(programme: Programme) -> list[Session]:
    """Return sessions with the names of their speakers, and without what only some files have."""
    names = {speaker.id: speaker.name for speaker in programme.speakers}
    return [
        replace(each, code=None, speakers=tuple(names[key] for key in each.speakers))
        for each in programme.sessions
    ]


def test_a_session_of_a_file_is_a_line_of_its_day() -> None:
    fest = fest_of(frab(event()))
    talks = fest.events["talks"]
    (step,) = talks.steps_of(talks.known_days[0])
    assert (f"{step.start:%d %H:%M}", f"{step.end:%H:%M}", step.what) == (
        "04 10:00",
        "10:45",
        "Traits",
    )
    assert fest.venues["centro"].rooms["hall"].name == "Hall"
    assert fest.speakers["zoe-exemplo"].about == "Parses."
    assert talks.steps_of(talks.known_days[1]) == ()


def test_the_same_sessions_in_another_language() -> None:
    fest = fest_of(frab(event()))
    assert plain(programme_of(fest.in_language("pt"))) == plain(programme_of(fest))


def test_the_fest_file_wins_over_the_programme_by_code() -> None:
    agenda = (
        '    agenda: [{id: AA1111, at: "12:00", for: 1 h, what: Traits again, status: moved}]\n'
    )
    (session,) = programme_of(fest_of(frab(event()), FEST + agenda)).sessions[:1]
    assert (session.what, f"{session.start:%H:%M}-{session.end:%H:%M}") == (
        "Traits again",
        "12:00-13:00",
    )
    assert (session.status, session.room) == ("moved", "Hall")
    assert session.id.startswith("64339e85-8acb-57be-b9db-fd7e7073c5a9")


def test_an_end_of_the_fest_file_wins_over_a_length_of_the_programme() -> None:
    agenda = '    agenda: [{id: AA1111, at: "12:00", until: "12:20", what: Traits}]\n'
    fest = fest_of(frab(event(duration="02:00")), FEST + agenda)
    (step,) = fest.events["talks"].steps_of(fest.events["talks"].known_days[0])
    assert f"{step.end:%H:%M}" == "12:20"
    assert step.item.lasts is None


def test_a_speaker_of_the_fest_file_is_known_by_the_code_of_the_programme() -> None:
    fest = fest_of(frab(event()), f"{FEST}speakers: {{QQ: {{name: Zoe}}}}\n")
    assert {key: (each.name, each.about) for key, each in fest.speakers.items()} == {
        "QQ": ("Zoe", "Parses.")
    }


def test_a_session_lasts_as_long_as_it_does_when_the_clocks_change() -> None:
    text = FEST.replace("2027-06-04, 2027-06-05", "2027-10-30, 2027-10-31")
    raw = frab(event(date="2027-10-31T00:30:00+01:00", duration="02:00"))
    (session,) = programme_of(fest_of(raw, text)).sessions
    assert session.end
    assert session.end.isoformat() == "2027-10-31T01:30:00+00:00"


def test_what_no_line_can_have_is_left_out_of_a_session() -> None:
    fest, problems = load(frab(event(subtitle="\u200b")))
    assert fest is not None
    assert [(each.what, each.subtitle) for each in programme_of(fest).sessions] == [("Traits", "")]
    assert [each.message.partition(": ")[2] for each in problems] == [
        r'subtitle "\u200b" is not valid. It is left out.'
    ]


def test_agenda_and_programme_are_merged_by_time() -> None:
    days = """\
    days:
      - date: 2027-06-04
        agenda: [{at: "09:00", what: Doors}, {at: "13:00", what: Lunch}]
      - 2027-06-05
"""
    text = FEST.replace("    days: [2027-06-04, 2027-06-05]\n", days)
    sessions = programme_of(fest_of(frab(event()), text)).sessions
    assert [each.what for each in sessions] == ["Doors", "Traits", "Lunch"]


def test_a_line_of_the_fest_file_may_name_a_room_and_a_speaker_of_the_programme() -> None:
    agenda = '    agenda: [{at: "12:00", what: Panel, room: hall, speakers: zoe-exemplo}]\n'
    panel = programme_of(fest_of(frab(event()), FEST + agenda)).sessions[1]
    assert (panel.what, panel.room, panel.speakers) == ("Panel", "Hall", ("zoe-exemplo",))


def test_a_speaker_of_the_fest_file_wins_by_name() -> None:
    text = f"{FEST}speakers: {{zoe: {{name: Zoë Exemplo, photo: img/zoe.jpg}}}}\n"
    zoe = fest_of(frab(event()), text).speakers["zoe"]
    assert (zoe.photo, zoe.about) == ("img/zoe.jpg", "Parses.")


def test_a_session_past_midnight_belongs_to_the_evening_before() -> None:
    party = event(date="2027-06-05T01:00:00+01:00", duration="02:00")
    talks = fest_of(frab(party)).events["talks"]
    (step,) = talks.steps_of(talks.known_days[0])
    assert (f"{step.start:%d %H:%M}", f"{step.end:%d %H:%M}") == ("05 01:00", "05 03:00")


def test_sessions_on_other_days_are_reported_once() -> None:
    others = [event(guid=f"{n}", date=f"2027-07-0{n}T10:00:00+01:00") for n in (1, 2)]
    (line,) = told(frab(event(), *others))
    assert "is on 2027-07-01, which is not a day of events.talks" in line
    assert line.startswith("fests/talks.json: schedule.conference.days[0]")
    assert "(2 times:" in line


def test_rooms_need_a_venue() -> None:
    text = FEST.replace("    venue: centro\n", "").replace("venues: {centro: {name: Centro}}\n", "")
    assert "events.talks has no venue" in told(frab(event()), text)[0]
    assert programme_of(fest_of(frab(event()), text)).sessions[0].room is None


def test_the_rooms_of_an_online_event_stop_nothing() -> None:
    online = FEST.replace("venues: {centro: {name: Centro}}\n", "attendance: online\n")
    (problem,) = load(frab(event()), online.replace("    venue: centro\n", ""))[1]
    assert problem.severity == "hint"
    assert problem.message.endswith(
        '"Hall" is a room, and events.talks is online. Rooms are left out.'
    )


def test_the_rooms_of_a_venue_to_be_announced_stop_nothing() -> None:
    _, problem = load(frab(event()), FEST.replace("venue: centro", "venue: tba"))[1]
    assert problem.severity == "hint"
    assert "the venue of events.talks is not known yet. Rooms are left out" in problem.message


def test_sessions_of_an_event_whose_venue_is_misspelt_stop_nothing() -> None:
    fest, problems = load(frab(event()), FEST.replace("venue: centro", "venue: center"))
    assert fest is None
    assert ['events.talks.venue: "center" is not a venue' in str(each) for each in problems] == [
        True
    ], problems


def test_a_room_that_the_venue_does_not_have_is_a_hint() -> None:
    text = FEST.replace("{name: Centro}", "{name: Centro, rooms: {big: {name: Main hall}}}")
    fest, (problem,) = load(frab(event()), text)
    assert fest is not None
    assert problem.severity == "hint"
    assert '"Hall" is not a room of venues.centro' in problem.message


def test_two_sessions_in_a_room_are_reported_with_their_place_in_the_file() -> None:
    second = event(guid="11ded7e5-0198-5c27-af01-8b17cdb3cc60", title="Macros", persons=[])
    lines = told(frab(event(), second))
    assert any("rooms" in each and '"hall" is taken by' in each for each in lines), lines


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("https://pretalx.example/schedule.json", "is an address"),
        ("/etc/talks.json", "is not a path"),
        ("../../talks.json", "is outside of the project"),
        ("other.json", '"fests/other.json" does not exist'),
    ],
)
def test_a_path_that_leads_nowhere_is_an_error_at_its_line(typed: str, message: str) -> None:
    fest, problems = load(frab(event()), FEST.replace("talks.json", typed))
    assert fest is None
    (problem,) = (each for each in problems if each.severity == "error")
    assert problem.line == 11
    assert message in problem.message


def test_a_file_above_the_fest_file_is_read() -> None:
    text = FEST.replace("talks.json", "../talks.json")
    assert programme_of(fest_of(frab(event()), text, name="talks.json")).sessions


def test_a_file_that_is_not_a_programme_stops_the_fest() -> None:
    fest, problems = load(b"<!doctype html>")
    assert fest is None
    assert [problem.path for problem in problems] == ["fests/talks.json"]


def test_a_changed_programme_changes_the_fest() -> None:
    files = {"fests/lisboa.yml": FEST.encode(), "fests/talks.json": frab(event())}
    before, _ = load_fests(files)
    after, _ = load_fests(files | {"fests/talks.json": frab(event(title="Other"))})
    titles = [programme_of(each["lisboa"]).sessions[0].what for each in (before, after)]
    assert titles == ["Traits", "Other"]


TYPED = (GOLDEN / "typed.yml").read_text("utf-8")


def imported(name: str) -> Fest:
    """Return the fest of the typed programme with a file instead of its sessions."""
    head = TYPED.split("venues:", maxsplit=1)[0]
    typed, _ = load(None, TYPED)
    assert typed is not None
    dates = [str(day.date) for day in typed.events["talks"].known_days]
    text = (
        f"{head}venues: {{centro: {{name: Centro}}}}\nevents:\n  talks:\n    title: Lisboa 2027\n"
    )
    text += f"    venue: centro\n    days: {json.dumps(dates)}\n    programme: {name}\n"
    return fest_of((GOLDEN / name).read_bytes(), text, name=f"fests/{name}")


@pytest.mark.parametrize("name", ["pretalx.json", "frab.xml", "sessionize.json"])
def test_four_forms_of_a_programme_give_the_same_sessions(name: str) -> None:
    typed, _ = load(None, TYPED)
    assert typed is not None
    by_hand = plain(programme_of(typed))
    found = plain(programme_of(imported(name)))
    lacking = {"subtitle", "url", "slides", "links"} if name == "sessionize.json" else set()
    for one, other in zip(by_hand, found, strict=True):
        same = {key: getattr(one, key) for key in lacking}
        assert replace(other, **same) == one


def many(count: int, version: str) -> bytes:
    """Return a programme of sessions in eight rooms on four days, each with its own speaker."""
    days = []
    for day in range(4):
        rooms: dict[str, list[dict[str, Any]]] = {f"Room {room}": [] for room in range(8)}
        for number in range(count // 4):
            minute = 8 * 60 + number // 8 * 15
            key = f"{day}-{number}"
            session = event(
                guid=guid_of(key, within=version),
                code=key,
                title=f"Session {key}",
                date=f"2027-06-0{4 + day}T{minute // 60:02}:{minute % 60:02}:00+01:00",
                duration="00:15",
                room=f"Room {number % 8}",
                persons=[{"code": f"P{key}", "public_name": f"Person {key}"}],
            )
            rooms[session["room"]].append(session)
        days.append({"rooms": rooms})
    return json.dumps({"schedule": {"version": version, "conference": {"days": days}}}).encode()


@pytest.mark.same_everywhere
def test_all_that_is_made_of_sessions_takes_work_in_proportion_to_their_number() -> None:
    text = FEST.replace("2027-06-05]", "2027-06-05, 2027-06-06, 2027-06-07]")

    def work(count: int) -> int:
        raw = many(count, f"{count}")

        def all_of_it() -> None:
            fest = fest_of(raw, text)
            programme = programme_of(fest)
            schedule = FrabSchedule(programme, acronym="f", zone=fest.timezone, site_url=None)
            assert schedule.as_xml()
            assert fest_json(fest, site_url=None)
            assert len(programme.sessions) == count // 4 * 4

        return steps(all_of_it)

    assert work(800) < 6 * work(200)


DISTINCT: Mapping[str, Any] = {
    "subtitles": lambda number: {"subtitle": f"{number}"},
    "rooms": lambda number: {"room": f"Room {number}"},
    "rooms of one key": lambda number: {"room": f"Room {'!' * number}"},
    "tracks": lambda number: {"track": f"Track {number}"},
    "tracks of one key": lambda number: {"track": f"Track {'!' * number}"},
    "speakers": lambda number: {"persons": [{"name": f"Speaker {number}"}]},
    "speakers of one key": lambda number: {"persons": [{"name": f"Zoë {'!' * number}"}]},
    "titles of one session": lambda number: {"guid": "a", "title": f"Title {number}"},
}
"""What differs in each session."""


@pytest.mark.parametrize("what", DISTINCT)
def test_the_work_grows_no_faster_than_the_number_of_sessions(what: str) -> None:
    def work(count: int) -> int:
        events = [event(guid=f"g{n}") | DISTINCT[what](n) for n in range(count)]
        hours = (f"2027-06-04T{9 + n // 60 % 12:02}:{n % 60:02}:00+01:00" for n in range(count))
        raw = frab(*({**each, "date": hour} for each, hour in zip(events, hours, strict=True)))

        def all_of_it() -> None:
            fest, _ = load(raw)
            assert fest
            site = Site({fest.id: fest}, fest, MOMENT, is_moment_set=False, sources={})
            whole = site.context().facts["fest"]
            assert isinstance(whole, Facts)
            days = whole["days"]
            assert isinstance(days, list)
            assert sum(len(slot["agenda"]) for day in days for slot in day["slots"]) == count

        return steps(all_of_it)

    work(10)
    assert work(800) < 12 * work(100)


def test_days_with_other_sessions_are_entries_of_their_own_in_calendars() -> None:
    second = event(guid="11ded7e5-0198-5c27-af01-8b17cdb3cc60", date="2027-06-05T10:00:00+01:00")
    fest = fest_of(frab(event(), second))
    assert [len(entry.days) for entry in entries_of(fest, fest.events["talks"])] == [1, 1]


def test_events_that_name_the_same_file_take_the_sessions_on_their_days() -> None:
    text = (
        FEST.replace("2027-06-04, 2027-06-05", "2027-06-04")
        + """\
  impl_days:
    title: impl Days
    venue: centro
    days: [2027-06-05]
    programme: talks.json
"""
    )
    second = event(guid="11ded7e5-0198-5c27-af01-8b17cdb3cc60", date="2027-06-05T10:00:00+01:00")
    third = event(guid="b0bf532e-9118-5d91-8fe9-c13b5933c459", date="2027-07-05T10:00:00+01:00")
    fest, problems = load(frab(event(), second, third), text)
    assert fest is not None
    counts = [len(each.items_of(each.known_days[0])) for each in fest.events.values()]
    assert counts == [1, 1]
    (problem,) = problems
    assert '"Traits" is on 2027-07-05' in problem.message
