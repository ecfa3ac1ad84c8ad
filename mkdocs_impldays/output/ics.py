"""iCalendar files (RFC 5545, RFC 7986) to import or to subscribe to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from mkdocs_impldays.fest.deadlines import deadlines_of
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.programme.model import guid_of
from mkdocs_impldays.fest.sessions import AgendaLine, lines_of, session_source
from mkdocs_impldays.output.calendar_links import programme_calendar_path, session_calendar_path
from mkdocs_impldays.output.texts import absolute, event_name, line
from mkdocs_impldays.output.vevent import (
    Entry,
    Text,
    day_entry,
    deadline_entry,
    entries_of,
    session_entry,
    session_moments,
)
from mkdocs_impldays.output.vtimezone import vtimezone

PRODID = "-//mkdocs-impldays//mkdocs-impldays//EN"
"""The program that wrote the file (RFC 5545 §3.7.3), without a version, which would change it."""

REFRESH = timedelta(hours=12)
"""The suggested interval for subscribers to refresh (RFC 7986 §5.7); most are slower."""


class Calendars:
    """Writes the calendars of a site; an entry in several of them is written once.

    `stamps` are the aware moments at which the fest files last changed (`DTSTAMP`), by the ids of
    the fests; the same data and stamps give the same bytes.
    """

    def __init__(
        self,
        *,
        site_url: str | None,
        stamps: Mapping[str, datetime],
        addresses: Mapping[str, str] | None = None,
    ) -> None:
        """`addresses` are those of pages from the site's root, by their files below `docs/`."""
        self._site_url = site_url
        self._stamps = stamps
        self._addresses = addresses or {}
        self._written: dict[tuple[str, str], bytes] = {}

    def of_event(self, fest: Fest, event: Event) -> bytes:
        """Return the calendar file of one event."""
        return self._days(f"{fest.id}/{event.id}", event_name(fest, event), [fest], event)

    def of_fest(self, fest: Fest) -> bytes:
        """Return the calendar file of all events of a fest."""
        return self._days(fest.id, line(fest.name), [fest])

    def of_sessions(self, fest: Fest) -> dict[str, bytes]:
        """Return the calendar files of each session and of whole programmes, by their paths.

        A session is the same entry in each. An event without sessions has no file.
        """
        lines = lines_of(fest)
        written = {name: self._session(fest, name, each) for name, each in lines.items()}
        files = {
            session_calendar_path(fest, name): self._calendar(
                f"{fest.id}/sessions/{name}",
                line(each.step.what),
                [fest],
                session_moments(each),
                [written[name]],
            )
            for name, each in lines.items()
        }
        for event in (None, *fest.events.values()):
            names = [name for name, each in lines.items() if event is None or each.event is event]
            if names:
                files[programme_calendar_path(fest, event)] = self._calendar(
                    f"{fest.id}/programme" + (f"/{event.id}" if event else ""),
                    event_name(fest, event) if event else line(fest.name),
                    [fest],
                    [moment for name in names for moment in session_moments(lines[name])],
                    [written[name] for name in names],
                )
        return files

    def _session(self, fest: Fest, name: str, agenda_line: AgendaLine) -> bytes:
        address = self._addresses.get(session_source(fest, name))
        url = absolute(address, self._site_url) if address else None
        vevent = session_entry(
            fest,
            agenda_line,
            guid_of(name, within=fest.id),
            url=url,
            site_url=self._site_url,
            stamp=self._stamps[fest.id],
        )
        return bytes(vevent.to_ical())

    def of_fests(self, fests: Iterable[Fest], *, name: str, has_deadlines: bool = False) -> bytes:
        """Return the calendar of several fests, to subscribe to, with a `name` for subscribers.

        With `has_deadlines`, it has their deadlines too.
        """
        ordered = sorted(fests, key=lambda fest: fest.id)
        deadlines = self._deadlines(ordered) if has_deadlines else []
        return self._days("fests", line(name), ordered, deadlines=deadlines)

    def of_deadlines(self, fests: Iterable[Fest], *, name: str) -> bytes:
        """Return the calendar of the deadlines of several fests, with a `name` for subscribers.

        They are events without duration that block no time (RFC 5545 §3.6.1, §3.8.2.7), since few
        calendars show a VTODO. Their moments are in UTC.
        """
        return self._calendar("deadlines", line(name), [], [], self._deadlines(fests))

    def _deadlines(self, fests: Iterable[Fest]) -> list[bytes]:
        ordered = sorted(fests, key=lambda fest: fest.id)
        return [
            deadline_entry(fest, each, self._site_url, self._stamps[fest.id]).to_ical()
            for fest in ordered
            for each in deadlines_of(fest)
        ]

    def _days(
        self,
        key: str,
        name: str,
        fests: Sequence[Fest],
        event: Event | None = None,
        *,
        deadlines: Sequence[bytes] = (),
    ) -> bytes:
        """Return the calendar of the days of some fests, or of one event."""
        entries = [
            entry
            for fest in fests
            for each in ([event] if event else fest.events.values())
            for entry in entries_of(fest, each)
        ]
        days = [day for entry in entries for day in entry.days]
        moments = [moment for day in days for moment in (day.start, day.end)]
        written = [self._entry(entry) for entry in entries]
        return self._calendar(key, name, fests, moments, [*written, *deadlines])

    def _calendar(
        self,
        key: str,
        name: str,
        fests: Iterable[Fest],
        moments: Iterable[datetime],
        entries: Sequence[bytes],
    ) -> bytes:
        """Return a calendar with entries, and the time zones of their `moments`."""
        calendar = icalendar.Calendar.new(
            prodid=PRODID, uid=f"{key}@impldays", refresh_interval=REFRESH
        )
        for label in ("NAME", "X-WR-CALNAME"):  # RFC 7986 §5.1, and what calendars read before it
            calendar[label] = Text(name)
        calendar["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"  # no default, RFC 7986 §5.7
        calendar["X-PUBLISHED-TTL"] = icalendar.vDuration(REFRESH)
        zones = (vtimezone(*each) for each in _zones(fests, moments, self._stamps))
        begin, end, rest = calendar.to_ical().rpartition(b"END:VCALENDAR")
        return b"".join([begin, *zones, *entries, end, rest])

    def _entry(self, entry: Entry) -> bytes:
        key = (entry.uid, entry.fest.language)
        if key not in self._written:
            stamp = self._stamps[entry.fest.id]
            self._written[key] = day_entry(entry, self._site_url, stamp).to_ical()
        return self._written[key]


def _zones(
    fests: Iterable[Fest], moments: Iterable[datetime], stamps: Mapping[str, datetime]
) -> Iterator[tuple[ZoneInfo, datetime, datetime]]:
    """Yield each time zone with the first and the last moment for which its rules are needed.

    UTC needs none. A calendar without entries has the rules at the moments of `stamps`, since it
    must have a component (RFC 5545 §3.6).
    """
    ordered = sorted(moments)
    zones: dict[str, list[datetime]] = {}
    for moment in ordered:
        zones.setdefault(str(moment.tzinfo), []).append(moment)
    zones.pop("UTC", None)
    if not ordered:
        for fest in fests:
            zones.setdefault(fest.timezone.key, []).append(stamps[fest.id])
    for key, theirs in sorted(zones.items()):
        yield ZoneInfo(key), min(theirs), max(theirs)
