"""iCalendar files (RFC 5545, RFC 7986) that calendars can read once or subscribe to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mkdocs_impldays.feeds.content_lines import component, content_line, in_utc, text, when
from mkdocs_impldays.feeds.entries import Entry, entries_of, event_name, sequence_of
from mkdocs_impldays.feeds.places import page_of, venue_line
from mkdocs_impldays.feeds.texts import line, paragraph
from mkdocs_impldays.feeds.vtimezone import vtimezone
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.plan import Status
from mkdocs_impldays.fest.sentences import event_sentences
from mkdocs_impldays.fest.typed import known
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.language.words import Words

PRODID = "-//mkdocs-impldays//mkdocs-impldays//EN"
"""Which program made the file (RFC 5545 §3.7.3); without a version, which would change the file."""

REFRESH = "PT12H"
"""How often subscribers are asked to look again (RFC 7986 §5.7). Most look less often."""


Parts = Sequence[tuple[Fest, Sequence[Event]]]
"""Fests, each with those of its events that a calendar is about."""


class Calendars:
    """Writes the calendars of a site; an entry that stands in several of them is written once.

    `stamp` is the aware moment at which the data last changed (`DTSTAMP`); the same data and stamp
    give the same bytes.
    """

    def __init__(self, *, site_url: str | None, stamp: datetime) -> None:
        self._site_url = site_url
        self._stamp = stamp
        self._written: dict[tuple[str, str], bytes] = {}

    def of_event(self, fest: Fest, event: Event) -> bytes:
        """Give the calendar file of one event."""
        return self._calendar(f"{fest.id}/{event.id}", event_name(fest, event), [(fest, [event])])

    def of_fest(self, fest: Fest) -> bytes:
        """Give the calendar file of all events of a fest."""
        return self._calendar(fest.id, line(fest.name), [(fest, list(fest.events.values()))])

    def of_fests(self, fests: Iterable[Fest], *, name: str) -> bytes:
        """Give the calendar of several fests, to subscribe to; `name` is what subscribers read."""
        ordered = sorted(fests, key=lambda fest: fest.id)
        parts = [(fest, list(fest.events.values())) for fest in ordered]
        return self._calendar("fests", line(name), parts)

    def _calendar(
        self, key: str, name: str, parts: Sequence[tuple[Fest, Sequence[Event]]]
    ) -> bytes:
        entries = [e for fest, events in parts for event in events for e in entries_of(fest, event)]
        return component(
            "VCALENDAR",
            content_line("VERSION", "2.0"),
            content_line("PRODID", PRODID),
            content_line("NAME", text(name)),  # RFC 7986 §5.1
            content_line("X-WR-CALNAME", text(name)),  # what calendars read before it
            content_line("REFRESH-INTERVAL;VALUE=DURATION", REFRESH),  # RFC 7986 §5.7
            content_line("UID", text(f"{key}@impldays")),
            content_line("X-PUBLISHED-TTL", REFRESH),
            *(vtimezone(*needed) for needed in _zones(parts, entries, self._stamp)),
            *map(self._entry, entries),
        )

    def _entry(self, entry: Entry) -> bytes:
        key = (entry.uid, entry.fest.language)
        if key not in self._written:
            self._written[key] = _vevent(entry, self._site_url, self._stamp)
        return self._written[key]


def _zones(
    parts: Parts, entries: Sequence[Entry], stamp: datetime
) -> Iterator[tuple[ZoneInfo, datetime, datetime]]:
    """Give each time zone with the first and last moment at which its rules are needed.

    UTC needs none. But a calendar must have a component (RFC 5545 §3.6), so that one whose days
    are not known yet has the rules of the moment of `stamp`.
    """
    for key in sorted({fest.timezone.key for fest, _ in parts}):
        days = [d for e in entries if e.fest.timezone.key == key for d in e.days]
        moments = [d.start for d in days] + [d.end for d in days]
        if (moments and key != "UTC") or not entries:
            zone = ZoneInfo(key)
            yield zone, min(moments, default=stamp), max(moments, default=stamp)


def _vevent(entry: Entry, site_url: str | None, stamp: datetime) -> bytes:
    fest, event, days = entry.fest, entry.event, entry.days
    begin: date = days[0].start if entry.timed else days[0].date
    end: date = days[0].end if entry.timed else days[-1].date + timedelta(days=1)
    changed = in_utc(stamp)
    optional = {
        "DESCRIPTION": text(_description(entry)),
        "GEO": _position(entry),
        "LAST-MODIFIED": changed,
        "LOCATION": text(_place(entry)),
        "STATUS": _STATUS[fest.status_of(event)],
        "URL": page_of(fest, event, site_url=site_url),
    }
    return component(
        "VEVENT",
        content_line("SUMMARY", text(event_name(fest, event))),
        when("DTSTART", begin),
        when("DTEND", end),
        content_line("DTSTAMP", changed),
        content_line("UID", text(entry.uid)),
        content_line("SEQUENCE", str(_sequence(entry, stamp))),
        *(content_line(name, value) for name, value in optional.items() if value),
    )


def _sequence(entry: Entry, stamp: datetime) -> int:
    """Count higher whenever the file has changed (RFC 5545 §3.8.7.4), in minutes since 1970.

    Calendars ignore what counts no higher, and nobody writes down each hour that is corrected. What
    the file itself tells is added: a stamp that is held still must not hide what is cancelled.
    """
    return int(stamp.timestamp()) // 60 + sequence_of(entry.fest, entry.event)


_STATUS: dict[Status, str] = {
    "scheduled": "CONFIRMED",
    "rescheduled": "CONFIRMED",
    "moved-online": "CONFIRMED",
    "postponed": "CANCELLED",
    "cancelled": "CANCELLED",
}
"""RFC 5545 §3.8.1.11. Nobody should come on the days of what was postponed: they are cancelled
until there are new ones, which calendars then take under the same UID."""


def _description(entry: Entry) -> str:
    """Tell what the other properties have no room for: sentence, plan, places, what changed."""
    fest, event, day = entry.fest, entry.event, entry.days[0]
    words = Words.of(fest.language, fest.phrases)
    lines = [paragraph(event.description)] if event.description else []
    lines += [f"{item.at:%H:%M} {line(item.what)}" for item in event.agenda_of(day)]
    if fest.status_of(event) != "moved-online":
        lines += _further_places(entry, words)
    elif (join := fest.join_of(event)) and (url := known(join.url)):
        lines.append(f"{line(words.say('event.join'))}: {url}")
    return "\n".join([*lines, *map(line, event_sentences(fest, event, words))])


def _further_places(entry: Entry, words: Words) -> Iterator[str]:
    fest, event, day = entry.fest, entry.event, entry.days[0]
    for venue in fest.other_venues_of(event, day):
        kind = "place.overflow" if venue.id in event.overflow else "place.other"
        yield f"{line(words.say(kind))}: {venue_line(venue, fest)}"


def _place(entry: Entry) -> str:
    venue = _venue(entry)
    return venue_line(venue, entry.fest) if venue else ""


def _position(entry: Entry) -> str:
    venue = _venue(entry)
    if venue is None or venue.latitude is None or venue.longitude is None:
        return ""
    return f"{venue.latitude};{venue.longitude}"


def _venue(entry: Entry) -> Venue | None:
    """Give where it takes place; nowhere, if that is online."""
    if entry.fest.status_of(entry.event) == "moved-online":
        return None
    return entry.fest.venue_of(entry.event, entry.days[0])
