"""A stash for HTML while Markdown is converted: blocks, at any indent, and parts of lines.

Markdown reads HTML as a block only at the beginning of a line, and reads each character of a line
many times. So both are replaced by a number between private characters, and restored at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markupsafe import Markup

from mkdocs_impldays.pages.facts import Block, Inline
from mkdocs_impldays.pages.printing import as_text, for_markdown
from mkdocs_impldays.pages.search import visible_text

_BLOCK, _PART = "\ue014", "\ue016"
_DIGITS = str.maketrans({str(digit): chr(0xE020 + digit) for digit in range(10)})
"""Private characters instead of digits, which abbreviations and filters might change."""

_MARK = re.compile(f"[{_BLOCK}{_PART}]([\ue020-\ue029]+)\ue015")
_ONE_PART = re.compile(f"{_PART}([\ue020-\ue029]+)\ue015")
_END_OF_BLOCK = re.compile(r"</(?:div|p|li|dt|dd|h\d|td|th|tr|section|article|figcaption)>")
_PARAGRAPH = re.compile(r"<p>((?>(?:(?!</?p>).)*))</p>", re.DOTALL)

_for_markdown = lru_cache(maxsize=256)(for_markdown)  # a site has few, on many pages


class Stash:
    """The HTML of one build."""

    def __init__(self) -> None:
        """Make an empty stash."""
        self._marks: dict[tuple[type, str], Markup] = {}
        self._html: dict[str, str] = {}

    def mark(self, html: Block | Inline) -> Markup:
        """Return the mark of some HTML, which is the same each time."""
        key = type(html), html
        if key not in self._marks:
            number = str(len(self._html)).translate(_DIGITS)
            self._html[number] = str(html)
            begin = _BLOCK if isinstance(html, Block) else _PART
            self._marks[key] = Markup(f"{begin}{number}\ue015")  # noqa: S704 - a number
        return self._marks[key]

    def html_of(self, number: str) -> str | None:
        """Return the HTML with a number; `None` if the page typed the mark itself."""
        return self._html.get(number)

    def restored(
        self, text: str, finish: Callable[[str], str] = str, *, marks: re.Pattern[str] = _MARK
    ) -> str:
        """Return a text with its marks replaced by their HTML, which `finish` may change."""

        def html_of(match: re.Match[str]) -> str:
            html = self._html.get(match[1])
            return match[0] if html is None else finish(html)

        return marks.sub(html_of, text) if _BLOCK in text or _PART in text else text

    def without_marks(self, markdown: str) -> str:
        """Return Markdown without marks, for other plugins that read it, like feeds.

        Parts of lines become HTML, blocks their visible text: as HTML they would fail at an indent,
        or where a feed cuts them.
        """
        text = self.restored(markdown, _for_markdown, marks=_ONE_PART)
        return self.restored(
            text, lambda html: as_text(visible_text(_END_OF_BLOCK.sub(r"\g<0> ", html)))
        )


class Parts(InlineProcessor):
    """Moves parts of lines to Markdown's own stash."""

    def __init__(self, md: Markdown, stash: Stash) -> None:
        super().__init__(_ONE_PART.pattern, md)
        self._stash = stash

    def handleMatch(  # type: ignore[override]  # noqa: D102, N802 - Markdown's
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - Markdown's signature
    ) -> tuple[str | None, int | None, int | None]:
        html = self._stash.html_of(m[1])
        if html is None:
            return None, None, None
        return self.md.htmlStash.store(html), m.start(0), m.end(0)


class Blocks(Postprocessor):
    """Restores the blocks, and parts of lines in raw HTML."""

    def __init__(self, md: Markdown, stash: Stash, finish: Callable[[str], str]) -> None:
        super().__init__(md)
        self._stash = stash
        self._finish = finish

    def run(self, text: str) -> str:
        """Return the page with all of its HTML."""
        if _BLOCK in text:
            text = _PARAGRAPH.sub(_parted, text)
        elif _PART not in text:
            return text
        return self._stash.restored(text, self._finish)


def _parted(paragraph: re.Match[str]) -> str:
    """Return a paragraph split around its blocks, which HTML does not allow in it."""
    if _BLOCK not in paragraph[1]:
        return paragraph[0]
    parts = re.split(f"({_BLOCK}[^{_BLOCK}\ue015]*\ue015)", paragraph[1])
    return "\n".join(
        part if part.startswith(_BLOCK) else f"<p>{part.strip()}</p>"
        for part in parts
        if part.strip()
    )
