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
from mkdocs_impldays.pages.front_matter import destination
from mkdocs_impldays.pages.page import Source
from mkdocs_impldays.pages.redirects import listed, redirect_to, stub, target_problem
from mkdocs_impldays.plugin.files import generated, move, raw_text, unreadable
from mkdocs_impldays.plugin.neighbours import Sources, defaults_of_folders, posts_of, slug_of
from mkdocs_impldays.problems import Problem, quoted
from mkdocs_impldays.static_i18n import Round

_KEYS = ("permalink", "fest:", "published", "redirect_")
"""What of the front matter has to be known before MkDocs reads the pages."""


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
        self._redirects: dict[str, Source] = {}
        """The pages that redirect, or that others redirect to, by their paths below `docs/`."""

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
        for file in list(files):
            if problem := unreadable(file, self._sources.path_of(file)):
                self._build.problems.append(problem)
                files.remove(file)
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
        self._add_redirects(files)

    def _add_redirects(self, files: Files) -> None:
        """Add the pages that redirect: `redirect_to` instead of a page, `redirect_from` beside."""
        for src_uri, page in self._redirects.items():
            file = files.get_file_from_path(src_uri)
            if file is None:
                continue
            if target := redirect_to(page.whole_meta):
                files.remove(file)
                self._redirect(files, file.dest_uri, target, page=page, key="redirect_to")
                continue
            for old in listed(page.whole_meta.get("redirect_from")):
                place, wrong = destination(old, key="redirect_from")
                if place is None or wrong:
                    self._warn(page, "redirect_from", str(wrong))
                else:
                    self._redirect(files, place, f"/{file.url}", page=page, key="redirect_from")

    def _redirect(self, files: Files, place: str, target: str, *, page: Source, key: str) -> None:
        if wrong := target_problem(target):
            self._warn(page, key, f"{key} {wrong}")
        elif any(file.dest_uri == place for file in files):
            self._warn(page, key, f"{key}: {quoted(place)} is a page already. Remove one of them.")
        else:
            text = stub(target.replace("/./", "/"), path=place)
            files.append(generated(place, text.encode(), self._config, self._folder))

    def _warn(self, page: Source, key: str, message: str) -> None:
        self._build.problems.append(Problem(*page.location(key), message, "warning"))

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
        asks = any(key in raw for key in _KEYS)  # most pages do not: MkDocs reads those later
        meta = get_data(raw)[1] if asks else {}
        defaults = tuple(each for each in self._defaults if each.is_for(file.src_uri))
        page = Source(shown, raw, meta, defaults)
        wanted = self._build.place(page, file.src_uri)
        if wanted is not None:
            move(file, self._round.placed(wanted, file.src_uri))
        meta = page.whole_meta
        if meta.get("published") is False:  # Jekyll's word for a draft
            file.inclusion = InclusionLevel.DRAFT
        elif "redirect_to" in meta or "redirect_from" in meta:
            self._redirects[file.src_uri] = page
