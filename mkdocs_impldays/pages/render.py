"""A page's Markdown, with its variables and tags, becomes Markdown without them.

There are two ways, with the same results. The short one is for pages that hold nothing but
expressions: a site has few distinct ones, so each is compiled once and its text kept. The long one
is taken where a page has tags. It compiles them with the page's text left out, so that pages with
the same tags, and one whose text was edited, share what is compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension
from markupsafe import Markup

from mkdocs_impldays.pages.complaints import UNWORKABLE, complaint
from mkdocs_impldays.pages.facts import Facts, PageError
from mkdocs_impldays.pages.limits import LONGEST_TAGS, MOST_TAGS, OverworkError
from mkdocs_impldays.pages.page_template import CutPage, PageTemplate
from mkdocs_impldays.pages.phase_tags import TagError
from mkdocs_impldays.pages.sandbox import PageEnvironment
from mkdocs_impldays.pages.segments import Cut, Kind, Segment, segments_of
from mkdocs_impldays.pages.stash import Stash
from mkdocs_impldays.pages.templates import running_template
from mkdocs_impldays.pages.typed import as_typed
from mkdocs_impldays.pages.unclosed import how_to_close, unclosed
from mkdocs_impldays.problems import Problem, in_order, quoted

MOST_TOLD = 200
"""The most problems reported of a page; where there are more, most have the same cause."""


_Names = Mapping[str, object]
"""What a page knows beyond what all pages do."""

MOST_TEMPLATES = 500
"""How many different templates are kept; a site has a few, each of which takes some kB."""


class _Finding:
    """What is wrong with a tag; its message begins with what the author typed."""

    def __init__(self, line: int, typed: str, message: str) -> None:
        self.line = line
        message = as_typed(message, typed)
        self.message = message if message.startswith('"') else f"{quoted(typed)} {message}"


class Renderer:
    """Renders the pages of a site with the same names."""

    def __init__(
        self,
        names: Mapping[str, object],
        *,
        filters: Mapping[str, Callable[..., object]] = MappingProxyType({}),
        extensions: Sequence[type[Extension]] = (),
        cut: Callable[[str], Cut] = segments_of,
        stash: Stash | None = None,
    ) -> None:
        """Begin; `cut` cuts a page into its pieces, and may remember what it has cut.

        The stash takes the HTML that is not to go through Markdown.
        """
        self.stash = stash or Stash()
        self._cut = cut
        self._environment = PageEnvironment(names, self._report, self.stash, extensions=extensions)
        self._environment.add_filters(filters)
        self._environment.filters |= {"indented__": self._printed_below}
        self._kept: dict[str, Markup] = {}
        self._template = lru_cache(MOST_TEMPLATES)(self._environment.template)
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
        segments, unclosed, is_plain, titles = self._cut(markdown)
        own = CutPage(markdown, segments)
        names = {"page": Facts("page", page or {})}
        self._found = []
        self._environment.begin()
        way = self._short_way if is_plain else self._long_way
        text = "" if self._is_too_much(own) else "".join(way(own, names))
        if unclosed:
            typed = markdown[unclosed.start :].split("\n", 1)[0]
            message = f"is not closed. {unclosed.advice}"
            self._found.append(_Finding(own.line(unclosed.start), typed, message))
        found = [Problem(path, first_line + each.line - 1, each.message) for each in self._found]
        for start, typed in titles:
            message = f"{quoted(typed)} stays as it is: the first line of a code block is code."
            advice = "Write its value, or put the title into the text before the block."
            line = first_line + own.line(start) - 1
            found.append(Problem(path, line, f"{message} {advice}", "warning", "left-braces"))
        return text, in_order(found)

    def _is_too_much(self, page: CutPage) -> bool:
        """Report the tag, if any, that makes a page too much to compile."""
        length = 0
        tags = (segment for segment in page.segments if segment.kind is not Kind.LITERAL)
        for count, segment in enumerate(tags, 1):
            length += len(segment.text)
            if count > MOST_TAGS or length > LONGEST_TAGS:
                most = f"{MOST_TAGS:,} variables and tags, with {LONGEST_TAGS:,} characters"
                message = f"is more than a page can have: {most}. Split the page."
                self._found.append(_Finding(page.line(segment.start), segment.source, message))
                return True
        return False

    def _short_way(self, page: CutPage, names: _Names) -> Iterator[str]:
        for segment in page.segments:
            if segment.kind is Kind.LITERAL:
                yield segment.text
            elif (text := self._kept.get(segment.text)) is not None:
                yield _indented(text, page.indent(segment)) if "\n" in text else text
            elif len(self._found) < MOST_TOLD:
                try:
                    text = self._expression(page, segment, names)
                except OverworkError as error:  # the rest would only repeat it
                    self._report(complaint(error))
                    return
                yield _indented(text, page.indent(segment))

    def _expression(self, page: CutPage, segment: Segment, names: _Names) -> Markup:
        before = len(self._found)
        self._here = lambda: (page.line(segment.start), segment.source)
        try:
            text = Markup(self._template(segment.source).render(names))  # noqa: S704 - as printed
        except OverworkError:
            raise
        except UNWORKABLE as error:
            self._report(complaint(error))
            return Markup()
        if len(self._found) == before and "page" not in segment.text:
            self._kept[segment.text] = text
        return text

    def _long_way(self, page: CutPage, names: _Names) -> Iterator[str]:
        own = page.template()
        self._here = lambda: (1, "")
        try:
            template = self._template(own.source)
            self._here = lambda: own.tag_at(running_template()[1])
            yield template.render(names, texts__=own.texts)
        except TagError as error:
            self._found += [_Finding(*own.tag_at(line), text) for line, text in error.mistakes]
        except TemplateSyntaxError as error:
            self._found.append(_unread(error, own))
        except UNWORKABLE as error:
            self._found.append(_Finding(*own.tag_at(_line_of(error)), complaint(error)))

    def _printed_below(self, value: object, indent: str) -> Markup:
        return _indented(self._environment.printed(value), indent)

    def _report(self, message: str) -> None:
        if len(self._found) < MOST_TOLD:
            self._found.append(_Finding(*self._here(), message))


def _indented(text: Markup, indent: str | None) -> Markup:
    return Markup(f"\n{indent}".join(text.split("\n"))) if indent else text  # noqa: S704 - as before


def _unread(error: TemplateSyntaxError, page: PageTemplate) -> _Finding:
    if tag := unclosed(error, (tag[1:] for tag in page.tags)):
        return _Finding(*tag, how_to_close(tag[1]))
    line, typed = page.tag_at(error.lineno)
    return _Finding(line, typed, complaint(error, typed))


def _line_of(error: BaseException) -> int:
    """Give the template's line at which an error was raised; Jinja has put it there."""
    line = (error.line if isinstance(error, PageError) else None) or 1
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
