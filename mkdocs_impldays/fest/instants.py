"""Every moment at which anything about a fest changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.time import (
    Span,
    Standing,
    joining,
    phases_of,
    shown,
    tenses_of,
    watchable,
)


def instants_of(fest: Fest, events: Iterable[Event] | None = None) -> list[datetime]:
    """Return every moment at which anything about the fest changes, in order, on its own clocks.

    `events` are those whose days and hours count; all, if none are given.
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
    limited = [span for each in limits if (span := shown(each, fest))]
    for event in chosen:
        limited += [*joining(fest, event), *watchable(fest, event)]
    ends = {moment for span in limited for moment in (span.start, span.end)}
    ends |= {known(call.result) for call in fest.every_call.values()}
    found = {moment for moment in ends | {span.start for span in spans} if moment}
    return sorted({moment.astimezone(fest.timezone) for moment in found})


def next_change(fest: Fest, moment: datetime) -> datetime | None:
    """Return the first change after an aware moment; `None` when all is past."""
    return next((instant for instant in instants_of(fest) if instant > moment), None)
