"""Facts of a fest file that are missing: still `tba`, or not translated into every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Change, Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import is_tba, is_translated, pick
from mkdocs_impldays.fest.source import Path, dotted, walk
from mkdocs_impldays.fest.time import is_over
from mkdocs_impldays.problems import Problem, Severity, quoted

SOON = 30
"""How many days before a fest a `tba` becomes a warning, which stops publishing."""


def unknown_facts(fest: Fest, *, moment: datetime) -> list[Problem]:
    """Return a problem for each `tba` of a fest file, and for each month instead of days.

    At an aware moment: a `tba` is a warning from `SOON` days before the fest until its end, or, if
    one day of a series needs it, before that day until its end. A month is a warning from its first
    day on. At other times they are hints.
    """
    marks = [
        _unknown(fest, where, moment) for where, value in walk(fest.source.data) if is_tba(value)
    ]
    return [*marks, *_months(fest, moment.astimezone(fest.timezone).date())]


def _unknown(fest: Fest, where: Path, moment: datetime) -> Problem:
    found = _day_of(fest, where, moment)
    if found is None:
        left, soon = time_left(fest, moment), is_soon(fest, moment)
    else:
        event, day = found
        is_past = day.end <= moment
        days = _days_left(day.start, moment)
        left = _left(str(day.date), "is", days, is_over=is_past)
        soon = days <= SOON and not is_past and fest.is_held(event, day)
    severity: Severity = "warning" if soon else "hint"
    return fest.source.problem(where, f"{dotted(where)} is still “tba”. {left}", severity)


def _day_of(fest: Fest, where: Path, moment: datetime) -> tuple[Event, Day] | None:
    """Return the day of a series that needs a fact, and its event; `None`, if the fest needs it.

    What belongs to a venue is needed by the next day there, or was by the last; the hours of a
    series likewise.
    """
    match where:
        case ("events", str(key), "days", int(number), *_) if key in fest.events:
            event = fest.events[key]
            return (event, event.known_days[number]) if _is_series(event) else None
        case ("events", str(key), "opens" | "closes") if key in fest.events:
            event = fest.events[key]
            used = [(event, day) for day in event.days_held]
        case ("venues", str(key), *_):
            used = [
                (event, day)
                for event in fest.events.values()
                for day in event.days_held
                if key in {each.id for each in fest.venues_of(event, day)}
            ]
        case _:
            return None
    used.sort(key=lambda each: each[1].start)
    if used and all(_is_series(event) for event, _ in used):
        return next((each for each in used if moment < each[1].end), used[-1])
    return None


def _is_series(event: Event) -> bool:
    return event.is_series and len(event.known_days) > 1


def _months(fest: Fest, today: date) -> Iterator[Problem]:
    for event in fest.events.values():
        if event.month is None or not fest.is_held(event):
            continue
        has_begun = event.month.first <= today
        is_over = (event.month.year, event.month.month) < (today.year, today.month)
        state = "is over" if is_over else "has begun" if has_begun else "has no day yet"
        advice = "the days, or another month" if has_begun else "the days as soon as you know"
        where: Path = ("events", event.id, "days")
        message = f"{dotted(where)}: “{event.month}” {state}. Write {advice}."
        yield fest.source.problem(where, message, "warning" if has_begun else "hint")


def early_changes(fest: Fest, *, moment: datetime) -> Iterator[Problem]:
    """Find changes that pages say were announced on a day that is still to come."""
    today = moment.astimezone(fest.timezone).date()
    logs: list[tuple[Path, Sequence[Change]]] = [(("changes",), fest.changes)]
    logs += [(("events", key, "changes"), each.changes) for key, each in fest.events.items()]
    for place, changes in logs:
        for number, change in enumerate(changes):
            if change.date > today:
                where: Path = (*place, number, "date")
                message = f"{quoted(change.date)} is in the future, and pages show the change now."
                advice = "Write the day on which you announced it."
                yield fest.source.problem(where, f"{dotted(where)}: {message} {advice}", "hint")


def is_soon(fest: Fest, moment: datetime) -> bool:
    """Return whether a fest takes place within `SOON` days of an aware moment, or is on."""
    if fest.start is None or fest.end is None or not fest.is_held():
        return False
    return _days_left(fest.start, moment) <= SOON and not is_over(fest, moment)


def _days_left(start: datetime, moment: datetime) -> int:
    return (start.date() - moment.astimezone(start.tzinfo).date()).days


def time_left(fest: Fest, moment: datetime) -> str:
    """Return the time that is left to write a fact, and what to do, as a sentence."""
    if fest.start is None or fest.awaits_days():
        return "The fest has no days yet: write it as soon as you know."
    if is_over(fest, moment):
        return _left("The fest", "begins", 0, is_over=True)
    return _left("The fest", "begins", _days_left(fest.start, moment))


def _left(what: str, verb: str, days: int, *, is_over: bool = False) -> str:
    if is_over:
        return f"{what} is over: write what it was, or remove it."
    if days > 1:
        return f"{what} {verb} in {days} days: write it as soon as you know."
    if days >= 0:
        return f"{what} {verb} {'tomorrow' if days else 'today'}: write it now."
    return f"{what} has begun: write it now."


def untranslated(fest: Fest) -> Iterator[Problem]:
    """Yield a hint for each text that lacks a language which other texts of the file have.

    It is shown in the fest's own language instead.
    """
    found = dict(_translated(fest.source.data))
    every = {tag: None for texts in found.values() for tag in texts}
    for where, texts in found.items():
        for tag in every:
            if pick(texts, tag) is None:
                message = f"{dotted(where)} has no text in {quoted(tag)}, which other texts have."
                yield fest.source.problem(where, f"{message} Add it.", "hint")


def _translated(value: object, where: Path = ()) -> Iterator[tuple[Path, Mapping[str, str]]]:
    if isinstance(value, dict) and is_translated(value):
        if not any(map(is_tba, value.values())):
            yield where, value
        return
    parts = value.items() if isinstance(value, dict) else ()
    for key, item in enumerate(value) if isinstance(value, list) else parts:
        yield from _translated(item, (*where, key))
