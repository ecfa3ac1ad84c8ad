"""One line of Markdown as HTML that nothing changes any more: labels, titles, notes."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

import markdown
from markupsafe import Markup

from mkdocs_impldays.pages.text import as_text

_MARKS = frozenset({"em", "strong", "code"})
_MAYBE_MARKDOWN = re.compile(r"[`*_\\<&\x02\x03]")
"""What a text has to hold to be more than itself; the last two are Markdown's own."""

_NOT_IN_LABELS = (
    "html", "link", "image_link", "image_reference", "reference", "short_reference",
    "short_image_ref", "autolink", "automail", "linebreak",
)  # fmt: skip


@cache
def inline_html(text: str) -> Markup:
    """Give inline Markdown as HTML with no other tags than `code`, `em` and `strong`.

    HTML in it is shown as typed, and a link is not made: the whole may stand in a link. What is
    left of Markdown's own characters is written as entities, so that the line may stand in a page
    that Markdown still has to read.
    """
    line = " ".join(text.split())
    if not _MAYBE_MARKDOWN.search(line):
        return _written(line)
    reader = _Escaping()
    reader.feed(_converter().reset().convert(line))
    reader.close()
    return Markup("".join(reader.parts))  # noqa: S704 - made of escaped text and three tags


def _written(text: str) -> Markup:
    """Give text for a line, in which single spaces are no marks."""
    return Markup(as_text(text).replace("&#32;", " "))  # noqa: S704 - escaped


@cache
def _converter() -> markdown.Markdown:
    converter = markdown.Markdown()
    converter.preprocessors.deregister("html_block")
    for name in _NOT_IN_LABELS:
        converter.inlinePatterns.deregister(name)
    for name in (
        "hashheader",
        "setextheader",
        "hr",
        "olist",
        "ulist",
        "quote",
        "code",
        "reference",
    ):
        converter.parser.blockprocessors.deregister(name)
    return converter


class _Escaping(HTMLParser):
    """Takes the converter's HTML apart and writes its text as entities."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Markup] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - none is kept
        if tag in _MARKS:
            self.parts.append(Markup(f"<{tag}>"))  # noqa: S704 - one of three

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            self.parts.append(Markup(f"</{tag}>"))  # noqa: S704 - one of three

    def handle_data(self, data: str) -> None:
        self.parts.append(_written(data))
