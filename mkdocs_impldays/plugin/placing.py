"""Where the pages of a site are written to, and the pages and files that are made of its fests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils.meta import get_data

from mkdocs_impldays.build import Build
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.names.fest_pages import page_text, source_of
from mkdocs_impldays.pages.page import Source
from mkdocs_impldays.plugin.files import made_page, move, raw_text
from mkdocs_impldays.problems import seen_from
from mkdocs_impldays.static_i18n import Round


class Placing:
    """Puts the files of one build at their places."""

    def __init__(self, config: MkDocsConfig, build: Build, *, of: Round, is_preview: bool) -> None:
        """Begin; a preview has drafts too."""
        self._config = config
        self._build = build
        self._round = of
        self._is_preview = is_preview
        self._made: dict[str, str] = {}

    def place(self, files: Files, fests: Iterable[Fest]) -> None:
        """Give each fest a page, and each page the address that its front matter asks for."""
        for fest in fests:
            source, text = source_of(fest), page_text(fest)
            if not any(map(files.get_file_from_path, self._round.sources(source))):
                self._made[source] = text  # else the author's own page wins
                is_remade = self._round.language is not None
                files.append(made_page(source, text, self._config, is_remade=is_remade))
        root = Path(self._config.config_file_path or "mkdocs.yml").parent
        folder = seen_from(root, Path(self._config.docs_dir))
        for file in self._pages(files):
            self._place(file, f"{folder}/{file.src_uri}")

    def add(self, files: Files, feeds: Mapping[str, bytes]) -> None:
        """Add files by their paths; of pages that were made anew since, give those of ours a text.

        A file of the author's own wins.
        """
        for file in self._pages(files):
            if text := self._made.get(file.src_uri):
                file.content_string, file.generated_by = text, "impldays"
        for path, content in feeds.items():
            place = f"{self._round.root}{path}"
            if files.get_file_from_path(place) is None:
                files.append(File.generated(self._config, place, content=content))

    def _pages(self, files: Files) -> Sequence[File]:
        level = InclusionLevel
        of = level.is_in_serve if self._is_preview else level.is_included
        return files.documentation_pages(inclusion=of)

    def _place(self, file: File, shown: str) -> None:
        raw, problems = raw_text(file, shown)
        self._build.problems += problems
        asks = "permalink" in raw or "fest:" in raw  # most pages do not: MkDocs reads those later
        meta = get_data(raw)[1] if asks else {}
        destination = self._build.place(Source(shown, raw, meta), file.src_uri)
        if destination is not None:
            move(file, self._round.placed(destination, file.src_uri))
