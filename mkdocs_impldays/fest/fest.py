"""A fest: what happens, when and where. Frozen data; nothing here reads a file or a clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_impldays.fest.clock import on_clock
from mkdocs_impldays.fest.colours import DARK_PAGE, READABLE, contrast, luminance
from mkdocs_impldays.fest.kinds import (
    ClosingOrTba,
    Colour,
    Count,
    Country,
    Date,
    DeadlineOrTba,
    Email,
    Id,
    IdOrTba,
    Ids,
    Language,
    Latitude,
    Longitude,
    Minutes,
    Moment,
    MomentOrTba,
    SitePath,
    Text,
    TextOrTba,
    Time,
    TimeOrTba,
    Url,
    UrlOrTba,
    Zone,
    one_of,
    zone_of,
)
from mkdocs_impldays.fest.limited import Contact, Live
from mkdocs_impldays.fest.model import Model
from mkdocs_impldays.fest.typed import TBA, Tba, is_tba, wrong

Status = Literal["scheduled", "cancelled", "postponed", "rescheduled", "moved-online"]
"""What became of a plan, in the terms of schema.org's `EventStatusType`."""

Availability = Literal["open", "waitlist", "full"]
"""Whether there is room: the one thing about an RSVP that a clock cannot know."""

Motif = Literal["arches", "blocks", "peaks", "roofs"]
"""The shape in which the site draws the days of a fest."""

MAX_DAYS = 60
"""The longest event, in days from the first to the last; a longer one is a slip of the year."""

T = TypeVar("T")


def known(fact: T | Tba | None) -> T | None:
    """Give a fact's value, or `None` where it is not there or still `tba`."""
    return None if isinstance(fact, Tba) else fact


class Change(Model):
    """A change of time, place or status that people were told of; what happened stays listed.

    Calendars count them (`SEQUENCE`, RFC 5545 §3.8.7.4): one without a higher count is ignored.
    """

    date: Date
    """The day on which it was told."""
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
        self._start = on_clock(self.date, opens or time(), zone, lenient=opens is None)
        self._end = self._closing(zone)
        if self._end <= self._start:
            raise self._never_open()
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
        return self._start

    @property
    def end(self) -> datetime:
        """The moment it is over: the closing hour, or the end of the day where none is known."""
        return self._end

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
    page: SitePath | None = None
    """The address of its page on the site, like /about_impl_days/."""
    status: (
        Annotated[
            Status,
            BeforeValidator(
                one_of("scheduled", "cancelled", "postponed", "rescheduled", "moved-online")
            ),
        ]
        | None
    ) = None
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
        return self._id

    @property
    def planned_days(self) -> tuple[Day, ...]:
        """Its days as they were planned, before any move or delay."""
        return known(self.days) or ()

    @property
    def known_days(self) -> tuple[Day, ...]:
        """Its days as they are now, or none where they are `tba`."""
        return self.planned_days if self._plan is None else self._plan

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
        return self.known_days[0].start if self.known_days else None

    @property
    def end(self) -> datetime | None:
        """The moment the last day is over."""
        return self.known_days[-1].end if self.known_days else None

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


class Venue(Model):
    """A place where people meet."""

    name: TextOrTba
    """What it is called."""
    street: TextOrTba | None = None
    """Street and number."""
    postcode: TextOrTba | None = None
    """The postcode as it is written, leading zeros too."""
    city: TextOrTba | None = None
    """The town, if not the fest's."""
    country: Country | None = None
    """The country's two letters (ISO 3166), if not the fest's."""
    latitude: Latitude | None = None
    """Degrees north of the equator (WGS 84), like 48.87197."""
    longitude: Longitude | None = None
    """Degrees east of Greenwich (WGS 84), like 2.34122."""
    capacity: Count | None = None
    """How many people fit in."""
    url: UrlOrTba | None = None
    """Its own page."""
    directions: Text | None = None
    """How to get there; may hold inline Markdown."""
    access: Text | None = None
    """What people with disabilities need to know; may hold inline Markdown."""

    _id: str = PrivateAttr("")

    @model_validator(mode="after")
    def _both_coordinates(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            message = "is missing beside its twin. Write latitude and longitude, or none."
            raise wrong(message, at=(missing,))
        return self

    @property
    def id(self) -> str:
        """The key it stands at in the file."""
        return self._id


class Rsvp(Model):
    """How people say that they will come."""

    event: Id
    """What they come to: a name from `events`."""
    url: UrlOrTba
    """Where they say it: an https: or mailto: address."""
    label: Text | None = None
    """What the button says; may hold inline Markdown."""
    opens: MomentOrTba | None = None
    """From when; at once, if not given. A date means its first minute."""
    closes: DeadlineOrTba | None = None
    """Until when; until the event begins, if not given. A date means its last minute."""
    availability: Annotated[Availability, BeforeValidator(one_of("open", "waitlist", "full"))] = (
        "open"
    )
    """`open`, `waitlist` or `full`: the one thing that a clock cannot know."""
    waitlist_url: Url | None = None
    """Where people get on the waiting list, if not at `url`."""
    waitlist_label: Text | None = None
    """What the button says when only the waiting list is open."""

    @model_validator(mode="after")
    def _opens_first(self) -> Self:
        opens, closes = known(self.opens), known(self.closes)
        if opens and closes and closes <= opens:
            message = f'"{closes:%Y-%m-%d %H:%M}" is not after it opens, {opens:%Y-%m-%d %H:%M}.'
            raise wrong(f"{message} Correct one of them.", at=("closes",))
        return self


class Organizer(Model):
    """Who answers for the fest."""

    name: Text
    """A person or a group."""
    url: Url | None = None
    """Their page."""
    email: Email | None = None
    """Where they are written to."""


class Look(Model):
    """The colours of a fest and the shape that stands for its city."""

    primary: Colour = "#26323f"
    """The dark colour: grounds, and links on light pages. Like "#1f3a5f"."""
    accent: Colour = "#f2b84b"
    """The light colour: what is lit, and links on dark pages. Like "#f4b860"."""
    motif: Annotated[Motif, BeforeValidator(one_of("arches", "blocks", "peaks", "roofs"))] = (
        "blocks"
    )
    """The shape of the drawn days: `arches`, `blocks`, `peaks` or `roofs`."""

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if luminance(self.primary) > luminance(self.accent):
            raise wrong(f'"{self.primary}" is lighter than its accent. Swap the two.')
        for ground, named in ((self.primary, "the primary colour"), (DARK_PAGE, "dark pages")):
            if (ratio := contrast(self.accent, ground)) < READABLE:
                message = f'"{self.accent}" has a contrast of {ratio:.1f} on {named}; people need'
                advice = "Write a lighter accent or a darker primary."
                raise wrong(f"{message} {READABLE}. {advice}", at=("accent",))
        return self


class Fest(Model):
    """A whole fest, as its file tells it."""

    name: Text
    """What it is called, like RustFest Paris."""
    city: Text
    """Where it takes place."""
    country: Country
    """The country's two letters (ISO 3166), like FR."""
    timezone: Zone
    """The time zone of its clocks (IANA), like Europe/Paris."""
    events: dict[Id, Event]
    """What takes place, by short names that pages and calendars use."""
    edition: Count | None = None
    """The how many-eth fest it is."""
    language: Language = "en"
    """The language of its site (BCP 47)."""
    url: Url | None = None
    """The fest's own site."""
    description: Text | None = None
    """A sentence for search engines and link previews."""
    organizer: Organizer | None = None
    """Who answers for it."""
    status: Annotated[
        Status,
        BeforeValidator(
            one_of("scheduled", "cancelled", "postponed", "rescheduled", "moved-online")
        ),
    ] = "scheduled"
    """What became of the plan; wins over what the clock says."""
    new_start: Date | None = None
    """The first day of the fest as it is now, if all days moved; they follow at their distance."""
    join: Join | None = None
    """Where people take part since the whole fest moved online."""
    changes: tuple[Change, ...] = ()
    """What changed for all events since they were first told, the oldest first."""
    venues: dict[Id, Venue] = Field(default_factory=dict)
    """The places, by short names."""
    rsvp: Rsvp | None = None
    """How people say that they will come."""
    contacts: tuple[Contact, ...] = ()
    """Who can be reached, and until when."""
    live: tuple[Live, ...] = ()
    """Streams and documents for those days."""
    recordings: Url | None = None
    """Where the talks can be watched once the fest is over."""
    thanks: Text | None = None
    """What is said to those who came, once the fest is over; may hold inline Markdown."""
    look: Look = Look()
    """Its colours and its shape."""
    phrases: dict[str, Text] = Field(default_factory=dict)
    """The plugin's own phrases in other words, by their names, like rsvp.opens."""
    site: dict[str, Any] = Field(default_factory=dict)
    """Anything else, reachable in pages as site.…; wins over what is derived."""

    _id: str = PrivateAttr("")

    @model_validator(mode="after")
    def _name_the_parts(self, info: ValidationInfo) -> Self:
        self._id = (info.context or {}).get("id", "")
        for key, event in self.events.items():
            event._id = key  # noqa: SLF001 - a part learns its name from the whole
        for key, venue in self.venues.items():
            venue._id = key  # noqa: SLF001 - as above
        days = [day for event in self.events.values() for day in event.planned_days]
        days.sort(key=lambda day: day.date)
        if self.new_start:
            check_move(self.new_start, days)
        by = self.new_start - days[0].date if self.new_start else timedelta()
        for event in self.events.values():
            event.replan(by, self.timezone)
        return self

    @property
    def id(self) -> str:
        """The file's name without its ending, like paris-2018."""
        return self._id

    @property
    def start(self) -> datetime | None:
        """The moment its first event begins; `None` while no day is known."""
        return min((event.start for event in self.events.values() if event.start), default=None)

    @property
    def end(self) -> datetime | None:
        """The moment its last event is over."""
        return max((event.end for event in self.events.values() if event.end), default=None)

    def status_of(self, event: Event | None = None) -> Status:
        """Give what became of an event, or of the whole fest, also where other facts tell it."""
        if event and event.status:
            return event.status
        if self.status in {"cancelled", "postponed"}:
            return self.status
        if self.join_of(event):
            return "moved-online"
        if self.status == "scheduled" and (self.new_start or (event and event.new_start)):
            return "rescheduled"
        return self.status

    def join_of(self, event: Event | None = None) -> Join | None:
        """Give where people take part online: in an event, or in the whole fest."""
        return (event.join if event else None) or self.join

    def changes_of(self, event: Event) -> tuple[Change, ...]:
        """Give every change that touched an event: the whole fest's and its own."""
        return (*self.changes, *event.changes)

    def previous_start_of(self, event: Event | None = None) -> date | None:
        """Give the first day as it was before the last move, of an event or of the whole fest."""
        events = [event] if event else list(self.events.values())
        if any(each.old_days for each in events):
            return min(day.date for each in events for day in each.planned_days)
        changes = self.changes_of(event) if event else self.changes
        moves = [change.previous_start for change in changes if change.previous_start]
        return moves[-1] if moves else None

    def venue_of(self, event: Event, day: Day | None = None) -> Venue | None:
        """Give the place of an event, or of one of its days; `None` while it is not known."""
        own = day.venue[0] if day and day.venue else None
        if own is None or (event.new_venue and own == event.venue):
            own = event.new_venue or known(event.venue)
        return self.venues[own] if own else None

    def other_venues_of(self, event: Event, day: Day | None = None) -> tuple[Venue, ...]:
        """Give the further places of an event or one of its days: its own, then the overflow."""
        main = self.venue_of(event, day)
        keys = dict.fromkeys([*(day.venue[1:] if day and day.venue else ()), *event.overflow])
        return tuple(self.venues[key] for key in keys if not main or key != main.id)

    def old_venue_of(self, event: Event) -> Venue | None:
        """Give the place that an event had before it got a new one."""
        key = known(event.venue)
        return self.venues[key] if key and event.new_venue else None
