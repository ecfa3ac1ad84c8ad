"""The agenda of a day: its lines as typed, and when each begins and ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator

from mkdocs_impldays.fest.clock import on_clock
from mkdocs_impldays.fest.model import Model, Reader, known, text_of, wrong
from mkdocs_impldays.fest.values import (
    Colour,
    Language,
    Picture,
    SessionId,
    SessionIds,
    Text,
    Time,
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

    at: Time
    """When it begins, in the fest's time zone."""
    what: Text
    """What happens, in a few words."""
    id: SessionId | None = None
    """Its permanent name, for calendars and addresses; by default, made from `what`."""
    until: Time | None = None
    """When it ends, in the fest's time zone; the next morning if that is not after `at`."""
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
    was: Time | None = None
    """The time at which it was to begin before it moved to another time."""

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
        length = _until(self.at, self.until)
        if self.until <= self.at and (self.until > MORNING or length > _LONGEST_NIGHT):
            message = f'"{self.until:%H:%M}" is not after "at", {self.at:%H:%M}.'
            raise wrong(f"{message} Correct one of them.", at=("until",))
        return self


def _until(at: time, until: time) -> timedelta:
    """Return how long it takes on the clocks from one time to the next that is another."""
    hours = timedelta(hours=until.hour - at.hour, minutes=until.minute - at.minute)
    return hours if hours > timedelta() else hours + timedelta(days=1)


class Step(NamedTuple):
    """One line of a day's plan, with the time it takes."""

    item: AgendaItem
    start: datetime
    """The moment it begins, aware, in the fest's time zone."""
    end: datetime
    """The moment it ends, that something later begins, or the day is over."""
    planned: datetime
    """The moment it would begin if the day had no delay."""
    is_out_of_order: bool
    """Whether it begins before the line above in its room, at a time that no other line has."""

    @property
    def what(self) -> str:
        """What happens, in a few words."""
        return self.item.what

    @property
    def previous(self) -> datetime | None:
        """The moment it was to begin before it moved, in the same night or on the same day."""
        if self.item.was is None:
            return None
        zone = self.planned.tzinfo
        assert isinstance(zone, ZoneInfo)
        is_past, was_past = (each < MORNING for each in (self.planned.time(), self.item.was))
        day = self.planned.date() + timedelta(days=was_past - is_past)
        return on_clock(day, self.item.was, zone, lenient=True)

    @property
    def has_end(self) -> bool:
        """Whether its end was typed, so that it may overlap others."""
        return self.item.until is not None or self.item.lasts is not None


def steps_of(items: Sequence[AgendaItem], day: Day) -> tuple[Step, ...]:
    """Return the lines of a day's plan by the hour they begin, each with its time.

    A line without an end lasts until the next later time in its room or for all rooms, or until the
    day is over. A line without a room is for all rooms, and ends with the next in any.
    """
    steps = sorted(_begun(items, day), key=lambda step: step.start.astimezone(UTC))
    starts = [(step.start.astimezone(UTC), step.item.room) for step in steps]
    return tuple(
        step if step.has_end else step._replace(end=_next(step, starts, day)) for step in steps
    )


def _next(step: Step, starts: Sequence[tuple[datetime, str | None]], day: Day) -> datetime:
    room, start = step.item.room, step.start.astimezone(UTC)
    first = bisect_right(starts, start, key=lambda each: each[0])
    later = (starts[index] for index in range(first, len(starts)))
    end = next((each for each, other in later if room is None or other in {None, room}), None)
    return end.astimezone(step.start.tzinfo) if end else max(day.end, step.start)


def _begun(items: Sequence[AgendaItem], day: Day) -> Iterator[Step]:
    """Yield the lines of a plan in the order of the file, each with the moment it begins.

    A time is past midnight where the day, or a line above, goes on until then, and the line is
    below a later time in its room or the doors are not open yet at that hour.
    """
    zone, end = day.start.tzinfo, day.planned_end
    assert isinstance(zone, ZoneInfo)  # as `on_clock` made it
    opens = day.planned_start.time()
    if day.is_night and not known(day.opens):
        opens = end.time()
    night = end.time() if end.date() > day.date else None
    rooms: dict[str | None, _Room] = {}
    for item in items:
        room = rooms.setdefault(item.room, _Room(opens))
        can_be_past = night is not None and item.at <= night
        room.is_past = can_be_past and (room.is_past or item.at < max(opens, room.above))
        later = int(room.is_past) if item.days_later is None else item.days_later
        on = day.date + timedelta(days=later)
        planned = on_clock(on, item.at, zone, lenient=True)
        utc = planned.astimezone(UTC)
        is_out_of_order = (
            item.days_later is None
            and bool(room.begun)
            and utc < room.begun[-1]
            and utc not in room.begun
        )
        late = timedelta(minutes=day.delay or 0)
        ends = _planned_end(item, planned)
        yield Step(
            item,
            (utc + late).astimezone(zone),
            (ends.astimezone(UTC) + late).astimezone(zone),
            utc.astimezone(zone),
            is_out_of_order,
        )
        if item.days_later is not None:
            continue
        room.above = item.at
        room.begun.append(utc)
        if ends.date() > day.date and ends.time() <= MORNING:
            night = max(night or time(), ends.time())


@dataclass
class _Room:
    """What is known of the lines of one room while a plan is read."""

    above: time
    """The time of the line above, or when the doors open."""
    is_past: bool = False
    """Whether that is past midnight."""
    begun: list[datetime] = field(default_factory=list)
    """When the lines above begin, in UTC."""


def _planned_end(item: AgendaItem, start: datetime) -> datetime:
    """Return the typed end of a line that begins at a moment; without one, its start."""
    if item.lasts is not None:
        return (start.astimezone(UTC) + item.lasts).astimezone(start.tzinfo)
    if item.until is None:
        return start
    zone = start.tzinfo
    assert isinstance(zone, ZoneInfo)
    day = start.date() + timedelta(days=item.until <= item.at)
    return on_clock(day, item.until, zone, lenient=True)
