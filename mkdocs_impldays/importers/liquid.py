"""A page's Liquid as the tags and variables that pages have here, or a report of what cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import dirname, join, normpath

from mkdocs_impldays.importers.expressions import Names, NoWayError, condition, expression
from mkdocs_impldays.pages.segments import Kind, Segment, segments_of
from mkdocs_impldays.problems import Problem, quoted

_COMMENT_TAGS = re.compile(r"\{%-?\s*(?:end)?comment\s*-?%\}")
_BRACES = re.compile(r"\{\{[^}\n]*\}\}|\{%[^%\n]*%\}")
_ARGUMENT = re.compile(r"""([\w-]+)\s*=\s*("[^"]*"|'[^']*'|\S+)""")
_DEEPEST = 10


@dataclass(frozen=True)
class Place:
    """Where a text stands, and what its tags may name."""

    path: str
    """The file, as it is named in reports."""
    files: Mapping[str, str]
    """All files with text, which includes are looked up in."""
    names: Names
    first_line: int = 1
    """The line of the file at which the text begins."""
    depth: int = 0
    included: set[str] = field(default_factory=set)
    """The files whose text went into others; grows as pages are read."""


@dataclass
class Converted:
    """A text that was converted, and what is to be said of it."""

    text: str = ""
    problems: list[Problem] = field(default_factory=list)


def convert(text: str, place: Place) -> Converted:
    """Turn Liquid into what pages know here; all else is kept in a comment, and reported."""
    segments, unclosed, _ = segments_of(text)
    writer = _Writer(text, place)
    writer.write(segments)
    if unclosed:
        writer.say(unclosed.start, "is not closed. Close it, or put it into `code`.")
        writer.out.append(text[unclosed.start :])
    return Converted("".join(writer.out), writer.problems)


class _Writer:
    def __init__(self, text: str, place: Place) -> None:
        self.text = text
        self.place = place
        self.out: list[str] = []
        self.problems: list[Problem] = []
        self.ends: list[str] = []
        """What each open block's end is written as, the innermost last."""

    def say(self, start: int, message: str, *, source: str | None = None) -> None:
        line = self.place.first_line + self.text.count("\n", 0, start)
        shown = source or self.text[start:].split("\n", 1)[0]
        self.problems.append(
            Problem(self.place.path, line, f"{quoted(shown)} {message}", "warning")
        )

    def write(self, segments: Sequence[Segment]) -> None:
        at = 0
        while at < len(segments):
            segment = segments[at]
            if segment.kind is Kind.LITERAL:
                self._literal(segment)
            elif segment.kind is Kind.EXPRESSION:
                self._expression(segment)
            else:
                at = self._tag(segments, at)
            at += 1

    def _literal(self, segment: Segment) -> None:
        self.out.append(segment.source)
        if segment.source != segment.text:
            return  # raw or a comment
        for braces in _BRACES.finditer(segment.source):
            message = "stands in code, where nothing is filled in. Write the value itself."
            self.say(segment.start + braces.start(), message, source=braces[0])

    def _expression(self, segment: Segment) -> None:
        try:
            self.out.append(expression(segment.text, self.place.names, source=segment.source))
        except NoWayError as reason:
            self._lose([segment], str(reason))

    def _tag(self, segments: Sequence[Segment], at: int) -> int:
        """Write a tag, or the whole block that it opens; give the place of its last segment."""
        segment = segments[at]
        name, rest = _words(segment)
        end = _end_of(segments, at, name)
        try:
            self._known_tag(name, rest, segments[at : end + 1])
        except NoWayError as reason:
            self._lose(segments[at : end + 1], str(reason))
            return end
        return at

    def _known_tag(self, name: str, rest: str, block: Sequence[Segment]) -> None:
        names, segment = self.place.names, block[0]
        if name in {"if", "unless"}:
            self._branches(name, rest, block)
        elif name == "elsif":
            self.out.append(f"{{% elif {condition(rest, names)} %}}")
        elif name == "else" and self.ends:
            self.out.append(segment.source)
        elif name in {"endif", "endunless", "endcapture"} and self.ends:
            self.out.append(f"{{% {self.ends.pop()} %}}")
        elif name == "capture":
            names.local.add(rest)
            self._open(f"{{% set {rest} %}}", "endset")
        elif name == "assign":
            self._assign(rest)
        elif name in {"include", "include_relative"}:
            self._include(name, rest, segment)
        else:
            what = "a loop" if name in {"for", "tablerow"} else f"a tag “{name}”"
            raise NoWayError(f"is {what}, which is not carried over.")

    def _open(self, tag: str, end: str) -> None:
        self.out.append(tag)
        self.ends.append(end)

    def _branches(self, name: str, rest: str, block: Sequence[Segment]) -> None:
        """Open a block whose conditions, all of them, can be asked here."""
        asked = condition(rest, self.place.names)
        for source in _own_conditions(block):
            condition(source, self.place.names)
        negated = f"{{% if not ({asked}) %}}"
        same = asked == rest and name == "if"
        self._open(block[0].source if same else negated if name == "unless" else
                   f"{{% if {asked} %}}", "endif")  # fmt: skip

    def _assign(self, rest: str) -> None:
        match = re.fullmatch(r"(\w+)\s*=\s*(.+)", rest, re.DOTALL)
        if match is None:
            raise NoWayError(f"assigns nothing that can be read in {quoted(rest)}.")
        value = expression(match[2], self.place.names, source="")
        self.place.names.local.add(match[1])
        self.out.append(f"{{% set {match[1]} = {value} %}}")

    def _include(self, tag: str, rest: str, segment: Segment) -> None:
        name, _, arguments = rest.partition(" ")
        folder = dirname(self.place.path) if tag == "include_relative" else "_includes"
        path = normpath(join(folder, name.strip("\"'")))
        text = self.place.files.get(path)
        if text is None:
            raise NoWayError(f"includes {quoted(path)}, which is not there.")
        if self.place.depth >= _DEEPEST:
            endless = "includes itself again and again."
            raise NoWayError(endless)
        inner = replace(
            self.place,
            path=path,
            first_line=1,
            depth=self.place.depth + 1,
            names=self.place.names.within(_arguments(arguments, self.place.names)),
        )
        self.place.included.add(path)
        converted = convert(text, inner)
        self.out.append(converted.text.rstrip("\n"))
        self.problems += converted.problems
        line = self.place.first_line + self.text.count("\n", 0, segment.start)
        message = f"{quoted(segment.source)} is replaced by the text of {path}."
        self.problems.append(Problem(self.place.path, line, message, "hint"))

    def _lose(self, block: Sequence[Segment], reason: str) -> None:
        first = block[0]
        kept = _COMMENT_TAGS.sub("", "".join(each.source for each in block))
        self.out.append(f"{{% comment %}}{kept}{{% endcomment %}}")
        lines = kept.count("\n") + 1
        how_much = f" Its {lines} lines are" if lines > 1 else " It is"
        self.say(first.start, f"{reason}{how_much} in a comment now.", source=first.source)


def _arguments(text: str, names: Names) -> dict[str, str]:
    found = {key: names.given(value) for key, value in _ARGUMENT.findall(text)}
    for value in found.values():
        condition(value, names)
    return found


def _own_conditions(block: Sequence[Segment]) -> Iterable[str]:
    """Give the conditions of a block's `elsif` tags, not those of blocks inside of it."""
    depth = 0
    for segment in block:
        if segment.kind is not Kind.TAG:
            continue
        name, rest = _words(segment)
        depth += (name in {"if", "unless"}) - (name in {"endif", "endunless"})
        if name == "elsif" and depth == 1:
            yield rest


def _end_of(segments: Sequence[Segment], at: int, name: str) -> int:
    """Give the place of a block's last tag, or of the tag itself where it is no block."""
    depth = 0
    for number in range(at, len(segments)):
        segment = segments[number]
        if segment.kind is not Kind.TAG:
            continue
        word, _ = _words(segment)
        depth += (word == name) - (word == f"end{name}")
        if depth == 0 and word == f"end{name}":
            return number
    return at


def _words(segment: Segment) -> tuple[str, str]:
    """Give a tag's name, and what stands behind it."""
    name, *rest = re.split(r"\s+", segment.text.strip("-+ \n\t\r"), maxsplit=1)
    return name, "".join(rest)
