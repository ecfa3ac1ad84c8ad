"""The parts of a `schema.org/Event`: when, where, what became of it, who, and the way in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.phases import RsvpState, at, rsvp_states
from mkdocs_impldays.fest.plan import Status
from mkdocs_impldays.fest.typed import known
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.output.places import absolute, page_of
from mkdocs_impldays.output.texts import line

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

_AVAILABILITY = {
    RsvpState.SOON: "PreOrder",
    RsvpState.OPEN: "InStock",
    RsvpState.WAITLIST: "SoldOut",
    RsvpState.FULL: "SoldOut",
}
"""schema.org's `ItemAvailability`; in any other state nothing is on offer."""


def start_of(day: Day) -> str:
    """Give the moment with its UTC offset, or the date alone where no hour is known."""
    return _written(day.start if known(day.opens) else day.date)


def end_of(day: Day) -> str:
    """Give the moment it is over like `start_of`, by the closing hour."""
    return _written(day.end if known(day.closes) else day.date)


def _written(when: date) -> str:
    return when.isoformat(timespec="seconds") if isinstance(when, datetime) else when.isoformat()


def state_of(fest: Fest, event: Event | None) -> Node:
    """Give status, way of attendance, and the first day as it was before the last move."""
    status, before = fest.status_of(event), fest.previous_start_of(event)
    moved = status in {"rescheduled", "moved-online"} and before is not None
    states = [TERM + _STATUS[status]]
    if moved and status == "moved-online":
        states.insert(0, f"{TERM}EventRescheduled")
    mode = "Online" if status == "moved-online" else "Offline"
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
    """Describe where an event is that moved online: its page, or where people join or sign up.

    The page comes first: it has the link to join only from when it is due.
    """
    join = fest.join_of(event)
    url = page_of(fest, event, site_url=site_url) or (_web(known(join.url)) if join else None)
    rsvp = _web(known(fest.rsvp.url)) if fest.rsvp else None
    return {"@type": "VirtualLocation", "url": url or rsvp}


def organizer(fest: Fest) -> Node | None:
    """Describe who answers for the fest."""
    if fest.organizer is None:
        return None
    who = fest.organizer
    return {"@type": "Organization", "name": line(who.name), "url": _web(who.url)}


def performers(event: Event) -> list[Node]:
    """Describe who speaks or leads."""
    return [{"@type": "Person", "name": line(name)} for name in event.performers]


def offer(fest: Fest, event: Event, *, moment: datetime) -> Node | None:
    """Describe the way in, while there is one at an aware moment.

    A price that is not known is left out: search engines show 0 as free.
    """
    rsvp = fest.rsvp
    if rsvp is None or rsvp.event != event.id:
        return None
    state = at(rsvp_states(fest), moment)
    url = (rsvp.waitlist_url if state is RsvpState.WAITLIST else None) or known(rsvp.url)
    if state not in _AVAILABILITY or _web(url) is None:
        return None
    opens, closes = known(rsvp.opens), known(rsvp.closes) or event.start
    price, currency = rsvp.price.split() if rsvp.price else (None, None)
    return {
        "@type": "Offer",
        "url": _web(url),
        "price": price,
        "priceCurrency": currency,
        "availability": TERM + _AVAILABILITY[state],
        "validFrom": _written(opens) if opens else None,
        "validThrough": _written(closes) if closes else None,
    }


def _web(address: str | None) -> str | None:
    """Give an address that a search engine can open; it cannot write a mail."""
    return absolute(address, None) if address and address.startswith("https:") else None
