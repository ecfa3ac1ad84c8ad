"""What the pages of a site are made with: a desk for each fest and language, furnished once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_impldays.checks.pages import PageChecks
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.names.vocabularies import Vocabularies
from mkdocs_impldays.names.whole import Vocabulary
from mkdocs_impldays.pages.links import File
from mkdocs_impldays.pages.render import Renderer
from mkdocs_impldays.pages.segments import Cut, segments_of
from mkdocs_impldays.pages.stash import Stash
from mkdocs_impldays.static_i18n import Round, common_source, language_of


@dataclass(frozen=True)
class Desk:
    """All that the pages of one fest in one language are made with."""

    fest: Fest
    vocabulary: Vocabulary
    renderer: Renderer
    checks: PageChecks | None


class Desks:
    """The desks of one build."""

    def __init__(
        self,
        vocabularies: Vocabularies,
        *,
        language: str | None = None,
        checks: Callable[[Fest, Sequence[Fest]], PageChecks] | None = None,
        cut: Callable[[str], Cut] = segments_of,
    ) -> None:
        """Begin; `language` is the site's, if it is not that of each fest.

        `checks` gives what checks the pages of a fest, given all fests in its language; `cut` is as
        in `Renderer`.
        """
        self._vocabularies = vocabularies
        self._language = language
        self._checks = checks
        self._cut = cut
        self.stash = Stash()
        """The HTML that all pages put aside."""
        self._fest_ids: dict[str, str] = {}
        self._languages: dict[str, str] = {}
        self._desks: dict[tuple[str, str | None], Desk] = {}

    @property
    def fests(self) -> Mapping[str, Fest]:
        """All fests of the site by their ids."""
        return self._vocabularies.fests

    def choose(self, src_uri: str, fest: Fest) -> None:
        """Let a page be about a fest; all others are about the current one."""
        self._fest_ids[src_uri] = fest.id

    def settle(self, files: Sequence[File], of: Round) -> None:
        """Take note of the language of each file, and of where the pages of the fests are."""
        self._language = of.language or self._language
        if of.languages:
            tags = {file.src_uri: language_of(file) for file in files}
            self._languages = {name: tag for name, tag in tags.items() if tag is not None}
        addresses = {common_source(file): file.url for file in files}
        self._vocabularies.settle(addresses, root=of.root)

    def of(self, src_uri: str) -> Desk:
        """Give the desk of a page, or that of the site, which is the one of no page."""
        key = (self._fest_ids.get(src_uri, ""), self._languages.get(src_uri) or self._language)
        desk = self._desks.get(key)
        if desk is None:
            fest_id, language = key
            fest = self.fests.get(fest_id, self._vocabularies.current)
            own = self.in_language(fest, language) if language else fest
            desk = self._desks[key] = self._furnished(own)
        return desk

    def in_language(self, fest: Fest, language: str) -> Fest:
        """Give a fest in a language, or as it is where CLDR knows no such language."""
        return self._vocabularies.in_language(fest, language)

    def fests_in(self, language: str) -> list[Fest]:
        """Give all fests in a language."""
        return [self.in_language(each, language) for each in self.fests.values()]

    def _furnished(self, fest: Fest) -> Desk:
        words = self._vocabularies.of(fest)
        renderer = Renderer(
            words.names,
            filters=words.filters,
            extensions=[words.tags],
            cut=self._cut,
            stash=self.stash,
        )
        every = self.fests_in(fest.language)
        return Desk(fest, words, renderer, self._checks(fest, every) if self._checks else None)
