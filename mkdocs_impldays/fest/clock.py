"""Dates, times and time zones as they are typed, and the moments that they mean."""

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
from mkdocs_impldays.words.times import ANYWHERE_ON_EARTH, begins_day

UNSET = ZoneInfo("Factory")
"""The zone while none could be read: IANA's name for a clock that was never set."""

FIRST_YEAR, LAST_YEAR = 1970, 2099
"""The years that a fest can be in: those for which time zones are known, except the last."""


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
    """Read `09:00`, a time of day in the fest's time zone, to the minute."""
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


def read_moment(value: object, zone: ZoneInfo) -> datetime:
    """Read `2018-05-27 18:00` in a zone as an aware moment.

    A date alone means its first minute, which is 01:00 where the clocks skip midnight. An offset,
    if there is one, must be the zone's at that moment.
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
    """Read a moment like `read_moment`, but a date alone as its last minute."""
    if isinstance(value, str) and re.fullmatch(r"\s*\d{4}-\d{2}-\d{2}\s*", value):
        return on_clock(read_date(value), time(23, 59), zone)
    return read_moment(value, zone)


def read_moment_anywhere(value: object, zone: ZoneInfo) -> datetime:
    """Read a moment like `read_moment`, or one that is followed by another zone.

    The zone is an IANA name, or `AoE` for anywhere on earth, UTC−12.
    """
    return read_moment(*_with_own_zone(value, zone))


def read_deadline_anywhere(value: object, zone: ZoneInfo) -> datetime:
    """Read a deadline like `read_deadline`, or one that is followed by another zone."""
    return read_deadline(*_with_own_zone(value, zone))


def _with_own_zone(value: object, zone: ZoneInfo) -> tuple[object, ZoneInfo]:
    match = _OWN_ZONE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or match[2] == "Z":
        return value, zone
    is_anywhere = match[2].casefold() == "aoe"
    return match[1], ZoneInfo(ANYWHERE_ON_EARTH) if is_anywhere else read_zone(match[2])


def as_typed(moment: datetime, *, is_deadline: bool = False) -> str:
    """Return a moment as a fest file has it, as a date alone if that means the same."""
    is_date = is_date_alone(moment, is_deadline=is_deadline)
    return f"{moment:%Y-%m-%d}" if is_date else f"{moment:%Y-%m-%d %H:%M}"


def is_date_alone(moment: datetime, *, is_deadline: bool = False) -> bool:
    """Return whether a moment is the first minute of its day, or the last if it is a deadline."""
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


def read_session_time(value: object, zone: ZoneInfo) -> time | datetime:
    """Read the time of a session, `10:00`, or with its date, `2027-06-06 10:00`."""
    text = "" if isinstance(value, time) else text_of(value)
    is_dated = ":" in text and _STAMP.fullmatch(text)
    if not is_dated and re.match(r"[0-9]{4}-|[^\W\d]", text):
        advice = "Write hours and minutes, like 10:00, or the date too, like 2027-06-06 10:00."
        raise wrong(f"{quoted(text)} is not a time. {advice}")
    return read_time_or_moment(value, zone)


def time_of_day(typed: time | datetime) -> time:
    """Return the time of day of what was typed with or without a date."""
    return typed.time() if isinstance(typed, datetime) else typed


def typed_time(typed: time | datetime) -> str:
    """Return a time as a fest file has it, with its date if that was typed."""
    return f"{typed:%Y-%m-%d %H:%M}" if isinstance(typed, datetime) else f"{typed:%H:%M}"


def read_now(text: str) -> datetime | str:
    """Read `2018-05-27T18:00` (ISO 8601), a moment to use instead of now.

    It is aware only if it has an offset. Returns a message if the text is not a moment.
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

    An hour that comes twice in autumn is the first one. Raises a problem for a time that the clocks
    skip in spring; if `lenient`, returns the moment of the change instead.
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
    """Return the moment between two, both in UTC, at which the zone's clocks go forward."""
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
    """Return all zones that a fest can be in, including those that only this system has."""
    return _of_places(available_timezones())


@cache
def _packaged() -> frozenset[str]:
    """Return the zones of the package `tzdata`; `available_timezones` takes 5 ms to list files."""
    return _of_places(files("tzdata").joinpath("zones").read_text("utf-8").split())


def _of_places(zones: Iterable[str]) -> frozenset[str]:
    """Return the zones named after places, and UTC, without abbreviations like CET."""
    return frozenset(
        name
        for name in zones
        if name == "UTC" or ("/" in name and not name.startswith(("Etc/", "SystemV/")))
    )
