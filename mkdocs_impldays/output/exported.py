"""The shape of `fest.json`, as other programs read it: what the keys are and mean.

Parts are only made to be written. What else a dataclass can do would take a build longer to prepare
than the writing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from mkdocs_impldays.fest.phases import Phase, RsvpState
from mkdocs_impldays.fest.plan import Status
from mkdocs_impldays.fest.rsvp import Availability


@dataclass(eq=False, repr=False)
class PlanPart:
    """One line of a day's plan."""

    at: str
    """Hours and minutes on the clocks of the fest, like 09:00."""
    what: str
    """What happens."""


@dataclass(eq=False, repr=False)
class DayPart:
    """One day of an event."""

    number: int
    """Which day of the event it is, counted from 1."""
    date: date
    """The day on which it begins."""
    opens: datetime | None
    """When the doors open, with its UTC offset."""
    closes: datetime | None
    """When it is over, with its UTC offset."""
    venues: list[str]
    """Ids of the day's venues: the main one, where it is known, then those for the overflow."""
    agenda: list[PlanPart]
    """The plan of the day."""


@dataclass(eq=False, repr=False)
class EventPart:
    """Something that takes place on one or more days."""

    id: str
    """Its name for good."""
    title: str
    """What it is called."""
    description: str | None
    """A sentence about it."""
    performers: list[str]
    """Who speaks or leads."""
    status: Status
    """What became of it."""
    url: str | None
    """Its page."""
    start: datetime | None
    """The first moment: the doors, or the beginning of the first day where no hour is known."""
    end: datetime | None
    """The first moment after it."""
    days: list[DayPart]
    """Its days in order; empty while they are not known."""
    calendar: str
    """Its calendar file: an address, or a path from the site's root."""
    sequence: int
    """How often its time, place or status changed, as far as the fest file tells."""


@dataclass(eq=False, repr=False)
class VenuePart:
    """A place where people meet."""

    id: str
    """Its name for good."""
    name: str | None
    """What it is called."""
    street: str | None
    """Street and number."""
    postcode: str | None
    """The postcode."""
    city: str | None
    """The town."""
    country: str
    """The country's two letters (ISO 3166)."""
    address: str
    """All that is known of it in one line."""
    latitude: float | None
    """Degrees north (WGS 84)."""
    longitude: float | None
    """Degrees east (WGS 84)."""
    capacity: int | None
    """How many people fit in."""
    url: str | None
    """Its own page."""
    directions: str | None
    """How to get there, as plain text."""
    access: str | None
    """What people with disabilities need to know, as plain text."""


@dataclass(eq=False, repr=False)
class StatePart:
    """What can be done about coming, and when."""

    state: RsvpState
    """What holds then."""
    start: datetime | None
    """The first moment; `null` for the beginning of time."""
    end: datetime | None
    """The first moment after it; `null` for the end of time."""


@dataclass(eq=False, repr=False)
class RsvpPart:
    """How people say that they will come."""

    event: str
    """The id of the event."""
    url: str | None
    """Where they say it."""
    label: str | None
    """What the button says, as plain text."""
    price: str | None
    """What it costs to come: an amount and its currency (ISO 4217), like 120 EUR."""
    waitlist_url: str | None
    """Where people get on the waiting list."""
    opens: datetime | None
    """From when."""
    closes: datetime | None
    """Until when."""
    availability: Availability
    """Whether there is room."""
    states: list[StatePart]
    """What holds when, without gaps: look up the moment, do not work it out."""


@dataclass(eq=False, repr=False)
class PhasePart:
    """Where the fest stands, and when."""

    phase: Phase
    """What holds then."""
    day: int | None
    """Which day it is, or which is next, counted from 1."""
    start: datetime | None
    """The first moment; `null` for the beginning of time."""
    end: datetime | None
    """The first moment after it; `null` for the end of time."""


@dataclass(eq=False, repr=False)
class OrganizerPart:
    """Who answers for the fest."""

    name: str
    """A person or a group."""
    url: str | None
    """Their page."""


@dataclass(eq=False, repr=False)
class ChangePart:
    """A change that people were told of."""

    date: date
    """When it was told."""
    what: str
    """What is different."""


@dataclass(eq=False, repr=False, kw_only=True)
class FestPart:
    """A whole fest."""

    format: Literal[1] = 1
    """Counts up when a key is taken away or means something else."""
    id: str
    """Its name for good."""
    name: str
    """What it is called."""
    edition: int | None
    """The how many-eth fest it is."""
    description: str | None
    """A sentence about it."""
    city: str
    """Where it takes place."""
    country: str
    """The country's two letters (ISO 3166)."""
    timezone: str
    """The time zone of its clocks (IANA)."""
    language: str
    """The language of its texts (BCP 47)."""
    url: str | None
    """Its page."""
    organizer: OrganizerPart | None
    """Who answers for it."""
    status: Status
    """What became of it; an event may have another."""
    changes: list[ChangePart]
    """What changed for all events since they were first told, the oldest first."""
    start: datetime | None
    """The first moment of its first event."""
    end: datetime | None
    """The first moment after its last event."""
    events: list[EventPart]
    """What takes place, in the order of the fest file."""
    venues: list[VenuePart]
    """The places, in the order of the fest file."""
    rsvp: RsvpPart | None
    """How people say that they will come."""
    phases: list[PhasePart]
    """Where the fest stands when, without gaps."""
    calendar: str
    """The calendar file of all events: an address, or a path from the site's root."""
    tba: list[str]
    """Keys of the fest file whose facts will be told later, like `events.talks.days`."""
    site: dict[str, Any] = field(default_factory=dict)
    """What the organiser added, as typed."""
