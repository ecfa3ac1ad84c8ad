"""Whether the parts of a fest file fit together, and what in it is possible but hardly meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from mkdocs_impldays.fest import atlas
from mkdocs_impldays.fest.addresses import is_placeholder
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.findings import Trouble
from mkdocs_impldays.fest.source import Path, dotted
from mkdocs_impldays.fest.typed import is_tba
from mkdocs_impldays.problems import guess, quoted

_TAKEN = re.compile(r"year|city|country|venue|.*_no_br|.*_overflow")
"""Names that `site.dates` and `site.location` have already, beside those of the events."""

_ADDRESSES = {"document", "email", "stream", "url", "waitlist_url"}
"""Keys that an address stands at."""


def loose_ends(data: dict[str, Any]) -> list[Trouble]:
    """Find names that point at no part of the file. Works on data that may be wrong elsewhere."""
    return list(_loose_ends(data))


def _loose_ends(data: dict[str, Any]) -> Iterator[Trouble]:
    events, known = _group(data.get("events")), _group(data.get("venues"))
    if "events" in data and not events and isinstance(data["events"], dict):
        yield ("events",), "events is empty. Write at least one event below it."
    for key, event in events.items():
        if _TAKEN.fullmatch(key):
            message = f"{quoted(key)} has a meaning of its own in pages, as in site.dates.year."
            yield ("events", key), f"events: {message} Give the event another name."
        for where, name in _venue_names(("events", key), _group(event)):
            if isinstance(name, str) and not is_tba(name) and name.strip() not in known:
                advice = guess(name[:60], known) or " Add it below “venues:”."
                yield where, f"{dotted(where)}: {quoted(name)} is no venue.{advice}"
    name = _group(data.get("rsvp")).get("event")
    if events and isinstance(name, str) and name.strip() not in events:
        advice = guess(name[:60], events) or " Write the name of an event."
        yield ("rsvp", "event"), f"rsvp.event: {quoted(name)} is no event.{advice}"


def _group(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


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


def placeholders(data: object, where: Path = ()) -> Iterator[Trouble]:
    """Find addresses that only hold the place of one, like `https://ti.to/url-to-do`."""
    if isinstance(data, dict | list):
        parts = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in parts:
            yield from placeholders(value, (*where, key))
    elif isinstance(data, str) and _is_address(data, where) and is_placeholder(data):
        message = f"{dotted(where)}: {quoted(data)} only holds the place of an address."
        yield where, f"{message} Write the real one, or tba while it is not known."


def _is_address(text: str, where: Path) -> bool:
    if is_tba(text):
        return False
    return where[-1] in _ADDRESSES or "://" in text or "mailto:" in text


def doubts(fest: Fest) -> Iterator[Trouble]:
    """Find what is possible but hardly meant."""
    used = {key for event in fest.events.values() for key in event.venue_ids()}
    for key, venue in fest.venues.items():
        if key not in used:
            message = f"{quoted(key)} is a venue that no event uses. Use it, or delete it."
            yield ("venues", key), f"venues: {message}"
        if venue.latitude is None or venue.longitude is None:
            continue
        if atlas.looks_swapped(venue.latitude, venue.longitude, fest.timezone.key):
            message = f'venues.{key}.latitude: "{venue.latitude}" is far from {fest.timezone.key},'
            advice = "and near it if swapped with the longitude. Swap the two."
            yield ("venues", key, "latitude"), f"{message} {advice}"
    yield from _late_rsvp(fest)


def _late_rsvp(fest: Fest) -> Iterator[Trouble]:
    rsvp = fest.rsvp
    end = fest.events[rsvp.event].end if rsvp else None
    for key in ("opens", "closes"):
        moment = getattr(rsvp, key, None)
        if end and isinstance(moment, datetime) and moment > end:
            typed = quoted(f"{moment:%Y-%m-%d %H:%M}")
            message = f"rsvp.{key}: {typed} is after the event is over. Correct the date."
            yield ("rsvp", key), message
