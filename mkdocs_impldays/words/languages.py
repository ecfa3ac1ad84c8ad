"""Languages, countries, months and weekdays in CLDR, by BCP 47 tags."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from mkdocs_impldays.problems import guess, quoted

_EUROPEAN = "en-150"
"""English in Europe (UN M49 150): the day before the month, and 24 hours."""


@cache
def locale_of(language: str) -> Locale:
    """Return the CLDR data of a language, by its tag, like `fr` or `pt-BR`.

    `en` is English in Europe; `en-US` has American dates and times. Raises `ValueError` with a
    message for the user if CLDR does not have the tag.
    """
    tag = language.replace("_", "-")
    try:
        return Locale.parse(_EUROPEAN if tag.casefold() == "en" else tag, sep="-")
    except (ValueError, UnknownLocaleError):
        known = [name.replace("_", "-") for name in locale_identifiers()]
        advice = guess(tag, known) or ' Write one like "en" or "pt-BR".'
        raise ValueError(f"{quoted(language)} is not a known language.{advice}") from None


@cache
def is_language(tag: str) -> bool:
    """Return whether CLDR has a tag, written as in BCP 47: `pt-BR`, not `pt_BR`."""
    try:
        return bool(Locale.parse(tag, sep="-"))
    except (ValueError, UnknownLocaleError):
        return False


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the direction of a language's script, for HTML's `dir`."""
    return "rtl" if locale_of(language).text_direction == "rtl" else "ltr"


@cache
def country_name(code: str, language: str) -> str:
    """Return the name of a country in a language, by its code (ISO 3166-1 alpha-2).

    Raises `ValueError` with a message for the user if CLDR does not have the country.
    """
    names = {**locale_of("en").territories, **locale_of(language).territories}
    name: str | None = names.get(code)
    if name is None:
        message = f"{quoted(code)} is not a country's code in ISO 3166."
        raise ValueError(f"{message} Write its two letters, like FR.")
    return name


def language_name(tag: str, language: str) -> str:
    """Return the name of a language (BCP 47) in another; the tag if CLDR has no name."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale_of(language)) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def month_names(locale: Locale) -> list[tuple[str, int]]:
    """Return the names of months in full and short, each with its number, counted from 1."""
    return _numbered(locale.months)


def weekday_names(locale: Locale) -> list[tuple[str, int]]:
    """Return the names of weekdays in full and short, each with its number; 0 is Monday."""
    return _numbered(locale.days)


def _numbered(names: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [
        (str(name), number)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in names[context][width].items()
    ]
