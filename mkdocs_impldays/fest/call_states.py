"""The states of a call over all of time: when it is open, full, closed or over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import Tba, known
from mkdocs_impldays.fest.time import (
    Span,
    T,
    at,
    end_of,
    join_spans,
    merged,
    spans_from,
    tenses_of,
    without,
)


class CallState(StrEnum):
    """What people can do about a call; for the RSVP, about taking part."""

    SOON = "soon"
    OPEN = "open"
    WAITLIST = "waitlist"
    FULL = "full"
    CLOSED = "closed"
    NOW = "now"
    NEXT = "next"
    """Between two days of the event, also at night."""
    PAST = "past"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    MOVED_ONLINE = "moved-online"
    JOIN = "join"
    """The event is online or hybrid, and its link to join is shown."""


OPENED = frozenset({CallState.OPEN, CallState.WAITLIST, CallState.FULL})
"""The states of a call from when it opens until it closes."""


def call_states(fest: Fest, call: Call | None) -> tuple[Span[CallState], ...]:
    """Return the states of a call of the fest in order, without gaps; none for `None`.

    Nobody can sign up for a cancelled or postponed event. For an online event people can sign up
    until the link to join is shown; for a hybrid one, as long as the call is open.
    """
    if call is None:
        return ()
    if call.tickets:
        return _best_of([call_states(fest, call.of_ticket(ticket)) for ticket in call.tickets])
    event = fest.events[call.event] if call.event else None
    status = fest.status_of(event)
    if status == "cancelled":
        return (Span(CallState.CANCELLED),)
    if status == "postponed":
        return (Span(CallState.POSTPONED),)
    end = end_of(fest, event)
    if event is None:
        return merged(_states_without_event(fest, call, end))
    closes = closing_of(call, event)
    spans = _states_between(call, known(call.opens), closes, ends=event.last_start)
    spans = _laid_over(spans, _while_held(call, event, end))
    spans = _laid_over(spans, _between_days(spans, fest, event))
    if status == "moved-online":
        spans = [Span(_MOVED_ONLINE.get(s.value, s.value), s.start, s.end) for s in spans]
    due = [Span(CallState.JOIN, span.start, span.end) for span in join_spans(fest, event)]
    if fest.attendance_of(event) == "hybrid":
        due = without(due, [span for span in spans if span.value in _SIGN_UP])
    return merged(_laid_over(spans, due))


_SIGN_UP = frozenset({CallState.OPEN, CallState.WAITLIST})

_BEST_FIRST = (
    CallState.OPEN,
    CallState.WAITLIST,
    CallState.JOIN,
    CallState.SOON,
    CallState.FULL,
    CallState.CLOSED,
)
"""The states of which the first that any ticket has is that of the call; others all share."""

_LAST_MINUTE = timedelta(minutes=1)


def _best_of(kinds: Sequence[Sequence[Span[CallState]]]) -> tuple[Span[CallState], ...]:
    """Return the states of several kinds of ticket as one: open as long as any of them is."""
    rank = {state: number for number, state in enumerate([*_BEST_FIRST, *CallState][::-1])}
    starts = {s.start.astimezone(UTC): s.start for spans in kinds for s in spans if s.start}
    first = max((spans[0].value for spans in kinds), key=rank.__getitem__)
    steps: list[tuple[datetime | None, CallState]] = [(None, first)]
    for moment, start in sorted(starts.items()):
        best = max((at(spans, moment) for spans in kinds), key=rank.__getitem__)
        is_next_day = steps[-1][1] is CallState.SOON and best is CallState.OPEN
        before = steps[-1][0]
        if is_next_day and before and moment - before.astimezone(UTC) <= _LAST_MINUTE:
            del steps[-1]  # one ticket ends at 23:59, and the next begins at 00:00
        steps.append((start, best))
    return merged(spans_from(steps))


_MOVED_ONLINE = dict.fromkeys(
    [CallState.CLOSED, CallState.NOW, CallState.NEXT], CallState.MOVED_ONLINE
)
"""The states of an event that moved online in which nobody can sign up."""


def closing_of(call: Call, event: Event) -> datetime | None:
    """Return when the call of an event closes: at its deadline, or when the event begins."""
    closes = known(call.closes) or event.last_start
    return min(closes, event.end) if closes and event.end else closes


def _states_without_event(fest: Fest, call: Call, end: datetime | None) -> list[Span[CallState]]:
    """Return the states of a call without an event, like one for proposals."""
    opens, start = known(call.opens), fest.start
    is_later = opens is not None and start is not None and opens >= start
    closes = known(call.closes) or (None if is_later else start)
    spans = _states_between(call, opens, closes, ends=closes)
    is_over = _never_opens(call) or (fest.awaits_days() and not is_later)
    return _laid_over(spans, [Span(CallState.CLOSED, end)] if is_over and end else [])


def _states_between(
    call: Call, opens: datetime | None, closes: datetime | None, *, ends: datetime | None
) -> list[Span[CallState]]:
    """Return the states by the dates of a call; `ends` is the latest end of its waiting list."""
    if call.availability == "closed":
        return [Span(CallState.CLOSED)]
    if _never_opens(call):
        over = known(call.closes)
        closed = [(over, CallState.CLOSED)] if over else []
        return list(spans_from([(None, CallState.SOON), *closed]))
    waiting = _waiting_list(call, opens, closes, ends)
    state = CallState(call.availability)
    if state is CallState.WAITLIST and waiting:
        state = CallState.FULL
    steps: list[tuple[datetime | None, CallState]] = [(None, CallState.SOON)] if opens else []
    steps += [(opens, state), *([(closes, CallState.CLOSED)] if closes else [])]
    return _laid_over(spans_from(steps), [waiting] if waiting else [])


def _never_opens(call: Call) -> bool:
    """Return whether it is not known yet when or where the call opens."""
    return isinstance(call.opens, Tba) or isinstance(call.url, Tba)


def _waiting_list(
    call: Call, opens: datetime | None, closes: datetime | None, ends: datetime | None
) -> Span[CallState] | None:
    """Return when there is a waiting list by its own dates; `None` if it has none.

    Beside an open call it begins only when the call has closed.
    """
    own, until = known(call.waitlist_opens), known(call.waitlist_closes)
    is_waiting = call.availability == "waitlist"
    if own is None and not (is_waiting and until):
        return None
    start = max((each for each in (own, opens) if each), default=None)
    if call.availability == "open":
        if closes is None or own is None:
            return None
        start = max(closes, own)
    end = until or (closes if closes and (start is None or start < closes) else ends)
    if start and end and end <= start:
        return None
    return Span(CallState.WAITLIST, start, end)


def _while_held(call: Call, event: Event, end: datetime | None) -> list[Span[CallState]]:
    """Return the spans in which the event is on and nobody can sign up, and in which it is over.

    The call of an event with a month and no day is closed, not past, at the end of that month.
    """
    if event.start is None or event.end is None:
        return [Span(CallState.CLOSED, end)] if end else []
    waiting = known(call.waitlist_closes) if known(call.waitlist_opens) else None
    ends = [each for each in (closing_of(call, event), waiting) if each]
    start = event.start
    if call.availability != "closed" and not _never_opens(call):
        start = max(start, *ends)
    now = [Span(CallState.NOW, start, event.end)] if start < event.end else []
    return [*now, Span(CallState.PAST, event.end)]


def _between_days(
    spans: Iterable[Span[CallState]], fest: Fest, event: Event
) -> list[Span[CallState]]:
    """Return the breaks between two days of an event, within the spans in which it is on."""
    return [
        Span(CallState.NEXT, max(now.start, pause.start), pause.end)
        for now in spans
        for pause in tenses_of(fest, event)
        if now.value is CallState.NOW and now.start and pause.value == "future" and pause.start
        if pause.end and now.start < pause.end
    ]


def _laid_over(spans: Iterable[Span[T]], over: Iterable[Span[T]]) -> list[Span[T]]:
    """Return spans without gaps, replaced by `over` where those hold."""
    found = list(spans)
    for each in over:
        before, after = [], []
        if start := each.start:
            before = [span for span in found if span.start is None or span.start < start]
        if end := each.end:
            after = [span for span in found if span.end is None or span.end > end]
        if before:
            before[-1] = Span(before[-1].value, before[-1].start, each.start)
        if after:
            after[0] = Span(after[0].value, each.end, after[0].end)
        found = [*before, each, *after]
    return found
