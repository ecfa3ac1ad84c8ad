"""The Markdown extension that renders a site's pages under Zensical, which runs no plugins.

Under MkDocs it does nothing: there the plugin renders the pages.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from mkdocs_impldays.context import PageContext
from mkdocs_impldays.head import PageOfSite
from mkdocs_impldays.pages.extension import (
    ConvertedPage,
    PageExtension,
    PageIsNext,
    PagePostprocessor,
)
from mkdocs_impldays.pages.facts import PageError
from mkdocs_impldays.pages.links import Addresses, PageLinks
from mkdocs_impldays.pages.tags import PhaseBlocks
from mkdocs_impldays.problems import Problem, problems_box
from mkdocs_impldays.zensical.site import (
    TEMPLATES,
    SitePage,
    ZensicalSite,
    log,
    log_problems,
    site_of,
)

_CONTEXT = "rendering_context"
"""Zensical's preprocessor, which has the page that is being converted."""

_FIRST, _LAST = 10_000, -10_000
"""Before and after all processors of Markdown and of other extensions."""

_READ_BY_ZENSICAL = ("href", "src", "srcset")
"""The attributes of raw HTML that Zensical resolves, relative to the source file."""


_NOSCRIPT = re.compile(
    r"(<noscript[\s>](?:(?!<noscript[\s>]).)*?</noscript>)", re.DOTALL | re.IGNORECASE
)

_HIDDEN = re.compile(
    r'<[a-z][^\s<>]*(?![^\s<>])(?=[^<>]* hidden[\s>])(?:[^<>"]|"[^"]*")*?\shidden(?=[\s>])'
)
"""The beginning of a tag with `hidden`."""

_TOPS = {"home.html": "hero", "now.html": "screen"}
"""The partial above the text of a page, by its template; otherwise it is `top`."""


class ImplDaysExtension(Extension):
    """Renders the variables, macros and tags of pages under Zensical."""

    def __init__(self, options: Mapping[str, object]) -> None:
        """`options` are those of the plugin."""
        super().__init__()
        self._options = options

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Register what renders the page that Zensical converts; nothing under other engines."""
        if _CONTEXT not in md.preprocessors:
            return
        context: Any = md.preprocessors[_CONTEXT]
        try:
            site = site_of(context.config, self._options)
            if site.is_enabled:
                Page(site, context.page).register(md)
        except Exception as error:  # noqa: BLE001 - it would end `zensical serve`
            log.error("%s: cannot be rendered: %r", context.page.path, error, exc_info=error)


class _Links(PageLinks):
    """Resolves the links of a page, some of which Zensical resolves again."""

    def __init__(self, page: SitePage, addresses: Addresses) -> None:
        super().__init__(page, addresses)
        folder = posixpath.dirname(page.src_uri)
        self._built = page
        self._source = SitePage(page.src_uri, f"{folder}/" if folder else "")

        self._is_read = True

    def resolved(self, html: str) -> str:
        """Return raw HTML with resolved links; Zensical ignores those in `noscript`."""
        done = []
        for number, part in enumerate(_NOSCRIPT.split(html)):
            self._is_read = number % 2 == 0
            done.append(super().resolved(part))
        self._is_read = True
        return "".join(done)

    def rewritten(self, name: str, value: str) -> str:
        """Return the value of an attribute, relative to the source if Zensical resolves it."""
        is_read = self._is_read and name in _READ_BY_ZENSICAL
        self.page = self._source if is_read else self._built
        return super().rewritten(name, value)


class Page:
    """A page while it is being converted."""

    def __init__(self, site: ZensicalSite, page: Any) -> None:
        """`page` is Zensical's."""
        self.site = site
        self.build = site.build
        self.page = page
        self.src_uri: str = page.path
        self.file = site.pages.get(page.path) or SitePage(page.path, page.url)
        self.known = len(self.build.problems)
        self.links = _Links(self.file, self.build.addresses)

    def register(self, md: Markdown) -> None:
        """Register what renders the page."""
        extension = PageExtension(self.build.site.stash)
        extension.page = ConvertedPage(
            self.links, lambda text: self.build.render_included(text, self.src_uri)
        )
        extension.extendMarkdown(md)
        PhaseBlocks().extendMarkdown(md)
        around = _Around(md, self)
        md.preprocessors.register(_Variables(md, self), "impldays_variables", _FIRST)
        md.treeprocessors.register(PageIsNext(md, around), "impldays_finished", _LAST)
        md.postprocessors.register(around, "impldays_around", _LAST)

    def render(self, markdown: str) -> str:
        """Return the rendered Markdown of the page, and set its title and front matter."""
        prepared = self.build.prepare(
            markdown,
            self.src_uri,
            meta=dict(self.page.meta),
            has_template=self._has_template,
        )
        if prepared is None:
            return markdown
        self._settle_title(prepared.meta)
        self.page.meta.clear()
        self.page.meta.update({key: _plain(value) for key, value in prepared.meta.items()})
        return prepared.markdown

    @property
    def _is_first(self) -> bool:
        return self.file.file == "index.html"

    def _has_template(self, name: str, key: str) -> bool:
        """Return whether a page may use a template; a `layout` is one of the site's or of ours."""
        folders = self.site.theme_folders
        if key == "layout":
            own = {*self.site.template_folders, TEMPLATES}
            folders = [folder for folder in folders if folder in own]
        return "\0" not in name and any(Path(folder, name).is_file() for folder in folders)

    def _settle_title(self, meta: dict[str, object]) -> None:
        typed = self.page.title
        if self._is_first and typed == "Home":
            self.page.title = typed  # else a menu without `nav:` calls it “Index”, as of 0.0.73
        elif isinstance(meta.get("title"), str) and typed == self.page.meta.get("title"):
            self.page.title = str(meta["title"])
        elif isinstance(typed, str) and "{" in typed:
            path, line = self.site.title_location(typed, self.src_uri)
            known = self.build.rendered_text(typed, self.src_uri, path=path, line=line)
            self.page.title = escape(known, quote=False)

    def finish(self, html: str) -> str:
        """Return the completed HTML of the page, and set front matter for the templates."""
        html = self.build.content(html, self.links, meta=self.page.meta)
        context = self.build.context(self.src_uri)
        document = self.build.document(self.file, self._about())
        printed: dict[str, object] = {"foot": self._box()}
        if context and document:
            html = _HIDDEN.sub(r"\g<0> data-search-exclude", document.body(html))
            top = _TOPS.get(str(self.page.meta.get("template")), "top")
            printed |= {
                "title": self._partial(context, "title"),
                "head": document.head(),
                "top": document.body(self._partial(context, top)),
                "footer": document.body(self._partial(context, "footer")),
                "facts": self.site.own_templates.facts(context.template_names),
                "foot": document.foot(html, problems=self._box()) or self._box(),
            }
        log_problems(self.build.problems[self.known :])
        self.page.meta["impldays"] = printed
        return html

    def report_failure(self, error: Exception) -> None:
        """Report a bug of this package, so that `zensical serve` continues."""
        what = f"{type(error).__name__}: {error}".rstrip(".")
        message = f"cannot be rendered: {what}. Report this, with the page."
        self.site.report([Problem(self.src_uri, None, message)])
        log.debug("%s", message, exc_info=error)

    def _box(self) -> str:
        path = self.build.sources[self.src_uri].path
        problems = self.build.serious() if self.site.is_preview else self.build.errors()
        own = [each for each in problems if each.path == path or not each.path.endswith(".md")]
        return problems_box(own)

    def _about(self) -> PageOfSite:
        return PageOfSite(
            title=str(self.page.meta.get("title") or self.page.title or ""),
            description=self.page.meta.get("description"),
            url=self.file.url,
            canonical_url=urljoin(f"{self.site.url.rstrip('/')}/", self.file.url)
            if self.site.url
            else None,
            source=self.src_uri,
            is_home=self._is_first,
            root="../" * self.file.url.count("/") or "./",
            translations={},
        )

    def _partial(self, context: PageContext, name: str) -> str:
        """Return the HTML of a partial; empty, with a problem, if it cannot be rendered."""
        facts = {
            "config": {"theme": {"features": self.site.features}},
            "page": {"is_homepage": self._is_first, "meta": self.page.meta},
        }
        try:
            return context.partial(name, **facts)
        except PageError as error:
            path = self.build.sources[self.src_uri].path
            self.build.problems.append(Problem(path, None, f"the {name} of the page {error}"))
            return ""


def _plain(value: object) -> object:
    """Return a value of the front matter as plain data, for Zensical."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return value


class _Variables(Preprocessor):
    """Renders the page before Markdown sees it."""

    def __init__(self, md: Markdown, page: Page) -> None:
        super().__init__(md)
        self._page = page

    def run(self, lines: list[str]) -> list[str]:
        try:
            return self._page.render("\n".join(lines)).split("\n")
        except Exception as error:  # noqa: BLE001 - it would end `zensical serve`
            self._page.report_failure(error)
            return lines


class _Around(PagePostprocessor):
    """Completes the page itself, and leaves its headings as they are."""

    def __init__(self, md: Markdown, page: Page) -> None:
        super().__init__(md)
        self._page = page

    def run(self, text: str) -> str:
        if not self.is_page_next:
            return text
        self.is_page_next = False
        try:
            return self._page.finish(text)
        except Exception as error:  # noqa: BLE001 - it would end `zensical serve`
            self._page.report_failure(error)
            return text
