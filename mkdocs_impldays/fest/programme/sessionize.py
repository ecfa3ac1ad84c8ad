"""Read the JSON of Sessionize's API, version 2, view All.

Times are local, without an offset. A session in all rooms is a plenum session, a break a service
session.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mkdocs_impldays.fest.programme.frab import read_links
from mkdocs_impldays.fest.programme.model import (
    BREAK,
    Programme,
    Room,
    Session,
    Speaker,
    Track,
    as_guid,
)
from mkdocs_impldays.fest.programme.values import LONGEST_SESSION, Item, ValueReader, joined
from mkdocs_impldays.problems import quoted

_CATEGORIES = {
    "track": ("track", "tracks"),
    "kind": ("session format", "format", "session type", "type", "kind"),
    "language": ("language", "languages"),
}
"""The titles of categories, in lower case, which organisers choose freely."""

_CANCELLED = ("cancelled", "canceled")
_NOT_ON = ("declined", "decline_queue", "nominated", "accept_queue", "waitlisted", "withdrawn")


@dataclass(frozen=True)
class _Category:
    what: str
    name: str


def read_sessionize(data: Item, reader: ValueReader) -> Programme:
    """Return the programme of a file; problems go into the reader's report."""
    listed = sorted(data.items("rooms"), key=_sort)
    rooms = {reader.line(item, "id"): reader.line(item, "name") for item in listed}
    speakers = {person.id: person for person in _speakers(data, reader)}
    categories = dict(_categories(data, reader))
    sessions = [
        session
        for item in data.items("sessions")
        if (session := _session(item, rooms, speakers, categories, reader))
    ]
    tracks = dict.fromkeys(each.name for each in categories.values() if each.what == "track")
    return Programme(
        sessions=tuple(sessions),
        rooms=tuple(Room(name=name, id=key) for key, name in rooms.items() if name),
        tracks=tuple(Track(name=name) for name in tracks),
        speakers=tuple(speakers.values()),
    )


def _sort(room: Item) -> float:
    sort = room.values.get("sort")
    return sort if isinstance(sort, int | float) and sort == sort else 0  # noqa: PLR0124 - NaN


def _speakers(data: Item, reader: ValueReader) -> Iterator[Speaker]:
    for person in data.items("speakers"):
        name = reader.line(person, "fullName")
        if not name:
            names = (reader.line(person, key) for key in ("firstName", "lastName"))
            name = " ".join(filter(None, names))
        key = reader.id(person, "id", name=name)
        if not name:
            message = "has no name. The person is left out. Add the name."
            reader.report.add("nameless", person.location(), message)
            continue
        yield Speaker(
            id=key,
            name=name,
            about=joined([reader.line(person, "tagLine"), reader.text(person, "bio")]),
            photo=reader.photo(person, "profilePicture"),
            links=tuple(read_links(person, "links", reader)),
            location=person.location(),
        )


def _categories(data: Item, reader: ValueReader) -> Iterator[tuple[str, _Category]]:
    for category in data.items("categories"):
        title = reader.line(category, "title").casefold()
        for what, titles in _CATEGORIES.items():
            if title in titles:
                for item in category.items("items"):
                    name = reader.line(item, "name")
                    if name:
                        yield reader.line(item, "id"), _Category(what, name)


def _session(
    item: Item,
    rooms: Mapping[str, str],
    speakers: Mapping[str, Speaker],
    categories: Mapping[str, _Category],
    reader: ValueReader,
) -> Session | None:
    title, start = reader.line(item, "title"), reader.moment(item, "startsAt")
    key = reader.id(item, "id", name=title)
    status = reader.line(item, "status").casefold()
    if status in _NOT_ON:
        message = f"{quoted(title or key)} is not accepted. The session is left out."
        reader.report.add("status", item.location("status"), message, "hint")
        return None
    if not title or start is None:
        missing = "title" if start else "valid time"
        message = f"{quoted(title or key)} has no {missing}. The session is left out; add it."
        reader.report.add(missing, item.location(), message)
        return None
    chosen = _chosen(item, categories)
    is_plenum = item.values.get("isPlenumSession") is True
    is_break = item.values.get("isServiceSession") is True
    end = reader.moment(item, "endsAt")
    if end is not None and end.timestamp() <= start.timestamp():
        message = f"{quoted(title)} ends before it starts. The end is left out; correct it."
        reader.report.add("order", item.location("endsAt"), message)
        end = None
    if end is not None and end - start > LONGEST_SESSION:
        message = f"{quoted(title)} is longer than {LONGEST_SESSION.days} days. Its end is left"
        reader.report.add("length", item.location("endsAt"), f"{message} out; correct it.")
        end = None
    return Session(
        id=key,
        what=title,
        start=start,
        end=end,
        room=None if is_plenum else rooms.get(reader.line(item, "roomId")) or None,
        track=chosen.get("track"),
        speakers=tuple(dict.fromkeys(_people(item, speakers, reader))),
        kind=chosen.get("kind") or (BREAK if is_break else None),
        language=reader.language(item, chosen.get("language", ""), "categoryItems"),
        about=reader.text(item, "description"),
        url=None,
        recording=reader.url(item, "recordingUrl"),
        stream=reader.url(item, "liveUrl"),
        status="cancelled" if status in _CANCELLED else None,
        location=item.location(),
    )


def _chosen(item: Item, categories: Mapping[str, _Category]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    values = item.values.get("categoryItems")
    for value in values[:100] if isinstance(values, list) else []:
        category = categories.get(str(value) if isinstance(value, int | str) else "")
        if category:
            chosen.setdefault(category.what, category.name)
    return chosen


def _people(item: Item, speakers: Mapping[str, Speaker], reader: ValueReader) -> Iterator[str]:
    values = item.values.get("speakers")
    for value in values[:100] if isinstance(values, list) else []:
        key = value.get("id") if isinstance(value, dict) else value
        key = as_guid(f"{key}") or f"{key}"
        if key in speakers:
            yield key
        else:
            message = f"{quoted(key)} is not one of the speakers. The person is left out."
            reader.report.add("speaker", item.location("speakers"), message)
