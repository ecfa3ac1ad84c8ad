"""Readers of the values of a fest file, each of the text that was typed.

Wrong text raises a `PydanticCustomError` whose message is meant for the organiser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from babel import Locale
from pydantic import ValidationInfo

from mkdocs_impldays.fest.addresses import address_problem, is_placeholder
from mkdocs_impldays.fest.clock import (
    UNSET,
)
from mkdocs_impldays.fest.colours import is_colour
from mkdocs_impldays.fest.slugs import is_key
from mkdocs_impldays.fest.translations import read_translated
from mkdocs_impldays.fest.typed import TBA, Tba, is_tba, text_of, wrong
from mkdocs_impldays.problems import guess, quoted
from mkdocs_impldays.words.languages import is_language

Number = TypeVar("Number", int, float)


def zone_of(info: ValidationInfo) -> ZoneInfo:
    """Give the fest's time zone, which the reader puts into pydantic's context."""
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
    """Read a language tag (BCP 47) that CLDR knows, like `en` or `pt-BR`."""
    text = text_of(value)
    if is_language(text):
        return text
    by_name = {name.casefold(): code for code, name in Locale("en").languages.items()}
    dashed = text.replace("_", "-")
    code = dashed if is_language(dashed) else by_name.get(text.casefold(), "en")
    message = f"{quoted(text)} is not the code of a known language."
    raise wrong(f'{message} Write one like "{code}".')


def read_url(value: object) -> str:
    """Read an address that may stand in a link: `https:` or `mailto:`, nothing hidden in it."""
    text = text_of(value)
    if problem := address_problem(text):
        raise wrong(f"{quoted(text)} {problem}")
    if len(text) > LONGEST_URL:
        long = f"{quoted(text)} has more than {LONGEST_URL:,} characters. Write a shorter address."
        raise wrong(long)
    return text


LONGEST_URL = 1_000
"""Characters; a QR code holds about twice as many."""


def read_email(value: object) -> str:
    """Read a mail address (RFC 5322, without display name, comments and quoted parts)."""
    text = text_of(value)
    if address_problem(f"mailto:{text}") or "?" in text:
        raise wrong(f"{quoted(text)} is no mail address. Write one like hello@rustfest.eu.")
    return text


def read_site_path(value: object) -> str:
    """Read the address of a page of the site itself, from the site's root on."""
    text = text_of(value)
    if not re.fullmatch(r'/[^\\<>"?\x00-\x1f]*', text) or re.search(r"//|\.\.", unquote(text)):
        advice = "Write one like /about_impl_days/."
        raise wrong(f"{quoted(text)} is no address of a page of this site. {advice}")
    return text


def read_url_or_tba(value: object) -> str | Tba:
    """Read an address like `read_url`; `tba`, or a word like `url-to-do`, is none yet."""
    if is_tba(value):
        return TBA
    text = text_of(value)
    return TBA if is_placeholder(text) and address_problem(text) else read_url(text)


def read_number(low: float, high: float, what: str) -> Callable[[object], float]:
    """Make the reader of a number within bounds, which `what` names for the organiser."""
    return _within(low, high, what, form=r"-?[0-9]+(\.[0-9]+)?", kind=float)


def read_whole(low: int, high: int, what: str) -> Callable[[object], int]:
    """Make the reader of a whole number within bounds."""
    return _within(low, high, what, form=r"-?[0-9]{1,9}", kind=int)


def _within(
    low: float, high: float, what: str, *, form: str, kind: Callable[[str], Number]
) -> Callable[[object], Number]:
    def read(value: object) -> Number:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return kind(str(value))  # read before
        text = text_of(value)
        if not re.fullmatch(form, text) or not low <= (number := kind(text)) <= high:
            raise wrong(f"{quoted(text)} is not {what}.")
        return number

    return read


def one_of(*words: str) -> Callable[[object], str]:
    """Make the reader of one of a few words."""

    def read(value: object) -> str:
        text = text_of(value)
        if text in words:
            return text
        advice = guess(text, words) or f" Write one of: {', '.join(words)}."
        raise wrong(f"{quoted(text)} is not a known word here.{advice}")

    return read


def read_id(value: object) -> str:
    """Read the name by which one part of the file points at another."""
    text = text_of(value)
    if not is_key(text):
        raise wrong(f"{quoted(text)} is not a name. Use letters, digits, “-” and “_”.")
    return text


def read_colour(value: object) -> str:
    """Read a colour of six hexadecimal digits, in small letters."""
    if value is None:
        comment = 'is empty, since "#" begins a comment. Put the colour between quotes.'
        raise wrong(comment)
    text = text_of(value)
    if not is_colour(text):
        raise wrong(f'{quoted(text)} is not a colour. Write one like "#1f3a5f", in quotes.')
    return text.lower()


def read_phone(value: object) -> str:
    """Read a telephone number as people write it, from its country's code on."""
    text = text_of(value)
    if not re.fullmatch(r"\+[0-9][0-9 ()./-]{5,30}", text):
        advice = 'Write it like "+33 1 23 45 67 89".'
        raise wrong(f"{quoted(text)} is no telephone number with its country's code. {advice}")
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
    """Take a single value for a list of one."""
    return value if isinstance(value, list | tuple) else (value,)


def maybe(read: Callable[[object], Any]) -> Callable[[object], Any]:
    """Let a reader also take `tba`, in any case of letters."""
    return lambda value: TBA if is_tba(value) else read(value)


def maybe_on_clock(
    read: Callable[[object, ZoneInfo], Any],
) -> Callable[[object, ValidationInfo], Any]:
    """Let a reader that needs the fest's time zone also take `tba`."""
    return lambda value, info: TBA if is_tba(value) else read(value, zone_of(info))
