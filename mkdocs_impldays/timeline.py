"""The days of a fest in a row, each with all that takes place on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mkdocs_impldays.fest import AgendaItem, Day, Event, Fest, Venue


@dataclass(frozen=True)
class Slot:
    """One event on one of its days."""

    event: Event
    day: Day
    venue: Venue | None
    """Its place on this day; `None` while it is not known."""
    overflow: tuple[Venue, ...]
    """The places that take in those who do not fit in."""
    agenda: tuple[AgendaItem, ...]
    """The plan of this day."""


@dataclass(frozen=True)
class FestDay:
    """A date on which something takes place."""

    date: date
    slots: tuple[Slot, ...]
    """What takes place, by the hour it begins; in the order of the file where that is the same."""
    is_main: bool
    """Whether it is a day of the event that people say they come to."""


def days_of(fest: Fest) -> tuple[FestDay, ...]:
    """Give each date of the fest once, in order; none while no day is known."""
    slots: dict[date, list[Slot]] = {}
    for event in fest.events.values():
        for day in event.known_days:
            slots.setdefault(day.date, []).append(_slot(fest, event, day))
    main = fest.rsvp.event if fest.rsvp else None
    return tuple(
        FestDay(
            day,
            tuple(sorted(slots[day], key=lambda slot: slot.day.start)),
            any(slot.event.id == main for slot in slots[day]),
        )
        for day in sorted(slots)
    )


def _slot(fest: Fest, event: Event, day: Day) -> Slot:
    overflow = tuple(fest.venues[key] for key in event.overflow)
    return Slot(event, day, fest.venue_of(event, day), overflow, event.agenda_of(day))
