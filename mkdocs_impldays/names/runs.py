"""The events of a fest below its drawn days: each name once, under the days it goes on for."""

from __future__ import annotations

from collections.abc import Sequence

from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.timeline import FestDay, days_of, main_event
from mkdocs_impldays.pages.facts import Facts


def run_facts(fest: Fest) -> list[Facts]:
    """Give the runs of days without a break of each event, in order.

    `first` is the place of its first day among the drawn ones, from 0 on, `days` how many there
    are, and `row` the first row in which no other run stands over the same days.
    """
    days, main = days_of(fest), main_event(fest)
    taken: list[set[int]] = []
    runs = []
    for first, day in enumerate(days):
        for event in _begun(days, first):
            count = _length(days[first:], event)
            row = _row(taken, set(range(first, first + count)))
            facts = {
                "first": first,
                "days": count,
                "row": row,
                "is_main": event is main,
            }
            runs.append(Facts("run", facts, text=event.title, value=day))
    return runs


def _begun(days: Sequence[FestDay], index: int) -> list[Event]:
    """Give the events of a day that were not on the day before it."""
    before = [slot.event for slot in days[index - 1].slots] if index else []
    return [slot.event for slot in days[index].slots if slot.event not in before]


def _length(days: Sequence[FestDay], event: Event) -> int:
    """Count the days from the first on that have an event."""
    breaks = (n for n, day in enumerate(days) if all(slot.event is not event for slot in day.slots))
    return next(breaks, len(days))


def _row(taken: list[set[int]], places: set[int]) -> int:
    """Take the places in the first row that has them free, and give its number."""
    for number, row in enumerate(taken):
        if row.isdisjoint(places):
            row.update(places)
            return number
    taken.append(places)
    return len(taken) - 1
