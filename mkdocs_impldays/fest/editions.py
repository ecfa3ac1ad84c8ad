"""Editions of a fest side by side: what a file still has from an earlier one, and shared pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.ids import year_of
from mkdocs_impldays.fest.source import Path, dotted, walk
from mkdocs_impldays.problems import Problem, quoted

_DATE = re.compile(r"\d{4}-\d\d-\d\d\b")
_LASTING = {"changes", "look", "phrases", "site", "venues"}
"""Sections that may have the same dates in two editions."""

_ADDRESS = re.compile(
    r"""
    url | recordings
    | (events/[^/]+/)?join/(url|recording)
    | (rsvp|calls/[^/]+)/(tickets/)?(url|waitlist_url)
    | live/(stream|document)
    """,
    re.VERBOSE,
)
"""The addresses that belong to one edition if its year is in them, by their path."""


def repeated_facts(fests: Iterable[Fest]) -> Iterator[Problem]:
    """Find dates and addresses with a year that an edition has in common with an earlier one.

    Editions are fests with different years in their ids. A date counts only under the same keys, at
    any position of a list.
    """
    earlier: dict[tuple[str, str], tuple[Fest, Path]] = {}
    dated = [(year, fest) for fest in fests if (year := year_of(fest.id))]
    for year, fest in sorted(dated, key=lambda each: (each[0], each[1].id)):
        own = {}
        for where, value in walk(fest.source.data):
            key = _key(where, value)
            if key is None:
                continue
            own[key] = fest, where
            other, place = earlier.get(key, (fest, where))
            other_year = year_of(other.id)
            if other_year == year or (not _DATE.match(key[1]) and not _is_of(key[1], other_year)):
                continue
            message = f"{quoted(value)} is also in {other.source.problem(place, '').location}."
            advice = "Correct one of the two."
            yield fest.source.problem(where, f"{dotted(where)}: {message} {advice}", "warning")
        earlier |= own


def _is_of(address: str, year: str | None) -> bool:
    """Return whether an address has a year in it."""
    return year is not None and year in re.findall(r"(?<!\d)\d{4}(?!\d)", address)


def _key(where: Path, value: object) -> tuple[str, str] | None:
    """Return what a date or an address is compared by: its keys and its text; else `None`."""
    if not isinstance(value, str) or where[0] in _LASTING:
        return None
    keys = [key for key in where if isinstance(key, str)]
    if _DATE.match(value):
        return "/".join(keys[:-1] if keys[-1] == "date" else keys), value
    name = "/".join(keys)
    return (name, value) if _ADDRESS.fullmatch(name) else None


def without_pages_of(current: Fest, fests: Mapping[str, Fest]) -> dict[str, Fest]:
    """Return fests in which no event but the current fest's own has one of that one's pages.

    Editions have the same addresses in their files, and a page is about the current edition. The
    address is empty then, not `None`: a page that prints it must not fail from one day to the next.
    """
    pages = {event.page for event in current.events.values()} - {None}
    return {key: fest if fest is current else _without(pages, fest) for key, fest in fests.items()}


def _without(pages: set[str | None], fest: Fest) -> Fest:
    if not any(event.page in pages for event in fest.events.values()):
        return fest
    events = {
        key: event.model_copy(update={"page": ""}) if event.page in pages else event
        for key, event in fest.events.items()
    }
    return fest.model_copy(update={"events": events})
