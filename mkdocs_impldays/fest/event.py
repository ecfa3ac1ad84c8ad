"""An event of a fest: its days as planned and as they are now, its venues and its status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationInfo, model_validator
from pydantic.functional_validators import ModelWrapValidatorHandler

from mkdocs_impldays.fest.agenda import AgendaItem, Step, dated, not_after, steps_of
from mkdocs_impldays.fest.clock import time_of_day
from mkdocs_impldays.fest.day import Dates, Day, check_move, dates_of
from mkdocs_impldays.fest.model import TBA, Model, Tba, is_tba, known, problems_at, wrong
from mkdocs_impldays.fest.values import (
    Date,
    Id,
    IdOrTba,
    Minutes,
    ProgrammePath,
    SitePath,
    Text,
    Texts,
    TimeOrMoment,
    TimeOrTba,
    UrlOrTba,
    one_of,
    zone_of,
)
from mkdocs_impldays.words.dates import Month

Status = Literal["scheduled", "cancelled", "postponed", "rescheduled", "moved-online"]
"""The status of an event, in the terms of schema.org's `EventStatusType`."""

NOT_HELD: frozenset[Status] = frozenset({"cancelled", "postponed"})
"""The statuses with which nothing takes place on the days of an event."""

Attendance = Literal["on-site", "online", "hybrid"]
"""How people take part, as planned: at a venue, online, or both."""

TypedAttendance = Annotated[Attendance, BeforeValidator(one_of(*get_args(Attendance)))]

TypedStatus = Annotated[Status, BeforeValidator(one_of(*get_args(Status)))]


class Change(Model):
    """A change of time, place or status that was announced; past ones stay listed."""

    date: Date
    """The day on which it was announced."""
    what: Text
    """What changed, in a sentence."""
    previous_start: Date | None = None
    """The first day as it was before, if the days moved."""


class Join(Model):
    """How people take part online."""

    url: UrlOrTba
    """The link to join: an https: address."""
    starts: TimeOrMoment | None = Field(None, alias="from")
    """From when the link is shown until the day is over: a time on each day, or a moment once.

    Half an hour before each day begins, if not given.
    """
    recording: UrlOrTba | None = None
    """The address of the recording, shown once it is over."""


_FAR_APART = timedelta(weeks=3)
"""The least time between the days of a series, like a monthly meetup."""


def _days(value: object) -> object:
    if isinstance(value, str):
        return TBA if is_tba(value) else (value,)
    return (value,) if isinstance(value, dict) else value


_DayOrDate = Annotated[
    Day, BeforeValidator(lambda value: value if isinstance(value, dict | Day) else {"date": value})
]

_MONTH = re.compile(r"((?:19[7-9]|20[0-9])[0-9])-(0[1-9]|1[0-2])")


def _day_at(moment: datetime, days: Sequence[Day]) -> Day:
    """Return the day of an event to which a moment belongs: the night before, if that is on."""
    begun = [day for day in days if day.date <= moment.date()] or [*days[:1]]
    night = begun[-2] if len(begun) > 1 and begun[-2].closing else None
    return night if night and moment <= night.end else begun[-1]


class Event(Model):
    """Something that takes place on one or more days, like the talks or the hack days."""

    title: Text
    """Its name."""
    days: Annotated[tuple[_DayOrDate, ...] | Tba, BeforeValidator(_days)]
    """Its days in order: dates, or groups of `date`, `opens` and `closes`; a month; or `tba`."""
    opens: TimeOrTba | None = None
    """When the doors open on each day that has no time of its own."""
    closes: TimeOrTba | None = None
    """When each day is over that has no time of its own; on the next date, if before it opens."""
    venue: IdOrTba | None = None
    """Where it takes place: a name from `venues`."""
    new_venue: Id | None = None
    """The venue it moved to; `venue` is then shown struck through."""
    overflow: tuple[Id, ...] = ()
    """Additional venues for when the first is full."""
    new_start: Date | None = None
    """The new first day, if the days moved; the others move by the same number of days."""
    delay: Minutes | None = None
    """By how many minutes each of its days is late."""
    attendance: TypedAttendance | None = None
    """How people take part, if that differs from the fest: `on-site`, `online` or `hybrid`."""
    join: Join | None = None
    """Where people take part online; an event that was planned on site has then moved online."""
    agenda: tuple[AgendaItem, ...] = ()
    """The sessions on each of its days."""
    programme: ProgrammePath | None = None
    """A file with sessions, next to the fest file: the export of pretalx, frab or Sessionize."""
    description: Text | None = None
    """A sentence for calendars and search engines."""
    performers: Texts = ()
    """Who speaks or leads, for search engines: one name, or more."""
    page: SitePath | None = None
    """The address of its page on the site, like /about/."""
    status: TypedStatus | None = None
    """Whether it takes place as planned, if that differs from the fest."""
    changes: tuple[Change, ...] = ()
    """What changed since its days and venue were first announced, the oldest first."""

    _id: str = PrivateAttr("")
    _planned: tuple[Day, ...] | None = PrivateAttr(None)
    _current: tuple[Day, ...] | None = PrivateAttr(None)
    _month: Month | None = PrivateAttr(None)
    _lines: dict[date, tuple[AgendaItem, ...]] = PrivateAttr(default_factory=dict)
    _agendas: dict[date, tuple[AgendaItem, ...]] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _take_month(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Read `days: 2027-06` as days that are `tba` in a known month."""
        typed = data.get("days") if isinstance(data, dict) else None
        found = _MONTH.fullmatch(typed.strip()) if isinstance(typed, str) else None
        event = handler({**data, "days": "tba"} if found else data)
        if found:
            event._month = Month(int(found[1]), int(found[2]))  # noqa: SLF001 - its own
        return event

    @model_validator(mode="after")
    def _share_hours(self, info: ValidationInfo) -> Self:
        """Apply its hours to the days that have none of their own."""
        if self.opens or self.closes:
            planned = []
            for number, day in enumerate(self.planned_days):
                with problems_at("days", number):
                    planned.append(day.with_hours(self.opens, self.closes, zone_of(info)))
            self._planned = tuple(planned)
        return self

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        days = self.planned_days
        if not isinstance(self.days, Tba) and not days:
            raise wrong("has no day in it. Write its days, or tba.", at=("days",))
        for number, (earlier, later) in enumerate(pairwise(days), 1):
            if later.date <= earlier.date:
                message = f'"{later.date}" comes after {earlier.date} in the list.'
                raise wrong(f"{message} Put the days in order, each once.", at=("days", number))
            if earlier.end.date() > later.date:
                message = f'"{later.date}" is over before the day before it, {earlier.date}, is.'
                raise wrong(f"{message} Remove it, or correct that day.", at=("days", number))
            if known(later.opens) and later.start < earlier.end:
                message = f'"{later.opens:%H:%M}" is before the night of {earlier.date} is over.'
                raise wrong(f"{message} Correct one of them.", at=("days", number, "opens"))
        if self.new_start:
            check_move(self.new_start, days)
        names = [day.id or f"day{number}" for number, day in enumerate(days, 1)]
        for number, day in enumerate(days):
            if day.id and names.count(day.id) > 1:
                message = f'"{day.id}" is also the name of another day. Write another one.'
                raise wrong(message, at=("days", number, "id"))
        return self

    @model_validator(mode="after")
    def _share_agenda(self) -> Self:
        """Find the lines of its agenda that each day has: those with a date are on that alone."""
        lines = list(dated(self.agenda))
        days = self.planned_days
        if len(days) > 1 and any(moment for _, moment in lines):
            placed = [(item, moment and _day_at(moment, days)) for item, moment in lines]
            self._agendas = {
                day.date: tuple(item for item, on in placed if on is None or on is day)
                for day in days
            }
        return self

    @model_validator(mode="after")
    def _sessions_begin_before_they_end(self) -> Self:
        """Refuse an end with a date before a beginning whose date only its day decides."""
        for number, day in enumerate(self.planned_days):
            place = ("agenda",) if day.agenda is None else ("days", number, "agenda")
            typed = self.agenda if day.agenda is None else day.agenda
            if not any(isinstance(item.until, datetime) for item in typed):
                continue
            lines = {id(item): line for line, item in enumerate(typed)}
            for step in self.steps_of(day):
                end = step.item.until
                if isinstance(end, datetime) and end <= step.planned:
                    message = not_after(end, step.planned)
                    raise wrong(message, at=(*place, lines[id(step.item)], "until"))
        return self

    @property
    def id(self) -> str:
        """Its key in the file; addresses and calendar entries are made of it."""
        return str(self.private["_id"])

    @property
    def month(self) -> Month | None:
        """The month in which it takes place, while no more than that is known."""
        month: Month | None = self.private["_month"]
        return month

    @property
    def planned_days(self) -> tuple[Day, ...]:
        """Its days as they were planned, before any move or delay, with their hours."""
        planned: tuple[Day, ...] | None = self.private["_planned"]
        return known(self.days) or () if planned is None else planned

    @property
    def known_days(self) -> tuple[Day, ...]:
        """Its days as they are now, or none where they are `tba`."""
        current: tuple[Day, ...] | None = self.private["_current"]
        return self.planned_days if current is None else current

    @property
    def days_held(self) -> tuple[Day, ...]:
        """Its days as they are now without those cancelled; all, if none is left."""
        days = self.known_days
        return tuple(day for day in days if day.status != "cancelled") or days

    @property
    def dates(self) -> Dates:
        """The dates of its days that are held, in order."""
        return dates_of(self.days_held)

    def name_of(self, day: Day) -> str:
        """Return the permanent name of one of its days: its id, or `day` and its position."""
        return day.id or f"day{self.known_days.index(day) + 1}"

    @property
    def old_days(self) -> tuple[Day, ...]:
        """Its days before they moved; none if they did not."""
        days = self.planned_days
        moved = days and days[0].date != self.known_days[0].date
        return days if moved else ()

    def set_current_days(self, by: timedelta, zone: ZoneInfo) -> None:
        """Find `known_days`: moved by the fest's `by`, or its own `new_start`, then delayed.

        Only while the fest is being read.
        """
        days = self.planned_days
        if self.new_start and days:
            by = self.new_start - days[0].date
        moved = [day.moved(by, zone) if by else day for day in days]
        late = [(day, day.delay or self.delay) for day in moved]
        days = tuple(day.delayed(minutes) if minutes else day for day, minutes in late)
        self._current = tuple(day.lasting(self._typed_ends(day)) for day in days)

    @property
    def start(self) -> datetime | None:
        """The moment the first day begins."""
        days = self.days_held
        return days[0].start if days else None

    @property
    def last_start(self) -> datetime | None:
        """The moment from which signing up is too late: the first day begins, as a rule.

        For a series it is when the last day begins.
        """
        days = self.days_held
        return days[-1].start if days and self.is_series else self.start

    @property
    def is_series(self) -> bool:
        """Whether people attend its days one by one: all are at least `_FAR_APART`."""
        return all(b.date - a.date >= _FAR_APART for a, b in pairwise(self.days_held))

    @property
    def end(self) -> datetime | None:
        """The moment the last day is over."""
        days = self.days_held
        return days[-1].end if days else None

    def agenda_of(self, day: Day) -> tuple[AgendaItem, ...]:
        """Return the agenda of one of its days by start, with times delayed like the day."""
        return tuple(
            step.item.model_copy(
                update={
                    "at": step.start.time(),
                    "until": step.end.time() if step.item.until else None,
                    "was": time_of_day(step.item.was) if step.item.was else None,
                }
            )
            for step in self.steps_of(day)
        )

    def items_of(self, day: Day) -> tuple[AgendaItem, ...]:
        """Return the agenda of one of its days as typed, then what a programme file adds."""
        agendas: dict[date, tuple[AgendaItem, ...]] = self.private["_agendas"]
        shared = agendas.get(day.date - day.moved_by, self.agenda)
        lines: dict[date, tuple[AgendaItem, ...]] = self.private["_lines"]
        return (*(shared if day.agenda is None else day.agenda), *lines.get(day.date, ()))

    def add_lines(self, lines: dict[date, tuple[AgendaItem, ...]]) -> None:
        """Add lines of a programme file to the agendas of its days, by their current dates.

        Only while the fest is being read.
        """
        self._lines = lines
        self._current = tuple(day.lasting(self._typed_ends(day)) for day in self.known_days)

    def steps_of(self, day: Day) -> tuple[Step, ...]:
        """Return the agenda of one of its days by start, each line with its time."""
        return steps_of(self.items_of(day), day)

    def _typed_ends(self, day: Day) -> Iterator[datetime]:
        for step in self.steps_of(day):
            if step.has_end and step.item.status != "cancelled":
                yield step.end

    def venue_ids(self) -> Iterator[str]:
        """Return every venue it uses, the main one first."""
        yield from dict.fromkeys(
            [
                *([venue] if (venue := known(self.venue)) else []),
                *([self.new_venue] if self.new_venue else []),
                *(key for day in self.planned_days for key in day.venue or ()),
                *self.overflow,
            ]
        )
