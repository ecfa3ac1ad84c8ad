"""`fest.json`: a whole fest for other programs, with a JSON Schema that describes it.

What is not known, or not known yet, is `null`; `tba` lists what will be told later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from pydantic_core import to_json

from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import Model
from mkdocs_impldays.fest.phases import phases_of, rsvp_states
from mkdocs_impldays.fest.typed import Tba, known
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.output.entries import sequence_of
from mkdocs_impldays.output.exported import (
    ChangePart,
    DayPart,
    EventPart,
    FestPart,
    OrganizerPart,
    PhasePart,
    PlanPart,
    RsvpPart,
    StatePart,
    VenuePart,
)
from mkdocs_impldays.output.links import calendar_path
from mkdocs_impldays.output.places import absolute, page_of, venue_line, venues_of
from mkdocs_impldays.output.texts import line, paragraph, without_markup


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
        rsvp=_rsvp(fest),
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


def _rsvp(fest: Fest) -> RsvpPart | None:
    rsvp = fest.rsvp
    if rsvp is None:
        return None
    return RsvpPart(
        event=rsvp.event,
        url=known(rsvp.url),
        label=_note(rsvp.label),
        price=rsvp.price,
        waitlist_url=rsvp.waitlist_url,
        opens=known(rsvp.opens),
        closes=known(rsvp.closes),
        availability=rsvp.availability,
        states=[StatePart(state=s.value, start=s.start, end=s.end) for s in rsvp_states(fest)],
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
