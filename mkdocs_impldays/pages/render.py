"""A page's Markdown, with its variables and tags, becomes Markdown without them.

There are two ways, with the same results. The short one is for pages that hold nothing but
expressions: a site has few distinct ones, so each is compiled once and its text kept. The long one
compiles the whole page, and is taken where it has tags.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from jinja2 import Template, TemplateSyntaxError
from jinja2.environment import TemplateExpression
from jinja2.ext import Extension
from markupsafe import Markup

from mkdocs_impldays.pages.complaints import UNWORKABLE, complaint
from mkdocs_impldays.pages.facts import Facts, PageError
from mkdocs_impldays.pages.sandbox import PageEnvironment
from mkdocs_impldays.pages.segments import Kind, Segment, segments_of
from mkdocs_impldays.problems import Problem, in_order, quoted

_INDENT = re.compile(r"[ \t>]*\Z")


MOST_TOLD = 200
"""How many problems of a page are told; a page with more has one mistake that explains them."""


@dataclass(frozen=True)
class _Page:
    markdown: str
    segments: list[Segment]
    names: dict[str, object]

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.markdown)]

    def line(self, place: int) -> int:
        return bisect_left(self._breaks, place) + 1

    @cached_property
    def _tags(self) -> dict[int, str]:
        """The first tag or expression of each line that has one."""
        found: dict[int, str] = {}
        for segment in self.segments:
            if segment.kind is not Kind.LITERAL:
                found.setdefault(self.line(segment.start), segment.source)
        return found

    def tag_at(self, line: int) -> tuple[int, str]:
        """Give a line, and the first tag or expression on it, or else on the last before it.

        Where there is none before, the page's first is meant: Jinja has not told where it was.
        """
        tags = list(self._tags.items())
        at = bisect_right(list(self._tags), line)
        return (line, tags[at - 1][1]) if at else next(iter(tags), (line, ""))

    def indent(self, segment: Segment) -> str | None:
        """Give what stands before it where that is blank: lines of its text go below each other."""
        line = self.markdown.rfind("\n", 0, segment.start) + 1
        blank = _INDENT.match(self.markdown, line, segment.start)
        return blank[0] if blank and blank.end() == segment.start else None


class _Finding:
    """What is wrong with a tag; its message begins with what the author typed."""

    def __init__(self, line: int, typed: str, message: str) -> None:
        self.line = line
        self.message = message if message.startswith('"') else f"{quoted(typed)} {message}"


class Renderer:
    """Renders the pages of a site with the same names."""

    def __init__(
        self,
        names: Mapping[str, object],
        *,
        filters: Mapping[str, Callable[..., object]] = MappingProxyType({}),
        extensions: Sequence[type[Extension]] = (),
    ) -> None:
        self._environment = PageEnvironment(names, self._report, extensions=extensions)
        self._environment.filters |= {**filters, "indented__": self._printed_below}
        self._kept: dict[str, Markup] = {}
        self._expressions: dict[str, TemplateExpression] = {}
        self._found: list[_Finding] = []
        self._here: Callable[[], tuple[int, str]] = lambda: (1, "")

    def render(
        self,
        markdown: str,
        *,
        path: str,
        first_line: int = 1,
        page: Mapping[str, object] | None = None,
    ) -> tuple[str, list[Problem]]:
        """Give the page without variables and tags, and all that is wrong with them.

        `first_line` is the line of the file at which the Markdown begins; `page` holds the front
        matter, reachable as `page.…`.
        """
        if "{{" not in markdown and "{%" not in markdown:
            return markdown, []
        segments, unclosed, is_plain = segments_of(markdown)
        own = _Page(markdown, segments, {"page": Facts("page", page or {})})
        self._found = []
        self._environment.begin()
        text = "".join(self._short_way(own)) if is_plain else self._long_way(own)
        if unclosed:
            typed = markdown[unclosed.start :].split("\n", 1)[0]
            message = f"is not closed. {unclosed.advice}"
            self._found.append(_Finding(own.line(unclosed.start), typed, message))
        return text, in_order(
            Problem(path, first_line + found.line - 1, found.message) for found in self._found
        )

    def _short_way(self, page: _Page) -> Iterator[str]:
        for segment in page.segments:
            if segment.kind is Kind.LITERAL:
                yield segment.text
            elif (text := self._kept.get(segment.text)) is not None:
                yield _indented(text, page.indent(segment)) if "\n" in text else text
            elif len(self._found) < MOST_TOLD:
                yield _indented(self._expression(page, segment), page.indent(segment))

    def _expression(self, page: _Page, segment: Segment) -> Markup:
        before = len(self._found)
        self._here = lambda: (page.line(segment.start), segment.source)
        try:
            text = self._environment.printed(self._compiled(segment.text)(page.names))
        except UNWORKABLE as error:
            self._report(complaint(error))
            return Markup()
        if len(self._found) == before and "page" not in segment.text:
            self._kept[segment.text] = text
        return text

    def _compiled(self, text: str) -> TemplateExpression:
        if text not in self._expressions:
            self._expressions[text] = self._environment.compile_expression(
                text.strip(), undefined_to_none=False
            )
        return self._expressions[text]

    def _long_way(self, page: _Page) -> str:
        literals: list[Markup] = []
        source = "".join(_template_source(page, literals))
        self._here = lambda: (1, "")
        try:
            template = self._environment.from_string(source)
            self._here = lambda: page.tag_at(_line_in(template))
            return template.render(page.names, literals__=literals)
        except TemplateSyntaxError as error:
            self._found.append(_Finding(*page.tag_at(error.lineno), complaint(error)))
        except UNWORKABLE as error:
            self._found.append(_Finding(*page.tag_at(_line_of(error)), complaint(error)))
        return ""

    def _printed_below(self, value: object, indent: str) -> Markup:
        return _indented(self._environment.printed(value), indent)

    def _report(self, message: str) -> None:
        self._found.append(_Finding(*self._here(), message))


def _indented(text: Markup, indent: str | None) -> Markup:
    return Markup(f"\n{indent}".join(text.split("\n"))) if indent else text  # noqa: S704 - as before


def _template_source(page: _Page, literals: list[Markup]) -> Iterator[str]:
    """Give Jinja's source, line for line the author's, with literals that hold braces put aside."""
    for segment in page.segments:
        if segment.kind is Kind.LITERAL and ("{" in segment.text or segment.text != segment.source):
            before, kept, after = _around(segment.text)
            lines = "\n" * (segment.source.count("\n") - before.count("\n"))
            literals.append(Markup(kept))  # noqa: S704 - the author's own Markdown
            yield f"{before}{{{{ literals__[{len(literals) - 1}]{lines} }}}}{after}"
        elif segment.kind is Kind.EXPRESSION and (indent := page.indent(segment)):
            yield f"{{{{ ({segment.text}) | indented__({indent!r}) }}}}"
        else:
            yield segment.source


def _around(text: str) -> tuple[str, str, str]:
    """Part from a text what Jinja trims next to a tag: its first newline, its last spaces."""
    start = 1 if text.startswith("\n") else 0
    end = max(start, len(text.rstrip(" \t")))
    return text[:start], text[start:end], text[end:]


def _line_in(template: Template) -> int:
    """Give the template's line that is being rendered right now."""
    frame = sys._getframe()  # noqa: SLF001 - the only way to ask where a running template is
    while frame.f_back and frame.f_code.co_filename != "<template>":
        frame = frame.f_back
    return template.get_corresponding_lineno(frame.f_lineno)


def _line_of(error: BaseException) -> int:
    """Give the template's line at which an error was raised; Jinja has put it there."""
    line = (error.line if isinstance(error, PageError) else None) or 1
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
