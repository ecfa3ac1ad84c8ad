"""The list of all fests, upcoming, current and past, which follows time without a rebuild."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.folder import Group, groups_of
from mkdocs_impldays.fest.phases import Span
from mkdocs_impldays.pages.alternatives import attributes, from_now_on

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Listing:
    """The fests that are in a group now or will be."""

    group: Group
    shown: Markup
    """The attributes that tell when the group has a fest in it."""
    fests: tuple[tuple[Fest, Markup], ...]
    """Each fest with the attributes that tell when it is in the group."""


def listings(
    fests: Iterable[Fest], moment: datetime, *, whole: bool = False
) -> tuple[Listing, ...]:
    """Give the groups in order, as they are at an aware moment and will be.

    All of them are one line of time, from what is to come last to what was first. A `whole` list
    carries the groups of the past too, for a preview of any moment.
    """
    latest = sorted(fests, key=lambda fest: (fest.start or _LAST, fest.id), reverse=True)
    groups = (Group.UPCOMING, Group.CURRENT, Group.PAST)
    found = [_listing(group, latest, moment, whole=whole) for group in groups]
    return tuple(listing for listing in found if listing.fests)


def _listing(group: Group, fests: Iterable[Fest], moment: datetime, *, whole: bool) -> Listing:
    times: list[tuple[Fest, list[Span[Group]]]] = []
    for fest in fests:
        spans = groups_of(fest) if whole else from_now_on(groups_of(fest), moment)
        if mine := [span for span in spans if span.value is group]:
            times.append((fest, mine))
    every = _united([span for _, mine in times for span in mine])
    listed = tuple((fest, attributes(mine, moment)) for fest, mine in times)
    return Listing(group, attributes(every, moment), listed)


def _united(spans: Sequence[Span[Group]]) -> list[Span[Group]]:
    """Join spans that overlap or touch."""
    first = datetime.min.replace(tzinfo=UTC)
    united: list[Span[Group]] = []
    for span in sorted(spans, key=lambda span: span.start or first):
        last = united[-1] if united else None
        if last is None or (last.end and span.start and last.end < span.start):
            united.append(span)
        elif last.end and (span.end is None or last.end < span.end):
            united[-1] = Span(span.value, last.start, span.end)
    return united
