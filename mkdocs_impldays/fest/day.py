"""A day of an event, placed on the clocks of the fest's time zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import PrivateAttr, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_impldays.fest.clock import on_clock
from mkdocs_impldays.fest.kinds import ClosingOrTba, Date, Ids, Minutes, Text, Time, TimeOrTba
from mkdocs_impldays.fest.model import Model
from mkdocs_impldays.fest.readers import zone_of
from mkdocs_impldays.fest.typed import Tba, known, wrong


class AgendaItem(Model):
    """One line of a day's plan."""

    at: Time
    """When it begins, on the clocks of the fest."""
    what: Text
    """What happens, in a few words."""


class Day(Model):
    """One day of an event, with hours where they are known."""

    date: Date
    """The day on which it begins, like 2018-05-28."""
    opens: TimeOrTba | None = None
    """When the doors open, on the clocks of the fest."""
    closes: ClosingOrTba | None = None
    """When it is over: a time, or a date and a time for a night that runs past midnight."""
    venue: Ids | None = None
    """Where this day takes place, if not at the event's venue: one name from `venues`, or more."""
    delay: Minutes | None = None
    """How many minutes later than planned all of this day is."""
    agenda: tuple[AgendaItem, ...] | None = None
    """The plan of this day, if not the event's."""

    _start: datetime = PrivateAttr()
    _end: datetime = PrivateAttr()

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
            if closes.date() - self.date > timedelta(days=1):
                message = f'"{closes:%Y-%m-%d %H:%M}" is days after {self.date}.'
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
    def has_hours(self) -> bool:
        """Whether both hours are known, so that a calendar can show a time."""
        return known(self.opens) is not None and known(self.closes) is not None

    def moved(self, by: timedelta, zone: ZoneInfo) -> Day:
        """Give the same day some days later, at the same hours on the clocks."""
        opens: time | None = known(self.opens)
        start = on_clock(self.date + by, opens or time(), zone, lenient=True)
        on = self._end + by
        end = on_clock(on.date(), on.time(), zone, lenient=True)
        closes = end if isinstance(self.closes, datetime) else self.closes
        return self._as_of(start, end, date=self.date + by, closes=closes)

    def delayed(self, minutes: int) -> Day:
        """Give the same day with all its hours some minutes later; a day without hours stays."""
        start = _later(self._start, minutes) if known(self.opens) else self._start
        end = _later(self._end, minutes) if known(self.closes) else self._end
        opens = start.time() if known(self.opens) else self.opens
        same_day = end.date() == self.date
        closes = (end.time() if same_day else end) if known(self.closes) else self.closes
        return self._as_of(start, end, opens=opens, closes=closes, delay=minutes)

    def _as_of(self, start: datetime, end: datetime, **facts: object) -> Day:
        day = self.model_copy(update=facts)
        day._start, day._end = start, end  # noqa: SLF001 - it is of the same kind
        return day


def _later(moment: datetime, minutes: int) -> datetime:
    """Add minutes as they pass, also in a night when the clocks change."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)
