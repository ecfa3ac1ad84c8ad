"""The fest file of a next edition, made from the text of the last one with its comments.

What lasts is taken over: events, venues, organiser, look, contacts, `site:` and any other section.
What belonged to one edition is removed or `tba`: dates, deadlines, sessions, changes of plan.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import yaml

from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.ids import key_of, year_of
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.source import LOADER, Path
from mkdocs_impldays.scaffold import as_yaml

Changes = Mapping[Path, str | Sequence[str] | None]
"""Values in YAML that take the place of old ones, by their paths: a scalar, or the items of a list.

`None` removes the key.
"""

_GONE = re.compile(
    r"""
    (status|new_start|changes|recordings|thanks|live|speakers|sponsors)
    | (events/[^/]+/)?join/recording
    | events/[^/]+/(status|new_start|new_venue|delay|changes|agenda|programme|performers)
    | (rsvp|calls/[^/]+)/(availability|waitlist_\w+)
    | (rsvp|calls/[^/]+)/tickets/\d+/(availability|url)
    | contacts/\d+/until
    """,
    re.VERBOSE,
)
"""What is removed, by its path."""

_OPEN = re.compile(
    r"""
    events/[^/]+/days
    | (events/[^/]+/)?join/url
    | (rsvp|calls/[^/]+)/(url|opens|closes|result)
    | (rsvp|calls/[^/]+)/tickets/\d+/(opens|closes)
    | contacts/\d+/from
    """,
    re.VERBOSE,
)
"""What is `tba` in the next edition, by its path."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d(\b.*)?", re.DOTALL)
_LASTING = ("site", "look", "phrases", "venues")
"""Sections whose values stay, whatever they look like."""


@dataclass(frozen=True)
class _Entry:
    """A key of a mapping with its value, where they are in the text."""

    path: Path
    key: yaml.ScalarNode
    value: yaml.Node
    is_flow: bool

    @property
    def name(self) -> str:
        return "/".join(map(str, self.path))

    @property
    def end(self) -> int:
        return max(self.key.end_mark.index + 1, _end(self.value))


_EXAMPLE = re.compile(r"[ ]*\#[ ]*(?:[\w-]+:[ ]|-[ ]).*", re.VERBOSE)
"""A comment that is a key not in use, or an item of one."""


def next_edition(text: str, changes: Changes, *, years: int = 0) -> str:
    """Return the text of a fest file as that of the next edition, which is some years later.

    Changes of keys that the file does not have are added at its end, if they are at its top. The
    levels of sponsors stay as a comment. Dates in comments stay, but for those of keys not in use.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip() + "\n"
    root = yaml.compose(text, Loader=LOADER)
    if not isinstance(root, yaml.MappingNode):
        return text
    there = {(str(key.value),) for key, _ in root.value}
    added = {path: new for path, new in changes.items() if len(path) == 1 and path not in there}
    levels = _levels(root)
    for start, end, new in sorted(_cuts(text, root, (), changes), reverse=True):
        text = text[:start] + new + text[end:]
    for path, value in added.items():
        text += f"\n{path[0]}: {value}\n" if isinstance(value, str) else ""
    if levels:
        lines = (f"#   - {{level: {level}, name: …, url: https://…}}\n" for level in levels)
        text = f"{text.rstrip()}\n\n# sponsors:\n{''.join(lines)}"
    return _with_later_examples(re.sub(r"\n{3,}", "\n\n", text), years)


def _with_later_examples(text: str, years: int) -> str:
    """Return a text with the dates of keys that are not in use so many years later."""
    typed = {
        number
        for token in yaml.scan(text, Loader=LOADER)
        if isinstance(token, yaml.ScalarToken)
        for number in range(token.start_mark.line + 1, token.end_mark.line)
    }
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number not in typed and _EXAMPLE.fullmatch(line):
            lines[number] = _EXAMPLE_DATE.sub(lambda found: _later(found[0], years), line)
    return "\n".join(lines)


_EXAMPLE_DATE = re.compile(r"\b\d{4}-\d\d-\d\d(?!\d)")


def _later(day: str, years: int) -> str:
    """Return a date so many years later; 29 February is 28 February where there is none."""
    year = f"{int(day[:4]) + years:04}"
    is_leap = calendar.isleap(int(year))
    return f"{year}-02-28" if day[4:] == "-02-29" and not is_leap else f"{year}{day[4:]}"


def _levels(root: yaml.MappingNode) -> list[str]:
    """Return the levels of the sponsors, in the order of their first sponsors."""
    sponsors = next((value for key, value in root.value if key.value == "sponsors"), None)
    items = sponsors.value if isinstance(sponsors, yaml.SequenceNode) else []
    pairs = (pair for item in items if isinstance(item, yaml.MappingNode) for pair in item.value)
    levels = (value.value for key, value in pairs if key.value == "level")
    return list(dict.fromkeys(as_yaml(level) for level in levels if isinstance(level, str)))


def _cuts(
    text: str, node: yaml.Node, path: Path, changes: Changes, *, is_online: bool = False
) -> Iterator[tuple[int, int, str]]:
    """Return what to replace: from, until, by what. None lies inside another."""
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _cuts(text, item, (*path, number), changes)
    if not isinstance(node, yaml.MappingNode):
        return
    is_online = is_online or any(key.value == "attendance" for key, _ in node.value)
    is_first = True
    for key, value in node.value:
        entry = _Entry((*path, str(key.value)), key, value, is_flow=bool(node.flow_style))
        is_gone = _is_gone(entry) or (entry.path[-1] == "join" and not is_online)
        new = changes.get(entry.path, None if is_gone else "tba" if _is_open(entry) else "")
        if new is None:
            yield _removed(text, entry, is_first=is_first)
            continue
        is_first = False
        if new:
            yield _replaced(text, entry, new)
        else:
            yield from _cuts(text, value, entry.path, changes, is_online=is_online)


def _is_gone(entry: _Entry) -> bool:
    if _GONE.fullmatch(entry.name):
        return True
    is_date = isinstance(entry.value, yaml.ScalarNode) and _DATE.fullmatch(entry.value.value)
    return bool(is_date) and not _OPEN.fullmatch(entry.name) and entry.path[0] not in _LASTING


def _is_open(entry: _Entry) -> bool:
    is_mail = isinstance(entry.value, yaml.ScalarNode) and entry.value.value.startswith("mailto:")
    return bool(_OPEN.fullmatch(entry.name)) and not is_mail


def _end(node: yaml.Node) -> int:
    """Return where a value ends in its text, without the comments and lines after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1]) if isinstance(last, tuple) else _end(last)
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        text = node.end_mark.buffer or ""
        return len(text[: node.end_mark.index].rstrip()) if text else node.end_mark.index - 1
    return int(node.end_mark.index)


def _replaced(text: str, entry: _Entry, items: str | Sequence[str]) -> tuple[int, int, str]:
    new = items if isinstance(items, str) else _listed(items, entry)
    is_one_line = "\n" not in text[entry.key.end_mark.index : entry.end]
    if is_one_line and entry.value.start_mark.index < entry.end and "\n" not in new:
        end = entry.end
        gap = re.match(r" {2,}(?=#)", text[end:])
        if gap and not entry.is_flow:  # comments stay aligned
            wide = end + len(gap[0]) - entry.value.start_mark.index
            return entry.value.start_mark.index, end + len(gap[0]), f"{new:<{wide - 1}} "
        return entry.value.start_mark.index, end, new
    between = "" if new.startswith("\n") else " "
    return entry.key.end_mark.index, entry.end, f":{between}{new}"


def _listed(items: Sequence[str], entry: _Entry) -> str:
    """Return a list in YAML, one item a line unless it is inside of brackets."""
    if entry.is_flow:
        return f"[{', '.join(items)}]"
    indent = " " * (entry.key.start_mark.column + 2)
    return "".join(f"\n{indent}- {item}" for item in items)


def _end_of_blanks(text: str, start: int) -> int:
    return len(text) - len(text[start:].lstrip())


def _removed(text: str, entry: _Entry, *, is_first: bool) -> tuple[int, int, str]:
    start, end = entry.key.start_mark.index, entry.end
    if entry.is_flow:
        if is_first:
            comma = len(text) - len(text[end:].lstrip())
            return start, _end_of_blanks(text, comma + 1) if text[comma] == "," else end, ""
        before = text[:start].rstrip()
        return len(before[:-1].rstrip()) if before.endswith(",") else start, end, ""
    start = text.rfind("\n", 0, start) + 1
    is_item = text[start : entry.key.start_mark.index].strip().startswith("-")
    if is_item:  # the next key of the item moves up beside the dash
        start = entry.key.start_mark.index
        newline = text.find("\n", end)
        return start, end if newline < 0 else _end_of_blanks(text, newline + 1), ""
    if not (is_first and len(entry.path) == 1):
        indent = " " * entry.key.start_mark.column
        while comment := re.search(rf"(?:^|\n){indent}#[^\n]*\n$", text[:start]):
            if re.match(r"\s*#\s*([\w-]+:( |\n)|- )", comment[0]):  # a key that is not in use
                break
            start = comment.start() + comment[0].startswith("\n")
    newline = text.find("\n", end)
    return start, len(text) if newline < 0 else newline + 1, ""


def taken_over(
    last: Fest, name: str, answers: Mapping[str, str], *, earlier: Sequence[Fest] = ()
) -> str | None:
    """Return the answer to a question that the last fest gives to the next.

    It depends on the answers so far. The country and the time zone are also those of an `earlier`
    fest in the same city, the latest first. `None` is returned where no fest has an answer.
    """
    if name == "city":
        return (last.city or None) if _words(answers["id"]) == _words(last.id) else None
    if name == "name":
        return _renamed(last.name, last, answers)
    here = [each for each in (last, *earlier) if each.city == answers.get("city")]
    if name == "venue":
        venue = last.venue_of(_main(last)) if last in here else None
        return known(venue.name) if venue else None
    if not here:
        return None
    return {"country": here[0].country, "timezone": here[0].timezone.key}.get(name)


def zone_in_country(fests: Sequence[Fest], country: str) -> str | None:
    """Return the time zone of the first of some fests in a country; `None` if none is there."""
    zones = (each.timezone.key for each in fests if country and each.country == country)
    return next(zones, None)


def changes_of(last: Fest, answers: Mapping[str, str], days: Sequence[date]) -> Changes:
    """Return what the answers change in the last fest's file; an empty answer changes nothing."""
    event = _main(last)
    old = {"name": last.name, "city": last.city, "country": last.country}
    old["timezone"] = last.timezone.key
    changes: dict[Path, str | Sequence[str] | None] = {
        (key,): as_yaml(answers[key])
        for key in ("name", "city", "country", "timezone", "description")
        if answers[key] and answers[key] != old.get(key)
    }
    if last.edition:
        changes["edition",] = str(last.edition + 1)
    if days:
        changes["events", event.id, "days"] = _days(event, days)
    if answers["rsvp"].casefold() != "tba":
        url = as_yaml(answers["rsvp"])
        where: Path = ("rsvp", "url") if last.rsvp else ("rsvp",)
        changes[where] = url if last.rsvp else f"{{event: {event.id}, url: {url}}}"
    return {**_texts(last, answers), **changes, **_venues(last, answers), **_look(last, answers)}


def years_after(last: Fest, fest_id: str, days: Sequence[date]) -> int:
    """Return how many years later than the last fest one is, by their IDs, else by their days."""
    old, new = year_of(last.id), year_of(fest_id)
    if old and new:
        return int(new) - int(old)
    return days[0].year - last.dates[0].year if days and last.dates else 0


def _main(fest: Fest) -> Event:
    """Return the event that people sign up for, or the first."""
    return fest.events[fest.rsvp.event] if fest.rsvp else next(iter(fest.events.values()))


def _words(fest_id: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fest_id)


def _renamed(text: str, last: Fest, answers: Mapping[str, str]) -> str:
    """Return a text with the city and the year of the next fest in place of the last one's."""
    if last.city and answers.get("city"):
        text = re.sub(rf"\b{re.escape(last.city)}\b", lambda _: answers["city"], text)
    old, new = year_of(last.id), year_of(answers["id"])
    return re.sub(rf"\b{old}\b", new, text) if old and new else text


def _texts(last: Fest, answers: Mapping[str, str]) -> Changes:
    """Return the texts that name the last fest's city or year, as the next fest's."""
    texts: dict[Path, str | None] = {("description",): last.description}
    for key, call in last.every_call.items():
        texts[(key, "label") if key == "rsvp" else ("calls", key, "label")] = call.label
    changes: dict[Path, str | None] = {
        path: as_yaml(new)
        for path, text in texts.items()
        if isinstance(text, str) and (new := _renamed(text, last, answers)) != text
    }
    year = year_of(last.id)
    is_elsewhere = bool(answers["city"]) and answers["city"] != last.city
    if last.url and (is_elsewhere or (year and year in last.url)):
        changes["url",] = None
    return changes


def _venues(last: Fest, answers: Mapping[str, str]) -> Changes:
    old = taken_over(last, "venue", answers)
    if not last.venues or not answers["venue"] or answers["venue"] == (old or "tba"):
        is_elsewhere = bool(answers["city"]) and answers["city"] != last.city
        if not (last.venues and is_elsewhere):
            return {}
    key = key_of(answers["venue"])
    key = "main-venue" if key in {"", "tba"} else key
    lines = [f"{as_yaml(key)}:", f"  name: {as_yaml(answers['venue'])}", "  street: tba"]
    if answers["city"]:
        lines.append(f"  city: {as_yaml(answers['city'])}")
    changes: dict[Path, str | None] = {("venues",): "".join(f"\n  {line}" for line in lines)}
    for event in last.events:
        changes["events", event, "venue"] = as_yaml(key)
        changes["events", event, "overflow"] = None
    return changes


def _look(last: Fest, answers: Mapping[str, str]) -> Changes:
    if not answers["colours"] and not answers["motif"]:
        return {}
    colours = answers["colours"].split() or [last.look.primary, last.look.accent]
    motif = answers["motif"] or last.look.motif
    return {("look",): f'{{primary: "{colours[0]}", accent: "{colours[1]}", motif: {motif}}}'}


def _days(event: Event, days: Sequence[date]) -> list[str]:
    """Return days with the hours of their own that those of the last edition had, each in YAML.

    As many days as then have the same venues, too.
    """
    old = known(event.days) or ()
    return [
        _day(day, old[min(number, len(old) - 1)], has_venue=len(days) == len(old))
        if old
        else f"{{date: {day}}}"
        for number, day in enumerate(days)
    ]


def _day(day: date, old: Day, *, has_venue: bool) -> str:
    parts = [f"date: {day}"]
    if opens := known(old.opens):
        parts.append(f'opens: "{opens:%H:%M}"')
    closes = known(old.closes)
    if isinstance(closes, datetime):
        later = timedelta(days=(closes.date() - old.date).days)
        parts.append(f'closes: "{day + later} {closes:%H:%M}"')
    elif closes:
        parts.append(f'closes: "{closes:%H:%M}"')
    if old.venue and has_venue:
        parts.append(f"venue: [{', '.join(map(as_yaml, old.venue))}]")
    return f"{{{', '.join(parts)}}}"
