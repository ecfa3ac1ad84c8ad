"""Prepare a page for Markdown: render its text and front matter, set title and template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import NamedTuple

from markupsafe import Markup

from mkdocs_impldays.pages import front_matter
from mkdocs_impldays.pages.front_matter import front_matter_end
from mkdocs_impldays.pages.printing import as_text, inline_html
from mkdocs_impldays.pages.render import Renderer
from mkdocs_impldays.pages.search import visible_text
from mkdocs_impldays.problems import Problem, quoted

_PLAIN = re.compile(r"[^\W_]+(?: [^\W_]+)*")
"""A title of words only, as most are."""


class Defaults(NamedTuple):
    """The default front matter of all pages of a folder."""

    path: str
    """The file, relative to the folder of mkdocs.yml."""
    folder: str
    """The folder, below `docs/`; empty for the whole site."""
    raw: str
    """The whole file."""
    meta: Mapping[str, object]
    """Its values."""

    def is_for(self, src_uri: str) -> bool:
        """Return whether they apply to a page, given its path below `docs/`."""
        return src_uri.startswith(self.folder)


@dataclass(slots=True)
class PageSource:
    """A page as its author wrote it."""

    path: str
    """The file, relative to the folder of mkdocs.yml."""
    raw: str
    """The whole file."""
    meta: Mapping[str, object]
    """The front matter."""
    defaults: Sequence[Defaults] = ()
    """The defaults of its folders, the outermost first."""
    remade: str | None = None
    """Its Markdown, if another plugin has made it; `None` if it is that of the file."""

    @property
    def merged_meta(self) -> dict[str, object]:
        """The front matter with the defaults of its folders, except lists and groups of keys.

        The plugin that provides the defaults adds those to the page's own.
        """
        found: dict[str, object] = {}
        for each in self.defaults:
            found |= {k: v for k, v in each.meta.items() if not isinstance(v, list | dict)}
        return found | {**self.meta}

    def location(self, key: str) -> tuple[str, int | None]:
        """Return the file and the line of a key of the front matter.

        The line is `None` if another plugin has added it.
        """
        head = self.raw[: front_matter_end(self.raw)] or self.raw
        if front_matter.has_line(head, key):
            return self.path, front_matter.line_of(head, key)
        for each in reversed(self.defaults):
            if front_matter.has_line(each.raw, key):
                return each.path, front_matter.line_of(each.raw, key)
        return self.path, None

    @property
    def markdown(self) -> str:
        """The Markdown of the page, as its author or another plugin wrote it."""
        return self.raw[front_matter_end(self.raw) :] if self.remade is None else self.remade

    def first_line(self, markdown: str) -> int:
        """Return the line of the file at which its Markdown begins, counted from 1."""
        if not self.raw.endswith(markdown):
            return 1
        return self.raw.count("\n", 0, len(self.raw) - len(markdown)) + 1


@dataclass
class Prepared:
    """A page ready for Markdown, and its problems."""

    markdown: str
    meta: dict[str, object]
    """The front matter with its texts escaped, for templates that do not escape."""
    heading: Markup | None = None
    """The title as HTML if it has markup, for the heading of a page without one."""
    problems: list[Problem] = field(default_factory=list)


def prepare(
    source: PageSource,
    markdown: str,
    renderer: Renderer,
    *,
    has_template: Callable[[str, str], bool],
) -> Prepared:
    """Return a page with its Markdown and front matter rendered, its title and template set."""
    page = Prepared("", dict(source.meta))
    for key, value in source.meta.items():
        page.meta[key] = _rendered(key, value, source, renderer, page)
    page.markdown, problems = renderer.render(
        markdown, path=source.path, first_line=source.first_line(markdown), page=page.meta
    )
    page.problems += problems
    if not isinstance(page.meta.get("template", ""), str):
        page.meta.pop("template")  # `type_problems` reports it; Jinja would fail
    _settle_title(page)
    _settle_template(page, source, has_template)
    return page


def _rendered(
    key: str, value: object, source: PageSource, renderer: Renderer, page: Prepared
) -> object:
    """Return a value with its texts rendered, including those of lists and groups of keys."""
    if isinstance(value, list):
        return [_rendered(key, each, source, renderer, page) for each in value]
    if isinstance(value, dict):
        return {k: _rendered(key, v, source, renderer, page) for k, v in value.items()}
    if not isinstance(value, str) or "{" not in value:
        return value
    path, line = source.location(key)
    rendered, found = renderer.render(value, path=path, first_line=line or 1, page=page.meta)
    page.problems += found
    return renderer.stash.restored(rendered, lambda html: as_text(visible_text(html)))


def _settle_title(page: Prepared) -> None:
    """Make the title plain text, as MkDocs does with headings, and keep its markup."""
    if isinstance(title := page.meta.get("title"), str) and not _PLAIN.fullmatch(title):
        if "<" in (html := inline_html(title)):  # in plain text it is an entity
            page.heading = html
        page.meta["title"] = escape(html.striptags(), quote=False)
    if isinstance(description := page.meta.get("description"), str):
        page.meta["description"] = escape(unescape(description))


def _settle_template(
    page: Prepared, source: PageSource, has_template: Callable[[str, str], bool]
) -> None:
    name, key = front_matter.template_name(page.meta)
    if name and key and has_template(name, key):
        page.meta["template"] = name
    elif key == "template":
        page.meta.pop("template")
        message = f"template {quoted(name)} does not exist."
        advice = "Add it to overrides/, or remove the key."
        page.problems.append(Problem(*source.location(key), f"{message} {advice}"))
