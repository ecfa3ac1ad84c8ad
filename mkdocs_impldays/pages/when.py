"""The spans of time that a page's tags name, like `today impl_days` and `day 2`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import TypeVar

from pydantic_core import PydanticCustomError

from mkdocs_impldays.fest.clock import read_deadline, read_moment
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.phases import (
    Phase,
    RsvpState,
    Span,
    Standing,
    merged,
    phases_of,
    rsvp_states,
)
from mkdocs_impldays.pages.facts import PageError
from mkdocs_impldays.problems import guess, quoted

T = TypeVar("T")
Spans = tuple[Span[bool], ...]
"""When something is shown: in order, and with time between them."""

_PHASES = {
    "before": {Phase.ANNOUNCED, Phase.BEFORE},
    "today": {Phase.TODAY},
    "between": {Phase.BETWEEN},
    "during": {Phase.TODAY, Phase.BETWEEN},
    "after": {Phase.AFTER},
}

TAGS = (*_PHASES, "day", "rsvp", "show")
"""The tags, each closed by its name with `end` before it."""


def when(tag: str, words: Sequence[str], fest: Fest) -> Spans:
    """Give the spans in which a tag's content is shown; none if it never is.

    Raises `PageError` with a message for the page's author.
    """
    if tag == "show":
        return _between_moments(words, fest)
    if tag == "rsvp":
        return _in_rsvp_states(words, fest)
    if tag == "day":
        return _on_day(words, fest)
    event, wanted = _event(words, fest), _PHASES[tag]
    return _spans(_phases(fest, event), lambda standing: standing.phase in wanted)


def _phases(fest: Fest, event: Event | None) -> tuple[Span[Standing], ...]:
    """Return the phases; none of what is cancelled, since no tag of a page is about it."""
    return () if fest.status_of(event) == "cancelled" else phases_of(fest, event)


def otherwise(spans: Spans) -> Spans:
    """Give all the time that the spans leave."""
    bounds = [None, *chain.from_iterable((span.start, span.end) for span in spans), None]
    gaps = zip(bounds[::2], bounds[1::2], strict=True)
    first, *inner = gaps
    rest = [gap for gap in inner if gap[0] is not None]
    return tuple(Span(True, *gap) for gap in ([first] if first[1] or not spans else []) + rest)


def _spans(spans: Iterable[Span[T]], is_wanted: Callable[[T], bool]) -> Spans:
    """Give the spans whose value is wanted, those that touch as one."""
    asked = merged(Span(is_wanted(span.value), span.start, span.end) for span in spans)
    return tuple(span for span in asked if span.value)


def _event(words: Sequence[str], fest: Fest) -> Event | None:
    """Read the event that a tag may name; none means the whole fest."""
    if not words:
        return None
    name = words[0].removeprefix("events.")
    if len(words) > 1:
        raise PageError(f"has {quoted(' '.join(words[1:]))} behind the event. Take it away.")
    for event in fest.events.values():
        if name in (event.id, event.id.replace("-", "_")):
            return event
    raise PageError(f"names {quoted(name)}, which is no event.{guess(name, fest.events)}")


def _on_day(words: Sequence[str], fest: Fest) -> Spans:
    if not words or not words[0].isdecimal():
        number = "needs the number of a day. Write {% day 1 %}, or {% day 1 impl_days %}."
        raise PageError(number)
    wanted = int(words[0])
    event = _event([word for word in words[1:] if word != "of"], fest)
    phases = phases_of(fest, event)
    count = phases[0].value.of
    if not 1 <= wanted <= (count or wanted):
        whose = event.id if event else "the fest"
        raise PageError(f"asks for day {wanted}, but {whose} has {count} days. Correct the number.")

    def is_wanted(standing: Standing) -> bool:
        return standing.phase is Phase.TODAY and standing.day == wanted

    return _spans(_phases(fest, event), is_wanted)


def _in_rsvp_states(words: Sequence[str], fest: Fest) -> Spans:
    if not fest.rsvp:
        missing = 'asks for the RSVP, but the fest file has no "rsvp:". Add it.'
        raise PageError(missing)
    if not words:
        raise PageError(f"needs a state. Write one or more of: {', '.join(RsvpState)}.")
    for word in words:
        if word not in set(RsvpState):
            advice = guess(word, RsvpState) or f" Write one of: {', '.join(RsvpState)}."
            raise PageError(f"names {quoted(word)}, which is no state of the RSVP.{advice}")
    return _spans(rsvp_states(fest), lambda state: state in words)


def _between_moments(words: Sequence[str], fest: Fest) -> Spans:
    pairs = dict(zip(words[::2], words[1::2], strict=False))
    if not pairs or len(words) % 2 or not pairs.keys() <= {"from", "until"}:
        form = 'is not complete. Write {% show from "2018-05-28 09:00" until "2018-05-29" %}.'
        raise PageError(form)
    try:
        start = read_moment(pairs["from"], fest.timezone) if "from" in pairs else None
        end = read_deadline(pairs["until"], fest.timezone) if "until" in pairs else None
    except PydanticCustomError as error:
        raise PageError(f"has a moment that cannot be: {error.message()}") from None
    _check_order(start, end)
    return (Span(True, start, end),)


def _check_order(start: datetime | None, end: datetime | None) -> None:
    if start and end and end <= start:
        order = "ends before it begins. Correct one of the moments."
        raise PageError(order)
