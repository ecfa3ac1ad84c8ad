"""Dates and times as they are typed, and the moments at which a zone's clocks show them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from mkdocs_impldays.fest.model import is_tba, text_of, wrong
from mkdocs_impldays.problems import guess, quoted
from mkdocs_impldays.words.times import begins_day

UNSET = ZoneInfo("Factory")
"""The zone where none could be read: the IANA name for a clock that is not set."""

FIRST_YEAR, LAST_YEAR = 1970, 2099
"""Years a fest can have: zones are known from the first on, and the last still has a day after."""


def read_date(value: object) -> date:
    """Read `2018-05-28`, a day of the Gregorian calendar (ISO 8601)."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = text_of(value)
    if is_tba(text):
        raise wrong(f'{quoted(text)} is not a date. Write one, or "days: tba" while none is known.')
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if not match:
        raise wrong(f"{quoted(text)} is not a date. Write year-month-day, like 2018-05-28.")
    year, month, day = (int(part) for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        advice = f"Write one from {FIRST_YEAR} to {LAST_YEAR}."
        raise wrong(f"{quoted(text)} has a year out of range. {advice}")
    if not 1 <= month <= 12:
        raise wrong(f"{quoted(text)} has the month {match[2]}. Write 01 to 12 between the dashes.")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise wrong(f"{quoted(text)} is not in the calendar. That month has the days 01 to {last}.")
    return date(year, month, day)


def read_time(value: object) -> time:
    """Read `09:00`, a time of day on the fest's clocks, to the minute."""
    if isinstance(value, time):
        return value
    text = text_of(value)
    if text == "24:00":
        raise wrong('"24:00" is not a time. Write 00:00 after the date of the day that follows.')
    match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})(?::00)?", text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise wrong(f"{quoted(text)} is not a time. Write hours and minutes, like 09:00.")
    return time(int(match[1]), int(match[2]))


_STAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{1,2}:\d{2}(?::\d{2})?))?\s*(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)
_OWN_ZONE = re.compile(r"(.*\d)\s+([A-Za-z][A-Za-z0-9_+/-]*)", re.ASCII)

ANYWHERE_ON_EARTH = ZoneInfo("Etc/GMT+12")
"""UTC−12, where a day ends last (the sign is the other way round in these names of IANA's)."""


def read_moment(value: object, zone: ZoneInfo) -> datetime:
    """Read `2018-05-27 18:00` on the fest's clocks as an aware moment.

    A date alone means its first minute, which is 01:00 where the clocks skip midnight. An offset
    may be typed; it must be the zone's own then.
    """
    if isinstance(value, datetime):
        return value
    text = text_of(value)
    match = _STAMP.fullmatch(text)
    if not match or (match[3] and not match[2]):
        raise wrong(f"{quoted(text)} is not a moment. Write it like 2018-05-27 18:00.")
    if match[2] is None:
        return on_clock(read_date(match[1]), time(), zone, lenient=True)
    moment = on_clock(read_date(match[1]), read_time(match[2]), zone)
    if match[3] and zone is not UNSET and moment.utcoffset() != _offset(match[3]):
        right = moment.strftime("%z")
        message = f"{quoted(text)} has the offset {match[3]}, but {zone.key} has"
        raise wrong(f"{message} {right[:3]}:{right[3:]} then. Omit the offset.")
    return moment


def read_deadline(value: object, zone: ZoneInfo) -> datetime:
    """Read a moment like `read_moment`, but take a date alone as its last minute."""
    if isinstance(value, str) and re.fullmatch(r"\s*\d{4}-\d{2}-\d{2}\s*", value):
        return on_clock(read_date(value), time(23, 59), zone)
    return read_moment(value, zone)


def read_moment_anywhere(value: object, zone: ZoneInfo) -> datetime:
    """Read a moment like `read_moment`, but also one followed by a zone of its own.

    That is an IANA name, or `AoE`: anywhere on earth, which is UTC−12.
    """
    return read_moment(*_with_own_zone(value, zone))


def read_deadline_anywhere(value: object, zone: ZoneInfo) -> datetime:
    """Read a deadline like `read_deadline`, but also one followed by a zone of its own."""
    return read_deadline(*_with_own_zone(value, zone))


def _with_own_zone(value: object, zone: ZoneInfo) -> tuple[object, ZoneInfo]:
    match = _OWN_ZONE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or match[2] == "Z":
        return value, zone
    is_anywhere = match[2].casefold() == "aoe"
    return match[1], ANYWHERE_ON_EARTH if is_anywhere else read_zone(match[2])


def as_typed(moment: datetime, *, is_deadline: bool = False) -> str:
    """Return a moment as a fest file has it: a date alone where that means the same."""
    is_date = is_date_alone(moment, is_deadline=is_deadline)
    return f"{moment:%Y-%m-%d}" if is_date else f"{moment:%Y-%m-%d %H:%M}"


def is_date_alone(moment: datetime, *, is_deadline: bool = False) -> bool:
    """Return whether a date alone means the same: its first minute, or its last as a deadline."""
    return moment.time() == time(23, 59) if is_deadline else begins_day(moment)


def _offset(text: str) -> timedelta:
    if text == "Z":
        return timedelta()
    hours, minutes = int(text[1:3]), int(text[-2:])
    return (-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes)


def read_time_or_moment(value: object, zone: ZoneInfo) -> time | datetime:
    """Read a time, `18:00`, or a moment, like `2018-05-29 02:00` for a night past midnight."""
    if isinstance(value, time):
        return value
    if isinstance(value, str) and "-" in value:
        return read_moment(value, zone)
    return read_time(value)


def read_now(text: str) -> datetime | str:
    """Read `2018-05-27T18:00` (ISO 8601), the moment that someone sets the clock to.

    It has a zone only if an offset is typed. Returns a message if the text is not a moment.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return f"{quoted(text)} is not a moment. Write it like 2018-05-27T18:00."
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        advice = f"Write one from {FIRST_YEAR} to {LAST_YEAR}."
        return f"{quoted(text)} has a year out of range. {advice}"
    return moment


def on_clock(day: date, clock: time, zone: ZoneInfo, *, lenient: bool = False) -> datetime:
    """Return the moment at which the zone's clocks show a day and time.

    Of an hour that comes twice in autumn the first is meant. A time that the clocks skip in spring
    is a mistake, save for a `lenient` caller, who gets the moment of the jump.
    """
    moment = datetime.combine(day, clock, zone)
    shown = moment.astimezone(UTC).astimezone(zone)
    if shown.replace(tzinfo=None) == moment.replace(tzinfo=None):
        return shown
    if lenient:
        return _jump(moment.replace(fold=1).astimezone(UTC), shown.astimezone(UTC), zone)
    typed = f"{day:%Y-%m-%d} {clock:%H:%M}"
    message = f"{quoted(typed)} is skipped by the clocks of {zone.key}, which go forward then."
    raise wrong(f"{message} Write a later time.")


def _jump(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment between two in UTC at which the zone's clocks go forward."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        is_old = middle.astimezone(zone).utcoffset() == old
        before, after = (middle, after) if is_old else (before, middle)
    return after.astimezone(zone)


def read_zone(value: object) -> ZoneInfo:
    """Read a time zone's name in the IANA database, like `Europe/Paris`."""
    if isinstance(value, ZoneInfo):
        return value
    text = text_of(value)
    if text in _packaged() or text in _zones():
        return ZoneInfo(text)
    advice = guess(text[:60], _zones()) or " Write one like Europe/Paris."
    raise wrong(f"{quoted(text)} is not a time zone with a place in its name.{advice}")


@cache
def _zones() -> frozenset[str]:
    """Return all zones that a fest can have, also those that only this machine has."""
    return _of_places(available_timezones())


@cache
def _packaged() -> frozenset[str]:
    """Return those of the package `tzdata`: `available_timezones` looks for files, 5 ms long."""
    return _of_places(files("tzdata").joinpath("zones").read_text("utf-8").split())


def _of_places(zones: Iterable[str]) -> frozenset[str]:
    """Return zones named after places, and UTC: the others, like CET, know no summer or place."""
    return frozenset(
        name
        for name in zones
        if name == "UTC" or ("/" in name and not name.startswith(("Etc/", "SystemV/")))
    )
