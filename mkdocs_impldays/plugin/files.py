"""Pages and files as MkDocs has them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from mkdocs_impldays.head import PageOfSite
from mkdocs_impldays.problems import Problem
from mkdocs_impldays.static_i18n import common_source, translations


def raw_text(file: File, shown: str) -> tuple[str, list[Problem]]:
    """Give the text of a page; what is not UTF-8 is read as far as it goes.

    MkDocs, which would end in a traceback, gets the same text.
    """
    try:
        return file.content_string, []
    except UnicodeDecodeError:
        file.content_string = file.content_bytes.decode("utf-8", "replace")
        message = "is not written in UTF-8. Save it anew in that encoding."
        return file.content_string, [Problem(shown, None, message)]


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


def watch(config: MkDocsConfig, path: Path) -> None:
    """Let `serve` build anew when a fest file changes, or one is added beside it."""
    folder = path if path.is_dir() else path.parent
    if folder.is_dir() and folder != Path(config.config_file_path or "").parent:
        config.watch.append(str(folder))
    elif path.is_file():
        config.watch.append(str(path))


def texts_beside(config: MkDocsConfig) -> Iterator[str]:
    """Give the texts of all files that are no pages and may ask for the facts of a fest."""
    for top in filter(None, [config.theme.custom_dir, config.docs_dir]):
        for folder, _, names in os.walk(top):
            for name in names:
                if name.endswith((".html", ".txt", ".xml", ".json", ".js", ".css")):
                    yield Path(folder, name).read_text("utf-8", "replace")
