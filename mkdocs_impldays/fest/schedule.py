"""The days of a fest in order, each with the events that take place on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from mkdocs_impldays.fest.agenda import Step
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.venue import Venue


class Slot(NamedTuple):
    """One event on one of its dates."""

    event: Event
    day: Day
    date: date
    """One of the day's dates: it has several if it lasts over a night."""
    venue: Venue | None
    """Its venue on this day; `None` while it is not known."""
    overflow: tuple[Venue, ...]
    """Its further venues, then those for overflow."""
    agenda: tuple[Step, ...]
    """What begins on this date or in the night after it, by start."""

    @property
    def start(self) -> datetime:
        """When it begins on this date: as it opens; else, or if it goes on, at midnight."""
        if self.date == self.day.date:
            return self.day.start
        return max(self.day.start, self.day.end_on(self.date - timedelta(days=1)))

    @property
    def end(self) -> datetime:
        """When it is over on this date: as it closes; else, or if it goes on, at midnight.

        It is not over before all of its sessions are.
        """
        held = (step.end for step in self.agenda if step.item.status != "cancelled")
        return max([self.day.end_on(self.date), *held], key=datetime.timestamp)

    @property
    def first_start(self) -> datetime | None:
        """When it opens, or else when the first session begins or it goes on; `None` if unknown."""
        is_first = self.date == self.day.date
        if self.agenda and not (is_first and self.day.opening):
            return self.agenda[0].start
        return None if is_first and not self.day.opening else self.start


class FestDay(NamedTuple):
    """A date with all events on it."""

    date: date
    slots: tuple[Slot, ...]
    """The events by opening time, then those without one; otherwise in the order of the file."""
    is_main: bool
    """Whether it is a day of the fest's main event."""
    is_off: bool
    """Whether every event on it is cancelled or postponed."""


def days_of(fest: Fest) -> tuple[FestDay, ...]:
    """Return the dates of a fest, each once and in order; none while no day is known."""
    slots: dict[date, list[Slot]] = {}
    for event in fest.events.values():
        for day in event.known_days:
            for on in day.dates:
                slots.setdefault(on, []).append(_slot(fest, event, day, on))
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
    """Return the days with the events that are held; all days if none is."""
    days = days_of(fest)
    held = (day._replace(slots=tuple(_held(fest, day.slots))) for day in days if not day.is_off)
    return tuple(held) or days


def _held(fest: Fest, slots: Iterable[Slot]) -> list[Slot]:
    return [slot for slot in slots if fest.is_held(slot.event, slot.day)]


def _hour(slot: Slot) -> tuple[bool, datetime]:
    return slot.day.opening is None, slot.day.start


def _slot(fest: Fest, event: Event, day: Day, on: date) -> Slot:
    steps = tuple(step for step in event.steps_of(day) if day.date_of(step.start) == on)
    others = fest.other_venues_of(event, day)
    return Slot(event, day, on, fest.venue_of(event, day), others, steps)
