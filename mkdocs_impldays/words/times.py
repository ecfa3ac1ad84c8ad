"""Moments, hours and time zones in words, as CLDR writes them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_time, get_timezone_name

from mkdocs_impldays.words.dates import check_style, days_in_words
from mkdocs_impldays.words.languages import locale_of

ANYWHERE_ON_EARTH = "Etc/GMT+12"
"""The zone (IANA) in which a day ends last: UTC−12, whose sign is the other way round there."""

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
    """Write a moment with its zone: Sunday 27 May 2018 at 18:00 CEST.

    The styles of the day are those of `days_in_words`; `iso` gives 2018-05-27T18:00+02:00. Raises
    `ValueError` where the style or the language is not known, or the moment has no zone.
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
    """Write a moment of a fest beside others of its year: Sun 6 Jun, 16:00."""
    tongue = locale_of(locale)
    day = days_in_words([moment.date()], "short", locale=locale, year=False, weekday=True)
    hour = hour_in_words(moment.time(), locale=locale)
    return str(tongue.datetime_formats["medium"]).format(hour, day)


def minute_before(moment: datetime) -> datetime:
    """Return the minute before an aware moment, on the same clocks."""
    return (moment.astimezone(UTC) - timedelta(minutes=1)).astimezone(moment.tzinfo)


def begins_day(moment: datetime) -> bool:
    """Return whether an aware moment is the first of its day: as a rule 00:00.

    It is later where the clocks skip midnight. A day without an hour begins then.
    """
    return minute_before(moment).date() < moment.date()


def is_anywhere_on_earth(moment: datetime) -> bool:
    """Return whether an aware moment is on the clocks that are the last to end a day, UTC−12."""
    return getattr(moment.tzinfo, "key", None) == ANYWHERE_ON_EARTH


def zone_in_words(moment: datetime, *, locale: str) -> str:
    """Return the short name of an aware moment's zone, as it is called in that season: CEST.

    Where the language has no letters for it, it is the offset as CLDR writes it there: UTC+2.
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


@lru_cache(maxsize=256)  # a fest opens and closes at the same few
def hour_in_words(hour: time, *, locale: str) -> str:
    """Write a time of day, on a clock of 24 hours where the language uses one: 09:00."""
    tongue = locale_of(locale)
    return format_time(hour, str(tongue.datetime_skeletons[_skeleton(tongue)]), locale=tongue)


def _with_zone(locale: Locale) -> str:
    """Return where a locale puts the zone ({1}) beside a time ({0})."""
    if locale.language == "de":
        return "{0} Uhr {1}"  # as CLDR's German intervals have it, but not Babel's `Hmv`
    pattern = str(locale.datetime_skeletons[f"{_skeleton(locale)}v"])
    return "{1} {0}" if pattern.startswith("v") else "{0} {1}"


_ENGLISH = ("en_150", "en_US", "en_GB", "en_AU", "en_IN")
"""Where English has letters for a zone that it lacks elsewhere, the nearer to Europe the first."""


def _skeleton(locale: Locale) -> str:
    """Return, by its short time whether a locale counts 24 hours (UTS #35: H and k) or twelve."""
    pattern = str(locale.time_formats["short"])
    return "Hm" if re.search("[Hk]", pattern) else "hm"
