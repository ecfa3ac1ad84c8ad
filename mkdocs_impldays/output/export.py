"""`fest.json`: a whole fest for other programs, with a JSON Schema that describes it.

What is not known, or not known yet, is `null`; `tba` lists what will be announced later. Parts are
only made to be written: what else a dataclass can do would take a build longer to prepare than the
writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic_core import to_json

from mkdocs_impldays.fest.calls import Availability, Call
from mkdocs_impldays.fest.event import Day, Event, Status
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import Model, Tba, known
from mkdocs_impldays.fest.time import CallState, Phase, call_states, phases_of
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.output.calendar import calendar_path, sequence_of
from mkdocs_impldays.output.texts import (
    absolute,
    line,
    page_of,
    paragraph,
    venue_line,
    venues_of,
    without_markup,
)


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
    id: str
    """Its name for good, of which its calendar entry is made."""
    status: Status
    """What became of it."""
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
    """What can be done about a call, and when."""

    state: CallState
    """What holds then."""
    start: datetime | None
    """The first moment; `null` for the beginning of time."""
    end: datetime | None
    """The first moment after it; `null` for the end of time."""


@dataclass(eq=False, repr=False)
class CallPart:
    """What people can do until a date; the first is the RSVP: how they say that they will come."""

    id: str
    """Its name for good; `rsvp` for the RSVP."""
    title: str | None
    """What it is called; `null` for an RSVP that is not called anything else."""
    event: str | None
    """The id of the event that people sign up for, if there is one."""
    url: str | None
    """Where they do it."""
    label: str | None
    """What the button says, as plain text."""
    price: str | None
    """What it costs: an amount and its currency (ISO 4217), like 120 EUR."""
    waitlist_url: str | None
    """Where people get on the waiting list."""
    opens: datetime | None
    """From when."""
    closes: datetime | None
    """Until when."""
    waitlist_opens: datetime | None
    """From when there is a waiting list, if not from `opens`."""
    waitlist_closes: datetime | None
    """Until when there is a waiting list, if not until `closes`."""
    availability: Availability
    """Whether there is room."""
    note: str | None
    """What else people need to know, as plain text."""
    result: datetime | None
    """By when people hear what became of what they sent in."""
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
    rsvp: CallPart | None
    """How people say that they will come."""
    calls: list[CallPart]
    """What else people can do until a date, in the order of the fest file."""
    phases: list[PhasePart]
    """Where the fest stands when, without gaps."""
    calendar: str
    """The calendar file of all events: an address, or a path from the site's root."""
    tba: list[str]
    """Keys of the fest file whose facts will be told later, like `events.talks.days`."""
    site: dict[str, Any] = field(default_factory=dict)
    """What the organiser added, as typed."""


def fest_json(fest: Fest, *, site_url: str | None) -> bytes:
    """Give a fest as JSON in UTF-8; moments have UTC offsets, labels and notes no markup.

    Addresses of pages and files are whole where the site's address is known, else paths from its
    root.
    """
    return to_json(exported(fest, site_url=site_url), indent=2) + b"\n"


@cache
def export_schema() -> bytes:
    """Give the JSON Schema (2020-12) of `fest.json`, as `tests/schemas.py` has written it."""
    return files("mkdocs_impldays.output").joinpath("fest.schema.json").read_bytes()


def exported(fest: Fest, *, site_url: str | None) -> FestPart:
    """Give a fest in the shape that other programs read."""
    organizer = fest.organizer
    return FestPart(
        id=fest.id,
        name=line(fest.name),
        edition=fest.edition,
        description=_text(fest.description),
        city=line(fest.city),
        country=fest.country,
        timezone=fest.timezone.key,
        language=fest.language,
        url=page_of(fest, None, site_url=site_url),
        organizer=OrganizerPart(name=line(organizer.name), url=organizer.url)
        if organizer
        else None,
        status=fest.status_of(),
        changes=[ChangePart(date=c.date, what=line(c.what)) for c in fest.changes],
        start=fest.start,
        end=fest.end,
        events=[_event(fest, event, site_url) for event in fest.events.values()],
        venues=[_venue(fest, venue) for venue in fest.venues.values()],
        rsvp=_call(fest, fest.rsvp) if fest.rsvp else None,
        calls=[_call(fest, call) for call in fest.calls.values()],
        phases=[
            PhasePart(phase=s.value.phase, day=s.value.day, start=s.start, end=s.end)
            for s in phases_of(fest)
        ],
        calendar=_file(calendar_path(fest), site_url),
        tba=list(open_facts(fest)),
        site=fest.site,
    )


def _event(fest: Fest, event: Event, site_url: str | None) -> EventPart:
    days = enumerate(event.known_days, 1)
    return EventPart(
        id=event.id,
        title=line(event.title),
        description=_text(event.description),
        performers=[line(name) for name in event.performers],
        status=fest.status_of(event),
        url=page_of(fest, event, site_url=site_url),
        start=event.start,
        end=event.end,
        days=[_day(fest, event, day, number) for number, day in days],
        calendar=_file(calendar_path(fest, event), site_url),
        sequence=sequence_of(fest, event),
    )


def _day(fest: Fest, event: Event, day: Day, number: int) -> DayPart:
    return DayPart(
        number=number,
        date=day.date,
        opens=day.start if known(day.opens) else None,
        closes=day.end if known(day.closes) else None,
        id=event.name_of(day),
        status=fest.status_of(event, day),
        venues=[venue.id for venue in venues_of(fest, event, day)],
        agenda=[
            PlanPart(at=f"{item.at:%H:%M}", what=line(item.what)) for item in event.agenda_of(day)
        ],
    )


def _venue(fest: Fest, venue: Venue) -> VenuePart:
    return VenuePart(
        id=venue.id,
        name=_text(known(venue.name)),
        street=_text(known(venue.street)),
        postcode=_text(known(venue.postcode)),
        city=_text(fest.city_of(venue)),
        country=venue.country or fest.country,
        address=venue_line(venue, fest),
        latitude=venue.latitude,
        longitude=venue.longitude,
        capacity=venue.capacity,
        url=known(venue.url),
        directions=_note(venue.directions),
        access=_note(venue.access),
    )


def _call(fest: Fest, call: Call) -> CallPart:
    states = call_states(fest, call)
    return CallPart(
        id=call.id,
        title=_text(call.name),
        event=call.event,
        url=known(call.url),
        label=_note(call.label),
        price=call.price,
        waitlist_url=call.waitlist_url,
        opens=known(call.opens),
        closes=known(call.closes),
        waitlist_opens=known(call.waitlist_opens),
        waitlist_closes=known(call.waitlist_closes),
        availability=call.availability,
        note=_note(call.note),
        result=known(call.result),
        states=[StatePart(state=s.value, start=s.start, end=s.end) for s in states],
    )


def _text(text: str | None) -> str | None:
    return paragraph(text) or None if text else None


def _note(text: str | None) -> str | None:
    return without_markup(text) or None if text else None


def _file(path: str, site_url: str | None) -> str:
    return absolute(path, site_url) or path


def open_facts(group: object, *, where: str = "") -> Iterator[str]:
    """Give the places of all facts that are `tba`, like `events.talks.days`."""
    for key, fact in _facts(group):
        if isinstance(fact, _PARTS):
            place = f"{where}{key}" if where else key.removeprefix(".")
            yield from (place,) if isinstance(fact, Tba) else open_facts(fact, where=place)


_PARTS = (Tba, Model, dict, tuple)
"""What a fact is that is not known yet, or that holds others; most are neither."""


def _facts(group: object) -> Iterable[tuple[str, object]]:
    if isinstance(group, tuple):
        return ((f"[{number}]", each) for number, each in enumerate(group))
    assert isinstance(group, dict | Model)
    return ((f".{key}", fact) for key, fact in dict(group).items())
