"""All checks of a page's Markdown, as a build and `impldays check` ask them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from mkdocs_impldays.checks.keywords import Keywords
from mkdocs_impldays.checks.leftovers import leftover_problems
from mkdocs_impldays.checks.placeholders import placeholder_problems
from mkdocs_impldays.checks.prose import prose_problems
from mkdocs_impldays.checks.reading import Page
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.pages.front_matter import front_matter_end, line_of
from mkdocs_impldays.problems import Problem, in_order, quoted


def page_problems(
    page: Page, *, fest: Fest, others: Sequence[Fest], moment: datetime
) -> list[Problem]:
    """Find what on a page contradicts, repeats or leaves out facts of its fest.

    `others` are the fests whose text may be left over; `moment` is aware.
    """
    return in_order(
        [
            *prose_problems(page, fest, others=others),
            *leftover_problems(page, fest, others=others),
            *placeholder_problems(page, fest, moment=moment),
        ]
    )


_ITEM = re.compile(r"^(?:[-*+] +\S|\d{1,3}[.)] +\S)", re.MULTILINE)
_NO_TEXT = re.compile(r"[-*+#>|<:=\s`~]|\d{1,3}[.)] |!!!|\?\?\?|\[[^\]]*\]:|\{")
"""How lines begin that are not the text of a paragraph."""


def list_problems(path: str, raw: str) -> Iterator[Problem]:
    """Find lists right after their sentence, which Markdown takes for a part of it."""
    if not any(_goes_on(raw, item.start()) for item in _ITEM.finditer(raw)):
        return
    start = front_matter_end(raw)
    page = Page(path, raw[start:], raw.count("\n", 0, start))
    place, is_first, is_text = 0, True, False
    for line in page.linked.splitlines(keepends=True):
        if not line.strip() or line.startswith("#"):
            is_first, is_text = True, False
        elif is_first:
            is_first, is_text = False, not _NO_TEXT.match(line)
        elif is_text and _ITEM.match(line):
            is_text = False  # the rest of the list has the same cause
            message = f"{quoted(line.strip())} is part of the text above it, and not a list."
            yield page.problem(place, f"{message} Add an empty line before it.", check="list")
        place += len(line)


def _goes_on(raw: str, item: int) -> bool:
    """Return whether the line above an item is neither empty nor an item too."""
    above = raw[raw.rfind("\n", 0, max(item - 1, 0)) + 1 : item]
    return bool(above.strip()) and not _ITEM.match(above)


class PageChecks:
    """The checks of one site on one day; what a page had is found once."""

    def __init__(self, fest: Fest, others: Sequence[Fest], moment: datetime) -> None:
        self._fest = fest
        self._others = list(others)
        self._moment = moment
        self._keywords = Keywords(fest, others)
        self._known: dict[str, tuple[int, list[Problem]]] = {}

    def are_of(self, fest: Fest, others: Sequence[Fest], moment: datetime) -> bool:
        """Return whether the same would be found for these fests at another moment."""
        days = {each.astimezone(fest.timezone).date() for each in (self._moment, moment)}
        return len(days) == 1 and fest == self._fest and list(others) == self._others

    def problems(self, path: str, raw: str, meta: Mapping[str, object]) -> list[Problem]:
        """Return what is wrong in a page's file, by its whole text and its front matter.

        One that was read before, or has no keyword, costs little. Of the text only a hash is kept.
        """
        text_known, found = self._known.get(path, (None, []))
        if text_known != (text_hash := hash(raw)):
            found = list(self._read(path, raw, meta)) if self._keywords.are_in(raw) else []
            found += list_problems(path, raw)
            self._known[path] = text_hash, found
        return found

    def _read(self, path: str, raw: str, meta: Mapping[str, object]) -> Iterator[Problem]:
        start = front_matter_end(raw)
        yield from self._problems(Page(path, raw[start:], raw.count("\n", 0, start)))
        for key in ("title", "description"):
            if isinstance(text := meta.get(key), str):
                yield from self._problems(Page(path, text, line_of(raw, key) - 1))

    def _problems(self, page: Page) -> list[Problem]:
        if not self._keywords.are_in(page.text):
            return []
        return page_problems(page, fest=self._fest, others=self._others, moment=self._moment)
