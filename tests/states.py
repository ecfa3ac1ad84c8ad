"""The table of moments and states that Python and the browser must both answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import yaml

from mkdocs_impldays.fest.call_states import call_states
from mkdocs_impldays.fest.clock import read_moment
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.time import Span, Standing, phases_of, tenses_of
from tests.fests import ROOT, fest_of


class Row(NamedTuple):
    """A moment, and what is true at it."""

    moment: datetime
    states: list[str]


class Calendar(NamedTuple):
    """A fest and its rows."""

    fest: Fest
    rows: list[Row]
    states: list[Sequence[Span[str]]]
    """The fest's phases, its event's phases and tenses, and its RSVP's states."""


def calendars() -> dict[str, Calendar]:
    """Read every file of the table, by its name."""
    files = sorted((ROOT / "tests/golden/phases").glob("*.yml"))
    return {file.stem: _calendar(yaml.safe_load(file.read_text("utf-8"))) for file in files}


def _calendar(data: dict[str, object]) -> Calendar:
    fest = fest_of(str(data["fest"]))
    event = fest.events[str(data["event"])]
    rows = data["rows"]
    assert isinstance(rows, list)
    read = [Row(read_moment(row[0], fest.timezone), row[1:]) for row in rows]
    phases = [_written(phases_of(fest)), _written(phases_of(fest, event))]
    return Calendar(
        fest,
        read,
        [*phases, _written(tenses_of(fest, event)), _written(call_states(fest, fest.rsvp))],
    )


def _written(spans: Iterable[Span[Any]]) -> list[Span[str]]:
    return [Span(_word(span.value), span.start, span.end) for span in spans]


def _word(state: Standing | str) -> str:
    if isinstance(state, str):
        return str(state)
    number = f" {state.day}/{state.of}" if state.day else ""
    return f"{state.phase}{number}"
