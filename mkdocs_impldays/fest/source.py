"""Read YAML as plain data with the line of each part, and report why it cannot be read.

Every scalar stays the text that was typed, since its meaning depends on its key: `NO` is a country,
`10:30` a time and `01067` a postcode, not the `false`, `630` and `567` of YAML 1.1. Files are
limited in size, depth and repetition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from mkdocs_impldays.problems import Problem, Severity, quoted

MAX_DEPTH = 20
"""How deep values may nest; deeper input is a mistake or an attack on the parser's stack."""

TOO_DEEP = f"nests deeper than {MAX_DEPTH} levels. Remove brackets or spaces."

MAX_BYTES = 250_000
"""The largest fest file that is read; usual ones have a few hundred lines."""

MAX_NODES = 20_000
"""The most values that YAML may have, with those of aliases counted each time."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's parser in C if available, like MkDocs; the one in Python accepts `{a:[c]}`."""

_BEGAN: tuple[tuple[str, str], ...] = (
    ("escape", "has a “\\” that YAML reads as an escape. Put the text between single quotes."),
    ("hexadecimal", "has a “\\” that YAML reads as an escape. Put the text between single quotes."),
    ("hexdecimal", "has a “\\” that YAML reads as an escape. Put the text between single quotes."),
    ("quoted scalar", "opens a quote that is never closed. Close it."),
    ("simple key", 'has no ":" and space after its key. Write “key: value”.'),
    ("block scalar", "has text after “|” or “>”. Begin the text in the next line."),
    ("an alias", "begins with “*”, which YAML reserves. Use double quotes."),
    ("an anchor", "begins with “&”, which YAML reserves. Use double quotes."),
    ("directive", "begins with “%”, which YAML reserves. Use double quotes."),
    ("flow sequence", "opens a bracket and does not close it. Write [one, two]; quote texts."),
    ("flow mapping", "opens a brace and does not close it. Write {key: value}; quote texts."),
)
"""What the parser was reading, and what to do at the line where that begins."""

_GAVE_UP: tuple[tuple[str, str], ...] = (
    ("nesting depth", TOO_DEEP),  # the libyaml of PyYAML 6.0.4 counts by itself
    ("cannot start", "has a character that YAML reserves. Put text between double quotes."),
    ("node content", "has a comma or bracket too many. Put text between double quotes."),
    ("block collection", "is neither an item like those above nor a key. Check its spaces."),
    ("document start", "is not aligned with the keys above. Check its spaces."),
)
"""What the parser did not expect, and what to do at that line."""


LOAD_ERRORS = (yaml.YAMLError, ValueError, LookupError, AttributeError)
"""What `load_yaml` raises; the last three for invalid values like `2027-02-30`, `!!bool perhaps`
and `!!timestamp soon`."""


def excess(text: str) -> tuple[int, str] | None:
    """Return the line, counted from 0, and a message if YAML is too large to be loaded.

    It may be too long, too deep, or repeat too much by aliases. Takes time in proportion to the
    text. `None` if it can be loaded, or is not YAML at all.
    """
    if len(text) > MAX_BYTES:
        return 0, f'has more than "{MAX_BYTES:,}" characters. Remove most of it.'
    nodes = _Nodes()
    try:
        for event in yaml.parse(text, Loader=LOADER):
            nodes.add(event)
            line = event.start_mark.line if event.start_mark else 0
            if len(nodes.open) > MAX_DEPTH:
                return line, TOO_DEEP
            if nodes.total > MAX_NODES:
                return line, "repeats too much with “*”. Write each value out."
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in str(error.problem):  # libyaml counts while it looks ahead
            return error.problem_mark.line if error.problem_mark else 0, TOO_DEEP
    except (yaml.YAMLError, ValueError):
        return None
    return None


def load_yaml(text: str) -> Any:
    """Return the value of a YAML text as MkDocs reads it. `excess` must have accepted the text."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - both loaders are safe ones


def invalid_value(text: str) -> int | None:
    """Return the line, counted from 0, of the first invalid date or number; `None` without one.

    PyYAML fails at `2027-02-30` without a line. Raises `yaml.YAMLError` if the text is not YAML at
    all. `excess` must have accepted it.
    """
    top = yaml.compose(text, Loader=LOADER)
    nodes: list[yaml.Node] = [top] if top else []
    lines = []
    for node in nodes:  # the list grows
        if isinstance(node, yaml.MappingNode):
            nodes.extend(part for pair in node.value for part in pair)
        elif isinstance(node, yaml.SequenceNode):
            nodes.extend(node.value)
        else:
            try:
                yaml.SafeLoader("").construct_object(node)
            except yaml.YAMLError:  # a tag of another loader
                continue
            except LOAD_ERRORS:
                lines.append(node.start_mark.line)
    return min(lines, default=None)


class _Nodes:
    """Counts the values of YAML while it is parsed, with those of aliases each time."""

    def __init__(self) -> None:
        self.total = 0
        self.open: list[tuple[str | None, int]] = []
        """The anchors of the open lists and mappings, each with the total at its start."""
        self._sizes: dict[str | None, int] = {}

    def add(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, began = self.open.pop()
            self._sizes[anchor] = self.total - began
        elif isinstance(event, yaml.AliasEvent):
            is_inside_itself = any(anchor == event.anchor for anchor, _ in self.open)
            self.total += 1 + (MAX_NODES if is_inside_itself else self._sizes.get(event.anchor, 0))
        elif isinstance(event, yaml.CollectionStartEvent):
            self.total += 1
            self.open.append((event.anchor, self.total))
        elif isinstance(event, yaml.ScalarEvent):
            self.total += 1
            self._sizes[event.anchor] = len(event.value) // 50  # as long as some short ones


def syntax_problem(error: yaml.MarkedYAMLError, *, text: str, path: str) -> Problem:
    """Return the problem of a text that is not YAML, at the line where the mistake begins."""
    lines = text.rstrip().split("\n")
    last = len(lines) - 1
    gave_up = min(error.problem_mark.line, last) if error.problem_mark else last
    began = min(error.context_mark.line, gave_up) if error.context_mark else gave_up
    number, advice = _advice(error, lines=lines, began=began, gave_up=gave_up)
    return Problem(path, number + 1, f"{quoted(lines[number].strip())} {advice}")


def _advice(
    error: yaml.MarkedYAMLError, *, lines: list[str], began: int, gave_up: int
) -> tuple[int, str]:
    reason = f"{error.context}; {error.problem}"
    if re.match(r" *\t", lines[gave_up]):
        return gave_up, "begins with a tab. Use spaces."
    if "mapping values" in reason:
        return _colon(lines, gave_up)
    if "block mapping" in reason:
        return gave_up, _out_of_place(lines[gave_up])
    for part, advice in _BEGAN:
        if part in reason:
            return began, advice
    for part, advice in _GAVE_UP:
        if part in reason:
            return gave_up, advice
    return gave_up, f"is not YAML: {error.problem}. Put text between double quotes."


def _colon(lines: list[str], number: int) -> tuple[int, str]:
    """Return the line and the advice for a colon that is a second one, or missing above."""
    if len(re.findall(r":(?= |$)", lines[number])) > 1:
        return number, 'has a second ":". Put the value between double quotes.'
    before = max((n for n in range(number) if lines[n].strip()), default=number)
    if ": " not in lines[before] and not lines[before].lstrip().startswith("-"):
        return before, 'has no ":" and space after its key. Write “key: value”.'
    return number, "is indented more than the line above it. Check its spaces."


def _out_of_place(line: str) -> str:
    if re.match(r"""[^:]*:\s+["']""", line):
        return "has text after its closing quote. Put other quotes around the whole value."
    if re.match(r"""[^:]*:\s+[\[{]""", line):
        return "has text after its closing bracket. Delete it, or quote the whole value."
    return "is not aligned with the keys around it. Check its spaces."


Path = tuple[str | int, ...]
"""The location of a value: keys and list positions from the top of the file."""

MAX_ITEMS = 1_000
"""The most items of a list, which also limits the number of problems."""

_CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})( |$)")
_UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Control characters, and line breaks of YAML that editors do not count."""

_EMPTY = 'the file is empty. Write at least "name: …"; "impldays new" writes a whole one.'


class Plain(str):
    """A scalar typed without quotes, which free data may read as a number or a truth value."""

    __slots__ = ()


@dataclass
class Source:
    """A YAML file's data, and the line of each of its parts."""

    data: dict[str, object] = field(default_factory=dict)
    """Mappings, lists and text; `None` for a key without a value."""
    lines: dict[Path, int] = field(default_factory=dict)
    """The line of each key or list item, counted from 1."""
    path: str = ""
    """The file, as problems name it."""

    def line(self, where: Path) -> int:
        """Return the line of a part, or that of the nearest part around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def problem(self, where: Path, message: str, severity: Severity = "error") -> Problem:
        """Return a problem at the line of a part."""
        return Problem(self.path, self.line(where), message, severity)


class _Stop(Exception):  # noqa: N818 - control flow, not an error of the program
    """Ends `read` with a message, in which `{line}` is replaced by the line as typed."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message


def read(raw: bytes, *, path: str) -> tuple[Source | None, list[Problem]]:
    """Read YAML into data with lines.

    The source is `None` if the text cannot be read at all. Of duplicate keys the first is kept, and
    both lines are reported.
    """
    try:
        text = _decode(raw)
    except _Stop as stop:
        return None, [Problem(path, stop.line, stop.message)]
    builder = _Builder(path)
    try:
        _refuse_conflict(text)
        data = builder.document(yaml.parse(text, Loader=LOADER))
    except _Stop as stop:
        typed = quoted(text.split("\n")[stop.line - 1].strip())
        message = stop.message.replace("{line}", typed, 1)
        return None, [*builder.problems, Problem(path, stop.line, message)]
    except yaml.MarkedYAMLError as error:
        return None, [*builder.problems, syntax_problem(error, text=text, path=path)]
    return Source(data, builder.lines, path), builder.problems


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        size = f'the file has more than "{MAX_BYTES:,}" bytes, more than any fest needs.'
        raise _Stop(1, f"{size} Remove most of it.")
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


class _Builder:
    """Builds data from parser events, of limited depth and without following aliases."""

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
        message = "is where the first key must be. Write lines like “name: …”, with a space."
        raise _Stop(_line(event), f"{{line}} {message}")

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], where: Path) -> object:
        if len(where) > MAX_DEPTH:
            raise _Stop(_line(event), f"{{line}} {TOO_DEEP}")
        if isinstance(event, yaml.NodeEvent):
            _refuse_references(event)
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
                message = "has a key that is not a word. Write a word before the colon."
                raise _Stop(_line(event), f"{{line}} {message}")
            here = (*where, str(key))
            if key not in mapping:
                self.lines[here] = _line(event)
                mapping[str(key)] = self.value(next(events), events, here)
                continue
            _Builder(self.path).value(next(events), events, here)
            first = self.lines[here]
            message = f"{quoted(dotted(here))} occurs twice, first in line {first}. Keep one."
            self.problems.append(Problem(self.path, _line(event), message))
        return mapping

    def _sequence(self, events: Iterator[yaml.Event], where: Path) -> list[object]:
        items: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            if len(items) == MAX_ITEMS:
                message = f"is in a list of more than {MAX_ITEMS:,} items. Remove most of them."
                raise _Stop(_line(event), f"{{line}} {message}")
            here = (*where, len(items))
            self.lines[here] = _line(event)
            items.append(self.value(event, events, here))
        return items


def _refuse_references(event: yaml.NodeEvent) -> None:
    """Raise `_Stop` at aliases, anchors and tags: mostly they are text without its quotes."""
    if isinstance(event, yaml.AliasEvent):
        token, name = f"*{event.anchor}", "an alias"
    elif event.anchor:
        token, name = f"&{event.anchor}", "an anchor"
    elif tag := getattr(event, "tag", None):
        token, name = re.sub(r"^tag:yaml\.org,2002:", "!!", tag), "a tag"
    else:
        return
    message = f"{quoted(token)} is {name} of YAML, which a fest file has no use for."
    raise _Stop(_line(event), f"{message} Write the value out; put text between double quotes.")


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None  # only events made by hand have none
    return event.start_mark.line + 1


def dotted(where: Path) -> str:
    """Return a location as `events.impl_days.days[0].date`."""
    out = ""
    for part in where:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def part_at(data: object, where: Path) -> object:
    """Return the value at a location of data; `None` if there is none."""
    for part in where:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def walk(data: object, where: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield each value of data with its location, in the order of the file, groups first."""
    parts: Iterable[tuple[str | int, object]] = ()
    if isinstance(data, dict | list):
        parts = data.items() if isinstance(data, dict) else enumerate(data)
    for key, part in parts:
        yield (*where, key), part
        yield from walk(part, (*where, key))
