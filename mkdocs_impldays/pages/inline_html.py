"""HTML in the midst of Markdown, which Markdown passes on as it is."""

from __future__ import annotations

import re

from markupsafe import Markup

# Numeric entities mean their characters in text and in attributes, and no extension of
# Python-Markdown takes them for a mark. `|` would end a cell of a table, `:` begin an emoji.
_IN_TEXT = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_{}[]()!|~^=$+@"} | {ord("\n"): " "}
_IN_TAGS = {code: entity for code, entity in _IN_TEXT.items() if chr(code) not in "=@"}
_TAG = re.compile(r"(<[^<>]*>)")
_COLON = re.compile(r":(?=\w)")


def for_markdown(html: str) -> Markup:
    """Give HTML of one line that reads the same inside of Markdown, in a table's cell too.

    It must hold inline elements only, quote its attributes and escape `>` in them.
    """
    pieces = _TAG.split(html.strip())
    proof = [
        piece.translate(_IN_TAGS) if number % 2 else _text(piece)
        for number, piece in enumerate(pieces)
    ]
    return Markup("".join(proof))  # noqa: S704 - HTML before, the same HTML after


def _text(text: str) -> str:
    return _COLON.sub("&#58;", text.translate(_IN_TEXT))
