"""Where the pages of a site are written to, and the pages and files that are made of its fests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from mkdocs_impldays.build import Build
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.names.fest_pages import page_text, source_of
from mkdocs_impldays.pages.page import Source
from mkdocs_impldays.plugin.files import generated, move, raw_text
from mkdocs_impldays.plugin.neighbours import Sources, defaults_of_folders, posts_of, slug_of
from mkdocs_impldays.static_i18n import Round


class Placing:
    """Puts the files of one build at their places."""

    def __init__(
        self,
        config: MkDocsConfig,
        build: Build,
        *,
        of: Round,
        folder: Path,
        is_preview: bool,
    ) -> None:
        """`folder` takes the files that are made; a preview has drafts too."""
        self._config = config
        self._build = build
        self._round = of
        self._sources = Sources(config)
        self._folder = folder
        self._is_preview = is_preview
        self._made: dict[str, str] = {}
        self._placed: dict[str, File] = {}

    def place(self, files: Files, fests: Iterable[Fest]) -> None:
        """Give each fest a page, and each page the address that its front matter asks for."""
        self._defaults = defaults_of_folders(files, self._config, self._sources)
        for fest in fests:
            source, text = source_of(fest), page_text(fest)
            if not any(map(files.get_file_from_path, self._round.sources(source))):
                self._made[source] = text  # else the author's own page wins
                level = InclusionLevel.NOT_IN_NAV
                page = generated(source, text.encode(), self._config, self._folder, level)
                if self._round.language is not None:
                    # Static-i18n makes every page again, of those that seem to lie in `docs/`.
                    page.content_string = text
                    page.abs_src_path = str(Path(self._config.docs_dir, source))
                files.append(page)
        for file in self._pages(files):
            self._place(file)

    def place_late(self, files: Files) -> None:
        """Do the same for pages that other plugins have added, replaced or moved since."""
        if self._round.language is not None:
            return  # static-i18n has made every file again, and moved it on purpose
        for file in self._pages(files):
            if self._placed.get(file.src_uri) is not file:
                self._place(file)
        for post in posts_of(self._config):
            self._place_post(post)

    def _place_post(self, post: Page) -> None:
        """Give a post the address that it asks for, or one without the braces of its title."""
        file = post.file
        if wanted := self._build.destinations.get(file.src_uri):
            move(file, wanted)
        elif "{" in (title := str(post.title or "")) and not post.meta.get("slug"):
            path = self._build.sources[file.src_uri].path
            known = self._build.rendered_text(title, file.src_uri, path=path)
            typed, slug = slug_of(self._config, title), slug_of(self._config, known)
            move(file, file.dest_uri.replace(typed, slug))
        else:
            return
        post._set_canonical_url(self._config.site_url)  # noqa: SLF001 - as the blog plugin does

    def add(self, files: Files, feeds: Mapping[str, bytes]) -> None:
        """Add files by their paths; of pages that were made again since, give those of ours a text.

        A file of the author's own wins.
        """
        for file in self._pages(files):
            if text := self._made.get(file.src_uri):
                made = generated(file.src_uri, text.encode(), self._config, self._folder)
                file.abs_src_path, file.generated_by = made.abs_src_path, "impldays"
        for path, content in feeds.items():
            place = f"{self._round.root}{path}"
            if files.get_file_from_path(place) is None:
                files.append(generated(place, content, self._config, self._folder))

    def build_all_older_than(self, moment: float, files: Files) -> None:
        """Let `--dirty` build all pages that were written before the fest files were changed.

        `moment` is in seconds since 1970.
        """
        for file in self._pages(files):
            written = Path(file.abs_dest_path)
            if written.is_file() and written.stat().st_mtime < moment:
                path = file.abs_src_path
                file.content_string = file.content_string  # MkDocs builds what is in memory
                file.abs_src_path = path

    def _pages(self, files: Files) -> Sequence[File]:
        level = InclusionLevel
        of = level.is_in_serve if self._is_preview else level.is_included
        return files.documentation_pages(inclusion=of)

    def _place(self, file: File) -> None:
        self._placed[file.src_uri] = file
        shown = self._sources.path_of(file)
        raw, problems = raw_text(file, shown)
        self._build.problems += problems
        asks = "permalink" in raw or "fest:" in raw  # most pages do not: MkDocs reads those later
        meta = get_data(raw)[1] if asks else {}
        defaults = tuple(each for each in self._defaults if each.is_for(file.src_uri))
        destination = self._build.place(Source(shown, raw, meta, defaults), file.src_uri)
        if destination is not None:
            move(file, self._round.placed(destination, file.src_uri))
