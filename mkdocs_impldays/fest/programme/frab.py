"""The schedule files of frab, which pretalx and many others write: JSON, and XML of the same.

A file without a time for a session may have its day's date and a clock time instead. A day lasts
from 04:00 to 03:59: what begins at 01:00 belongs to the evening before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from xml.parsers import expat

from mkdocs_impldays.fest.clock import read_zone
from mkdocs_impldays.fest.programme.model import (
    ALL_ROOMS,
    DAY_STARTS,
    Link,
    Programme,
    Room,
    Session,
    Speaker,
    Status,
    Track,
)
from mkdocs_impldays.fest.programme.values import (
    LONGEST_LINE,
    MOST_ITEMS,
    Item,
    Reading,
    joined,
    printable,
    step,
    whole,
)
from mkdocs_impldays.fest.values import is_colour
from mkdocs_impldays.problems import quoted

LINK_TITLES = {
    "slides": ("slides", "slide deck", "presentation", "folien"),
    "recording": ("recording", "video", "video recording", "aufzeichnung"),
    "stream": ("stream", "live stream", "livestream"),
}
"""By what titles, in lower case, links of a session are distinguished; we write the first."""

STATUS_PREFIXES: dict[str, Status] = {
    "CANCELLED: ": "cancelled",
    "CANCELED: ": "cancelled",
    "MOVED: ": "moved",
}
"""How titles begin in frab files, which have no field for it; we write the first of each."""

MOST_DAYS = 400
MOST_DEPTH = 20
MOST_ELEMENTS = 200_000

Bounds = list[tuple[datetime, datetime]]


class RefusedError(Exception):
    """A file that is not read: the line, where there is one, and why and what to do."""

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_frab(schedule: Item, reading: Reading) -> Programme:
    """Return the programme of a schedule; what is wrong goes into the reading's report."""
    conference = schedule.child("conference")
    reading.base_url = reading.line(schedule, "base_url") or reading.line(conference, "base_url")
    _read_zone(conference, reading)
    rooms = {room.name: room for room in _rooms(conference, reading)}
    for_all = {name for name, room in rooms.items() if room.id == ALL_ROOMS}
    people: dict[str, Speaker] = {}
    sessions: list[Session] = []
    days = [*(conference if "days" in conference.values else schedule).items("days")][:MOST_DAYS]
    bounds = [found for day in days if (found := _bounds(day, reading))]
    for day, name, item in islice(_events(days), MOST_ITEMS):
        room = reading.line(item, "room") or name
        session = _session(item, day, reading, people)
        if session:
            _check_day(session, bounds, reading)
            sessions.append(replace(session, room=None if room in for_all else room or None))
    for session in sessions:
        if session.room:
            rooms.setdefault(session.room, Room(name=session.room))
    return Programme(
        title=reading.line(conference, "title"),
        version=reading.line(schedule, "version"),
        sessions=tuple(sessions),
        rooms=tuple(room for room in rooms.values() if room.name not in for_all),
        tracks=_tracks(conference, sessions, reading),
        speakers=tuple(people.values()),
    )


def _read_zone(conference: Item, reading: Reading) -> None:
    name = reading.line(conference, "time_zone_name")
    if not name:
        return
    try:
        reading.local_zone = read_zone(name)
    except ValueError:
        message = f"{quoted(name)} is not a time zone. {reading.zone.key} is used instead."
        reading.report.add("zone", conference.location("time_zone_name"), message, "hint")


def _rooms(conference: Item, reading: Reading) -> Iterator[Room]:
    for item in conference.items("rooms"):
        name = reading.line(item, "name")
        if name:
            capacity = whole(item.values.get("capacity"))
            about = reading.text(item, "description")
            guid = reading.line(item, "guid") or None
            yield Room(name=name, id=guid, about=about, capacity=capacity)


def _tracks(conference: Item, sessions: list[Session], reading: Reading) -> tuple[Track, ...]:
    tracks: dict[str, Track] = {}
    for item in conference.items("tracks"):
        name, color = reading.line(item, "name"), reading.line(item, "color")
        if name:
            tracks[name] = Track(name=name, color=color.lower() if is_colour(color) else None)
    for session in sessions:
        if session.track:
            tracks.setdefault(session.track, Track(name=session.track))
    return tuple(tracks.values())


def _events(days: list[Item]) -> Iterator[tuple[Item, str, Item]]:
    """Yield each session with its day and the name of its room."""
    for day in days:
        rooms = day.values.get("rooms")
        for key, events in rooms.items() if isinstance(rooms, dict) else ():
            name = " ".join(printable(str(key))[:LONGEST_LINE].split())
            for item in day.listed(events, f"rooms{step(name)}"):
                yield day, name, item


def _day_date(day: Item, reading: Reading) -> date | None:
    try:
        return date.fromisoformat(reading.line(day, "date"))
    except ValueError:
        return None


def _bounds(day: Item, reading: Reading) -> tuple[datetime, datetime] | None:
    start, end = reading.moment(day, "day_start"), reading.moment(day, "day_end")
    if start and end:
        return start, end
    when = _day_date(day, reading)
    if when is None or not 1970 < when.year < 2099:
        return None
    zone = reading.local_zone or reading.zone
    first = datetime.combine(when, DAY_STARTS, zone)
    return first, first + timedelta(days=1, minutes=-1)


def _check_day(session: Session, bounds: Bounds, reading: Reading) -> None:
    if bounds and not any(start <= session.start <= end for start, end in bounds):
        message = (
            f"{quoted(session.what)} starts on {session.start:%Y-%m-%d at %H:%M}, outside the days "
            "of the file. Correct the time or the days."
        )
        reading.report.add("outside", session.location, message)


def _start(item: Item, day: Item, reading: Reading) -> datetime | None:
    moment = reading.moment(item, "date")
    if moment:
        return moment
    when, text = _day_date(day, reading), reading.line(item, "start")
    with suppress(ValueError):
        when = date.fromisoformat(reading.line(item, "date")[:10])
    if when is None or not 1970 < when.year < 2099 or not re.fullmatch(r"\d\d?:\d\d", text):
        return None
    hour, minute = map(int, text.split(":"))
    try:
        clock = time(hour, minute)
    except ValueError:
        return None
    if clock < DAY_STARTS and not reading.line(item, "date"):
        when += timedelta(days=1)
    typed = datetime.combine(when, clock)
    return reading.local(typed, item.location("start")).astimezone(reading.zone)


def _session(item: Item, day: Item, reading: Reading, people: dict[str, Speaker]) -> Session | None:
    title, start = reading.line(item, "title"), _start(item, day, reading)
    code = reading.line(item, "code")
    key = reading.id(item, "guid", "code", "id", name=title)
    if not title or start is None:
        missing = "title" if start else "valid time"
        message = f"{quoted(title or key)} has no {missing}. The session is left out; add it."
        reading.report.add(missing, item.location(), message)
        return None
    status = next((prefix for prefix in STATUS_PREFIXES if title.startswith(prefix)), None)
    links = _links(item, reading)
    return Session(
        id=key,
        code=code or None,
        what=title.removeprefix(status or ""),
        subtitle=reading.line(item, "subtitle"),
        start=start,
        end=reading.end(item, "duration", start),
        track=reading.line(item, "track") or None,
        speakers=tuple(dict.fromkeys(_people(item, reading, people))),
        kind=reading.line(item, "type") or None,
        language=reading.language(item, reading.line(item, "language"), "language"),
        about=joined([reading.text(item, "abstract"), reading.text(item, "description")]),
        url=reading.url(item, "url"),
        slides=_taken(links, "slides"),
        recording=_taken(links, "recording") or reading.url(item, "video_download_url"),
        stream=_taken(links, "stream"),
        links=tuple(links),
        status=STATUS_PREFIXES[status] if status else None,
        location=item.location(),
    )


def _people(item: Item, reading: Reading, people: dict[str, Speaker]) -> Iterator[str]:
    for person in item.items("persons"):
        name = reading.line(person, "public_name", "name", "full_public_name")
        key = reading.id(person, "guid", "code", "id", name=name)
        if not name:
            message = "has no name. The person is left out. Add the name."
            reading.report.add("nameless", person.location(), message)
            continue
        if key not in people:
            people[key] = Speaker(
                id=key,
                name=name,
                code=reading.line(person, "code") or None,
                about=reading.text(person, "biography"),
                photo=reading.photo(person, "avatar"),
                url=reading.url(person, "url"),
                links=tuple(read_links(person, "links", reading)),
                location=person.location(),
            )
        yield key


def read_links(item: Item, key: str, reading: Reading) -> Iterator[Link]:
    """Return the links in a list, without those whose address is not good."""
    for link in item.items(key):
        url = reading.url(link, "url")
        if url:
            yield Link(title=reading.line(link, "title"), url=url)


def _links(item: Item, reading: Reading) -> list[Link]:
    return [*read_links(item, "links", reading), *read_links(item, "attachments", reading)]


def _taken(links: list[Link], what: str) -> str | None:
    """Return the address of the first link with one of the titles, and remove it from the list."""
    for link in links:
        if link.title.casefold() in LINK_TITLES[what]:
            links.remove(link)
            return link.url
    return None


@dataclass(slots=True)
class _Element:
    """An element of XML while it is read."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Element] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def named(self, name: str) -> Iterator[_Element]:
        return (child for child in self.children if child.name == name)

    def item(self, **values: object) -> Item:
        """Return it with attributes and children as keys, and with some other values."""
        texts = {child.name: child.text for child in self.children}
        lines = {child.name: child.line for child in self.children}
        return Item({**texts, **self.attributes, **values}, self.name, self.line, lines)


def read_xml(raw: bytes) -> Item:
    """Return the schedule in XML in the shape of JSON; raise `RefusedError` where there is none.

    Nothing is fetched and no entity is replaced: expat stops at the first sign of a DTD.
    """
    root = _parsed(raw)
    if root.name != "schedule":
        message = f"is XML of another kind: {quoted(root.name)}. Export the schedule of frab."
        raise RefusedError(root.line, message)
    days = [_day_item(day) for day in root.named("day")]
    rooms = {
        room.attributes.get("name", ""): room.item()
        for day in root.named("day")
        for room in day.named("room")
    }
    conference = next(root.named("conference"), _Element("conference", root.line))
    tracks = [track.item() for track in conference.named("track")]
    return root.item(conference=conference.item(days=days, rooms=[*rooms.values()], tracks=tracks))


def _day_item(day: _Element) -> Item:
    rooms: dict[str, list[Item]] = {}
    for room in day.named("room"):
        events = rooms.setdefault(room.attributes.get("name", ""), [])
        events.extend(_event_item(event) for event in room.named("event"))
    bounds = {f"day_{key}": day.attributes.get(key) for key in ("start", "end")}
    return day.item(rooms=rooms, **bounds)


def _event_item(event: _Element) -> Item:
    lists = {
        name: [
            part.item(title=part.text, name=part.text, url=part.attributes.get("href"))
            for child in event.named(name)
            for part in child.children
        ]
        for name in ("persons", "links", "attachments")
    }
    return event.item(**lists)


def _parsed(raw: bytes) -> _Element:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    top = _Element("", 1)
    stack, count = [top], 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        line = parser.CurrentLineNumber
        if len(stack) > MOST_DEPTH:
            raise RefusedError(line, f"nests deeper than {MOST_DEPTH} elements. Export it again.")
        if count > MOST_ELEMENTS:
            raise RefusedError(line, f"has more than {MOST_ELEMENTS:,} elements. Export less.")
        element = _Element(name, line, attributes)
        stack[-1].children.append(element)
        stack.append(element)

    def end(_: str) -> None:
        stack.pop()

    def write(text: str) -> None:
        stack[-1].parts.append(text)

    def doctype(*_: object) -> None:
        message = "declares a document type, which no schedule needs. Remove the declaration."
        raise RefusedError(parser.CurrentLineNumber, message)

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = write
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        message = f"is not valid XML: {expat.ErrorString(error.code)}. Export it again."
        raise RefusedError(error.lineno, message) from None
    except (LookupError, ValueError):
        raise RefusedError(1, "has an encoding that is not known. Export it as UTF-8.") from None
    return top.children[0]  # expat lets no document be without one
