"""The types of the values in a fest file, each read from text.

A type is a pydantic annotation: the Python type, the function that reads it, and its JSON Schema.
Invalid text raises a `PydanticCustomError` with a message for the organiser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar, get_args
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from babel import Locale
from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema
from pydantic.fields import FieldInfo

from mkdocs_impldays.fest.addresses import address_problem, is_placeholder
from mkdocs_impldays.fest.clock import (
    UNSET,
    read_date,
    read_deadline,
    read_deadline_anywhere,
    read_moment_anywhere,
    read_session_time,
    read_time,
    read_time_or_moment,
    read_zone,
)
from mkdocs_impldays.fest.ids import read_id, read_session_id
from mkdocs_impldays.fest.model import (
    TBA,
    Reader,
    Tba,
    is_tba,
    read_text,
    read_translated,
    text_of,
    wrong,
)
from mkdocs_impldays.problems import guess, quoted
from mkdocs_impldays.words.languages import is_language


def is_colour(text: str) -> bool:
    """Return whether a text is a colour of six hexadecimal digits, like `#1f3a5f`."""
    return bool(re.fullmatch("#[0-9a-fA-F]{6}", text))


Number = TypeVar("Number", int, float)


def zone_of(info: ValidationInfo) -> ZoneInfo:
    """Return the fest's time zone from pydantic's context; `UNSET` without one."""
    zone = (info.context or {}).get("zone")
    return zone if isinstance(zone, ZoneInfo) else UNSET


def read_country(value: object) -> str:
    """Read a country's two letters (ISO 3166-1 alpha-2, by the list in CLDR)."""
    text = text_of(value)
    countries = _countries()
    if text in countries:
        return text
    by_name = {name.casefold(): code for code, name in countries.items()} | {"uk": "GB"}
    code = by_name.get(text.casefold()) or (text.upper() if text.upper() in countries else None)
    advice = f'Write "{code}".' if code else "Write its two letters, like FR."
    raise wrong(f"{quoted(text)} is not a country's code in ISO 3166. {advice}")


@cache
def _countries() -> Mapping[str, str]:
    no_countries = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    names = Locale("en").territories
    return {
        code: name
        for code, name in names.items()
        if re.fullmatch("[A-Z]{2}", code) and code not in no_countries
    }


def read_language(value: object) -> str:
    """Read a language tag (BCP 47) of CLDR, like `en` or `pt-BR`."""
    text = text_of(value)
    if is_language(text):
        return text
    by_name = {name.casefold(): code for code, name in Locale("en").languages.items()}
    dashed = text.replace("_", "-")
    code = dashed if is_language(dashed) else by_name.get(text.casefold(), "en")
    message = f"{quoted(text)} is not the code of a known language."
    raise wrong(f'{message} Write one like "{code}".')


def read_url(value: object) -> str:
    """Read an address for a link: `https:` or `mailto:`, without hidden characters."""
    text = text_of(value)
    if problem := address_problem(text):
        raise wrong(f"{quoted(text)} {problem}")
    if len(text) > LONGEST_URL:
        long = f"{quoted(text)} has more than {LONGEST_URL:,} characters. Write a shorter address."
        raise wrong(long)
    return text


LONGEST_URL = 1_000
"""In characters; a QR code holds about twice as many."""


def read_email(value: object) -> str:
    """Read a mail address (RFC 5322, without display name, comments and quoted parts)."""
    text = text_of(value)
    if address_problem(f"mailto:{text}") or "?" in text:
        raise wrong(f"{quoted(text)} is not a mail address. Write one like hello@rustfest.eu.")
    return text


def read_site_path(value: object) -> str:
    """Read the address of a page of this site, from the site's root."""
    text = text_of(value)
    if not re.fullmatch(r'/[^\\<>"?\x00-\x1f]*', text) or re.search(r"//|\.\.", unquote(text)):
        advice = "Write one like /about/."
        raise wrong(f"{quoted(text)} is not the address of a page on this site. {advice}")
    return text


def read_url_or_tba(value: object) -> str | Tba:
    """Read an address like `read_url`; `tba`, or a placeholder like `url-to-do`, is `TBA`."""
    if is_tba(value):
        return TBA
    text = text_of(value)
    return TBA if is_placeholder(text) and address_problem(text) else read_url(text)


def number_within(low: Number, high: Number, what: str) -> Callable[[object], Number]:
    """Return the reader of a number of the bounds' type, which `what` names for the organiser."""
    kind = type(low)
    form = r"-?[0-9]{1,9}" if kind is int else r"-?[0-9]+(\.[0-9]+)?"

    def read(value: object) -> Number:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return kind(str(value))  # read before
        text = text_of(value)
        if not re.fullmatch(form, text) or not low <= (number := kind(text)) <= high:
            raise wrong(f"{quoted(text)} is not {what}.")
        return number

    return read


def one_of(*words: str) -> Callable[[object], str]:
    """Return the reader of one of a few words."""

    def read(value: object) -> str:
        text = text_of(value)
        if text in words:
            return text
        advice = guess(text, words) or f" Write one of: {', '.join(words)}."
        raise wrong(f"{quoted(text)} is not a known value.{advice}")

    return read


def read_picture(value: object) -> str:
    """Read the path of a picture of this site, relative to the folder of its pages."""
    text = text_of(value)
    path = unquote(text)
    if (
        not re.fullmatch(r"[^/\\<>\"?#:\x00-\x1f][^\\<>\"?#:\x00-\x1f]*", text)
        or re.search(r"//|\.\.", path)
        or not path.lower().endswith(_PICTURES)
    ):
        advice = "Put it into the folder of your pages, and write its path there, like img/ada.jpg."
        raise wrong(f"{quoted(text)} is not a picture of this site. {advice}")
    return text


def read_programme_path(value: object) -> str:
    """Read the path of a programme file, relative to the folder of the fest file."""
    text = text_of(value)
    if re.match(r"https?:", text, re.IGNORECASE):
        message = f"{quoted(text)} is an address, and builds download nothing."
        raise wrong(f"{message} Save the file beside the fest file, and write its name.")
    if not re.fullmatch(r"[^/\\:\x00-\x1f][^\\:\x00-\x1f]*", text):
        message = f"{quoted(text)} is not a path relative to this file."
        raise wrong(f"{message} Write it like talks.json.")
    return text


_PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")


def read_colour(value: object) -> str:
    """Read a colour of six hexadecimal digits; returned in lower case."""
    if value is None:
        raise wrong('is empty, since "#" begins a comment. Put the colour between quotes.')
    text = text_of(value)
    if not is_colour(text):
        raise wrong(f'{quoted(text)} is not a colour. Write one like "#1f3a5f", in quotes.')
    return text.lower()


def read_phone(value: object) -> str:
    """Read a telephone number as people write it, with its country code."""
    text = text_of(value)
    if not re.fullmatch(r"\+[0-9][0-9 ()./-]{5,30}", text):
        advice = 'Write it like "+33 1 23 45 67 89".'
        raise wrong(f"{quoted(text)} is not a telephone number with its country's code. {advice}")
    return text


def read_price(value: object) -> str:
    """Read an amount and its currency's three letters (ISO 4217, by the list in CLDR)."""
    text = text_of(value)
    match = re.fullmatch(r"([0-9]{1,7}(?:\.[0-9]{2})?) ([A-Z]{3})", text)
    if not match or match[2] not in Locale("en").currencies:
        advice = 'Write it like "120 EUR", or "0 EUR" where people pay nothing.'
        raise wrong(f"{quoted(text)} is not an amount with its currency's code. {advice}")
    return text


def read_text_or_tba(value: object, info: ValidationInfo) -> str | Tba:
    """Read a text like `read_text`, or `tba`."""
    text = read_translated(value, info)
    return TBA if is_tba(text) else text_of(text)


def one_or_more(value: object) -> object:
    """Return a list as it is, and any other value as a list of one."""
    return value if isinstance(value, list | tuple) else (value,)


def maybe(read: Callable[[object], Any]) -> Callable[[object], Any]:
    """Return a reader that takes `tba` too, in upper or lower case."""
    return lambda value: TBA if is_tba(value) else read(value)


def maybe_on_clock(
    read: Callable[[object, ZoneInfo], Any],
) -> Callable[[object, ValidationInfo], Any]:
    """Return a reader that takes `tba` too, from one that needs the fest's time zone."""
    return lambda value, info: TBA if is_tba(value) else read(value, zone_of(info))


def _in_zone(read: Callable[[object, ZoneInfo], object], schema: Mapping[str, object]) -> Reader:
    """Return the annotation of what is read in the fest's time zone."""
    return Reader(lambda value, info: read(value, zone_of(info)), schema, has_info=True)


_STRING = {"type": "string"}


def _or_tba(schema: Mapping[str, object]) -> Mapping[str, object]:
    return {"anyOf": [schema, {"const": "tba"}]}


_DAY_PATTERN = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_CLOCK_PATTERN = r"([01]?\d|2[0-3]):[0-5]\d(:00)?"
_ON_THAT_DAY = rf"[T ]+{_CLOCK_PATTERN}\s*(Z|[+-]\d{{2}}:?\d{{2}})?"
_STAMP_PATTERN = rf"{_DAY_PATTERN}({_ON_THAT_DAY})?"

DATE = {**_STRING, "pattern": rf"^\s*{_DAY_PATTERN}\s*$"}
"""The JSON Schema of a date; space around it is allowed."""

_TIME = {**_STRING, "pattern": rf"^\s*{_CLOCK_PATTERN}\s*$"}
_MOMENT = {**_STRING, "pattern": rf"^\s*{_STAMP_PATTERN}\s*$"}
_DATED_TIME = {**_STRING, "pattern": rf"^\s*{_DAY_PATTERN}{_ON_THAT_DAY}\s*$"}
_MOMENT_ANYWHERE = {
    "type": "string",
    "pattern": rf"^\s*{_STAMP_PATTERN}(\s+[A-Za-z][A-Za-z0-9_+/-]*)?\s*$",
}
_URL = {"type": "string", "pattern": r"^\s*([Hh][Tt][Tt][Pp][Ss]:|[Mm][Aa][Ii][Ll][Tt][Oo]:)"}

_TEXT = {
    "anyOf": [
        _STRING,
        {
            "type": "object",
            "description": "A text for each language of the site.",
            "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
            "additionalProperties": {"type": "string"},
            "minProperties": 1,
        },
    ]
}
_read_text = Reader(read_text, _TEXT, has_info=True)
Text = Annotated[str, _read_text]


class InlineMarkdown(NamedTuple):
    """The annotation of a field whose text is inline Markdown; all other texts are plain."""

    links: bool
    """Whether it may have links; a label cannot, since it is inside one."""


Label = Annotated[str, _read_text, InlineMarkdown(links=False)]
Markdown = Annotated[str, _read_text, InlineMarkdown(links=True)]


def markdown_of(field: FieldInfo) -> InlineMarkdown | None:
    """Return the `InlineMarkdown` of a model's field; `None` for plain text."""
    kinds = [field.annotation, *get_args(field.annotation)]
    marks = [*field.metadata, *(mark for kind in kinds for mark in get_args(kind)[1:])]
    return next((mark for mark in marks if isinstance(mark, InlineMarkdown)), None)


TextOrTba = Annotated[str | Tba, Reader(read_text_or_tba, _TEXT, has_info=True)]
Date = Annotated[date, Reader(read_date, DATE)]
TimeOrTba = Annotated[time | Tba, Reader(maybe(read_time), _or_tba(_TIME))]
ClosingOrTba = Annotated[
    time | datetime | Tba,
    Reader(
        maybe_on_clock(read_time_or_moment),
        {"anyOf": [_TIME, _MOMENT, {"const": "tba"}]},
        has_info=True,
    ),
]
MomentOrTba = Annotated[
    datetime | Tba,
    Reader(maybe_on_clock(read_moment_anywhere), _or_tba(_MOMENT_ANYWHERE), has_info=True),
]
DeadlineOrTba = Annotated[
    datetime | Tba,
    Reader(maybe_on_clock(read_deadline_anywhere), _or_tba(_MOMENT_ANYWHERE), has_info=True),
]
Zone = Annotated[ZoneInfo, Reader(read_zone, _STRING)]
Country = Annotated[str, Reader(read_country, {**_STRING, "pattern": "^[A-Z]{2}$"})]
Language = Annotated[str, Reader(read_language, _STRING)]
Url = Annotated[str, Reader(read_url, _URL)]
UrlOrTba = Annotated[str | Tba, Reader(read_url_or_tba, _or_tba(_URL))]
TimeOrMoment = Annotated[
    time | datetime, _in_zone(read_time_or_moment, {"anyOf": [_TIME, _MOMENT]})
]
SessionTime = Annotated[
    time | datetime, _in_zone(read_session_time, {"anyOf": [_TIME, _DATED_TIME]})
]
Deadline = Annotated[datetime, _in_zone(read_deadline, _MOMENT)]
Phone = Annotated[str, Reader(read_phone, {**_STRING, "pattern": "^\\+[0-9]"})]
Email = Annotated[str, Reader(read_email, {**_STRING, "format": "email"})]
SitePath = Annotated[str, Reader(read_site_path, {**_STRING, "pattern": "^/"})]
Id = Annotated[str, Reader(read_id, _STRING)]
_ONE_OR_MORE = WithJsonSchema({"anyOf": [_STRING, {"type": "array", "items": _STRING}]})
Ids = Annotated[tuple[Id, ...], BeforeValidator(one_or_more), _ONE_OR_MORE]
Texts = Annotated[tuple[Text, ...], BeforeValidator(one_or_more), _ONE_OR_MORE]
SessionId = Annotated[str, Reader(read_session_id, _STRING)]
SessionIds = Annotated[tuple[SessionId, ...], BeforeValidator(one_or_more), _ONE_OR_MORE]
ProgrammePath = Annotated[str, Reader(read_programme_path, _STRING)]
Picture = Annotated[str, Reader(read_picture, _STRING)]
IdOrTba = Annotated[str | Tba, Reader(maybe(read_id), _STRING)]
Latitude = Annotated[
    float,
    Reader(
        number_within(-90.0, 90.0, "a latitude. Write degrees north, ±90, like 48.87"),
        {"type": "number", "minimum": -90, "maximum": 90},
    ),
]
Longitude = Annotated[
    float,
    Reader(
        number_within(-180.0, 180.0, "a longitude. Write degrees east, ±180, like 2.34"),
        {"type": "number", "minimum": -180, "maximum": 180},
    ),
]
Colour = Annotated[str, Reader(read_colour, {**_STRING, "pattern": "^#[0-9a-fA-F]{6}$"})]
Count = Annotated[
    int,
    Reader(
        number_within(1, 1_000_000, "a whole number above 0. Write one, like 90"),
        {"type": "integer", "minimum": 1},
    ),
]
Price = Annotated[
    str, Reader(read_price, {**_STRING, "pattern": r"^[0-9]{1,7}(\.[0-9]{2})? [A-Z]{3}$"})
]
Minutes = Annotated[
    int,
    Reader(
        number_within(1, 720, "a number of minutes. Write one up to 720, like 20"),
        {"type": "integer", "minimum": 1, "maximum": 720},
    ),
]
