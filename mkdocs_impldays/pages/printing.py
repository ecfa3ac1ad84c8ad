"""What a page shows for a value: text as it was typed, or inline Markdown by one allow-list.

Elements of the allow-list: `em`, `strong` and `code`, without attributes; in texts that may hold
links also `a` with an `href` and nothing else. Whatever else is typed, HTML included, is shown as
text.
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

# A numeric entity means its character in running text, headings, table cells, link texts and
# titles, HTML and its attributes alike, and no Markdown extension takes it for a mark.
_MARKS = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]()#+!|<>&\"'~^=$@\n\r\t"}
_MARKS_OF_ADDRESSES = {code: mark for code, mark in _MARKS.items() if chr(code) not in "#+=@!"}
_SEQUENCES = re.compile(
    r"^[-?/: ]| $|^\d+\."  # a list, a block, spaces that Markdown strips
    r"|--+|\.\.+"  # dashes and dots that smarty changes
    r"|\bwww\.|(?<!\d):(?=\S)|:(?![\s\d]|$)"  # an address, an emoji's name
)


def as_text(value: str) -> Markup:
    """Return Markdown, and HTML, that reads exactly as the text does."""
    return Markup(_SEQUENCES.sub(_as_entities, value.translate(_MARKS)))  # noqa: S704 - escaped here


def as_address(value: str) -> Markup:
    """Return an address for a link's target or an `href`, and for running text."""
    return Markup(value.translate(_MARKS_OF_ADDRESSES))  # noqa: S704 - escaped here


def _as_entities(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match[0])


# Numeric entities mean their characters in text and in attributes, and no extension of
# Python-Markdown takes them for a mark. `|` would end a cell of a table, `:` begin an emoji.
_IN_TEXT = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]()!|~^=$+@"} | {ord("\n"): " "}
_IN_TAGS = {code: entity for code, entity in _IN_TEXT.items() if chr(code) not in "=@"}
_TAG = re.compile(r"(<[^<>]*>)")
_COLON = re.compile(r":(?=\w)")


def for_markdown(html: str) -> Markup:
    """Return HTML of one line that reads the same inside of Markdown, in a table's cell too.

    It must hold inline elements only, quote its attributes and escape `>` in them.
    """
    pieces = _TAG.split(html.strip())
    escaped = [
        piece.translate(_IN_TAGS) if number % 2 else _COLON.sub("&#58;", piece.translate(_IN_TEXT))
        for number, piece in enumerate(pieces)
    ]
    return Markup("".join(escaped))  # noqa: S704 - HTML before, the same HTML after


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
    writer = _InlineWriter()
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
    """Return Markdown that reads as the value does; `None` where it cannot be printed."""
    if isinstance(value, Inline):
        return for_markdown(value)
    if isinstance(value, Markup):
        return value
    if isinstance(value, str) and is_address(value):
        return as_address(value)
    text = text_of(value)
    return None if text is None else as_text(text)


def text_of(value: object) -> str | None:
    """Return what a value reads as, not escaped; `None` where it cannot be printed.

    Whatever makes text of a page's values asks this, and never `str`, which shows Python's objects.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return value
    return value.text if isinstance(value, Facts) else None


def refuse_macros(*values: object) -> None:
    """Raise `PageError` for a macro that is not called: its parentheses are missing."""
    for value in values:
        if isinstance(value, Macro):
            raise not_printable(value)


def not_printable(value: object) -> PageError:
    """Return the mistake of printing a value that has no text."""
    if isinstance(value, Facts | Macro):
        return value.not_text()
    if isinstance(value, list | tuple):
        return PageError(NOT_A_TEXT)
    return PageError("cannot be printed. Print one of its facts.")
