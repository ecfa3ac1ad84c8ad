"""Convert the Liquid of pages to our tags and variables, and report what cannot be."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import dirname, join, normpath

from mkdocs_impldays.pages.scanner import Kind, Segment, segments_of
from mkdocs_impldays.problems import Problem, quoted

_FILTERS = {
    "upcase": "upper",
    "downcase": "lower",
    "capitalize": "capitalize",
    "strip": "trim",
    "size": "length",
    "default": "default",
    "replace": "replace",
    "first": "first",
    "last": "last",
}
_PATH = re.compile(r"[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*")
_COMPARISON = re.compile(r"(.+?)(==|!=|<=|>=|<|>)(.+)", re.DOTALL)


class NoWayError(ValueError):
    """A piece of Liquid cannot be converted; the message is a sentence without its subject."""


@dataclass(frozen=True)
class Names:
    """The names that the Liquid of a page may use."""

    site: Mapping[str, str]
    """The values of `site.…` by their paths, like `site.dates.year`."""
    page: frozenset[str]
    """The keys of its front matter that hold one value."""
    arguments: Mapping[str, str] = field(default_factory=dict)
    """The arguments of an include: texts with their quotes, or names."""
    local: set[str] = field(default_factory=set)
    """The variables that the page has assigned."""
    used: set[str] = field(default_factory=set)
    """The paths of `site` that pages use; grows as pages are read."""

    def within(self, arguments: Mapping[str, str]) -> Names:
        """Return the names in an include."""
        return replace(self, arguments=arguments)

    def given(self, text: str) -> str:
        """Return the argument for `include.…`, and any other text as it is."""
        if text.startswith("include."):
            return self.arguments.get(text.removeprefix("include."), '""')
        return text


def expression(text: str, names: Names, *, source: str) -> str:
    """Return a Liquid expression, like `… | filter: …`, converted, or its text if known.

    `source` is the expression with its braces, which is returned if nothing changes; if it is
    empty, the result has no braces. Raises `NoWayError`.
    """
    typed, *filters = [part.strip() for part in _split(text, "|")]
    head = names.given(typed)
    if _is_address(filters):
        head, filters = _address(head), []
    if not filters and source and _is_text(head):
        return head[1:-1]
    value = _operand(head, names)
    written = "".join(f" | {_filter(each, names)}" for each in filters if each != "escape")
    if not source:
        return value + written
    same = value == typed and written == "".join(f" | {each}" for each in filters)
    return source if same else f"{{{{ {value}{written} }}}}"


def condition(text: str, names: Names) -> str:
    """Return the condition of an `if`, converted; raises `NoWayError`."""
    words = re.split(r"\s+(and|or)\s+", text)
    if len(set(words[1::2])) > 1:
        raise NoWayError("combines “and” and “or”, which Liquid evaluates from right to left.")
    for number in range(0, len(words), 2):
        words[number] = _comparison(words[number].strip(), names)
    return " ".join(words)


def _comparison(text: str, names: Names) -> str:
    if match := _COMPARISON.fullmatch(text):
        left, operator, right = map(str.strip, match.groups())
        if derived := re.search(r"\bsite\.(dates|location)\.\w+", text):
            raise NoWayError(
                f"compares {quoted(derived[0])}, whose text is now derived from the fest file."
            )
        return f"{_operand(left, names)} {operator} {_operand(right, names)}"
    return _operand(text, names)


def _operand(text: str, names: Names) -> str:
    text = names.given(text)
    if _is_text(text) or re.fullmatch(r"-?\d+|true|false", text):
        return text
    if not _PATH.fullmatch(text):
        raise NoWayError("is Liquid that has no counterpart here.")
    if text in names.site:
        names.used.add(text)
        return text
    if text in names.local or text in {f"page.{key}" for key in names.page}:
        return text
    group = text.partition(".")[0]
    where = {"site": " in _config.yml", "page": " in the front matter"}.get(group, "")
    raise NoWayError(f"uses {quoted(text)}, which has no value{where}.")


def _filter(text: str, names: Names) -> str:
    name, colon, arguments = text.partition(":")
    known = _FILTERS.get(name.strip())
    if known is None:
        raise NoWayError(f"uses the filter {quoted(name.strip())}, which pages do not have.")
    if not colon:
        return known
    values = [_operand(each.strip(), names) for each in _split(arguments, ",")]
    if known == "default":
        values.append("true")  # Liquid's replaces an empty text as well
    return f"{known}({', '.join(values)})"


def _is_address(filters: list[str]) -> bool:
    known = {"relative_url", "absolute_url"}
    return len(filters) == 1 and (
        filters[0] in known
        or re.fullmatch(r"prepend:\s*site\.(baseurl|url)", filters[0]) is not None
    )


def _address(head: str) -> str:
    """Return an address from the site's root, which the build resolves."""
    if not _is_text(head):
        raise NoWayError(f"makes an address from {quoted(head)}, whose value only Jekyll knows.")
    return f'"/{head[1:-1].lstrip("/")}"'


def _is_text(text: str) -> bool:
    return re.fullmatch(r"\"[^\"]*\"|'[^']*'", text) is not None


def _split(text: str, separator: str) -> list[str]:
    """Return a text split at a character that is not in quotes."""
    parts, part, quote = [], "", ""
    for letter in text:
        if letter == separator and not quote:
            parts.append(part)
            part = ""
            continue
        if letter in "\"'" and quote in {"", letter}:
            quote = "" if quote else letter
        part += letter
    return [*parts, part]


_COMMENT_TAGS = re.compile(r"\{%-?\s*(?:end)?comment\s*-?%\}")
_BRACES = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{%\n]*%\}")
_ARGUMENT = re.compile(r"""(?<![\w-])([\w-]++)\s*+=\s*+("[^"]*"|'[^']*'|\S+)""")
_MAX_INCLUDED = 1_000_000
"""The most characters of all includes of a page."""
_MAX_INCLUDES = 1_000
_MAX_TAG = 1_000
"""The most characters between braces; the time grows with their square."""


_BLOCKS = {"if", "unless", "for", "tablerow", "case", "capture", "highlight", "ifchanged", "form"}
"""The tags of Liquid with an end tag."""


@dataclass(frozen=True)
class Place:
    """The file of a text, and the names that its tags may use."""

    path: str
    """The file, as in the report."""
    files: Mapping[str, str]
    """All text files, for includes."""
    names: Names
    first_line: int = 1
    """The line of the file at which the text begins."""
    within: tuple[str, ...] = ()
    """The files that include it, the page first."""
    lengths: list[int] = field(default_factory=list)
    """The lengths of the texts that the page has included so far."""
    included: set[str] = field(default_factory=set)
    """The files that were included; grows as pages are read."""


@dataclass
class Converted:
    """A converted text, and its report."""

    text: str = ""
    problems: list[Problem] = field(default_factory=list)


def convert(text: str, place: Place) -> Converted:
    """Return a text with its Liquid converted; the rest is in comments, and reported."""
    segments, unclosed, *_ = segments_of(text)
    writer = _Writer(text, place)
    writer.write(segments)
    if unclosed:
        message = "is not closed. Close it, or put it between {% raw %} and {% endraw %}."
        writer.report(unclosed.start, message)
        writer.out.append(text[unclosed.start :])
    return Converted("".join(writer.out), writer.problems)


class _Writer:
    def __init__(self, text: str, place: Place) -> None:
        self.text = text
        self.place = place
        self.out: list[str] = []
        self.problems: list[Problem] = []
        self.ends: list[str] = []
        """The end tags of the open blocks, the innermost last."""
        self.line_starts = [at.end() for at in re.finditer("\n", text)]
        self.block_ends: dict[int, int] = {}
        """The indexes of the end tags of blocks, by those of their first tags."""
        self.conditions: dict[int, list[str]] = {}
        """The conditions of the `elsif` tags of a block, by the index of its first tag."""

    def line(self, start: int) -> int:
        """Return the line of the file at an index of the text."""
        return self.place.first_line + bisect_right(self.line_starts, start)

    def report(self, start: int, message: str, *, source: str | None = None) -> None:
        line = self.line(start)
        shown = source or self.text[start : start + 200].split("\n", 1)[0]
        self.problems.append(
            Problem(self.place.path, line, f"{quoted(shown)} {message}", "warning")
        )

    def write(self, segments: Sequence[Segment]) -> None:
        self._find_blocks(segments)
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
            message = "is in code, where variables are not replaced. Write the value itself."
            self.report(segment.start + braces.start(), message, source=braces[0])

    def _expression(self, segment: Segment) -> None:
        try:
            _refuse_long(segment)
            self.out.append(expression(segment.text, self.place.names, source=segment.source))
        except NoWayError as reason:
            self._lose([segment], str(reason))

    def _tag(self, segments: Sequence[Segment], at: int) -> int:
        """Write a tag, or the whole block that it opens; return the index of its last segment."""
        segment = segments[at]
        name, rest = _words(segment)
        try:
            _refuse_long(segment)
            self._known_tag(name, rest, segment, self.conditions.get(at, ()))
        except NoWayError as reason:
            end = self.block_ends.get(at, at)
            self._lose(segments[at : end + 1], str(reason))
            return end
        return at

    def _find_blocks(self, segments: Sequence[Segment]) -> None:
        """Find the ends of all blocks, and the `elsif` tags that belong to each, in one pass."""
        open_blocks: list[tuple[str, int]] = []
        for at, segment in enumerate(segments):
            if segment.kind is not Kind.TAG:
                continue
            name, rest = _words(segment)
            if name in _BLOCKS:
                open_blocks.append((name, at))
            elif name == "elsif" and open_blocks and open_blocks[-1][0] in {"if", "unless"}:
                self.conditions.setdefault(open_blocks[-1][1], []).append(rest)
            elif name.startswith("end") and open_blocks and open_blocks[-1][0] == name[3:]:
                self.block_ends[open_blocks.pop()[1]] = at

    def _known_tag(self, name: str, rest: str, segment: Segment, conditions: Sequence[str]) -> None:
        names = self.place.names
        if name in {"if", "unless"}:
            self._branches(name, rest, segment, conditions)
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
            what = "a loop" if name in {"for", "tablerow"} else f"the tag “{name}”"
            raise NoWayError(f"is {what}, which cannot be imported.")

    def _open(self, tag: str, end: str) -> None:
        self.out.append(tag)
        self.ends.append(end)

    def _branches(self, name: str, rest: str, segment: Segment, conditions: Sequence[str]) -> None:
        """Open a block if all of its conditions can be converted."""
        asked = condition(rest, self.place.names)
        for source in conditions:
            condition(source, self.place.names)
        negated = f"{{% if not ({asked}) %}}"
        same = asked == rest and name == "if"
        self._open(segment.source if same else negated if name == "unless" else
                   f"{{% if {asked} %}}", "endif")  # fmt: skip

    def _assign(self, rest: str) -> None:
        match = re.fullmatch(r"(\w+)\s*=\s*(.+)", rest, re.DOTALL)
        if match is None:
            raise NoWayError("does not assign a value with “=”.")
        value = expression(match[2], self.place.names, source="")
        self.place.names.local.add(match[1])
        self.out.append(f"{{% set {match[1]} = {value} %}}")

    def _include(self, tag: str, rest: str, segment: Segment) -> None:
        name, _, arguments = rest.partition(" ")
        folder = dirname(self.place.path) if tag == "include_relative" else "_includes"
        path = normpath(join(folder, name.strip("\"'")))
        text = self.place.files.get(path)
        if text is None:
            raise NoWayError(f"includes {quoted(path)}, which does not exist.")
        if path in (*self.place.within, self.place.path):
            raise NoWayError("includes itself without end.")
        lengths = self.place.lengths
        if len(lengths) >= _MAX_INCLUDES or sum(lengths) + len(text) > _MAX_INCLUDED:
            raise NoWayError(
                f"exceeds what one page may include: {_MAX_INCLUDES:,} times,"
                f" {_MAX_INCLUDED:,} characters."
            )
        lengths.append(len(text))
        inner = replace(
            self.place,
            path=path,
            first_line=1,
            within=(*self.place.within, self.place.path),
            names=self.place.names.within(_arguments(arguments, self.place.names)),
        )
        self.place.included.add(path)
        converted = convert(text, inner)
        self.out.append(converted.text.rstrip("\n"))
        self.problems += converted.problems
        line = self.line(segment.start)
        message = f"{quoted(segment.source)} was replaced by the text of {path}."
        self.problems.append(Problem(self.place.path, line, message, "hint"))

    def _lose(self, block: Sequence[Segment], reason: str) -> None:
        first = block[0]
        kept = _COMMENT_TAGS.sub("", "".join(each.source for each in block))
        self.out.append(f"{{% comment %}}{kept}{{% endcomment %}}")
        lines = kept.count("\n") + 1
        how_much = f" Its {lines} lines are" if lines > 1 else " It is"
        self.report(first.start, f"{reason}{how_much} now in a comment.", source=first.source)


def _arguments(text: str, names: Names) -> dict[str, str]:
    found = {key: names.given(value) for key, value in _ARGUMENT.findall(text)}
    for value in found.values():
        condition(value, names)
    return found


def _refuse_long(segment: Segment) -> None:
    if len(segment.text) > _MAX_TAG:
        too_long = f"has more than {_MAX_TAG:,} characters between its braces."
        raise NoWayError(too_long)


def _words(segment: Segment) -> tuple[str, str]:
    """Return the name of a tag, and what follows it."""
    name, *rest = re.split(r"\s+", segment.text.strip("-+ \n\t\r"), maxsplit=1)
    return name, "".join(rest)
