"""The kinds of value in a fest file, each read from the text that was typed.

A kind is a pydantic annotation: the type it becomes, how its text is read, and what the JSON Schema
says of it. Wrong text raises a `PydanticCustomError` whose message is meant for the organiser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import Locale
from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from mkdocs_impldays.addresses import address_problem
from mkdocs_impldays.colours import is_colour
from mkdocs_impldays.problems import guess, quoted


class Tba(Enum):
    """The mark of a fact that is not known yet, typed `tba`."""

    TBA = "tba"


TBA = Tba.TBA


def wrong(message: str) -> PydanticCustomError:
    """Make the error that carries a message for the organiser through pydantic."""
    return PydanticCustomError("impldays", "{message}", {"message": message})


def zone_of(info: ValidationInfo) -> ZoneInfo:
    """Give the fest's time zone, which the reader puts into pydantic's context."""
    zone = (info.context or {}).get("zone")
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    raise wrong(f"is {_kind(value)}. Write text.")


def _kind(value: object) -> str:
    if value is None:
        return "empty"
    return "a list" if isinstance(value, list) else "a group of keys"


def read_text(value: object) -> str:
    """Read text; an empty one is a mistake."""
    if not (text := _text(value)):
        empty = "is empty. Write a text, or delete the line."
        raise wrong(empty)
    return text


def read_date(value: object) -> date:
    """Read `2018-05-28`, a day of the Gregorian calendar (ISO 8601)."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = _text(value)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise wrong(f"{quoted(text)} is not a date. Write year-month-day, like 2018-05-28.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong(f"{quoted(text)} is not in the calendar. Correct the day.") from None


def read_time(value: object) -> time:
    """Read `09:00`, a time of day on the fest's clocks, to the minute."""
    if isinstance(value, time):
        return value
    text = _text(value)
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise wrong(f"{quoted(text)} is not a time. Write hours and minutes, like 09:00.")
    return time(int(match[1]), int(match[2]))


_STAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{1,2}:\d{2}(?::\d{2})?))?\s*(Z|[+-]\d{2}:?\d{2})?"
)


def read_moment(value: object, zone: ZoneInfo) -> datetime:
    """Read `2018-05-27 18:00` on the fest's clocks as an aware moment.

    A date alone means its first minute. An offset may be typed; it must be the zone's own then.
    """
    if isinstance(value, datetime):
        return value
    text = _text(value)
    match = _STAMP.fullmatch(text)
    if not match or (match[3] and not match[2]):
        raise wrong(f"{quoted(text)} is not a moment. Write it like 2018-05-27 18:00.")
    moment = on_clock(read_date(match[1]), read_time(match[2] or "00:00"), zone)
    if match[3] and moment.utcoffset() != _offset(match[3]):
        right = moment.strftime("%z")
        message = f"{quoted(text)} has the offset {match[3]}, but {zone.key} has"
        raise wrong(f"{message} {right[:3]}:{right[3:]} then. Leave the offset away.")
    return moment


def read_deadline(value: object, zone: ZoneInfo) -> datetime:
    """Read a moment like `read_moment`, but take a date alone as its last minute."""
    if isinstance(value, str) and re.fullmatch(r"\s*\d{4}-\d{2}-\d{2}\s*", value):
        return on_clock(read_date(value), time(23, 59), zone)
    return read_moment(value, zone)


def _offset(text: str) -> timedelta:
    if text == "Z":
        return timedelta()
    hours, minutes = int(text[1:3]), int(text[-2:])
    return (-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes)


def on_clock(day: date, clock: time, zone: ZoneInfo, *, lenient: bool = False) -> datetime:
    """Give the moment at which the zone's clocks show a day and time.

    Of an hour that comes twice in autumn the first is meant. A time that the clocks skip in spring
    is a mistake, save for a `lenient` caller, who gets the moment of the jump.
    """
    moment = datetime.combine(day, clock, zone)
    if lenient:
        return moment.astimezone(UTC).astimezone(zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        shown = f"{day:%Y-%m-%d} {clock:%H:%M}"
        message = f"{quoted(shown)} is skipped by the clocks of {zone.key}, which go forward then."
        raise wrong(f"{message} Write a later time.")
    return moment


def read_closing(value: object, zone: ZoneInfo) -> time | datetime:
    """Read when a day is over: `18:00`, or `2018-05-29 02:00` for a night past midnight."""
    if isinstance(value, time):
        return value
    if isinstance(value, str) and "-" in value:
        return read_moment(value, zone)
    return read_time(value)


def read_zone(value: object) -> ZoneInfo:
    """Read a time zone's name in the IANA database, like `Europe/Paris`."""
    if isinstance(value, ZoneInfo):
        return value
    text = _text(value)
    try:
        if re.fullmatch(r"[A-Z]\w+(/[\w+-]+)+|UTC", text):
            return ZoneInfo(text)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        pass
    advice = guess(text, available_timezones()) or " Write one like Europe/Paris."
    raise wrong(f"{quoted(text)} is not a known time zone.{advice}")


def read_country(value: object) -> str:
    """Read a country's two letters (ISO 3166-1 alpha-2, by the list in CLDR)."""
    text = _text(value)
    names = _territories()
    if text in names:
        return text
    by_name = {name: code for code, name in names.items()}
    code = by_name.get(text) or (text.upper() if text.upper() in names else None)
    advice = f' Write "{code}".' if code else " Write its two letters, like FR."
    raise wrong(f"{quoted(text)} is not a country's code in ISO 3166.{advice}")


@cache
def _territories() -> Mapping[str, str]:
    territories = Locale("en").territories
    return {code: name for code, name in territories.items() if re.fullmatch("[A-Z]{2}", code)}


def read_language(value: object) -> str:
    """Read a language tag (BCP 47) that CLDR knows, like `en` or `pt-BR`."""
    text = _text(value)
    try:
        Locale.parse(text, sep="-")
    except (ValueError, LookupError):
        raise wrong(f'{quoted(text)} is not a known language. Write one like "en".') from None
    return text


def read_url(value: object) -> str:
    """Read an address that may stand in a link: `https:` or `mailto:`, nothing hidden in it."""
    text = _text(value)
    if problem := address_problem(text):
        raise wrong(f"{quoted(text)} {problem}")
    return text


def read_number(low: float, high: float, what: str) -> Callable[[object], float]:
    """Make the reader of a number within bounds, which `what` names for the organiser."""

    def read(value: object) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        text = _text(value)
        if not re.fullmatch(r"-?\d+(\.\d+)?", text) or not low <= float(text) <= high:
            raise wrong(f"{quoted(text)} is not {what}.")
        return float(text)

    return read


def read_whole(low: int, high: int, what: str) -> Callable[[object], int]:
    """Make the reader of a whole number within bounds."""

    def read(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        text = _text(value)
        if not re.fullmatch(r"-?\d{1,9}", text) or not low <= int(text) <= high:
            raise wrong(f"{quoted(text)} is not {what}.")
        return int(text)

    return read


def one_of(*words: str) -> Callable[[object], str]:
    """Make the reader of one of a few words."""

    def read(value: object) -> str:
        text = _text(value)
        if text in words:
            return text
        advice = guess(text, words) or f" Write one of: {', '.join(words)}."
        raise wrong(f"{quoted(text)} is not a known word here.{advice}")

    return read


def read_id(value: object) -> str:
    """Read the name by which one part of the file points at another."""
    text = _text(value)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,60}", text):
        raise wrong(f"{quoted(text)} is not a name. Use letters, digits, “-” and “_”.")
    return text


def read_colour(value: object) -> str:
    """Read a colour of six hexadecimal digits, in small letters."""
    text = _text(value)
    if not is_colour(text):
        raise wrong(f'{quoted(text)} is not a colour. Write one like "#1f3a5f", in quotes.')
    return text.lower()


def _is_tba(value: object) -> bool:
    return value is TBA or (isinstance(value, str) and value.strip().casefold() == "tba")


def maybe(read: Callable[[object], Any]) -> Callable[[object], Any]:
    """Let a reader also take `tba`, in any case of letters."""
    return lambda value: TBA if _is_tba(value) else read(value)


def maybe_on_clock(
    read: Callable[[object, ZoneInfo], Any],
) -> Callable[[object, ValidationInfo], Any]:
    """Let a reader that needs the fest's time zone also take `tba`."""
    return lambda value, info: TBA if _is_tba(value) else read(value, zone_of(info))


def _schema(kind: str, **rest: object) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **rest})


def _or_tba(**rest: object) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [rest, {"const": "tba"}]})


_DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_TIME = {"type": "string", "pattern": r"^\d{1,2}:\d{2}$"}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([T ]\d{1,2}:\d{2})?"}
_URL = {"type": "string", "pattern": "^(https:|mailto:)"}

Text = Annotated[str, BeforeValidator(read_text), _schema("string")]
TextOrTba = Annotated[str | Tba, BeforeValidator(maybe(read_text)), _schema("string")]
Date = Annotated[date, BeforeValidator(read_date), WithJsonSchema(_DATE)]
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
UrlOrTba = Annotated[str | Tba, BeforeValidator(maybe(read_url)), _or_tba(**_URL)]
Id = Annotated[str, BeforeValidator(read_id), _schema("string")]
IdOrTba = Annotated[str | Tba, BeforeValidator(maybe(read_id)), _schema("string")]
Latitude = Annotated[
    float,
    BeforeValidator(read_number(-90, 90, "a latitude. Write degrees north, from -90 to 90")),
    _schema("number", minimum=-90, maximum=90),
]
Longitude = Annotated[
    float,
    BeforeValidator(read_number(-180, 180, "a longitude. Write degrees east, from -180 to 180")),
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
