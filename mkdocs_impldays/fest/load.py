"""A fest file's text becomes a fest, or every problem that keeps it from becoming one."""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any, get_args, get_origin
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mkdocs_impldays.fest import time_zones
from mkdocs_impldays.fest.addresses import is_placeholder
from mkdocs_impldays.fest.agenda import AgendaItem, Link, Speaker, Step, Track
from mkdocs_impldays.fest.calls import Call, Rsvp, Ticket, is_whole_day
from mkdocs_impldays.fest.clock import UNSET, as_typed, read_zone
from mkdocs_impldays.fest.event import Change, Day, Event, Join
from mkdocs_impldays.fest.fest import Contact, Fest, Limited, Live, Look, Organizer
from mkdocs_impldays.fest.model import Tba, is_tba, known
from mkdocs_impldays.fest.source import Path, Plain, Source, dotted, part_at, read
from mkdocs_impldays.fest.values import is_fest_id
from mkdocs_impldays.fest.venue import Room, Venue
from mkdocs_impldays.problems import Problem, guess, in_order, quoted
from mkdocs_impldays.words.phrases import phrase_troubles

Trouble = tuple[Path, str]
"""A place in the file, and what is wrong there."""

_PARTS: dict[str, type[BaseModel]] = {
    "organizer": Organizer,
    "events": Event,
    "venues": Venue,
    "rsvp": Rsvp,
    "calls": Call,
    "tickets": Ticket,
    "look": Look,
    "days": Day,
    "agenda": AgendaItem,
    "rooms": Room,
    "tracks": Track,
    "speakers": Speaker,
    "links": Link,
    "changes": Change,
    "join": Join,
    "contacts": Contact,
    "live": Live,
}

_NAMED = {"calls", "events", "rooms", "speakers", "tracks", "venues"}
"""Groups whose keys are names that the organiser chose."""

_KEYS = "Write its keys below it, further in"
_ITEMS = 'Write each item in a line that begins with "- "'
_VALUE = "Write its value after the colon"


def trouble(details: ErrorDetails, data: dict[str, object]) -> Trouble | None:
    """Return one of pydantic's findings about data.

    Returns `None` for a finding that only repeats another: that text is not the mark `tba`.
    """
    kind = details["type"]
    if kind == "enum":
        return None
    where = _typed_place(details["loc"], data)
    if kind == "missing":
        return _missing((*where, str(details["loc"][-1])))
    if kind == "extra_forbidden":
        return where, _unknown(where, part_at(data, where))
    if kind == "impldays":
        where += tuple(details["ctx"]["at"])
        message = details["ctx"]["message"]
        colon = ":" if message.startswith('"') else ""
        return where, f"{_named(where)}{colon} {message}"
    return where, f"{_named(where)} {_shape(details)}"


def empty_keys(data: object, *, told: Collection[Path], where: Path = ()) -> Iterator[Trouble]:
    """Find keys with nothing behind them, which pydantic takes where a key may be missing.

    Of free data and what is wrong as a whole, as in `told`, nothing is said.
    """
    if where == ("site",) or where in told:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            yield from empty_keys(value, told=told, where=(*where, key))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from empty_keys(item, told=told, where=(*where, number))
    elif data is None:
        yield where, f"{dotted(where)} is empty. {_filling(where)}, or remove the line."


def _filling(where: Path) -> str:
    field = _model_at(where[:-1]).model_fields.get(str(where[-1]))
    kinds = get_args(field.annotation) if field else ()
    if any(isinstance(kind, type) and issubclass(kind, BaseModel) for kind in kinds):
        return _KEYS
    return _ITEMS if any(get_origin(kind) is tuple for kind in kinds) else _VALUE


def _typed_place(loc: tuple[int | str, ...], data: object) -> Path:
    """Keep of pydantic's location what was typed: it also names unions' branches and readers."""
    place: list[int | str] = []
    for part in loc:
        inside = isinstance(data, dict) and part in data
        if inside or (isinstance(data, list) and isinstance(part, int)):
            place.append(part)
            data = part_at(data, (part,))
    return tuple(place)


def _named(where: Path) -> str:
    return dotted(where) or "the file"


def _missing(where: Path) -> Trouble:
    key = str(where[-1])
    model_field = _model_at(where[:-1]).model_fields[key]
    can_be_tba = Tba in get_args(model_field.annotation)
    tba = f', or "{key}: tba" while it is not known' if can_be_tba else ""
    return where, f'{dotted(where)} is missing. Add "{key}: …"{tba}.'


def _unknown(where: Path, value: object) -> str:
    fields = _model_at(where[:-1]).model_fields
    known = [field.alias or name for name, field in fields.items()]
    what = f"{dotted(where[:-1])}: " if where[:-1] else ""
    what += f"{quoted(where[-1])} is not a known key."
    if value is None:
        return f"{what} If it belongs to a text with a comma, put that text between quotes."
    if advice := guess(str(where[-1])[:60], known):
        return f"{what}{advice}"
    return f"{what} Delete it, or put it below “site:”."


def _model_at(where: Path) -> type[BaseModel]:
    """Return the model of a group of keys; an event may have the name of a part, like `live`."""
    names = [
        part
        for position, part in enumerate(where)
        if part in _PARTS and not (position and where[position - 1] in _NAMED)
    ]
    return _PARTS[str(names[-1])] if names else Fest


def _shape(details: ErrorDetails) -> str:
    there = _what_is(details["input"])
    if details["type"] in {"model_type", "model_attributes_type", "dict_type"}:
        return f"{there} where a group of keys belongs. {_KEYS}."
    if details["type"] in {"tuple_type", "list_type"}:
        return f"{there} where a list belongs. {_ITEMS}."
    return f"{there} where another value belongs. Write it as the manual shows."


def _what_is(value: object) -> str:
    if isinstance(value, dict):
        return "is a group of keys"
    if isinstance(value, list):
        return "is a list"
    return f"is {quoted(value)}" if value is not None else "is empty"


_TAKEN = re.compile(r"year|city|country|venue|.*_no_br|.*_overflow")
"""Names that `site.dates` and `site.location` have already, beside those of the events."""

_THING = "(venue|location|place|room|hall|building|event|conference|organi[sz]er|sponsor|name)"
_PLACEHOLDER = re.compile(
    rf"[<\[(]?(the |your |our |my |an? |main )?{_THING}( (name|here|goes here|\d+))?[>\])]?"
    rf"|(name of|insert|enter|example|sample|test|dummy)( the| your| an?)? {_THING}( here)?"
    r"|x{2,}|\?+|\.{3}|…|todo|tbd|tbc|to be (announced|confirmed|decided|determined|defined)"
    r"|placeholder|lorem ipsum.*|foo ?bar",
    re.IGNORECASE,
)
"""Names that templates of event sites have for others to replace."""

_ADDRESSES = {"document", "email", "stream", "url", "waitlist_url"}
"""Keys that an address stands at."""


def loose_ends(data: dict[str, Any]) -> list[Trouble]:
    """Find names that point at no part of the file. Works on data that may be wrong elsewhere."""
    return list(_loose_ends(data))


def _loose_ends(data: dict[str, Any]) -> Iterator[Trouble]:
    events, venues = _group(data.get("events")), _group(data.get("venues"))
    if "events" in data and not events and isinstance(data["events"], dict):
        yield ("events",), "events is empty. Write at least one event below it."
    for key, event in events.items():
        if _TAKEN.fullmatch(key):
            message = f"{quoted(key)} has a meaning of its own in pages, as in site.dates.year."
            yield ("events", key), f"events: {message} Give the event another name."
        for where, name in _venue_names(("events", key), _group(event)):
            if isinstance(name, str) and not is_tba(name) and name.strip() not in venues:
                advice = guess(name[:60], venues) or " Add it below “venues:”."
                yield where, f"{dotted(where)}: {quoted(name)} is not a venue.{advice}"
    yield from _loose_calls(data, events)
    yield from _loose_sessions(data, events, venues)


def _loose_sessions(
    data: dict[str, Any], events: dict[str, Any], venues: dict[str, Any]
) -> Iterator[Trouble]:
    """Find rooms, tracks and speakers of agendas that the file does not have."""
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
            message = f"{quoted(name)} is the id of {first} too. Write another one."
            yield (*where, "id"), f"{dotted(where)}.id: {message}"
        for key, (names, group) in groups.items():
            for place, name in _names_at((*where, key), line.get(key)):
                if name.strip() not in names:
                    advice = guess(name[:60], names) or f" Add it under “{group}."
                    what = f"{quoted(name)} is not a {key.removesuffix('s')}."
                    yield place, f"{dotted(place)}: {what}{advice}"


def _agenda_lines(events: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield each line of each agenda as typed, with its place in the file."""
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
    """Yield a name, or each of a list of names, with its place in the file."""
    if isinstance(value, str) and value.strip():
        yield where, value
    for number, name in enumerate(_items(value)):
        if isinstance(name, str) and name.strip():
            yield (*where, number), name


def _loose_calls(data: dict[str, Any], events: dict[str, Any]) -> Iterator[Trouble]:
    calls = _group(data.get("calls"))
    if "rsvp" in calls:
        message = 'calls.rsvp: the RSVP has a place of its own. Put it under "rsvp".'
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
    """Find addresses and names that are placeholders, like `https://ti.to/url-to-do`."""
    if isinstance(data, dict | list):
        parts = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in parts:
            yield from placeholders(value, (*where, key))
    elif isinstance(data, str) and _is_address(data, where) and is_placeholder(data):
        message = f"{dotted(where)}: {quoted(data)} is a placeholder."
        yield where, f"{message} Write the real one, or tba while it is not known."
    elif isinstance(data, str) and _is_name(where) and _PLACEHOLDER.fullmatch(data):
        message = f"{dotted(where)}: {quoted(data)} is a placeholder."
        yield where, f"{message} Write the real one."


def _is_name(where: Path) -> bool:
    """Return whether a name stands there that nothing else has; many rooms are the main hall."""
    return where[-1:] == ("name",) and where[-3:-2] != ("rooms",)


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
        if time_zones.looks_swapped(venue.latitude, venue.longitude, fest.timezone.key):
            message = f'venues.{key}.latitude: "{venue.latitude}" is far from {fest.timezone.key},'
            advice = "and near it if swapped with the longitude. Swap the two."
            yield ("venues", key, "latitude"), f"{message} {advice}"
        elif time_zones.is_far(venue.latitude, venue.longitude, fest.timezone.key):
            message = f'venues.{key}.latitude: "{venue.latitude}" and the longitude are far from'
            advice = f"{fest.timezone.key}, the fest's time zone. Correct one of them."
            yield ("venues", key, "latitude"), f"{message} {advice}"
    yield from dict(_misplaced(fest)).items()
    yield from dict(_clashes(fest)).items()
    for key, call in fest.every_call.items():
        place: Path = ("rsvp",) if key == "rsvp" else ("calls", key)
        yield from _late_call(fest, call, place)
        yield from _same_names(call, place)
    yield from _never_shown(fest)


def hints(fest: Fest) -> Iterator[Trouble]:
    """Find what may be meant, and mostly is not."""
    yield from _wrong_places(fest)
    yield from _outside_hours(fest)


def _wrong_places(fest: Fest) -> Iterator[Trouble]:
    """Find a country instead of a town, a zone of another country, addresses in one line."""
    zones = time_zones.zones_of(fest.country)
    if zones and time_zones.is_in_table(fest.timezone.key) and fest.timezone.key not in zones:
        message = f"country: {quoted(fest.country)} has the time zone {zones[0]}, and the fest has"
        yield ("country",), f"{message} {fest.timezone.key}. Correct one of them."
    is_country = time_zones.country_named(fest.city) and not time_zones.zones_named(fest.city)
    if is_country:
        yield ("city",), f"city: {quoted(fest.city)} is a country. Write the town."
    for key, venue in fest.venues.items():
        street, city = known(venue.street) or "", fest.city_of(venue) or ""
        if city and re.search(rf"[,\d]\s*{re.escape(city)}\b", street, re.IGNORECASE):
            message = f"venues.{key}.street: {quoted(street)} holds the town too, which pages show"
            advice = "again. Write street, postcode and city each at its own key."
            yield ("venues", key, "street"), f"{message} {advice}"


def _outside_hours(fest: Fest) -> Iterator[Trouble]:
    """Find lines of plans that lie outside of the hours of their day."""
    for step, day, where in _plans(fest):
        if known(day.opens) and step.planned < day.planned_start:
            limit = f"before the doors open, {day.planned_start:%Y-%m-%d %H:%M}"
        elif known(day.closes) and step.planned > day.planned_end:
            limit = f"after the day is over, {day.planned_end:%Y-%m-%d %H:%M}"
        else:
            continue
        message = f"{quoted(f'{step.item.at:%H:%M}')} is {limit}. Correct one of the two."
        yield where, f"{dotted(where)}: {message}"


def _misplaced(fest: Fest) -> Iterator[Trouble]:
    """Find lines of plans at a time that the clocks skip, or before the line above them."""
    for step, day, where in _plans(fest):
        at = quoted(f"{step.item.at:%H:%M}")
        if step.planned.time() != step.item.at:
            message = f"{at} is skipped by the clocks of {fest.timezone.key} on {day.date}."
            yield where, f"{dotted(where)}: {message} Write a later time."
        elif step.is_out_of_order:
            message = (
                f"{at} is earlier than the line above, and {day.date} is over before that hour"
            )
            advice = "comes again. Put the lines in order, or write the date too in “closes”."
            yield where, f"{dotted(where)}: {message} {advice}"


def _clashes(fest: Fest) -> Iterator[Trouble]:
    """Find sessions for which a room or a speaker is not free."""
    held = [
        (step, where[:-1])
        for step, day, where in _plans(fest)
        if step.item.status != "cancelled" and fest.is_held(fest.events[str(where[1])], day)
    ]
    held.sort(key=lambda each: each[0].start.astimezone(UTC))
    busy: dict[tuple[str, str], Step] = {}
    for step, where in held:
        item = step.item
        names = [("room", item.room)] if item.room else []
        for key, name in (*names, *(("speakers", each) for each in item.speakers)):
            before = busy.get((key, name))
            if before and before.end.astimezone(UTC) > step.start.astimezone(UTC):
                what = "is taken by" if key == "room" else "speaks in"
                message = f"{quoted(name)} {what} {quoted(before.what)} until {before.end:%H:%M}."
                yield (*where, key), f"{dotted((*where, key))}: {message} Correct one of the two."
            if not before or before.end.astimezone(UTC) < step.end.astimezone(UTC):
                busy[key, name] = step


def _plans(fest: Fest) -> Iterator[tuple[Step, Day, Path]]:
    """Yield each line of each plan on each day that has it, with its place in the file."""
    for key, event in fest.events.items():
        for number, day in enumerate(event.known_days):
            own = day.agenda is not None
            place: Path = ("events", key, *(("days", number) if own else ()), "agenda")
            lines = {id(item): n for n, item in enumerate(event.items_of(day))}
            for step in event.steps_of(day):
                yield step, day, (*place, lines[id(step.item)], "at")


def _never_shown(fest: Fest) -> Iterator[Trouble]:
    """Find what would begin to be shown when the fest, or the event, is over."""
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
        if each.starts and end and each.starts >= end:
            where = (*place, "from")
            message = f"{quoted(as_typed(each.starts))} is after the event is over."
            yield where, f"{dotted(where)}: {message} It would never be shown. Correct the date."


def _late_call(fest: Fest, call: Call, place: Path) -> Iterator[Trouble]:
    """Find dates of a call, and of its tickets, that are too late or can be read in two ways."""
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
                trouble = _late(moment, end, what, is_deadline=is_deadline)
                trouble = trouble or (_midnight(moment) if is_deadline else None)
                if trouble:
                    yield (*where, key), f"{dotted((*where, key))}: {trouble}"


def _late(moment: datetime, end: datetime | None, what: str, *, is_deadline: bool) -> str | None:
    if end is None or moment <= end or (is_whole_day(moment) and moment.date() <= end.date()):
        return None
    typed = quoted(as_typed(moment, is_deadline=is_deadline))
    return f"{typed} is after {what} is over. Correct the date."


def _midnight(moment: datetime) -> str | None:
    """Say that a deadline at 00:00 is the end of the day before, which few who read it expect."""
    if moment.time() != time():
        return None
    before = moment.date() - timedelta(days=1)
    typed, day = quoted(f"{moment:%Y-%m-%d %H:%M}"), f"{moment:%A}"
    message = f"{typed} is the night to {day}, and can be read as the end of {day} too."
    return f'{message} Write "{before}" for the end of {before:%A}, or "{moment:%Y-%m-%d}".'


def _same_names(call: Call, place: Path) -> Iterator[Trouble]:
    names: set[str] = set()
    for number, ticket in enumerate(call.tickets):
        where = (*place, "tickets", number, "name")
        if ticket.name.casefold() in names:
            message = f"{quoted(ticket.name)} is the name of another ticket too. Rename one."
            yield where, f"{dotted(where)}: {message}"
        names.add(ticket.name.casefold())


MAX_PROBLEMS = 50
"""How many problems of a file are told; who has more has one mistake that explains them."""

_ROUNDS = 4
"""How often a file is looked at again without what was wrong in it."""


def load_fest(raw: bytes, *, path: str, fest_id: str) -> tuple[Fest | None, list[Problem]]:
    """Read a fest file.

    The fest is `None` where a problem of the severity `error` is among the problems. The problems
    are all there are, in the order of the file; of more than `MAX_PROBLEMS` the first. The same
    bytes give the same fest.
    """
    fest, problems = _load(raw, path, fest_id)
    return fest, list(problems)


@lru_cache(maxsize=256)  # a preview reads all fests again at every keystroke
def _load(raw: bytes, path: str, fest_id: str) -> tuple[Fest | None, Sequence[Problem]]:
    source, problems = read(raw, path=path)
    if source is None:
        return None, problems
    if not is_fest_id(fest_id):
        advice = "Name the file in small letters, digits and “-”, like paris-2018.yml."
        problems.append(Problem(path, None, f"{quoted(fest_id)} is the fest's id. {advice}"))
    fest, errors = _validate(source, fest_id)
    errors += loose_ends(source.data)
    errors += phrase_troubles(source.data.get("phrases"))
    errors += list(empty_keys(source.data, told={where for where, _ in errors}))
    warnings = [*placeholders(source.data), *(doubts(fest) if fest and not errors else [])]
    problems += [source.problem(*each) for each in errors]
    failed = bool(problems)
    problems += [source.problem(*each, "warning") for each in warnings]
    unlikely = dict(hints(fest)) if fest and not failed else {}
    problems += [source.problem(*each, "hint") for each in unlikely.items()]
    return None if failed else fest, _first(in_order(problems), path)


def _first(problems: list[Problem], path: str) -> list[Problem]:
    """Return the first problems, errors before warnings, and that there are more."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    worst_first = sorted(problems, key=lambda each: each.severity != "error")
    kept = worst_first[:MAX_PROBLEMS]
    message = f"the file has more than {MAX_PROBLEMS} problems. Fix those listed here first."
    last = Problem(path, worst_first[MAX_PROBLEMS].line, message, kept[0].severity)
    return [*in_order(kept), last]


def _validate(source: Source, fest_id: str) -> tuple[Fest | None, list[Trouble]]:
    """Return the fest, or all that is wrong.

    Pydantic compares what belongs together only where each part is right. So what was wrong is
    mended and the whole looked at again, to find what is wrong behind it.
    """
    found: dict[Path, Trouble] = {}
    data = source.data
    rest: dict[str, Any] = data | ({"site": _free(data["site"] or {})} if "site" in data else {})
    context = {"zone": _zone_in(data), "id": fest_id, "own": data.get("language", "en")}
    context["source"] = source
    for _ in range(_ROUNDS):
        context["typed"] = rest
        try:
            fest = Fest.model_validate(rest, context=context)
        except ValidationError as error:
            details = error.errors(include_url=False)[: MAX_PROBLEMS + 1]
            told = [told for each in details if (told := trouble(each, rest)) is not None]
        else:
            return (None if found else fest), list(found.values())
        for each in told:
            found.setdefault(each[0], each)
        rest = _mended(rest, (where for where, _ in told))
    return None, list(found.values())


def _mended(data: dict[str, Any], places: Iterable[Path]) -> dict[str, Any]:
    """Copy data without its wrong keys, and with `tba` at those that are missing.

    Items of lists stay, since places count them.
    """
    data = copy.deepcopy(data)
    for where in places:
        group = part_at(data, where[:-1])
        if isinstance(group, dict) and where[-1:]:
            if where[-1] in group:
                del group[where[-1]]
            else:
                group[where[-1]] = "tba"
    return data


def _zone_in(data: dict[str, object]) -> ZoneInfo:
    try:
        return read_zone(data.get("timezone"))
    except ValueError:
        return UNSET


def _free(value: object) -> object:
    """Read free data as YAML 1.2 would: whole numbers and truth values, the rest as typed."""
    if isinstance(value, dict):
        return {key: _free(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_free(item) for item in value]
    if isinstance(value, Plain):
        if value in {"true", "false"}:
            return value == "true"
        return int(value) if re.fullmatch(r"0|-?[1-9][0-9]{0,15}", value) else str(value)
    return value
