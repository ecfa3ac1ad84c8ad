"""A programme as it is read from and written to files: sessions, rooms, tracks and speakers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Literal, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

Status = Literal["cancelled", "moved"]

ALL_ROOMS = str(uuid5(NAMESPACE_URL, "mkdocs-impldays:all-rooms"))
"""The guid of the room that our frab files have for sessions in all rooms."""

MAX_BYTES = 5_000_000
"""The largest file that is read, in bytes; a thousand sessions take about two million."""

DAY_STARTS = time(4)
"""When the day of a programme starts: earlier sessions belong to the evening before."""

BREAK = "break"
"""The `kind` of a break, which has no speaker."""


class Location(NamedTuple):
    """The location of something in a programme file."""

    key: str
    """The path of keys in JSON, or the element's name in XML."""
    line: int | None = None
    """The line in XML, counted from 1; `None` in JSON."""

    def __str__(self) -> str:
        """Return it as short as possible."""
        return self.key if self.line is None else f"line {self.line}"


class Link(NamedTuple):
    """An address with its title."""

    title: str
    """Plain text; empty if the file has none."""
    url: str


class Room(NamedTuple):
    """A room, known by its name."""

    name: str
    id: str | None = None
    """The guid, or the id in Sessionize."""
    about: str = ""
    """Text as in `Session.about`."""
    capacity: int | None = None
    """How many people it holds."""


class Track(NamedTuple):
    """A track, known by its name."""

    name: str
    color: str | None = None
    """Like `#00aaff`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A person who speaks."""

    id: str
    """The guid, the code or the id, whichever the file has first."""
    name: str
    code: str | None = None
    about: str = ""
    """Text as in `Session.about`."""
    photo: str | None = None
    """A path on the site itself, like `img/ada.jpg`."""
    url: str | None = None
    links: tuple[Link, ...] = ()
    location: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A talk, a workshop or a break, in one room or in all."""

    id: str
    """The guid, the code, the id, or a slug of `what`: unique in the programme."""
    what: str
    """The title: plain text in one line."""
    start: datetime
    """In the event's time zone."""
    end: datetime | None = None
    """In the event's time zone; `None` if the file does not have it."""
    code: str | None = None
    subtitle: str = ""
    room: str | None = None
    """A room's name; `None` for all rooms."""
    track: str | None = None
    """A track's name."""
    speakers: tuple[str, ...] = ()
    """Ids of speakers."""
    kind: str | None = None
    """As the file calls it, like Talk or Workshop; `BREAK` for a break."""
    language: str | None = None
    """A tag of BCP 47, like `en`."""
    about: str = ""
    """Markdown or HTML that is not trusted: pages must pass it through the allow-list."""
    url: str | None = None
    slides: str | None = None
    recording: str | None = None
    stream: str | None = None
    links: tuple[Link, ...] = ()
    status: Status | None = None
    location: Location = field(default=Location(""), compare=False)


class Programme(NamedTuple):
    """A programme: sessions by start and room, rooms and tracks in the order of the file."""

    title: str = ""
    version: str = ""
    sessions: tuple[Session, ...] = ()
    rooms: tuple[Room, ...] = ()
    tracks: tuple[Track, ...] = ()
    speakers: tuple[Speaker, ...] = ()


def is_break(kind: str | None) -> bool:
    """Return whether a kind of session is a break, in upper or lower case."""
    return (kind or "").casefold() == BREAK


def guid_of(name: str, *, within: str) -> str:
    """Return the UUID of a name within a fest (UUIDv5, RFC 9562); a UUID stays as it is."""
    guid = as_guid(name)
    return guid or str(uuid5(uuid5(NAMESPACE_URL, f"mkdocs-impldays:{within}"), name))


def as_guid(name: str) -> str | None:
    """Return a UUID in its usual spelling; `None` for a text that is not one."""
    try:
        return str(UUID(name))
    except ValueError:
        return None
