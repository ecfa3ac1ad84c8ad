"""Write what a build by Zensical needs: generated pages, and a changed configuration.

Zensical builds the files in the folder of pages, with the menu of its configuration file. So
generated pages are written there, and a copy of the configuration has the rendered titles of the
menu, and excludes drafts. Both are removed after the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from html import escape
from pathlib import Path

import yaml
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from mkdocs_impldays.disk import part_of, read_sources, write_new, write_over
from mkdocs_impldays.fest.load import load_fests
from mkdocs_impldays.names.sessions import page_texts
from mkdocs_impldays.pages.front_matter import read_meta
from mkdocs_impldays.problems import Problem, line_with
from mkdocs_impldays.project import COPY, Project, settings_of, where_of
from mkdocs_impldays.zensical.site import ZensicalSite

_PAGES = "impldays_pages"
"""The key under `extra` of the copy with the generated pages and hashes of their texts."""


@dataclass(frozen=True)
class Preparation:
    """The input of a build."""

    config: Path
    problems: list[Problem]
    """Problems of writing pages, and of titles of the menu."""


@contextmanager
def prepared(project: Project) -> Iterator[Preparation]:
    """Write the generated pages and the copy of the configuration during a build.

    A page that the author has written is not generated.
    """
    remove_leftovers(project)
    if not project.settings:
        yield Preparation(project.file, [])  # Zensical reports why it cannot be read
        return
    docs = _docs(project)
    texts = _texts(project)
    missing = {path: text.encode() for path, text in texts.items() if not (docs / path).exists()}
    copy = _Copy(project)
    problems = copy.render_titles()
    copy.exclude(_drafts(docs))
    copy.list_generated(missing)
    try:
        problems += write_over(project.root, {COPY: copy.content})
        _, unwritten = write_new(docs, missing)
        folder = docs.relative_to(project.root).as_posix()
        problems += [replace(each, path=f"{folder}/{each.path}") for each in unwritten]
        yield Preparation(project.root / COPY, problems)
    finally:
        remove_leftovers(project)


def remove_leftovers(project: Project) -> None:
    """Remove the copy of the configuration, and the generated pages unless they were edited.

    They also exist after a build that was killed.
    """
    copy, docs = project.root / COPY, _docs(project)
    pages = (settings_of(copy).get("extra") or {}).get(_PAGES) if copy.is_file() else None
    for name, digest in (pages or {}).items():
        path = docs / name
        part_of(path).unlink(missing_ok=True)
        if path.is_file() and _digest(path.read_bytes()) == digest:
            path.unlink()
        for folder in path.parents:
            if folder == docs or (folder.is_dir() and any(folder.iterdir())):
                break
            if folder.is_dir():
                folder.rmdir()
    for path in (part_of(copy), copy):
        path.unlink(missing_ok=True)


def _docs(project: Project) -> Path:
    return project.root / str(project.settings.get("docs_dir") or "docs")


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _texts(project: Project) -> dict[str, str]:
    """Return the texts of all generated pages, by their paths below `docs/`."""
    options = project.options
    if options.get("enabled") is False:
        return {}
    where = where_of(options.get("fest"), options.get("fests"))
    fests, _ = load_fests(read_sources(project.root, where=where)[0])
    return page_texts(fests.values(), has_sessions=options.get("session_pages", True))


def _drafts(docs: Path) -> Iterator[str]:
    """Yield the paths of the pages with `published: false`."""
    for path in sorted(docs.rglob("*.md")):
        raw = path.read_text("utf-8", "replace") if path.is_file() else ""
        if "published" in raw and read_meta(raw).get("published") is False:
            yield path.relative_to(docs).as_posix()


class _Copy:
    """A copy of a project's configuration, which stays as typed except for its changes."""

    def __init__(self, project: Project) -> None:
        self._project = project
        text = project.text
        if project.file.suffix == ".toml":
            text = yaml.safe_dump(dict(project.settings), sort_keys=False)
        self._node = _composed(text)

    @property
    def content(self) -> bytes:
        return yaml.serialize(self._node, allow_unicode=True).encode()

    def exclude(self, pages: Iterable[str]) -> None:
        """Exclude pages from the site."""
        self._add_paths("exclude_docs", pages)

    def list_generated(self, pages: Mapping[str, bytes]) -> None:
        """Add the list of generated pages, which are not in a menu without `nav`."""
        self._add_paths("not_in_nav", pages)
        digests = {path: _digest(content) for path, content in pages.items()}
        extra = _value(self._node, "extra")
        if not isinstance(extra, yaml.MappingNode):
            extra = _set(self._node, "extra", _node({}))
        _set(extra, _PAGES, _node(digests))

    def _add_paths(self, key: str, paths: Iterable[str]) -> None:
        """Add paths to a setting with one pattern per line, like .gitignore."""
        listed = str(self._project.settings.get(key) or "").splitlines()
        if lines := [f"/{GitIgnoreSpecPattern.escape(path)}" for path in paths]:
            _set(self._node, key, _node("\n".join([*listed, *lines, ""])))

    def render_titles(self) -> list[Problem]:
        """Render the variables in titles of sections and links, and return their problems.

        The titles of pages are rendered with the pages.
        """
        titles = [title for title in _titles(_value(self._node, "nav")) if "{" in title.value]
        if not titles:
            return []
        from zensical.config import parse_config  # noqa: PLC0415 - only where it is installed

        file = self._project.file
        build = ZensicalSite(parse_config(str(file.resolve())), self._project.options).build
        known = len(build.problems)
        for title in titles:
            line = line_with(self._project.text, title.value) or 1
            text = build.rendered_text(title.value, "", path=file.name, line=line)
            title.value = escape(text, quote=False)
        return build.problems[known:]


def _titles(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Yield the titles of a menu, except those of pages."""
    for item in node.value if isinstance(node, yaml.SequenceNode) else []:
        for title, target in item.value if isinstance(item, yaml.MappingNode) else []:
            is_page = isinstance(target, yaml.ScalarNode) and target.value.endswith(".md")
            if isinstance(title, yaml.ScalarNode) and not is_page:
                yield title
            yield from _titles(target)


def _value(node: yaml.Node, key: str) -> yaml.Node | None:
    """Return the value of a mapping at a key; `None` without one."""
    return next((value for name, value in node.value if name.value == key), None)


def _set(node: yaml.Node, key: str, value: yaml.Node) -> yaml.Node:
    """Set the value of a mapping at a key, and return it."""
    node.value = [each for each in node.value if each[0].value != key] + [(_node(key), value)]
    return value


def _node(value: object) -> yaml.Node:
    return _composed(yaml.safe_dump(value, allow_unicode=True))


def _composed(text: str) -> yaml.Node:
    """Return the node of a YAML text, in which tags such as `!ENV` are kept."""
    node = yaml.compose(text, yaml.SafeLoader)
    assert node is not None, "there is no value in it"
    return node
