"""A page in its pieces, and as a template that leaves its texts out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from markupsafe import Markup

from mkdocs_impldays.pages.segments import Kind, Segment

_END_OF_TAG = re.compile(r"[-+]?[%}]\}\Z")


class PageTemplate(NamedTuple):
    """The source of a template for all pages with the same tags; their texts are given to it."""

    source: str
    texts: list[Markup]
    """What stands for `texts__` when it is rendered."""
    tags: list[tuple[int, int, str]]
    """The line of each tag or expression in the template, and on the page, and how it was typed."""

    def tag_at(self, line: int) -> tuple[int, str]:
        """Give where on the page the tag of a line of the template is, and how it was typed."""
        behind = bisect_right(self.tags, line, key=itemgetter(0))
        return self.tags[max(behind, 1) - 1][1:]


@dataclass(frozen=True)
class CutPage:
    """A page's Markdown in its pieces."""

    markdown: str
    segments: list[Segment]

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.markdown)]

    def line(self, place: int) -> int:
        """Give the line of a place, counted from 1."""
        return bisect_left(self._breaks, place) + 1

    def indent(self, segment: Segment) -> str | None:
        """Return what is before it in its line, if that is blank; the lines of its text get it."""
        line = self.markdown.rfind("\n", 0, segment.start) + 1
        before = self.markdown[line : segment.start]
        return None if before.rstrip(" \t>") else before

    def template(self) -> PageTemplate:
        """Give it as a template, in which each tag begins a line that is its own.

        It needs the filter `indented__`, which puts the lines of a text below each other.
        """
        source: list[str] = []
        texts: list[Markup] = []
        tags: list[tuple[int, int, str]] = []
        line = 1
        for before, segment, behind in _with_neighbours(self.segments):
            if segment.kind is Kind.LITERAL:
                start, kept, end = _around(segment.text, before, behind)
                piece = f"{start}{{{{ texts__[{len(texts)}] }}}}{end}"
                texts.append(Markup(kept))  # noqa: S704 - the author's own Markdown
            else:
                tags.append((line, self.line(segment.start), segment.source))
                piece = _END_OF_TAG.sub(r"\n\g<0>", self._tag(segment))
            source.append(piece)
            line += piece.count("\n")
        return PageTemplate("".join(source), texts, tags)

    def _tag(self, segment: Segment) -> str:
        if segment.kind is Kind.EXPRESSION and (indent := self.indent(segment)):
            return f"{{{{ ({segment.text}) | indented__({indent!r}) }}}}"
        return segment.source


def _with_neighbours(segments: Sequence[Segment]) -> Iterator[tuple[str, Segment, str]]:
    """Give each piece with what was typed before and behind it."""
    sources = ["", *(segment.source for segment in segments), ""]
    return zip(sources, segments, sources[2:], strict=False)


def _around(text: str, before: str, behind: str) -> tuple[str, str, str]:
    """Part from a text what Jinja trims next to a tag: its first newline, its last spaces.

    Where what stands before or behind it has a dash on this side, all blank there is trimmed.
    """
    start = 1 if text.startswith("\n") else 0
    if before.endswith(("-%}", "-}}")):
        start = len(text) - len(text.lstrip())
    blank = None if behind.startswith(("{%-", "{{-")) else " \t"
    end = max(start, len(text.rstrip(blank)))
    return text[:start], text[start:end], text[end:]
