"""One day of an event, with its hours in the fest's time zone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, PrivateAttr, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_impldays.fest.agenda import MORNING, AgendaItem
from mkdocs_impldays.fest.clock import on_clock
from mkdocs_impldays.fest.model import Model, Tba, known, wrong
from mkdocs_impldays.fest.values import (
    ClosingOrTba,
    Date,
    Id,
    Ids,
    Minutes,
    TimeOrTba,
    one_of,
    zone_of,
)

DayStatus = Literal["scheduled", "cancelled"]
"""The status of one day of an event."""


Dates = tuple[date, ...]
"""Days of the calendar, each once and in order."""


_LONGEST = timedelta(days=2)
"""The longest that a single day, like that of a hackathon, may last after its date."""


class Day(Model):
    """One day of an event, with hours where they are known."""

    date: Date
    """The day on which it begins, like 2018-05-28."""
    id: Id | None = None
    """A permanent name for its calendar entry, instead of its position in the list."""
    status: Annotated[DayStatus, BeforeValidator(one_of(*get_args(DayStatus)))] = "scheduled"
    """`cancelled`, if it does not take place while other days of the event do."""
    opens: TimeOrTba | None = None
    """When the doors open, in the fest's time zone."""
    closes: ClosingOrTba | None = None
    """When it is over: a time, or a date and a time where it runs past midnight."""
    venue: Ids | None = None
    """Where this day takes place, if not at the event's venue: one name from `venues`, or more."""
    delay: Minutes | None = None
    """By how many minutes all of this day is late."""
    agenda: tuple[AgendaItem, ...] | None = None
    """The sessions on this day, if they differ from the event's."""

    _start: datetime = PrivateAttr()
    _end: datetime = PrivateAttr()
    _lasts_until: datetime | None = PrivateAttr(None)
    _late: int = PrivateAttr(0)
    _moved_by: timedelta = PrivateAttr(timedelta())

    @model_validator(mode="after")
    def _find_moments(self, info: ValidationInfo) -> Self:
        self._place_on_the_clock(zone_of(info))
        return self

    def _place_on_the_clock(self, zone: ZoneInfo) -> None:
        opens: time | None = known(self.opens)
        start = on_clock(self.date, opens or time(), zone, lenient=opens is None)
        end = self._closing(zone)
        if end <= start:
            raise self._never_open()
        self._start, self._end = start, end

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
        if isinstance(closes, datetime):
            begins = f"it opens, {self.date} {opens:%H:%M}" if opens else begins
            message = f'"{closes:%Y-%m-%d %H:%M}" is not after {begins}. Correct one of them.'
            return wrong(message, at=("closes",))
        next_day = self.date + timedelta(days=1)
        typed = f"{closes:%H:%M}"
        message = f'"{typed}" is not after {begins}. Correct one; for a night past midnight write'
        return wrong(f"{message} the date too, like {next_day} {typed}.", at=("closes",))

    @property
    def start(self) -> datetime:
        """The moment it begins: when the doors open, else the first of the date."""
        start: datetime = self.private["_start"]
        return start

    @property
    def end(self) -> datetime:
        """The moment it is over: the closing time, else the end of the date or its last session."""
        end: datetime = self.private["_lasts_until"] or self.private["_end"]
        return end

    @property
    def opening(self) -> datetime | None:
        """The moment the doors open; `None` while no time is known."""
        return None if known(self.opens) is None else self.start

    @property
    def closing(self) -> datetime | None:
        """The closing time as a moment; `None` while none is known."""
        return None if known(self.closes) is None else self.end

    @property
    def dates(self) -> Dates:
        """The dates from the first to the one on which it ends; for a night, only the first."""
        if self.closing is None or self.is_night:
            return (self.date,)
        last = (self.planned_end - timedelta(microseconds=1)).date()  # 00:00 ends the date before
        nights = (last - self.date).days
        return tuple(self.date + timedelta(number) for number in range(nights + 1))

    @property
    def is_night(self) -> bool:
        """Whether it runs past midnight and is over by `MORNING`."""
        end = self.planned_end
        is_less_than_a_day = not known(self.opens) or end.time() <= self.planned_start.time()
        is_next_day = end.date() - self.date == timedelta(days=1)
        return is_next_day and end.time() <= MORNING and is_less_than_a_day

    @property
    def moved_by(self) -> timedelta:
        """By how many days it moved, and the dates in its agenda with it."""
        days: timedelta = self.private["_moved_by"]
        return days

    def needs_date(self, moment: datetime) -> bool:
        """Return whether an hour among its own is read with its date: one of no night of it."""
        later = moment.date() - self.date
        is_its_night = later == timedelta(days=1) and moment.time() <= MORNING
        return moment.date() in self.dates[1:] or not (later == timedelta() or is_its_night)

    def date_of(self, moment: datetime) -> Date:
        """Return the one of its dates under which people look for a moment: the last until then."""
        return max((each for each in self.dates if each <= moment.date()), default=self.date)

    def end_on(self, on: Date) -> datetime:
        """Return when it is over on one of its dates: at midnight, if it goes on."""
        if on >= self.dates[-1]:
            return self.end
        zone = self.start.tzinfo
        assert isinstance(zone, ZoneInfo)  # as `on_clock` made it
        return on_clock(on + timedelta(days=1), time(), zone, lenient=True)

    def with_hours(
        self, opens: time | Tba | None, closes: time | Tba | None, zone: ZoneInfo
    ) -> Day:
        """Return the same day with the hours of its event where it has none of its own.

        The event is over on the next date, if it closes before it opens. Raise a problem if one of
        the hours is not on the clock of that date, or if the day is over before it opens.
        """
        begin = known(self.opens or opens)
        shared: time | datetime | Tba | None = closes
        if begin and isinstance(closes, time) and closes <= begin:
            shared = on_clock(self.date + timedelta(days=1), closes, zone)
        hours = {"opens": self.opens or opens, "closes": self.closes or shared}
        day = self.model_copy(update=hours)
        day._place_on_the_clock(zone)  # noqa: SLF001 - it is of the same kind
        return day

    @property
    def planned_start(self) -> datetime:
        """The moment it would begin without its delay."""
        return self.start if known(self.opens) is None else _later(self.start, -self._late)

    @property
    def planned_end(self) -> datetime:
        """The moment it would be over without its delay."""
        return self._end if known(self.closes) is None else _later(self._end, -self._late)

    def moved(self, by: timedelta, zone: ZoneInfo) -> Day:
        """Return the same day some days later, at the same local times."""
        opens: time | None = known(self.opens)
        start = on_clock(self.date + by, opens or time(), zone, lenient=True)
        on = self._end + by
        if known(self.closes) is None:  # 00:00, even if the clocks skipped it on the old date
            on = datetime.combine(self.date + by + timedelta(days=1), time())
        end = on_clock(on.date(), on.time(), zone, lenient=True)
        closes = end if isinstance(self.closes, datetime) else self.closes
        day = self._as_of(start, end, date=self.date + by, closes=closes)
        day._moved_by = by  # noqa: SLF001 - it is of the same kind
        return day

    def delayed(self, minutes: int) -> Day:
        """Return the same day with its known times some minutes later."""
        start = _later(self._start, minutes) if known(self.opens) else self._start
        is_late = known(self.closes) or start >= self._end  # it may begin after midnight now
        end = _later(self._end, minutes) if is_late else self._end
        opens = start.time() if known(self.opens) else self.opens
        same_day = end.date() == self.date
        closes = (end.time() if same_day else end) if known(self.closes) else self.closes
        day = self._as_of(start, end, opens=opens, closes=closes, delay=minutes)
        day._late = minutes  # noqa: SLF001 - it is of the same kind
        return day

    def lasting(self, ends: Iterable[datetime]) -> Day:
        """Return the same day with the ends of its sessions: one may be past midnight."""
        last = max([self._end, *ends], key=datetime.timestamp)
        if known(self.closes) or last == self._end:
            return self
        day = self.model_copy()
        day._lasts_until = last  # noqa: SLF001 - it is of the same kind
        return day

    def _as_of(self, start: datetime, end: datetime, **facts: object) -> Day:
        day = self.model_copy(update=facts)
        day._start, day._end = start, end  # noqa: SLF001 - it is of the same kind
        return day


def _later(moment: datetime, minutes: int) -> datetime:
    """Return the moment so many elapsed minutes later, even across a change of the clocks."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)


def dates_of(days: Iterable[Day]) -> Dates:
    """Return the dates of some days, each once and in order."""
    return tuple(sorted({each for day in days for each in day.dates}))


def check_move(new_start: date, days: Sequence[Day]) -> None:
    """Raise a problem if a new first day moves nothing."""
    if not days:
        unknown = "has no day to move. Write the new days below “days:” instead."
        raise wrong(unknown, at=("new_start",))
    if days[0].date == new_start:
        message = f'"{new_start}" is the first day already. Write the day it moved to.'
        raise wrong(message, at=("new_start",))
