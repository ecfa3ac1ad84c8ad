"""Pages rendered without an engine, by all that a build does with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from markdown import Markdown
from mkdocs.utils.meta import get_data

from mkdocs_impldays.build import Build
from mkdocs_impldays.head import PageOfSite
from mkdocs_impldays.pages.extension import ConvertedPage, PageExtension
from mkdocs_impldays.pages.front_matter import excess_problem, front_matter_end
from mkdocs_impldays.pages.page import PageSource
from mkdocs_impldays.pages.tags import PhaseBlocks
from mkdocs_impldays.problems import Problem
from mkdocs_impldays.site import Site

_MARKDOWN = ["admonition", "attr_list", "md_in_html", "pymdownx.superfences", "tables", "toc"]


@dataclass(frozen=True)
class Rendered:
    """What comes of a page."""

    html: str
    """Its banner and its content."""
    head: str
    """A whole page that has nothing but a head."""
    problems: list[Problem]


def rendered(site: Site, pages: Mapping[str, bytes]) -> dict[str, Rendered]:
    """Return what comes of pages, by their paths below `docs/`. They may link to each other."""
    build = Build(site, [])
    texts: dict[str, str] = {}
    files: dict[str, _File] = {}
    written: list[tuple[str, str]] = []
    problems: dict[str, list[Problem]] = {}
    for path, data in pages.items():
        raw = data.decode("utf-8", "replace")
        if excess := excess_problem(raw, path=f"docs/{path}"):
            end = front_matter_end(raw)
            raw = "\n" * raw.count("\n", 0, end) + raw[end:]
        problems[path] = [excess] if excess else []
        texts[path], meta = get_data(raw)
        usual = f"{path.removesuffix('.md')}/index.html"
        place = build.add_page(PageSource(f"docs/{path}", raw, meta), path) or usual
        written.append((path, place))
        files[path] = _File(path, place.removesuffix("index.html"))
    build.settle_addresses([*files.values()], written)
    if len(pages) == 1:
        build.site = site  # whose contexts are there already: to make them takes ten times as long
    done = {path: _rendered(build, files[path], text) for path, text in texts.items()}
    build.check_anchors(lambda _: set())
    build.check_pages()
    for path in pages:
        problems[path] += [each for each in build.problems if each.path == f"docs/{path}"]
    first = next(iter(pages))
    own = {f"docs/{path}" for path in pages}
    problems[first] += [each for each in build.problems if each.path not in own]
    return {path: Rendered(*done[path], problems[path]) for path in pages}


def _rendered(build: Build, file: _File, markdown: str) -> tuple[str, str]:
    path = file.src_uri
    meta = build.sources[path].meta
    converted = ConvertedPage(build.links_of(file), lambda text: build.render_included(text, path))
    prepared = build.prepare(markdown, path, meta=meta, has_template=lambda *_: False)
    assert prepared is not None
    extension = PageExtension(build.site.stash)
    extension.page = converted
    html = Markdown(extensions=[*_MARKDOWN, extension, PhaseBlocks()]).convert(prepared.markdown)
    build.check_meta(path, prepared.meta)
    html = build.content(html, converted.links, meta=prepared.meta)
    about = PageOfSite(
        title=str(prepared.meta.get("title")),
        description=cast("str | None", prepared.meta.get("description")),
        url=file.url,
        canonical_url=f"https://fests.example/all/{file.url}",
        source=path,
        is_home=path == "index.md",
        root="../" * file.url.count("/"),
        translations={},
    )
    document = build.document(file, about)
    assert document is not None
    return html, document.complete("<html><head></head><body></body></html>")


class _File:
    def __init__(self, src_uri: str, url: str) -> None:
        self.src_uri, self.url = src_uri, url

    def url_relative_to(self, other: str) -> str:
        return f"{'../' * other.count('/')}{self.url}"
