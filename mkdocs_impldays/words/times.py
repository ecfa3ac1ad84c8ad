"""Moments, times and time zones in words, as in CLDR."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_time, get_timezone_name

from mkdocs_impldays.words.dates import check_style, days_in_words
from mkdocs_impldays.words.languages import locale_of

ANYWHERE_ON_EARTH = "Etc/GMT+12"
"""The zone (IANA) in which a day ends last: UTC−12; such names have the opposite sign."""

_AT = {
    "ca": "{1}, a les {0}",
    "de": "{1} um {0}",
    "en": "{1} at {0}",
    "es": "{1}, a las {0}",
    "fr": "{1} à {0}",
    "it": "{1} alle ore {0}",
    "nl": "{1} om {0}",
}
"""Day ({1}) and time ({0}), after CLDR's `dateTimeFormat-type-atTime`, which Babel 2.18 lacks."""


def moment_in_words(moment: datetime, *, locale: str, style: str = "weekdays") -> str:
    """Return a moment with its zone: Sunday 27 May 2018 at 18:00 CEST.

    The styles of the day are those of `days_in_words`; `iso` is 2018-05-27T18:00+02:00. Raises
    `ValueError` if the style or the language is not known, or the moment is not aware.
    """
    check_style(style)
    if moment.utcoffset() is None:
        raise ValueError(f"{moment:%Y-%m-%d %H:%M} has no time zone.")
    if style == "iso":
        return moment.isoformat(timespec="minutes")
    tongue = locale_of(locale)
    hour = _with_zone(tongue).format(
        hour_in_words(moment.time(), locale=locale), zone_in_words(moment, locale=locale)
    )
    together = _AT.get(tongue.language) or str(tongue.datetime_formats["medium"])
    if moment.hour == 1:
        together = together.replace("a las", "a la").replace("a les", "a la")  # one hour, singular
    return together.format(hour, days_in_words([moment.date()], style, locale=locale))


def day_and_hour(moment: datetime, *, locale: str) -> str:
    """Return a moment without its year and zone: Sun 6 Jun, 16:00."""
    tongue = locale_of(locale)
    day = days_in_words([moment.date()], "short", locale=locale, year=False, weekday=True)
    hour = hour_in_words(moment.time(), locale=locale)
    return str(tongue.datetime_formats["medium"]).format(hour, day)


def minute_before(moment: datetime) -> datetime:
    """Return the minute before an aware moment, in its zone."""
    return (moment.astimezone(UTC) - timedelta(minutes=1)).astimezone(moment.tzinfo)


def begins_day(moment: datetime) -> bool:
    """Return whether an aware moment is the first of its day: 00:00, unless that is skipped."""
    return minute_before(moment).date() < moment.date()


def is_anywhere_on_earth(moment: datetime) -> bool:
    """Return whether an aware moment is in the zone `ANYWHERE_ON_EARTH`."""
    return getattr(moment.tzinfo, "key", None) == ANYWHERE_ON_EARTH


def zone_in_words(moment: datetime, *, locale: str) -> str:
    """Return the abbreviation of an aware moment's zone at that time: CEST.

    If the language has none, it is the offset as in CLDR: UTC+2.
    """
    if is_anywhere_on_earth(moment):
        return "AoE"
    tongue = locale_of(locale)
    for each in (tongue, *(_ENGLISH if tongue.language == "en" else ())):
        name = get_timezone_name(moment, width="short", locale=each)
        if re.fullmatch(r"[^\W\d_]{2,6}", name):
            return name
    minutes = int((moment.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    offset = f"{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
    return str(tongue.zone_formats["gmt"]) % (offset if minutes else "")


@lru_cache(maxsize=256)  # a fest has few distinct times
def hour_in_words(hour: time, *, locale: str) -> str:
    """Return a time of day, in 24 hours if the language uses them: 09:00."""
    tongue = locale_of(locale)
    return format_time(hour, str(tongue.datetime_skeletons[_skeleton(tongue)]), locale=tongue)


def _with_zone(locale: Locale) -> str:
    """Return the pattern of a locale for a time ({0}) with its zone ({1})."""
    if locale.language == "de":
        return "{0} Uhr {1}"  # as CLDR's German intervals have it, but not Babel's `Hmv`
    pattern = str(locale.datetime_skeletons[f"{_skeleton(locale)}v"])
    return "{1} {0}" if pattern.startswith("v") else "{0} {1}"


_ENGLISH = ("en_150", "en_US", "en_GB", "en_AU", "en_IN")
"""Variants of English with more abbreviations of zones, the nearest to Europe first."""


def _skeleton(locale: Locale) -> str:
    """Return the skeleton of times: with 24 hours if the short time has H or k (UTS #35)."""
    pattern = str(locale.time_formats["short"])
    return "Hm" if re.search("[Hk]", pattern) else "hm"
