"""A fest: what happens, when and where. Frozen data; nothing here reads a file or a clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Self

from pydantic import Field, PrivateAttr, ValidationInfo, model_validator

from mkdocs_impldays.fest.agenda import Link, Speaker, Track
from mkdocs_impldays.fest.calls import Call, Rsvp
from mkdocs_impldays.fest.day import Day, check_move, dates_of
from mkdocs_impldays.fest.event import (
    NOT_HELD,
    Attendance,
    Change,
    Event,
    Join,
    Status,
    TypedAttendance,
    TypedStatus,
)
from mkdocs_impldays.fest.look import Look
from mkdocs_impldays.fest.model import Model, known, plain, speaks
from mkdocs_impldays.fest.people import Contact, Live, Member, Organizer, Pages, Sponsor
from mkdocs_impldays.fest.programme.merger import ProgrammeFile, add_programmes
from mkdocs_impldays.fest.source import Source
from mkdocs_impldays.fest.values import (
    Count,
    Country,
    Date,
    Id,
    Language,
    Markdown,
    SessionId,
    Text,
    Url,
    Zone,
)
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.problems import Problem
from mkdocs_impldays.words.dates import Month


class Fest(Model):
    """A fest, as in its file."""

    name: Text
    """Its name, like Hack Days Lisbon."""
    city: Text = ""
    """Where it takes place; not needed where every event is online."""
    country: Country = ""
    """The country's two letters (ISO 3166), like FR; not needed where every event is online."""
    timezone: Zone
    """Its time zone (IANA), like Europe/Paris."""
    events: dict[Id, Event]
    """What takes place, by short names that pages and calendars use."""
    attendance: TypedAttendance = "on-site"
    """How people take part: `on-site`, `online`, or `hybrid` for both."""
    edition: Count | None = None
    """The number of this edition, like 4."""
    language: Language = "en"
    """The language of its site (BCP 47)."""
    url: Url | None = None
    """The fest's own website."""
    description: Text | None = None
    """A sentence for search engines and link previews."""
    organizer: Organizer | None = None
    """Who organises it."""
    status: TypedStatus = "scheduled"
    """Whether it takes place as planned; takes precedence over the clock."""
    new_start: Date | None = None
    """The new first day, if all days moved; the others move by the same number of days."""
    join: Join | None = None
    """Where people take part online; a fest that was planned on site has then moved online."""
    changes: tuple[Change, ...] = ()
    """What changed for all events since they were first announced, the oldest first."""
    venues: dict[Id, Venue] = Field(default_factory=dict)
    """The venues, by short names."""
    tracks: dict[SessionId, Track] = Field(default_factory=dict)
    """Its tracks, by short names that agendas use."""
    speakers: dict[SessionId, Speaker] = Field(default_factory=dict)
    """Its speakers, by short names that agendas use."""
    rsvp: Rsvp | None = None
    """How people sign up."""
    calls: dict[Id, Call] = Field(default_factory=dict)
    """Proposals and everything else with a deadline, by short names that pages use."""
    sponsors: tuple[Sponsor, ...] = ()
    """Its sponsors, the highest level first."""
    team: tuple[Member, ...] = ()
    """The people who organise it."""
    links: tuple[Link, ...] = ()
    """Its accounts elsewhere, like on Mastodon."""
    pages: Pages | None = None
    """Pages of its site that every page links to."""
    contacts: tuple[Contact, ...] = ()
    """Who can be reached, and until when."""
    live: tuple[Live, ...] = ()
    """Live streams and shared documents."""
    recordings: Url | None = None
    """The address of the recordings, shown once the fest is over."""
    thanks: Markdown | None = None
    """The organiser's thanks, shown once the fest is over: inline Markdown, also links."""
    look: Look = Look()
    """Its colours and its motif."""
    phrases: dict[str, Text] = Field(default_factory=dict)
    """Phrases of the plugin, reworded or translated, by their names, like rsvp.opens."""
    site: dict[str, Any] = Field(default_factory=dict)
    """Your own facts, which pages use as site.…; they take precedence over derived ones."""

    _context: dict[str, Any] = PrivateAttr(default_factory=dict)  # `in_language` needs it again
    _programme_problems: list[Problem] = PrivateAttr([])

    @model_validator(mode="after")
    def _finish(self, info: ValidationInfo) -> Self:
        """Set the ids of its parts, move and delay days, and add the sessions of programmes."""
        self._context = info.context or {}
        for key, event in self.events.items():
            event._id = key  # noqa: SLF001 - a part learns its name from the whole
        for key, venue in self.venues.items():
            venue._id = key  # noqa: SLF001 - as above
        for key, call in self.calls.items():
            call._id = key  # noqa: SLF001 - as above
        days = [day for event in self.events.values() for day in event.planned_days]
        days.sort(key=lambda day: day.date)
        if self.new_start:
            check_move(self.new_start, days)
        by = self.new_start - days[0].date if self.new_start else timedelta()
        for event in self.events.values():
            event.set_current_days(by, self.timezone)
        if programmes := self._context.get("programmes"):
            self._programme_problems = add_programmes(self, programmes)
        return self

    @property
    def id(self) -> str:
        """The file's name without its ending, like paris-2018."""
        return str(self.private["_context"].get("id", ""))

    @property
    def source(self) -> Source:
        """What was typed in its file, with the line of each part."""
        source: Source = self._context.get("source") or Source()
        return source

    @property
    def paths(self) -> tuple[str, ...]:
        """Its file, then the programme files of its events, as problems name them."""
        files: Mapping[str, ProgrammeFile] = self._context.get("programmes", {})
        return tuple(dict.fromkeys([self.source.path, *(each.path for each in files.values())]))

    @property
    def programme_problems(self) -> list[Problem]:
        """What in the programme files does not fit the fest."""
        return list(self._programme_problems)

    @property
    def own_language(self) -> str:
        """The language of its file, which differs from `language` in a translation."""
        return str(self._context.get("own", self.language))

    def in_language(self, language: str) -> Fest:
        """Return the same fest with each text in a language, if it was typed in that language.

        A tag without a region means the fest's own language if that only adds a region. Phrases
        that were not typed in the language are dropped, so that the plugin's own are used.
        """
        own = self.own_language
        if language == plain(own):
            language = own
        if language == self.language:
            return self
        typed = self._context.get("typed", {})
        context = self._context | {"language": language}
        fest = Fest.model_validate(typed, context=context) if typed else self
        phrases = {
            name: text
            for name, text in fest.phrases.items()
            if speaks(typed.get("phrases", {}).get(name), language, own=own)
        }
        return fest.model_copy(update={"language": language, "phrases": phrases})

    @property
    def known_days(self) -> tuple[Day, ...]:
        """The days of all its events as they are now, event by event; a date may come twice."""
        return tuple(day for event in self.events.values() for day in event.known_days)

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates of the events that are held, in order; of all events if none is."""
        return dates_of(self.days_held or self.known_days)

    @property
    def month(self) -> Month | None:
        """The month of its first event while no day of any event is known; else `None`."""
        months = [event.month for event in self.events.values() if event.month]
        return min(months) if months and not self.known_days else None

    @property
    def start(self) -> datetime | None:
        """The moment its first event begins; `None` while no day is known.

        If no event is held, the planned days count.
        """
        starts = (day.start for day in self.days_held or self.known_days)
        return min(starts, key=datetime.timestamp, default=None)

    @property
    def end(self) -> datetime | None:
        """The moment its last event is over, of the same days as `start`."""
        ends = (day.end for day in self.days_held or self.known_days)
        return max(ends, key=datetime.timestamp, default=None)

    @property
    def days_held(self) -> tuple[Day, ...]:
        """The days of the events that are held, without those cancelled or postponed."""
        held = [each for each in self.events.values() if self.is_held(each)]
        return tuple(day for event in held for day in event.days_held)

    def status_of(self, event: Event | None = None, day: Day | None = None) -> Status:
        """Return the status of an event or one of its days, or of the fest.

        Other facts may imply it: an event is cancelled if all of its days are, and a status that
        all events share is the fest's. If some are cancelled and all others are postponed, the fest
        is postponed.
        """
        if event:
            is_off = day and day.status == "cancelled"
            return "cancelled" if is_off and self.is_held(event) else self._status(event)
        statuses = {self._status(each) for each in self.events.values()}
        if len(statuses) == 1:
            return statuses.pop()
        return "postponed" if statuses == NOT_HELD else self.own_status

    def is_held(self, event: Event | None = None, day: Day | None = None) -> bool:
        """Return whether an event, one of its days, or the fest takes place."""
        return self.status_of(event, day) not in NOT_HELD

    def planned_attendance(self, event: Event | None = None) -> Attendance:
        """Return how people were to take part; a fest is hybrid if its events differ."""
        if event:
            return event.attendance or self.attendance
        planned = {each.attendance or self.attendance for each in self.events.values()}
        return planned.pop() if len(planned) == 1 else "hybrid" if planned else self.attendance

    def attendance_of(self, event: Event | None = None) -> Attendance:
        """Return how people take part in an event, or in the fest, as it is now."""
        moved = self.status_of(event) == "moved-online"
        return "online" if moved else self.planned_attendance(event)

    def is_online(self, event: Event | None = None) -> bool:
        """Return whether an event, or the fest, takes place online and nowhere else."""
        return self.attendance_of(event) == "online"

    def awaits_days(self, event: Event | None = None) -> bool:
        """Return whether the days of an event, or of the fest, are still to be announced."""
        status = self.status_of(event)
        return status == "postponed" or (status != "cancelled" and not (event or self).known_days)

    @property
    def own_status(self) -> Status:
        """The status of the whole fest by its own keys, whatever that of its events."""
        return self._status(None)

    def _status(self, event: Event | None) -> Status:
        own = event.status if event else None
        status = own or self.status
        days = event.known_days if event else ()
        if days and status != "postponed" and all(day.status == "cancelled" for day in days):
            return "cancelled"
        if status in NOT_HELD or (own and own != "scheduled"):
            return status
        is_whole_plan = any(self.planned_attendance(e) != "on-site" for e in self.events.values())
        join = event.join if event and (own or is_whole_plan) else self.join_of(event)
        if join and self.planned_attendance(event) == "on-site":
            return "moved-online"
        if status == "scheduled" and (self.new_start or (event and event.new_start)):
            return "rescheduled"
        return status

    @property
    def main_event(self) -> Event:
        """The event that people sign up for; without an RSVP, the last one in the file."""
        return self.events[self.rsvp.event] if self.rsvp else list(self.events.values())[-1]

    @property
    def every_call(self) -> dict[str, Call]:
        """The RSVP and all other calls, in this order, by their keys."""
        return ({"rsvp": self.rsvp} if self.rsvp else {}) | self.calls

    def join_of(self, event: Event | None = None) -> Join | None:
        """Return where people take part online: in an event, or in the whole fest."""
        return (event.join if event else None) or self.join

    def changes_of(self, event: Event) -> tuple[Change, ...]:
        """Return the changes that apply to an event: the whole fest's, then its own."""
        return (*self.changes, *event.changes)

    def previous_start_of(self, event: Event | None = None) -> date | None:
        """Return the first day before the last move of an event or the fest, if any."""
        events = [event] if event else list(self.events.values())
        if any(each.old_days for each in events):
            return min(day.date for each in events for day in each.planned_days)
        changes = self.changes_of(event) if event else self.changes
        moves = [change.previous_start for change in changes if change.previous_start]
        return moves[-1] if moves else None

    def venue_of(self, event: Event, day: Day | None = None) -> Venue | None:
        """Return the venue of an event, or of one of its days; `None` while it is not known.

        A name that is not in `venues`, which `unknown_names` reports, has none.
        """
        own = day.venue[0] if day and day.venue else None
        if own is None or (event.new_venue and own == event.venue):
            own = event.new_venue or known(event.venue)
        return self.venues.get(own) if own else None

    def city_of(self, venue: Venue) -> str | None:
        """Return the city of a venue: its own, else the fest's; `None` while it is not known."""
        return known(venue.city) if venue.city else self.city

    def has_town_in_street(self, venue: Venue) -> bool:
        """Return whether the whole address of a venue was typed as its street."""
        street, town = known(venue.street) or "", self.city_of(venue) or ""
        found = town and re.search(rf"[,\d]\s*{re.escape(town)}\b", street, re.IGNORECASE)
        return bool(found)

    def other_venues_of(self, event: Event, day: Day | None = None) -> tuple[Venue, ...]:
        """Return the further venues of an event or one of its days, those for overflow last."""
        main = self.venue_of(event, day)
        keys = dict.fromkeys([*(day.venue[1:] if day and day.venue else ()), *event.overflow])
        return tuple(self.venues[key] for key in keys if not main or key != main.id)

    def venues_of(self, event: Event, day: Day) -> tuple[Venue, ...]:
        """Return all venues of a day of an event, the main one first; none while none is known."""
        main = self.venue_of(event, day)
        return (*([main] if main else []), *self.other_venues_of(event, day))

    def old_venue_of(self, event: Event) -> Venue | None:
        """Return the venue of an event before it got a new one; `None` if it did not."""
        key = known(event.venue)
        return self.venues[key] if key and event.new_venue else None
