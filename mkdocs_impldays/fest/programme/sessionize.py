"""The JSON of Sessionize's API, version 2, view All.

Times are local, without an offset; a session for everyone is marked as plenum, a break as service.
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
from mkdocs_impldays.fest.programme.values import LONGEST_SESSION, Item, Reading, joined
from mkdocs_impldays.problems import quoted

_CATEGORIES = {
    "track": ("track", "tracks"),
    "kind": ("session format", "format", "session type", "type", "kind"),
    "language": ("language", "languages"),
}
"""By what titles, in lower case, categories are distinguished; organisers choose them freely."""

_CANCELLED = ("cancelled", "canceled")
_NOT_ON = ("declined", "decline_queue", "nominated", "accept_queue", "waitlisted", "withdrawn")


@dataclass(frozen=True)
class _Category:
    what: str
    name: str


def read_sessionize(data: Item, reading: Reading) -> Programme:
    """Return the programme of a file; what is wrong goes into the reading's report."""
    listed = sorted(data.items("rooms"), key=_sort)
    rooms = {reading.line(item, "id"): reading.line(item, "name") for item in listed}
    speakers = {person.id: person for person in _speakers(data, reading)}
    categories = dict(_categories(data, reading))
    sessions = [
        session
        for item in data.items("sessions")
        if (session := _session(item, rooms, speakers, categories, reading))
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


def _speakers(data: Item, reading: Reading) -> Iterator[Speaker]:
    for person in data.items("speakers"):
        name = reading.line(person, "fullName")
        if not name:
            names = (reading.line(person, key) for key in ("firstName", "lastName"))
            name = " ".join(filter(None, names))
        key = reading.id(person, "id", name=name)
        if not name:
            message = "has no name. The person is left out. Add the name."
            reading.report.add("nameless", person.location(), message)
            continue
        yield Speaker(
            id=key,
            name=name,
            about=joined([reading.line(person, "tagLine"), reading.text(person, "bio")]),
            photo=reading.photo(person, "profilePicture"),
            links=tuple(read_links(person, "links", reading)),
            location=person.location(),
        )


def _categories(data: Item, reading: Reading) -> Iterator[tuple[str, _Category]]:
    for category in data.items("categories"):
        title = reading.line(category, "title").casefold()
        for what, titles in _CATEGORIES.items():
            if title in titles:
                for item in category.items("items"):
                    name = reading.line(item, "name")
                    if name:
                        yield reading.line(item, "id"), _Category(what, name)


def _session(
    item: Item,
    rooms: Mapping[str, str],
    speakers: Mapping[str, Speaker],
    categories: Mapping[str, _Category],
    reading: Reading,
) -> Session | None:
    title, start = reading.line(item, "title"), reading.moment(item, "startsAt")
    key = reading.id(item, "id", name=title)
    status = reading.line(item, "status").casefold()
    if status in _NOT_ON:
        message = f"{quoted(title or key)} is not accepted. The session is left out."
        reading.report.add("status", item.location("status"), message, "hint")
        return None
    if not title or start is None:
        missing = "title" if start else "valid time"
        message = f"{quoted(title or key)} has no {missing}. The session is left out; add it."
        reading.report.add(missing, item.location(), message)
        return None
    chosen = _chosen(item, categories)
    is_plenum = item.values.get("isPlenumSession") is True
    is_break = item.values.get("isServiceSession") is True
    end = reading.moment(item, "endsAt")
    if end is not None and end.timestamp() <= start.timestamp():
        message = f"{quoted(title)} ends before it starts. The end is left out; correct it."
        reading.report.add("order", item.location("endsAt"), message)
        end = None
    if end is not None and end - start > LONGEST_SESSION:
        message = f"{quoted(title)} is longer than {LONGEST_SESSION.days} days. Its end is left"
        reading.report.add("length", item.location("endsAt"), f"{message} out; correct it.")
        end = None
    return Session(
        id=key,
        what=title,
        start=start,
        end=end,
        room=None if is_plenum else rooms.get(reading.line(item, "roomId")) or None,
        track=chosen.get("track"),
        speakers=tuple(dict.fromkeys(_people(item, speakers, reading))),
        kind=chosen.get("kind") or (BREAK if is_break else None),
        language=reading.language(item, chosen.get("language", ""), "categoryItems"),
        about=reading.text(item, "description"),
        url=None,
        recording=reading.url(item, "recordingUrl"),
        stream=reading.url(item, "liveUrl"),
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


def _people(item: Item, speakers: Mapping[str, Speaker], reading: Reading) -> Iterator[str]:
    values = item.values.get("speakers")
    for value in values[:100] if isinstance(values, list) else []:
        key = value.get("id") if isinstance(value, dict) else value
        key = as_guid(f"{key}") or f"{key}"
        if key in speakers:
            yield key
        else:
            message = f"{quoted(key)} is not one of the speakers. The person is left out."
            reading.report.add("speaker", item.location("speakers"), message)
