"""Notices of what differs from the plan: when they are shown, and their sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Literal, NamedTuple

from markupsafe import Markup

from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.clock import on_clock
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import NOT_HELD, Change, Event, Status
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.sessions import AgendaLine, end_of, lines_of, place_of
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.words.phrases import Words
from mkdocs_impldays.words.times import hour_in_words

Kind = Status | Literal["new-venue", "overflow", "late", "session", "waitlist", "full", "update"]
"""What happened: a status, another venue or time, no places left, or a change in the log."""


class Notice(NamedTuple):
    """One thing that differs from the plan."""

    kind: Kind
    event: Event | None = None
    """What it happened to; `None` for the whole fest."""
    start: datetime | None = None
    """The first moment at which it is shown, aware; `None` for the beginning of time."""
    end: datetime | None = None
    """The first moment at which it is no longer shown; `None` for the end of time."""
    venue: Venue | None = None
    day: Day | None = None
    change: Change | None = None
    session: AgendaLine | None = None


def notices_of(fest: Fest, *, event: Event | None = None) -> tuple[Notice, ...]:
    """Return all notices of a fest, the most serious first; with an `event`, only its own."""
    events = [event] if event else list(fest.events.values())
    planned = [each for each in events if fest.is_held(each)]
    return (
        *_statuses(fest, events),
        *(notice for each in planned for notice in _places_and_times(each, fest)),
        *_sessions(fest, events),
        *_sold_out(fest, events),
        *_updates(fest, events),
    )


def _statuses(fest: Fest, events: Sequence[Event]) -> Iterator[Notice]:
    # Without an end: an event that was cancelled or postponed is never over.
    whole = fest.own_status
    if whole != "scheduled":
        yield Notice(whole, end=None if whole in NOT_HELD else fest.end)
    for event in events:
        status = fest.status_of(event)
        if status not in {whole, "scheduled"}:
            yield Notice(status, event, end=None if status in NOT_HELD else event.end)


def _places_and_times(event: Event, fest: Fest) -> Iterator[Notice]:
    if not fest.is_online(event):
        if event.new_venue:
            yield Notice("new-venue", event, end=event.end, venue=fest.venue_of(event))
        for venue in fest.other_venues_of(event):
            yield Notice("overflow", event, end=event.end, venue=venue)
    for day in event.known_days:
        if not fest.is_held(event, day):
            yield Notice("cancelled", event, end=max(day.end, event.end or day.end), day=day)
        elif day.delay:
            midnight = on_clock(day.date, time(), fest.timezone, lenient=True)
            yield Notice("late", event, midnight, day.end, day=day)


def _sessions(fest: Fest, events: Sequence[Event]) -> Iterator[Notice]:
    """Return the sessions that were cancelled or moved, each shown on its own day only."""
    for line in lines_of(fest).values():
        event, day, step = line
        is_planned = step.item.status == "scheduled" or not fest.is_held(event, day)
        if event in events and not is_planned:
            midnight = on_clock(line.date, time(), fest.timezone, lenient=True)
            end = end_of(line) or day.end
            yield Notice("session", event, midnight, end, day=day, session=line)


def _sold_out(fest: Fest, events: Sequence[Event]) -> Iterator[Notice]:
    """Return when the event of the RSVP is full, or has only a waiting list."""
    event = next((each for each in events if fest.rsvp and each.id == fest.rsvp.event), None)
    for span in call_states(fest, fest.rsvp) if event else ():
        if span.value in {CallState.FULL, CallState.WAITLIST}:
            kind: Kind = "full" if span.value is CallState.FULL else "waitlist"
            yield Notice(kind, event, span.start, span.end)


def _updates(fest: Fest, events: Sequence[Event]) -> Iterator[Notice]:
    """Return the latest line of the log of changes."""
    notices = [Notice("update", end=fest.end, change=change) for change in fest.changes]
    for event in events:
        notices += [Notice("update", event, end=event.end, change=each) for each in event.changes]
    dated = [(notice.change.date, notice) for notice in notices if notice.change]
    yield from [notice for _, notice in sorted(dated, key=lambda pair: pair[0])][-1:]


STATUS_PHRASES = {
    "cancelled": "event.cancelled",
    "postponed": "event.postponed",
    "moved-online": "event.moved_online",
}
"""The phrases for events that do not take place at their venue on their days."""

SESSION_PHRASES = {"cancelled": "session.cancelled", "moved": "session.moved"}
"""The phrases for sessions that were cancelled or moved."""

_PHRASES = {
    **STATUS_PHRASES,
    "rescheduled": "event.rescheduled",
    "new-venue": "event.new_venue",
    "overflow": "event.overflow",
    "late": "event.late",
    "waitlist": "rsvp.waitlist",
    "full": "rsvp.full",
}


def sentence(notice: Notice, fest: Fest, words: Words) -> Markup:
    """Return a notice as HTML that is also complete as plain text."""
    if notice.change:
        return update_line(notice.change, words)
    if notice.session:
        return _session(notice.session, fest, words)
    venue = notice.venue
    days = (notice.event or fest).dates
    facts: dict[str, object] = {
        "event": name_of(fest, notice.event),
        "venue": _in_short(venue, words) if venue else "",
        "dates": words.days(days) if days else words.say("tba"),
        "minutes": notice.day.delay if notice.day else "",
        "date": words.days([notice.day.date], "weekdays") if notice.day else "",
    }
    is_one_day = notice.kind == "cancelled" and notice.day is not None
    return words.phrase("event.day_cancelled" if is_one_day else _PHRASES[notice.kind], **facts)


def _session(line: AgendaLine, fest: Fest, words: Words) -> Markup:
    """Return the notice of a session, like Moved: Errors that help (14:00, Main hall)."""
    step = line.step
    _, room = place_of(fest, line)
    hour = hour_in_words(step.start.timetz(), locale=words.language)
    return words.phrase(
        "session.notice",
        what=words.say(SESSION_PHRASES[step.item.status]),
        session=step.what,
        when=", ".join(filter(None, [hour, room.name if room else None])),
    )


def update_line(change: Change, words: Words) -> Markup:
    """Return a line of the log of changes: Updated 27 May 2018: second venue."""
    return words.phrase("updates.line", date=words.days([change.date]), text=change.what)


def event_sentences(fest: Fest, event: Event, words: Words) -> list[str]:
    """Return the notices of an event as plain text, for its entry in a calendar.

    Without those of a single day, which that day's entry has, of further venues, which have a line
    of their own, and of the log.
    """
    return [
        str(sentence(notice, fest, words).striptags())
        for notice in notices_of(fest, event=event)
        if notice.kind not in {"late", "overflow", "update"} and notice.day is None
    ]


def name_of(fest: Fest, event: Event | None) -> str:
    """Return the title of an event, with the city unless it has it; the fest's name for `None`."""
    if event is None:
        return fest.name
    is_named = fest.city and fest.city.casefold() in event.title.casefold()
    return event.title if is_named else f"{event.title} {fest.city or ''}".strip()


def _in_short(venue: Venue, words: Words) -> str:
    parts = (known(venue.name), known(venue.street))
    return ", ".join(part for part in parts if part) or words.say("tba")
