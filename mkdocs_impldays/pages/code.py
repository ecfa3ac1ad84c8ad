"""Where on a page Markdown takes text for code: fenced, between backticks, indented."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

_BRACES = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}")
_LINE_BEFORE_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*")
_INDENTS = ("    ", "\t")
_HOLDS_INDENTED_TEXT = re.compile(r" {0,3}([-*+]\s|\d+[.)]\s|!!!|\?\?\?|===|:|\[\^|///|<)")


@lru_cache(maxsize=64)
def _closing_fence(mark: str) -> re.Pattern[str]:
    """Give a pattern for the lines that close a fence, which are all alike."""
    return re.compile(rf"\n[ \t>]*{mark}[ \t]*$", re.MULTILINE)


@lru_cache(maxsize=64)
def _closing_quotes(mark: str) -> re.Pattern[str]:
    """Give a pattern for what ends code within a line, or the paragraph that it stands in."""
    return re.compile(rf"(?<!`){mark}(?!`)|\n[ \t]*\n")


class Code:
    """The code of a page, asked from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._without_end: set[str] = set()
        """The fences that no line closes from where they were last seen."""
        self.titles: list[tuple[int, str]] = []
        """Variables and tags in the first lines of fences, like in a title, with their places."""

    def end(self, start: int, mark: str) -> int:
        """Give the place behind the code that begins here, or behind the mark if none does."""
        text, behind = self._text, start + len(mark)
        if self._is_escaped(start):
            return start + 1
        if mark[0] != "{" and len(mark) >= 3 and (end := self._end_of_fence(start, mark)):
            return end
        if mark[0] != "`":
            return behind
        closing = _closing_quotes(mark).search(text, behind)
        return closing.end() if closing and closing[0] == mark else behind

    def _is_escaped(self, start: int) -> bool:
        before = start
        while before and self._text[before - 1] == "\\":
            before -= 1
        return (start - before) % 2 == 1

    def _end_of_fence(self, start: int, mark: str) -> int | None:
        line = self._text.rfind("\n", 0, start) + 1
        if not _LINE_BEFORE_FENCE.fullmatch(self._text, line, start):
            return None
        if mark in self._without_end:  # looked for once, as a page may hold thousands
            return None
        closing = _closing_fence(mark).search(self._text, start + len(mark))
        if closing is None:
            self._without_end.add(mark)
            return None
        first_line = _BRACES.finditer(self._text, start, self._text.index("\n", start))
        self.titles += [(match.start(), match[0]) for match in first_line]
        return closing.end()

    def is_indented(self, start: int) -> bool:
        """Tell whether a place is in code that is code because it is indented."""
        line = self._text.rfind("\n", 0, start) + 1
        return self._text.startswith(_INDENTS, line) and line in self._indented_code

    @cached_property
    def _indented_code(self) -> set[int]:
        """The places of all lines that Markdown takes for code because they are indented."""
        code: set[int] = set()
        place, before, is_code, after_blank = 0, "", False, True
        for line in self._text.splitlines(keepends=True):
            if not line.strip():
                after_blank = True
            elif line.startswith(_INDENTS):
                is_code = (is_code or after_blank) and not _HOLDS_INDENTED_TEXT.match(before)
                code |= {place} if is_code else set()
                after_blank = False
            else:
                if after_blank or not _HOLDS_INDENTED_TEXT.match(before):
                    before = line
                is_code = after_blank = False
            place += len(line)
        return code
