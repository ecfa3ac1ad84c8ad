"""`schema.org/Event` as JSON-LD, for search engines.

The properties are those that Google requires or recommends for events; unknown ones are omitted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.sessions import (
    AgendaLine,
    end_of,
    is_session,
    lines_of,
    place_of,
    session_source,
    speaker_source,
)
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.output.properties import (
    MODE,
    TERM,
    Node,
    offers,
    online,
    organizer,
    performers,
    place,
    speaker,
    sponsors,
    state_of,
    state_of_session,
    times,
    web,
    where_of,
    written,
)
from mkdocs_impldays.output.texts import (
    absolute,
    event_name,
    line,
    page_of,
    paragraph,
    without_markup,
)

_CONTEXT = {"@context": TERM.rstrip("/")}


@dataclass(frozen=True)
class _EventWriter:
    """Describes the parts of one fest for one site at one moment."""

    fest: Fest
    site_url: str | None
    moment: datetime
    image: str | None
    addresses: Mapping[str, str] = field(default_factory=dict)
    """The addresses of pages from the site's root, by their files below `docs/`."""
    has_sessions: bool = False
    """Whether events have their sessions as `subEvent`."""
    described: set[str] = field(default_factory=set)
    """The `@id` of each place and person that was described: later nodes only refer to it."""

    def whole(self) -> Node:
        """Describe the fest without its events: at their common venue, else in its city."""
        fest = self.fest
        events = fest.events.values()
        venues = [fest.venue_of(event, day) for event in events for day in event.known_days]
        venue = venues[0] if all(each is venues[0] for each in venues) else None
        return {
            "@type": "Event",
            "@id": absolute(f"#{fest.id}", self.site_url),
            "name": line(fest.name),
            "description": paragraph(fest.description or ""),
            **self.shared(None),
            **times(fest.days_held or fest.known_days),
            **state_of(fest, None),
            "location": where_of(fest, None, venue, self.site_url),
            "sponsor": sponsors(fest, site_url=self.site_url),
            "sameAs": [address for link in fest.links if (address := web(link.url))],
        }

    def only(self, event: Event) -> Node:
        """Describe a fest with one event, whose properties and parts it has."""
        whole, node = self.whole(), self.event(event)
        facts = {key: node[key] for key in ("location", "performer", "offers", "subEvent")}
        return {**whole, "description": whole["description"] or node["description"], **facts}

    def event(self, event: Event) -> Node:
        """Describe an event, with each of its days at each of its venues as `subEvent`."""
        fest, days = self.fest, event.known_days
        parts = [(day, venue) for day in days for venue in self._venues(event, day)]
        below = [self._part(event, [day], venue) for day, venue in parts]
        below = below if len(below) > 1 else []
        if self.has_sessions:
            below += [
                self.session(each, self._page(session_source(fest, name)))
                for name, each in lines_of(fest).items()
                if each.event is event and is_session(each.step.item)
            ]
        return {
            **self._part(event, list(event.days_held), fest.venue_of(event, days[0])),
            "@id": absolute(f"#{fest.id}-{event.id}", self.site_url),
            "subEvent": below,
        }

    def session(self, agenda_line: AgendaLine, page: str | None) -> Node:
        """Describe a session, without what it shares with its event; `page` is its address."""
        step = agenda_line.step
        speakers = {key: self.fest.speakers[key] for key in step.item.speakers}
        end = end_of(agenda_line)
        return {
            "@type": "Event",
            "@id": f"{page}#session" if page else None,
            "name": line(step.item.what),
            "url": page,
            "startDate": written(step.start),
            "endDate": written(end) if end else None,
            **state_of_session(self.fest, agenda_line),
            **self._place_of_session(agenda_line),
            "performer": [
                self._once(speaker(each, self._page(speaker_source(self.fest, key))))
                for key, each in speakers.items()
            ],
        }

    def _page(self, source: str) -> str | None:
        address = self.addresses.get(source)
        return absolute(address, self.site_url) if address else None

    def _once(self, node: Node) -> Node:
        """Return a node, or only its `@id` if it was described before."""
        if (name := node["@id"]) is None:
            return node
        is_repeated = name in self.described
        self.described.add(name)
        return {"@id": name} if is_repeated else node

    def _place_of_session(self, agenda_line: AgendaLine) -> Node:
        """Return the location of a session: its room, its stream, or both."""
        fest, (event, _, step) = self.fest, agenda_line
        venue, room = place_of(fest, agenda_line)
        there = place(fest, venue)
        if venue and room:
            there = {
                **there,
                "@id": absolute(f"#{fest.id}/{venue.id}/{room.id}", self.site_url),
                "name": line(room.name),
                "maximumAttendeeCapacity": room.capacity,
                "containedInPlace": there,
            }
            there = self._once(there)
        attendance = fest.attendance_of(event)
        stream = web(step.item.stream or (room.stream if room else None))
        watched = {"@type": "VirtualLocation", "url": stream}
        there_online = watched if stream else online(fest, event, site_url=self.site_url)
        if attendance == "online":
            return {"location": there_online}
        if attendance == "on-site" and not stream:
            return {"location": there}
        mode = f"{TERM}{MODE['hybrid']}EventAttendanceMode"
        return {"location": [there, there_online], "eventAttendanceMode": mode}

    def _venues(self, event: Event, day: Day) -> list[Venue | None]:
        """Return the venues of a day; `[None]` if it is online, or none is known."""
        if self.fest.is_online(event):
            return [None]
        return list(self.fest.venues_of(event, day)) or [None]

    def _part(self, event: Event, days: list[Day], venue: Venue | None) -> Node:
        fest = self.fest
        offered = offers(fest, event, moment=self.moment) if fest.is_held(event, days[0]) else []
        return {
            "@type": "Event",
            "name": event_name(fest, event),
            "description": paragraph(event.description or fest.description or ""),
            **self.shared(event),
            **times(days),
            **state_of(fest, event, days[0]),
            "location": where_of(fest, event, venue, self.site_url),
            "performer": performers(event),
            "offers": offered[0] if len(offered) == 1 else offered,
        }

    def shared(self, event: Event | None) -> Node:
        """Return the properties that the fest, its events and their parts share."""
        return {
            "url": page_of(self.fest, event, site_url=self.site_url),
            "inLanguage": self.fest.language,
            "image": absolute(self.image, self.site_url) if self.image else None,
            "organizer": organizer(self.fest),
        }


def fest_node(  # noqa: PLR0913 - all that it depends on
    fest: Fest,
    *,
    site_url: str | None,
    moment: datetime,
    image: str | None = None,
    addresses: Mapping[str, str] | None = None,
    has_sessions: bool = False,
) -> Node | None:
    """Describe a whole fest, with its events and their days, for the home page.

    `moment` is the aware moment of the build, which decides what is on offer; `image` the path of
    a picture from the site's root. `None` while no day is known, which search engines reject.

    With `has_sessions`, events have their sessions: for the fest's own page only, since they are
    many. `addresses` are those of pages, by their files below `docs/`.
    """
    if fest.start is None:
        return None
    writer = _EventWriter(fest, site_url, moment, image, addresses or {}, has_sessions)
    events = [event for event in fest.events.values() if event.known_days]
    if len(fest.events) == 1:
        return _known_only({**_CONTEXT, **writer.only(events[0])})
    below = [writer.event(event) for event in events]
    return _known_only({**_CONTEXT, **writer.whole(), "subEvent": below})


def event_node(
    fest: Fest,
    event: Event,
    *,
    site_url: str | None,
    moment: datetime,
    image: str | None = None,
) -> Node | None:
    """Describe an event and its fest, for the page of the event; otherwise like `fest_node`."""
    if event.start is None:
        return None
    writer = _EventWriter(fest, site_url, moment, image)
    above = writer.whole() if len(fest.events) > 1 else None
    return _known_only({**_CONTEXT, **writer.event(event), "superEvent": above})


def session_node(  # noqa: PLR0913 - all that it depends on
    fest: Fest,
    agenda_line: AgendaLine,
    *,
    page_url: str | None,
    site_url: str | None,
    moment: datetime,
    image: str | None = None,
    addresses: Mapping[str, str] | None = None,
) -> Node:
    """Describe a line of an agenda for its page, and in short its event and fest."""
    writer = _EventWriter(fest, site_url, moment, image, addresses or {})
    event, _, step = agenda_line
    item = step.item
    above = writer.whole()
    if len(fest.events) > 1:
        above = {**writer.event(event), "superEvent": _in_short(above)}
    node = {
        **writer.session(agenda_line, page_url),
        "description": paragraph(without_markup(item.about or item.subtitle or "")),
        **writer.shared(event),
        "url": page_url,
        "inLanguage": item.language or fest.language,
        "superEvent": _in_short(above),
    }
    return _known_only({**_CONTEXT, **node})


def speaker_node(fest: Fest, name: str, *, page_url: str | None) -> Node:
    """Describe the speaker with an id, for the person's page."""
    about = paragraph(without_markup(fest.speakers[name].about or ""))
    node = {**speaker(fest.speakers[name], page_url), "description": about}
    return _known_only({**_CONTEXT, **node})


_SHORT = ("@type", "@id", "name", "url", "startDate", "endDate", "location", "superEvent")
_STATE = ("eventStatus", "eventAttendanceMode", "previousStartDate")


def _in_short(node: Node) -> Node:
    """Return the name, dates, location and status of a node, for its parts."""
    return {key: node[key] for key in (*_SHORT, *_STATE) if key in node}


def document(node: Node) -> bytes:
    """Return a node as a JSON file in UTF-8, for engines whose templates include it."""
    return json.dumps(node, ensure_ascii=False, indent=2).encode() + b"\n"


def script(node: Node) -> str:
    """Return the `<script>` element for a page's head; `<` in texts is escaped."""
    text = json.dumps(node, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json" data-impldays>\n{text}\n</script>'


def _known_only(node: Node) -> Node:
    """Return a node without empty properties, at every depth."""
    return {key: _known(value) for key, value in node.items() if value not in (None, "", [])}


def _known(value: Any) -> Any:
    if isinstance(value, list):
        return [_known(item) for item in value]
    return _known_only(value) if isinstance(value, dict) else value
