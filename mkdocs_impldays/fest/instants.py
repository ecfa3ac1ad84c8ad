"""The moments at which anything about a fest changes, and what begins at each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.people import Limited
from mkdocs_impldays.fest.time import (
    Phase,
    Span,
    Standing,
    join_spans,
    limited_span,
    phases_of,
    recording_spans,
    tenses_of,
)


def instants_of(fest: Fest, events: Iterable[Event] | None = None) -> list[datetime]:
    """Return every moment at which anything about the fest changes, in order, in its time zone.

    `events` are those whose days and hours count; all, if `None`.
    """
    chosen = list(fest.events.values()) if events is None else list(events)
    spans: list[Span[Standing] | Span[CallState] | Span[str]] = [*phases_of(fest)]
    for call in fest.every_call.values():
        spans += call_states(fest, call)
        for ticket in call.tickets:
            spans += call_states(fest, call.of_ticket(ticket))
    for event in chosen:
        spans += [*phases_of(fest, event), *tenses_of(fest, event)]
    limits = (*fest.contacts, *fest.live)
    limited = [span for each in limits if (span := limited_span(each, fest))]
    for event in chosen:
        limited += [*join_spans(fest, event), *recording_spans(fest, event)]
    ends = {moment for span in limited for moment in (span.start, span.end)}
    ends |= {known(call.result) for call in fest.every_call.values()}
    found = {moment for moment in ends | {span.start for span in spans} if moment}
    return sorted({moment.astimezone(fest.timezone) for moment in found})


def next_change(fest: Fest, moment: datetime) -> datetime | None:
    """Return the first change after an aware moment; `None` when all is past."""
    return next((instant for instant in instants_of(fest) if instant > moment), None)


_CALL = {
    CallState.OPEN: "open",
    CallState.WAITLIST: "waiting list",
    CallState.FULL: "full",
    CallState.CLOSED: "closed",
    CallState.MOVED_ONLINE: "closed",
}
"""The words after the name of a call and a colon: “Tickets: open”."""


def named_instants(fest: Fest) -> list[tuple[datetime, str]]:
    """Return every moment at which anything about the fest changes, in order, with its name.

    The first is “Before”, one day earlier, so that every state has a moment.
    """
    names: dict[datetime, list[str]] = {at: [] for at in instants_of(fest)}
    for at, name in _beginnings(fest):
        if name not in names[at]:
            names[at].append(name)
    first = min(names, default=None)
    before = [(first - timedelta(days=1), "Before")] if first else []
    return before + [(at, ", ".join(found)) for at, found in names.items()]


def _beginnings(fest: Fest) -> Iterator[tuple[datetime, str]]:
    for call in fest.every_call.values():
        yield from _call(call, fest)
    yield from _limited(fest)
    named = set()
    for phase in phases_of(fest):
        if phase.start:
            named.add(phase.start)
            yield phase.start, _phase(phase)
    for event in fest.events.values():
        for start, name in _event(event, fest):
            if start not in named:
                yield start, name


def _call(call: Call, fest: Fest) -> Iterator[tuple[datetime, str]]:
    name = call.name or "RSVP"
    for state in call_states(fest, call):
        if state.start and state.value in _CALL:
            yield state.start, f"{name}: {_CALL[state.value]}"
        elif state.start and state.value is CallState.JOIN:
            yield state.start, "Link to join"
    if result := known(call.result):
        yield result, f"{name}: results"
    for ticket in call.tickets:
        yield from _call(call.of_ticket(ticket), fest)


def _limited(fest: Fest) -> Iterator[tuple[datetime, str]]:
    named: list[tuple[Limited, str]] = [(each, each.name) for each in fest.contacts]
    named += [(each, each.title or "Live") for each in fest.live]
    for each, name in named:
        span = limited_span(each, fest)
        if span and span.start:
            yield span.start, name
        if span and each.until:
            yield each.until, f"{name}: end"


def _event(event: Event, fest: Fest) -> Iterator[tuple[datetime, str]]:
    begun = {"present": "on now", "future": "over for the day", "past": "over"}
    for tense in tenses_of(fest, event):
        if tense.start:
            yield tense.start, f"{event.title}: {begun[tense.value]}"
    for phase in phases_of(fest, event):
        if phase.start and phase.start not in (event.start, event.end):
            yield phase.start, f"{event.title}: {_phase(phase).lower()}"


def _phase(span: Span[Standing]) -> str:
    standing = span.value
    if standing.phase is Phase.TODAY:
        return f"Day {standing.day}"
    return "Between days" if standing.phase is Phase.BETWEEN else "After"
