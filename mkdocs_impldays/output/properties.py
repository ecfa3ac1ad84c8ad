"""Properties of events in JSON-LD: status, places, people and offers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from mkdocs_impldays.fest.agenda import Speaker
from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Attendance, Event, Status
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.people import Member
from mkdocs_impldays.fest.sessions import AgendaLine
from mkdocs_impldays.fest.time import at
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.output.texts import absolute, line, page_of

Node = dict[str, Any]
"""A node of JSON-LD: `@type` and properties; `None`, `""` and `[]` are omitted later."""

TERM = "https://schema.org/"

_STATUS: dict[Status, str] = {
    "scheduled": "EventScheduled",
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",
    "rescheduled": "EventRescheduled",
    "moved-online": "EventMovedOnline",
}

MODE: dict[Attendance, str] = {"on-site": "Offline", "online": "Online", "hybrid": "Mixed"}

_AVAILABILITY = {
    CallState.SOON: "PreOrder",
    CallState.OPEN: "InStock",
    CallState.WAITLIST: "SoldOut",
    CallState.FULL: "SoldOut",
}
"""schema.org's `ItemAvailability`; in other states there is no offer."""


def written(when: date) -> str:
    """Return a date, or an aware moment with its UTC offset, in ISO 8601."""
    return when.isoformat(timespec="seconds") if isinstance(when, datetime) else when.isoformat()


def state_of(fest: Fest, event: Event | None, first: Day | None = None) -> Node:
    """Return the status, the attendance mode, and the first day before the last move.

    `first` is the first of the days that are described.
    """
    status, before = fest.status_of(event, first), fest.previous_start_of(event)
    if event and first and event.old_days:
        before = event.old_days[event.known_days.index(first)].date
    moved = status in {"rescheduled", "moved-online"} and before is not None
    states = [TERM + _STATUS[status]]
    if moved and status == "moved-online":
        states.insert(0, f"{TERM}EventRescheduled")
    mode = MODE[fest.attendance_of(event)]
    return {
        "eventStatus": states if len(states) > 1 else states[0],
        "eventAttendanceMode": f"{TERM}{mode}EventAttendanceMode",
        "previousStartDate": written(before) if moved and before else None,
    }


def state_of_session(fest: Fest, agenda_line: AgendaLine) -> Node:
    """Return the status of a session, and its previous start: by `was`, or before a delay.

    A session that has only moved to another room is scheduled.
    """
    event, day, step = agenda_line
    state = state_of(fest, event, day)
    if step.item.status == "cancelled":
        state["eventStatus"] = f"{TERM}EventCancelled"
    elif fest.status_of(event, day) == "scheduled":
        before = step.previous or step.planned
        if before != step.start:
            state["eventStatus"] = f"{TERM}EventRescheduled"
            state["previousStartDate"] = written(before)
    return state


def place(fest: Fest, venue: Venue | None) -> Node:
    """Describe a venue, or the fest's city if the venue is not known."""
    name = (known(venue.name) if venue else None) or fest.city
    node: Node = {"@type": "Place", "name": line(name), "address": _address(fest, venue)}
    if venue is None:
        return node
    node["maximumAttendeeCapacity"] = venue.capacity
    node["url"] = web(known(venue.url))
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
    """Describe where an event is online: at its page, else at the link to join or to sign up.

    The page shows the link to join only from its time on.
    """
    join = fest.join_of(event)
    url = page_of(fest, event, site_url=site_url) or (web(known(join.url)) if join else None)
    rsvp = web(known(fest.rsvp.url)) if fest.rsvp else None
    return {"@type": "VirtualLocation", "url": url or rsvp}


def where_of(fest: Fest, event: Event | None, venue: Venue | None, site_url: str | None) -> Any:
    """Describe where people take part: a place, online, or both in a list."""
    attendance = fest.attendance_of(event)
    if attendance == "online":
        return online(fest, event, site_url=site_url)
    if attendance == "hybrid":
        return [place(fest, venue), online(fest, event, site_url=site_url)]
    return place(fest, venue)


def organizer(fest: Fest) -> Node | None:
    """Describe who organises the fest."""
    if fest.organizer is None:
        return None
    who = fest.organizer
    members = [_person(member) for member in fest.team]
    node = {"@type": "Organization", "name": line(who.name), "url": web(who.url)}
    return {**node, "member": members}


def _person(member: Member) -> Node:
    links = [address for link in member.links if (address := web(link.url))]
    name, url = line(member.name), web(member.url)
    return {"@type": "Person", "name": name, "url": url, "sameAs": links}


def sponsors(fest: Fest, *, site_url: str | None) -> list[Node]:
    """Describe who supports the fest."""
    return [
        {
            "@type": "Organization",
            "name": line(sponsor.name),
            "url": web(sponsor.url),
            "logo": absolute(sponsor.logo, site_url) if sponsor.logo else None,
        }
        for sponsor in fest.sponsors
    ]


def performers(event: Event) -> list[Node]:
    """Describe who speaks or leads."""
    return [{"@type": "Person", "name": line(name)} for name in event.performers]


def offers(fest: Fest, event: Event, *, moment: datetime) -> list[Node]:
    """Describe the offers for an event at an aware moment: one for each kind of ticket.

    They are of the RSVP, and of other calls for the event that have a price or tickets. An unknown
    price is omitted: search engines show 0 as free.
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
    if state not in _AVAILABILITY or web(url) is None:
        return None
    lasting = [span for span in spans if span.value in _AVAILABILITY]
    opening = next((span.start for span in lasting if span.value is not CallState.SOON), None)
    price, currency = call.price.split() if call.price else (None, None)
    return {
        "@type": "Offer",
        "name": line(call.name or "") if is_named else None,
        "url": web(url),
        "price": price,
        "priceCurrency": currency,
        "availability": TERM + _AVAILABILITY[state],
        "validFrom": written(opening.astimezone(fest.timezone)) if opening else None,
        "validThrough": written(lasting[-1].end.astimezone(fest.timezone))
        if lasting[-1].end
        else None,
    }


def web(address: str | None) -> str | None:
    """Return an `https:` address, escaped; `None` for others, like `mailto:`."""
    return absolute(address, None) if address and address.startswith("https:") else None


def speaker(person: Speaker, page_url: str | None) -> Node:
    """Describe a speaker at the page on this site, else at the person's own."""
    own = [web(person.url), *(web(link.url) for link in person.links)]
    url = page_url or next(filter(None, own), None)
    return {
        "@type": "Person",
        "@id": f"{page_url}#speaker" if page_url else None,
        "name": line(person.name),
        "url": url,
        "sameAs": [each for each in own if each and each != url],
    }


def times(days: Sequence[Day]) -> Node:
    """Return the start of the first day and the end of the last; days may be in any order.

    Each is a moment with its UTC offset, or a date if no time is known. A date as the end is
    omitted if the start is a moment of the same day, since it would mean 00:00.
    """
    first = min(days, key=lambda day: (day.date, day.start))
    last = max(days, key=lambda day: day.end)
    start, end = first.opening or first.date, last.closing or last.dates[-1]
    is_known = last.closing or not first.opening or end > first.date
    return {"startDate": written(start), "endDate": written(end) if is_known else None}
