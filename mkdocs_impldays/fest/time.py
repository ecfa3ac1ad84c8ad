"""What is true at a moment: spans of time, each with the state that holds in it.

All that changes with time is a sequence of spans without gaps or overlaps, from the beginning of
time to its end. A build writes the spans into the page; the script in the visitor's browser only
looks up which one holds, so that Python and the browser cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from mkdocs_impldays.fest.agenda import Step
from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.clock import on_clock
from mkdocs_impldays.fest.event import Day, Event
from mkdocs_impldays.fest.fest import Fest, Limited, Live
from mkdocs_impldays.fest.model import Tba, known
from mkdocs_impldays.fest.venue import Venue


@dataclass(frozen=True)
class Slot:
    """One event on one of its days."""

    event: Event
    day: Day
    venue: Venue | None
    """Its place on this day; `None` while it is not known."""
    overflow: tuple[Venue, ...]
    """Its further places, and those that take in who does not fit in."""
    agenda: tuple[Step, ...]
    """The plan of this day."""


@dataclass(frozen=True)
class FestDay:
    """A date on which something takes place."""

    date: date
    slots: tuple[Slot, ...]
    """What takes place, by the hour it begins, and last what has none yet; else as in the file."""
    is_main: bool
    """Whether it is a day of the fest's main event."""


def main_event(fest: Fest) -> Event:
    """Return the event that people say they come to; without an RSVP, the last one in the file."""
    return fest.events[fest.rsvp.event] if fest.rsvp else list(fest.events.values())[-1]


def days_of(fest: Fest) -> tuple[FestDay, ...]:
    """Return each date of the fest once, in order; none while no day is known."""
    slots: dict[date, list[Slot]] = {}
    for event in fest.events.values():
        for day in event.known_days:
            slots.setdefault(day.date, []).append(_slot(fest, event, day))
    main = main_event(fest)
    return tuple(
        FestDay(
            day,
            tuple(sorted(slots[day], key=_hour)),
            any(slot.event is main for slot in slots[day]),
        )
        for day in sorted(slots)
    )


def _hour(slot: Slot) -> tuple[bool, datetime]:
    return slot.day.opening is None, slot.day.start


def _slot(fest: Fest, event: Event, day: Day) -> Slot:
    others = fest.other_venues_of(event, day)
    return Slot(event, day, fest.venue_of(event, day), others, event.steps_of(day))


T = TypeVar("T")

BEFORE_JOINING = timedelta(minutes=30)
"""How long before the event the link to take part online is shown, if nothing else is said."""


class Phase(StrEnum):
    """Where a fest or an event stands."""

    ANNOUNCED = "announced"
    """No day is known yet."""
    BEFORE = "before"
    """The first day is still to come."""
    TODAY = "today"
    """One of its days, from midnight on, or from the end of the night before."""
    BETWEEN = "between"
    """A day without it, between two of its days."""
    AFTER = "after"
    """Its last day is over."""


class CallState(StrEnum):
    """What can be done about a call: about coming, in the case of the RSVP."""

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
    """Moved online, and the link to take part is due."""


@dataclass(frozen=True)
class Span(Generic[T]):
    """A stretch of time in which one thing is true."""

    value: T
    start: datetime | None = None
    """The first moment of it, aware; `None` for the beginning of time."""
    end: datetime | None = None
    """The first moment after it, aware; `None` for the end of time."""

    def holds(self, moment: datetime) -> bool:
        """Return whether an aware moment lies in it."""
        moment = moment.astimezone(UTC)  # two times of one zone compare by clock, blind to the fold
        after_start = self.start is None or self.start <= moment
        return after_start and (self.end is None or moment < self.end)

    @property
    def is_always(self) -> bool:
        """Whether it is all of time."""
        return self.start is None and self.end is None


@dataclass(frozen=True)
class Standing:
    """A phase, with the day's number in it."""

    phase: Phase
    day: int | None = None
    """Which day it is, counted from 1, or which one is next while between two."""
    of: int | None = None
    """How many days there are."""
    date: date | None = None
    """The day itself."""


def at(spans: Sequence[Span[T]], moment: datetime) -> T:
    """Return what holds at an aware moment."""
    return next(span.value for span in spans if span.holds(moment))


def merged(spans: Iterable[Span[T]]) -> tuple[Span[T], ...]:
    """Join neighbours of the same value, of spans without gaps: nothing changes between them."""
    runs = [list(run) for _, run in groupby(spans, key=lambda span: span.value)]
    return tuple(Span(run[0].value, run[0].start, run[-1].end) for run in runs)


def phases_of(fest: Fest, event: Event | None = None) -> tuple[Span[Standing], ...]:
    """Return the phases of one event, or of the fest with the days of all its events.

    What is postponed has no known day. What is cancelled is to come until its last day is over, and
    never on: it has no day that is today, and without any day it is past at all times. Days of
    cancelled or postponed events are not the fest's.
    """
    is_cancelled = fest.status_of(event) == "cancelled"
    planned = event.days_held if event else fest.days_held or fest.known_days
    days = _dated(planned, fest.timezone)
    if not days and is_cancelled:
        return (Span(Standing(Phase.AFTER)),)
    if fest.awaits_days(event):
        return (Span(Standing(Phase.ANNOUNCED)),)
    count = len(days)
    if is_cancelled:
        before, after = Standing(Phase.BEFORE, of=count), Standing(Phase.AFTER, of=count)
        return (Span(before, None, days[-1][2]), Span(after, days[-1][2]))
    steps: list[tuple[datetime | None, Standing]] = [(None, Standing(Phase.BEFORE, of=count))]
    for number, (day, start, end) in enumerate(days, 1):
        steps.append((start, Standing(Phase.TODAY, number, count, day)))
        following = Standing(Phase.BETWEEN, number + 1, count)
        steps.append((end, following if number < count else Standing(Phase.AFTER, of=count)))
    return _spans(steps)


def phases_held(fest: Fest, event: Event | None = None) -> tuple[Span[Standing], ...]:
    """Return the phases like `phases_of`; none of what is cancelled, which has no time at all."""
    return () if fest.status_of(event) == "cancelled" else phases_of(fest, event)


def _dated(days: Iterable[Day], zone: ZoneInfo) -> list[tuple[date, datetime, datetime]]:
    """Return each date once, from midnight on; a night past midnight takes from the next day."""
    ends: dict[date, datetime] = {}
    for day in days:
        midnight = on_clock(day.date + timedelta(days=1), time(), zone, lenient=True)
        ends[day.date] = max(ends.get(day.date, midnight), midnight, day.end)
    dated: list[tuple[date, datetime, datetime]] = []
    for on in sorted(ends):
        start = on_clock(on, time(), zone, lenient=True)
        dated.append((on, max(start, dated[-1][2]) if dated else start, ends[on]))
    return dated


def _spans(steps: Iterable[tuple[datetime | None, T]]) -> tuple[Span[T], ...]:
    """Join steps, each with its first moment, into spans.

    A later step beats an earlier one, whose span ends with it or falls away.
    """
    spans: list[Span[T]] = []
    end: datetime | None = None
    for start, value in reversed(list(steps)):
        if start is None or end is None or start < end:
            spans.append(Span(value, start, end))
            end = start
        if start is None:
            break
    return tuple(reversed(spans))


def tenses_of(fest: Fest, event: Event | None = None) -> tuple[Span[str], ...]:
    """Return `future`, `present` and `past` of an event, or of the fest.

    The present lasts from the doors of a day until it is over; between two days the next one is
    still to come. What is postponed is to come at all times. What is cancelled is so until its last
    day is over, and past at all times if it never had a day.
    """
    end = (event or fest).end
    if fest.awaits_days(event):
        return (Span("future"),)
    if end is None:
        return (Span("past"),)
    steps: list[tuple[datetime | None, str]] = [(None, "future")]
    if fest.status_of(event) != "cancelled":
        days = event.days_held if event else fest.days_held
        for start, over in _united([(day.start, day.end) for day in days], fest.timezone):
            steps += [(start, "present"), (over, "future")]
    return _spans([*steps, (end, "past")])


def has_no_days(fest: Fest, event: Event) -> bool:
    """Return whether an event was cancelled before it had a day."""
    return fest.status_of(event) == "cancelled" and not event.known_days


def _united(
    times: Iterable[tuple[datetime, datetime]], zone: ZoneInfo
) -> list[tuple[datetime, datetime]]:
    """Return times in order, those that overlap or touch as one."""
    ordered = sorted((start.astimezone(UTC), end.astimezone(UTC)) for start, end in times)
    united: list[tuple[datetime, datetime]] = []
    for start, end in ordered:
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(united[-1][1], end)
        else:
            united.append((start, end))
    return [(start.astimezone(zone), end.astimezone(zone)) for start, end in united]


def is_over(fest: Fest, moment: datetime) -> bool:
    """Return whether the last day of a fest is over, as `tenses_of` has it."""
    return at(tenses_of(fest), moment) == "past"


def call_states(fest: Fest, call: Call | None) -> tuple[Span[CallState], ...]:
    """Return the states of a call of the fest; none for no call, as of a fest without an RSVP.

    What is cancelled or postponed cannot be signed up for. What moved online can, as it was planned
    or until the link to take part is due.
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
    if event is None:
        return merged(_states_without_event(fest, call))
    spans = _laid_over(_sign_up_states(call, event), _while_held(call, event))
    spans = _laid_over(spans, _between_days(spans, fest, event))
    if fest.is_online(event):
        spans = [Span(_MOVED_ONLINE.get(s.value, s.value), s.start, s.end) for s in spans]
        if join := joining(fest, event):
            spans = _laid_over(spans, [Span(CallState.JOIN, join.start, event.end)])
    return merged(spans)


_BEST_FIRST = (
    CallState.OPEN,
    CallState.WAITLIST,
    CallState.JOIN,
    CallState.SOON,
    CallState.FULL,
    CallState.CLOSED,
)
"""Which state of several kinds of ticket is that of all; what is not here, all have at a time."""


_LAST_MINUTE = timedelta(minutes=1)


def _best_of(kinds: Sequence[Sequence[Span[CallState]]]) -> tuple[Span[CallState], ...]:
    """Return the states of several kinds of ticket together: open as long as one is."""
    rank = {state: number for number, state in enumerate([*_BEST_FIRST, *CallState][::-1])}
    starts = {s.start.astimezone(UTC): s.start for spans in kinds for s in spans if s.start}
    first = max((spans[0].value for spans in kinds), key=rank.__getitem__)
    steps: list[tuple[datetime | None, CallState]] = [(None, first)]
    for moment, start in sorted(starts.items()):
        best = max((at(spans, moment) for spans in kinds), key=rank.__getitem__)
        is_next_day = steps[-1][1] is CallState.SOON and best is CallState.OPEN
        before = steps[-1][0]
        if is_next_day and before and moment - before.astimezone(UTC) <= _LAST_MINUTE:
            del steps[-1]  # one kind ends with the day, and the next begins with the next one
        steps.append((start, best))
    return merged(_spans(steps))


_MOVED_ONLINE = dict.fromkeys(
    [CallState.CLOSED, CallState.NOW, CallState.NEXT], CallState.MOVED_ONLINE
)
"""What is said of an event that moved online where there is nothing to sign up for."""


def closing_of(call: Call, event: Event) -> datetime | None:
    """Return when the call of an event closes: at its deadline, or when the event begins."""
    closes = known(call.closes) or event.start
    return min(closes, event.end) if closes and event.end else closes


def _states_without_event(fest: Fest, call: Call) -> list[Span[CallState]]:
    """Return the states of what nobody comes for, like proposals: it ends for good."""
    opens, start = known(call.opens), fest.start
    is_later = opens is not None and start is not None and opens >= start
    closes = known(call.closes) or (None if is_later else start)
    spans = _states_between(call, opens, closes, ends=closes)
    return _laid_over(spans, [Span(CallState.CLOSED, fest.end)] if _never_opens(call) else [])


def _sign_up_states(call: Call, event: Event) -> list[Span[CallState]]:
    return _states_between(call, known(call.opens), closing_of(call, event), ends=event.start)


def _states_between(
    call: Call, opens: datetime | None, closes: datetime | None, *, ends: datetime | None
) -> list[Span[CallState]]:
    """Return the states by the dates of a call; `ends` is when its waiting list ends at last."""
    if call.availability == "closed":
        return [Span(CallState.CLOSED)]
    if _never_opens(call):
        return [Span(CallState.SOON)]
    waiting = _waiting_list(call, opens, closes, ends)
    state = CallState(call.availability)
    if state is CallState.WAITLIST and waiting:
        state = CallState.FULL
    steps: list[tuple[datetime | None, CallState]] = [(None, CallState.SOON)] if opens else []
    steps += [(opens, state), *([(closes, CallState.CLOSED)] if closes else [])]
    return _laid_over(_spans(steps), [waiting] if waiting else [])


def _never_opens(call: Call) -> bool:
    """Return whether it is not known yet when or where the call opens."""
    return isinstance(call.opens, Tba) or isinstance(call.url, Tba)


def _waiting_list(
    call: Call, opens: datetime | None, closes: datetime | None, ends: datetime | None
) -> Span[CallState] | None:
    """Return when there is a waiting list by its own dates; `None` where it has none.

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


def _while_held(call: Call, event: Event) -> list[Span[CallState]]:
    """Return that the event is on, as soon as nobody can sign up any more, and that it is over."""
    if event.start is None or event.end is None:
        return []
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
    """Return when the next day of an event is still to come, while it would be on by `spans`."""
    return [
        Span(CallState.NEXT, max(now.start, pause.start), pause.end)
        for now in spans
        for pause in tenses_of(fest, event)
        if now.value is CallState.NOW and now.start and pause.value == "future" and pause.start
        if pause.end and now.start < pause.end
    ]


def _laid_over(spans: Iterable[Span[T]], over: Iterable[Span[T]]) -> list[Span[T]]:
    """Return spans without gaps, with others that hold instead of them while they last."""
    found = list(spans)
    for each in over:
        before = [span for span in found if each.start and not _begins_at(span, each.start)]
        after = [span for span in found if each.end and not _is_over_at(span, each.end)]
        if before:
            before[-1] = Span(before[-1].value, before[-1].start, each.start)
        if after:
            after[0] = Span(after[0].value, each.end, after[0].end)
        found = [*before, each, *after]
    return found


def _begins_at(span: Span[T], moment: datetime) -> bool:
    return span.start is not None and span.start >= moment


def _is_over_at(span: Span[T], moment: datetime) -> bool:
    return span.end is not None and span.end <= moment


def joining(fest: Fest, event: Event) -> Span[bool] | None:
    """Return when the link to take part online is shown; `None` where there is none, or no time."""
    join = fest.join_of(event)
    if join is None or known(join.url) is None or not fest.is_online(event):
        return None
    due = join.starts or (event.start - BEFORE_JOINING if event.start else None)
    is_late = due is None or (event.end is not None and due >= event.end)
    return None if is_late else Span(True, due, event.end)


def shown(limited: Limited, fest: Fest) -> Span[bool] | None:
    """Return when a fact with an end is shown; `None` if it never is.

    Of a fest that is not held nothing is to be watched, and only those who can be reached at all
    times are shown: until its planned end if it is cancelled, and for good if it is postponed.
    """
    if not fest.is_held() and (isinstance(limited, Live) or limited.starts):
        return None
    end = limited.until or (None if fest.awaits_days() else fest.end)
    return (
        None
        if limited.starts and end and end <= limited.starts
        else Span(True, limited.starts, end)
    )


def instants_of(fest: Fest) -> list[datetime]:
    """Return every moment at which anything about the fest changes, in order, on its own clocks."""
    spans: list[Span[Standing] | Span[CallState] | Span[str]] = [*phases_of(fest)]
    for call in fest.every_call.values():
        spans += call_states(fest, call)
        for ticket in call.tickets:
            spans += call_states(fest, call.of_ticket(ticket))
    for event in fest.events.values():
        spans += [*phases_of(fest, event), *tenses_of(fest, event)]
    limits = (*fest.contacts, *fest.live)
    limited = [span for each in limits if (span := shown(each, fest))]
    limited += [span for event in fest.events.values() if (span := joining(fest, event))]
    ends = {moment for span in limited for moment in (span.start, span.end)}
    ends |= {known(call.result) for call in fest.every_call.values()}
    found = {moment for moment in ends | {span.start for span in spans} if moment}
    return sorted({moment.astimezone(fest.timezone) for moment in found})


def next_change(fest: Fest, moment: datetime) -> datetime | None:
    """Return the first change after an aware moment; `None` when all is past."""
    return next((instant for instant in instants_of(fest) if instant > moment), None)
