"""The agenda of a day: its sessions as typed, and when each begins and ends.

Here are also the tracks, speakers and links that sessions refer to.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator

from mkdocs_impldays.fest.clock import on_clock, time_of_day, typed_time
from mkdocs_impldays.fest.model import Model, Reader, known, text_of, wrong
from mkdocs_impldays.fest.values import (
    Colour,
    Language,
    Picture,
    SessionId,
    SessionIds,
    SessionTime,
    Text,
    Url,
    one_of,
)
from mkdocs_impldays.problems import quoted

if TYPE_CHECKING:
    from mkdocs_impldays.fest.day import Day

SessionStatus = Literal["scheduled", "cancelled", "moved"]
"""What became of a session; one that moved takes place at another time or in another room."""

MORNING = time(6)
"""Until when a day or a session that runs past midnight is a night."""

_LONGEST_NIGHT = timedelta(hours=18)
"""The longest session whose end is typed as a time past midnight; a longer one is a mistake."""

_LENGTH = re.compile(r"(?:(\d{1,3}) ?h(?:ours?)?)?(?:(?<=[a-z]) ?)?(?:(\d{1,4}) ?min(?:utes)?)?")


def read_length(value: object) -> timedelta:
    """Read how long something takes, like `30 min`, `2 h` or `1 h 30 min`."""
    if isinstance(value, timedelta):
        return value
    text = text_of(value)
    match = _LENGTH.fullmatch(text)
    hours, minutes = match.groups() if match else (None, None)
    length = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if not length:
        raise wrong(f"{quoted(text)} is not a length. Write it like 30 min or 1 h 30 min.")
    if length > timedelta(days=7):
        raise wrong(f"{quoted(text)} is longer than a week. Write a shorter one.")
    return length


Length = Annotated[
    timedelta,
    Reader(read_length, {"type": "string", "pattern": r"\d+ ?(h|min)"}),
]


class Link(Model):
    """An address with its title."""

    title: Text
    """What the link says."""
    url: Url
    """Where it leads."""


class Track(Model):
    """A group of sessions, like all talks on one subject."""

    name: Text
    """Its name."""
    color: Colour | None = None
    """Its colour, like "#1f3a5f"."""


class Speaker(Model):
    """A person who speaks in the programme."""

    name: Text
    """The person's name."""
    about: Text | None = None
    """Who the person is, in Markdown."""
    photo: Picture | None = None
    """A picture in the folder of your pages, like img/ada.jpg."""
    url: Url | None = None
    """The person's own website."""
    links: tuple[Link, ...] = ()
    """Further links."""


class AgendaItem(Model):
    """A session in an agenda: a talk, a break, or whatever else has a time of its own."""

    at: SessionTime
    """When it begins: a time, or a date and a time, which is the date of the lines below too."""
    what: Text
    """What happens, in a few words."""
    id: SessionId | None = None
    """Its permanent name, for calendars and addresses; by default, made from `what`."""
    until: SessionTime | None = None
    """When it ends; the next morning if that is not after `at`, or with its date."""
    lasts: Length | None = Field(None, alias="for")
    """How long it takes, instead of `until`, like 30 min."""
    room: SessionId | None = None
    """Where it takes place: a name from a venue's `rooms`; by default, in all rooms."""
    track: SessionId | None = None
    """Its track: a name from `tracks`."""
    speakers: SessionIds = ()
    """Who speaks: one name from `speakers`, or more."""
    subtitle: Text | None = None
    """The subtitle."""
    about: Text | None = None
    """What it is about, in Markdown."""
    kind: Text | None = None
    """What sort of session it is, like talk, workshop or break."""
    language: Language | None = None
    """The language in which it is held (BCP 47)."""
    url: Url | None = None
    """Its own page."""
    slides: Url | None = None
    """The address of its slides."""
    recording: Url | None = None
    """The address of its recording."""
    stream: Url | None = None
    """The address of its live stream."""
    links: tuple[Link, ...] = ()
    """Further links."""
    status: Annotated[SessionStatus, BeforeValidator(one_of(*get_args(SessionStatus)))] = (
        "scheduled"
    )
    """`cancelled`, or `moved` if it takes place at another time or in another room than before."""
    was: SessionTime | None = None
    """The time at which it was to begin before it moved to another time, or with its date."""

    _days_later: int | None = PrivateAttr(None)
    _location: str = PrivateAttr("")

    @property
    def days_later(self) -> int | None:
        """How many days after its day it begins; `None` if its place among others decides."""
        later: int | None = self.private["_days_later"]
        return later

    @property
    def location(self) -> str:
        """Its location in a programme file; empty for a line of the fest file."""
        return str(self.private["_location"])

    @model_validator(mode="after")
    def _moved(self) -> Self:
        if self.was is not None and self.status != "moved":
            alone = "is valid only with “status: moved”. Add that."
            raise wrong(alone, at=("was",))
        return self

    @model_validator(mode="after")
    def _ends_once(self) -> Self:
        if self.until is None:
            return self
        if self.lasts is not None:
            twice = 'is given beside "for". Write one of the two.'
            raise wrong(twice, at=("until",))
        if isinstance(self.until, datetime):
            is_early = isinstance(self.at, datetime) and self.until <= self.at
        else:
            at = time_of_day(self.at)
            length = _until(at, self.until)
            is_early = self.until <= at and (self.until > MORNING or length > _LONGEST_NIGHT)
        if is_early:
            raise wrong(not_after(self.until, self.at), at=("until",))
        return self


def not_after(until: time | datetime, at: time | datetime) -> str:
    """Return the message about an end that is not after the beginning."""
    return f'"{typed_time(until)}" is not after "at", {typed_time(at)}. Correct one of them.'


def _until(at: time, until: time) -> timedelta:
    """Return how long it takes on the clocks from one time to the next that is another."""
    hours = timedelta(hours=until.hour - at.hour, minutes=until.minute - at.minute)
    return hours if hours > timedelta() else hours + timedelta(days=1)


def dated(items: Iterable[AgendaItem]) -> Iterator[tuple[AgendaItem, datetime | None]]:
    """Yield the lines of an agenda, each with the moment as typed whose date it is on.

    That is its own, or that of the nearest line above with a date; `None` if there is none.
    """
    found = None
    for item in items:
        found = item.at if isinstance(item.at, datetime) else found
        yield item, found


class Step(NamedTuple):
    """One line of a day's agenda, with the moments at which it begins and ends."""

    item: AgendaItem
    start: datetime
    """The moment it begins, aware, in the fest's time zone."""
    end: datetime
    """The moment it ends, that something later begins, or the day is over."""
    planned: datetime
    """The moment it would begin if the day had no delay."""
    previous: datetime | None
    """The moment it was to begin before it moved; without a date, in the same night or day."""
    is_out_of_order: bool
    """Whether it begins before the line above in its room, at a time that no other line has."""

    @property
    def what(self) -> str:
        """What happens, in a few words."""
        return self.item.what

    @property
    def has_end(self) -> bool:
        """Whether its end was typed, so that it may overlap others."""
        return self.item.until is not None or self.item.lasts is not None


def steps_of(items: Sequence[AgendaItem], day: Day) -> tuple[Step, ...]:
    """Return the lines of a day's agenda by start, each with its time.

    A line without an end lasts until the next later time in its room or for all rooms, or until the
    day is over; but only until midnight, if the next is after its night. A line without a room is
    for all rooms, and ends with the next in any.
    """
    steps = sorted(_StepReader(day).steps(items), key=lambda step: step.start.astimezone(UTC))
    starts = [(step.start.astimezone(UTC), step.item.room) for step in steps]
    return tuple(
        step if step.has_end else step._replace(end=_next(step, starts, day)) for step in steps
    )


def _next(step: Step, starts: Sequence[tuple[datetime, str | None]], day: Day) -> datetime:
    room, start = step.item.room, step.start.astimezone(UTC)
    first = bisect_right(starts, start, key=lambda each: each[0])
    later = (starts[index] for index in range(first, len(starts)))
    end = next((each for each, other in later if room is None or other in {None, room}), None)
    over = max(day.end_on(day.date_of(step.start)), step.start)
    if end is None:
        return over
    end = end.astimezone(step.start.tzinfo)
    is_same_night = end.date() == over.date() and end.time() <= MORNING
    return end if over >= day.end or end < over or is_same_night else over


@dataclass
class _Room:
    """What is known of the lines of one room while an agenda is read."""

    date: date
    """The date of the line above, or of the day; the next too, if it is past midnight."""
    above: time
    """The time of the line above, or when the doors open."""
    is_past: bool = False
    """Whether that is past midnight."""
    last: datetime | None = None
    """When the line above begins, in UTC."""
    begun: set[datetime] = field(default_factory=set)
    """When all lines above begin, in UTC."""


class _StepReader:
    """Finds the moments of the lines of a day's agenda, in the order of the file.

    A line with a date is on it, as are those below until another has one. Else a time is past
    midnight where the day, or a line above, goes on until then, and the line is below a later time
    in its room or the doors are not open yet at that hour.
    """

    def __init__(self, day: Day) -> None:
        zone = day.start.tzinfo
        assert isinstance(zone, ZoneInfo)  # as `on_clock` made it
        self._day, self._zone = day, zone
        self._late = timedelta(minutes=day.delay or 0)
        self._rooms: dict[str | None, _Room] = {}
        self._begin(day.date)

    def _begin(self, on: date) -> None:
        """Let the lines from here on be on a date."""
        day, end = self._day, self._day.planned_end
        self._date, self._opens = on, time()
        if on == day.date:
            is_closing = day.is_night and not known(day.opens)
            self._opens = (end if is_closing else day.planned_start).time()
        self._night = end.time() if end.date() > on else None

    def steps(self, items: Iterable[AgendaItem]) -> Iterator[Step]:
        """Yield each line with its moments."""
        for item in items:
            if isinstance(item.at, datetime):
                self._begin(item.at.date() + self._day.moved_by)
            room = self._rooms.setdefault(item.room, _Room(self._date, self._opens))
            if room.date != self._date:
                room.date, room.above, room.is_past = self._date, self._opens, False
            yield self._step(item, room)

    def _step(self, item: AgendaItem, room: _Room) -> Step:
        at, is_typed = time_of_day(item.at), item.days_later is None
        can_be_past = self._night is not None and at <= self._night
        is_earlier = room.is_past or at < max(self._opens, room.above)
        room.is_past = can_be_past and is_earlier and not isinstance(item.at, datetime)
        if is_typed:
            on = self._date + timedelta(days=room.is_past)
        else:
            on = self._day.date + timedelta(days=item.days_later or 0)
        planned = on_clock(on, at, self._zone, lenient=True)
        utc = planned.astimezone(UTC)
        is_early = is_typed and room.last is not None and utc < room.last
        ends = self._end(item, planned)
        step = Step(
            item,
            (utc + self._late).astimezone(self._zone),
            (ends.astimezone(UTC) + self._late).astimezone(self._zone),
            utc.astimezone(self._zone),
            self._previous(item, planned),
            is_early and utc not in room.begun,
        )
        if is_typed:
            room.above, room.last = at, utc
            room.begun.add(utc)
            if ends.date() > self._date and ends.time() <= MORNING:
                self._night = max(self._night or time(), ends.time())
        return step

    def _end(self, item: AgendaItem, start: datetime) -> datetime:
        """Return the typed end of a line that begins at a moment; without one, its start."""
        if item.lasts is not None:
            return (start.astimezone(UTC) + item.lasts).astimezone(self._zone)
        if item.until is None:
            return start
        until = item.until
        if isinstance(until, datetime):
            return self._on(until)
        day = start.date() + timedelta(days=until <= time_of_day(item.at))
        return on_clock(day, until, self._zone, lenient=True)

    def _previous(self, item: AgendaItem, planned: datetime) -> datetime | None:
        if item.was is None or isinstance(item.was, datetime):
            return item.was and self._on(item.was)
        is_past, was_past = (each < MORNING for each in (planned.time(), item.was))
        day = planned.date() + timedelta(days=was_past - is_past)
        return on_clock(day, item.was, self._zone, lenient=True)

    def _on(self, typed: datetime) -> datetime:
        """Return a moment as typed, which moves by as many days as its day does."""
        day = typed.date() + self._day.moved_by
        return on_clock(day, typed.time(), self._zone, lenient=True)
