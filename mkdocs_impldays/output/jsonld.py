"""`schema.org/Event` as JSON-LD, for search engines and other readers of pages.

The properties are those that Google requires and recommends for events, as far as a fest file
knows them; what is not known is left out, never made up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.output.entries import event_name
from mkdocs_impldays.output.places import absolute, page_of, venues_of
from mkdocs_impldays.output.schemaorg import (
    TERM,
    Node,
    end_of,
    offer,
    online,
    organizer,
    performers,
    place,
    start_of,
    state_of,
)
from mkdocs_impldays.output.texts import line, paragraph

_CONTEXT = {"@context": TERM.rstrip("/")}


@dataclass(frozen=True)
class _Writer:
    """Describes the parts of one fest for one site at one moment."""

    fest: Fest
    site_url: str | None
    moment: datetime
    image: str | None

    def whole(self) -> Node:
        """Describe the fest without its events: in its town, since it may have many venues."""
        fest = self.fest
        moved = fest.status_of() == "moved-online"
        return {
            "@type": "Event",
            "@id": absolute(f"#{fest.id}", self.site_url),
            "name": line(fest.name),
            "description": paragraph(fest.description or ""),
            **self._shared(None),
            **_times(fest.known_days),
            **state_of(fest, None),
            "location": online(fest, None, site_url=self.site_url) if moved else place(fest, None),
        }

    def event(self, event: Event) -> Node:
        """Describe an event, with each of its days in each of its places below it."""
        fest, days = self.fest, event.known_days
        parts = [(day, venue) for day in days for venue in self._venues(event, day)]
        below = [self._part(event, [day], venue) for day, venue in parts]
        return {
            **self._part(event, list(days), fest.venue_of(event, days[0])),
            "@id": absolute(f"#{fest.id}-{event.id}", self.site_url),
            "subEvent": below if len(below) > 1 else None,
        }

    def _venues(self, event: Event, day: Day) -> list[Venue | None]:
        """Give the places of a day: one that is not known counts, and online there is only one."""
        if self.fest.status_of(event) == "moved-online":
            return [None]
        return list(venues_of(self.fest, event, day)) or [None]

    def _part(self, event: Event, days: list[Day], venue: Venue | None) -> Node:
        fest = self.fest
        moved = fest.status_of(event) == "moved-online"
        where = online(fest, event, site_url=self.site_url) if moved else place(fest, venue)
        return {
            "@type": "Event",
            "name": event_name(fest, event),
            "description": paragraph(event.description or fest.description or ""),
            **self._shared(event),
            **_times(days),
            **state_of(fest, event),
            "location": where,
            "performer": performers(event),
            "offers": offer(fest, event, moment=self.moment),
        }

    def _shared(self, event: Event | None) -> Node:
        return {
            "url": page_of(self.fest, event, site_url=self.site_url),
            "inLanguage": self.fest.language,
            "image": absolute(self.image, self.site_url) if self.image else None,
            "organizer": organizer(self.fest),
        }


def fest_node(
    fest: Fest, *, site_url: str | None, moment: datetime, image: str | None = None
) -> Node | None:
    """Describe a whole fest, with its events and their days, for the home page.

    `moment` is the aware moment of the build, which decides what is on offer; `image` the path of
    a picture from the site's root. `None` while no day is known: search engines refuse such events.
    """
    if fest.start is None:
        return None
    writer = _Writer(fest, site_url, moment, image)
    events = [writer.event(event) for event in fest.events.values() if event.known_days]
    return _known_only({**_CONTEXT, **writer.whole(), "subEvent": events})


def event_node(
    fest: Fest,
    event: Event,
    *,
    site_url: str | None,
    moment: datetime,
    image: str | None = None,
) -> Node | None:
    """Describe one event and the fest it belongs to, for the event's pages; else as `fest_node`."""
    if event.start is None:
        return None
    writer = _Writer(fest, site_url, moment, image)
    above = writer.whole() if len(fest.events) > 1 else None
    return _known_only({**_CONTEXT, **writer.event(event), "superEvent": above})


def document(node: Node) -> bytes:
    """Give a file of its own, in UTF-8, for an engine whose templates make it a part of a page."""
    return json.dumps(node, ensure_ascii=False, indent=2).encode() + b"\n"


def script(node: Node) -> str:
    """Give the element for a page's head; no `<` in a text can close it."""
    text = json.dumps(node, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json" data-impldays>\n{text}\n</script>'


def _times(days: Sequence[Day]) -> Node:
    """Give the beginning of the first day and the end of the last, days in any order."""
    first = min(days, key=lambda day: (day.date, day.start))
    return {"startDate": start_of(first), "endDate": end_of(max(days, key=lambda day: day.end))}


def _known_only(node: Node) -> Node:
    """Leave out, at every depth, the properties that have no value."""
    return {key: _known(value) for key, value in node.items() if value not in (None, "", [])}


def _known(value: Any) -> Any:
    if isinstance(value, list):
        return [_known(item) for item in value]
    return _known_only(value) if isinstance(value, dict) else value
