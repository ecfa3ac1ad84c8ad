"""What is true when: spans of time, each with the state that holds in it.

All that changes with time is a sequence of spans without gaps or overlaps, from the beginning of
time to its end. A build writes them into the page, and the script in the visitor's browser only
looks up the current one, so that Python and the browser cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import groupby, zip_longest
from typing import Any, Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from mkdocs_impldays.fest.clock import on_clock
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import TBA, known
from mkdocs_impldays.fest.people import Limited, Live

T = TypeVar("T")

BEFORE_JOINING = timedelta(minutes=30)
"""How long before a day begins the link to join is shown, if the file has no `from`."""


class Phase(StrEnum):
    """Where in time a fest or an event is."""

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


class Span(NamedTuple, Generic[T]):
    """A period of time in which one value holds."""

    value: T
    start: datetime | None = None
    """Its first moment, aware; `None` for the beginning of time."""
    end: datetime | None = None
    """The first moment after it, aware; `None` for the end of time."""

    def holds(self, moment: datetime) -> bool:
        """Return whether an aware moment lies in it."""
        moment = moment.astimezone(UTC)  # within a zone, `fold` is not compared
        after_start = self.start is None or self.start <= moment
        return after_start and (self.end is None or moment < self.end)

    @property
    def is_always(self) -> bool:
        """Whether it has neither start nor end."""
        return self.start is None and self.end is None


class Standing(NamedTuple):
    """A phase, with the day's number in it."""

    phase: Phase
    day: int | None = None
    """Which day it is, counted from 1, or which one is next while between two."""
    of: int | None = None
    """How many days there are."""
    date: date | None = None
    """The day itself."""


def at(spans: Sequence[Span[T]], moment: datetime) -> T:
    """Return the value that holds at an aware moment."""
    return next(span.value for span in spans if span.holds(moment))


def merged(spans: Iterable[Span[T]]) -> tuple[Span[T], ...]:
    """Join adjacent spans of the same value; the spans have no gaps."""
    runs = [list(run) for _, run in groupby(spans, key=lambda span: span.value)]
    return tuple(Span(run[0].value, run[0].start, run[-1].end) for run in runs)


def phases_of(fest: Fest, event: Event | None = None) -> tuple[Span[Standing], ...]:
    """Return the phases of one event, or of the fest with the days of all its events.

    A postponed event is announced at all times, one with only a month until that is over. A
    cancelled event is never on: it is before until its last day is over, or after at all times if
    it has no day. The fest's days are those of the events that are held; days are numbered with
    those that are not.
    """
    is_cancelled = fest.status_of(event) == "cancelled"
    planned = event.days_held if event else fest.days_held or fest.known_days
    days = _dated(planned, fest.timezone)
    if not days and is_cancelled:
        return (Span(Standing(Phase.AFTER)),)
    if fest.awaits_days(event):
        over = end_of(fest, event)
        left = (Span(Standing(Phase.AFTER), over),) if over else ()
        return (Span(Standing(Phase.ANNOUNCED), None, over), *left)
    listed = sorted({day.date for day in (event or fest).known_days})
    count = len(listed)
    if is_cancelled:
        before, after = Standing(Phase.BEFORE, of=count), Standing(Phase.AFTER, of=count)
        return (Span(before, None, days[-1][2]), Span(after, days[-1][2]))
    steps: list[tuple[datetime | None, Standing]] = [(None, Standing(Phase.BEFORE, of=count))]
    for (day, start, end), following in zip_longest(days, days[1:]):
        steps.append((start, Standing(Phase.TODAY, listed.index(day) + 1, count, day)))
        after = Standing(Phase.AFTER, of=count)
        if following:
            after = Standing(Phase.BETWEEN, listed.index(following[0]) + 1, count)
        steps.append((end, after))
    return spans_from(steps)


def phases_held(fest: Fest, event: Event | None = None) -> tuple[Span[Standing], ...]:
    """Return the phases like `phases_of`; none if the event, or the fest, is cancelled."""
    return () if fest.status_of(event) == "cancelled" else phases_of(fest, event)


def _dated(days: Iterable[Day], zone: ZoneInfo) -> list[tuple[date, datetime, datetime]]:
    """Return each date once with its start, at 00:00, and its end.

    A night past midnight shortens the next day, unless it lasts beyond the whole of it. What goes
    on over more than a night ends as every day does, at the midnight after its last date.
    """
    ends: dict[date, datetime] = {}
    for day in days:
        midnight = on_clock(day.dates[-1] + timedelta(days=1), time(), zone, lenient=True)
        ends[day.date] = max(ends.get(day.date, midnight), midnight, day.end)
    dated: list[tuple[date, datetime, datetime]] = []
    for on in sorted(ends):
        start, end = on_clock(on, time(), zone, lenient=True), ends[on]
        before = dated[-1][2] if dated else start
        if before < end:
            dated.append((on, max(start, before), end))
        else:
            dated.append((on, start, before))
    return dated


def spans_from(steps: Iterable[tuple[datetime | None, T]]) -> tuple[Span[T], ...]:
    """Join steps, each with its first moment, into spans.

    A later step takes precedence: the span of an earlier one ends with it, or is dropped.
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
    """Return the spans of `future`, `present` and `past` of an event, or of the fest.

    The present is each day from its opening until it is over; between two days it is the future. A
    postponed event is always in the future, one with only a month until that is over. A cancelled
    event is in the future until its last day is over, or always in the past without a day.
    """
    end = end_of(fest, event)
    if end is None and fest.awaits_days(event):
        return (Span("future"),)
    if end is None:
        return (Span("past"),)
    steps: list[tuple[datetime | None, str]] = [(None, "future")]
    if fest.status_of(event) != "cancelled":
        days = event.days_held if event else fest.days_held
        for span in united([Span(True, day.start, day.end) for day in days], zone=fest.timezone):
            steps += [(span.start, "present"), (span.end, "future")]
    return spans_from([*steps, (end, "past")])


def end_of(fest: Fest, event: Event | None = None) -> datetime | None:
    """Return the moment an event, or the fest, is over: by its last day, else by its month.

    `None` while neither is known, and for a postponed event without a new month.
    """
    if not fest.awaits_days(event):
        return (event or fest).end
    awaited = [event] if event else [each for each in fest.events.values() if fest.is_held(each)]
    months = [each.month for each in awaited if each.month]
    if len(months) < len(awaited) or not months or not fest.is_held(event):
        return None
    return on_clock(max(months).following.first, time(), fest.timezone, lenient=True)


def was_never_dated(fest: Fest, event: Event) -> bool:
    """Return whether an event was cancelled before it had a day."""
    return fest.status_of(event) == "cancelled" and not event.known_days


_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


def united(spans: Iterable[Span[Any]], *, zone: tzinfo = UTC) -> list[Span[bool]]:
    """Return the union of spans, in order and in a zone: those that overlap or touch are one.

    Empty spans are omitted. The spans may be in any order.
    """
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(map(_bounds, spans)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return [
        Span(
            True,
            None if start == _FIRST else start.astimezone(zone),
            None if end == _LAST else end.astimezone(zone),
        )
        for start, end in found
    ]


def _bounds(span: Span[Any]) -> tuple[datetime, datetime]:
    start = span.start.astimezone(UTC) if span.start else _FIRST
    return start, span.end.astimezone(UTC) if span.end else _LAST


def is_over(fest: Fest, moment: datetime) -> bool:
    """Return whether a fest is past at an aware moment, by `tenses_of`."""
    return at(tenses_of(fest), moment) == "past"


def join_spans(fest: Fest, event: Event) -> list[Span[bool]]:
    """Return when the link to join is shown: from `BEFORE_JOINING`, or `from`, to each day's end.

    For an event without a known day, it is from the typed moment on.
    """
    join = fest.join_of(event) if fest.is_held(event) else None
    if join is None or known(join.url) is None or fest.attendance_of(event) == "on-site":
        return []
    zone, days = fest.timezone, event.days_held
    if not days:
        if not isinstance(join.starts, datetime):
            return []
        return [Span(True, join.starts, end_of(fest, event))]
    dues = [day.start - BEFORE_JOINING for day in days]
    if isinstance(join.starts, time):
        dues = [on_clock(day.start.date(), join.starts, zone, lenient=True) for day in days]
    elif join.starts:
        left = [day for day in days if join.starts < day.end]
        dues, days = [join.starts, *dues[len(days) - len(left) + 1 :]], tuple(left)
    times = zip(dues, days, strict=False)
    return united([Span(True, due, day.end) for due, day in times if due < day.end], zone=zone)


def recording_spans(fest: Fest, event: Event) -> list[Span[bool]]:
    """Return when the recording is shown: after the event, or between the days of a series."""
    join = fest.join_of(event) if fest.is_held(event) else None
    if join is None or known(join.recording) is None or fest.attendance_of(event) == "on-site":
        return []
    end, days = end_of(fest, event), event.days_held
    if end is None:
        return []
    start = days[0].end if days and event.is_series else end
    return without([Span(True, start)], join_spans(fest, event))


def without(spans: Iterable[Span[T]], others: Iterable[Span[Any]]) -> list[Span[T]]:
    """Return spans without the times in which any of the others holds."""
    left = list(spans)
    for other in others:
        left = [part for span in left for part in _beside(span, other)]
    return left


def within(span: Span[T], other: Span[Any]) -> list[Span[T]]:
    """Return the part of a span in which another one holds; none if it never does."""
    return without([span], without([span], [other]))


def _beside(span: Span[T], other: Span[Any]) -> Iterator[Span[T]]:
    """Yield the part of a span before another one, and the part after it."""
    if other.start and (span.start is None or span.start < other.start):
        yield Span(span.value, span.start, min(other.start, span.end or other.start))
    if other.end and (span.end is None or other.end < span.end):
        yield Span(span.value, max(other.end, span.start or other.end), span.end)


def limited_span(limited: Limited, fest: Fest) -> Span[bool] | None:
    """Return when a contact or stream is shown; `None` if it never is, or if that is not known.

    For a fest that is not held, only contacts without `from` are: until its planned end if it is
    cancelled, always if it is postponed.
    """
    if not fest.is_held() and (isinstance(limited, Live) or limited.starts):
        return None
    end = limited.until or end_of(fest)
    starts = known(limited.starts)
    is_never = limited.starts is TBA or (starts and end and end <= starts)
    return None if is_never else Span(True, starts, end)
