"""All checks of a page's Markdown, as a build and `impldays check` ask them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mkdocs_impldays.checks.leftovers import leftover_problems
from mkdocs_impldays.checks.placeholders import placeholder_problems
from mkdocs_impldays.checks.prose import prose_problems
from mkdocs_impldays.checks.reading import Page
from mkdocs_impldays.checks.signs import Signs
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.problems import Problem, in_order


def page_problems(
    page: Page, *, fest: Fest, others: Sequence[Fest], moment: datetime
) -> list[Problem]:
    """Find what on a page contradicts, repeats or forgets the facts of its fest.

    `others` are the fests whose text may be left over; `moment` is aware.
    """
    return in_order(
        [
            *prose_problems(page, fest, others=others),
            *leftover_problems(page, fest, others=others),
            *placeholder_problems(page, fest, moment=moment),
        ]
    )


class PageChecks:
    """The checks of one site on one day; it remembers the pages that it has read."""

    def __init__(self, fest: Fest, others: Sequence[Fest], moment: datetime) -> None:
        self._fest = fest
        self._others = list(others)
        self._moment = moment
        self._signs = Signs(fest, others)
        self._told: dict[tuple[str, str], list[Problem]] = {}
        self._without_signs: dict[str, int] = {}

    def are_of(self, fest: Fest, others: Sequence[Fest], moment: datetime) -> bool:
        """Tell whether the same would be found for these fests at another moment."""
        days = {each.astimezone(fest.timezone).date() for each in (self._moment, moment)}
        return len(days) == 1 and fest == self._fest and list(others) == self._others

    def have_signs(self, path: str, text: str) -> bool:
        """Tell whether a file's text holds anything that has to be looked at.

        Of a file that does not, its hash is remembered, so that it is not read again.
        """
        if self._without_signs.get(path) == (text_hash := hash(text)):
            return False
        is_there = self._signs.are_in(text)
        if not is_there:
            self._without_signs[path] = text_hash
        return is_there

    def problems(self, page: Page) -> list[Problem]:
        """Give what is wrong on a page; one that was read before, or has no sign, costs little."""
        told = self._told.get(key := (page.path, page.text))
        if told is None:
            told = []
            if self._signs.are_in(page.text):
                told = self._told[key] = self._read(page)
        return [replace(each, line=(each.line or 0) + page.offset) for each in told]

    def _read(self, page: Page) -> list[Problem]:
        return page_problems(
            replace(page, offset=0), fest=self._fest, others=self._others, moment=self._moment
        )
