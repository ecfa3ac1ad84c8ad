"""The days of a fest in a row, each with all that takes place on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from mkdocs_impldays.fest.clock import on_clock
from mkdocs_impldays.fest.day import AgendaItem, Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.venue import Venue


@dataclass(frozen=True)
class Step:
    """One line of a day's plan, with the time it takes."""

    what: str
    start: datetime
    """The moment it begins, aware, on the clocks of the fest."""
    end: datetime
    """The moment the next one begins, or the day is over."""


@dataclass(frozen=True)
class Slot:
    """One event on one of its days."""

    event: Event
    day: Day
    venue: Venue | None
    """Its place on this day; `None` while it is not known."""
    overflow: tuple[Venue, ...]
    """Its further places, and those that take in who does not fit in."""
    agenda: tuple[Step, ...]
    """The plan of this day."""


@dataclass(frozen=True)
class FestDay:
    """A date on which something takes place."""

    date: date
    slots: tuple[Slot, ...]
    """What takes place, by the hour it begins; in the order of the file where that is the same."""
    is_main: bool
    """Whether it is a day of the fest's main event."""


def main_event(fest: Fest) -> Event:
    """Give the event that people say they come to; without an RSVP, the last one in the file."""
    return fest.events[fest.rsvp.event] if fest.rsvp else list(fest.events.values())[-1]


def days_of(fest: Fest) -> tuple[FestDay, ...]:
    """Give each date of the fest once, in order; none while no day is known."""
    slots: dict[date, list[Slot]] = {}
    for event in fest.events.values():
        for day in event.known_days:
            slots.setdefault(day.date, []).append(_slot(fest, event, day))
    main = main_event(fest)
    return tuple(
        FestDay(
            day,
            tuple(sorted(slots[day], key=lambda slot: slot.day.start)),
            any(slot.event is main for slot in slots[day]),
        )
        for day in sorted(slots)
    )


def _slot(fest: Fest, event: Event, day: Day) -> Slot:
    agenda = tuple(_steps(event.agenda_of(day), day, fest))
    others = fest.other_venues_of(event, day)
    return Slot(event, day, fest.venue_of(event, day), others, agenda)


def _steps(agenda: Sequence[AgendaItem], day: Day, fest: Fest) -> Iterator[Step]:
    """Give each step until the next; a time earlier than the one above it is past midnight."""
    starts: list[datetime] = []
    on = day.date
    for item in agenda:
        if starts and item.at < starts[-1].time():
            on += timedelta(days=1)
        starts.append(on_clock(on, item.at, fest.timezone, lenient=True))
    if starts:
        starts.append(max(day.end, starts[-1]))
    for item, (start, end) in zip(agenda, pairwise(starts), strict=True):
        yield Step(item.what, start, end)
