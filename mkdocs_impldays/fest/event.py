"""An event of a fest: its days, as planned and as they are now, its places and its status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import (
    BeforeValidator,
    Field,
    PrivateAttr,
    ValidationInfo,
    model_validator,
)
from pydantic.functional_validators import ModelWrapValidatorHandler
from pydantic_core import PydanticCustomError

from mkdocs_impldays.fest.agenda import MORNING, AgendaItem, Step, steps_of
from mkdocs_impldays.fest.clock import on_clock
from mkdocs_impldays.fest.model import TBA, Model, Tba, is_tba, known, wrong
from mkdocs_impldays.fest.values import (
    ClosingOrTba,
    Date,
    Id,
    IdOrTba,
    Ids,
    Minutes,
    Moment,
    ProgrammePath,
    SitePath,
    Text,
    Texts,
    TimeOrTba,
    UrlOrTba,
    one_of,
    zone_of,
)
from mkdocs_impldays.words.dates import Month

Status = Literal["scheduled", "cancelled", "postponed", "rescheduled", "moved-online"]
"""What became of a plan, in the terms of schema.org's `EventStatusType`."""

NOT_HELD: frozenset[Status] = frozenset({"cancelled", "postponed"})
"""What can become of a plan so that nothing takes place on its days."""

Attendance = Literal["on-site", "online", "hybrid"]
"""How people take part, as planned: at a venue, from where they are, or either."""

TypedAttendance = Annotated[Attendance, BeforeValidator(one_of(*get_args(Attendance)))]

DayStatus = Literal["scheduled", "cancelled"]
"""What became of one day of an event."""

TypedStatus = Annotated[Status, BeforeValidator(one_of(*get_args(Status)))]


Dates = tuple[date, ...]
"""Days of the calendar, each once and in order."""


class Change(Model):
    """A change of time, place or status that people were told of; past ones stay listed."""

    date: Date
    """The day on which it was announced."""
    what: Text
    """What is different, in a sentence."""
    previous_start: Date | None = None
    """The first day as it was before, if the days moved."""


class Join(Model):
    """How people take part from where they are."""

    url: UrlOrTba
    """Where they meet: an https: address."""
    starts: Moment | None = Field(None, alias="from")
    """From when the link is shown; half an hour before it begins, if not given."""
    recording: UrlOrTba | None = None
    """Where it can be watched once it is over."""


_LONGEST = timedelta(days=2)
"""How many days after the date on which it begins a hackathon or the like may be over."""


_FAR_APART = timedelta(weeks=3)
"""How far apart the days of an event are that people come to one by one, like monthly meetups."""


class Day(Model):
    """One day of an event, with hours where they are known."""

    date: Date
    """The day on which it begins, like 2018-05-28."""
    id: Id | None = None
    """A name for good, of which its entry in calendars is made instead of its place in the list."""
    status: Annotated[DayStatus, BeforeValidator(one_of(*get_args(DayStatus)))] = "scheduled"
    """`cancelled`, if it does not take place while other days of the event do."""
    opens: TimeOrTba | None = None
    """When the doors open, on the clocks of the fest."""
    closes: ClosingOrTba | None = None
    """When it is over: a time, or a date and a time where it runs past midnight."""
    venue: Ids | None = None
    """Where this day takes place, if not at the event's venue: one name from `venues`, or more."""
    delay: Minutes | None = None
    """How many minutes later than planned all of this day is."""
    agenda: tuple[AgendaItem, ...] | None = None
    """The plan of this day, if not the event's."""

    _start: datetime = PrivateAttr()
    _end: datetime = PrivateAttr()
    _late: int = PrivateAttr(0)

    @model_validator(mode="after")
    def _place_on_the_clock(self, info: ValidationInfo) -> Self:
        zone = zone_of(info)
        opens: time | None = known(self.opens)
        start = on_clock(self.date, opens or time(), zone, lenient=opens is None)
        end = self._closing(zone)
        if end <= start:
            raise self._never_open()
        self._start, self._end = start, end
        return self

    def _closing(self, zone: ZoneInfo) -> datetime:
        closes = None if isinstance(self.closes, Tba) else self.closes
        if isinstance(closes, datetime):
            if closes.date() - self.date > _LONGEST:
                typed = f"{closes:%Y-%m-%d %H:%M}"
                message = f'"{typed}" is more than {_LONGEST.days} days after {self.date}.'
                raise wrong(f"{message} List each day of its own.", at=("closes",))
            return closes
        if closes is None:
            return on_clock(self.date + timedelta(days=1), time(), zone, lenient=True)
        return on_clock(self.date, closes, zone)

    def _never_open(self) -> PydanticCustomError:
        opens, closes = known(self.opens), known(self.closes)
        if closes is None:
            message = f'"{self.date}" was left out of the calendar there. Correct the day.'
            return wrong(message, at=("date",))
        begins = f"it opens at {opens:%H:%M}" if opens else f"the day {self.date} begins"
        next_day = self.date + timedelta(days=1)
        typed = f"{closes:%Y-%m-%d %H:%M}" if isinstance(closes, datetime) else f"{closes:%H:%M}"
        message = f'"{typed}" is not after {begins}. Correct one; for a night past midnight write'
        late = f"{next_day} {closes:%H:%M}"
        return wrong(f"{message} the date too, like {late}.", at=("closes",))

    @property
    def start(self) -> datetime:
        """The moment it begins: the doors, or the day's first moment where no hour is known."""
        start: datetime = self.known_apart["_start"]
        return start

    @property
    def end(self) -> datetime:
        """The moment it is over: the closing hour, or the end of the day where none is known."""
        end: datetime = self.known_apart["_end"]
        return end

    @property
    def opening(self) -> datetime | None:
        """The moment the doors open; `None` while no hour is known."""
        return None if known(self.opens) is None else self.start

    @property
    def closing(self) -> datetime | None:
        """The moment it is over by a closing hour; `None` while none is known."""
        return None if known(self.closes) is None else self.end

    @property
    def dates(self) -> Dates:
        """The dates from its first to the one on which it is over; of a night only the first."""
        if self.closing is None or self.is_night:
            return (self.date,)
        nights = (self.planned_end.date() - self.date).days
        return tuple(self.date + timedelta(number) for number in range(nights + 1))

    @property
    def is_night(self) -> bool:
        """Whether it runs past midnight, and is over before the next morning."""
        end = self.planned_end
        is_less_than_a_day = not known(self.opens) or end.time() <= self.planned_start.time()
        is_next_day = end.date() - self.date == timedelta(days=1)
        return is_next_day and end.time() <= MORNING and is_less_than_a_day

    @property
    def planned_start(self) -> datetime:
        """The moment it would begin without its delay."""
        return self.start if known(self.opens) is None else _later(self.start, -self._late)

    @property
    def planned_end(self) -> datetime:
        """The moment it would be over without its delay."""
        return self.end if known(self.closes) is None else _later(self.end, -self._late)

    def moved(self, by: timedelta, zone: ZoneInfo) -> Day:
        """Return the same day some days later, at the same hours on the clocks."""
        opens: time | None = known(self.opens)
        start = on_clock(self.date + by, opens or time(), zone, lenient=True)
        on = self._end + by
        if known(self.closes) is None:  # midnight, also where the clocks skipped it before
            on = datetime.combine(self.date + by + timedelta(days=1), time())
        end = on_clock(on.date(), on.time(), zone, lenient=True)
        closes = end if isinstance(self.closes, datetime) else self.closes
        return self._as_of(start, end, date=self.date + by, closes=closes)

    def delayed(self, minutes: int) -> Day:
        """Return the same day with all its hours some minutes later; a day without hours stays."""
        start = _later(self._start, minutes) if known(self.opens) else self._start
        end = _later(self._end, minutes) if known(self.closes) else self._end
        opens = start.time() if known(self.opens) else self.opens
        same_day = end.date() == self.date
        closes = (end.time() if same_day else end) if known(self.closes) else self.closes
        day = self._as_of(start, end, opens=opens, closes=closes, delay=minutes)
        day._late = minutes  # noqa: SLF001 - it is of the same kind
        return day

    def _as_of(self, start: datetime, end: datetime, **facts: object) -> Day:
        day = self.model_copy(update=facts)
        day._start, day._end = start, end  # noqa: SLF001 - it is of the same kind
        return day


def _later(moment: datetime, minutes: int) -> datetime:
    """Add minutes as they pass, also in a night when the clocks change."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)


def _one_day(value: object) -> object:
    return value if isinstance(value, dict | Day) else {"date": value}


def _days(value: object) -> object:
    if isinstance(value, str):
        return TBA if is_tba(value) else (value,)
    return (value,) if isinstance(value, dict) else value


_MONTH = re.compile(r"((?:19[7-9]|20[0-9])[0-9])-(0[1-9]|1[0-2])")


class Event(Model):
    """Something that takes place on one or more days, like the talks or the impl Days."""

    title: Text
    """What it is called."""
    days: Annotated[
        tuple[Annotated[Day, BeforeValidator(_one_day)], ...] | Tba, BeforeValidator(_days)
    ]
    """Its days in order: dates, or groups of `date`, `opens` and `closes`; a month; or `tba`."""
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
    attendance: TypedAttendance | None = None
    """How people take part, if not as in the fest: `on-site`, `online` or `hybrid`."""
    join: Join | None = None
    """Where people take part online; an event that is planned on site moves online by it."""
    agenda: tuple[AgendaItem, ...] = ()
    """The plan of each of its days."""
    programme: ProgrammePath | None = None
    """A file with sessions, beside the fest file: the export of pretalx, frab or Sessionize."""
    description: Text | None = None
    """A sentence for calendars and search engines."""
    performers: Texts = ()
    """Who speaks or leads, for search engines: one name, or more."""
    page: SitePath | None = None
    """The address of its page on the site, like /about_impl_days/."""
    status: TypedStatus | None = None
    """What became of it, if not the same as the fest."""
    changes: tuple[Change, ...] = ()
    """What changed since its days and place were first announced, the oldest first."""

    _id: str = PrivateAttr("")
    _plan: tuple[Day, ...] | None = PrivateAttr(None)
    _month: Month | None = PrivateAttr(None)
    _lines: dict[date, tuple[AgendaItem, ...]] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _take_month(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Read a month in place of the days as days that are not known yet."""
        typed = data.get("days") if isinstance(data, dict) else None
        found = _MONTH.fullmatch(typed.strip()) if isinstance(typed, str) else None
        event = handler({**data, "days": "tba"} if found else data)
        if found:
            event._month = Month(int(found[1]), int(found[2]))  # noqa: SLF001 - its own
        return event

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
                message = f'"{day.id}" is the name of another day too. Write another one.'
                raise wrong(message, at=("days", number, "id"))
        return self

    @property
    def id(self) -> str:
        """Its key in the file; addresses and calendar entries are made of it."""
        return str(self.known_apart["_id"])

    @property
    def month(self) -> Month | None:
        """The month in which it takes place, while no more than that is known."""
        month: Month | None = self.known_apart["_month"]
        return month

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
    def days_held(self) -> tuple[Day, ...]:
        """Its days as they are now without those cancelled; all, if none is left."""
        days = self.known_days
        return tuple(day for day in days if day.status != "cancelled") or days

    @property
    def dates(self) -> Dates:
        """The dates of its days that are held, in order."""
        return dates_of(self.days_held)

    def name_of(self, day: Day) -> str:
        """Return the name of one of its days for good: its id, or its place in the list."""
        return day.id or f"day{self.known_days.index(day) + 1}"

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
        days = self.days_held
        return days[0].start if days else None

    @property
    def last_start(self) -> datetime | None:
        """The moment from which it is too late to come: the first day begins, as a rule.

        Days that are all `_FAR_APART` are occasions of their own: then the last one begins.
        """
        days = self.days_held
        is_series = all(b.date - a.date >= _FAR_APART for a, b in pairwise(days))
        return days[-1].start if days and is_series else self.start

    @property
    def end(self) -> datetime | None:
        """The moment the last day is over."""
        days = self.days_held
        return days[-1].end if days else None

    def agenda_of(self, day: Day) -> tuple[AgendaItem, ...]:
        """Return the plan of one of its days by the hour it begins, delayed like the day."""
        return tuple(
            step.item.model_copy(
                update={
                    "at": step.start.time(),
                    "until": step.end.time() if step.item.until else None,
                }
            )
            for step in self.steps_of(day)
        )

    def items_of(self, day: Day) -> tuple[AgendaItem, ...]:
        """Return the plan of one of its days as it was typed, then what a programme file adds."""
        typed = self.agenda if day.agenda is None else day.agenda
        lines: dict[date, tuple[AgendaItem, ...]] = self.known_apart["_lines"]
        return (*typed, *lines.get(day.date, ()))

    def add_lines(self, lines: dict[date, tuple[AgendaItem, ...]]) -> None:
        """Add lines of a programme file to the plans of its days, by their dates as they are now.

        Only while the fest is made.
        """
        self._lines = lines

    def steps_of(self, day: Day) -> tuple[Step, ...]:
        """Return the plan of one of its days by the hour it begins, each line with its time."""
        return steps_of(self.items_of(day), day)

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


def dates_of(days: Iterable[Day]) -> Dates:
    """Return each date that some days take once, in order."""
    return tuple(sorted({each for day in days for each in day.dates}))


def check_move(new_start: date, days: Sequence[Day]) -> None:
    """Refuse a new first day that moves nothing."""
    if not days:
        unknown = "has no day to move. Write the new days below “days:” instead."
        raise wrong(unknown, at=("new_start",))
    if days[0].date == new_start:
        message = f'"{new_start}" is the first day already. Write the day it moved to.'
        raise wrong(message, at=("new_start",))
