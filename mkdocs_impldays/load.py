"""A fest file's text becomes a fest, or every problem that keeps it from becoming one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mkdocs_impldays import atlas
from mkdocs_impldays.fest import AgendaItem, Day, Event, Fest, Look, Organizer, Rsvp, Venue
from mkdocs_impldays.kinds import read_zone
from mkdocs_impldays.phrases import phrase_troubles
from mkdocs_impldays.problems import Problem, guess, in_order, quoted
from mkdocs_impldays.source import Path, Plain, dotted, read

Trouble = tuple[Path, str]
"""A place in the file, and what is wrong there."""


def load_fest(raw: bytes, *, path: str, fest_id: str) -> tuple[Fest | None, list[Problem]]:
    """Read a fest file.

    The fest is `None` where a problem of the severity `error` is among the problems. The problems
    are all there are, in the order of the file.
    """
    source, problems = read(raw, path=path)
    if source is None:
        return None, problems
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", fest_id):
        advice = "Name the file in small letters, digits and “-”, like paris-2018.yml."
        problems.append(Problem(path, None, f"{quoted(fest_id)} is the fest's id. {advice}"))
    fest, troubles = _validate(source.data, fest_id)
    troubles += list(_references(source.data))
    troubles += phrase_troubles(source.data.get("phrases"))
    problems += [Problem(path, source.line(where), message) for where, message in troubles]
    if fest is not None and not problems:
        problems += [
            Problem(path, source.line(where), message, "warning")
            for where, message in _doubts(fest)
        ]
        return fest, in_order(problems)
    return None, in_order(problems)


def _validate(data: dict[str, object], fest_id: str) -> tuple[Fest | None, list[Trouble]]:
    ready = {**data, "site": _free(data.get("site") or {})} if "site" in data else data
    context = {"zone": _zone(data.get("timezone")), "id": fest_id}
    try:
        return Fest.model_validate(ready, context=context), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        return None, [_trouble(details, data) for details in found if details["type"] != "enum"]


def _zone(value: object) -> ZoneInfo | None:
    try:
        return read_zone(value)
    except ValueError:
        return None


def _free(value: object) -> object:
    """Read free data as YAML 1.2 would: whole numbers and truth values, the rest as typed."""
    if isinstance(value, dict):
        return {key: _free(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_free(item) for item in value]
    if isinstance(value, Plain):
        if value in {"true", "false"}:
            return value == "true"
        return int(value) if re.fullmatch(r"0|-?[1-9]\d{0,15}", value) else str(value)
    return value


_PARTS: dict[str, type[BaseModel]] = {
    "organizer": Organizer,
    "events": Event,
    "venues": Venue,
    "rsvp": Rsvp,
    "look": Look,
    "days": Day,
    "agenda": AgendaItem,
}


def _trouble(details: ErrorDetails, data: dict[str, object]) -> Trouble:
    """Turn one of pydantic's findings into a place and a sentence."""
    where = _typed_place(details["loc"], data)
    if details["type"] == "missing":
        return where[
            :-1
        ], f'{_named(where)} is missing. Add "{where[-1]}: …", or "{where[-1]}: tba".'
    if details["type"] == "extra_forbidden":
        advice = guess(str(where[-1]), _model_at(where[:-1]).model_fields)
        more = advice or " Delete it, or put it below “site:”."
        return where, f"{_named(where)} is not a known key.{more}"
    if details["type"] == "impldays":
        colon = ":" if details["msg"].startswith('"') else ""
        return where, f"{_named(where)}{colon} {details['msg']}"
    return where, f"{_named(where)} {_shape(details)}"


def _shape(details: ErrorDetails) -> str:
    if details["type"] in {"model_type", "model_attributes_type", "dict_type"}:
        return "is not a group of keys. Write its keys below it, two spaces further in."
    if details["type"] in {"tuple_type", "list_type"}:
        return 'is not a list. Write each item in a line that begins with "- ".'
    return f"is {quoted(details['input'])}, which does not fit here. Write it as the manual shows."


def _named(where: Path) -> str:
    return dotted(where) if where else "the file"


def _typed_place(loc: tuple[int | str, ...], data: object) -> Path:
    """Keep of pydantic's location what was typed: it also names unions' branches and readers."""
    place: list[int | str] = []
    for part in loc:
        if isinstance(part, str) and part.endswith("[key]"):
            continue
        if isinstance(data, dict):
            place.append(part)
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            place.append(part)
            data = data[part] if part < len(data) else None
    return tuple(place)


def _model_at(where: Path) -> type[BaseModel]:
    names = [part for part in where if part in _PARTS]
    return _PARTS[str(names[-1])] if names else Fest


def _references(data: dict[str, Any]) -> Iterator[Trouble]:
    """Find names that point at no part of the file. Works on data that may be wrong elsewhere."""
    events, venues = (_group(data.get(key)) for key in ("events", "venues"))
    if not events and isinstance(data.get("events"), dict | None) and "events" in data:
        yield ("events",), "events is empty. Write at least one event."
    for key, event in events.items():
        for where, name in _venue_names(("events", key), _group(event)):
            if isinstance(name, str) and name.casefold() != "tba" and name not in venues:
                advice = guess(name, venues) or " Add it below “venues:”."
                yield where, f"{dotted(where)}: {quoted(name)} is no venue.{advice}"
    name = _group(data.get("rsvp")).get("event")
    if isinstance(name, str) and name not in events:
        advice = guess(name, events) or " Write the name of an event."
        yield ("rsvp", "event"), f"rsvp.event: {quoted(name)} is no event.{advice}"


def _group(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _venue_names(where: Path, event: dict[str, Any]) -> Iterator[tuple[Path, object]]:
    yield (*where, "venue"), event.get("venue")
    days, overflow = event.get("days"), event.get("overflow")
    for number, day in enumerate(days if isinstance(days, list) else []):
        yield (*where, "days", number, "venue"), _group(day).get("venue")
    for number, name in enumerate(overflow if isinstance(overflow, list) else []):
        yield (*where, "overflow", number), name


def _doubts(fest: Fest) -> Iterator[Trouble]:
    """Find what is possible but hardly meant."""
    used = {key for event in fest.events.values() for key in event.venue_ids()}
    for key, venue in fest.venues.items():
        if key not in used:
            yield ("venues", key), f"venues.{key} is used by no event. Use it or delete it."
        if venue.latitude is None or venue.longitude is None:
            continue
        if atlas.looks_swapped(venue.latitude, venue.longitude, fest.timezone.key):
            place = f"{venue.latitude}, {venue.longitude}"
            message = f"{quoted(place)} is far from {fest.timezone.key}, and near if swapped."
            yield ("venues", key, "latitude"), f"{message} Swap latitude and longitude."
    yield from _late_rsvp(fest)


def _late_rsvp(fest: Fest) -> Iterator[Trouble]:
    rsvp = fest.rsvp
    end = fest.events[rsvp.event].end if rsvp else None
    for key in ("opens", "closes"):
        moment = getattr(rsvp, key, None)
        if end and isinstance(moment, datetime) and moment > end:
            message = f"is {quoted(f'{moment:%Y-%m-%d %H:%M}')}, after the event is over."
            yield ("rsvp", key), f"rsvp.{key} {message} Correct the date."
