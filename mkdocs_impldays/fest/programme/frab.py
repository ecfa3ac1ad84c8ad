"""Read the schedule files of frab, in JSON and XML, which pretalx and many others write.

A session may have the date of its day and a time instead of a moment. A day lasts from 04:00 to
03:59: a session at 01:00 belongs to the evening before.
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
    RefusedError,
    ValueReader,
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
"""The titles, in lower case, of a session's slides, recording and stream; the first is written."""

STATUS_PREFIXES: dict[str, Status] = {
    "CANCELLED: ": "cancelled",
    "CANCELED: ": "cancelled",
    "MOVED: ": "moved",
}
"""The prefixes of titles in frab files, which have no field for the status."""

MOST_DAYS = 400
MOST_DEPTH = 20
MOST_ELEMENTS = 200_000

Bounds = list[tuple[datetime, datetime]]


def read_frab(schedule: Item, reader: ValueReader) -> Programme:
    """Return the programme of a schedule; problems go into the reader's report."""
    conference = schedule.child("conference")
    reader.base_url = reader.line(schedule, "base_url") or reader.line(conference, "base_url")
    _read_zone(conference, reader)
    rooms = {room.name: room for room in _rooms(conference, reader)}
    for_all = {name for name, room in rooms.items() if room.id == ALL_ROOMS}
    people: dict[str, Speaker] = {}
    sessions: list[Session] = []
    days = [*(conference if "days" in conference.values else schedule).items("days")][:MOST_DAYS]
    bounds = [found for day in days if (found := _bounds(day, reader))]
    events = list(islice(_events(days), MOST_ITEMS + 1))
    if len(events) > MOST_ITEMS:
        message = f"has more than {MOST_ITEMS:,} sessions. Export only this event."
        raise RefusedError(None, message)
    for day, name, item in events:
        room = reader.line(item, "room") or name
        session = _session(item, day, reader, people)
        if session:
            _check_day(session, bounds, reader)
            sessions.append(replace(session, room=None if room in for_all else room or None))
    for session in sessions:
        if session.room:
            rooms.setdefault(session.room, Room(name=session.room))
    return Programme(
        title=reader.line(conference, "title"),
        version=reader.line(schedule, "version"),
        sessions=tuple(sessions),
        rooms=tuple(room for room in rooms.values() if room.name not in for_all),
        tracks=_tracks(conference, sessions, reader),
        speakers=tuple(people.values()),
    )


def _read_zone(conference: Item, reader: ValueReader) -> None:
    name = reader.line(conference, "time_zone_name")
    if not name:
        return
    try:
        reader.local_zone = read_zone(name)
    except ValueError:
        message = f"{quoted(name)} is not a time zone. {reader.zone.key} is used instead."
        reader.report.add("zone", conference.location("time_zone_name"), message, "hint")


def _rooms(conference: Item, reader: ValueReader) -> Iterator[Room]:
    for item in conference.items("rooms"):
        name = reader.line(item, "name")
        if name:
            capacity = whole(item.values.get("capacity"))
            about = reader.text(item, "description")
            guid = reader.line(item, "guid") or None
            yield Room(name=name, id=guid, about=about, capacity=capacity)


def _tracks(conference: Item, sessions: list[Session], reader: ValueReader) -> tuple[Track, ...]:
    tracks: dict[str, Track] = {}
    for item in conference.items("tracks"):
        name, color = reader.line(item, "name"), reader.line(item, "color")
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


def _day_date(day: Item, reader: ValueReader) -> date | None:
    try:
        return date.fromisoformat(reader.line(day, "date"))
    except ValueError:
        return None


def _bounds(day: Item, reader: ValueReader) -> tuple[datetime, datetime] | None:
    start, end = reader.moment(day, "day_start"), reader.moment(day, "day_end")
    if start and end:
        return start, end
    when = _day_date(day, reader)
    if when is None or not 1970 < when.year < 2099:
        return None
    zone = reader.local_zone or reader.zone
    first = datetime.combine(when, DAY_STARTS, zone)
    return first, first + timedelta(days=1, minutes=-1)


def _check_day(session: Session, bounds: Bounds, reader: ValueReader) -> None:
    if bounds and not any(start <= session.start <= end for start, end in bounds):
        message = (
            f"{quoted(session.what)} starts on {session.start:%Y-%m-%d at %H:%M}, outside the days "
            "of the file. Correct the time or the days."
        )
        reader.report.add("outside", session.location, message)


def _start(item: Item, day: Item, reader: ValueReader) -> datetime | None:
    moment = reader.moment(item, "date")
    if moment:
        return moment
    when, text = _day_date(day, reader), reader.line(item, "start")
    with suppress(ValueError):
        when = date.fromisoformat(reader.line(item, "date")[:10])
    if when is None or not 1970 < when.year < 2099 or not re.fullmatch(r"\d\d?:\d\d", text):
        return None
    hour, minute = map(int, text.split(":"))
    try:
        clock = time(hour, minute)
    except ValueError:
        return None
    if clock < DAY_STARTS and not reader.line(item, "date"):
        when += timedelta(days=1)
    typed = datetime.combine(when, clock)
    return reader.local(typed, item.location("start")).astimezone(reader.zone)


def _session(
    item: Item, day: Item, reader: ValueReader, people: dict[str, Speaker]
) -> Session | None:
    title, start = reader.line(item, "title"), _start(item, day, reader)
    code = reader.line(item, "code")
    key = reader.id(item, "guid", "code", "id", name=title)
    if not title or start is None:
        missing = "title" if start else "valid time"
        message = f"{quoted(title or key)} has no {missing}. The session is left out; add it."
        reader.report.add(missing, item.location(), message)
        return None
    status = next((prefix for prefix in STATUS_PREFIXES if title.startswith(prefix)), None)
    links = [*read_links(item, "links", reader), *read_links(item, "attachments", reader)]
    return Session(
        id=key,
        code=code or None,
        what=title.removeprefix(status or ""),
        subtitle=reader.line(item, "subtitle"),
        start=start,
        end=reader.end(item, "duration", start),
        track=reader.line(item, "track") or None,
        speakers=tuple(dict.fromkeys(_people(item, reader, people))),
        kind=reader.line(item, "type") or None,
        language=reader.language(item, reader.line(item, "language"), "language"),
        about=joined([reader.text(item, "abstract"), reader.text(item, "description")]),
        url=reader.url(item, "url"),
        slides=_taken(links, "slides"),
        recording=_taken(links, "recording") or reader.url(item, "video_download_url"),
        stream=_taken(links, "stream"),
        links=tuple(links),
        status=STATUS_PREFIXES[status] if status else None,
        location=item.location(),
    )


def _people(item: Item, reader: ValueReader, people: dict[str, Speaker]) -> Iterator[str]:
    for person in item.items("persons"):
        name = reader.line(person, "public_name", "name", "full_public_name")
        key = reader.id(person, "guid", "code", "id", name=name)
        if not name:
            message = "has no name. The person is left out. Add the name."
            reader.report.add("nameless", person.location(), message)
            continue
        if key not in people:
            people[key] = Speaker(
                id=key,
                name=name,
                code=reader.line(person, "code") or None,
                about=reader.text(person, "biography"),
                photo=reader.photo(person, "avatar"),
                url=reader.url(person, "url"),
                links=tuple(read_links(person, "links", reader)),
                location=person.location(),
            )
        yield key


def read_links(item: Item, key: str, reader: ValueReader) -> Iterator[Link]:
    """Yield the links in a list, without those whose address is not valid."""
    for link in item.items(key):
        url = reader.url(link, "url")
        if url:
            yield Link(title=reader.line(link, "title"), url=url)


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
        """Return it as an `Item`: attributes and children as keys, then `values`."""
        texts = {child.name: child.text for child in self.children}
        lines = {child.name: child.line for child in self.children}
        return Item({**texts, **self.attributes, **values}, self.name, self.line, lines)


def read_xml(raw: bytes) -> Item:
    """Return the schedule in XML in the shape of JSON; raise `RefusedError` if there is none.

    Nothing is fetched and no entity is expanded: a document type ends the reading.
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
    return top.children[0]  # expat requires a root element
