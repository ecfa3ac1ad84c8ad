"""Pages and files as MkDocs has them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from mkdocs_impldays.checks.private_files import private_problem
from mkdocs_impldays.head import PageOfSite
from mkdocs_impldays.pages.front_matter_syntax import excess_problem, front_matter_end
from mkdocs_impldays.plugin.neighbours import Sources
from mkdocs_impldays.problems import Problem, Severity, quoted
from mkdocs_impldays.static_i18n import common_source, translations

MAX_PAGE = 5_000_000
"""How many bytes a page may have; the longest novels have fewer."""


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
    """Give what the head of a page has to tell about it; `root` is its language's folder."""
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
    """Let `serve` build anew when a fest file changes, or one is added beside it."""
    folder = path if path.is_dir() else path.parent
    if folder.is_dir() and folder != Path(config.config_file_path or "").parent:
        config.watch.append(str(folder))
    elif path.is_file():
        config.watch.append(str(path))


def texts_beside(config: MkDocsConfig) -> Iterator[str]:
    """Return the texts of all files that are not pages and may use the facts of a fest."""
    endings = (".html", ".txt", ".xml", ".json", ".js", ".css")
    for top in filter(None, [config.theme.custom_dir, config.docs_dir]):
        for folder, _, names in os.walk(top):
            for path in (Path(folder, name) for name in names if name.endswith(endings)):
                try:
                    if path.is_file() and path.stat().st_size <= MAX_PAGE:
                        yield path.read_text("utf-8", "replace")
                except OSError:  # reported where it is a page or has to be copied
                    continue
