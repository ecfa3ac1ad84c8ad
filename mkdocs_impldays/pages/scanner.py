"""Split the Markdown of a page into literal text and code, expressions and tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cached_property, lru_cache
from typing import NamedTuple

_BRACES = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}")
_LINE_BEFORE_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*")
_TAB = 4
"""The columns by which text in a list item, and code, are indented."""
_QUOTE = re.compile(r"(?: {0,3}>)+ ?")
_BEFORE_INDENTED = " \t>"
"""The first characters of lines that may be indented, perhaps in a quote."""
_HOLDS_INDENTED_TEXT = re.compile(r"[-*+]\s|\d+[.)]\s|!!!|\?\?\?|===|:|\[\^")
_TITLED = ("!!!", "???", "===")
"""What begins a block whose text follows in the next line."""
_HOLDS_NO_CODE = re.compile("///|<")
"""What begins a block in which indented text is not code."""


@lru_cache(maxsize=64)
def _closing_fence(mark: str) -> re.Pattern[str]:
    """Return a pattern for the line that closes a fence."""
    return re.compile(rf"\n[ \t>]*{mark}[ \t]*$", re.MULTILINE)


@lru_cache(maxsize=64)
def _closing_quotes(mark: str) -> re.Pattern[str]:
    """Return a pattern for the end of a code span, or of its paragraph."""
    return re.compile(rf"(?<!`){mark}(?!`)|\n[ \t]*\n")


class Code:
    """Finds the code of a page, from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._without_end: set[str] = set()
        """The fences that are not closed by any later line."""
        self.titles: list[tuple[int, str]] = []
        """Variables and tags in the first lines of fences, as in a title, with their indexes."""

    def end(self, start: int, mark: str) -> int:
        """Return the index after the code that begins at `start`, else after the mark."""
        text, after = self._text, start + len(mark)
        if self._is_escaped(start):
            return start + 1
        if mark[0] != "{" and len(mark) >= 3 and (end := self._end_of_fence(start, mark)):
            return end
        if mark[0] != "`":
            return after
        closing = _closing_quotes(mark).search(text, after)
        return closing.end() if closing and closing[0] == mark else after

    def _is_escaped(self, start: int) -> bool:
        before = start
        while before and self._text[before - 1] == "\\":
            before -= 1
        return (start - before) % 2 == 1

    def _end_of_fence(self, start: int, mark: str) -> int | None:
        line = self._text.rfind("\n", 0, start) + 1
        if not _LINE_BEFORE_FENCE.fullmatch(self._text, line, start):
            return None
        if mark in self._without_end:  # a page may have thousands
            return None
        closing = _closing_fence(mark).search(self._text, start + len(mark))
        if closing is None:
            self._without_end.add(mark)
            return None
        first_line = _BRACES.finditer(self._text, start, self._text.index("\n", start))
        self.titles += [(match.start(), match[0]) for match in first_line]
        return closing.end()

    def is_indented(self, start: int) -> bool:
        """Return whether an index is in indented code."""
        line = self._text.rfind("\n", 0, start) + 1
        return self._text[line] in _BEFORE_INDENTED and line in self._indented_code

    @cached_property
    def _indented_code(self) -> set[int]:
        """The indexes of all lines of indented code.

        In a list item, an admonition and the like, text is indented once, and code twice.
        """
        code: set[int] = set()
        columns: list[int] = []  # the columns of text in the blocks around
        place, is_code, after_blank, is_loose = 0, False, True, False
        for line in self._text.splitlines(keepends=True):
            text = line
            if line[0] in _BEFORE_INDENTED:
                quote = _QUOTE.match(line)
                text = line[quote.end() if quote else 0 :].expandtabs(_TAB)
            indent = len(text) - len(text.lstrip(" "))
            if not text.strip():
                after_blank = True
            else:
                holds_indented_text = _HOLDS_INDENTED_TEXT.match(text, indent)
                if after_blank or holds_indented_text:
                    columns = [column for column in columns if column <= indent]
                    is_loose = is_loose and indent > 0
                depth = indent - (columns[-1] if columns else 0)
                is_code = depth >= _TAB and (is_code or after_blank) and not is_loose
                if is_code:
                    code.add(place)
                elif _HOLDS_NO_CODE.match(text, indent):
                    is_loose = True
                elif depth < _TAB and holds_indented_text:
                    columns.append(indent - indent % _TAB + _TAB)
                after_blank = text.startswith(_TITLED)
            place += len(line)
        return code


class Kind(Enum):
    """The kind of a segment."""

    LITERAL = auto()
    """Text and code, which stay as they are."""
    EXPRESSION = auto()
    """What is between `{{` and `}}`."""
    TAG = auto()
    """A whole `{% … %}` that is neither `raw` nor `comment`."""


class Segment(NamedTuple):
    """A piece of a page."""

    kind: Kind
    source: str
    """As typed, with braces."""
    text: str
    """The text of a literal; what is between the braces of an expression or a tag."""
    start: int
    """The index of its first character in the page."""


class Unclosed(NamedTuple):
    """Braces that are not closed."""

    start: int
    """Their index in the page."""
    advice: str
    """What to do about them."""


# Each branch begins with a literal character, which makes `re` fast.
_POINT = re.compile(r"``*|~~~~*|\{[{%]")
_SIMPLE_EXPRESSION = re.compile(r"""\{\{([^{}"']*)\}\}(?!\})""")
_DELIMITER = re.compile(r"""["'{}]|%\}""")
_REST_OF_STRING = {
    quote: re.compile(rf"(?>(?:\\.|[^{quote}\\\n]|\n(?!\s*\n))*)({quote}?)") for quote in "\"'"
}
_TAG_NAME = re.compile(r"\{%[-+]?\s*(raw|comment)\s*[-+]?%\}")
_END = {
    "raw": re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}"),
    "comment": re.compile(r"\{%[-+]?\s*endcomment\s*[-+]?%\}"),
}


class Cut(NamedTuple):
    """A page, split into segments."""

    segments: list[Segment]
    unclosed: Unclosed | None
    """The braces that are not closed, at which the segments end."""
    is_plain: bool
    """Whether there are only literals, and expressions without `{{-` or `-}}`."""
    titles: list[tuple[int, str]]
    """Variables and tags in the first lines of fences, which are not rendered, with indexes."""


def segments_of(text: str) -> Cut:
    """Split a page into segments, in one pass, up to braces that are not closed.

    Code is literal, as in Markdown. What begins first wins: a tag inside code is code, a backtick
    inside a tag belongs to the tag.
    """
    scanner = _Scanner(text)
    return Cut(list(scanner), scanner.unclosed, scanner.is_plain, scanner.code.titles)


def text_in_raw(text: str) -> str:
    """Return the texts between `{% raw %}` and `{% endraw %}` of a page."""
    literals = (each for each in segments_of(text).segments if each.kind is Kind.LITERAL)
    return "\n".join(each.text for each in literals if each.text != each.source)


def _is_plain(segment: Segment) -> bool:
    """Return whether a segment is an expression that does not trim the space around it."""
    text = segment.text
    return segment.kind is Kind.EXPRESSION and not (
        text.startswith(("-", "+")) or text.endswith(("-", "+"))
    )


def _end_with(mark: str) -> str:
    return f'Write "{mark}" at its end, or put the braces between {{% raw %}} and {{% endraw %}}.'


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.unclosed: Unclosed | None = None
        self.is_plain = True
        self.code = Code(text)

    def __iter__(self) -> Iterator[Segment]:
        text, literal, at = self.text, 0, 0
        last = max(text.rfind("{{"), text.rfind("{%"))
        while at <= last and (point := _POINT.search(text, at)):
            start, mark = point.start(), point[0]
            if mark[0] != "{" or self.code.is_indented(start):
                at = self.code.end(start, mark)
                continue
            if literal < start:
                yield Segment(Kind.LITERAL, text[literal:start], text[literal:start], literal)
            segment = self._expression(start) if mark == "{{" else self._tag(start)
            if segment is None:
                return
            self.is_plain = self.is_plain and _is_plain(segment)
            yield segment
            literal = at = start + len(segment.source)
        if literal < len(text):
            yield Segment(Kind.LITERAL, text[literal:], text[literal:], literal)

    def _expression(self, start: int) -> Segment | None:
        if simple := _SIMPLE_EXPRESSION.match(self.text, start):
            return Segment(Kind.EXPRESSION, simple[0], simple[1], start)
        depth = 0
        for place, delimiter in self._delimiters(start + 2):
            if delimiter == "{":
                depth += 1
            elif delimiter == "}" and depth:
                depth -= 1
            elif delimiter == "}" and self.text.startswith("}}", place):
                source = self.text[start : place + 2]
                return Segment(Kind.EXPRESSION, source, source[2:-2], start)
        self.unclosed = Unclosed(start, _end_with("}}"))
        return None

    def _delimiters(self, at: int) -> Iterator[tuple[int, str]]:
        """Yield the braces after an index that are not in a string, each with its index.

        A quotation mark that is not closed begins no string, nor do others of its kind before the
        index at which the search has ended.
        """
        searched = {"'": 0, '"': 0}
        while delimiter := _DELIMITER.search(self.text, at):
            at = delimiter.end()
            if delimiter[0] not in searched:
                yield delimiter.start(), delimiter[0]
            elif at > searched[delimiter[0]]:
                rest = _REST_OF_STRING[delimiter[0]].match(self.text, at)
                assert rest is not None  # it matches nothing, too
                at = rest.end() if rest[1] else at
                searched[delimiter[0]] = rest.end()

    def _tag(self, start: int) -> Segment | None:
        if opening := _TAG_NAME.match(self.text, start):
            return self._kept(start, opening)
        for place, delimiter in self._delimiters(start + 2):
            if delimiter == "%}":
                source = self.text[start : place + 2]
                return Segment(Kind.TAG, source, source[2:-2], start)
        self.unclosed = Unclosed(start, _end_with("%}"))
        return None

    def _kept(self, start: int, opening: re.Match[str]) -> Segment | None:
        name = opening[1]
        closing = _END[name].search(self.text, opening.end())
        if not closing:
            self.unclosed = Unclosed(start, f'Write "{{% end{name} %}}" where it ends.')
            return None
        text = self.text[opening.end() : closing.start()] if name == "raw" else ""
        return Segment(Kind.LITERAL, self.text[start : closing.end()], text, start)
