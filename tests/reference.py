"""Writes the tables of the manual's page of variables again, and its page of commands.

    .venv/bin/python -m tests.reference

What a key of the fest file means is its docstring in the model, what a macro shows is that of its
method. `DERIVED` has the names that are made from more than one key.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from click.testing import CliRunner

from mkdocs_impldays.cli import main
from mkdocs_impldays.cli.schema import descriptions
from mkdocs_impldays.fest.agenda import AgendaItem, Link, Speaker, Track
from mkdocs_impldays.fest.calls import Call, Rsvp, Ticket
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Change, Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.look import Look
from mkdocs_impldays.fest.people import Member, Organizer, Pages, Sponsor
from mkdocs_impldays.fest.venue import Room, Venue
from mkdocs_impldays.names.variables import variables_of
from mkdocs_impldays.pages.facts import Facts
from tests import fests
from tests.fests import ROOT, fest_of

PAGE = ROOT / "docs/organisers/reference/variables.md"
COMMANDS = ROOT / "docs/organisers/reference/cli.md"

MOMENT = "It has `iso`."
HOUR = "It has `iso`, with the offset there, and `utc`."
DERIVED: Mapping[str, Mapping[str, str]] = {
    "fest": {
        "id": "The name of its file, like `lisbon-2027`.",
        "country": "The country's name in the language of the page.",
        "country_code": "The country's two letters, like `PT`.",
        "timezone": "Its time zone, like `Europe/Lisbon`.",
        "event": "Its main event: the one of the RSVP, or the first.",
        "days": "Each date of the fest, [with all that is on it](#days-of-the-fest).",
        "programme": "All [sessions and speakers](#sessions-and-speakers), each by its ID.",
        "runs": "Each event once for every run of days without a break, for the drawing.",
        "page": "The address of the main event's page.",
        "dates": "All its days in words, in [each style](#dates-in-other-words).",
        "start": f"When it begins; the day alone while no hour is known. {MOMENT}",
        "end": f"When it is over; the day alone while no hour is known. {MOMENT}",
    },
    "events.impl_days": {
        "id": "Its short name.",
        "dates": "Its days in words, in [each style](#dates-in-other-words).",
        "dates_now": "The same, or nothing if it is cancelled or has no new date yet.",
        "old_dates": "Its days before they moved, or those on which it does not take place.",
        "days": "Its days: see the next table.",
        "old_venue": "The venue before it moved to another.",
        "is_off": "Whether it is cancelled or postponed.",
        "status_phrase": "The name of the phrase that says so.",
        "venue": "Where it takes place now.",
        "start": f"When its first day begins; the day alone without an hour. {MOMENT}",
        "end": f"When its last day is over; the day alone without an hour. {MOMENT}",
    },
    "day": {
        "date": "The day in words, in [each style](#dates-in-other-words).",
        "start": f"When it begins; the day alone without `opens`. {MOMENT}",
        "end": f"When it is over; the day alone without `closes`. {MOMENT}",
        "venue": "Where it takes place now.",
        "other_venues": "Its other venues.",
        "agenda": "Its sessions: see the next table.",
    },
    "line": {"lasts": "How many minutes it takes, if the file has `for`."},
    'venues["town-hall"]': {
        "id": "Its short name.",
        "country": "The country's name in the language of the page.",
        "address": "Street, postcode, city and country in one line.",
        "map_url": "The address of a map, if `latitude` and `longitude` are known.",
    },
    "room": {"id": "Its short name."},
    "track": {"id": "Its short name."},
    "speaker": {"id": "The short name of the person."},
    "rsvp": {"event": "The event that people sign up for."},
    "calls.proposals": {"id": "Its short name.", "event": "The event that people sign up for."},
    "day of the fest": {
        "date": "The day in words. It has `iso`.",
        "iso": "The date, year first.",
        "number": "The day of the month.",
        "weekday": "The weekday, abbreviated.",
        "month": "The month, abbreviated.",
        "is_main": "Whether it is a day of the main event.",
        "is_off": "Whether nothing takes place on it, though something was to.",
        "slots": "The events on it: see the next table.",
    },
    "slot": {
        "id": "The event's short name.",
        "title": "The event's title.",
        "page": "The address of the event's page.",
        "description": "The event's description.",
        "opens": f"When the doors open, on the first date of a day with several. {HOUR}",
        "closes": f"When it is over; not on dates between the first and the last. {HOUR}",
        "status_phrase": "The name of the phrase for its status.",
        "is_off": "Whether it does not take place.",
        "old_dates": "The days on which it was planned before.",
        "venue": "Where it takes place on this day; nothing if it is online.",
        "is_venue_tba": "Whether its venue is not known, and it is not online.",
        "attendance": "`on-site`, `online` or `hybrid`.",
        "old_venue": "The venue before it moved to another.",
        "overflow": "The additional venues for when the first is full.",
        "agenda": "The sessions of its agenda: see the next table.",
        "rooms": "Names of the rooms that are columns of a grid; none in a list.",
    },
    "step": {
        "id": "The ID of the session.",
        "page": "The address of its page on the site.",
        "what": "What happens.",
        "subtitle": "The subtitle.",
        "about": "What it is about: one HTML text for each paragraph.",
        "kind": "What sort of session it is.",
        "kind_phrase": "The name of the phrase for a kind that has one.",
        "language": "The name of the language in which it is held.",
        "files": "Slides, recording and stream, each with `phrase` and `url`.",
        "links": "Further links, each with `title` and `url`.",
        "minutes": "How long it takes, in minutes; 0 if no end is known.",
        "has_date": "Whether its start is shown with its date: it is on a later date of its day.",
        "next_from": "From when it is the next session.",
        "column": "The number of its room among `rooms`; 0 if it is for all of them.",
        "rows": "How many rows of the grid it takes.",
        "is_first": "Whether it is the first of a row of the grid.",
        "start": f"When it begins. {HOUR}",
        "was": "The time at which it was to begin, if it has moved and the fest file has it.",
        "end": f"When it ends, also where that follows from the next line. {HOUR}",
        "until": "The same, but only if the fest file has the end.",
        "url": "The address of its page, or the `url` of the fest file.",
        "room": "The name of the room.",
        "track": "The name of the track.",
        "speakers": "The names of the speakers.",
        "is_off": "Whether it is cancelled.",
        "status_phrase": "The name of the phrase for its status.",
    },
    "session": {
        "id": "Its ID.",
        "date": "The date, year first.",
        "what": "What happens.",
        "subtitle": "The subtitle.",
        "summary": "The beginning of `about` as plain text.",
        "event": "The event's title.",
        "start": f"The day and the hour at which it begins. {HOUR}",
        "hour": f"The hour at which it begins. {HOUR}",
        "was": "The time at which it was to begin, if it has moved and the fest file has it.",
        "day": "Its day in words.",
        "end": f"The hour at which it ends. {HOUR}",
        "until": "The same, but only if the fest file has the end.",
        "room": "The name of the room.",
        "venue": "The name of the venue.",
        "track": "The name of the track.",
        "kind": "What sort of session it is.",
        "kind_phrase": "The name of the phrase for a kind that has one.",
        "language": "The name of the language in which it is held.",
        "about": "What it is about: one HTML text for each paragraph.",
        "speakers": "Who speaks, each with `id`, `name` and `page`.",
        "url": "Its own page elsewhere.",
        "slides": "The address of its slides.",
        "recording": "The address of its recording.",
        "stream": "The address of its live stream.",
        "links": "Further links, each with `title` and `url`.",
        "status_phrase": "The name of the phrase for its status.",
        "is_off": "Whether it is cancelled.",
        "calendar": "The path of its calendar file below the site's root.",
        "page": "The address of its page on the site.",
    },
    "person": {
        "id": "The ID of the person.",
        "name": "The person's name.",
        "page": "The address of the person's page on the site.",
        "summary": "The beginning of `about` as plain text.",
        "about": "Who the person is: one HTML text for each paragraph.",
        "photo": "A picture.",
        "url": "The person's own website.",
        "links": "Further links, each with `title` and `url`.",
        "sessions": "The sessions of this person.",
    },
    "run": {
        "first": "The place of its first day among the drawn ones, from 0.",
        "days": "How many days it has.",
        "row": "The row in which its name is drawn, from 0.",
        "is_main": "Whether it is a run of the main event.",
        "lines": "Its name, cut into lines that fit below its days.",
        "is_drawn": "Whether its name is in the drawing.",
    },
}
"""What names mean that no key of the fest file has, and keys that pages see as something else."""


class Group(NamedTuple):
    """Names that belong together, as the page's headings and tables have them."""

    name: str
    find: Callable[[Mapping[str, object]], object]
    """What has them, among all names of a fest."""
    model: type | None = None
    """The part of the fest file that they come from."""


def _at(*path: str | int) -> Callable[[Mapping[str, object]], object]:
    def find(facts: object) -> object:
        for part in path:
            facts = facts[part]  # type: ignore[index]
        return facts

    return find


_DAY = ("events", "talks", "days", 0)
_SLOT = ("fest", "days", 0, "slots", 0)
GROUPS = (
    Group("fest", _at("fest"), Fest),
    Group("organizer", _at("fest", "organizer"), Organizer),
    Group("look", _at("fest", "look"), Look),
    Group("change", _at("fest", "changes", 0), Change),
    Group("sponsor", _at("fest", "sponsors", 0), Sponsor),
    Group("member", _at("fest", "team", 0), Member),
    Group("link", _at("fest", "links", 0), Link),
    Group("pages", _at("fest", "pages"), Pages),
    Group("track", _at("fest", "tracks", 0), Track),
    Group("speaker", _at("fest", "speakers", 0), Speaker),
    Group("events.impl_days", _at("events", "talks"), Event),
    Group("day", _at(*_DAY), Day),
    Group("line", _at(*_DAY, "agenda", 0), AgendaItem),
    Group('venues["town-hall"]', _at("venues", "town-hall"), Venue),
    Group("room", _at("venues", "town-hall", "rooms", 0), Room),
    Group("rsvp", _at("rsvp"), Rsvp),
    Group("calls.proposals", _at("calls", "proposals"), Call),
    Group("ticket", _at("calls", "proposals", "tickets", 0), Ticket),
    Group("day of the fest", _at("fest", "days", 0)),
    Group("slot", _at(*_SLOT)),
    Group("step", _at(*_SLOT, "agenda", 0)),
    Group("session", _at("fest", "programme", "sessions", "errors")),
    Group("person", _at("fest", "programme", "speakers", "ada")),
    Group("run", _at("fest", "runs", 0)),
)

EVERY_PART = """\
name: RustFest Lisbon
city: Lisbon
country: PT
timezone: Europe/Lisbon
organizer: {name: RustFest}
changes: [{date: 2027-01-01, what: Another hall.}]
tracks: {tools: {name: Tools}}
speakers: {ada: {name: Ada Exemplo, about: Writes parsers.}}
sponsors: [{name: Acme}]
team: [{name: Ada Exemplo}]
links: [{title: Mastodon, url: "https://rustfest.global/@lisbon"}]
pages: {imprint: /imprint/}
venues: {town-hall: {name: The old town hall, rooms: {main: {name: Main hall}}}}
rsvp: {event: talks, url: tba}
calls: {proposals: {url: tba, tickets: [{name: Regular}]}}
events:
  talks:
    title: Talks
    days: [2027-06-05]
    venue: town-hall
    agenda:
      - at: "10:00"
        until: "10:45"
        what: Errors that help
        id: errors
        room: main
        track: tools
        speakers: ada
"""


@cache
def names(group: str) -> tuple[str, ...]:
    """Return the names of a group, in the order of the page."""
    (chosen,) = (each for each in GROUPS if each.name == group)
    facts = chosen.find(variables_of(fest_of(EVERY_PART)))
    assert isinstance(facts, Facts)
    return tuple(facts.facts)


def texts(group: Group) -> dict[str, str]:
    """Return what each name of a group means."""
    described = descriptions(group.model) if group.model else {}
    meanings = {**described, **DERIVED.get(group.name, {})}
    unused = DERIVED.get(group.name, {}).keys() - {*names(group.name)}
    assert not unused, f"DERIVED has names of {group.name} that are gone: {unused}"
    missing = [name for name in names(group.name) if name not in meanings]
    assert not missing, f"Add what these names of {group.name} mean to DERIVED: {missing}"
    return {name: " ".join(meanings[name].split()) for name in names(group.name)}


def macros() -> dict[str, str]:
    """Return what each macro shows, by the macro as a page calls it."""
    found = {}
    for name, macro in fests.macros().items():
        parameters = inspect.signature(macro.function).parameters.values()
        typed = ", ".join(
            each.name
            if each.default in (each.empty, None)
            else f"{each.name}={_typed(each.default)}"
            for each in parameters
        )
        said = " ".join((inspect.getdoc(macro.function) or "").split())
        found[f"{name}({typed})"] = _capital(said.removeprefix("Return "))
    return dict(sorted(found.items()))


def _typed(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def tables() -> dict[str, str]:
    """Return each table of the page by what its mark calls it."""
    found = {group.name: _table("Name", "Meaning", texts(group), group.name) for group in GROUPS}
    return found | {"macros": _table("Macro", "What it shows", macros())}


def _table(name: str, meaning: str, rows: Mapping[str, str], group: str = "") -> str:
    begin = f"{group}." if group in ("fest", "rsvp") or re.search(r"[.\[]", group) else ""
    lines = [f"| {name} | {meaning} |", "| --- | --- |"]
    lines += [f"| `{begin}{each}` | {text} |" for each, text in rows.items()]
    return "\n".join(lines)


def written(page: str) -> str:
    """Return the page with its tables as they should be."""
    for name, table in tables().items():
        start, end = f"<!-- names: {name} -->\n", "\n<!-- end -->"
        before, mark, rest = page.partition(start)
        assert mark, f"{PAGE.name} has no place for {name}: {start.strip()}"
        _, mark, after = rest.partition(end)
        page = f"{before}{start}\n{table}\n{end}{after}"
    return page


def commands_page() -> str:
    """Return the page of commands: what `--help` prints of each."""
    parts = [_COMMANDS_HEAD]
    for name in (None, *sorted(main.commands)):
        typed = f"impldays {name}" if name else "impldays"
        words = [*([name] if name else []), "--help"]
        said = CliRunner().invoke(main, words, prog_name="impldays", terminal_width=80)
        parts.append(f'## {typed}\n\n```text title="{typed} --help"\n{said.output.rstrip()}\n```')
    return "\n\n".join(parts) + "\n"


_COMMANDS_HEAD = """\
---
title: Commands
hide: [fest]
description: Every command of impldays, with its options.
---

# Commands

Run each in the folder of your `mkdocs.yml`. `--help` prints what is below."""


if __name__ == "__main__":
    COMMANDS.write_text(commands_page(), "utf-8")
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
