"""A place where people meet."""

from __future__ import annotations

from typing import Self

from pydantic import PrivateAttr, model_validator

from mkdocs_impldays.fest.model import Model, wrong
from mkdocs_impldays.fest.values import (
    Count,
    Country,
    Latitude,
    Longitude,
    Markdown,
    TextOrTba,
    UrlOrTba,
)


class Venue(Model):
    """A place where people meet."""

    name: TextOrTba
    """What it is called."""
    street: TextOrTba | None = None
    """Street and number."""
    postcode: TextOrTba | None = None
    """The postcode as it is written, leading zeros too."""
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

    _id: str = PrivateAttr("")

    @model_validator(mode="after")
    def _both_coordinates(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            message = "is missing beside its twin. Write latitude and longitude, or none."
            raise wrong(message, at=(missing,))
        return self

    @property
    def id(self) -> str:
        """The key it stands at in the file."""
        return str(self.known_apart["_id"])
