"""The vocabularies of a site: one for each fest and language, made when a page first needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.names.fest_pages import pages_of
from mkdocs_impldays.names.listing import latest_first
from mkdocs_impldays.names.names import names_of
from mkdocs_impldays.names.setting import Setting
from mkdocs_impldays.names.whole import Vocabulary, vocabulary_of
from mkdocs_impldays.words.languages import is_language


class Vocabularies:
    """What the pages of one build may use, each page that of its fest."""

    def __init__(self, fests: Mapping[str, Fest], *, current: Fest, setting: Setting) -> None:
        self.fests = MappingProxyType(dict(fests))
        """All fests of the site by their ids."""
        self.current = current
        """The fest of every page that asks for no other."""
        self._listed = latest_first(fests.values())
        self._pages: Mapping[str, str] = {}
        self._setting = setting
        self._made: dict[tuple[str, str], Vocabulary] = {}
        self._translated: dict[tuple[str, str], Fest] = {}
        self._seen: dict[tuple[str, str, str], Mapping[str, object]] = {}

    def settle(self, addresses: Mapping[str, str], *, root: str) -> None:
        """Take note of where the pages are, by their files, and of their language's folder."""
        self._pages = pages_of(self.fests.values(), addresses)
        site_url = self._setting.site_url
        if site_url:
            site_url = f"{site_url.rstrip('/')}/{root}"
        self._setting = replace(self._setting, site_url=site_url, root=root)

    def of(self, fest: Fest) -> Vocabulary:
        """Give the vocabulary of a fest in its language; the same one for all such pages."""
        key = (fest.id, fest.language)
        if key not in self._made:
            every = [self.in_language(each, fest.language) for each in self._listed]
            self._made[key] = vocabulary_of(
                fest,
                fests=every,
                current=next(each for each in every if each.id == self.current.id),
                pages=self._pages,
                setting=self._setting,
                seen=self._names_of,
            )
        return self._made[key]

    def in_language(self, fest: Fest, language: str) -> Fest:
        """Give a fest in a language, or as it is where CLDR knows no such language."""
        key = (fest.id, language)
        if key not in self._translated:
            known = is_language(language)
            self._translated[key] = fest.in_language(language) if known else fest
        return self._translated[key]

    def _names_of(self, fest: Fest, *, tba: str) -> Mapping[str, object]:
        """Give what pages see of a fest, the same for its own and for those of all others."""
        key = (fest.id, fest.language, tba)
        if key not in self._seen:
            self._seen[key] = names_of(fest, tba=tba)
        return self._seen[key]
