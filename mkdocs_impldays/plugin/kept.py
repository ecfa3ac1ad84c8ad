"""What `serve` keeps from one build to the next: most keystrokes change one page only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from mkdocs_impldays.checks.pages import PageChecks
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.pages.segments import segments_of

MOST_PAGES = 2000
"""How many pages are remembered; each takes as much as its text."""


class Kept:
    """The feeds and the checks of the last build, for as long as they are what a new one needs."""

    def __init__(self) -> None:
        self._feeds: dict[str, tuple[object, dict[str, bytes]]] = {}
        self._lasting: dict[tuple[str, str], tuple[object, dict[str, bytes]]] = {}
        self._checks: dict[tuple[str, str], PageChecks] = {}
        self.cut = lru_cache(MOST_PAGES)(segments_of)
        """Cuts pages into their pieces; one that was not edited, once."""

    def feeds(
        self, fest: Fest, *, fests: Sequence[Fest], site_url: str | None, stamp: datetime
    ) -> dict[str, bytes]:
        """Give the files that are made of a site's fest and all others, by their paths.

        All are in the language of the fest. The aware `stamp` tells when they were last changed.
        """
        made_of = (fest, fests, site_url, stamp)
        known, made = self._feeds.get(fest.language, (None, {}))
        if known != made_of:
            from mkdocs_impldays.output.files import files_of  # noqa: PLC0415 - slow to import

            made = files_of(
                fest, fests=fests, site_url=site_url, stamp=stamp, lasting=self._lasting_of
            )
            self._feeds[fest.language] = (made_of, made)
        return made

    def _lasting_of(self, fest: Fest, *, site_url: str | None) -> dict[str, bytes]:
        """Give what only depends on one fest: of many, an edit changes one."""
        key, made_of = (fest.id, fest.language), (fest, site_url)
        known, made = self._lasting.get(key, (None, {}))
        if known != made_of:
            from mkdocs_impldays.output.files import lasting_files  # noqa: PLC0415 - as above

            made = lasting_files(fest, site_url=site_url)
            self._lasting[key] = (made_of, made)
        return made

    def checks(self, fest: Fest, fests: Sequence[Fest], *, moment: datetime) -> PageChecks:
        """Give the checks of the pages of one of the fests, which know what they read before."""
        others = [each for each in fests if each.id != fest.id]
        key = (fest.id, fest.language)
        known = self._checks.get(key)
        if known is None or not known.are_of(fest, others, moment):
            known = self._checks[key] = PageChecks(fest, others, moment)
        return known
