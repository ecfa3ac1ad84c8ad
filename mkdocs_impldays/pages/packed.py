"""HTML on its way through Markdown: blocks, in any other block at any indent, and parts of lines.

Markdown takes HTML for a block only at the beginning of a line, and looks at each tag within a line
by itself. So both travel as a mark, in hexadecimal digits between private characters, and become
HTML again when all else is done. They are packed, since Markdown looks at each character many
times.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import lru_cache

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markupsafe import Markup

from mkdocs_impldays.pages.facts import Block, Inline
from mkdocs_impldays.pages.inline_html import for_markdown

_BLOCK, _PART = "\ue014", "\ue016"
_MARK = re.compile(f"[{_BLOCK}{_PART}]([0-9a-f]*)\ue015")
_ONE_PART = re.compile(f"{_PART}([0-9a-f]*)\ue015")
_PARAGRAPH = re.compile(f"<p>((?:(?!</p>).)*?{_BLOCK}.*?)</p>", re.DOTALL)


@lru_cache(maxsize=256, typed=True)  # a site has few, on many pages
def mark(html: Block | Inline) -> Markup:
    """Give the mark for a block, or for a part of a line."""
    begin = _BLOCK if isinstance(html, Block) else _PART
    return Markup(f"{begin}{zlib.compress(html.encode()).hex()}\ue015")  # noqa: S704 - digits


@lru_cache(maxsize=256)
def _unpacked(digits: str) -> str | None:
    try:
        return zlib.decompress(bytes.fromhex(digits)).decode()
    except (ValueError, zlib.error):  # a page's own private characters
        return None


def unpacked(
    text: str, finish: Callable[[str], str] = str, *, marks: re.Pattern[str] = _MARK
) -> str:
    """Make HTML of the marks in a text; `finish` has the last word about each."""

    def html_of(match: re.Match[str]) -> str:
        html = _unpacked(match[1])
        return match[0] if html is None else finish(html)

    return marks.sub(html_of, text) if _BLOCK in text or _PART in text else text


def with_parts(markdown: str) -> str:
    """Give Markdown with HTML for its parts of lines, for others who read it, like feeds.

    Blocks stay packed: as HTML they would not be right at any indent.
    """
    return unpacked(markdown, _for_markdown, marks=_ONE_PART)


_for_markdown = lru_cache(maxsize=256)(for_markdown)


class Parts(InlineProcessor):
    """Puts parts of lines aside."""

    PATTERN = _ONE_PART.pattern

    def handleMatch(  # type: ignore[override]  # noqa: D102, N802 - Markdown's
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - Markdown's signature
    ) -> tuple[str | None, int | None, int | None]:
        html = _unpacked(m[1])
        if html is None:
            return None, None, None
        return self.md.htmlStash.store(html), m.start(0), m.end(0)


class Blocks(Postprocessor):
    """Makes HTML of what is left: the blocks, and parts of lines that stand in raw HTML."""

    def __init__(self, md: Markdown, finish: Callable[[str], str]) -> None:
        super().__init__(md)
        self._finish = finish

    def run(self, text: str) -> str:
        """Give the page's HTML with all that was packed."""
        if _BLOCK in text:
            text = _PARAGRAPH.sub(_parted, text)
        elif _PART not in text:
            return text
        return unpacked(text, self._finish)


def _parted(paragraph: re.Match[str]) -> str:
    """Give the text around blocks paragraphs of its own: HTML has no block within one."""
    parts = re.split(f"({_BLOCK}[^\ue015]*\ue015)", paragraph[1])
    return "\n".join(
        part if part.startswith(_BLOCK) else f"<p>{part.strip()}</p>"
        for part in parts
        if part.strip()
    )
