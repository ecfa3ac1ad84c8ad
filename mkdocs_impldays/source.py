"""YAML text as plain data that remembers its lines.

Every scalar stays the text that was typed, since its meaning depends on the key it stands at: `NO`
is a country, `10:30` a time and `01067` a postcode, not the `false`, `630` and `567` of YAML 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from mkdocs_impldays.problems import Problem, quoted

Path = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the top of the file."""

MAX_BYTES = 1_000_000
"""A fest file holds some hundred lines; anything of this size is not one, and is not read."""

MAX_DEPTH = 20
"""How deep values may nest; deeper input is a mistake or an attack on the parser's stack."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})(?= |$)", re.MULTILINE)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Plain(str):
    """A scalar typed without quotes, which free data may read as a number or a truth value."""

    __slots__ = ()


@dataclass
class Source:
    """A YAML file's data, and the line of each of its parts."""

    data: dict[str, object] = field(default_factory=dict)
    """Mappings, lists and text; `None` for a key with nothing behind it."""
    lines: dict[Path, int] = field(default_factory=dict)
    """The line of each key or list item, counted from 1."""

    def line(self, where: Path) -> int:
        """Give the line of a part, or that of the nearest part around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


class _Stop(Exception):  # noqa: N818 - no error of the program, only the way out of the walk
    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message


def read(raw: bytes, *, path: str) -> tuple[Source | None, list[Problem]]:
    """Read YAML into data with lines.

    Returns no source where the text cannot be read at all. Duplicate keys leave a source: the first
    of the two is kept, and both lines are named.
    """
    try:
        text = _decode(raw)
    except _Stop as stop:
        return None, [Problem(path, stop.line, stop.message)]
    if marks := [_line_at(text, match.start()) for match in _CONFLICT.finditer(text)]:
        message = "is a mark that git left at a conflict. Keep one of the two versions."
        lines = text.splitlines()
        return None, [Problem(path, n, f"{quoted(lines[n - 1])} {message}") for n in marks]
    walk = _Walk(path)
    try:
        data = walk.document(yaml.parse(text, Loader=_LOADER))
    except _Stop as stop:
        return None, [*walk.problems, Problem(path, stop.line, stop.message)]
    except yaml.MarkedYAMLError as error:
        return None, [*walk.problems, _syntax_problem(error, text=text, path=path)]
    return Source(data, walk.lines), walk.problems


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _Stop(1, f"has {len(raw):,} bytes. A fest file has less than {MAX_BYTES:,}.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Stop(1, "is UTF-16 text. Save it as UTF-8.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        wrong = raw[error.start : error.start + 1].hex()
        raise _Stop(
            line, f'has the byte "{wrong}", which is not UTF-8. Save it as UTF-8.'
        ) from None
    if match := _UNPRINTABLE.search(text):
        line = _line_at(text, match.start())
        raise _Stop(line, f'has the control character "U+{ord(match[0]):04X}". Delete it.')
    if not text.strip():
        raise _Stop(
            1, 'is empty. Write at least "name: …"; "impldays new" writes a whole fest file.'
        )
    return text


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


class _Entry(NamedTuple):
    """A key and its value's first event, on the way into a mapping."""

    key: str
    line: int


class _Walk:
    """Builds data from parser events; its depth is bounded and it never follows an alias."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []

    def document(self, events: Iterator[yaml.Event]) -> dict[str, object]:
        data: object = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Stop(_line(event), 'begins a second document ("---"). Keep one a file.')
                first = next(events)
                data = self.value(first, events, ())
                if not isinstance(data, dict):
                    raise _Stop(
                        _line(first), "does not begin with a key. Write lines like “name: …”."
                    )
        if not isinstance(data, dict):
            raise _Stop(1, 'is empty. Write at least "name: …"; "impldays new" writes a fest file.')
        return data

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], where: Path) -> object:
        if len(where) > MAX_DEPTH:
            raise _Stop(_line(event), f"nests deeper than {MAX_DEPTH} levels. Take brackets away.")
        if isinstance(event, yaml.AliasEvent):
            message = f"{quoted(f'*{event.anchor}')} is an alias. Write the value out."
            raise _Stop(_line(event), message)
        if isinstance(event, yaml.NodeEvent):
            self._refuse_tags(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, where)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, where)
        assert isinstance(event, yaml.ScalarEvent)
        if event.style is not None:
            return event.value
        return Plain(event.value) if event.value not in {"", "~", "null"} else None

    def _refuse_tags(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise _Stop(_line(event), f"{quoted(tag)} is a YAML tag. Write the value without it.")

    def _mapping(self, events: Iterator[yaml.Event], where: Path) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.value(event, events, (*where, "?"))
            if not isinstance(key, str):
                raise _Stop(
                    _line(event), "has a list, a mapping or nothing as a key. Write a word."
                )
            self._enter(_Entry(str(key), _line(event)), events, mapping, where)
        return mapping

    def _enter(
        self, entry: _Entry, events: Iterator[yaml.Event], mapping: dict[str, object], where: Path
    ) -> None:
        here = (*where, entry.key)
        if entry.key not in mapping:
            self.lines[here] = entry.line
            mapping[entry.key] = self.value(next(events), events, here)
            return
        spare = _Walk(self.path)
        spare.value(next(events), events, here)
        message = (
            f"{quoted(dotted(here))} is there twice, first in line {self.lines[here]}. Keep one."
        )
        self.problems.append(Problem(self.path, entry.line, message))

    def _sequence(self, events: Iterator[yaml.Event], where: Path) -> list[object]:
        items: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            here = (*where, len(items))
            self.lines[here] = _line(event)
            items.append(self.value(event, events, here))
        return items


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None  # only events made by hand have none
    return event.start_mark.line + 1


def dotted(where: Path) -> str:
    """Write a place as `events.impl_days.days[0].date`."""
    out = ""
    for part in where:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


_WHAT_TO_DO = (
    ("mapping values are not allowed", 'has a second ":". Put the value between double quotes.'),
    ("found character '\\t'", "begins with a tab. Use spaces."),
    ("found a tab character", "has a tab where YAML wants spaces. Use spaces."),
    ("while scanning a quoted scalar", "opens a quote that is never closed. Close it."),
    ("unexpected end of stream", "opens a quote that is never closed. Close it."),
    ("could not find expected ':'", 'has no ":" behind its key. Write “key: value”.'),
    ("did not find expected key", "does not stand below the keys around it. Check its spaces."),
    ("did not find expected '-'", 'should begin with "-" like the items around it.'),
    ("did not find expected ',' or", "leaves a bracket open. Close it, or put the text in quotes."),
    ("cannot start any token", "begins with a character YAML keeps for itself. Use quotes."),
)


def _syntax_problem(error: yaml.MarkedYAMLError, *, text: str, path: str) -> Problem:
    """Say in plain words what libyaml found, at the line where the mistake began."""
    said = f"{error.context or ''} {error.problem or ''}"
    quote_open = "quoted scalar" in said
    mark = (error.context_mark if quote_open else error.problem_mark) or error.problem_mark
    line = (mark.line if mark else 0) + 1
    typed = (text.splitlines() or [""])[min(line, len(text.splitlines())) - 1].strip()
    advice = next((advice for sign, advice in _WHAT_TO_DO if sign in said), None)
    return Problem(path, line, f"{quoted(typed)} {advice or f'is not YAML: {error.problem}.'}")
