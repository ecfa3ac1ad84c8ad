"""What is true at a moment, for the calendars of real fests."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from mkdocs_impldays.fest.call_states import CallState
from mkdocs_impldays.fest.time import at
from tests.states import Calendar, calendars

CALENDARS = calendars()
MINUTE, NOT_AGO = timedelta(minutes=1), timedelta()


@pytest.mark.parametrize(
    ("calendar", "number"),
    [
        pytest.param(calendar, number, id=f"{name}-{row.moment:%Y-%m-%dT%H:%M}")
        for name, calendar in CALENDARS.items()
        for number, row in enumerate(calendar.rows)
    ],
)
def test_each_state_holds_when_it_should(calendar: Calendar, number: int) -> None:
    moment, states = calendar.rows[number]
    assert [at(spans, moment) for spans in calendar.states] == states


def test_the_table_has_every_state_of_the_rsvp() -> None:
    found = {row.states[-1] for calendar in CALENDARS.values() for row in calendar.rows}
    assert found == set(CallState)


def test_the_table_has_each_change_and_the_minute_before_it() -> None:
    for name, calendar in CALENDARS.items():
        moments = {row.moment.astimezone(UTC) for row in calendar.rows}
        changes = {span.start for spans in calendar.states for span in spans if span.start}
        wanted = {moment.astimezone(UTC) - ago for moment in changes for ago in (MINUTE, NOT_AGO)}
        assert wanted <= moments, name
