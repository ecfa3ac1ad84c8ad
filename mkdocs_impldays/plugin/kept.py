"""What `serve` keeps from one build to the next: most keystrokes change one page only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mkdocs_impldays.checks.pages import PageChecks
from mkdocs_impldays.fest.chosen import Chosen
from mkdocs_impldays.fest.fest import Fest


class Kept:
    """The feeds and the checks of the last build, for as long as they are what a new one needs."""

    def __init__(self) -> None:
        self._feeds: tuple[object, dict[str, bytes]] = (None, {})
        self._checks: dict[str, PageChecks] = {}

    def feeds(self, chosen: Chosen, *, site_url: str | None, stamp: datetime) -> dict[str, bytes]:
        """Give the files that are made of the fests, by their paths from the site's root.

        The aware `stamp` tells when the fests were last changed.
        """
        if chosen.fest is None:
            return {}
        made_of = (chosen.fest, chosen.fests, site_url, stamp)
        if self._feeds[0] != made_of:
            from mkdocs_impldays.feeds.files import files_of  # noqa: PLC0415 - slow to import

            every = chosen.fests.values()
            made = files_of(chosen.fest, fests=every, site_url=site_url, stamp=stamp)
            self._feeds = (made_of, made)
        return self._feeds[1]

    def checks(self, fest: Fest, *, fests: Sequence[Fest], moment: datetime) -> PageChecks:
        """Give the checks of the pages of one of the fests, which know what they read before."""
        others = [each for each in fests if each.id != fest.id]
        known = self._checks.get(fest.id)
        if known is None or not known.are_of(fest, others, moment):
            known = self._checks[fest.id] = PageChecks(fest, others, moment)
        return known
