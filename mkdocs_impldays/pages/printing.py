"""Print values on pages: as the typed text, or as inline Markdown with an allow-list.

Allowed elements are `em`, `strong` and `code`, without attributes, and in texts with links `a` with
an `href` only. Everything else, including HTML, is shown as text.
"""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor
from markupsafe import Markup, escape

from mkdocs_impldays.fest.addresses import is_address, is_link_target
from mkdocs_impldays.pages.facts import NOT_A_TEXT, Facts, Inline, Macro, PageError

# A numeric entity is its character in running text, headings, table cells, link texts and titles,
# HTML and its attributes alike, and no Markdown extension reads it as syntax.
_MARKS = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]()#+!|<>&\"'~^=$@\n\r\t"}
_MARKS_OF_ADDRESSES = {code: mark for code, mark in _MARKS.items() if chr(code) not in "#+=@!"}
_SEQUENCES = re.compile(
    r"^[-?/: ]| $|^\d+\."  # a list, a block, spaces that Markdown strips
    r"|--+|\.\.+"  # dashes and dots that smarty changes
    r"|\bwww\.|(?<!\d):(?=\S)|:(?![\s\d]|$)"  # an address, an emoji's name
)


def as_text(value: str) -> Markup:
    """Return Markdown, which is HTML too, that is shown exactly as the text."""
    entities = _SEQUENCES.sub(
        lambda found: "".join(f"&#{ord(character)};" for character in found[0]),
        value.translate(_MARKS),
    )
    return Markup(entities)  # noqa: S704 - escaped here


def as_address(value: str) -> Markup:
    """Return an address as Markdown, for the target of a link, an `href`, and text."""
    return Markup(value.translate(_MARKS_OF_ADDRESSES))  # noqa: S704 - escaped here


# `|` would end a table cell, `:` begin an emoji.
_IN_TEXT = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]()!|~^=$+@"} | {ord("\n"): " "}
_IN_TAGS = {code: entity for code, entity in _IN_TEXT.items() if chr(code) not in "=@"}
_TAG = re.compile(r"(<[^<>]*>)")
_COLON = re.compile(r":(?=\w)")


def for_markdown(html: str) -> Markup:
    """Return HTML of one line that is the same inside Markdown, even in a table cell.

    It must have inline elements only, with quoted attributes in which `>` is escaped.
    """
    pieces = _TAG.split(html.strip())
    escaped = [
        piece.translate(_IN_TAGS) if number % 2 else _COLON.sub("&#58;", piece.translate(_IN_TEXT))
        for number, piece in enumerate(pieces)
    ]
    return Markup("".join(escaped))  # noqa: S704 - HTML before, the same HTML after


_ELEMENTS = frozenset({"em", "strong", "code"})
_MAYBE_MARKDOWN = frozenset("[`*_\\<&\x02\x03")
"""Characters without which a text has no markup; Python-Markdown uses the last two."""

_PATTERNS = frozenset(
    {"backtick", "escape", "entity", "not_strong", "em_strong", "em_strong2", "link"}
)
"""The inline patterns of Python-Markdown that are kept."""

_BLOCKS = ("hashheader", "setextheader", "hr", "olist", "ulist", "quote", "code", "reference")


@cache
def inline_html(text: str, *, links: bool = False) -> Inline:
    """Return inline Markdown as HTML of one line.

    Without `links` it may be the text of a link. All other syntax of Markdown is escaped, so that
    the result can be part of a page that is still to be converted.
    """
    if isinstance(text, Inline):
        return text
    line = " ".join(text.split())
    if _MAYBE_MARKDOWN.isdisjoint(line):
        return Inline(_text(line))
    writer = _InlineWriter()
    writer.feed(_converter(links=links).reset().convert(line))
    writer.close()
    return Inline("".join(writer.parts))


def _text(text: str) -> Markup:
    """Return escaped text for a line, in which single spaces need no entity."""
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
    """A link to an allowed address; any other stays as typed."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's
        self, m: object, data: str
    ) -> tuple[Element | None, int | None, int | None]:
        element, start, end = super().handleMatch(m, data)  # type: ignore[arg-type]
        if isinstance(element, Element) and is_link_target(element.get("href", "")):
            element.attrib.pop("title", None)
            return element, start, end
        return None, None, None


class _InlineWriter(HTMLParser):
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


def as_printed(value: object) -> Markup | None:
    """Return Markdown that is shown as the value; `None` if it cannot be printed."""
    if isinstance(value, Inline):
        return for_markdown(value)
    if isinstance(value, Markup):
        return value
    if isinstance(value, str) and is_address(value):
        return as_address(value)
    text = text_of(value)
    return None if text is None else as_text(text)


def text_of(value: object) -> str | None:
    """Return a value as text, not escaped; `None` if it cannot be printed.

    To be used for all values of pages instead of `str`, which shows Python's objects.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return value
    return value.text if isinstance(value, Facts) else None


def refuse_macros(*values: object) -> None:
    """Raise `PageError` if a value is a macro, whose parentheses are missing."""
    for value in values:
        if isinstance(value, Macro):
            raise not_printable(value)


def not_printable(value: object) -> PageError:
    """Return the mistake of printing a value that cannot be printed."""
    if isinstance(value, Facts | Macro):
        return value.not_text()
    if isinstance(value, list | tuple):
        return PageError(NOT_A_TEXT)
    return PageError("cannot be printed. Print one of its facts.")
