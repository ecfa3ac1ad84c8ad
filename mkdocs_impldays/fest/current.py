"""Which of several fests is current, and which are upcoming or past."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.time import Phase, Span, Standing, at, end_of, merged, phases_of


class Group(StrEnum):
    """The section of the list of fests that a fest is in."""

    UPCOMING = "upcoming"
    """It is still to come."""
    CURRENT = "current"
    """It is on, from 00:00 on its first day."""
    PAST = "past"
    """It is over."""


def groups_of(fest: Fest) -> tuple[Span[Group], ...]:
    """Return the group that a fest is in, over all of time."""
    return merged(Span(_group(each.value), each.start, each.end) for each in phases_of(fest))


def _group(standing: Standing) -> Group:
    match standing.phase:
        case Phase.ANNOUNCED | Phase.BEFORE:
            return Group.UPCOMING
        case Phase.TODAY | Phase.BETWEEN:
            return Group.CURRENT
        case Phase.AFTER:
            return Group.PAST


def current(fests: Iterable[Fest], moment: datetime) -> Fest | None:
    """Return the fest that is on at an aware moment, else the next one, else the last one.

    Of several that are on, it is the one that ends first. A fest without a day comes after all
    upcoming ones that have one. `None` if there are no fests.
    """
    return min(fests, key=lambda fest: _distance(fest, moment.astimezone(UTC)), default=None)


AHEAD = timedelta(days=400)
"""How far ahead a change of the current fest is reported: a year and a month."""


def begins(fest: Fest) -> datetime | None:
    """Return when a fest begins, or its month if only that is known; `None` if neither is."""
    if fest.start or not fest.month:
        return fest.start
    return datetime.combine(fest.month.first, time(), fest.timezone)


def handovers(fests: Iterable[Fest], moment: datetime) -> list[tuple[datetime, Fest]]:
    """Return when another fest becomes current, within `AHEAD` after an aware moment, in order.

    Each moment comes with that fest, and is in its time zone.
    """
    every = list(fests)
    starts = {span.start for fest in every for span in groups_of(fest) if span.start}
    before, found = current(every, moment), []
    for start in sorted(starts):
        if moment < start <= moment + AHEAD and (fest := current(every, start)) is not before:
            before = fest
            if fest:
                found.append((start.astimezone(fest.timezone), fest))
    return found


def _distance(fest: Fest, moment: datetime) -> tuple[int, timedelta, str]:
    """Return the sort key of a fest by its distance from a moment in UTC: current first."""
    group = at(groups_of(fest), moment)
    away = timedelta.max
    end = end_of(fest)
    if group is Group.CURRENT and end:
        away = end - moment
    elif group is Group.UPCOMING and (start := begins(fest)) and start > moment:  # or postponed
        away = start - moment
    elif group is Group.PAST and end:
        away = moment - end
    return (Group.CURRENT, Group.UPCOMING, Group.PAST).index(group), away, fest.id
