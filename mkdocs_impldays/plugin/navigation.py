"""Render the titles in the navigation, from mkdocs.yml or another plugin."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from mkdocs_impldays.build import Build
from mkdocs_impldays.plugin.other_plugins import Sources, line_of_option
from mkdocs_impldays.problems import line_with


def render_titles(nav: Navigation, build: Build, config: MkDocsConfig, files: Files) -> None:
    """Render the variables in the titles of the navigation, escaped.

    A page without a title in it gets its own later.
    """
    for item in _items(nav):
        title = vars(item).get("title")  # the property would read the page's own
        if isinstance(title, str) and "{" in title:
            path, line = _location(title, config, files)
            src_uri = item.file.src_uri if isinstance(item, Page) else ""
            text = build.rendered_text(title, src_uri, path=path, line=line or 1)
            item.title = escape(text, quote=False)  # type: ignore[attr-defined]


def _items(items: Iterable[object]) -> Iterable[object]:
    for item in items:
        yield item
        yield from _items(getattr(item, "children", None) or ())


def _location(title: str, config: MkDocsConfig, files: Files) -> tuple[str, int | None]:
    """Return the file and the line of a title; mkdocs.yml and `None` if it is not found."""
    if line := line_of_option(config, title):
        return "mkdocs.yml", line
    for file in files:
        if file.src_uri.endswith((".md", ".yml", ".yaml", ".pages")) and file.abs_src_path:
            try:
                line = line_with(file.content_string, title)
            except (OSError, ValueError):
                continue
            if line:
                return Sources(config).path_of(file), line
    return "mkdocs.yml", None
