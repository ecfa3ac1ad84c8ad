"""Venues and their rooms."""

from __future__ import annotations

from typing import Self

from pydantic import Field, PrivateAttr, model_validator

from mkdocs_impldays.fest.model import Model, wrong
from mkdocs_impldays.fest.values import (
    Count,
    Country,
    Latitude,
    Longitude,
    Markdown,
    SessionId,
    Text,
    TextOrTba,
    Url,
    UrlOrTba,
)


class Room(Model):
    """A room of a venue."""

    name: Text
    """Its name."""
    capacity: Count | None = None
    """How many people fit in."""
    floor: Text | None = None
    """Which floor it is on, like ground floor."""
    stream: Url | None = None
    """The address of the live stream from this room."""

    _id: str = PrivateAttr("")
    _is_from_file: bool = PrivateAttr(False)

    @property
    def is_from_file(self) -> bool:
        """Whether only a programme file has it."""
        return bool(self.private["_is_from_file"])

    @property
    def id(self) -> str:
        """Its key in the file."""
        return str(self.private["_id"])


class Venue(Model):
    """A place where people meet."""

    name: TextOrTba
    """Its name."""
    street: TextOrTba | None = None
    """Street and number."""
    postcode: TextOrTba | None = None
    """The postcode, with its leading zeros."""
    city: TextOrTba | None = None
    """The town, if not the fest's."""
    country: Country | None = None
    """The country's two letters (ISO 3166), if not the fest's."""
    latitude: Latitude | None = None
    """Degrees north of the equator (WGS 84), like 48.87197."""
    longitude: Longitude | None = None
    """Degrees east of Greenwich (WGS 84), like 2.34122."""
    capacity: Count | None = None
    """How many people fit in."""
    url: UrlOrTba | None = None
    """Its own page."""
    directions: Markdown | None = None
    """How to get there: inline Markdown, also links."""
    access: Markdown | None = None
    """What people with disabilities need to know: inline Markdown, also links."""

    rooms: dict[SessionId, Room] = Field(default_factory=dict)
    """Its rooms, by short names that agendas use."""

    _id: str = PrivateAttr("")

    @model_validator(mode="after")
    def _both_coordinates(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise wrong("is missing. Write both latitude and longitude, or neither.", at=(missing,))
        for key, room in self.rooms.items():
            room._id = key  # noqa: SLF001 - a part learns its name from the whole
        return self

    @property
    def id(self) -> str:
        """Its key in the file."""
        return str(self.private["_id"])

    def add_room(self, key: str, room: Room) -> None:
        """Add a room of a programme file. Only while the fest is being read."""
        room._id, room._is_from_file = key, True  # noqa: SLF001 - a part learns from the whole
        self.rooms[key] = room
