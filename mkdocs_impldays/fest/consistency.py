"""Checks of a whole fest file: unknown names, placeholders, and unlikely dates and places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any

from mkdocs_impldays.fest import time_zones
from mkdocs_impldays.fest.addresses import is_placeholder
from mkdocs_impldays.fest.agenda_checks import session_hints, session_warnings
from mkdocs_impldays.fest.calls import Call, Ticket
from mkdocs_impldays.fest.clock import as_typed, is_date_alone, on_clock
from mkdocs_impldays.fest.errors import Located
from mkdocs_impldays.fest.event import Join
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import is_tba, known
from mkdocs_impldays.fest.people import Limited
from mkdocs_impldays.fest.source import Path, dotted, part_at, walk
from mkdocs_impldays.problems import guess, quoted

_TAKEN = re.compile(r"year|city|country|venue|.*_no_br|.*_overflow")
"""Names that `site.dates` and `site.location` have besides those of the events."""

_THING = "(venue|location|place|room|hall|building|event|conference|organi[sz]er|sponsor|name)"
_PLACEHOLDER = re.compile(
    rf"[<\[(]?(the |your |our |my |an? |main )?{_THING}( (name|here|goes here|\d+))?[>\])]?"
    rf"|(name of|insert|enter|example|sample|test|dummy)( the| your| an?)? {_THING}( here)?"
    r"|x{2,}|\?+|\.{3}|…|todo|tbd|tbc|to be (announced|confirmed|decided|determined|defined)"
    r"|placeholder|lorem ipsum.*|foo ?bar",
    re.IGNORECASE,
)
"""Names in templates of event sites that are to be replaced."""

_ADDRESSES = {"document", "email", "stream", "url", "waitlist_url"}
"""Keys whose value is an address."""


def unknown_names(data: dict[str, Any], added: Mapping[str, AbstractSet[str]]) -> Iterator[Located]:
    """Find names of events, venues, rooms, tracks and speakers that are not defined.

    The data may have other mistakes.

    `added` has the rooms, tracks and speakers that programme files add, by the keys of agendas.
    """
    events, venues = _group(data.get("events")), _group(data.get("venues"))
    if "events" in data and not events and isinstance(data["events"], dict):
        yield ("events",), "events is empty. Write at least one event below it."
    for key, event in events.items():
        if _TAKEN.fullmatch(key):
            message = f"{quoted(key)} has a meaning of its own in pages, as in site.dates.year."
            yield ("events", key), f"events: {message} Give the event another name."
        for where, name in _venue_names(("events", key), _group(event)):
            can_be_tba = where[-1] == "venue"  # of an event or a day
            if not isinstance(name, str) or (can_be_tba and is_tba(name)):
                continue
            if name.strip() not in venues:
                advice = guess(name[:60], venues) or " Add it under “venues:”."
                advice = " Omit it while it is not known." if is_tba(name) else advice
                yield where, f"{dotted(where)}: {quoted(name)} is not a venue.{advice}"
    yield from _unknown_events(data, events)
    yield from _unknown_in_agendas(data, events, venues, added)


def _unknown_in_agendas(
    data: dict[str, Any],
    events: dict[str, Any],
    venues: dict[str, Any],
    added: Mapping[str, AbstractSet[str]],
) -> Iterator[Located]:
    """Find rooms, tracks and speakers of agendas that are not defined."""
    groups = {
        "room": (
            {room for venue in venues.values() for room in _group(_group(venue).get("rooms"))},
            "rooms:” of its venue",
        ),
        "track": (set(_group(data.get("tracks"))), "tracks:”"),
        "speakers": (set(_group(data.get("speakers"))), "speakers:”"),
    }
    taken: dict[str, str] = {}
    for where, line in _agenda_lines(events):
        name = line.get("id")
        if isinstance(name, str) and (first := taken.setdefault(name, dotted(where))) != dotted(
            where
        ):
            message = f"{quoted(name)} is already the id of {first}. Write another one."
            yield (*where, "id"), f"{dotted(where)}.id: {message}"
        for key, (names, group) in groups.items():
            for place, name in _names_at((*where, key), line.get(key)):
                if name.strip() not in names and name.strip() not in added.get(key, ()):
                    advice = guess(name[:60], names) or f" Add it under “{group}."
                    what = f"{quoted(name)} is not a {key.removesuffix('s')}."
                    yield place, f"{dotted(place)}: {what}{advice}"


def _agenda_lines(events: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield each line of each agenda as typed, with its location."""
    for key, event in events.items():
        group = _group(event)
        agendas: list[tuple[Path, object]] = [(("events", key, "agenda"), group.get("agenda"))]
        for number, day in enumerate(_items(group.get("days"))):
            place: Path = ("events", key, "days", number, "agenda")
            agendas.append((place, _group(day).get("agenda")))
        for place, agenda in agendas:
            for number, line in enumerate(_items(agenda)):
                yield (*place, number), _group(line)


def _names_at(where: Path, value: object) -> Iterator[tuple[Path, str]]:
    """Yield a name, or each of a list of names, with its location."""
    if isinstance(value, str) and value.strip():
        yield where, value
    for number, name in enumerate(_items(value)):
        if isinstance(name, str) and name.strip():
            yield (*where, number), name


def _unknown_events(data: dict[str, Any], events: dict[str, Any]) -> Iterator[Located]:
    calls = _group(data.get("calls"))
    if "rsvp" in calls:
        message = 'calls.rsvp: the RSVP has a key of its own. Put it under "rsvp".'
        yield ("calls", "rsvp"), message
    places: list[Path] = [("rsvp",), *(("calls", key) for key in calls)]
    for where in places:
        name = _group(part_at(data, where)).get("event")
        if events and isinstance(name, str) and name.strip() not in events:
            advice = guess(name[:60], events) or " Write the name of an event."
            yield (
                (*where, "event"),
                f"{dotted(where)}.event: {quoted(name)} is not an event.{advice}",
            )


def _group(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def missing_place(data: dict[str, Any]) -> Iterator[Located]:
    """Report a missing city or country, unless every event is online."""
    own = data.get("attendance")
    events = _group(data.get("events")).values()
    attendances = [_group(event).get("attendance", own) for event in events] or [own]
    if all(each == "online" for each in attendances):
        return
    for key in ("city", "country"):
        if key not in data:
            yield (key,), f'{key} is missing. Add "{key}: …".'


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _venue_names(where: Path, event: dict[str, Any]) -> Iterator[tuple[Path, object]]:
    yield (*where, "venue"), event.get("venue")
    yield (*where, "new_venue"), event.get("new_venue")
    for number, day in enumerate(_items(event.get("days"))):
        own = _group(day).get("venue")
        place = (*where, "days", number, "venue")
        yield place, own
        for position, name in enumerate(_items(own)):
            yield (*place, position), name
    for number, name in enumerate(_items(event.get("overflow"))):
        yield (*where, "overflow", number), name


def placeholders(data: object) -> Iterator[Located]:
    """Find addresses and names that are placeholders, like `https://ti.to/url-to-do`."""
    for where, typed in walk(data):
        if not isinstance(typed, str):
            continue
        message = f"{dotted(where)}: {quoted(typed)} is a placeholder. Write the real one"
        if _is_address(typed, where) and is_placeholder(typed):
            yield where, f"{message}, or tba while it is not known."
        elif (
            where[-1:] == ("name",)
            and where[-3:-2] != ("rooms",)  # many are the “Main hall”
            and _PLACEHOLDER.fullmatch(typed)
        ):
            yield where, f"{message}."


def _is_address(text: str, where: Path) -> bool:
    if is_tba(text):
        return False
    return where[-1] in _ADDRESSES or "://" in text or "mailto:" in text


def warnings(fest: Fest) -> Iterator[Located]:
    """Find what is possible, and almost certainly a mistake."""
    yield from _unused_venues(fest)
    yield from _wrong_coordinates(fest)
    for key, event in fest.events.items():
        if event.new_venue and event.new_venue == event.venue:
            where = ("events", key, "new_venue")
            message = f"{quoted(event.new_venue)} is its venue already. Write the one it moved to."
            yield where, f"{dotted(where)}: {message}"
    yield from session_warnings(fest)
    for key, call in fest.every_call.items():
        place: Path = ("rsvp",) if key == "rsvp" else ("calls", key)
        yield from _late_call(fest, call, place)
        yield from _same_names(call, place)
        yield from _never_on_sale(call, place)
    yield from _never_shown(fest)
    yield from _moved_without_link(fest)
    yield from _far_apart(fest)
    yield from _used_by_no_day(fest)


def _unused_venues(fest: Fest) -> Iterator[Located]:
    """Find venues that no event uses, once the days of all events are known."""
    used = {key for event in fest.events.values() for key in event.venue_ids()}
    if not all(event.known_days for event in fest.events.values()):
        return  # a day to come can be there
    for key in (key for key in fest.venues if key not in used):
        message = f"{quoted(key)} is a venue that no event uses. Use it, or delete it."
        yield ("venues", key), f"venues: {message}"


def _wrong_coordinates(fest: Fest) -> Iterator[Located]:
    """Find venues far from the fest's time zone, and say what would bring them near it."""
    for key, venue in fest.venues.items():
        if venue.latitude is None or venue.longitude is None:
            continue
        if time_zones.looks_swapped(venue.latitude, venue.longitude, fest.timezone.key):
            message = f'venues.{key}.latitude: "{venue.latitude}" is far from {fest.timezone.key},'
            advice = "and near it if swapped with the longitude. Swap the two."
            yield ("venues", key, "latitude"), f"{message} {advice}"
        elif sign_of := time_zones.wrong_sign(venue.latitude, venue.longitude, fest.timezone.key):
            typed: float = getattr(venue, sign_of)
            message = (
                f'venues.{key}.{sign_of}: "{typed}" is far from {fest.timezone.key}, and near it'
            )
            yield ("venues", key, sign_of), f'{message} with the other sign. Write "{-typed}".'
        elif time_zones.is_far(venue.latitude, venue.longitude, fest.timezone.key):
            message = f'venues.{key}.latitude: "{venue.latitude}" and the longitude are far from'
            advice = f"{fest.timezone.key}, the fest's time zone. Correct one of them."
            yield ("venues", key, "latitude"), f"{message} {advice}"


def _used_by_no_day(fest: Fest) -> Iterator[Located]:
    """Find what an event has for its days, and each of them has of its own."""
    for event in fest.events.values():
        days = known(event.days) or ()
        for key in ("opens", "closes", "delay", "agenda"):
            own = [getattr(day, key) is not None for day in days]
            if getattr(event, key) and own and all(own):
                where: Path = ("events", event.id, key)
                message = "is not used, as each day has its own. Remove it."
                yield where, f"{dotted(where)} {message}"


def _far_apart(fest: Fest) -> Iterator[Located]:
    """Find days more than a year after the one before, which mostly have the wrong year."""
    for key, event in fest.events.items():
        for number, (before, day) in enumerate(pairwise(event.planned_days), 1):
            if (day.date - before.date).days > _YEAR:
                where: Path = ("events", key, "days", number)
                message = f"{quoted(str(day.date))} is more than a year after {before.date}."
                yield where, f"{dotted(where)}: {message} Correct the year."


_YEAR = 366
"""The most days between two days of an event that takes place once a year."""


def hints(fest: Fest) -> Iterator[Located]:
    """Find what may be intended, and usually is a mistake."""
    yield from _wrong_places(fest)
    yield from session_hints(fest)


def _wrong_places(fest: Fest) -> Iterator[Located]:
    """Find a country as the city, a zone of another country, and addresses in one line."""
    zones = time_zones.zones_of(fest.country) if fest.country else ()
    if zones and time_zones.is_in_table(fest.timezone.key) and fest.timezone.key not in zones:
        message = f"country: {quoted(fest.country)} has the time zone {zones[0]}, and the fest has"
        yield ("country",), f"{message} {fest.timezone.key}. Correct one of them."
    is_country = (
        fest.city and time_zones.country_named(fest.city) and not time_zones.zones_named(fest.city)
    )
    if is_country:
        yield ("city",), f"city: {quoted(fest.city)} is a country. Write the town."
    for key, venue in fest.venues.items():
        if fest.has_town_in_street(venue):
            street = known(venue.street) or ""
            message = f"venues.{key}.street: {quoted(street)} holds the town too."
            advice = "Write street, postcode and city each at its own key."
            yield ("venues", key, "street"), f"{message} {advice}"


def _never_shown(fest: Fest) -> Iterator[Located]:
    """Find contacts, streams and links that begin only after the fest, or the event, is over."""
    if not fest.is_held():
        return
    limited: list[tuple[Path, Limited | Join, datetime | None]] = [
        *((("contacts", n), each, each.until or fest.end) for n, each in enumerate(fest.contacts)),
        *((("live", n), each, each.until or fest.end) for n, each in enumerate(fest.live)),
        *(
            (("events", e.id, "join"), e.join, e.end)
            for e in fest.events.values()
            if e.join and fest.is_held(e)
        ),
        *([(("join",), fest.join, fest.end)] if fest.join else []),
    ]
    for place, each, end in limited:
        if isinstance(each, Join) and isinstance(each.starts, time):
            yield from _late_on_a_day(fest, each.starts, (*place, "from"))
        elif isinstance(each.starts, datetime) and end and each.starts >= end:
            where = (*place, "from")
            message = f"{quoted(as_typed(each.starts))} is after the event is over."
            yield where, f"{dotted(where)}: {message} It would never be shown. Correct the date."


def _moved_without_link(fest: Fest) -> Iterator[Located]:
    """Find a `join` without a link that alone says that an event moved online."""
    for key, event in fest.events.items():
        join = fest.join_of(event)
        is_said = "moved-online" in {event.status, fest.status}
        if (
            join
            and known(join.url) is None
            and not is_said
            and fest.status_of(event) == "moved-online"
        ):
            where: Path = ("events", key, "join") if event.join else ("join",)
            message = f"{quoted(event.title)} is on site, so “join” says that it moved online."
            advice = "Write “attendance: hybrid” if people can come too, or “status: moved-online”."
            yield where, f"{dotted(where)}: {message} {advice} Else remove it."


def _late_on_a_day(fest: Fest, starts: time, where: Path) -> Iterator[Located]:
    """Find the first day that is over when the link to join it would be shown."""
    own = fest.events[str(where[1])] if where[0] == "events" else None
    events = [own] if own else [event for event in fest.events.values() if not event.join]
    online = [event for event in events if fest.attendance_of(event) != "on-site"]
    for day in (day for event in online for day in event.days_held):
        if on_clock(day.start.date(), starts, fest.timezone, lenient=True) >= day.end:
            message = f"{quoted(f'{starts:%H:%M}')} is after {day.date} is over."
            yield where, f"{dotted(where)}: {message} It would never be shown. Correct the time."
            return


def _late_call(fest: Fest, call: Call, place: Path) -> Iterator[Located]:
    """Find dates of a call and its tickets that are too late, or ambiguous."""
    event = fest.events[call.event] if call.event else None
    opens, start = known(call.opens), fest.start
    is_later = event is None and opens is not None and start is not None and opens >= start
    end = None if is_later or not fest.is_held(event) else (event or fest).end
    what = "the event" if event else "the fest"
    parts: list[tuple[Path, Call | Ticket]] = [(place, call)]
    parts += [((*place, "tickets", n), ticket) for n, ticket in enumerate(call.tickets)]
    for where, part in parts:
        for key in ("opens", "closes", "waitlist_opens", "waitlist_closes"):
            moment = getattr(part, key, None)
            if isinstance(moment, datetime):
                is_deadline = key.endswith("closes")
                message = _late(moment, end, what, is_deadline=is_deadline)
                message = message or (_midnight(moment) if is_deadline else None)
                if message:
                    yield (*where, key), f"{dotted((*where, key))}: {message}"


def _late(moment: datetime, end: datetime | None, what: str, *, is_deadline: bool) -> str | None:
    is_whole_day = is_date_alone(moment, is_deadline=True)
    if end is None or moment <= end or (is_whole_day and moment.date() <= end.date()):
        return None
    typed = quoted(as_typed(moment, is_deadline=is_deadline))
    return f"{typed} is after {what} is over. Correct the date."


def _midnight(moment: datetime) -> str | None:
    """Return a message for a deadline at 00:00, which many read as the end of that day."""
    if moment.time() != time():
        return None
    before = moment.date() - timedelta(days=1)
    typed, day = quoted(f"{moment:%Y-%m-%d %H:%M}"), f"{moment:%A}"
    message = f"{typed} is the night to {day}, and can be read as the end of {day} too."
    return f'{message} Write "{before}" for the end of {before:%A}, or "{moment:%Y-%m-%d}".'


def _never_on_sale(call: Call, place: Path) -> Iterator[Located]:
    """Find tickets that the dates of the whole call exclude, and an answer before it closes."""
    for number, ticket in enumerate(call.tickets):
        whole = call.of_ticket(ticket)
        opens, closes = known(whole.opens), known(whole.closes)
        if opens and closes and closes <= opens:
            key = "opens" if opens == known(ticket.opens) else "closes"
            where = (*place, "tickets", number, key)
            typed = quoted(as_typed(getattr(ticket, key), is_deadline=key == "closes"))
            message = f"{typed} is outside the dates of all tickets. It would never be on sale."
            yield where, f"{dotted(where)}: {message} Correct the date."
    result, end = known(call.result), known(call.closes) or known(call.opens)
    if result and end and result < end:
        typed, what = (
            as_typed(result, is_deadline=True),
            "closes" if known(call.closes) else "opens",
        )
        message = f"{quoted(typed)} is before it {what}, {end:%Y-%m-%d %H:%M}. Correct one of them."
        yield (*place, "result"), f"{dotted((*place, 'result'))}: {message}"


def _same_names(call: Call, place: Path) -> Iterator[Located]:
    names: set[str] = set()
    for number, ticket in enumerate(call.tickets):
        where = (*place, "tickets", number, "name")
        if ticket.name.casefold() in names:
            message = f"{quoted(ticket.name)} is also the name of another ticket. Rename one."
            yield where, f"{dotted(where)}: {message}"
        names.add(ticket.name.casefold())
