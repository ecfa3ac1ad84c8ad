"""Markdown between the marks of `phase_tags` becomes elements that are shown at their time.

Tags alone on their lines make a block, of Markdown of any length, at the indent of its first tag;
so it may stand in a list's item, an admonition or a tab. Tags within a line make a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

# Private characters around a letter and hexadecimal digits: nothing that Markdown could take for a
# mark. All begin alike, which is what lets `re` skip over text at full speed.
_BEGIN, _END = "\ue010\ue012"
_OPENING, _TURNING, _CLOSING = "xyz"
_MARK = re.compile(f"{_BEGIN}([{_OPENING}{_TURNING}{_CLOSING}])((?:[0-9a-f]{{2}})*){_END}")
_PARAGRAPH = re.compile(f"<p>({_MARK.pattern})</p>")
_INDENT = re.compile(r"[ >]*")
_LIST_ITEM = re.compile(r"[ >]*(?:[-*+]|\d+\.) +")

CLOSING = _BEGIN + _CLOSING + _END
"""The mark at the end of the last of the parts that take turns."""


def opening(attributes: str) -> str:
    """Give the mark at the beginning of a part with these attributes."""
    return f"{_BEGIN}{_OPENING}{attributes.encode().hex()}{_END}"


def turning(attributes: str) -> str:
    """Give the mark at the end of a part, where one with these attributes follows."""
    return f"{_BEGIN}{_TURNING}{attributes.encode().hex()}{_END}"


class PhaseBlocks(Extension):
    """Turns the marks into elements."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Register both halves."""
        # Behind the expansion of tabs (30) and included text (31), before code is put aside (25).
        md.preprocessors.register(_Places(md), "impldays_phase_places", 29)
        # Behind raw HTML's return (30), which may hold marks too.
        md.postprocessors.register(_Elements(md), "impldays_phase_elements", 5)


class _Places(Preprocessor):
    """Gives each mark of a block a paragraph of its own; makes elements of those within lines."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if _BEGIN not in text:
            return lines
        placed: list[str] = []
        behind = 0
        for mark, written in sorted(_placed(text), key=lambda pair: pair[0].start()):
            placed += [text[behind : mark.start()], written]
            behind = mark.end()
        # Lines of nothing but spaces are emptied, as Python-Markdown did before (30).
        return re.sub(r"(?m)^ +$", "", "".join([*placed, text[behind:]])).split("\n")


class _Elements(Postprocessor):
    """Makes elements of the marks of blocks."""

    def run(self, text: str) -> str:
        if _BEGIN not in text:
            return text
        bare = _PARAGRAPH.sub(r"\1", text)
        return _MARK.sub(lambda mark: _element(mark, "div"), bare)


def _placed(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Give each mark, and what is to stand in its place."""
    together, alone = _together(text)
    yield from ((mark, "") for mark in alone)
    for marks in together:
        if not _is_block(text, marks):
            yield from ((mark, _element(mark, "span")) for mark in marks)
            continue
        found = _INDENT.match(_line_before(text, marks[0]))
        line = f"\n{found[0] if found else ''}"
        for mark in marks:
            # Jinja has trimmed the end of the line behind `else`, so that the next follows at once.
            behind = f"{line}\n" if mark[1] == _TURNING else line * 2
            yield mark, f"{line}{line}{mark[0]}{behind}"


def _together(text: str) -> tuple[list[list[re.Match[str]]], list[re.Match[str]]]:
    """Give the marks that belong together: the opening, the turns, the closing.

    Marks that have lost their others, as where a blog cuts a page to its beginning, stand alone.
    """
    together: list[list[re.Match[str]]] = []
    alone: list[re.Match[str]] = []
    still_open: list[list[re.Match[str]]] = []
    for mark in _MARK.finditer(text):
        if mark[1] == _OPENING:
            still_open.append([])
        (still_open[-1] if still_open else alone).append(mark)
        if mark[1] == _CLOSING and still_open:
            together.append(still_open.pop())
    return together, alone + [mark for marks in still_open for mark in marks]


def _is_block(text: str, marks: list[re.Match[str]]) -> bool:
    body = text[marks[0].end() : marks[-1].start()]
    if _LIST_ITEM.fullmatch(_line_before(text, marks[0])):
        return False
    if re.match(r" *\n", body) or re.search(r"\n[ >]*\n", body):
        return True
    return "\n" in body and _INDENT.fullmatch(_line_before(text, marks[0])) is not None


def _line_before(text: str, mark: re.Match[str]) -> str:
    return text[text.rfind("\n", 0, mark.start()) + 1 : mark.start()]


def _element(mark: re.Match[str], tag: str) -> str:
    part = f"<{tag} {bytes.fromhex(mark[2]).decode(errors='replace')}>"
    if mark[1] == _OPENING:
        return f'<{tag} class="impldays">{part}'
    return f"</{tag}>{part}" if mark[1] == _TURNING else f"</{tag}></{tag}>"
