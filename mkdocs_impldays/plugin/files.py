"""Pages and files as MkDocs has them: where they are written to, and those made from the fests."""

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
    redirect_to,
    stub,
    target_problem,
)
from mkdocs_impldays.pages.page import Source
from mkdocs_impldays.plugin.other_plugins import Sources, defaults_of_folders, posts_of, slug_of
from mkdocs_impldays.problems import Problem, Severity, quoted
from mkdocs_impldays.static_i18n import LanguageBuild, common_source, translations


def unreadable(file: File, shown: str) -> Problem | None:
    """Return why MkDocs could not read or copy a file, if so; a pipe would keep it waiting."""
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
    """Return the text of a page, and what is wrong with how it is written.

    MkDocs gets the same text: what is not UTF-8 is read as far as it goes, and front matter that
    cannot be loaded is empty lines.
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
    """Let a page be written elsewhere."""
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
    """Return a file with a content, as if it lay at `source` below `docs/`.

    It is written below `folder`: many plugins open the files of a site by their paths.
    """
    path = folder / source
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return File.generated(config, source, abs_src_path=str(path), inclusion=inclusion)


def anchors_of(files: Files, source: str) -> set[str] | None:
    """Return the names of a page's sections; `None` if it is not a page, or is not built now."""
    file = files.get_file_from_path(source)
    page = file.page if file else None
    return None if page is None or page.content is None else page.present_anchor_ids or set()


def page_of_site(page: Page, *, site_url: str | None, root: str) -> PageOfSite:
    """Return what the head of a page is made from; `root` is its language's folder."""
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
    """Report files of `docs/` that must not be published, like keys.

    Where the folder itself lies elsewhere, as a symbolic link or as mkdocs-monorepo's copy does, it
    counts as part of the project.
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
    """Let `serve` build again when a fest file changes, or one is added beside it."""
    folder = path if path.is_dir() else path.parent
    if folder.is_dir() and folder != Path(config.config_file_path or "").parent:
        config.watch.append(str(folder))
    elif path.is_file():
        config.watch.append(str(path))


def watch_files(config: MkDocsConfig, paths: Iterable[Path]) -> None:
    """Let `serve` build again when one of some files changes that no watched folder holds."""
    watched = [Path(each) for each in config.watch]
    for path in paths:
        if path.is_file() and not any(path.is_relative_to(each) for each in watched):
            config.watch.append(str(path))


_KEYS = ("permalink", "fest:", "published", "redirect_")
"""What of the front matter has to be known before MkDocs reads the pages."""


class SiteFiles:
    """The files of one build, each at its place on the site."""

    def __init__(
        self,
        config: MkDocsConfig,
        build: Build,
        *,
        of: LanguageBuild,
        folder: Path,
        is_preview: bool,
    ) -> None:
        """`folder` takes the files that are made; a preview has drafts too."""
        self._config = config
        self._build = build
        self._language_build = of
        self._sources = Sources(config)
        self._folder = folder
        self._is_preview = is_preview
        self._made: dict[str, str] = {}
        self._placed: dict[str, File] = {}
        self._redirects: dict[str, Source] = {}
        """The pages that redirect, or that others redirect to, by their paths below `docs/`."""

    def place(self, files: Files, fests: Iterable[Fest], *, has_sessions: bool) -> None:
        """Give each fest a page, and each page the address that its front matter asks for.

        With `has_sessions`, so do the sessions and speakers of their programmes get pages.
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
            # Static-i18n makes every page again, of those that seem to lie in `docs/`.
            page.content_string = text
            page.abs_src_path = str(Path(self._config.docs_dir, source))
        files.append(page)

    def place_late(self, files: Files) -> None:
        """Do the same for pages that other plugins have added, replaced or moved since."""
        if self._language_build.language is not None:
            return  # static-i18n has made every file again, and moved it on purpose
        for file in self._pages(files):
            if self._placed.get(file.src_uri) is not file:
                self._place(file)
        for post in posts_of(self._config):
            self._place_post(post)

    def _place_post(self, post: Page) -> None:
        """Return a post the address that it asks for, or one without the braces of its title."""
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
            place = f"{self._language_build.root}{path}"
            if files.get_file_from_path(place) is None:
                files.append(generated(place, content, self._config, self._folder))
        self._add_redirects(files)

    def _add_redirects(self, files: Files) -> None:
        """Add the pages that redirect: `redirect_to` instead of a page, `redirect_from` beside."""
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

    def _redirect(self, files: Files, place: str, target: str, *, page: Source, key: str) -> None:
        if wrong := target_problem(target):
            self._warn(page, key, f"{key} {wrong}")
        elif any(file.dest_uri == place for file in files):
            self._warn(page, key, f"{key}: {quoted(place)} is already a page. Remove one of them.")
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
            move(file, self._language_build.placed(wanted, file.src_uri))
        meta = page.merged_meta
        if meta.get("published") is False:  # Jekyll's word for a draft
            file.inclusion = InclusionLevel.DRAFT
        elif "redirect_to" in meta or "redirect_from" in meta:
            self._redirects[file.src_uri] = page
