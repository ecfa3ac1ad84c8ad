"""The days of a fest in a row, each with all that takes place on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from mkdocs_impldays.fest.agenda import Step
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.venue import Venue


class Slot(NamedTuple):
    """One event on one of its days."""

    event: Event
    day: Day
    venue: Venue | None
    """Its place on this day; `None` while it is not known."""
    overflow: tuple[Venue, ...]
    """Its further places, and those that take in who does not fit in."""
    agenda: tuple[Step, ...]
    """The plan of this day."""


class FestDay(NamedTuple):
    """A date on which something takes place."""

    date: date
    slots: tuple[Slot, ...]
    """What takes place, by the hour it begins, and last what has none yet; else as in the file."""
    is_main: bool
    """Whether it is a day of the fest's main event."""
    is_off: bool
    """Whether nothing takes place on it, though something was to."""


def days_of(fest: Fest) -> tuple[FestDay, ...]:
    """Return each date of the fest once, in order; none while no day is known."""
    slots: dict[date, list[Slot]] = {}
    for event in fest.events.values():
        for day in event.known_days:
            slots.setdefault(day.date, []).append(_slot(fest, event, day))
    return tuple(
        FestDay(
            day,
            tuple(sorted(slots[day], key=_hour)),
            any(slot.event is fest.main_event for slot in _held(fest, slots[day]) or slots[day]),
            not _held(fest, slots[day]),
        )
        for day in sorted(slots)
    )


def days_drawn(fest: Fest) -> tuple[FestDay, ...]:
    """Return the days on which something is held, with that alone; all, where nothing is."""
    days = days_of(fest)
    held = (day._replace(slots=tuple(_held(fest, day.slots))) for day in days if not day.is_off)
    return tuple(held) or days


def _held(fest: Fest, slots: Iterable[Slot]) -> list[Slot]:
    return [slot for slot in slots if fest.is_held(slot.event, slot.day)]


def _hour(slot: Slot) -> tuple[bool, datetime]:
    return slot.day.opening is None, slot.day.start


def _slot(fest: Fest, event: Event, day: Day) -> Slot:
    others = fest.other_venues_of(event, day)
    return Slot(event, day, fest.venue_of(event, day), others, event.steps_of(day))
