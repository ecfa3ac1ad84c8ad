"""YAML that cannot be read, or is too large, deep or repetitive to read, as problems."""

from __future__ import annotations

import re

import yaml

from mkdocs_impldays.problems import Problem, quoted

MAX_DEPTH = 20
"""How deep values may nest; deeper input is a mistake or an attack on the parser's stack."""

TOO_DEEP = f"nests deeper than {MAX_DEPTH} levels. Remove brackets or spaces."

MAX_BYTES = 250_000
"""A file of facts holds some hundred lines; anything larger is not one, and is not read."""

MAX_NODES = 20_000
"""How many values YAML may hold, those that aliases repeat counted each time."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's parser in C, where it was built."""

_BEGAN: tuple[tuple[str, str], ...] = (
    ("escape", "has a “\\” that YAML takes for a sign. Put the text between single quotes."),
    ("hexadecimal", "has a “\\” that YAML takes for a sign. Put the text between single quotes."),
    ("hexdecimal", "has a “\\” that YAML takes for a sign. Put the text between single quotes."),
    ("quoted scalar", "opens a quote that is never closed. Close it."),
    ("simple key", 'has no ":" and space behind its key. Write “key: value”.'),
    ("block scalar", "has text behind “|” or “>”. Begin the text in the next line."),
    ("an alias", "begins with “*”, which YAML keeps for itself. Use double quotes."),
    ("an anchor", "begins with “&”, which YAML keeps for itself. Use double quotes."),
    ("directive", "begins with “%”, which YAML keeps for itself. Use double quotes."),
    ("flow sequence", "opens a bracket and does not close it. Write [one, two]; quote texts."),
    ("flow mapping", "opens a brace and does not close it. Write {key: value}; quote texts."),
)
"""What the parser was reading, and what to do at the line where it began to."""

_GAVE_UP: tuple[tuple[str, str], ...] = (
    ("nesting depth", TOO_DEEP),  # the libyaml of PyYAML 6.0.4 counts by itself
    ("cannot start", "has a character that YAML keeps for itself. Put text between double quotes."),
    ("node content", "has a comma or bracket too many. Put text between double quotes."),
    ("block collection", "is neither an item like those above nor a key. Check its spaces."),
    ("document start", "does not stand below the keys above. Check its spaces."),
)
"""What the parser stumbled over, and what to do at that line."""


def excess(text: str) -> tuple[int, str] | None:
    """Return the line, counted from 0, and a message where YAML is too much to be loaded.

    That is by its size, its depth, or what its aliases repeat. It takes time in proportion to the
    text. What is not YAML is passed over: loading it fails as well.
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


def invalid_value(text: str) -> int | None:
    """Return the line, counted from 0, of the first date or number that cannot be one.

    YAML makes a date of `2027-02-30` and fails without a line. Raises `yaml.YAMLError` where the
    text is not YAML at all; it must not be in excess.
    """
    top = yaml.compose(text, Loader=LOADER)
    nodes: list[yaml.Node] = [top] if top else []
    lines = []
    for node in nodes:  # which grows
        if isinstance(node, yaml.MappingNode):
            nodes.extend(part for pair in node.value for part in pair)
        elif isinstance(node, yaml.SequenceNode):
            nodes.extend(node.value)
        else:
            try:
                yaml.SafeLoader("").construct_object(node)
            except ValueError:
                lines.append(node.start_mark.line)
            except yaml.YAMLError:  # a tag that belongs to someone else
                continue
    return min(lines, default=None)


class _Nodes:
    """Counts the values of YAML while it is parsed; what an alias repeats counts each time."""

    def __init__(self) -> None:
        self.total = 0
        self.open: list[tuple[str | None, int]] = []
        """The anchors of the lists and mappings around, each with the total at its start."""
        self._sizes: dict[str | None, int] = {}

    def add(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, began = self.open.pop()
            self._sizes[anchor] = self.total - began
        elif isinstance(event, yaml.AliasEvent):
            self.total += 1 + self._sizes.get(event.anchor, 0)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.total += 1
            self.open.append((event.anchor, self.total))
        elif isinstance(event, yaml.ScalarEvent):
            self.total += 1
            self._sizes[event.anchor] = len(event.value) // 50  # as long as some short ones


def syntax_problem(error: yaml.MarkedYAMLError, *, text: str, path: str) -> Problem:
    """Say what is wrong with a text that is no YAML, at the line where the mistake began."""
    lines = text.rstrip().split("\n")
    last = len(lines) - 1
    gave_up = min(error.problem_mark.line, last) if error.problem_mark else last
    began = min(error.context_mark.line, gave_up) if error.context_mark else gave_up
    number, advice = _advice(error, lines=lines, began=began, gave_up=gave_up)
    return Problem(path, number + 1, f"{quoted(lines[number].strip())} {advice}")


def _advice(
    error: yaml.MarkedYAMLError, *, lines: list[str], began: int, gave_up: int
) -> tuple[int, str]:
    said = f"{error.context}; {error.problem}"
    if re.match(r" *\t", lines[gave_up]):
        return gave_up, "begins with a tab. Use spaces."
    if "mapping values" in said:
        return _colon(lines, gave_up)
    if "block mapping" in said:
        return gave_up, _out_of_place(lines[gave_up])
    for sign, advice in _BEGAN:
        if sign in said:
            return began, advice
    for sign, advice in _GAVE_UP:
        if sign in said:
            return gave_up, advice
    return gave_up, f"is not YAML: {error.problem}. Put text between double quotes."


def _colon(lines: list[str], number: int) -> tuple[int, str]:
    """Explain a colon that YAML did not expect: the second of a line, or one line too late."""
    if len(re.findall(r":(?= |$)", lines[number])) > 1:
        return number, 'has a second ":". Put the value between double quotes.'
    before = max((n for n in range(number) if lines[n].strip()), default=number)
    if ": " not in lines[before] and not lines[before].lstrip().startswith("-"):
        return before, 'has no ":" and space behind its key. Write “key: value”.'
    return number, "stands further in than the line above it. Check its spaces."


def _out_of_place(line: str) -> str:
    if re.match(r"""[^:]*:\s+["']""", line):
        return "has text behind its closing quote. Put other quotes around the whole value."
    if re.match(r"""[^:]*:\s+[\[{]""", line):
        return "has text behind its closing bracket. Delete it, or quote the whole value."
    return "does not stand below the keys around it. Check its spaces."
