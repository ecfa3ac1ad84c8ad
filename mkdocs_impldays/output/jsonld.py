"""`schema.org/Event` as JSON-LD, for search engines and other readers of pages.

The properties are those that Google requires and recommends for events, as far as a fest file
has them; what is not known is omitted, never made up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mkdocs_impldays.fest.agenda import Step
from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.event import Attendance, Day, Event, Status
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.people import Member
from mkdocs_impldays.fest.time import at
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.output.calendar import event_name
from mkdocs_impldays.output.texts import (
    absolute,
    line,
    page_of,
    paragraph,
    venues_of,
    without_markup,
)

Node = dict[str, Any]
"""A thing of JSON-LD: `@type` and properties; a value of `None`, "" or [] is left out."""

TERM = "https://schema.org/"

_STATUS: dict[Status, str] = {
    "scheduled": "EventScheduled",
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",
    "rescheduled": "EventRescheduled",
    "moved-online": "EventMovedOnline",
}

_MODE: dict[Attendance, str] = {"on-site": "Offline", "online": "Online", "hybrid": "Mixed"}

_AVAILABILITY = {
    CallState.SOON: "PreOrder",
    CallState.OPEN: "InStock",
    CallState.WAITLIST: "SoldOut",
    CallState.FULL: "SoldOut",
}
"""schema.org's `ItemAvailability`; in any other state nothing is on offer."""


def _written(when: date) -> str:
    return when.isoformat(timespec="seconds") if isinstance(when, datetime) else when.isoformat()


def state_of(fest: Fest, event: Event | None, first: Day | None = None) -> Node:
    """Return status, way of attendance, and the first day as it was before the last move.

    `first` is the first of the days described, if those are not all of the event.
    """
    status, before = fest.status_of(event, first), fest.previous_start_of(event)
    if event and first and event.old_days:
        before = event.old_days[event.known_days.index(first)].date
    moved = status in {"rescheduled", "moved-online"} and before is not None
    states = [TERM + _STATUS[status]]
    if moved and status == "moved-online":
        states.insert(0, f"{TERM}EventRescheduled")
    mode = _MODE[fest.attendance_of(event)]
    return {
        "eventStatus": states if len(states) > 1 else states[0],
        "eventAttendanceMode": f"{TERM}{mode}EventAttendanceMode",
        "previousStartDate": _written(before) if moved and before else None,
    }


def place(fest: Fest, venue: Venue | None) -> Node:
    """Describe a venue, or the fest's town where the venue is not known."""
    name = (known(venue.name) if venue else None) or fest.city
    node: Node = {"@type": "Place", "name": line(name), "address": _address(fest, venue)}
    if venue is None:
        return node
    node["maximumAttendeeCapacity"] = venue.capacity
    node["url"] = _web(known(venue.url))
    if venue.latitude is not None and venue.longitude is not None:
        where = {"latitude": venue.latitude, "longitude": venue.longitude}
        node["geo"] = {"@type": "GeoCoordinates", **where}
    return node


def _address(fest: Fest, venue: Venue | None) -> Node:
    node = {"@type": "PostalAddress", "addressCountry": fest.country}
    if venue is None:
        return {**node, "addressLocality": line(fest.city)}
    return {
        **node,
        "streetAddress": line(known(venue.street) or ""),
        "postalCode": line(known(venue.postcode) or ""),
        "addressLocality": line(fest.city_of(venue) or ""),
        "addressCountry": venue.country or fest.country,
    }


def online(fest: Fest, event: Event | None, *, site_url: str | None) -> Node:
    """Describe where an event is online: its page, or where people join or sign up.

    The page comes first: it has the link to join only from when it is due.
    """
    join = fest.join_of(event)
    url = page_of(fest, event, site_url=site_url) or (_web(known(join.url)) if join else None)
    rsvp = _web(known(fest.rsvp.url)) if fest.rsvp else None
    return {"@type": "VirtualLocation", "url": url or rsvp}


def _where(fest: Fest, event: Event | None, venue: Venue | None, site_url: str | None) -> Any:
    """Describe where people take part: at a place, online, or both in a list."""
    attendance = fest.attendance_of(event)
    if attendance == "online":
        return online(fest, event, site_url=site_url)
    if attendance == "hybrid":
        return [place(fest, venue), online(fest, event, site_url=site_url)]
    return place(fest, venue)


def organizer(fest: Fest) -> Node | None:
    """Describe who answers for the fest."""
    if fest.organizer is None:
        return None
    who = fest.organizer
    members = [_person(member) for member in fest.team]
    node = {"@type": "Organization", "name": line(who.name), "url": _web(who.url)}
    return {**node, "member": members}


def _person(member: Member) -> Node:
    links = [address for link in member.links if (address := _web(link.url))]
    name, url = line(member.name), _web(member.url)
    return {"@type": "Person", "name": name, "url": url, "sameAs": links}


def sponsors(fest: Fest, *, site_url: str | None) -> list[Node]:
    """Describe who supports the fest."""
    return [
        {
            "@type": "Organization",
            "name": line(sponsor.name),
            "url": _web(sponsor.url),
            "logo": absolute(sponsor.logo, site_url) if sponsor.logo else None,
        }
        for sponsor in fest.sponsors
    ]


def performers(event: Event) -> list[Node]:
    """Describe who speaks or leads."""
    return [{"@type": "Person", "name": line(name)} for name in event.performers]


def offers(fest: Fest, event: Event, *, moment: datetime) -> list[Node]:
    """Describe the ways in, while there are some at an aware moment: one for each kind of ticket.

    Another call than the RSVP is one if it has a price. A price that is not known is omitted:
    search engines show 0 as free.
    """
    found: list[Node | None] = []
    for call in fest.every_call.values():
        is_way_in = call is fest.rsvp or call.price or call.tickets
        if call.event == event.id and is_way_in:
            kinds = [call.of_ticket(ticket) for ticket in call.tickets] or [call]
            found += [_offer(fest, kind, moment, is_named=kind is not call) for kind in kinds]
    return [each for each in found if each]


def _offer(fest: Fest, call: Call, moment: datetime, *, is_named: bool) -> Node | None:
    spans = call_states(fest, call)
    state = at(spans, moment)
    url = (call.waitlist_url if state is CallState.WAITLIST else None) or known(call.url)
    if state not in _AVAILABILITY or _web(url) is None:
        return None
    lasting = [span for span in spans if span.value in _AVAILABILITY]
    opening = next((span.start for span in lasting if span.value is not CallState.SOON), None)
    price, currency = call.price.split() if call.price else (None, None)
    return {
        "@type": "Offer",
        "name": line(call.name or "") if is_named else None,
        "url": _web(url),
        "price": price,
        "priceCurrency": currency,
        "availability": TERM + _AVAILABILITY[state],
        "validFrom": _written(opening.astimezone(fest.timezone)) if opening else None,
        "validThrough": _written(lasting[-1].end.astimezone(fest.timezone))
        if lasting[-1].end
        else None,
    }


def _one_or_all(nodes: list[Node]) -> Node | list[Node]:
    return nodes[0] if len(nodes) == 1 else nodes


def _web(address: str | None) -> str | None:
    """Return an address that a search engine can open; it cannot write a mail."""
    return absolute(address, None) if address and address.startswith("https:") else None


_CONTEXT = {"@context": TERM.rstrip("/")}


@dataclass(frozen=True)
class _Writer:
    """Describes the parts of one fest for one site at one moment."""

    fest: Fest
    site_url: str | None
    moment: datetime
    image: str | None

    def whole(self) -> Node:
        """Describe the fest without its events: at their one venue, else in its town."""
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
            **_times(fest.days_held or fest.known_days),
            **state_of(fest, None),
            "location": _where(fest, None, venue, self.site_url),
            "sponsor": sponsors(fest, site_url=self.site_url),
            "sameAs": [address for link in fest.links if (address := _web(link.url))],
        }

    def only(self, event: Event) -> Node:
        """Describe a fest of one event, which has the facts and the parts of its event."""
        whole, node = self.whole(), self.event(event)
        facts = {key: node[key] for key in ("location", "performer", "offers", "subEvent")}
        return {**whole, "description": whole["description"] or node["description"], **facts}

    def event(self, event: Event) -> Node:
        """Describe an event, with each of its days in each of its places below it."""
        fest, days = self.fest, event.known_days
        parts = [(day, venue) for day in days for venue in self._venues(event, day)]
        below = [self._part(event, [day], venue) for day, venue in parts]
        return {
            **self._part(event, list(event.days_held), fest.venue_of(event, days[0])),
            "@id": absolute(f"#{fest.id}-{event.id}", self.site_url),
            "subEvent": below if len(below) > 1 else None,
        }

    def _venues(self, event: Event, day: Day) -> list[Venue | None]:
        """Return places of a day: one that is not known counts, and online it is one."""
        if self.fest.is_online(event):
            return [None]
        return list(venues_of(self.fest, event, day)) or [None]

    def _part(self, event: Event, days: list[Day], venue: Venue | None) -> Node:
        fest = self.fest
        offered = _one_or_all(offers(fest, event, moment=self.moment))
        return {
            "@type": "Event",
            "name": event_name(fest, event),
            "description": paragraph(event.description or fest.description or ""),
            **self.shared(event),
            **_times(days),
            **state_of(fest, event, days[0]),
            "location": _where(fest, event, venue, self.site_url),
            "performer": performers(event),
            "offers": offered if fest.is_held(event, days[0]) else None,
        }

    def shared(self, event: Event | None) -> Node:
        """Return what the fest, its events and their parts have in common."""
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
    """Describe one event and the fest it belongs to, for the event's pages; else as `fest_node`."""
    if event.start is None:
        return None
    writer = _Writer(fest, site_url, moment, image)
    above = writer.whole() if len(fest.events) > 1 else None
    return _known_only({**_CONTEXT, **writer.event(event), "superEvent": above})


def session_node(  # noqa: PLR0913 - all that it depends on
    fest: Fest,
    line_of_agenda: tuple[Event, Day, Step],
    *,
    page_url: str | None,
    site_url: str | None,
    moment: datetime,
    image: str | None = None,
) -> Node:
    """Describe a session, for its page, and the fest it belongs to."""
    event, day, step = line_of_agenda
    item, writer = step.item, _Writer(fest, site_url, moment, image)
    venue = fest.venue_of(event, day)
    rooms = {key: (each, room) for each in fest.venues.values() for key, room in each.rooms.items()}
    if item.room in rooms:
        venue, room = rooms[item.room]
        inside = {"containedInPlace": place(fest, venue), "maximumAttendeeCapacity": room.capacity}
        where = {**place(fest, venue), "name": line(room.name), **inside}
    else:
        where = place(fest, venue)
    if fest.is_online(event):
        where = online(fest, event, site_url=site_url)
    state = state_of(fest, event, day)
    if item.status == "cancelled":
        state["eventStatus"] = f"{TERM}EventCancelled"
    node = {
        "@type": "Event",
        "@id": f"{page_url}#session" if page_url else None,
        "name": line(item.what),
        "description": paragraph(without_markup(item.about or item.subtitle or "")),
        **writer.shared(event),
        "url": page_url,
        "inLanguage": item.language or fest.language,
        "startDate": _written(step.start),
        "endDate": _written(step.end) if step.end > step.start else None,
        **state,
        "location": where,
        "performer": [
            {"@type": "Person", "name": line(fest.speakers[key].name)} for key in item.speakers
        ],
        "superEvent": writer.whole(),
    }
    return _known_only({**_CONTEXT, **node})


def speaker_node(fest: Fest, name: str, *, page_url: str | None) -> Node:
    """Describe a speaker by the id, for the person's page."""
    person = fest.speakers[name]
    others = [person.url, *(link.url for link in person.links)]
    node = {
        "@type": "Person",
        "name": line(person.name),
        "description": paragraph(without_markup(person.about or "")),
        "url": page_url,
        "sameAs": [url for url in others if _web(url)],
    }
    return _known_only({**_CONTEXT, **node})


def document(node: Node) -> bytes:
    """Return file of its own, in UTF-8, for an engine whose templates make it a part of a page."""
    return json.dumps(node, ensure_ascii=False, indent=2).encode() + b"\n"


def script(node: Node) -> str:
    """Return the element for a page's head; no `<` in a text can close it."""
    text = json.dumps(node, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json" data-impldays>\n{text}\n</script>'


def _times(days: Sequence[Day]) -> Node:
    """Return the beginning of the first day and the end of the last, days in any order.

    Each is a moment with its UTC offset, or the date alone where no hour is known. The date of a
    day that begins at an hour is not an end: it means a moment before that hour.
    """
    first = min(days, key=lambda day: (day.date, day.start))
    last = max(days, key=lambda day: day.end)
    start, end = first.opening or first.date, last.closing or last.dates[-1]
    is_told = last.closing or not first.opening or end > first.date
    return {"startDate": _written(start), "endDate": _written(end) if is_told else None}


def _known_only(node: Node) -> Node:
    """Leave out, at every depth, the properties that have no value."""
    return {key: _known(value) for key, value in node.items() if value not in (None, "", [])}


def _known(value: Any) -> Any:
    if isinstance(value, list):
        return [_known(item) for item in value]
    return _known_only(value) if isinstance(value, dict) else value
