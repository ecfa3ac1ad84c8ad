"""Render the variables and tags in the Markdown of pages.

There are two ways, with the same results. Pages with expressions only are rendered one expression
at a time, with a cache of their texts, since a site has few distinct ones. Pages with tags are
compiled without their text, so that pages with the same tags share the compiled template.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from jinja2 import Environment, Template, TemplateSyntaxError, Undefined, UndefinedError
from jinja2.ext import Extension
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup

from mkdocs_impldays.pages.errors import (
    UNWORKABLE,
    how_to_close,
    message_of,
    mistake_in,
    unclosed,
    wrong_end,
)
from mkdocs_impldays.pages.facts import Facts, PageError
from mkdocs_impldays.pages.limits import LONGEST_TAGS, MOST_TAGS, OverworkError
from mkdocs_impldays.pages.sandbox import Compiled, PageEnvironment
from mkdocs_impldays.pages.scanner import Cut, Kind, Segment, segments_of
from mkdocs_impldays.pages.stash import Stash
from mkdocs_impldays.pages.tags import TagError
from mkdocs_impldays.problems import Problem, in_order, quoted

_END_OF_TAG = re.compile(r"[-+]?[%}]\}\Z")


class PageTemplate(NamedTuple):
    """The source of a template for all pages with the same tags, and the texts of this one."""

    source: str
    texts: list[Markup]
    """The value of `texts__` when it is rendered."""
    tags: list[tuple[int, int, str]]
    """The line of each tag in the template, its line on the page, and its text."""

    def tag_at(self, line: int) -> tuple[int, str]:
        """Return the line on the page and the text of the tag at a line of the template."""
        after = bisect_right(self.tags, line, key=itemgetter(0))
        return self.tags[max(after, 1) - 1][1:]


@dataclass(frozen=True)
class CutPage:
    """The Markdown of a page, split into segments."""

    markdown: str
    segments: list[Segment]

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.markdown)]

    def line(self, place: int) -> int:
        """Return the line of an index of the Markdown, counted from 1."""
        return bisect_left(self._breaks, place) + 1

    def indent(self, segment: Segment) -> str | None:
        """Return the indent of a segment, for the other lines of its text; else `None`."""
        line = self.markdown.rfind("\n", 0, segment.start) + 1
        before = self.markdown[line : segment.start]
        return None if before.rstrip(" \t>") else before

    def template(self) -> PageTemplate:
        """Return it as a template, in which each tag begins a line.

        It needs the filter `indented__`, which indents all lines of a text.
        """
        source: list[str] = []
        texts: list[Markup] = []
        tags: list[tuple[int, int, str]] = []
        line = 1
        is_tags_alone = True
        sources = ["", *(segment.source for segment in self.segments), ""]
        for before, segment, after in zip(sources, self.segments, sources[2:], strict=False):
            if segment.kind is Kind.LITERAL:
                start, kept, end = _around(segment.text, before, after)
                if start == "\n" and not is_tags_alone:  # Jinja would join two lines of text
                    start, kept = "", start + kept
                _, newline, last = segment.text.rpartition("\n")
                is_tags_alone = not last.strip() and (bool(newline) or is_tags_alone)
                piece = f"{start}{{{{ texts__[{len(texts)}] }}}}{end}"
                texts.append(Markup(kept))  # noqa: S704 - the author's own Markdown
            else:
                is_tags_alone = is_tags_alone and segment.kind is Kind.TAG
                tags.append((line, self.line(segment.start), segment.source))
                piece = _END_OF_TAG.sub(r"\n\g<0>", self._tag(segment))
            source.append(piece)
            line += piece.count("\n")
        return PageTemplate("".join(source), texts, tags)

    def _tag(self, segment: Segment) -> str:
        if segment.kind is Kind.EXPRESSION and (indent := self.indent(segment)):
            return f"{{{{ ({segment.text}) | indented__({indent!r}) }}}}"
        return segment.source


def _around(text: str, before: str, after: str) -> tuple[str, str, str]:
    """Split a text into what Jinja trims after a tag, what it keeps, and what it trims before one.

    That is the first newline and the last spaces, or all white space next to a dash.
    """
    start = 1 if text.startswith("\n") else 0
    if before.endswith(("-%}", "-}}")):
        start = len(text) - len(text.lstrip())
    blank = None if after.startswith(("{%-", "{{-")) else " \t"
    end = max(start, len(text.rstrip(blank)))
    return text[:start], text[start:end], text[end:]


Report = Callable[[str, int, str], None]
"""A function that takes the file of a template, the line in it, and what is wrong."""


def add_names(environment: Environment, names: Mapping[str, object]) -> None:
    """Add names to all templates of an environment, including those that others import.

    As globals they would be copied for each included file: some 30 times a page.
    """

    class NamesContext(Context):
        def resolve_or_missing(self, key: str) -> object:
            if key in self.vars:
                return self.vars[key]
            return self.parent[key] if key in self.parent else names.get(key, missing)

    environment.context_class = NamesContext


def watch_names(environment: Environment, report: Report) -> None:
    """Report facts that templates of an environment print and the fest file does not have.

    As always in Jinja, an unknown fact is false in `if`. Names other than facts are not reported.
    """

    class Unknown(Undefined):
        __slots__ = ("_mistake",)

        def __init__(
            self,
            hint: str | None = None,
            obj: Any = missing,
            name: str | None = None,
            exc: Any = UndefinedError,  # a class, or a function that returns the error
        ) -> None:
            self._mistake: PageError | None = None
            if isinstance(obj, Facts):
                is_known = name in obj.facts
                self._mistake = obj.not_given(name) if is_known else obj.not_known(name)
            made: Any = self._raised if self._mistake else exc
            super().__init__(hint, obj, name, made)

        def _raised(self, message: str) -> Exception:
            return self._mistake or UndefinedError(message)

        def __str__(self) -> str:
            if self._mistake:
                report(*running_template(), str(self._mistake))
            return ""

    environment.undefined = Unknown


def running_template() -> tuple[str, int]:
    """Return the file and the line of the template that is being rendered."""
    frame = sys._getframe()  # noqa: SLF001 - the only way to find a running template
    while frame.f_back:
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            line = template.get_corresponding_lineno(frame.f_lineno)
            return str(Path(template.filename or template.name or "")), line
        frame = frame.f_back
    return "", 0


MOST_PROBLEMS = 200
"""The most problems of a page that are reported; more mostly have one cause."""


_Names = Mapping[str, object]
"""Names available on this page only."""

MOST_TEMPLATES = 500
"""The most compiled templates in memory, of a few kB each; a site has a few."""


class Renderer:
    """Renders the pages of a site with the same names."""

    def __init__(  # noqa: PLR0913 - all that pages are rendered with
        self,
        names: Mapping[str, object],
        *,
        filters: Mapping[str, Callable[..., object]] = MappingProxyType({}),
        extensions: Sequence[type[Extension]] = (),
        cut: Callable[[str], Cut] = segments_of,
        compiled: Compiled = lambda _, make: make(),
        stash: Stash | None = None,
    ) -> None:
        """`cut` splits a page into segments, and may cache them.

        `compiled` may cache the code of templates. The stash takes the HTML that Markdown is not to
        change.
        """
        self.stash = stash or Stash()
        self._cut = cut
        self._environment = PageEnvironment(
            names, self._report, self.stash, extensions=extensions, compiled=compiled
        )
        self._environment.add_filters(filters)
        self._environment.filters |= {"indented__": self._printed_below}
        self._kept: dict[str, Markup] = {}
        self._template = lru_cache(MOST_TEMPLATES)(self._environment.template)
        self._found: list[Problem] = []
        self._path, self._first_line = "", 1
        self._here: Callable[[], tuple[int, str]] = lambda: (1, "")

    def render(
        self,
        markdown: str,
        *,
        path: str,
        first_line: int = 1,
        page: Mapping[str, object] | None = None,
    ) -> tuple[str, list[Problem]]:
        """Return the Markdown with its variables and tags rendered, and their problems.

        `first_line` is the line of the file at which the Markdown begins; `page` is the front
        matter, available as `page.…`.
        """
        if "{{" not in markdown and "{%" not in markdown:
            return markdown, []
        segments, unclosed, is_plain, titles = self._cut(markdown)
        own = CutPage(markdown, segments)
        names = {"page": Facts("page", page or {})}
        self._found = []
        self._path, self._first_line = path, first_line
        self._environment.begin()
        render = self._expressions if is_plain else self._tags
        text = "" if self._is_too_much(own) else "".join(render(own, names))
        if unclosed:
            typed = markdown[unclosed.start :].split("\n", 1)[0]
            message = f"is not closed. {unclosed.advice}"
            self._note(own.line(unclosed.start), typed, PageError(message))
        found = self._found
        for start, typed in titles:
            message = f"{quoted(typed)} is not rendered: the first line of a code block is code."
            advice = "Write its value, or put the title into the text before the block."
            line = first_line + own.line(start) - 1
            found.append(Problem(path, line, f"{message} {advice}", "warning", "left-braces"))
        return text, in_order(found)

    def _is_too_much(self, page: CutPage) -> bool:
        """Return whether a page is too much to compile, and report the tag that makes it so."""
        length = 0
        tags = (segment for segment in page.segments if segment.kind is not Kind.LITERAL)
        for count, segment in enumerate(tags, 1):
            length += len(segment.text)
            if count > MOST_TAGS or length > LONGEST_TAGS:
                most = f"{MOST_TAGS:,} variables and tags, with {LONGEST_TAGS:,} characters"
                message = f"is more than a page can have: {most}. Split the page."
                self._note(page.line(segment.start), segment.source, PageError(message))
                return True
        return False

    def _expressions(self, page: CutPage, names: _Names) -> Iterator[str]:
        printed: set[str] = set()
        for segment in page.segments:
            if segment.kind is Kind.LITERAL:
                yield segment.text
            elif len(self._found) < MOST_PROBLEMS:
                text = self._kept.get(segment.text)
                try:
                    if text is None:
                        text = self._expression(page, segment, names)
                    elif segment.text in printed:
                        self._count_again(page, segment, text)
                except OverworkError as error:  # the rest would raise the same
                    self._report(mistake_in(error))
                    return
                printed.add(segment.text)
                yield _indented(text, page.indent(segment)) if "\n" in text else text

    def _count_again(self, page: CutPage, segment: Segment, text: Markup) -> None:
        """Count what an expression prints once more on a page: all of it, not only its marks."""
        self._here = lambda: (page.line(segment.start), segment.source)
        self._environment.printed(Markup(self.stash.restored(text)))  # noqa: S704 - as before

    def _expression(self, page: CutPage, segment: Segment, names: _Names) -> Markup:
        before = len(self._found)
        self._here = lambda: (page.line(segment.start), segment.source)
        try:
            text = Markup(self._template(segment.source).render(names))  # noqa: S704 - as printed
        except OverworkError:
            raise
        except UNWORKABLE as error:
            self._report(mistake_in(error, segment.source))
            return Markup()
        if len(self._found) == before and "page" not in segment.text:
            self._kept[segment.text] = text
        return text

    def _tags(self, page: CutPage, names: _Names) -> Iterator[str]:
        own = page.template()
        self._here = lambda: (1, "")
        try:
            template = self._template(own.source)
            self._here = lambda: own.tag_at(running_template()[1])
            yield template.render(names, texts__=own.texts)
        except TagError as error:
            for mistake in error.mistakes:
                self._note(*own.tag_at(mistake.line or 1), mistake)
        except TemplateSyntaxError as error:
            self._note(*_unread(error, own))
        except UNWORKABLE as error:
            self._note(*own.tag_at(_line_of(error)), mistake_in(error))

    def _printed_below(self, value: object, indent: str) -> Markup:
        return _indented(self._environment.printed(value), indent)

    def _report(self, mistake: PageError) -> None:
        if len(self._found) < MOST_PROBLEMS:
            self._note(*self._here(), mistake)

    def _note(self, line: int, typed: str, mistake: PageError) -> None:
        line += self._first_line - 1
        self._found.append(Problem(self._path, line, message_of(mistake, typed)))


def _indented(text: Markup, indent: str | None) -> Markup:
    return Markup(f"\n{indent}".join(text.split("\n"))) if indent else text  # noqa: S704 - as before


def _unread(error: TemplateSyntaxError, page: PageTemplate) -> tuple[int, str, PageError]:
    """Return the line on the page, the tag and the mistake of a syntax error."""
    if tag := unclosed(error, (tag[1:] for tag in page.tags)):
        return *tag, PageError(how_to_close(tag[1]))
    line, typed = page.tag_at(error.lineno)
    if what := wrong_end(error, (tag[1:] for tag in page.tags)):
        return line, typed, PageError(what)
    return line, typed, mistake_in(error, typed)


def _line_of(error: BaseException) -> int:
    """Return the line of the template at which an error was raised."""
    line = (error.line if isinstance(error, PageError) else None) or 1
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
