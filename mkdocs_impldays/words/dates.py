"""Days, hours and moments in words, in every language CLDR knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_time, get_timezone_name
from babel.lists import format_list

from mkdocs_impldays.problems import guess, quoted
from mkdocs_impldays.words.languages import locale_of
from mkdocs_impldays.words.patterns import day_pattern, pattern_of
from mkdocs_impldays.words.series import Mark, Writer, runs_of

STYLES = ("short", "long", "weekdays", "and", "ordinal", "iso")
"""How days are written; `days_in_words` tells each."""

_ENGLISH = ("en_150", "en_US", "en_GB", "en_AU", "en_IN")
"""Where English has letters for a zone that it lacks elsewhere, the nearer to Europe the first."""

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


def days_in_words(  # noqa: PLR0913 - most callers leave them to the style
    days: Sequence[date],
    style: str = "long",
    *,
    locale: str,
    year: bool | None = None,
    weekday: bool | None = None,
    mark: Mark = lambda _, text: text,
) -> str:
    """Write the days of an event, what they share only once.

    The styles, for two days in British English:

    - `short`: 28–29 May 2018, with short names of months
    - `long`: 28–29 May 2018
    - `weekdays`: Monday 28 and Tuesday 29 May 2018
    - `and`: 28 and 29 May 2018
    - `ordinal`: 28th and 29th May 2018; other languages write it as `and`
    - `iso`: 2018-05-28/2018-05-29 (ISO 8601), which takes neither `year` nor `weekday`

    Three days and more in a row become a range, save in the style `and`. At least one day is
    needed; order and repetition do not matter. `year` and `weekday` put them in or leave them out
    against the style's habit. `mark` is asked what stands for each date that is named, save in the
    style `iso`. Raises `ValueError` with a message for the user where there is no
    such style or language.
    """
    _check(style)
    ordered, tongue = sorted(set(days)), locale_of(locale)
    if style == "iso":
        return ", ".join("/".join(map(str, run)) for run in runs_of(ordered, 2))
    pattern = day_pattern(
        tongue,
        short=style == "short",
        weekday=style == "weekdays" if weekday is None else weekday,
        year=year is not False,
    )
    ordinal = style == "ordinal" and tongue.language == "en"
    runs = runs_of(ordered, _SHORTEST_RANGE[style])
    return Writer(tongue, ordinal, mark).series(runs, pattern)


_SHORTEST_RANGE = {"short": 2, "long": 2, "weekdays": 3, "ordinal": 3, "and": None}
"""How many days in a row a style joins by a dash; fewer are listed."""


def jekyll_days(days: Sequence[date], *, locale: str, line_break: str | None = None) -> str:
    """Write the days as RustFest's Jekyll sites did, without the year, each day whole.

    In English: Monday, May 28th and Tuesday, May 29th. A `line_break`, like `<br>`, takes the place
    of the space before each day but the first. Other languages use their own form of a day.
    """
    tongue = locale_of(locale)
    english = tongue.language == "en"
    pattern = (
        pattern_of("EEEE, MMMM d")
        if english
        else day_pattern(tongue, short=False, weekday=True, year=False)
    )
    writer = Writer(tongue, ordinal=english)
    written = [writer.day(day, pattern) for day in sorted(set(days))]
    if line_break is None:
        return format_list(written, locale=tongue)
    marked = format_list([written[0], *(f"\0{day}" for day in written[1:])], locale=tongue)
    broken = re.sub(r"\s(\w*)\0", r"\0\1", marked)
    return broken.replace("\0", line_break)


def moment_in_words(moment: datetime, *, locale: str, style: str = "weekdays") -> str:
    """Write a moment with its zone: Sunday 27 May 2018 at 18:00 CEST.

    The styles of the day are those of `days_in_words`; `iso` gives 2018-05-27T18:00+02:00. Raises
    `ValueError` where the style or the language is not known, or the moment has no zone.
    """
    _check(style)
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


def zone_in_words(moment: datetime, *, locale: str) -> str:
    """Give the short name of an aware moment's zone, as it is called in that season: CEST.

    Where the language has no letters for it, it is the offset as CLDR writes it there: UTC+2.
    """
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


def plain(text: str) -> str:
    """Put common spaces for the thin and the unbreakable, which calendars may not show."""
    return re.sub("[\u2009\u202f\xa0]", " ", text)


def _check(style: str) -> None:
    if style not in STYLES:
        advice = guess(style, STYLES) or f" Write one of: {', '.join(STYLES)}."
        raise ValueError(f"{quoted(style)} is not a style of dates.{advice}")


def _skeleton(locale: Locale) -> str:
    """Tell by its short time whether a locale counts 24 hours (UTS #35: H and k) or twelve."""
    pattern = str(locale.time_formats["short"])
    return "Hm" if re.search("[Hk]", pattern) else "hm"


def _with_zone(locale: Locale) -> str:
    """Give where a locale puts the zone ({1}) beside a time ({0})."""
    if locale.language == "de":
        return "{0} Uhr {1}"  # as CLDR's German intervals have it, but not Babel's `Hmv`
    pattern = str(locale.datetime_skeletons[f"{_skeleton(locale)}v"])
    return "{1} {0}" if pattern.startswith("v") else "{0} {1}"
