"""The schedule: the days of a fest with their events and sessions, as facts for templates.

Also the days as they are drawn on the home page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from textwrap import wrap
from typing import NamedTuple

from babel.dates import format_date

from mkdocs_impldays.fest.agenda import Step
from mkdocs_impldays.fest.changes import SESSION_PHRASES, STATUS_PHRASES
from mkdocs_impldays.fest.day import dates_of
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.schedule import FestDay, Slot, days_drawn, days_of
from mkdocs_impldays.fest.sessions import KIND_PHRASES, lines_of, session_source
from mkdocs_impldays.names.sessions import hour_facts, paragraphs
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.words import dates
from mkdocs_impldays.words.languages import language_name, locale_of

LONGEST = 2
"""The lines that the name of an event may have below the drawn days."""

MOST_COLUMNS = 12
"""The most rooms of an agenda that is shown as a grid; one with more is a list."""


def run_facts(fest: Fest) -> list[Facts]:
    """Return the runs of days without a break of each event, in order.

    `first` is the place of its first day among the drawn ones, from 0 on, `days` how many there
    are, `row` the first row in which no other run is over the same days, and `lines` those in
    which its name fits below its days. `is_drawn` says whether its name is in the drawing: all
    are where none is over another and each name is short; else those of the main event, or
    none. So the drawing has the same height whatever takes place. What is not held is not drawn.
    """
    days, main = days_drawn(fest), fest.main_event
    taken: list[set[int]] = []
    found = []
    for first, day in enumerate(days):
        for event in _begun(days, first):
            count = _length(days[first:], event)
            row = _row(taken, set(range(first, first + count)))
            facts: dict[str, object] = {
                "first": first,
                "days": count,
                "row": row,
                "is_main": event is main,
                "lines": wrap(event.title, count * 11 - 1, break_long_words=False),
            }
            found.append((event.title, day, facts))
    shorts = [facts for *_, facts in found if _is_short(facts)]
    is_level = shorts == [facts for *_, facts in found] and not any(f["row"] for f in shorts)
    return [
        Facts(
            "run",
            {**facts, "is_drawn": is_level or (bool(facts["is_main"]) and facts in shorts)},
            text=title,
            value=day,
        )
        for title, day, facts in found
    ]


def _is_short(run: Mapping[str, object]) -> bool:
    lines = run["lines"]
    return isinstance(lines, list) and len(lines) <= LONGEST


def _begun(days: Sequence[FestDay], index: int) -> list[Event]:
    """Return the events of a day that were not on the day before it."""
    before = [slot.event for slot in days[index - 1].slots] if index else []
    return [slot.event for slot in days[index].slots if slot.event not in before]


def _length(days: Sequence[FestDay], event: Event) -> int:
    """Count the days from the first on that have an event."""
    breaks = (n for n, day in enumerate(days) if all(slot.event is not event for slot in day.slots))
    return next(breaks, len(days))


def _row(taken: list[set[int]], places: set[int]) -> int:
    """Take the places in the first row that has them free, and return its number."""
    for number, row in enumerate(taken):
        if row.isdisjoint(places):
            row.update(places)
            return number
    taken.append(places)
    return len(taken) - 1


def day_facts(
    fest: Fest, venues: Mapping[str, Facts], addresses: Mapping[str, str] | None = None
) -> list[Facts]:
    """Return each date of the fest with its events, for `{% for day in fest.days %}`.

    `venues` are the places as pages see them, by their short names; `addresses` those of pages of
    sessions and speakers, by their files below `docs/`. A moment among the facts reads
    as its hour on the fest's clocks, and has `iso`, with the offset there, and `utc`.
    """
    pages = _pages(fest, addresses or {})
    return [_day(day, fest, venues, pages) for day in days_of(fest)]


Pages = Mapping[tuple[str, date, date], Sequence[tuple[str, str | None]]]
"""The ids of the sessions of a slot with their pages, by its event's id, its day and its date."""


def _pages(fest: Fest, addresses: Mapping[str, str]) -> Pages:
    found: dict[tuple[str, date, date], list[tuple[str, str | None]]] = {}
    for name, line in lines_of(fest).items():
        address = addresses.get(session_source(fest, name))
        found.setdefault((line.event.id, line.day.date, line.date), []).append(
            (name, address and f"/{address}")
        )
    return found


def _day(day: FestDay, fest: Fest, venues: Mapping[str, Facts], pages: Pages) -> Facts:
    locale = fest.language
    words = dates.jekyll_days([day.date], locale=locale)
    facts = {
        "date": Facts("day.date", {"iso": day.date.isoformat()}, text=words, value=[day.date]),
        "iso": day.date.isoformat(),
        "number": day.date.day,
        "weekday": format_date(day.date, "ccc", locale=locale_of(locale)),
        "month": format_date(day.date, "LLL", locale=locale_of(locale)),
        "is_main": day.is_main,
        "is_off": day.is_off,
        "slots": [_slot(slot, fest, venues, pages) for slot in day.slots],
    }
    return Facts("day", facts, text=words, value=day.date)


def _slot(slot: Slot, fest: Fest, venues: Mapping[str, Facts], pages: Pages) -> Facts:
    day, event, locale = slot.day, slot.event, fest.language
    was = dates_of(event.old_days)
    old_venue = fest.old_venue_of(event)
    status = fest.status_of(event, day)
    place = None if fest.is_online(event) else slot.venue
    is_tba = not slot.venue and bool(event.venue or day.venue) and not fest.is_online(event)
    own = pages.get((event.id, day.date, slot.date), ())
    opens = day.opening if slot.date == day.date else None
    closes = day.closing if slot.date in {day.date, day.dates[-1]} else None
    facts = {
        "id": event.id,
        "title": event.title,
        "page": event.page,
        "description": event.description,
        "opens": _hour(opens, slot, locale) if opens else None,
        "closes": _hour(closes, slot, locale) if closes else None,
        "status_phrase": STATUS_PHRASES.get(status),
        "is_off": not fest.is_held(event, day),
        "old_dates": dates.days_in_words(was, "weekdays", locale=locale) if was else None,
        "venue": venues[place.id] if place else None,
        "is_venue_tba": is_tba,
        "attendance": fest.attendance_of(event),
        "old_venue": venues[old_venue.id] if old_venue and not day.venue else None,
        "overflow": [venues[venue.id] for venue in slot.overflow],
        **_agenda(slot, fest, own),
    }
    return Facts("slot", facts, text=event.title, value=slot)


def _agenda(slot: Slot, fest: Fest, own: Sequence[tuple[str, str | None]]) -> dict[str, object]:
    """Return the lines of an agenda, and the rooms that are its columns if some run in parallel.

    Those that begin together are then in the order of the columns.
    """
    lines = list(zip(slot.agenda, own, strict=True))
    columns = _columns(slot.agenda, fest)
    if columns:
        lines.sort(key=lambda line: (_utc(line[0].start), columns.get(line[0].item.room or "", 0)))
    cells = _cells([step for step, _ in lines], columns) if columns else [_LINE] * len(lines)
    rooms = _room_names(fest)
    begun = _beginnings(slot)
    agenda = [
        _step(
            step,
            slot,
            fest,
            names,
            {
                "next_from": _before(step, begun),
                "room": rooms[step.item.room] if step.item.room else None,
                "column": cell.column,
                "rows": cell.rows,
                "is_first": cell.is_first,
            },
        )
        for (step, names), cell in zip(lines, cells, strict=True)
    ]
    return {"agenda": agenda, "rooms": [rooms[key] for key in columns]}


def _room_names(fest: Fest) -> dict[str, str]:
    return {key: room.name for venue in fest.venues.values() for key, room in venue.rooms.items()}


def _columns(steps: Sequence[Step], fest: Fest) -> dict[str, int]:
    """Return the rooms of an agenda in the order of the file, numbered from 1 on.

    There are none if no two of them are in use at the same time, or if they are too many.
    """
    used = {step.item.room for step in steps}
    rooms = [key for key in _room_names(fest) if key in used]
    if len(rooms) > MOST_COLUMNS or not _is_parallel(steps):
        return {}
    return {key: number for number, key in enumerate(rooms, 1)}


def _is_parallel(steps: Sequence[Step]) -> bool:
    """Return whether sessions, by their start, are in two rooms at once."""
    ends: dict[str, datetime] = {}
    for step in steps:
        if (room := step.item.room) is None:
            continue
        if any(end > _utc(step.start) for other, end in ends.items() if other != room):
            return True
        ends[room] = max(ends.get(room, _utc(step.end)), _utc(step.end))
    return False


class Cell(NamedTuple):
    """Where a session is in the grid of an agenda."""

    column: int
    """The number of its room; 0 if it is in all of them, or there is no grid."""
    rows: int
    """How many rows it takes: one for each start until it is over."""
    is_first: bool
    """Whether no session before it begins at the same time, so that its time heads the row."""


_LINE = Cell(0, 1, is_first=False)
"""The cell of a session in an agenda that is a list."""


def _cells(steps: Sequence[Step], columns: Mapping[str, int]) -> list[Cell]:
    """Return the cell of each session; they are by start, and then by column.

    A session ends in the grid with the row before the next in its room or in all rooms, also if the
    file has it last longer: no two are in the same place.
    """
    starts = [_utc(step.start) for step in steps]
    taken = [columns.get(step.item.room or "", 0) for step in steps]
    cells = []
    for index, (step, column) in enumerate(zip(steps, taken, strict=True)):
        rows, above = 1, starts[index]
        for start, other in zip(starts[index + 1 :], taken[index + 1 :], strict=True):
            if not column or other in (0, column) or start >= _utc(step.end):
                break
            rows, above = rows + (start > above), start
        is_first = index == 0 or starts[index] > starts[index - 1]
        cells.append(Cell(column, rows, is_first))
    return cells


_SESSION_FILES = {
    "slides": "session.slides",
    "recording": "session.recording",
    "stream": "session.stream",
}
"""The phrases for the addresses at which more of a session is found."""


def _step(
    step: Step, slot: Slot, fest: Fest, names: tuple[str, str | None], among: Mapping[str, object]
) -> Facts:
    """Return a line of an agenda; `among` are the facts that depend on the other lines."""
    name, page = names
    item, locale = step.item, fest.language
    end = _hour(step.end, slot, locale)
    until = hour_facts(
        step.end,
        locale=locale,
        has_date=slot.day.needs_date(step.end) and step.end.date() != step.start.date(),
    )
    facts = {
        "id": name,
        "page": page,
        "what": step.what,
        "subtitle": item.subtitle,
        "about": paragraphs(item.about or ""),
        "kind": item.kind,
        "kind_phrase": KIND_PHRASES.get(item.kind or ""),
        "language": language_name(item.language, locale) if item.language else None,
        "files": [
            Facts("file", {"phrase": phrase, "url": url})
            for key, phrase in _SESSION_FILES.items()
            if (url := getattr(item, key))
        ],
        "links": [Facts("link", {"title": each.title, "url": each.url}) for each in item.links],
        "start": _hour(step.start, slot, locale),
        "was": _hour(step.previous, slot, locale) if step.previous else None,
        "end": end,
        "until": until if step.has_end else None,
        "has_date": _needs_date(step.start, slot),
        "minutes": int((step.end - step.start).total_seconds() // 60) if step.end else 0,
        "url": page or item.url,
        **among,
        "track": fest.tracks[item.track].name if item.track else None,
        "speakers": [fest.speakers[key].name for key in item.speakers],
        "is_off": item.status == "cancelled",
        "status_phrase": SESSION_PHRASES.get(item.status),
    }
    return Facts("step", facts, text=step.what, value=step)


def _beginnings(slot: Slot) -> list[datetime]:
    """Return when the doors open and the sessions that are held begin, in order."""
    steps = slot.event.steps_of(slot.day)
    begun = [each.start for each in steps if each.item.status != "cancelled"]
    return sorted([*begun, *([slot.day.opening] if slot.day.opening else [])], key=_utc)


def _before(step: Step, begun: Sequence[datetime]) -> datetime | None:
    """Return the moment from which no other session begins before this one: it is next then.

    That is when the one before it begins, or the doors open; `None` if there is neither.
    """
    number = bisect_left(begun, _utc(step.start), key=_utc)
    return begun[number - 1] if number else None


def _utc(moment: datetime) -> datetime:
    """Return a moment in UTC: two times of one zone compare without regard to the fold."""
    return moment.astimezone(UTC)


def _hour(moment: datetime, slot: Slot, locale: str) -> Facts:
    """Return an hour, beside it the date on another one than the slot's and its night."""
    return hour_facts(moment, locale=locale, has_date=_needs_date(moment, slot))


def _needs_date(moment: datetime, slot: Slot) -> bool:
    return moment.date() != slot.date and slot.day.needs_date(moment)
