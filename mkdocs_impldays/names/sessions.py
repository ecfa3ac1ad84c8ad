"""The sessions and speakers of a programme: their facts, and a page for each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from mkdocs_impldays.fest.changes import SESSION_PHRASES
from mkdocs_impldays.fest.clock import on_clock
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.programme.model import Link, Session, Speaker, is_break
from mkdocs_impldays.fest.sessions import (
    KIND_PHRASES,
    lines_of,
    programme_of,
    session_source,
    speaker_source,
)
from mkdocs_impldays.fest.time import Span
from mkdocs_impldays.names.fests import page_text, source_of
from mkdocs_impldays.output.calendar_links import session_calendar_path
from mkdocs_impldays.output.texts import without_markup
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.pages.printing import inline_html
from mkdocs_impldays.pages.timed import View, instant, shown
from mkdocs_impldays.words import dates, times
from mkdocs_impldays.words.languages import language_name

_SUMMARY = 200
"""The most characters of a summary, which is about what search engines show."""


def page_texts(fests: Iterable[Fest], *, has_sessions: bool) -> dict[str, str]:
    """Return the Markdown files of all pages that are made from fests, by paths below `docs/`.

    Each fest has one. With `has_sessions`, so has each session with more facts than the schedule
    shows, and each speaker of a session.
    """
    texts: dict[str, str] = {}
    for fest in fests:
        texts[source_of(fest)] = page_text(fest)
        texts |= _programme_texts(fest) if has_sessions else {}
    return texts


def _programme_texts(fest: Fest) -> dict[str, str]:
    programme = programme_of(fest)
    sessions = [each for each in programme.sessions if _says_more(each)]
    speaking = {key for each in programme.sessions for key in each.speakers}
    texts = {session_source(fest, each.id): _text("session", fest, each.id) for each in sessions}
    people = [each.id for each in programme.speakers if each.id in speaking]
    return texts | {speaker_source(fest, key): _text("speaker", fest, key) for key in people}


def _says_more(session: Session) -> bool:
    more = (session.about, session.speakers, session.slides, session.recording)
    return not is_break(session.kind) and any(more)


def _text(kind: str, fest: Fest, name: str) -> str:
    """Return the Markdown of a page, which has macros only, so that it is right at any time."""
    text = files("mkdocs_impldays.names").joinpath(f"{kind}.md").read_text("utf-8")
    return text.replace("FEST", fest.id).replace("NAME", name)


def programme_facts(fest: Fest, addresses: Mapping[str, str]) -> Facts:
    """Return `fest.programme`, with its `sessions` and `speakers` by their ids.

    `addresses` are those of pages from the site's root, by their files below `docs/`.
    """
    return Facts(
        "fest.programme",
        lambda: _ProgrammeFacts(fest, addresses).facts(),
        text=fest.name,
        value=fest,
    )


class _ProgrammeFacts:
    def __init__(self, fest: Fest, addresses: Mapping[str, str]) -> None:
        self.fest = fest
        self.programme = programme_of(fest)
        self.lines = lines_of(fest)
        self.addresses = addresses
        self.people = {each.id: each for each in self.programme.speakers}
        self.spoken = defaultdict[str, list[str]](list)  # the sessions of each person
        for session in self.programme.sessions:
            for key in set(session.speakers):
                self.spoken[key].append(session.id)

    def facts(self) -> dict[str, object]:
        sessions = {each.id: self.session(each) for each in self.programme.sessions}
        people = {key: self.speaker(each, sessions) for key, each in self.people.items()}
        return {
            "sessions": Facts("fest.programme.sessions", sessions),
            "speakers": Facts("fest.programme.speakers", people),
        }

    def page(self, source: str) -> str | None:
        return f"/{self.addresses[source]}" if source in self.addresses else None

    def session(self, session: Session) -> Facts:
        line = self.lines[session.id]
        event, day, step = line
        facts = {
            "id": session.id,
            "date": line.date.isoformat(),
            "what": session.what,
            "subtitle": session.subtitle or None,
            "summary": summary(session.about or session.subtitle)
            or f"{session.what}, {self.fest.name}",
            "event": event.title,
            "start": self.moment(session.start),
            "hour": self.hour(session.start, session.start),
            "was": self.hour(step.previous, session.start) if step.previous else None,
            "day": dates.days_in_words([line.date], "weekdays", locale=self.fest.language),
            "end": self.hour(session.end, session.start) if session.end else None,
            "until": self.hour(step.end, session.start) if step.has_end else None,
            "room": session.room,
            "venue": self.venue(event, day),
            "track": session.track,
            "kind": session.kind,
            "kind_phrase": KIND_PHRASES.get(session.kind or ""),
            "language": session.language and language_name(session.language, self.fest.language),
            "about": paragraphs(session.about),
            "speakers": [self.person(self.people[key]) for key in session.speakers],
            "url": session.url,
            "slides": session.slides,
            "recording": session.recording,
            "stream": session.stream,
            "links": _links(session.links),
            "status_phrase": SESSION_PHRASES.get(session.status or ""),
            "is_off": session.status == "cancelled",
            "page": self.page(session_source(self.fest, session.id)),
            "calendar": session_calendar_path(self.fest, session.id),
        }
        return Facts("session", facts, text=session.what, value=session)

    def venue(self, event: Event, day: Day) -> str | None:
        venue = None if self.fest.is_online(event) else self.fest.venue_of(event, day)
        return known(venue.name) if venue else None

    def speaker(self, speaker: Speaker, sessions: Mapping[str, Facts]) -> Facts:
        facts = {
            **self.person(speaker).facts,
            "summary": summary(speaker.about) or f"{speaker.name}, {self.fest.name}",
            "about": paragraphs(speaker.about),
            "photo": speaker.photo,
            "url": speaker.url,
            "links": _links(speaker.links),
            "sessions": [sessions[name] for name in self.spoken[speaker.id]],
        }
        return Facts("speaker", facts, text=speaker.name, value=speaker)

    def person(self, speaker: Speaker) -> Facts:
        page = self.page(speaker_source(self.fest, speaker.id))
        facts = {"id": speaker.id, "name": speaker.name, "page": page}
        return Facts("speaker", facts, text=speaker.name)

    def moment(self, moment: datetime) -> Facts:
        text = times.moment_in_words(moment, locale=self.fest.language)
        return Facts("moment", _iso(moment), text=text, value=moment)

    def hour(self, moment: datetime, start: datetime) -> Facts:
        has_date = moment.date() != start.date()
        return hour_facts(moment, locale=self.fest.language, has_date=has_date)


def hour_facts(moment: datetime, *, locale: str, has_date: bool) -> Facts:
    """Return the time of an aware moment as facts, with the date if `has_date`."""
    text = times.hour_in_words(moment.timetz(), locale=locale)
    if has_date:
        text = times.day_and_hour(moment, locale=locale)
    return Facts("hour", _iso(moment), text=text, value=moment)


def _iso(moment: datetime) -> dict[str, object]:
    return {"iso": moment.isoformat(timespec="minutes"), "utc": instant(moment)}


def _links(links: tuple[Link, ...]) -> list[Facts]:
    return [Facts("link", {"title": each.title or each.url, "url": each.url}) for each in links]


def paragraphs(text: str) -> list[Markup]:
    """Return a text in Markdown as HTML, one line for each paragraph, with allowed links only."""
    parts = filter(None, (each.strip() for each in re.split(r"\n\s*\n", text)))
    return [inline_html(each, links=True) for each in parts]


def summary(text: str) -> str:
    """Return the beginning of a text in Markdown as one line of plain text, cut after a word."""
    plain = " ".join(without_markup(text).split())
    if len(plain) <= _SUMMARY:
        return plain
    return f"{plain[: _SUMMARY + 1].rpartition(' ')[0] or plain[:_SUMMARY]} …"


class Group(NamedTuple):
    """The sessions that are on, or those that are next."""

    label: str
    shown: Markup
    """The attributes that say when the group has a session in it."""
    sessions: list[tuple[Facts, Markup]]
    """Each session with the attributes that say when it is in the group."""


def now_and_next(fest: Fest, sessions: Mapping[str, Facts], view: View) -> list[Group]:
    """Return the sessions that are on now and those that are next, at each moment from the view's.

    `sessions` are the facts of all, by their ids. The next ones begin together, later on the same
    day, and are shown from 00:00 on, or the last start in the night before. Cancelled ones are
    omitted.
    """
    now: list[tuple[str, Span[bool]]] = []
    following: list[tuple[str, Span[bool]]] = []
    days: dict[date, list[Session]] = {}
    lines = lines_of(fest)
    for session in programme_of(fest).sessions:
        if session.status != "cancelled":
            days.setdefault(lines[session.id].date, []).append(session)
    before: datetime | None = None
    for day, theirs in sorted(days.items()):
        midnight = on_clock(day, time(), fest.timezone, lenient=True)
        before = max(midnight, before or midnight)  # the night before may have sessions left
        for start, begun in groupby(theirs, key=lambda each: each.start):
            for each in begun:
                following.append((each.id, Span(True, before, start)))
                if each.end and each.end > start:
                    now.append((each.id, Span(True, start, each.end)))
            before = start
    groups = [("hours.now", now), ("programme.next", following)]
    listed = [
        (label, [(sessions[name], shown([span], view)) for name, span in found], found)
        for label, found in groups
    ]
    return [
        Group(label, whole, [(facts, when) for facts, when in parts if when is not None])
        for label, parts, found in listed
        if (whole := shown([span for _, span in found], view)) is not None
    ]


def next_day(fest: Fest, sessions: Mapping[str, Facts], view: View) -> list[Facts]:
    """Return the sessions of the current day at the view's moment, or else of the next one."""
    days: dict[date, list[str]] = {}
    for name, line in lines_of(fest).items():
        if max(line.day.end_on(line.date), line.step.end) > view.moment:
            days.setdefault(line.date, []).append(name)
    names = days[min(days)] if days else []
    return sorted((sessions[name] for name in names), key=_start)


def _start(session: Facts) -> float:
    assert isinstance(session.value, Session)
    return session.value.start.timestamp()


def without_breaks(sessions: Mapping[str, Facts]) -> dict[str, Facts]:
    """Return the sessions that are not breaks, by their ids."""
    return {
        key: each
        for key, each in sessions.items()
        if isinstance(each.value, Session) and not is_break(each.value.kind)
    }


_FILTERS = {"day": "date", "track": "track", "room": "room", "language": "language"}
"""The facts of a session by which a schedule can be filtered."""


def filters_of(sessions: Iterable[Facts]) -> dict[str, dict[str, str]]:
    """Return the filters that have more than one choice, by their names.

    Each has its choices in order: the value in an address, and the text that visitors see.
    """
    found: dict[str, dict[str, str]] = {}
    for each in sessions:
        for name, key in _FILTERS.items():
            if value := each.facts[key]:
                label = each.facts["day"] if name == "day" else value
                found.setdefault(name, {}).setdefault(str(value), str(label))
    return {name: found[name] for name in _FILTERS if len(found.get(name, ())) > 1}


def choices_of(sessions: Mapping[str, Facts]) -> dict[str, str]:
    """Return the choices with which each session, by its id, is shown, for the script.

    For each filter in order, it is the number of a choice, “-” for none, or “*” for all, as for a
    session in all rooms.
    """
    numbers = {
        name: {value: str(number) for number, value in enumerate(choices)}
        for name, choices in filters_of(sessions.values()).items()
    }
    return {
        key: " ".join(
            numbers[name].get(str(facts.facts[_FILTERS[name]]), "*" if name == "room" else "-")
            for name in numbers
        )
        for key, facts in sessions.items()
    }
