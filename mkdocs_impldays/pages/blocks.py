"""Blocks of HTML on their way through Markdown, at any indent and in any other block.

Markdown takes HTML for a block only at the beginning of a line. So a block travels as a mark, in
hexadecimal digits between private characters, and becomes HTML again when all else is done.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markupsafe import Markup

_MARK = re.compile("<p>\ue014([0-9a-f]*)\ue015</p>|\ue014([0-9a-f]*)\ue015")
_BEGIN = "\ue014"


def mark(html: str) -> Markup:
    """Give the mark for a block."""
    return Markup(f"\ue014{html.encode().hex()}\ue015")  # noqa: S704 - digits


class Blocks(Postprocessor):
    """Makes HTML of the marks; `finish` has the last word about it."""

    def __init__(self, md: Markdown, finish: Callable[[str], str]) -> None:
        super().__init__(md)
        self._finish = finish

    def run(self, text: str) -> str:
        """Give the page's HTML with its blocks."""
        return _MARK.sub(self._block, text) if _BEGIN in text else text

    def _block(self, match: re.Match[str]) -> str:
        return self._finish(bytes.fromhex(match[1] or match[2] or "").decode())
