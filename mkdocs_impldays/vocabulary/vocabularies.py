"""The vocabularies of a site with many fests: one for each, made when a page first needs it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.vocabulary.whole import Setting, Vocabulary, vocabulary_of


class Vocabularies:
    """What the pages of one build may use, each page that of its fest."""

    def __init__(self, fests: Mapping[str, Fest], *, current: Fest, setting: Setting) -> None:
        self.fests = MappingProxyType(dict(fests))
        """All fests of the site by their ids."""
        self.current = current
        """The fest of every page that asks for no other."""
        self.pages: Mapping[str, str] = {}
        """The addresses of the fests' own pages by the fests' ids, from the site's root."""
        self._setting = setting
        self._made: dict[str, Vocabulary] = {}

    def of(self, fest: Fest) -> Vocabulary:
        """Give the vocabulary of a fest; the same one for all its pages."""
        if fest.id not in self._made:
            self._made[fest.id] = vocabulary_of(
                fest,
                fests=self.fests.values(),
                current=self.current,
                pages=self.pages,
                setting=self._setting,
            )
        return self._made[fest.id]
