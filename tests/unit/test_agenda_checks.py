"""Sessions that cannot take place, or hardly are meant, as their agendas say."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from mkdocs_impldays.fest.agenda_checks import early_recordings
from mkdocs_impldays.fest.load import load_fest
from tests.fests import HEAD, fest_of

FEST = """\
venues:
  casa: {name: Casa, rooms: {big: {name: Big}, small: {name: Small}}}
  other: {name: Other house, rooms: {attic: {name: Attic}}}
speakers: {ada: {name: Ada}, bob: {name: Bob}}
events:
  party: {title: Party, days: [2027-06-05], venue: other}
  talks:
    title: Talks
    venue: casa
    days: [{date: 2027-06-05, opens: "09:00", closes: "18:00"}]
    agenda:
      - {at: "12:00", until: "13:00", what: Lunch, kind: Break}
"""


def told(*lines: str) -> list[tuple[str, str]]:
    """Return the severity and the message of each problem at the lines that were added."""
    text = HEAD + FEST + "".join(f"      - {{{line}}}\n" for line in lines)
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    first = (HEAD + FEST).count("\n") + 1
    return [(each.severity, each.message) for each in problems if (each.line or 0) >= first]


@pytest.mark.parametrize(
    ("line", "severity", "message"),
    [
        ('at: "17:00", until: "18:30", what: A', "hint", "it ends at 18:30, after the day is over"),
        ('at: "08:00", for: 30 min, what: A', "hint", "before the doors open"),
        ('at: "11:30", for: 1 h, what: A, room: big', "hint", 'goes on during "Lunch" for all'),
        ('at: "10:00", for: 1 h, what: A, room: attic', "warning", "is not a room of venues.casa"),
        ('at: "10:00", for: 4 min, what: A', "hint", "takes less than five minutes"),
        ('at: "10:00", for: 25 h, what: A', "warning", "takes longer than a day"),
        ('at: "10:00", until: "09:30", what: A', "error", 'is not after "at"'),
        ('at: "05:00", until: "05:00", what: A', "error", 'is not after "at"'),
        ('at: "10:00", for: 1 h, what: A, speakers: eve', "error", '"eve" is not a speaker'),
    ],
)
def test_what_a_session_can_break_is_told_at_its_line(
    line: str, severity: str, message: str
) -> None:
    found = told(line)
    assert any(each[0] == severity and message in each[1] for each in found), found


def test_lines_below_a_wrong_date_are_not_reported_too() -> None:
    found = told("at: 2026-06-05 10:00, what: A", 'at: "11:00", what: B', 'at: "01:00", what: C')
    (problem,) = [each for each in found if "is not on a date" in each[1]]
    assert found == [problem]


@pytest.mark.parametrize(
    "line",
    [
        'at: "10:00", for: 5 min, what: A, room: big',
        'at: "17:00", until: "18:00", what: A, room: big',
        'at: "11:00", until: "12:00", what: A, room: big',
        'at: "13:00", until: "14:00", what: A, room: big',
        'at: "12:00", until: "13:00", what: Coffee, room: big, kind: break',
        'at: "11:00", for: 2 h, what: A, room: big, status: cancelled',
    ],
)
def test_what_fits_is_not_told(line: str) -> None:
    assert told(line) == []


def test_a_line_without_an_end_is_told_for_its_beginning_alone() -> None:
    found = told('at: "17:00", what: A, room: big', 'at: "19:00", what: B, room: big')
    assert [message.partition(" is")[0].rpartition(": ")[2] for _, message in found] == ['"19:00"']


@pytest.mark.parametrize(("length", "is_night"), [("19 h", True), ("26 h", False)])
def test_a_session_until_the_next_noon_makes_no_night_of_the_day(
    length: str, *, is_night: bool
) -> None:
    lines = (f'at: "10:00", for: {length}, what: A, room: big', 'at: "05:00", what: B, room: big')
    found = any("before the doors open" in message for _, message in told(*lines))
    assert found is not is_night


def test_a_line_without_an_end_may_last_for_two_days() -> None:
    text = (HEAD + FEST).replace('closes: "18:00"', "closes: 2027-06-07 12:00")
    text += '      - {at: "13:00", what: Hacking, room: big}\n'
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert [str(each) for each in problems if "longer" in each.message] == []


def test_a_speaker_without_a_session_is_a_hint_once_another_has_one() -> None:
    text = f'{HEAD}{FEST}      - {{at: "10:00", for: 1 h, what: A, room: big, speakers: ada}}\n'
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert [each.message.partition(" session")[0] for each in problems] == [
        'speakers: "bob" has no'
    ]
    _, problems = load_fest((HEAD + FEST).encode(), path="f.yml", fest_id="f")
    assert problems == []


def test_an_end_that_the_clocks_skip_is_told() -> None:
    text = f"""{HEAD}events:
  talks:
    title: Talks
    days: [2027-03-28]
    agenda: [{{at: "01:00", until: "02:30", what: A}}]
"""
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert any("02:30 is skipped by the clocks" in each.message for each in problems), problems


def test_a_recording_is_told_until_its_session_is_over() -> None:
    line = 'at: "10:00", for: 1 h, what: A, recording: "https://media.rustfest.eu/a"'
    fest = fest_of(f"{HEAD}{FEST}      - {{{line}}}\n")
    zone = ZoneInfo("Europe/Paris")
    (early,) = early_recordings(fest, moment=datetime(2027, 6, 5, 10, 59, tzinfo=zone))
    assert (early.severity, early.line) == ("warning", (HEAD + FEST).count("\n") + 1)
    assert list(early_recordings(fest, moment=datetime(2027, 6, 5, 11, 0, tzinfo=zone))) == []
