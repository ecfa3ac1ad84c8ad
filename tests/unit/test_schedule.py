"""The plan of a day as a grid: which rooms are its columns, and where each session is."""

from __future__ import annotations

import pytest

from mkdocs_impldays.names.schedule import MOST_COLUMNS, day_facts
from mkdocs_impldays.pages.facts import Facts
from tests.fests import HEAD, fest_of


def _slot(*lines: str, rooms: str = "abc") -> Facts:
    named = ", ".join(f"{key}: {{name: Room {key}}}" for key in rooms)
    agenda = "".join(f"          - {{what: W{n}, {line}}}\n" for n, line in enumerate(lines))
    fest = fest_of(
        f"{HEAD}venues: {{casa: {{name: Casa, rooms: {{{named}}}}}}}\n"
        "events:\n  talks:\n    title: Talks\n    venue: casa\n    days:\n"
        f"      - date: 2027-06-05\n        agenda:\n{agenda}"
    )
    venues = {key: Facts(key, {"name": str(venue.name)}) for key, venue in fest.venues.items()}
    slots = day_facts(fest, venues)[0]["slots"]
    assert isinstance(slots, list)
    (slot,) = slots
    assert isinstance(slot, Facts)
    return slot


def _cells(slot: Facts) -> list[str]:
    """Return each session with its column, a star if it heads a row, and its rows if several."""
    steps = slot["agenda"]
    assert isinstance(steps, list)
    return [
        f"{step} {step['column']}{'*' if step['is_first'] else ''}"
        + (f" {step['rows']} rows" if step["rows"] != 1 else "")
        for step in steps
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["at: '10:00'", "at: '11:00'"],
        ["at: '10:00', room: a", "at: '11:00', room: a"],
        ["at: '10:00', until: '11:00', room: a", "at: '11:00', until: '12:00', room: b"],
        ["at: '10:00', until: '12:00'", "at: '10:30', until: '11:00', room: b"],
        ["at: '10:00', until: '12:00'", "at: '10:00', until: '12:00'"],
    ],
    ids=["no room", "one room", "one after the other", "one room beside all", "parallel in none"],
)
def test_a_single_track_stays_a_list(lines: list[str]) -> None:
    slot = _slot(*lines)
    assert slot["rooms"] == []
    assert _cells(slot) == ["W0 0", "W1 0"]


def test_rooms_in_parallel_are_columns_in_the_order_of_the_file() -> None:
    slot = _slot("at: '10:00', room: c", "at: '10:00', room: a")
    assert slot["rooms"] == ["Room a", "Room c"]
    assert _cells(slot) == ["W1 1*", "W0 2"]


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        (
            ["at: '09:00'", "at: '10:00', room: a", "at: '10:00', room: b", "at: '11:00'"],
            ["W0 0*", "W1 1*", "W2 2", "W3 0*"],
        ),
        (
            [
                "at: '10:00', until: '12:00', room: a",
                "at: '10:00', until: '10:30', room: b",
                "at: '10:30', until: '11:00', room: b",
                "at: '11:30', until: '12:00', room: b",
                "at: '12:00'",
            ],
            ["W0 1* 3 rows", "W1 2", "W2 2*", "W3 2*", "W4 0*"],
        ),
        (
            [
                "at: '10:00', until: '14:00', room: a",
                "at: '11:00', room: b",
                "at: '12:00', until: '13:00'",
                "at: '13:00', room: b",
            ],
            ["W0 1* 2 rows", "W1 2*", "W2 0*", "W3 2*"],
        ),
        (
            [
                "at: '10:00', until: '12:00', room: a",
                "at: '11:00', until: '13:00', room: a",
                "at: '11:00', until: '12:00', room: b",
                "at: '11:30', until: '12:00', room: c",
            ],
            ["W0 1*", "W1 1* 2 rows", "W2 2 2 rows", "W3 3*"],
        ),
        (
            ["at: '10:00', room: a", "at: '10:00', room: b", "at: '10:00'"],
            ["W2 0*", "W0 1", "W1 2"],
        ),
    ],
    ids=["all rooms", "long beside short", "ends at the break", "overlap in a room", "together"],
)
def test_a_session_takes_the_rows_that_begin_before_it_ends(
    lines: list[str], cells: list[str]
) -> None:
    assert _cells(_slot(*lines)) == cells


def test_a_session_past_midnight_and_one_hour_twice_are_rows_in_order() -> None:
    slot = _slot(
        "at: '23:00', until: '02:00', room: a",
        "at: '23:30', until: '01:00', room: b",
        "at: '01:00', until: '02:00', room: b",
    )
    assert _cells(slot) == ["W0 1* 3 rows", "W1 2*", "W2 2*"]


def test_more_rooms_than_a_grid_may_have_are_a_list() -> None:
    rooms = "abcdefghijklm"
    assert len(rooms) == MOST_COLUMNS + 1
    slot = _slot(*(f"at: '10:00', room: {room}" for room in rooms), rooms=rooms)
    assert slot["rooms"] == []
