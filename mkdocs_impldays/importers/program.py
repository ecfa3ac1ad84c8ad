"""What `dates:` and `location:` of a Jekyll site say, as events and venues."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mkdocs_impldays.fest.slugs import is_key, key_of
from mkdocs_impldays.fest.source import Path, dotted
from mkdocs_impldays.fest.typed_dates import read_dates
from mkdocs_impldays.importers.draft import Draft
from mkdocs_impldays.problems import quoted

_NO_EVENT = {"year", "short_form"}
"""Keys of `dates:` that are no event."""


def add_events(draft: Draft, year: int | None) -> None:
    """Make an event of each date; one that cannot be read is `tba`, and kept as it was typed."""
    events: dict[str, Any] = {}
    typed = draft.group("dates")
    for key, text in typed.items():
        if key in _NO_EVENT or key.endswith("_no_br"):
            continue
        if not is_key(key):
            message = f"dates: {quoted(key)} is not a valid event id, so it was not imported."
            draft.say(("dates", key), f"{message} Add the event to the fest file.", "warning")
        elif _is_unknown(text) and not draft.is_used(("dates", key)):
            draft.unread.append(("dates", key))
        else:
            events[key] = {"title": _title(key), "days": _days(draft, key, text, year)}
    for key, text in typed.items():
        if key.endswith("_no_br"):
            _twin(draft, key, text, events, year)
        elif key == "short_form":
            _keep(draft, ("dates", key), text)
    if not events:
        title = str(draft.data.get("name") or draft.data.get("city") or "The event")
        events["main"] = {"title": title, "days": "tba"}
        message = "dates: holds no date. Write the days under events.main in the fest file."
        draft.say((), message, "warning")
    draft.data["events"] = events


def _title(key: str) -> str:
    words = key.replace("_", " ")
    return "impl Days" if key == "impl_days" else words[:1].upper() + words[1:]


def _is_unknown(text: str) -> bool:
    return text.strip().casefold() in {"", "tba", "tbd"}


def _days(draft: Draft, key: str, text: str, year: int | None) -> list[date] | str:
    where = ("dates", key)
    if _is_unknown(text):
        draft.say(where, f'{dotted(where)}: {quoted(text)} is "tba" in the fest file.')
        return "tba"
    language = str(draft.source.data.get("lang") or "en")
    days, reason = read_dates(text, year=year, language=language)
    if reason:
        message = f"{dotted(where)}: {quoted(text)} cannot be read: {reason}"
        draft.say(
            where, f"{message} Write the days under events.{key} in the fest file.", "warning"
        )
        if draft.is_used(where):
            draft.keep(where, text)
        return "tba"
    shown = ", ".join(map(str, days))
    draft.say(where, f"{dotted(where)}: {quoted(text)} is read as {shown}.")
    return list(days)


def _twin(draft: Draft, key: str, text: str, events: Mapping[str, Any], year: int | None) -> None:
    """Drop a `…_no_br`, which is derived, and report one that says something else."""
    where = ("dates", key)
    event = events.get(key.removesuffix("_no_br"))
    if event is None and ("dates", key.removesuffix("_no_br")) in draft.unread:
        draft.unread.append(where)
        return
    if event is None:
        draft.say(
            where, f'{dotted(where)} belongs to no date. It was kept under "site".', "warning"
        )
        draft.keep(where, text)
        return
    days, _ = read_dates(text, year=year)
    if list(days) == event["days"] or event["days"] == "tba":
        draft.say(where, f"{dotted(where)} is now derived from the days.")
    else:
        twin = key.removesuffix("_no_br")
        message = f"{dotted(where)}: {quoted(text)} contradicts dates.{twin}, which was used."
        draft.say(where, message, "warning")


def _keep(draft: Draft, where: Path, text: str) -> None:
    """Keep what is neither event nor venue, where a page prints it."""
    if draft.is_used(where):
        draft.say(where, f'{dotted(where)} was kept as it is, under "site".')
        draft.keep(where, text)
    else:
        draft.unread.append(where)


def add_venues(draft: Draft) -> None:
    """Make venues of the places, and put the events into them."""
    said, events = draft.group("location"), draft.data["events"]
    venues: dict[str, Any] = {}
    for key, text in said.items():
        if key in {"city", "country"}:
            continue
        event = key.removesuffix("_overflow")
        if key == "venue":
            own = [each for each in events if each not in said]
            _move(draft, venues, text, own, ("location", key))
        elif key in events:
            _move(draft, venues, text, [key], ("location", key))
        elif event in events and text:
            events[event]["overflow"] = [_add_venue(venues, text)]
        else:
            _keep(draft, ("location", key), text or "tba")
    if venues:
        draft.data["venues"] = venues


def _move(draft: Draft, venues: dict[str, Any], text: str, events: list[str], where: Path) -> None:
    if not text or text.casefold() == "tba":
        draft.say(where, f'{dotted(where)} is empty: it is "tba" in the fest file.')
    for event in events:
        known = text and text.casefold() != "tba"
        draft.data["events"][event]["venue"] = _add_venue(venues, text) if known else "tba"


def _add_venue(venues: dict[str, Any], name: str) -> str:
    key = key_of(name) or f"venue-{len(venues) + 1}"
    venues[key] = {"name": name}
    return key
