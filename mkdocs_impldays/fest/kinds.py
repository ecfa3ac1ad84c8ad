"""The kinds of value in a fest file.

A kind is a pydantic annotation: the type it becomes, how its text is read, and what the JSON Schema
says of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, get_args
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, WithJsonSchema
from pydantic.fields import FieldInfo

from mkdocs_impldays.fest.clock import (
    read_closing,
    read_date,
    read_deadline,
    read_moment,
    read_time,
    read_zone,
)
from mkdocs_impldays.fest.readers import (
    maybe,
    maybe_on_clock,
    one_or_more,
    read_colour,
    read_country,
    read_email,
    read_id,
    read_language,
    read_number,
    read_phone,
    read_price,
    read_site_path,
    read_text_or_tba,
    read_url,
    read_url_or_tba,
    read_whole,
    zone_of,
)
from mkdocs_impldays.fest.translations import read_text
from mkdocs_impldays.fest.typed import Tba


def _schema(kind: str, **rest: object) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **rest})


def _or_tba(**rest: object) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [rest, {"const": "tba"}]})


_DAY_PATTERN = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_CLOCK_PATTERN = r"([01]?\d|2[0-3]):[0-5]\d(:00)?"
_STAMP_PATTERN = rf"{_DAY_PATTERN}([T ]+{_CLOCK_PATTERN}\s*(Z|[+-]\d{{2}}:?\d{{2}})?)?"

DATE = {"type": "string", "pattern": rf"^\s*{_DAY_PATTERN}\s*$"}
"""What the JSON Schema says of a date, which the reader takes with space around it."""

_TIME = {"type": "string", "pattern": rf"^\s*{_CLOCK_PATTERN}\s*$"}
_MOMENT = {"type": "string", "pattern": rf"^\s*{_STAMP_PATTERN}\s*$"}
_URL = {"type": "string", "pattern": r"^\s*([Hh][Tt][Tt][Pp][Ss]:|[Mm][Aa][Ii][Ll][Tt][Oo]:)"}

_TEXT = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "description": "A text for each language of the site.",
                "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
                "additionalProperties": {"type": "string"},
                "minProperties": 1,
            },
        ]
    }
)
Text = Annotated[str, BeforeValidator(read_text), _TEXT]


@dataclass(frozen=True)
class InlineMarkdown:
    """Says of a field that its text is inline Markdown; all other texts are plain."""

    links: bool
    """Whether it may hold links; a label cannot, since it becomes one."""


Label = Annotated[str, BeforeValidator(read_text), _TEXT, InlineMarkdown(links=False)]
Markdown = Annotated[str, BeforeValidator(read_text), _TEXT, InlineMarkdown(links=True)]


def markdown_of(field: FieldInfo) -> InlineMarkdown | None:
    """Return what a field of a model says of its Markdown; `None` for plain text."""
    kinds = [field.annotation, *get_args(field.annotation)]
    marks = [*field.metadata, *(mark for kind in kinds for mark in get_args(kind)[1:])]
    return next((mark for mark in marks if isinstance(mark, InlineMarkdown)), None)


TextOrTba = Annotated[str | Tba, BeforeValidator(read_text_or_tba), _TEXT]
Date = Annotated[date, BeforeValidator(read_date), WithJsonSchema(DATE)]
Time = Annotated[time, BeforeValidator(read_time), WithJsonSchema(_TIME)]
TimeOrTba = Annotated[time | Tba, BeforeValidator(maybe(read_time)), _or_tba(**_TIME)]
ClosingOrTba = Annotated[
    time | datetime | Tba,
    BeforeValidator(maybe_on_clock(read_closing)),
    WithJsonSchema({"anyOf": [_TIME, _MOMENT, {"const": "tba"}]}),
]
MomentOrTba = Annotated[
    datetime | Tba, BeforeValidator(maybe_on_clock(read_moment)), _or_tba(**_MOMENT)
]
DeadlineOrTba = Annotated[
    datetime | Tba, BeforeValidator(maybe_on_clock(read_deadline)), _or_tba(**_MOMENT)
]
Zone = Annotated[ZoneInfo, BeforeValidator(read_zone), _schema("string")]
Country = Annotated[str, BeforeValidator(read_country), _schema("string", pattern="^[A-Z]{2}$")]
Language = Annotated[str, BeforeValidator(read_language), _schema("string")]
Url = Annotated[str, BeforeValidator(read_url), WithJsonSchema(_URL)]
UrlOrTba = Annotated[str | Tba, BeforeValidator(read_url_or_tba), _or_tba(**_URL)]
Moment = Annotated[
    datetime,
    BeforeValidator(lambda value, info: read_moment(value, zone_of(info))),
    WithJsonSchema(_MOMENT),
]
Deadline = Annotated[
    datetime,
    BeforeValidator(lambda value, info: read_deadline(value, zone_of(info))),
    WithJsonSchema(_MOMENT),
]
Phone = Annotated[str, BeforeValidator(read_phone), _schema("string", pattern="^\\+[0-9]")]
Email = Annotated[str, BeforeValidator(read_email), _schema("string", format="email")]
SitePath = Annotated[str, BeforeValidator(read_site_path), _schema("string", pattern="^/")]
Id = Annotated[str, BeforeValidator(read_id), _schema("string")]
Ids = Annotated[
    tuple[Id, ...],
    BeforeValidator(one_or_more),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
Texts = Annotated[
    tuple[Text, ...],
    BeforeValidator(one_or_more),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
IdOrTba = Annotated[str | Tba, BeforeValidator(maybe(read_id)), _schema("string")]
Latitude = Annotated[
    float,
    BeforeValidator(read_number(-90, 90, "a latitude. Write degrees north, ±90, like 48.87")),
    _schema("number", minimum=-90, maximum=90),
]
Longitude = Annotated[
    float,
    BeforeValidator(read_number(-180, 180, "a longitude. Write degrees east, ±180, like 2.34")),
    _schema("number", minimum=-180, maximum=180),
]
Colour = Annotated[
    str, BeforeValidator(read_colour), _schema("string", pattern="^#[0-9a-fA-F]{6}$")
]
Count = Annotated[
    int,
    BeforeValidator(read_whole(1, 1_000_000, "a whole number above 0. Write one, like 90")),
    _schema("integer", minimum=1),
]
Price = Annotated[
    str,
    BeforeValidator(read_price),
    _schema("string", pattern=r"^[0-9]{1,7}(\.[0-9]{2})? [A-Z]{3}$"),
]
Minutes = Annotated[
    int,
    BeforeValidator(read_whole(1, 720, "a number of minutes. Write one up to 720, like 20")),
    _schema("integer", minimum=1, maximum=720),
]
