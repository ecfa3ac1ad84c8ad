"""Calendar entries: days, sessions and deadlines as `VEVENT` (RFC 5545 §3.6.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import icalendar

from mkdocs_impldays.fest.agenda import Step
from mkdocs_impldays.fest.changes import event_sentences
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.deadlines import Deadline
from mkdocs_impldays.fest.event import Event, Status
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.sessions import AgendaLine, end_of, place_of
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.output.texts import (
    event_name,
    line,
    page_of,
    paragraph,
    venue_line,
    without_markup,
)
from mkdocs_impldays.words.phrases import Words
from mkdocs_impldays.words.times import day_and_hour


class Text(icalendar.vText):
    r"""Text that is written as it is; icalendar 7.3 reads a typed `\N` as a line break."""

    def to_ical(self) -> bytes:
        r"""Return the text with `\`, `;` and `,` escaped, and line breaks as `\n`."""
        return re.sub(r"[\\;,]", r"\\\g<0>", str(self)).replace("\n", "\\n").encode()


class Entry(NamedTuple):
    """A calendar entry: a day with a known opening time, or consecutive days without."""

    fest: Fest
    event: Event
    days: tuple[Day, ...]
    """One day with an opening time, or consecutive days without at one venue."""

    @property
    def uid(self) -> str:
        """Its permanent UID, of ids and the day's id or number, which outlast titles and dates."""
        return f"{self.fest.id}/{self.event.id}/{self.event.name_of(self.days[0])}@impldays"

    @property
    def timed(self) -> bool:
        """Whether it begins at a time, and not all day."""
        return self.days[0].opening is not None


def entries_of(fest: Fest, event: Event) -> Iterator[Entry]:
    """Yield the calendar entries of an event; none while its days are not known."""
    run: list[Day] = []
    for day in event.known_days:
        if run and not _continues(event, run[-1], day):
            yield Entry(fest, event, tuple(run))
            run = []
        run.append(day)
    if run:
        yield Entry(fest, event, tuple(run))


def _continues(event: Event, before: Day, day: Day) -> bool:
    """Return whether two days make one entry: consecutive, without times, otherwise the same."""
    if before.opening or day.opening or day.date - before.dates[-1] != timedelta(days=1):
        return False
    if event.items_of(before) != event.items_of(day):
        return False
    return before.venue == day.venue and before.status == day.status


def deadline_entry(
    fest: Fest, deadline: Deadline, site_url: str | None, stamp: datetime
) -> icalendar.Event:
    """Return the entry of a deadline, without a duration."""
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


def session_entry(  # noqa: PLR0913 - all that the entry depends on
    fest: Fest,
    agenda_line: AgendaLine,
    uid: str,
    *,
    url: str | None,
    site_url: str | None,
    stamp: datetime,
) -> icalendar.Event:
    """Return the entry of a session with all facts of its page, whose address is `url`."""
    event, day, step = agenda_line
    item, words = step.item, Words.of(fest.language, fest.phrases)
    changed = stamp.astimezone(UTC).replace(microsecond=0)
    status = item.status if fest.is_held(event, day) else fest.status_of(event, day)
    is_off = status in {"cancelled", "postponed"}
    own = item.url if item.url and item.url.startswith("https:") else None
    start, end = step.start, end_of(agenda_line)
    vevent = icalendar.Event.new(
        uid=uid,
        stamp=changed,
        last_modified=changed,
        start=_on_clock(start),
        end=_on_clock(end) if end else None,
        url=url or own or page_of(fest, event, site_url=site_url),
        sequence=_sequence(changed),
        status=icalendar.STATUS.CANCELLED if is_off else icalendar.STATUS.CONFIRMED,
    )
    name = line(item.what)
    vevent["SUMMARY"] = Text(line(words.say(f"calendar.{status}", event=name)) if is_off else name)
    vevent["DESCRIPTION"] = Text("\n".join(_about_session(fest, agenda_line, words)))
    track = fest.tracks[item.track].name if item.track else None
    if groups := [line(each) for each in (track, item.kind) if each]:
        vevent["CATEGORIES"] = [Text(each) for each in groups]
    venue, room = place_of(fest, agenda_line)
    _add_place(vevent, fest, event, venue, words, room=line(room.name) if room else None)
    return vevent


def _on_clock(moment: datetime) -> datetime:
    """Return a moment as it is, or in UTC if its time comes twice: a TZID means the first."""
    return moment.astimezone(UTC) if moment.fold else moment


def session_moments(agenda_line: AgendaLine) -> list[datetime]:
    """Return when a session begins and ends, as its entry has it."""
    moments = (agenda_line.step.start, end_of(agenda_line))
    return [_on_clock(moment) for moment in moments if moment]


_FILES = {
    "stream": "live.stream",
    "slides": "session.slides",
    "recording": "session.recording",
}
"""The phrases for the addresses of a session's stream, slides and recording."""


def _about_session(fest: Fest, agenda_line: AgendaLine, words: Words) -> Iterator[str]:
    """Yield the lines of a session's description, the name of its event last."""
    event, day, step = agenda_line
    item = step.item
    if item.status == "moved" and fest.is_held(event, day):
        yield line(words.say("session.moved"))
    if item.subtitle:
        yield line(item.subtitle)
    if item.speakers:
        yield ", ".join(line(fest.speakers[key].name) for key in item.speakers)
    if item.about:
        yield without_markup(item.about)
    for key, phrase in _FILES.items():
        if address := getattr(item, key):
            yield f"{line(words.say(phrase))}: {address}"
    yield event_name(fest, event)


def day_entry(entry: Entry, site_url: str | None, stamp: datetime) -> icalendar.Event:
    """Return the entry of a day, or of consecutive days."""
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
        # An all-day entry must not block the time of others (RFC 5545 §3.8.2.7).
        transparency=None if entry.timed else icalendar.TRANSP.TRANSPARENT,
    )
    words = Words.of(fest.language, fest.phrases)
    texts = {"SUMMARY": _summary(entry, words), "DESCRIPTION": _description(entry, words)}
    for name, text in texts.items():
        if text:
            vevent[name] = Text(text)
    _add_place(vevent, fest, event, fest.venue_of(event, days[0]), words)
    return vevent


_FIRST_SEQUENCE = datetime(2000, 1, 1, tzinfo=UTC)
"""The moment of SEQUENCE 0; its 31 bits (RFC 5545 §3.3.8) last until 2068."""


def _sequence(changed: datetime) -> int:
    """Return the seconds since 2000, which increase with each change (RFC 5545 §3.8.7.4)."""
    return max(0, int((changed - _FIRST_SEQUENCE).total_seconds()))


_STATUS: dict[Status, str] = {
    "scheduled": "CONFIRMED",
    "rescheduled": "CONFIRMED",
    "moved-online": "CONFIRMED",
    "postponed": "CANCELLED",
    "cancelled": "CANCELLED",
}
"""RFC 5545 §3.8.1.11. The days of a postponed event are cancelled, until new ones replace them
under the same UID."""


def _summary(entry: Entry, words: Words) -> str:
    """Return the name of an event, with its status if not held: many clients ignore STATUS."""
    fest, event, day = entry.fest, entry.event, entry.days[0]
    name = event_name(fest, event)
    if fest.is_held(event, day):
        return name
    return line(words.say(f"calendar.{fest.status_of(event, day)}", event=name))


def _description(entry: Entry, words: Words) -> str:
    """Return the description, the agenda, further venues, tickets and changes, one per line."""
    fest, event, day = entry.fest, entry.event, entry.days[0]
    lines = [paragraph(event.description)] if event.description else []
    lines += [_line_of_agenda(step, day, words) for step in event.steps_of(day)]
    if not fest.is_online(event):
        lines += _further_places(entry, words)
    is_online = fest.attendance_of(event) != "on-site"
    if is_online and (join := fest.join_of(event)) and (url := known(join.url)):
        lines.append(f"{line(words.say('event.join'))}: {url}")
    lines += _tickets(fest, event, day, words)
    return "\n".join([*lines, *map(line, event_sentences(fest, event, words))])


def _line_of_agenda(step: Step, day: Day, words: Words) -> str:
    start = f"{step.start:%H:%M}"
    if day.needs_date(step.start):
        start = day_and_hour(step.start, locale=words.language)
    return f"{start} {line(step.what)}"


def _tickets(fest: Fest, event: Event, day: Day, words: Words) -> Iterator[str]:
    """Yield the link of the RSVP and its dates, unless it is full, closed or not held."""
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


def _add_place(  # noqa: PLR0913 - all that the place depends on
    vevent: icalendar.Event,
    fest: Fest,
    event: Event,
    venue: Venue | None,
    words: Words,
    *,
    room: str | None = None,
) -> None:
    is_online = fest.is_online(event)
    venue = None if is_online else venue
    parts = [venue_line(venue, fest)] if venue else []
    if is_online:
        parts.append(line(words.say("place.online")))
    elif fest.attendance_of(event) == "hybrid":
        parts.append(line(words.say("place.also_online")))
    if room and not is_online:
        parts[:1] = [", ".join(filter(None, [room, *parts[:1]]))]
    if parts:
        vevent["LOCATION"] = Text("; ".join(parts))
    if venue is None:
        return
    if venue.latitude is not None and venue.longitude is not None:
        vevent.add("GEO", (venue.latitude, venue.longitude))
