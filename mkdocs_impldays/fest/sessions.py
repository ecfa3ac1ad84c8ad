"""The sessions of a fest: every line of its agendas, with a permanent id."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import NamedTuple

from mkdocs_impldays.fest import agenda
from mkdocs_impldays.fest.agenda import AgendaItem, Step
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.ids import slug_of
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.programme.model import (
    BREAK,
    Link,
    Programme,
    Room,
    Session,
    Speaker,
    Status,
    Track,
    is_break,
)
from mkdocs_impldays.fest.venue import Room as VenueRoom
from mkdocs_impldays.fest.venue import Venue

KIND_PHRASES = {
    BREAK: "kind.break",
    "keynote": "kind.keynote",
    "panel": "kind.panel",
    "social": "kind.social",
    "talk": "kind.talk",
    "workshop": "kind.workshop",
}
"""The phrases for kinds of session; any other kind is shown as it was typed."""


class AgendaLine(NamedTuple):
    """A line of an agenda on one of the days that have it."""

    event: Event
    day: Day
    step: Step

    @property
    def date(self) -> date:
        """The date under which people look for it: its day's, also in the night after that."""
        return self.day.date_of(self.step.start)


def session_source(fest: Fest, name: str) -> str:
    """Return the path, below `docs/`, of the file that holds the page of a session."""
    return f"fests/{fest.id}/sessions/{name}.md"


def speaker_source(fest: Fest, name: str) -> str:
    """Return the path, below `docs/`, of the file that holds the page of a speaker."""
    return f"fests/{fest.id}/speakers/{name}.md"


def programme_of(fest: Fest) -> Programme:
    """Return a fest as a programme, the form in which programme files are read and written.

    The sessions are in order. One whose event or day is cancelled has that status.
    """
    lines = list(_lines(fest))
    rooms = _rooms(fest)
    sessions = [
        _session(fest, line, name, rooms) for line, name in zip(lines, _names(lines), strict=True)
    ]
    return Programme(
        title=fest.name,
        sessions=tuple(sorted(sessions, key=lambda each: each.start.timestamp())),
        rooms=tuple(rooms.values()),
        tracks=tuple(Track(name=each.name, color=each.color) for each in fest.tracks.values()),
        speakers=tuple(
            Speaker(
                id=key,
                name=each.name,
                about=each.about or "",
                photo=each.photo,
                url=each.url,
                links=_links(each.links),
            )
            for key, each in fest.speakers.items()
        ),
    )


def lines_of(fest: Fest) -> dict[str, AgendaLine]:
    """Return each line of the agendas, with its event and day, by the id of its session."""
    lines = list(_lines(fest))
    return dict(zip(_names(lines), lines, strict=True))


def is_session(item: AgendaItem) -> bool:
    """Return whether a line of an agenda has a room, speakers or a track, and is not a break."""
    return not is_break(item.kind) and bool(item.room or item.speakers or item.track)


def has_sessions(fest: Fest) -> bool:
    """Return whether any line of the agendas is a session."""
    return any(is_session(line.step.item) for line in _lines(fest))


def end_of(line: AgendaLine) -> datetime | None:
    """Return when a line of an agenda ends: as typed, or with the next line or the closing time.

    `None` if none of them is known, or it takes no time.
    """
    day, step = line.day, line.step
    over = day.end_on(line.date)
    start, end, midnight = (each.astimezone(UTC) for each in (step.start, step.end, over))
    is_open = not step.has_end and end >= midnight and over != day.closing
    return None if is_open or end <= start else step.end


def place_of(fest: Fest, line: AgendaLine) -> tuple[Venue | None, VenueRoom | None]:
    """Return the venue and the room of a line of an agenda, each `None` if it is not known."""
    event, day, step = line
    for venue in fest.venues.values():
        if step.item.room in venue.rooms:
            return venue, venue.rooms[step.item.room]
    return fest.venue_of(event, day), None


def _lines(fest: Fest) -> Iterator[AgendaLine]:
    for event in fest.events.values():
        for day in event.known_days:
            for step in event.steps_of(day):
                yield AgendaLine(event, day, step)


def _names(lines: list[AgendaLine]) -> Iterator[str]:
    """Yield the permanent id of each line: the typed one, or one made from its title.

    If several lines have the same, the event and the day are added. A typed id is kept, even if a
    title would make the same one.
    """
    steps = [line.step for line in lines]
    plain = [step.item.id or slug_of(step.what) or "session" for step in steps]
    counts = Counter(plain)
    of_ids = Counter(step.item.id for step in steps)
    taken = {name for name in plain if 1 in {counts[name], of_ids[name]}}
    numbers = defaultdict[str, Iterator[int]](lambda: count(1))
    for name, (event, day, step) in zip(plain, lines, strict=True):
        if counts[name] == 1 or (step.item.id and of_ids[name] == 1):
            yield name
            continue
        whole = f"{name}-{event.id}-{event.name_of(day)}"
        numbered = (whole if each == 1 else f"{whole}-{each}" for each in numbers[whole])
        free = next(each for each in numbered if each not in taken)
        taken.add(free)
        yield free


def _rooms(fest: Fest) -> dict[str, Room]:
    """Return the rooms by short name; names that two venues share have the venue's added."""
    found = {
        key: (venue, room) for venue in fest.venues.values() for key, room in venue.rooms.items()
    }
    counts = Counter(room.name for _, room in found.values())
    return {
        key: Room(
            name=room.name
            if counts[room.name] == 1
            else f"{room.name}, {known(venue.name) or venue.id}",
            id=key,
            capacity=room.capacity,
        )
        for key, (venue, room) in found.items()
    }


def _session(fest: Fest, line: AgendaLine, name: str, rooms: dict[str, Room]) -> Session:
    event, day, step = line
    item = step.item
    return Session(
        id=name,
        what=item.what,
        start=step.start,
        end=step.end,
        subtitle=item.subtitle or "",
        room=rooms[item.room].name if item.room else None,
        track=fest.tracks[item.track].name if item.track else None,
        speakers=item.speakers,
        kind=item.kind,
        language=item.language,
        about=item.about or "",
        url=item.url,
        slides=item.slides,
        recording=item.recording,
        stream=item.stream,
        links=_links(item.links),
        status=_status(step) if fest.is_held(event, day) else "cancelled",
    )


def _status(step: Step) -> Status | None:
    return None if step.item.status == "scheduled" else step.item.status


def _links(links: tuple[agenda.Link, ...]) -> tuple[Link, ...]:
    return tuple(Link(each.title, each.url) for each in links)
