"""The files of MkDocs: where they are written to, and those generated from the fests."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from mkdocs_impldays.build import Build
from mkdocs_impldays.checks.private_files import private_problem
from mkdocs_impldays.disk import MAX_PAGE
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.head import PageOfSite
from mkdocs_impldays.names.sessions import page_texts
from mkdocs_impldays.pages.front_matter import (
    destination,
    excess_problem,
    front_matter_end,
    listed,
    redirect_page,
    redirect_to,
    target_problem,
)
from mkdocs_impldays.pages.page import PageSource
from mkdocs_impldays.plugin.other_plugins import Sources, defaults_of_folders, posts_of, slug_of
from mkdocs_impldays.problems import Problem, Severity, quoted
from mkdocs_impldays.static_i18n import LanguageBuild, common_source, translations


def unreadable(file: File, shown: str) -> Problem | None:
    """Return why MkDocs cannot read or copy a file, like a pipe; `None` if it can."""
    if file.abs_src_path is None or file.generated_by is not None:
        return None
    path = Path(file.abs_src_path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Problem(shown, None, "is not a file. Remove it from the folder.")
        if file.is_documentation_page() and status.st_size > MAX_PAGE:
            size = f"is larger than {MAX_PAGE // 1_000_000} MB, which is too large for a page."
            return Problem(shown, None, f"{size} Split it, or remove it.")
        if not os.access(path, os.R_OK):
            return Problem(shown, None, "cannot be read: Permission denied. Make it readable.")
    except FileNotFoundError:
        target = quoted(path.readlink().as_posix()) if path.is_symlink() else "a file"
        message = f"is a link to {target}, which does not exist. Remove or change the link."
        return Problem(shown, None, message)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Problem(shown, None, f"cannot be read: {reason}. Remove it, or make it readable.")
    return None


def raw_text(file: File, shown: str) -> tuple[str, list[Problem]]:
    """Return the text of a page, and the problems of its encoding and front matter.

    MkDocs gets the same text: what is not UTF-8 is replaced, and front matter that cannot be loaded
    is empty lines.
    """
    problems = []
    try:
        text = file.content_string
    except UnicodeDecodeError:
        text = file.content_string = file.content_bytes.decode("utf-8", "replace")
        message = "is not written in UTF-8. Save it again in that encoding."
        problems.append(Problem(shown, None, message))
    if excess := excess_problem(text, path=shown):
        end = front_matter_end(text)
        text = file.content_string = "\n" * text.count("\n", 0, end) + text[end:]
        problems.append(excess)
    return text, problems


def move(file: File, destination: str) -> None:
    """Change where a page is written to."""
    file.dest_uri = destination
    for cached in ("url", "abs_dest_path"):  # another plugin may have asked before
        file.__dict__.pop(cached, None)


def generated(
    source: str,
    content: bytes,
    config: MkDocsConfig,
    folder: Path,
    inclusion: InclusionLevel = InclusionLevel.UNDEFINED,
) -> File:
    """Return a generated file, as if it were at `source` below `docs/`.

    It is written below `folder`, since many plugins open the files of a site by their paths.
    """
    path = folder / source
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return File.generated(config, source, abs_src_path=str(path), inclusion=inclusion)


def anchors_of(files: Files, source: str) -> set[str] | None:
    """Return the anchors of a page; `None` if it is not a page, or is not built now."""
    file = files.get_file_from_path(source)
    page = file.page if file else None
    return None if page is None or page.content is None else page.present_anchor_ids or set()


def page_of_site(page: Page, *, site_url: str | None, root: str) -> PageOfSite:
    """Return the facts that the head of a page needs; `root` is the folder of its language."""
    languages = translations(page.file) if site_url else {}
    return PageOfSite(
        title=str(page.meta.get("title") or page.title or ""),
        description=page.meta.get("description"),
        url=page.url.removeprefix(root),
        canonical_url=page.canonical_url,
        source=common_source(page.file),
        is_home=page.is_homepage,
        root="../" * page.url.count("/") or "./",
        translations={tag: urljoin(f"{site_url}", url) for tag, url in languages.items()},
    )


def private_files(files: Files, config: MkDocsConfig, *, is_publishing: bool) -> Iterator[Problem]:
    """Yield a problem for each file of `docs/` that must not be published, like keys.

    If `docs/` is outside the project, as a symbolic link or a copy of mkdocs-monorepo, its files
    must be in it.
    """
    docs = Path(config.docs_dir)
    root = Path(config.config_file_path or "mkdocs.yml").parent.resolve()
    inside = root if docs.resolve().is_relative_to(root) else docs.resolve()
    sources = Sources(config)
    for file in files:
        path = Path(file.abs_src_path or "")
        if not file.inclusion.is_included() or not path.is_relative_to(docs):
            continue
        if message := private_problem(path, inside=inside):
            severity: Severity = "error" if is_publishing else "warning"
            yield Problem(sources.path_of(file), None, message, severity)


def watch(config: MkDocsConfig, path: Path) -> None:
    """Make `serve` build again when a fest file changes or is added."""
    folder = path if path.is_dir() else path.parent
    if folder.is_dir() and folder != Path(config.config_file_path or "").parent:
        config.watch.append(str(folder))
    elif path.is_file():
        config.watch.append(str(path))


def watch_files(config: MkDocsConfig, paths: Iterable[Path]) -> None:
    """Make `serve` build again when a file changes that is in no watched folder."""
    watched = [Path(each) for each in config.watch]
    for path in paths:
        if path.is_file() and not any(path.is_relative_to(each) for each in watched):
            config.watch.append(str(path))


_KEYS = ("permalink", "fest:", "published", "redirect_")
"""The keys of front matter that are needed before MkDocs reads the pages."""


class SiteFiles:
    """The files of one build, with their addresses."""

    def __init__(
        self,
        config: MkDocsConfig,
        build: Build,
        *,
        of: LanguageBuild,
        folder: Path,
        is_preview: bool,
    ) -> None:
        """`folder` is for generated files; a preview has drafts too."""
        self._config = config
        self._build = build
        self._language_build = of
        self._sources = Sources(config)
        self._folder = folder
        self._is_preview = is_preview
        self._made: dict[str, str] = {}
        self._placed: dict[str, File] = {}
        self._redirects: dict[str, PageSource] = {}
        """The pages that redirect, or that others redirect to, by their paths below `docs/`."""

    def place(self, files: Files, fests: Iterable[Fest], *, has_sessions: bool) -> None:
        """Add a page for each fest, and move each page to the address of its front matter.

        With `has_sessions`, sessions and speakers get pages, too.
        """
        self._defaults = defaults_of_folders(files, self._config, self._sources)
        for source, text in page_texts(fests, has_sessions=has_sessions).items():
            if not any(map(files.get_file_from_path, self._language_build.sources(source))):
                self._add_page(files, source, text)  # else the author's own page wins
        for file in list(files):
            if problem := unreadable(file, self._sources.path_of(file)):
                self._build.problems.append(problem)
                files.remove(file)
        for file in self._pages(files):
            self._place(file)

    def _add_page(self, files: Files, source: str, text: str) -> None:
        self._made[source] = text
        level = InclusionLevel.NOT_IN_NAV
        page = generated(source, text.encode(), self._config, self._folder, level)
        if self._language_build.language is not None:
            # Static-i18n creates a new file for each one that seems to be in `docs/`.
            page.content_string = text
            page.abs_src_path = str(Path(self._config.docs_dir, source))
        files.append(page)

    def place_late(self, files: Files) -> None:
        """Move the pages that other plugins have added, replaced or moved since."""
        if self._language_build.language is not None:
            return  # static-i18n has created and moved all files
        for file in self._pages(files):
            if self._placed.get(file.src_uri) is not file:
                self._place(file)
        for post in posts_of(self._config):
            self._place_post(post)

    def _place_post(self, post: Page) -> None:
        """Move a post to the address of its front matter, or of its rendered title."""
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
        """Add `feeds`, unless the author has a file at the same path, and all redirects.

        Generated pages that static-i18n has created again get their text.
        """
        for file in self._pages(files):
            if text := self._made.get(file.src_uri):
                made = generated(file.src_uri, text.encode(), self._config, self._folder)
                file.abs_src_path, file.generated_by = made.abs_src_path, "impldays"
        for path, content in feeds.items():
            place = f"{self._language_build.root}{path}"
            if files.get_file_from_path(place) is None:
                files.append(generated(place, content, self._config, self._folder))
        self._add_redirects(files)

    def _add_redirects(self, files: Files) -> None:
        """Add the redirects: `redirect_to` replaces a page, `redirect_from` is added to it."""
        for src_uri, page in self._redirects.items():
            file = files.get_file_from_path(src_uri)
            if file is None:
                continue
            if target := redirect_to(page.merged_meta):
                files.remove(file)
                self._redirect(files, file.dest_uri, target, page=page, key="redirect_to")
                continue
            for old in listed(page.merged_meta.get("redirect_from")):
                place, wrong = destination(old, key="redirect_from")
                if place is None or wrong:
                    self._warn(page, "redirect_from", str(wrong))
                else:
                    self._redirect(files, place, f"/{file.url}", page=page, key="redirect_from")

    def _redirect(
        self, files: Files, place: str, target: str, *, page: PageSource, key: str
    ) -> None:
        if wrong := target_problem(target):
            self._warn(page, key, f"{key} {wrong}")
        elif any(file.dest_uri == place for file in files):
            self._warn(page, key, f"{key}: {quoted(place)} is already a page. Remove one of them.")
        else:
            text = redirect_page(target.replace("/./", "/"), path=place)
            files.append(generated(place, text.encode(), self._config, self._folder))

    def _warn(self, page: PageSource, key: str, message: str) -> None:
        self._build.problems.append(Problem(*page.location(key), message, "warning"))

    def build_all_older_than(self, moment: float, files: Files) -> None:
        """Make `--dirty` build all pages that are older than the fest files.

        `moment` is their last change, in seconds since 1970.
        """
        for file in self._pages(files):
            written = Path(file.abs_dest_path)
            if written.is_file() and written.stat().st_mtime < moment:
                path = file.abs_src_path
                file.content_string = file.content_string  # MkDocs always builds files in memory
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
        page = PageSource(shown, raw, meta, defaults)
        wanted = self._build.add_page(page, file.src_uri)
        if wanted is not None:
            move(file, self._language_build.placed(wanted, file.src_uri))
        meta = page.merged_meta
        if meta.get("published") is False:  # Jekyll's word for a draft
            file.inclusion = InclusionLevel.DRAFT
        elif "redirect_to" in meta or "redirect_from" in meta:
            self._redirects[file.src_uri] = page
