"""Blocks of HTML on their way through Markdown, at any indent and in any other block.

Markdown takes HTML for a block only at the beginning of a line. So a block travels as a mark, in
hexadecimal digits between private characters, and becomes HTML again when all else is done. It is
packed, since Markdown looks at each character many times.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import lru_cache

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markupsafe import Markup

_BEGIN = "\ue014"
_MARK = re.compile(f"{_BEGIN}([0-9a-f]*)\ue015")
_PARAGRAPH = re.compile(f"<p>((?:(?!</p>).)*?{_BEGIN}.*?)</p>", re.DOTALL)


@lru_cache(maxsize=256)  # a site has few blocks, on many pages
def mark(html: str) -> Markup:
    """Give the mark for a block."""
    return Markup(f"\ue014{zlib.compress(html.encode()).hex()}\ue015")  # noqa: S704 - digits


@lru_cache(maxsize=256)
def _unpacked(digits: str) -> str | None:
    try:
        return zlib.decompress(bytes.fromhex(digits)).decode()
    except (ValueError, zlib.error):  # a page's own private characters
        return None


class Blocks(Postprocessor):
    """Makes HTML of the marks; `finish` has the last word about it."""

    def __init__(self, md: Markdown, finish: Callable[[str], str]) -> None:
        super().__init__(md)
        self._finish = finish

    def run(self, text: str) -> str:
        """Give the page's HTML with its blocks."""
        if _BEGIN not in text:
            return text
        return _MARK.sub(self._block, _PARAGRAPH.sub(_parted, text))

    def _block(self, match: re.Match[str]) -> str:
        html = _unpacked(match[1])
        return match[0] if html is None else self._finish(html)


def _parted(paragraph: re.Match[str]) -> str:
    """Give the text around blocks paragraphs of its own: HTML has no block within one."""
    parts = re.split(f"({_BEGIN}[^\ue015]*\ue015)", paragraph[1])
    return "\n".join(
        part if part.startswith(_BEGIN) else f"<p>{part.strip()}</p>"
        for part in parts
        if part.strip()
    )
