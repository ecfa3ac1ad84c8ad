"""`fest.json`: a whole fest for other programs, with a JSON Schema (see `tests/schemas.py`).

It has the keys of the fest file with their current values, and what the file implies. A fact that
is not known is `null`; `tba` lists those that will be announced later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_core import to_json

from mkdocs_impldays.fest.agenda import AgendaItem, Step
from mkdocs_impldays.fest.call_states import call_states
from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.clock import time_of_day
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import Model, Tba
from mkdocs_impldays.fest.programme.model import guid_of
from mkdocs_impldays.fest.sessions import lines_of
from mkdocs_impldays.fest.time import phases_of
from mkdocs_impldays.fest.values import markdown_of
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.output.calendar_links import calendar_path, session_calendar_path
from mkdocs_impldays.output.texts import (
    absolute,
    page_of,
    paragraph,
    venue_line,
    without_markup,
)

LEFT_OUT: Mapping[type[Model], frozenset[str]] = {
    Fest: frozenset({"new_start", "look", "phrases", "thanks", "recordings"})
    | {"join", "contacts", "live"},
    Event: frozenset({"venue", "new_venue", "overflow", "new_start", "delay", "agenda", "page"})
    | {"join", "programme", "opens", "closes"},
    Day: frozenset({"venue", "delay"}),
    AgendaItem: frozenset({"until", "lasts"}),
}
"""Keys of the fest file that are applied to others, or are only for pages or for a time."""


def fest_json(fest: Fest, *, site_url: str | None) -> bytes:
    """Return a fest as JSON in UTF-8; moments have UTC offsets, texts have no markup.

    Addresses are absolute if the site's address is known, else paths from its root.
    """
    return to_json(_fest(fest, site_url), indent=2) + b"\n"


@cache
def export_schema() -> bytes:
    """Return the JSON Schema (2020-12) of `fest.json`, which `tests/schemas.py` writes."""
    return files("mkdocs_impldays.output").joinpath("fest.schema.json").read_bytes()


Part = dict[str, Any]


def _fest(fest: Fest, site_url: str | None) -> Part:
    phases = [
        {"phase": span.value.phase, "day": span.value.day, "start": span.start, "end": span.end}
        for span in phases_of(fest)
    ]
    return {
        "format": 2,
        "id": fest.id,
        **_typed(fest),
        "status": fest.status_of(),
        "city": fest.city or None,
        "country": fest.country or None,
        "attendance": fest.attendance_of(),
        "url": page_of(fest, None, site_url=site_url),
        "start": fest.start,
        "end": fest.end,
        "events": _events(fest, site_url),
        "venues": [_venue(fest, venue) for venue in fest.venues.values()],
        "tracks": _named(fest.tracks),
        "speakers": _named(fest.speakers),
        "rsvp": _call(fest, fest.rsvp) if fest.rsvp else None,
        "calls": [_call(fest, call) for call in fest.calls.values()],
        "phases": phases,
        "calendar": _file(calendar_path(fest), site_url),
        "tba": list(open_facts(fest)),
        "site": fest.site,
    }


def _events(fest: Fest, site_url: str | None) -> list[Part]:
    agendas: dict[tuple[str, date], list[Part]] = {}
    for name, (event, day, step) in lines_of(fest).items():
        is_held = fest.is_held(event, day)
        session = {
            **_typed(step.item),
            "id": name,
            "uid": guid_of(name, within=fest.id),
            "status": step.item.status if is_held else "cancelled",
            "calendar": _file(session_calendar_path(fest, name), site_url),
            "at": f"{step.start:%H:%M}",
            "was": _was(step),
            "start": step.start,
            "end": step.end,
        }
        agendas.setdefault((event.id, day.date), []).append(session)
    return [_event(fest, event, agendas, site_url) for event in fest.events.values()]


def _was(step: Step) -> str | None:
    """Return when a session was to begin: with date and UTC offset only where a date was typed."""
    if step.item.was is None or step.previous is None:
        return None
    is_dated = isinstance(step.item.was, datetime)
    return step.previous.isoformat() if is_dated else f"{time_of_day(step.item.was):%H:%M}"


def _event(
    fest: Fest, event: Event, agendas: Mapping[tuple[str, date], list[Part]], site_url: str | None
) -> Part:
    days = enumerate(event.known_days, 1)
    return {
        "id": event.id,
        **_typed(event),
        "status": fest.status_of(event),
        "attendance": fest.attendance_of(event),
        "url": page_of(fest, event, site_url=site_url),
        "start": event.start,
        "end": event.end,
        "days": [
            {**_day(fest, event, day, number), "agenda": agendas.get((event.id, day.date), [])}
            for number, day in days
        ],
        "calendar": _file(calendar_path(fest, event), site_url),
    }


def _day(fest: Fest, event: Event, day: Day, number: int) -> Part:
    return {
        "number": number,
        **_typed(day),
        "id": event.name_of(day),
        "status": fest.status_of(event, day),
        "opens": day.opening,
        "closes": day.closing,
        "venues": [venue.id for venue in fest.venues_of(event, day)],
    }


def _named(group: Mapping[str, Model]) -> list[Part]:
    return [{"id": key, **_typed(model)} for key, model in group.items()]


def _venue(fest: Fest, venue: Venue) -> Part:
    return {
        "id": venue.id,
        **_typed(venue),
        "rooms": _named(venue.rooms),
        "city": fest.city_of(venue),
        "country": venue.country or fest.country or None,
        "address": venue_line(venue, fest),
    }


def _call(fest: Fest, call: Call) -> Part:
    kinds = [(ticket, call.of_ticket(ticket)) for ticket in call.tickets]
    return {
        "id": call.id,
        **_typed(call),
        "title": _plain(call.name),
        "tickets": [
            {**_typed(ticket), "url": _plain(kind.url), "states": _states(fest, kind)}
            for ticket, kind in kinds
        ],
        "states": _states(fest, call),
    }


def _states(fest: Fest, call: Call) -> list[Part]:
    spans = call_states(fest, call)
    return [{"state": span.value, "start": span.start, "end": span.end} for span in spans]


def _typed(model: Model) -> Part:
    """Return the keys of the fest file, without `LEFT_OUT` and nested models with ids."""
    kind = type(model)
    left_out = {key for each in kind.__mro__ for key in LEFT_OUT.get(each, ())}
    return {
        name: _plain(without_markup(value) if value and markdown_of(field) else value)
        for name, field in kind.model_fields.items()
        if name not in left_out and not _is_parts(value := getattr(model, name))
    }


def _is_parts(value: object) -> bool:
    """Return whether a value is a call, or a group of models with ids."""
    return isinstance(value, Call) or (
        isinstance(value, dict) and any(isinstance(each, Model) for each in value.values())
    )


def _plain(value: object) -> object:
    if isinstance(value, Tba):
        return None
    if isinstance(value, Model):
        return _typed(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return paragraph(value) or None if isinstance(value, str) else value


def _file(path: str, site_url: str | None) -> str:
    return absolute(path, site_url) or path


def open_facts(group: object, *, where: str = "") -> Iterator[str]:
    """Yield the paths of all facts that are `tba`, like `events.talks.days`."""
    for key, fact in _facts(group):
        if isinstance(fact, _PARTS):
            place = f"{where}{key}" if where else key.removeprefix(".")
            yield from (place,) if isinstance(fact, Tba) else open_facts(fact, where=place)


_PARTS = (Tba, Model, dict, tuple)
"""The types of facts that are `tba` or have others; most are neither."""


def _facts(group: object) -> Iterable[tuple[str, object]]:
    if isinstance(group, tuple):
        return ((f"[{number}]", each) for number, each in enumerate(group))
    assert isinstance(group, dict | Model)
    return ((f".{key}", fact) for key, fact in dict(group).items())
