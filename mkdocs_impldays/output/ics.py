"""iCalendar files (RFC 5545, RFC 7986) that calendars can read once or subscribe to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from mkdocs_impldays.fest.changes import event_sentences
from mkdocs_impldays.fest.deadlines import Deadline, deadlines_of
from mkdocs_impldays.fest.event import Day, Event, Status
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.output.calendar import Entry, entries_of, event_name
from mkdocs_impldays.output.texts import (
    line,
    page_of,
    paragraph,
    venue_line,
    without_markup,
)
from mkdocs_impldays.output.vtimezone import vtimezone
from mkdocs_impldays.words.phrases import Words


class Text(icalendar.vText):
    r"""Text that is written as it is; icalendar 7.3 takes a typed `\N` for a line break."""

    def to_ical(self) -> bytes:
        r"""Put `\` before what means something in a calendar, and `\n` for line breaks."""
        return re.sub(r"[\\;,]", r"\\\g<0>", str(self)).replace("\n", "\\n").encode()


PRODID = "-//mkdocs-impldays//mkdocs-impldays//EN"
"""Which program made the file (RFC 5545 §3.7.3); without a version, which would change the file."""

REFRESH = timedelta(hours=12)
"""How often subscribers are asked to look again (RFC 7986 §5.7). Most look less often."""


Parts = Sequence[tuple[Fest, Sequence[Event]]]
"""Fests, each with those of its events that a calendar is about."""


class Calendars:
    """Writes the calendars of a site; an entry of several of them is written once.

    `stamps` are the aware moments at which the fest files last changed (`DTSTAMP`), by the ids of
    the fests; the same data and stamps give the same bytes.
    """

    def __init__(self, *, site_url: str | None, stamps: Mapping[str, datetime]) -> None:
        self._site_url = site_url
        self._stamps = stamps
        self._written: dict[tuple[str, str], bytes] = {}

    def of_event(self, fest: Fest, event: Event) -> bytes:
        """Return the calendar file of one event."""
        return self._calendar(f"{fest.id}/{event.id}", event_name(fest, event), [(fest, [event])])

    def of_fest(self, fest: Fest) -> bytes:
        """Return the calendar file of all events of a fest."""
        return self._calendar(fest.id, line(fest.name), [(fest, list(fest.events.values()))])

    def of_fests(self, fests: Iterable[Fest], *, name: str, has_deadlines: bool = False) -> bytes:
        """Return the calendar of several fests, to subscribe to; `name` is what subscribers read.

        Their deadlines are in it only if that is asked for.
        """
        ordered = sorted(fests, key=lambda fest: fest.id)
        parts = [(fest, list(fest.events.values())) for fest in ordered]
        deadlines = self._deadlines(ordered) if has_deadlines else []
        return self._calendar("fests", line(name), parts, deadlines=deadlines)

    def of_deadlines(self, fests: Iterable[Fest], *, name: str) -> bytes:
        """Return the calendar of the deadlines of several fests; `name` is what subscribers read.

        They are entries without duration that take no time (RFC 5545 §3.6.1, §3.8.2.7), since few
        calendars show a VTODO. Their moments are in UTC.
        """
        return self._calendar("deadlines", line(name), [], deadlines=self._deadlines(fests))

    def _deadlines(self, fests: Iterable[Fest]) -> list[bytes]:
        ordered = sorted(fests, key=lambda fest: fest.id)
        return [
            _deadline(fest, each, self._site_url, self._stamps[fest.id]).to_ical()
            for fest in ordered
            for each in deadlines_of(fest)
        ]

    def _calendar(
        self,
        key: str,
        name: str,
        parts: Sequence[tuple[Fest, Sequence[Event]]],
        *,
        deadlines: Sequence[bytes] = (),
    ) -> bytes:
        calendar = icalendar.Calendar.new(
            prodid=PRODID, uid=f"{key}@impldays", refresh_interval=REFRESH
        )
        for label in ("NAME", "X-WR-CALNAME"):  # RFC 7986 §5.1, and what calendars read before it
            calendar[label] = Text(name)
        calendar["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"  # no default, RFC 7986 §5.7
        calendar["X-PUBLISHED-TTL"] = icalendar.vDuration(REFRESH)
        entries = [e for fest, events in parts for event in events for e in entries_of(fest, event)]
        zones = (vtimezone(*each) for each in _zones(parts, entries, self._stamps))
        begin, end, rest = calendar.to_ical().rpartition(b"END:VCALENDAR")
        return b"".join([begin, *zones, *map(self._entry, entries), *deadlines, end, rest])

    def _entry(self, entry: Entry) -> bytes:
        key = (entry.uid, entry.fest.language)
        if key not in self._written:
            stamp = self._stamps[entry.fest.id]
            self._written[key] = _vevent(entry, self._site_url, stamp).to_ical()
        return self._written[key]


def _zones(
    parts: Parts, entries: Sequence[Entry], stamps: Mapping[str, datetime]
) -> Iterator[tuple[ZoneInfo, datetime, datetime]]:
    """Return each time zone with the first and last moment at which its rules are needed.

    UTC needs none. But a calendar must have a component (RFC 5545 §3.6), so that one whose days
    are not known yet has the rules of the moments of `stamps`.
    """
    for key in sorted({fest.timezone.key for fest, _ in parts}):
        days = [d for e in entries if e.fest.timezone.key == key for d in e.days]
        moments = [d.start for d in days] + [d.end for d in days]
        if (moments and key != "UTC") or not entries:
            zone = ZoneInfo(key)
            moments = moments or [stamps[fest.id] for fest, _ in parts]
            yield zone, min(moments), max(moments)


def _deadline(
    fest: Fest, deadline: Deadline, site_url: str | None, stamp: datetime
) -> icalendar.Event:
    words = Words.of(fest.language, fest.phrases)
    changed = stamp.astimezone(UTC).replace(microsecond=0)
    name = deadline.call.name or words.say("deadline.rsvp")
    what = words.say(f"deadline.{deadline.kind}", call=name)
    early = f" ({words.say('deadline.early')})" if deadline.is_early else ""
    url = known(deadline.call.url)
    vevent = icalendar.Event.new(
        uid=f"{fest.id}/{deadline.id}@impldays",
        stamp=changed,
        last_modified=changed,
        start=deadline.moment.astimezone(UTC),
        url=url if url and url.startswith("https:") else page_of(fest, None, site_url=site_url),
        sequence=_sequence(changed),
        status=icalendar.STATUS.CONFIRMED,
        transparency=icalendar.TRANSP.TRANSPARENT,
    )
    vevent["SUMMARY"] = Text(line(f"{fest.name}: {what}{early}"))
    write = words.opening if deadline.kind == "opens" else words.until
    written = line(write(deadline.moment).striptags())
    vevent["DESCRIPTION"] = Text("\n".join(filter(None, [written, url])))
    return vevent


def _vevent(entry: Entry, site_url: str | None, stamp: datetime) -> icalendar.Event:
    fest, event, days = entry.fest, entry.event, entry.days
    start, end = days[0].date, days[-1].dates[-1] + timedelta(days=1)
    status = fest.status_of(event, days[0])
    changed = stamp.astimezone(UTC).replace(microsecond=0)
    vevent = icalendar.Event.new(
        uid=entry.uid,
        stamp=changed,
        last_modified=changed,
        start=days[0].start if entry.timed else start,
        end=days[0].closing if entry.timed else end,
        url=page_of(fest, event, site_url=site_url),
        sequence=_sequence(changed),
        status=icalendar.STATUS(_STATUS[status]),
        # A day without hours must not take the time of those that have some (RFC 5545 §3.8.2.7).
        transparency=None if entry.timed else icalendar.TRANSP.TRANSPARENT,
    )
    words = Words.of(fest.language, fest.phrases)
    texts = {"SUMMARY": _summary(entry, words), "DESCRIPTION": _description(entry, words)}
    for name, text in texts.items():
        if text:
            vevent[name] = Text(text)
    _add_place(vevent, entry, words)
    return vevent


_FIRST_SEQUENCE = datetime(2000, 1, 1, tzinfo=UTC)
"""From when SEQUENCE counts: it has 31 bits (RFC 5545 §3.3.8), which last until 2068."""


def _sequence(changed: datetime) -> int:
    """Return the seconds since 2000: it rises with each change of the file and never falls.

    That is what RFC 5545 §3.8.7.4 asks for. No fact of the file is counted: each can be taken back.
    """
    return max(0, int((changed - _FIRST_SEQUENCE).total_seconds()))


_STATUS: dict[Status, str] = {
    "scheduled": "CONFIRMED",
    "rescheduled": "CONFIRMED",
    "moved-online": "CONFIRMED",
    "postponed": "CANCELLED",
    "cancelled": "CANCELLED",
}
"""RFC 5545 §3.8.1.11. Nobody should come on the days of what was postponed: they are cancelled
until there are new ones, which calendars then take under the same UID."""


def _summary(entry: Entry, words: Words) -> str:
    """Return the name of an event, with its status if it is not held: clients ignore STATUS."""
    fest, event, day = entry.fest, entry.event, entry.days[0]
    name = event_name(fest, event)
    if fest.is_held(event, day):
        return name
    return line(words.say(f"calendar.{fest.status_of(event, day)}", event=name))


def _description(entry: Entry, words: Words) -> str:
    """Return what no other property can hold: sentence, plan, places, tickets, what changed."""
    fest, event, day = entry.fest, entry.event, entry.days[0]
    lines = [paragraph(event.description)] if event.description else []
    lines += [f"{item.at:%H:%M} {line(item.what)}" for item in event.agenda_of(day)]
    if not fest.is_online(event):
        lines += _further_places(entry, words)
    is_online = fest.attendance_of(event) != "on-site"
    if is_online and (join := fest.join_of(event)) and (url := known(join.url)):
        lines.append(f"{line(words.say('event.join'))}: {url}")
    lines += _tickets(fest, event, day, words)
    return "\n".join([*lines, *map(line, event_sentences(fest, event, words))])


def _tickets(fest: Fest, event: Event, day: Day, words: Words) -> Iterator[str]:
    """Return the link of the RSVP with its dates, unless it is full or nothing is held."""
    rsvp = fest.rsvp
    if rsvp is None or rsvp.event != event.id or not fest.is_held(event, day):
        return
    if rsvp.address is None or rsvp.availability in {"full", "closed"}:
        return
    is_waiting = rsvp.availability == "waitlist"
    label = rsvp.waitlist_label if is_waiting else rsvp.label
    phrase = words.say("rsvp.waitlist_label" if is_waiting else "rsvp.label", event=event.title)
    yield f"{line(without_markup(label or phrase))}: {rsvp.address}"
    if opens := known(rsvp.opens):
        sentence = words.phrase("rsvp.opens", date=words.opening(opens), event=event.title)
        yield line(sentence.striptags())
    if closes := known(rsvp.closes):
        yield line(words.deadline("rsvp.closes", closes, event=event.title).striptags())


def _further_places(entry: Entry, words: Words) -> Iterator[str]:
    fest, event, day = entry.fest, entry.event, entry.days[0]
    for venue in fest.other_venues_of(event, day):
        kind = "place.overflow" if venue.id in event.overflow else "place.other"
        yield f"{line(words.say(kind))}: {venue_line(venue, fest)}"


def _add_place(vevent: icalendar.Event, entry: Entry, words: Words) -> None:
    fest, event = entry.fest, entry.event
    is_online = fest.is_online(event)
    venue = None if is_online else fest.venue_of(event, entry.days[0])
    parts = [venue_line(venue, fest)] if venue else []
    if is_online:
        parts.append(line(words.say("place.online")))
    elif fest.attendance_of(event) == "hybrid":
        parts.append(line(words.say("place.also_online")))
    if parts:
        vevent["LOCATION"] = Text("; ".join(parts))
    if venue is None:
        return
    if venue.latitude is not None and venue.longitude is not None:
        vevent.add("GEO", (venue.latitude, venue.longitude))
