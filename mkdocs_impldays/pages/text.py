"""Values become Markdown that shows them as they were typed, wherever on a page they stand."""

from __future__ import annotations

import re

from markupsafe import Markup

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
    """Give Markdown, and HTML, that reads exactly as the text does."""
    return Markup(_SEQUENCES.sub(_as_entities, value.translate(_MARKS)))  # noqa: S704 - escaped here


def as_address(value: str) -> Markup:
    """Give an address for a link's target or an `href`, and for running text."""
    return Markup(value.translate(_MARKS_OF_ADDRESSES))  # noqa: S704 - escaped here


def _as_entities(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match[0])
