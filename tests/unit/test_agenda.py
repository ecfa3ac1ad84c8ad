"""The lines of an agenda as sessions: their times, rooms and names."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
import yaml

from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.schedule import days_of
from tests.fests import HEAD, fest_of

PROGRAMME = Path(__file__).parents[1] / "golden/programme"
PARTS = """\
venues: {hall: {name: Casa, rooms: {a: {name: Main hall}, b: {name: B}}}}
tracks: {tools: {name: Tools}}
speakers: {ada: {name: Ada}}
"""


def _text(day: str, *lines: str) -> str:
    agenda = "\n".join(f"      - {{what: W{n}, {line}}}" for n, line in enumerate(lines))
    head = f"{HEAD}{PARTS}events:\n  talks:\n    title: Talks\n    venue: hall\n"
    return f"{head}    days: [{{{day}}}]\n    agenda:\n{agenda}\n"


def _steps(*lines: str, day: str = "date: 2018-05-28") -> list[str]:
    """Return each line as its name, and when it begins and ends."""
    steps = days_of(fest_of(_text(day, *lines)))[0].slots[0].agenda
    return [f"{step.what} {step.start:%d %H:%M}–{step.end:%d %H:%M}" for step in steps]


def _problems(*lines: str, day: str = "date: 2018-05-28") -> list[str]:
    _, problems = load_fest(_text(day, *lines).encode(), path="f.yml", fest_id="f")
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("until: '10:45'", "10:45"),
        ("for: 30 min", "10:30"),
        ("for: 30min", "10:30"),
        ("for: 90 minutes", "11:30"),
        ("for: 2 h", "12:00"),
        ("for: 1 h 30 min", "11:30"),
        ("for: 1h30min", "11:30"),
        ("for: 36 h", "22:00"),
    ],
)
def test_a_line_ends_at_the_time_or_after_the_length_that_is_typed(end: str, shown: str) -> None:
    (step,) = _steps(f"at: '10:00', {end}")
    assert step.endswith(shown)


@pytest.mark.parametrize("typed", ["soon", "30", "0 min", "1:30", "-5 min", "1 h30", "400 h", "h"])
def test_what_is_not_a_length_is_a_problem(typed: str) -> None:
    (problem,) = _problems(f"at: '10:00', for: '{typed}'")
    assert problem.startswith(f'f.yml:14: events.talks.agenda[0].for: "{typed}" is ')


def test_a_line_without_an_end_lasts_until_the_next_in_its_room_or_for_all() -> None:
    assert _steps(
        "at: '10:00', room: a",
        "at: '11:00', room: a",
        "at: '10:00', room: b",
        "at: '10:30', room: b",
        "at: '12:00'",
        "at: '13:00', room: b",
    ) == [
        "W0 28 10:00–28 11:00",
        "W2 28 10:00–28 10:30",
        "W3 28 10:30–28 12:00",
        "W1 28 11:00–28 12:00",
        "W4 28 12:00–28 13:00",
        "W5 28 13:00–29 00:00",
    ]


def test_rooms_may_be_listed_one_after_the_other() -> None:
    lines = [f"at: '{hour}:00', room: {room}" for room in "ab" for hour in (10, 12, 14)]
    assert _problems(*lines) == []
    later = [*lines, "at: '11:30', room: a"]
    (problem,) = _problems(*later)
    assert '"11:30" is earlier than the line above' in problem


def test_a_night_session_makes_later_lines_belong_to_the_night() -> None:
    assert _steps(
        "at: '10:00', room: b",
        "at: '22:30', until: '01:30', room: a",
        "at: '01:00', for: 30 min, room: b",
    ) == ["W0 28 10:00–29 01:00", "W1 28 22:30–29 01:30", "W2 29 01:00–29 01:30"]


@pytest.mark.parametrize(
    ("at", "until"), [("10:00", "09:30"), ("10:00", "10:00"), ("05:00", "04:00")]
)
def test_an_end_before_the_beginning_is_a_problem(at: str, until: str) -> None:
    message = f'"{until}" is not after "at", {at}. Correct one of them.'
    assert _problems(f"at: '{at}', until: '{until}'") == [
        f"f.yml:14: events.talks.agenda[0].until: {message}"
    ]


def test_the_time_before_is_only_for_what_has_moved() -> None:
    (problem,) = _problems('at: "10:00", was: "09:00"')
    assert problem.endswith("was is valid only with “status: moved”. Add that.")


@pytest.mark.parametrize(
    ("at", "was", "before"),
    [
        ("10:00", "09:00", "28 09:00"),
        ("10:00", "14:00", "28 14:00"),
        ("01:00", "23:00", "28 23:00"),
        ("23:00", "01:00", "29 01:00"),
        ("01:00", "02:00", "29 02:00"),
    ],
)
def test_the_time_before_is_in_the_same_night(at: str, was: str, before: str) -> None:
    day = "date: 2018-05-28, opens: '09:00', closes: 2018-05-29 04:00"
    line = f'at: "{at}", was: "{was}", status: moved'
    event = fest_of(_text(day, line)).events["talks"]
    (step,) = event.steps_of(event.known_days[0])
    assert f"{step.previous:%d %H:%M}" == before


def test_one_end_is_enough() -> None:
    assert _problems("at: '10:00', until: '11:00', for: 1 h") == [
        'f.yml:14: events.talks.agenda[0].until is given beside "for". Write one of the two.'
    ]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("room: c", 'room: "c" is not a room. Add it under “rooms:” of its venue.'),
        ("track: tols", 'track: "tols" is not a track. Did you mean "tools"?'),
        ("speakers: adda", 'speakers: "adda" is not a speaker. Did you mean "ada"?'),
        ("speakers: [ada, bob]", 'speakers[1]: "bob" is not a speaker. Add it under “speakers:”.'),
        ("status: gone", 'status: "gone" is not a known value. '),
    ],
)
def test_an_unknown_name_is_a_problem_with_its_line(typed: str, problem: str) -> None:
    (found,) = _problems("at: '10:00'", f"at: '11:00', {typed}")
    assert found.startswith(f"f.yml:15: events.talks.agenda[1].{problem}")


def test_a_photo_is_a_file_of_the_site() -> None:
    for photo in ("https://photos.rustfest.eu/ada.jpg", "/img/ada.jpg", "../ada.jpg", "img/ada"):
        text = f"{HEAD}speakers: {{ada: {{name: Ada, photo: '{photo}'}}}}\n"
        text += "events: {talks: {title: Talks, days: tba}}\n"
        _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
        assert [problem.line for problem in problems] == [5], photo
    fest = fest_of(text.replace("img/ada", "img/ada.jpg"))
    assert fest.speakers["ada"].photo == "img/ada.jpg"


def test_a_session_that_starts_late_ends_late() -> None:
    day = "date: 2018-05-28, opens: '09:00', delay: 20"
    assert _steps("at: '10:00', until: '10:45'", day=day) == ["W0 28 10:20–28 11:05"]
    event = fest_of(_text(day, "at: '10:00', until: '10:45'")).events["talks"]
    (item,) = event.agenda_of(event.known_days[0])
    assert (f"{item.at:%H:%M}", f"{item.until:%H:%M}") == ("10:20", "11:05")


def test_a_length_counts_the_hours_that_pass_when_the_clocks_change() -> None:
    day = "date: 2018-03-25, opens: '01:00', closes: '10:00'"
    assert _steps("at: '01:30', for: 1 h", day=day) == ["W0 25 01:30–25 03:30"]


def test_the_typed_programme_is_read_with_the_times_of_the_exported_one() -> None:
    fest = fest_of((PROGRAMME / "typed.yml").read_text("utf-8"))
    expected = yaml.safe_load((PROGRAMME / "sessions.yml").read_text("utf-8"))
    steps = [step for day in days_of(fest) for slot in day.slots for step in slot.agenda]
    assert len(steps) == len(expected)
    for step, session in zip(steps, expected, strict=True):
        assert step.what == session["what"]
        assert step.start == datetime.fromisoformat(session["start"]), step.what
        assert step.end == datetime.fromisoformat(session["end"]), step.what


def test_a_room_and_a_speaker_are_in_use_once_at_a_time() -> None:
    where = "f.yml:15: events.talks.agenda[1]"
    first = "at: '10:00', until: '11:00', room: a, speakers: ada"
    assert _problems(first, "at: '10:30', room: a") == [
        f'{where}.room: "a" is taken by "W0" until 11:00. Correct one of the two.'
    ]
    assert _problems(first, "at: '10:30', room: b, speakers: ada") == [
        f'{where}.speakers: "ada" speaks in "W0" until 11:00. Correct one of the two.'
    ]
    for free in (
        "at: '10:30', room: b",
        "at: '11:00', room: a, speakers: ada",
        "at: '10:30', room: a, speakers: ada, status: cancelled",
    ):
        assert _problems(first, free) == []


def test_a_long_session_keeps_its_room_after_a_short_one_in_it() -> None:
    lines = ("at: '10:00', until: '13:00', room: a", "at: '11:00', for: 5 min, room: a")
    problems = _problems(*lines, "at: '12:00', room: a")
    assert [problem[:8] for problem in problems] == ["f.yml:15", "f.yml:16"]
