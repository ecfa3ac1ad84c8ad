"""A page's HTML without the parts that are not shown yet."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                   "source", "track", "wbr"})  # fmt: skip
"""Elements without an end (HTML, 13.1.2)."""


def without_hidden(html: str) -> str:
    """Leave out every element with the attribute `hidden`, and all that is in it.

    A search must not find, and show as true, what will be true at another time.
    """
    if " hidden" not in html:
        return html
    reader = _Shown(html)
    reader.feed(html)
    reader.close()
    return reader.text()


class _Shown(HTMLParser):
    """Remembers which stretches of the HTML lie in hidden elements."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._html = html
        self._lines = [0]
        for line in html.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self._depth = 0
        self._began = 0
        self._hidden: list[tuple[int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth == 0 and "hidden" not in dict(attrs):
            return
        if self._depth == 0:
            self._began = self._place()
        if tag in _VOID:
            self._close_if_whole(self._place() + len(self.get_starttag_text() or ""))
        else:
            self._depth += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take `<br />` for what it is: an element without an end."""

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in _VOID:
            self._depth -= 1
            self._close_if_whole(self._html.index(">", self._place()) + 1)

    def text(self) -> str:
        """Give the HTML without the hidden stretches."""
        shown, at = [], 0
        for start, end in self._hidden:
            shown.append(self._html[at:start])
            at = end
        return "".join([*shown, self._html[at:]])

    def _close_if_whole(self, end: int) -> None:
        if self._depth == 0:
            self._hidden.append((self._began, end))

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
