"""The heads of a site's pages: all pages of a fest in a language have the same writer."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_impldays.fest.chosen import Chosen
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.head import Head
from mkdocs_impldays.names.fest_pages import source_of


class Heads:
    """The heads of one build."""

    def __init__(self, chosen: Chosen, *, is_preview: bool) -> None:
        self._chosen = chosen
        self._is_preview = is_preview
        self._made: dict[tuple[str, str], Head] = {}

    def of(self, fest: Fest, config: MkDocsConfig, *, site_url: str | None) -> Head:
        """Give the head of a fest's pages; `site_url` is the public address of its language."""
        key = (fest.id, fest.language)
        if key not in self._made:
            self._made[key] = Head(
                fest,
                sources=frozenset({"index.md", "README.md", source_of(fest)}),
                site_name=config.site_name,
                site_url=site_url,
                moment=self._chosen.moment,
                clock=self._chosen.moment if self._chosen.is_set else None,
                is_preview=self._is_preview,
            )
        return self._made[key]
