"""Writes the JSON Schema of `fest.json` again, from the models of the fest file.

    .venv/bin/python -m tests.schemas

A build gives a site the file that is written here: to make it takes as long as all else of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, create_model

from mkdocs_impldays.cli.schema import as_json, descriptions
from mkdocs_impldays.fest.agenda import AgendaItem, SessionStatus, Speaker, Track
from mkdocs_impldays.fest.call_states import CallState
from mkdocs_impldays.fest.calls import Call, Ticket
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Attendance, Event, Status
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import Model, Tba
from mkdocs_impldays.fest.time import Phase
from mkdocs_impldays.fest.venue import Room, Venue
from mkdocs_impldays.output import export

FILE = Path(export.__file__).with_name("fest.schema.json")
CLOSED = ConfigDict(extra="forbid")

Shape = Mapping[str, tuple[object, str]]
"""By key: its type, or a list with the shape of its items, and its description."""

_SPAN: Shape = {
    "start": (datetime | None, "The first moment; `null` for the beginning of time."),
    "end": (datetime | None, "The first moment after it; `null` for the end of time."),
}

_STATES: tuple[object, str] = (
    [{"state": (CallState, "What can be done then."), **_SPAN}],
    "What can be done when, without gaps: look up the moment, do not calculate it.",
)

IMPLIED: Mapping[type[Model], Shape] = {
    Fest: {
        "format": (Literal[2], "Counts up when a key is removed or means something else."),
        "id": (str, "Its permanent name."),
        "city": (str | None, "Where it takes place; `null` where every event is online."),
        "country": (str | None, "The country's two letters (ISO 3166)."),
        "attendance": (Attendance, "How people take part as it is now."),
        "url": (str | None, "Its page."),
        "start": (datetime | None, "The first moment of its first event."),
        "end": (datetime | None, "The first moment after its last event."),
        "phases": (
            [
                {
                    "phase": (Phase, "The phase of the fest then."),
                    "day": (int | None, "Which day it is, or which is next, counted from 1."),
                    **_SPAN,
                }
            ],
            "The phases of the fest in order, without gaps.",
        ),
        "calendar": (str, "The calendar file: an address, or a path from the site's root."),
        "tba": (list[str], "Keys of the fest file that are `tba`, like `events.talks.days`."),
    },
    Event: {
        "id": (str, "Its permanent name."),
        "status": (Status, "Its status now."),
        "attendance": (Attendance, "How people take part as it is now."),
        "url": (str | None, "Its page."),
        "start": (datetime | None, "The first moment: the doors, if their hour is known."),
        "end": (datetime | None, "The first moment after it."),
        "days": (list[Day], "Its days in order; empty while they are not known."),
        "calendar": (str, "The calendar file: an address, or a path from the site's root."),
    },
    Day: {
        "number": (int, "Which day of the event it is, counted from 1."),
        "id": (str, "Its permanent name within the event."),
        "status": (Status, "Its status now."),
        "opens": (datetime | None, "When the doors open, with its UTC offset."),
        "closes": (datetime | None, "When it is over, with its UTC offset."),
        "venues": (list[str], "Ids of its venues: the main one, if it is known, and others."),
        "agenda": (list[AgendaItem], "The sessions of the day."),
    },
    AgendaItem: {
        "at": (str, "When it begins, in the fest's time zone."),
        "was": (str | None, "When it was to begin before it moved: a time, or a moment."),
        "id": (str, "Its permanent name."),
        "uid": (str, "Its name in calendars, and the guid in schedule files."),
        "status": (SessionStatus, "Its status now; `cancelled` if its event or day is."),
        "calendar": (str, "The calendar file: an address, or a path from the site's root."),
        "start": (datetime, "The moment it begins, with its UTC offset."),
        "end": (datetime, "The moment it ends, or something later begins."),
    },
    **{kind: {"id": (str, "Its permanent name.")} for kind in (Room, Track, Speaker)},
    Venue: {
        "id": (str, "Its permanent name."),
        "city": (str | None, "The town."),
        "country": (str | None, "The country's two letters (ISO 3166)."),
        "address": (str, "The whole address in one line."),
    },
    Call: {
        "id": (str, "Its permanent name; `rsvp` for the RSVP."),
        "title": (str | None, "Its name; `null` for an RSVP without a title."),
        "states": _STATES,
    },
    Ticket: {
        "url": (str | None, "Where people get it."),
        "states": _STATES,
    },
}
"""The keys that the fest file does not have, or has in another form."""


def export_schema() -> bytes:
    """Return the JSON Schema (2020-12) of `fest.json`."""
    schema = _without_titles(shape_of(Fest).model_json_schema(mode="serialization"))
    return as_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


@cache
def shape_of(model: type[Model]) -> type[BaseModel]:
    """Return the shape in which a model of the fest file is written."""
    kinds = [kind for kind in reversed(model.__mro__) if issubclass(kind, Model)]
    left_out = {key for kind in kinds for key in export.LEFT_OUT.get(kind, ())}
    texts = descriptions(model)
    keys: dict[str, tuple[object, str]] = {
        name: (field.annotation, texts[name])
        for name, field in model.model_fields.items()
        if name not in left_out
    }
    for kind in kinds:
        keys |= IMPLIED.get(kind, {})
    return _made(model.__name__, keys, model.__doc__)


def _made(name: str, keys: Mapping[str, tuple[object, str]], doc: str | None) -> type[BaseModel]:
    fields: dict[str, Any] = {
        key: (_type(kind, key), Field(description=text)) for key, (kind, text) in keys.items()
    }
    made: type[BaseModel] = create_model(name, __config__=CLOSED, __doc__=doc, **fields)
    return made


def _type(kind: Any, key: str) -> Any:
    """Return the type of what is written of a value."""
    args = get_args(kind)
    if isinstance(kind, list):  # of parts that no model has
        return list[_made(f"{key.removesuffix('s').title()}Span", kind[0], None)]  # type: ignore[misc]
    if get_origin(kind) is Annotated:
        return _type(args[0], key)
    if get_origin(kind) in {Union, UnionType}:
        return Union[tuple(_type(each, key) for each in args)]  # noqa: UP007 - of many
    if get_origin(kind) in {tuple, list}:
        return list[_type(args[0], key)]  # type: ignore[misc]
    if get_origin(kind) is dict and issubclass(_bare(args[1]), Model):
        return list[_type(args[1], key)]  # type: ignore[misc]
    if kind is Tba:
        return None
    if kind in {ZoneInfo, time}:
        return str
    return shape_of(kind) if isinstance(kind, type) and issubclass(kind, Model) else kind


def _bare(kind: Any) -> type:
    kind = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    return kind if isinstance(kind, type) else object


def _without_titles(node: Any) -> Any:
    """Leave out the names that pydantic makes of those of the keys."""
    if isinstance(node, list):
        return [_without_titles(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: each for key, each in node.items() if not (key == "title" and isinstance(each, str))
    }
    return {key: _without_titles(each) for key, each in kept.items()}


if __name__ == "__main__":
    FILE.write_bytes(export_schema())
