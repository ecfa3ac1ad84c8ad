"""The lines of an agenda as sessions: their times, rooms and names."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

from mkdocs_impldays.fest.agenda import AgendaItem, steps_of
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.schedule import days_of
from tests.counting import steps
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
    steps = [
        step
        for on in days_of(fest_of(_text(day, *lines)))
        for slot in on.slots
        for step in slot.agenda
    ]
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


HACKATHON = "date: 2018-05-25, opens: '18:00', closes: 2018-05-27 14:00"


def test_a_line_may_have_a_date_and_those_below_it_are_on_that_date() -> None:
    assert _steps(
        "at: '18:00'",
        "at: 2018-05-26 09:00, room: a",
        "at: '13:00'",
        "at: '23:00'",
        "at: '01:00'",
        "at: 2018-05-27 10:00, room: b",
        "at: '12:00'",
        day=HACKATHON,
    ) == [
        "W0 25 18:00–26 00:00",
        "W1 26 09:00–26 13:00",
        "W2 26 13:00–26 23:00",
        "W3 26 23:00–27 01:00",
        "W4 27 01:00–27 10:00",
        "W5 27 10:00–27 12:00",
        "W6 27 12:00–27 14:00",
    ]


def test_a_line_may_end_on_another_date() -> None:
    assert _steps("at: '20:00', until: 2018-05-27 10:00", day=HACKATHON) == ["W0 25 20:00–27 10:00"]
    dated = "at: 2018-05-26 20:00"
    for until, end in (("'22:00'", "26 22:00"), ("'02:00'", "27 02:00")):
        assert _steps(f"{dated}, until: {until}", day=HACKATHON) == [f"W0 26 20:00–{end}"]
    assert _problems("at: '20:00', until: 2018-05-27 10:00", day=HACKATHON) == []


@pytest.mark.parametrize("at", ["'20:00'", "2018-05-25 20:00"])
def test_an_end_on_a_date_before_the_beginning_is_a_problem(at: str) -> None:
    message = '"2018-05-25 12:00" is not after "at", 2018-05-25 20:00. Correct one of them.'
    assert _problems(f"at: {at}, until: 2018-05-25 12:00", day=HACKATHON) == [
        f"f.yml:14: events.talks.agenda[0].until: {message}"
    ]


def test_dates_move_with_the_day() -> None:
    line = "at: 2018-05-26 09:00, until: 2018-05-27 10:00, was: 2018-05-25 20:00, status: moved"
    text = _text(HACKATHON, line).replace("title: Talks", "title: Talks\n    new_start: 2018-06-01")
    event = fest_of(text).events["talks"]
    (step,) = event.steps_of(event.known_days[0])
    moments = (step.start, step.end, step.previous)
    assert [f"{each:%m-%d %H:%M}" for each in moments if each] == [
        "06-02 09:00",
        "06-03 10:00",
        "06-01 20:00",
    ]


def test_a_line_with_a_date_is_on_one_day_of_an_event_alone() -> None:
    days = "date: 2018-05-28, closes: 2018-05-29 02:00}, {date: 2018-05-29, opens: '09:00'"
    lines = ("at: '10:00'", "at: 2018-05-29 01:00", "at: 2018-05-29 17:00", "at: '18:00'")
    event = fest_of(_text(days, *lines)).events["talks"]
    assert [[step.what for step in event.steps_of(day)] for day in event.known_days] == [
        ["W0", "W1"],
        ["W0", "W2", "W3"],
    ]
    assert _problems(*lines, "at: '16:00'", day=days)[0].startswith("f.yml:18: ")


@pytest.mark.parametrize(
    ("line", "key", "message"),
    [
        ("at: 2018-05-28 10:00", "at", '"2018-05-28 10:00" is not on a date of events.talks,'),
        ("at: 2018-05-24 10:00", "at", '"2018-05-24 10:00" is not on a date of events.talks,'),
        ("at: '19:00', until: 2018-06-25 10:00", "until", '"2018-06-25 10:00" is not on a date'),
        ("at: 2018-05-27 15:00", "at", '"2018-05-27 15:00" is after the day is over,'),
        ("at: 2018-05-25 15:00", "at", '"2018-05-25 15:00" is before the doors open,'),
        ("at: 2018-05-26", "at", '"2018-05-26" is not a time. Write hours and minutes,'),
        ("at: Sunday 10:00", "at", '"Sunday 10:00" is not a time. Write hours and minutes,'),
        ("at: 2018-5-26 10:00", "at", '"2018-5-26 10:00" is not a time. Write hours and'),
    ],
)
def test_a_date_that_does_not_fit_is_a_problem_with_its_line(
    line: str, key: str, message: str
) -> None:
    found = _problems("at: '18:00'", line, day=HACKATHON)
    assert [each[: each.find(message)] for each in found] == [
        f"f.yml:15: events.talks.agenda[1].{key}: "
    ]


def test_lines_with_dates_are_in_order() -> None:
    (problem,) = _problems("at: 2018-05-27 10:00", "at: 2018-05-26 10:00", day=HACKATHON)
    assert '"2018-05-26 10:00" is earlier than the line above in the same room.' in problem


def test_an_agenda_out_of_order_takes_work_in_proportion_to_its_lines() -> None:
    day = fest_of(_text("date: 2018-05-28", "at: '10:00'")).events["talks"].known_days[0]
    last = datetime(2018, 5, 28, 12, tzinfo=day.start.tzinfo)
    lines = [
        AgendaItem.model_construct(at=last - timedelta(minutes=number), what="A")
        for number in range(8_000)
    ]

    def work(count: int) -> int:
        return steps(lambda: steps_of(lines[:count], day))

    assert work(8_000) < 6 * work(2_000)
