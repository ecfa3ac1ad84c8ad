"""Inline Markdown of facts as HTML, by one allow-list, wherever such a fact is printed.

Elements: `em`, `strong` and `code`, without attributes; in texts that may hold links also `a` with
an `href` and nothing else. Whatever else is typed, HTML included, is shown as text.
"""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor
from markupsafe import Markup, escape

from mkdocs_impldays.fest.addresses import is_link_target
from mkdocs_impldays.pages.facts import Inline
from mkdocs_impldays.pages.text import as_text

_ELEMENTS = frozenset({"em", "strong", "code"})
_MAYBE_MARKDOWN = frozenset("[`*_\\<&\x02\x03")
"""A text with none of these is text alone; the last two are Python-Markdown's own."""

_PATTERNS = frozenset(
    {"backtick", "escape", "entity", "not_strong", "em_strong", "em_strong2", "link"}
)
"""The inline patterns of Python-Markdown that are left."""

_BLOCKS = ("hashheader", "setextheader", "hr", "olist", "ulist", "quote", "code", "reference")


@cache
def inline_html(text: str, *, links: bool = False) -> Inline:
    """Return inline Markdown as HTML of one line.

    Without `links` it may be the text of a link itself. Markdown's marks that mean nothing here
    become entities, so that a page that Markdown still has to read may hold the line.
    """
    if isinstance(text, Inline):
        return text
    line = " ".join(text.split())
    if _MAYBE_MARKDOWN.isdisjoint(line):
        return Inline(_text(line))
    writer = _Writer()
    writer.feed(_converter(links=links).reset().convert(line))
    writer.close()
    return Inline("".join(writer.parts))


def _text(text: str) -> Markup:
    """Return text for a line, where single spaces mean nothing to Markdown."""
    return Markup(as_text(text).replace("&#32;", " "))  # noqa: S704 - escaped


@cache
def _converter(*, links: bool) -> markdown.Markdown:
    converter = markdown.Markdown()
    converter.preprocessors.deregister("html_block")
    priorities = converter.inlinePatterns._priority  # type: ignore[attr-defined]  # noqa: SLF001
    for name in [item.name for item in priorities]:
        if name not in _PATTERNS:
            converter.inlinePatterns.deregister(name)
    converter.inlinePatterns.deregister("link")
    if links:
        converter.inlinePatterns.register(_AllowedLink(LINK_RE, converter), "link", 160)
    for name in _BLOCKS:
        converter.parser.blockprocessors.deregister(name)
    return converter


class _AllowedLink(LinkInlineProcessor):
    """A link to an allowed address; any other stays as it was typed, for all to see."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's
        self, m: object, data: str
    ) -> tuple[Element | None, int | None, int | None]:
        element, start, end = super().handleMatch(m, data)  # type: ignore[arg-type]
        if isinstance(element, Element) and is_link_target(element.get("href", "")):
            element.attrib.pop("title", None)
            return element, start, end
        return None, None, None


class _Writer(HTMLParser):
    """Writes the allowed elements of the converter's HTML, and its text as entities."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Markup] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ELEMENTS:
            self.parts.append(Markup(f"<{tag}>"))  # noqa: S704 - one of three
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self.parts.append(Markup('<a href="{}">').format(escape(href)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _ELEMENTS or tag == "a":
            self.parts.append(Markup(f"</{tag}>"))  # noqa: S704 - one of four

    def handle_data(self, data: str) -> None:
        self.parts.append(_text(data))
