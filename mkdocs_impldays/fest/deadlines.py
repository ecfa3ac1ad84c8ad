"""The dates by which people can do something: when each call opens and closes, and its results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from mkdocs_impldays.fest.call_states import OPENED, call_states
from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known

Kind = Literal["opens", "closes", "result"]


class Deadline(NamedTuple):
    """A date of a call: when it opens, when it closes, or when results are announced."""

    kind: Kind
    """What happens then."""
    moment: datetime
    """The aware moment, in the zone that it was typed in."""
    call: Call
    """The call; for a kind of ticket, the call that `Call.of_ticket` returns."""
    number: int | None = None
    """The position of the ticket, counted from 1; `None` for the whole call."""

    @property
    def id(self) -> str:
        """Its permanent name, unique within the fest."""
        kind = f"{self.call.id}/ticket{self.number}" if self.number else self.call.id
        return f"{kind}/{self.kind}"

    @property
    def is_early(self) -> bool:
        """Whether the organiser has closed the call before this deadline."""
        return self.kind == "closes" and self.call.availability == "closed"


def deadlines_of(fest: Fest) -> tuple[Deadline, ...]:
    """Return the typed deadlines of a fest that are in effect, in order.

    A cancelled or postponed event has none.
    """
    found = [each for call in fest.every_call.values() for each in _deadlines(fest, call)]
    return tuple(sorted(found, key=lambda each: each.moment.astimezone(UTC)))


def _deadlines(fest: Fest, call: Call) -> Iterator[Deadline]:
    event = fest.events[call.event] if call.event else None
    if not fest.is_held(event):
        return
    if result := known(call.result):
        yield Deadline("result", result, call)
    if not call.tickets:
        yield from _dates(fest, call, None)
    for number, ticket in enumerate(call.tickets, 1):
        yield from _dates(fest, call.of_ticket(ticket), number)


def _dates(fest: Fest, call: Call, number: int | None) -> Iterator[Deadline]:
    """Yield when a call opens and closes, if that is typed and not overridden by its states."""
    opened = [span for span in call_states(fest, call) if span.value in OPENED]
    starts = {span.start for span in opened}
    ends = {span.end for span in opened}
    opens, closes = known(call.opens), known(call.closes)
    is_closed = call.availability == "closed"
    if opens and (is_closed or opens in starts):
        yield Deadline("opens", opens, call, number)
    if closes and (is_closed or closes in ends):
        yield Deadline("closes", closes, call, number)
