"""What `mkdocs serve` keeps from one build to the next: most edits change one page only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from mkdocs_impldays.checks.pages import PageChecks
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.pages.segments import segments_of

MOST_PAGES = 2000
"""How many pages are kept; each takes as much as its text."""


class Cache:
    """The files and the checks of the last build, for as long as a new one would make the same."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[object, dict[str, bytes]]] = {}
        self._lasting: dict[tuple[str, str], tuple[object, dict[str, bytes]]] = {}
        self._checks: dict[tuple[str, str], PageChecks] = {}
        self.cut = lru_cache(MOST_PAGES)(segments_of)
        """Cuts a page into its segments; a page that was not edited, once."""

    def files(
        self, fest: Fest, *, fests: Sequence[Fest], site_url: str | None, stamp: datetime
    ) -> dict[str, bytes]:
        """Return the files made of a site's current fest and all others, by their paths.

        All fests are in the language of the current one. The aware `stamp` says when they were last
        changed.
        """
        key = (fest, fests, site_url, stamp)
        known, made = self._files.get(fest.language, (None, {}))
        if known != key:
            from mkdocs_impldays.output.files import files_of  # noqa: PLC0415 - slow to import

            made = files_of(
                fest, fests=fests, site_url=site_url, stamp=stamp, lasting=self._lasting_files
            )
            self._files[fest.language] = (key, made)
        return made

    def _lasting_files(self, fest: Fest, *, site_url: str | None) -> dict[str, bytes]:
        """Return what depends on one fest alone: an edit changes one of many."""
        place, key = (fest.id, fest.language), (fest, site_url)
        known, made = self._lasting.get(place, (None, {}))
        if known != key:
            from mkdocs_impldays.output.files import lasting_files  # noqa: PLC0415 - as above

            made = lasting_files(fest, site_url=site_url)
            self._lasting[place] = (key, made)
        return made

    def checks(self, fest: Fest, fests: Sequence[Fest], *, moment: datetime) -> PageChecks:
        """Return the checks of the pages of one of the fests, with what they found before."""
        others = [each for each in fests if each.id != fest.id]
        key = (fest.id, fest.language)
        known = self._checks.get(key)
        if known is None or not known.are_of(fest, others, moment):
            known = self._checks[key] = PageChecks(fest, others, moment)
        return known
