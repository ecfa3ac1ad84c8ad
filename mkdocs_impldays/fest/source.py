"""YAML text as plain data that remembers its lines.

Every scalar stays the text that was typed, since its meaning depends on the key it stands at: `NO`
is a country, `10:30` a time and `01067` a postcode, not the `false`, `630` and `567` of YAML 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from mkdocs_impldays.fest.syntax import LOADER, MAX_BYTES, MAX_DEPTH, TOO_DEEP, syntax_problem
from mkdocs_impldays.problems import Problem, quoted

Path = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the top of the file."""

MAX_ITEMS = 1_000
"""How many items a list may have, which keeps the telling of what is wrong with each in bounds."""

_CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})( |$)")
_UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Control characters, and the line ends that YAML counts and editors do not."""

_EMPTY = 'the file is empty. Write at least "name: …"; "impldays new" writes a whole one.'


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
    """Carries a message, in which `{line}` stands for the line as typed, to `read`."""

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
    walk = _Walk(path)
    try:
        _refuse_conflict(text)
        data = walk.document(yaml.parse(text, Loader=LOADER))
    except _Stop as stop:
        typed = quoted(text.split("\n")[stop.line - 1].strip())
        message = stop.message.replace("{line}", typed, 1)
        return None, [*walk.problems, Problem(path, stop.line, message)]
    except yaml.MarkedYAMLError as error:
        return None, [*walk.problems, syntax_problem(error, text=text, path=path)]
    return Source(data, walk.lines), walk.problems


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        size = f'the file has more than "{MAX_BYTES:,}" bytes, which no fest needs.'
        raise _Stop(1, f"{size} Take most of it away.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[:4].count(0) > 1:
        raise _Stop(1, 'the file is "UTF-16" text. Save it as UTF-8.')
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        wrong = raw[error.start : error.start + 1].hex()
        raise _Stop(line, f'the byte "{wrong}" is not UTF-8. Save the file as UTF-8.') from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := _UNPRINTABLE.search(text):
        raise _Stop(text.count("\n", 0, match.start()) + 1, _control(match[0]))
    if not text.strip():
        raise _Stop(1, _EMPTY)
    return text


def _control(character: str) -> str:
    return f'the character "U+{ord(character):04X}" cannot be seen or printed. Delete it.'


def _refuse_conflict(text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if _CONFLICT.match(line):
            message = "is a mark that git left at a conflict. Keep one version, delete all marks."
            raise _Stop(number, f"{{line}} {message}")


class _Walk:
    """Builds data from parser events; its depth is bounded and it never follows an alias."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []

    def document(self, events: Iterator[yaml.Event]) -> dict[str, object]:
        data: dict[str, object] | None = None
        for event in events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            if data is not None:
                raise _Stop(_line(event), '"---" begins a second document. Keep one in the file.')
            data = self._top(next(events), events)
        if data is None:
            raise _Stop(1, _EMPTY)
        return data

    def _top(self, event: yaml.Event, events: Iterator[yaml.Event]) -> dict[str, object]:
        value = self.value(event, events, ())
        if isinstance(value, dict):
            return value
        if value is None:
            raise _Stop(1, _EMPTY)
        message = "stands where the first key belongs. Write lines like “name: …”, with a space."
        raise _Stop(_line(event), f"{{line}} {message}")

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], where: Path) -> object:
        if len(where) > MAX_DEPTH:
            raise _Stop(_line(event), f"{{line}} {TOO_DEEP}")
        if isinstance(event, yaml.NodeEvent):
            _refuse_signs(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, where)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, where)
        assert isinstance(event, yaml.ScalarEvent)
        if event.style == '"' and (match := _UNPRINTABLE.search(event.value)):  # by escapes
            raise _Stop(_line(event), _control(match[0]))
        if event.style:  # libyaml says "" of a plain scalar, PyYAML's own parser None
            return event.value
        return Plain(event.value) if event.value not in {"", "~", "null"} else None

    def _mapping(self, events: Iterator[yaml.Event], where: Path) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.value(event, events, (*where, "?"))
            if not isinstance(key, str):
                message = "has a key that is no word. Write a word before the colon."
                raise _Stop(_line(event), f"{{line}} {message}")
            here = (*where, str(key))
            if key not in mapping:
                self.lines[here] = _line(event)
                mapping[str(key)] = self.value(next(events), events, here)
                continue
            _Walk(self.path).value(next(events), events, here)
            first = self.lines[here]
            message = f"{quoted(dotted(here))} is there twice, first in line {first}. Keep one."
            self.problems.append(Problem(self.path, _line(event), message))
        return mapping

    def _sequence(self, events: Iterator[yaml.Event], where: Path) -> list[object]:
        items: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            if len(items) == MAX_ITEMS:
                message = f"is in a list of more than {MAX_ITEMS:,} items. Take most of them away."
                raise _Stop(_line(event), f"{{line}} {message}")
            here = (*where, len(items))
            self.lines[here] = _line(event)
            items.append(self.value(event, events, here))
        return items


def _refuse_signs(event: yaml.NodeEvent) -> None:
    """Refuse aliases, anchors and tags: mostly they are text whose quotes were forgotten."""
    if isinstance(event, yaml.AliasEvent):
        sign, name = f"*{event.anchor}", "an alias"
    elif event.anchor:
        sign, name = f"&{event.anchor}", "an anchor"
    elif tag := getattr(event, "tag", None):
        sign, name = re.sub(r"^tag:yaml\.org,2002:", "!!", tag), "a tag"
    else:
        return
    message = f"{quoted(sign)} is {name} of YAML, which a fest file has no use for."
    raise _Stop(_line(event), f"{message} Write the value out; put text between double quotes.")


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None  # only events made by hand have none
    return event.start_mark.line + 1


def dotted(where: Path) -> str:
    """Write a place as `events.impl_days.days[0].date`."""
    out = ""
    for part in where:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def part_at(data: object, where: Path) -> object:
    """Give the part that stands at a place of data; `None` where there is none."""
    for part in where:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data
