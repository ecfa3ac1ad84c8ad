"""An event of a fest: its days, as planned and as they are now, and its places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, PrivateAttr, model_validator

from mkdocs_impldays.fest.day import AgendaItem, Day
from mkdocs_impldays.fest.kinds import Date, Id, IdOrTba, Minutes, SitePath, Text, Texts
from mkdocs_impldays.fest.model import Model
from mkdocs_impldays.fest.plan import Change, Join, TypedStatus
from mkdocs_impldays.fest.typed import TBA, Tba, is_tba, known, wrong

MAX_DAYS = 60
"""The longest event, in days from the first to the last; a longer one is a slip of the year."""


def _one_day(value: object) -> object:
    return value if isinstance(value, dict | Day) else {"date": value}


def _days(value: object) -> object:
    if isinstance(value, str):
        return TBA if is_tba(value) else (value,)
    return (value,) if isinstance(value, dict) else value


class Event(Model):
    """Something that takes place on one or more days, like the talks or the impl Days."""

    title: Text
    """What it is called."""
    days: Annotated[
        tuple[Annotated[Day, BeforeValidator(_one_day)], ...] | Tba, BeforeValidator(_days)
    ]
    """Its days in order: dates, or groups of `date`, `opens` and `closes`; or `tba`."""
    venue: IdOrTba | None = None
    """Where it takes place: a name from `venues`."""
    new_venue: Id | None = None
    """Where it takes place instead of `venue`, if that changed; the old one is shown struck."""
    overflow: tuple[Id, ...] = ()
    """Venues that take in those who do not fit into the first."""
    new_start: Date | None = None
    """The first day as it is now, if the days moved; the others follow it at their distance."""
    delay: Minutes | None = None
    """How many minutes later than planned each of its days is."""
    join: Join | None = None
    """Where people take part since it moved online."""
    agenda: tuple[AgendaItem, ...] = ()
    """The plan of each of its days."""
    description: Text | None = None
    """A sentence for calendars and search engines."""
    performers: Texts = ()
    """Who speaks or leads, for search engines: one name, or more."""
    page: SitePath | None = None
    """The address of its page on the site, like /about_impl_days/."""
    status: TypedStatus | None = None
    """What became of it, if not the same as the fest."""
    changes: tuple[Change, ...] = ()
    """What changed since its days and place were first told, the oldest first."""

    _id: str = PrivateAttr("")
    _plan: tuple[Day, ...] | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        days = self.planned_days
        if not isinstance(self.days, Tba) and not days:
            no_day = "has no day in it. Write its days, or tba."
            raise wrong(no_day, at=("days",))
        for number, (earlier, later) in enumerate(pairwise(days), 1):
            if later.date <= earlier.date:
                message = f'"{later.date}" comes after {earlier.date} in the list.'
                raise wrong(f"{message} Put the days in order, each once.", at=("days", number))
            if known(later.opens) and later.start < earlier.end:
                message = f'"{later.opens:%H:%M}" is before the night of {earlier.date} is over.'
                raise wrong(f"{message} Correct one of them.", at=("days", number, "opens"))
        if days and (days[-1].date - days[0].date).days >= MAX_DAYS:
            length = (days[-1].date - days[0].date).days + 1
            message = f'"{days[-1].date}" makes it last {length} days; {MAX_DAYS} is the most.'
            raise wrong(f"{message} Correct the year or the month.", at=("days", len(days) - 1))
        if self.new_start:
            check_move(self.new_start, days)
        return self

    @property
    def id(self) -> str:
        """The key it stands at in the file; addresses and calendar entries are made of it."""
        return str(self.known_apart["_id"])

    @property
    def planned_days(self) -> tuple[Day, ...]:
        """Its days as they were planned, before any move or delay."""
        return known(self.days) or ()

    @property
    def known_days(self) -> tuple[Day, ...]:
        """Its days as they are now, or none where they are `tba`."""
        plan: tuple[Day, ...] | None = self.known_apart["_plan"]
        return self.planned_days if plan is None else plan

    @property
    def old_days(self) -> tuple[Day, ...]:
        """Its days as they were, where they moved."""
        days = self.planned_days
        moved = days and days[0].date != self.known_days[0].date
        return days if moved else ()

    def replan(self, by: timedelta, zone: ZoneInfo) -> None:
        """Move and delay its days, as the whole fest says; its own word wins."""
        days = self.planned_days
        if self.new_start and days:
            by = self.new_start - days[0].date
        moved = [day.moved(by, zone) if by else day for day in days]
        late = [(day, day.delay or self.delay) for day in moved]
        self._plan = tuple(day.delayed(minutes) if minutes else day for day, minutes in late)

    @property
    def start(self) -> datetime | None:
        """The moment the first day begins."""
        days = self.known_days
        return days[0].start if days else None

    @property
    def end(self) -> datetime | None:
        """The moment the last day is over."""
        days = self.known_days
        return days[-1].end if days else None

    def agenda_of(self, day: Day) -> tuple[AgendaItem, ...]:
        """Give the plan of one of its days, delayed like the day."""
        items = self.agenda if day.agenda is None else day.agenda
        if day.delay is None:
            return items
        on = [datetime.combine(day.date, item.at) + timedelta(minutes=day.delay) for item in items]
        pairs = zip(items, on, strict=True)
        return tuple(item.model_copy(update={"at": late.time()}) for item, late in pairs)

    def venue_ids(self) -> Iterator[str]:
        """Give every venue it uses, the main one first."""
        yield from dict.fromkeys(
            [
                *([venue] if (venue := known(self.venue)) else []),
                *([self.new_venue] if self.new_venue else []),
                *(key for day in self.planned_days for key in day.venue or ()),
                *self.overflow,
            ]
        )


def check_move(new_start: date, days: Sequence[Day]) -> None:
    """Refuse a new first day that moves nothing."""
    if not days:
        unknown = "has no day to move. Write the new days below “days:” instead."
        raise wrong(unknown, at=("new_start",))
    if days[0].date == new_start:
        message = f'"{new_start}" is the first day already. Write the day it moved to.'
        raise wrong(message, at=("new_start",))
