"""Checks of the sessions of a fest: clashes, times outside the day, rooms elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from mkdocs_impldays.fest.agenda import MORNING, Step
from mkdocs_impldays.fest.clock import time_of_day, typed_time
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.errors import Located
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.programme.model import is_break
from mkdocs_impldays.fest.sessions import is_session, lines_of
from mkdocs_impldays.fest.source import Path, dotted
from mkdocs_impldays.problems import Problem, quoted

SHORTEST = timedelta(minutes=5)
"""The shortest session that is not reported; most shorter ones have a wrong end."""

LONGEST = timedelta(hours=24)
"""The longest session that is not reported."""


def session_warnings(fest: Fest) -> Iterator[Located]:
    """Find sessions that are possible, and almost certainly mistakes."""
    for find in (_off_dates, _wrong_times, _clashes, _rooms_elsewhere, _too_long):
        yield from dict(find(fest)).items()


def session_hints(fest: Fest) -> Iterator[Located]:
    """Find sessions that may be intended, and usually are mistakes."""
    for find in (_outside_hours, _too_short, _across_breaks, _silent_speakers):
        yield from dict(find(fest)).items()


def early_recordings(fest: Fest, *, moment: datetime) -> Iterator[Problem]:
    """Find recordings of sessions that are not over on any of their days at an aware moment."""
    ends: dict[Path, Step] = {}
    for step, _, where in _steps(fest):
        ends.setdefault(where, step)
    for where, step in ends.items():
        if step.item.recording and step.end > moment:
            place = (*where[:-1], "recording")
            message = f"{quoted(step.what)} is not over before {step.end:%Y-%m-%d %H:%M}."
            advice = "A recording cannot be there yet; for what is live write “stream”."
            yield fest.source.problem(place, f"{dotted(place)}: {message} {advice}", "warning")


def removed_sessions(fest: Fest, earlier: Fest | None) -> Iterator[Problem]:
    """Find sessions that a fest had when it was last published, and that are not in it now.

    They stay in the calendars of those who added them, and their pages are gone.
    """
    left = lines_of(fest) if earlier else {}
    for name, (event, _, step) in lines_of(earlier).items() if earlier else ():
        if name in left or not is_session(step.item):
            continue
        own = f"“id: {name}”"
        gone = "was published and is no longer in the programme"
        advice = (
            f"If it is cancelled, keep it{' in the fest file' if step.item.location else ''}"
            f" with {own} and “status: cancelled”; if it has another title, give that line {own}."
        )
        where = ("events", event.id, "agenda") if event.id in fest.events else ("events",)
        message = f"{dotted(where)}: session {quoted(step.what)} {gone}. {advice}"
        found = fest.source.problem(where, message, "hint")
        yield replace(found, subject=step.what, cause=_REMOVED)


_REMOVED = (
    "{count} sessions were published and are no longer in the programme, the first is"
    " {subject}. Keep what is cancelled with its id and “status: cancelled”, and give what has"
    " another title the id that it had."
)


def _outside_hours(fest: Fest) -> Iterator[Located]:
    """Find sessions outside the hours of their day."""
    for step, day, where in _steps(fest):
        if any(_off_date(step, day, key) for key in ("at", "until")):
            continue
        if _is_below_off_date(step, day):
            continue
        if _is_too_early(step, day):
            limit = f"before the doors open, {day.planned_start:%Y-%m-%d %H:%M}"
        elif known(day.closes) and step.planned > day.planned_end:
            limit = f"after the day is over, {day.planned_end:%Y-%m-%d %H:%M}"
        elif known(day.closes) and step.has_end and step.end > day.end:
            end, over = _hour(step.end, day), _hour(day.end, day)
            message = f"it ends at {end}, after the day is over, {over}. Correct one of the two."
            yield where, f"{dotted(where)}: {message}"
            continue
        else:
            continue
        message = f"{quoted(typed_time(step.item.at))} is {limit}. Correct one of the two."
        yield where, f"{dotted(where)}: {message}"


def _hour(moment: datetime, day: Day) -> str:
    """Return an hour of a day as in a fest file, with the date on any other than its own."""
    return typed_time(moment if day.needs_date(moment) else moment.time())


def _is_too_early(step: Step, day: Day) -> bool:
    return known(day.opens) is not None and step.planned < day.planned_start


def _off_date(step: Step, day: Day, key: Literal["at", "until"]) -> bool:
    """Return whether a session has a date on which its day does not take place."""
    typed = getattr(step.item, key)
    if not isinstance(typed, datetime):
        return False
    later = typed.date() + day.moved_by - day.date
    longest = day.planned_end.date() - day.date if known(day.closes) else timedelta()
    is_night = key == "until" and typed.time() <= MORNING
    return not timedelta() <= later <= max(longest, timedelta(days=is_night))


def _is_below_off_date(step: Step, day: Day) -> bool:
    """Return whether a session has no date, and that of the line above is reported as wrong."""
    if isinstance(step.item.at, datetime) or step.item.days_later is not None:
        return False
    last = max(day.dates[-1], day.planned_end.date()) + timedelta(days=1)  # the morning after
    return not day.date <= step.planned.date() <= last


def _off_dates(fest: Fest) -> Iterator[Located]:
    """Find sessions on a date on which their event does not take place."""
    for step, day, where in _steps(fest):
        event = fest.events[str(where[1])]
        dates = [each for planned in event.planned_days for each in planned.dates]
        keys: list[Literal["at", "until"]] = ["at", "until"]
        for key in keys:
            if _off_date(step, day, key):
                place = (*where[:-1], key)
                typed = quoted(typed_time(getattr(step.item, key)))
                span = str(dates[0]) if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
                message = f"{typed} is not on a date of events.{event.id}, {span}."
                advice = "Correct the date, or the days of the event and their “closes”."
                yield place, f"{dotted(place)}: {message} {advice}"


def _wrong_times(fest: Fest) -> Iterator[Located]:
    """Find sessions at a time that the clocks skip, or before the line above them."""
    for step, day, where in _steps(fest):
        at, until = quoted(typed_time(step.item.at)), step.item.until
        if step.planned.time() != time_of_day(step.item.at):
            message = f"{at} is skipped by the clocks of {fest.timezone.key} on {day.date}."
            yield where, f"{dotted(where)}: {message} Write a later time."
        elif until and not day.delay and step.end.time() != time_of_day(until):
            place = (*where[:-1], "until")
            message = f"{typed_time(until)} is skipped by the clocks of {fest.timezone.key}."
            yield place, f"{dotted(place)}: {message} Write a later time."
        elif step.is_out_of_order and isinstance(step.item.at, datetime):
            if _off_date(step, day, "at") or _is_too_early(step, day):
                continue  # and reported as such
            message = f"{at} is earlier than the line above in the same room."
            yield where, f"{dotted(where)}: {message} Put the lines in order, or correct the date."
        elif step.is_out_of_order:
            message = (
                f"{at} is earlier than the line above, and {day.date} is over before that hour"
            )
            advice = (
                "comes again. Put the lines in order, or write its date too, like 2027-06-06 10:00."
            )
            yield where, f"{dotted(where)}: {message} {advice}"


def _clashes(fest: Fest) -> Iterator[Located]:
    """Find sessions for which a room or a speaker is not free."""
    held = [
        (step, day, where[:-1])
        for step, day, where in _steps(fest)
        if step.item.status != "cancelled" and fest.is_held(fest.events[str(where[1])], day)
    ]
    held.sort(key=lambda each: each[0].start.astimezone(UTC))
    busy: dict[tuple[str, str], tuple[Step, Day]] = {}
    for step, day, where in held:
        item = step.item
        names = [("room", item.room)] if item.room else []
        for key, name in (*names, *(("speakers", each) for each in item.speakers)):
            before, its_day = busy.get((key, name), (None, day))
            if before and before.end.astimezone(UTC) > step.start.astimezone(UTC):
                what = "is taken by" if key == "room" else "speaks in"
                end = _hour(before.end, its_day)
                message = f"{quoted(name)} {what} {quoted(before.what)} until {end}."
                yield (*where, key), f"{dotted((*where, key))}: {message} Correct one of the two."
            if not before or before.end.astimezone(UTC) < step.end.astimezone(UTC):
                busy[key, name] = step, day


def _rooms_elsewhere(fest: Fest) -> Iterator[Located]:
    """Find sessions in a room of a venue where their day does not take place."""
    for step, day, where in _steps(fest):
        event = fest.events[str(where[1])]
        venues = fest.venues_of(event, day)
        room = step.item.room
        if room and not any(room in venue.rooms for venue in venues):
            place = (*where[:-1], "room")
            has = " and ".join(f"venues.{venue.id}" for venue in venues)
            what = f"{quoted(room)} is not a room of {has}" if has else "the event has no venue"
            advice = "Correct the room, or the venue of the event or its day."
            yield place, f"{dotted(place)}: {what}, where {day.date} takes place. {advice}"


def _too_long(fest: Fest) -> Iterator[Located]:
    for step, _, where in _steps(fest):
        is_dated = isinstance(step.item.until, datetime)
        if step.has_end and not is_dated and _length(step) > LONGEST:
            message = f"{quoted(step.what)} takes longer than a day. Correct its end."
            yield where, f"{dotted(where)}: {message}"


def _too_short(fest: Fest) -> Iterator[Located]:
    for step, _, where in _steps(fest):
        if step.has_end and _length(step) < SHORTEST:
            message = f"{quoted(step.what)} takes less than five minutes. Correct its end."
            yield where, f"{dotted(where)}: {message}"


def _across_breaks(fest: Fest) -> Iterator[Located]:
    """Find sessions in a room that overlap a break for everyone."""
    days: dict[int, list[tuple[Step, Path]]] = {}
    for step, day, where in _steps(fest):
        if step.item.status != "cancelled":
            days.setdefault(id(day), []).append((step, where))
    for steps in days.values():
        breaks = [step for step, _ in steps if not step.item.room and is_break(step.item.kind)]
        for step, where in steps:
            if not step.item.room or not step.has_end or is_break(step.item.kind):
                continue
            across = (each for each in breaks if step.start < each.end and each.start < step.end)
            if pause := next(across, None):
                message = f"{quoted(step.what)} goes on during {quoted(pause.what)} for all,"
                times = f"{pause.start:%H:%M} to {pause.end:%H:%M}. Correct one of the two."
                yield where, f"{dotted(where)}: {message} {times}"


def _silent_speakers(fest: Fest) -> Iterator[Located]:
    """Find speakers of the fest file without a session, once any session has one."""
    speaking = {key for step, _, _ in _steps(fest) for key in step.item.speakers}
    typed = fest.source.data.get("speakers")
    for key in typed if speaking and isinstance(typed, dict) else ():
        if key not in speaking:
            message = f"{quoted(key)} has no session. Add the name to one, or remove it."
            yield ("speakers", key), f"speakers: {message}"


def _length(step: Step) -> timedelta:
    return step.end.astimezone(UTC) - step.start.astimezone(UTC)


def _steps(fest: Fest) -> Iterator[tuple[Step, Day, Path]]:
    """Yield each line of each agenda on each of its days, with the location of its time."""
    for key, event in fest.events.items():
        for number, day in enumerate(event.known_days):
            own = day.agenda is not None
            place: Path = ("events", key, *(("days", number) if own else ()), "agenda")
            typed = event.agenda if day.agenda is None else day.agenda
            lines = {id(item): n for n, item in enumerate(typed)}
            for step in event.steps_of(day):
                location = step.item.location
                if location:
                    yield step, day, ("events", key, "programme", location, "at")
                else:
                    yield step, day, (*place, lines[id(step.item)], "at")
