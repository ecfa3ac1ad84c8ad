"""Other plugins that change pages: macros, monorepo, Material's blog and meta, print-site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from mkdocs_impldays.fest.source import LOAD_ERRORS, excess, load_yaml
from mkdocs_impldays.pages.page import Defaults
from mkdocs_impldays.problems import Problem, line_with, quoted, seen_from

_READ_BRACES = ("macros", "markdownextradata", "table-reader")
"""Plugins that render `{{ }}` with names that this one does not have."""


def plugin_problems(config: MkDocsConfig) -> Iterator[Problem]:
    """Yield a problem for each plugin that renders `{{ }}`, too."""
    for name in _READ_BRACES:
        if name in config.plugins:
            line = line_of_option(config, name)
            message = f"the plugin {quoted(name)} reads {{{{ }}}} too, with other names."
            advice = "Put those between {% raw %} and {% endraw %}, or remove the plugin."
            yield Problem("mkdocs.yml", line, f"{message} {advice}")


def line_of_option(config: MkDocsConfig, typed: str) -> int | None:
    """Return the first line of mkdocs.yml that has a text; `None` without one."""
    path = Path(config.config_file_path or "")
    return line_with(path.read_text("utf-8", "replace"), typed) if path.is_file() else None


class Sources:
    """The paths of a site's files, as its author knows them."""

    def __init__(self, config: MkDocsConfig) -> None:
        monorepo = config.plugins.get("monorepo")
        docs = getattr(monorepo, "originalDocsDir", None) or config.docs_dir
        self._root = Path(config.config_file_path or "mkdocs.yml").parent
        self.docs = seen_from(self._root, Path(docs))
        """The folder of the pages, relative to that of mkdocs.yml."""
        self._copied: Mapping[str, str] = getattr(monorepo, "files_source_dir", {})
        """The original files by their copies, which mkdocs-monorepo makes in a temporary folder."""

    def path_of(self, file: File) -> str:
        """Return the path of a file, relative to the folder of mkdocs.yml."""
        original = self._copied.get(file.abs_src_path or "")
        return seen_from(self._root, Path(original)) if original else self.path_in(file.src_uri)

    def path_in(self, src_uri: str) -> str:
        """Return the path of a file below `docs/`, relative to the folder of mkdocs.yml."""
        return f"{self.docs}/{src_uri}"


def defaults_of_folders(files: Files, config: MkDocsConfig, sources: Sources) -> list[Defaults]:
    """Return the default front matter of folders, of Material's meta plugin.

    Files that cannot be read are omitted; the plugin stops the build.
    """
    plugin = config.plugins.get("material/meta") or config.plugins.get("meta")
    name = plugin.config.get("meta_file") if plugin and plugin.config.get("enabled") else None
    found = []
    for file in files:
        folder, _, base = file.src_uri.rpartition("/")
        if name is None or base != name:
            continue
        try:
            text = file.content_string
            meta = None if excess(text) else load_yaml(text)
        except (OSError, *LOAD_ERRORS):
            continue
        if isinstance(meta, dict):
            found.append(Defaults(sources.path_of(file), folder, text, meta))
    return found


def posts_of(config: MkDocsConfig) -> list[Page]:
    """Return the posts of Material's blog plugin."""
    plugin = config.plugins.get("material/blog") or config.plugins.get("blog")
    return list(getattr(getattr(plugin, "blog", None), "posts", ()))


def slug_of(config: MkDocsConfig, title: str) -> str:
    """Return the slug of a title in the address of a post."""
    plugin = config.plugins.get("material/blog") or config.plugins["blog"]
    slug: str = plugin.config.post_slugify(title, plugin.config.post_slugify_separator)
    return slug


def print_page(config: MkDocsConfig) -> Page | None:
    """Return the page of print-site, for which no page hooks are called; `None` without one."""
    plugin = config.plugins.get("print-site")
    if plugin is None or not plugin.config.get("enabled"):
        return None
    page: Page | None = getattr(plugin, "print_page", None)
    return page
