"""A whole Jekyll site, as files, becomes a fest file and the files of `docs/`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml

from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.source import Source, read
from mkdocs_impldays.jekyll.config import draft_of, leaves
from mkdocs_impldays.jekyll.draft import CONFIG
from mkdocs_impldays.jekyll.expressions import Names
from mkdocs_impldays.jekyll.liquid import Place, convert
from mkdocs_impldays.jekyll.redirects import stub
from mkdocs_impldays.pages.front_matter import destination
from mkdocs_impldays.problems import Problem, in_order, quoted

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?\n?", re.DOTALL | re.MULTILINE)
_PAGES = {".md", ".markdown", ".html", ".htm"}
_OWN = {"Gemfile", "Gemfile.lock", "Rakefile", "README.md", "LICENSE", "Makefile", ".gitignore"}
"""Files that belong to the old project, not to its site."""


@dataclass
class Imported:
    """What comes of a site."""

    fest_id: str = ""
    name: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    """The files to write, by their paths beside mkdocs.yml; none where a fact is missing."""
    unchanged: list[str] = field(default_factory=list)
    """The pages that are byte for byte what they were."""
    changed: list[str] = field(default_factory=list)


def import_site(
    files: Mapping[str, bytes], *, given: Mapping[str, str]
) -> tuple[Imported, list[Problem]]:
    """Turn the files of a Jekyll site, by their paths in it, into those of a site made here.

    `given` holds what the configuration does not say, or says wrong: `id`, `name`, `city`,
    `country`, `timezone`. Nothing is dropped in silence: what is not carried over is a `warning`
    with its line, what was read as something else a `hint`.
    """
    source, problems = read(files.get(CONFIG, b"title: ''\n"), path=CONFIG)
    if source is None:
        return Imported(), problems
    if CONFIG not in files:
        problems.append(Problem(CONFIG, None, "is not there. Is this a Jekyll site?", "error"))
        return Imported(), problems
    reader = _Reader(files, source)
    reader.read()
    host = files.get("CNAME", b"").decode("utf-8", "replace").strip() or None
    fest_id, text, found = draft_of(source, given=given, host=host, used=reader.names.used)
    problems += [*found, *reader.problems]
    done = Imported(fest_id, "", {}, reader.unchanged, reader.changed)
    if text is not None:
        path = f"fests/{fest_id}.yml"
        fest, wrong = load_fest(text.encode(), path=path, fest_id=fest_id)
        problems += wrong
        if fest is not None:
            done.name = fest.name
            done.files = {path: text.encode(), **reader.out}
    return done, in_order(problems)


class _Reader:
    """Goes through the files of a site, each once."""

    def __init__(self, files: Mapping[str, bytes], source: Source) -> None:
        self.files = files
        self.texts = {path: text for path, raw in files.items() if (text := _text(raw)) is not None}
        values = {".".join(["site", *map(str, w)]): v for w, v in leaves(source.data)}
        self.names = Names(site=values, page=frozenset())
        self.is_pretty = source.data.get("permalink") == "pretty"
        self.excluded = [str(each) for each in _listed(source.data.get("exclude"))]
        self.out: dict[str, bytes] = {}
        self.problems: list[Problem] = []
        self.unchanged: list[str] = []
        self.changed: list[str] = []
        self.included: set[str] = set()
        self.bare: list[str] = []
        """What could be a page, but has no front matter; some of it is included by others."""

    def read(self) -> None:
        left: Counter[str] = Counter()
        for path in sorted(self.files):
            top = PurePosixPath(path).parts[0]
            if top.startswith("_") and "/" in path:
                left[top] += 1
            elif not top.startswith(("_", ".")) and not self._is_excluded(path):
                self._file(path)
        for path in sorted(set(self.bare) - self.included):
            message = "has no front matter, so Jekyll makes no page of it. It is left behind."
            if path not in self.texts:
                message = "is not UTF-8 text. It is left behind."
            self.problems.append(Problem(path, 1, message, "warning"))
        for folder, count in left.items():
            if folder not in {"_includes", "_site"}:
                many = f"its {count} files are" if count > 1 else "its file is"
                message = f"has no counterpart; {many} left behind."
                self.problems.append(Problem(f"{folder}/", None, message, "warning"))

    def _is_excluded(self, path: str) -> bool:
        names = [each.strip("/") for each in self.excluded]
        return path in _OWN or any(path == name or path.startswith(f"{name}/") for name in names)

    def _file(self, path: str) -> None:
        front = _FRONT.match(self.texts.get(path, ""))
        if PurePosixPath(path).suffix.lower() not in _PAGES:
            if front:
                message = "is made by Liquid and is no page. It is left behind."
                self.problems.append(Problem(path, 1, message, "warning"))
            else:
                self.out[f"docs/{path}"] = self.files[path]
        elif front:
            self._page(path, front)
        else:
            self.bare.append(path)

    def _page(self, path: str, front: re.Match[str]) -> None:
        known = self._meta(path, front)
        meta = known or {}
        if target := _first(meta.get("redirect_to")):
            self._redirect(_address_of(path, meta), target, path=path)
            return
        place = Place(
            path,
            self.texts,
            Names(
                site=self.names.site,
                page=frozenset(key for key, value in meta.items() if isinstance(value, str | int)),
                used=self.names.used,
            ),
            first_line=front[0].count("\n") + 1,
            included=self.included,
        )
        body = self.texts[path][front.end() :]
        converted = convert(body, place)
        self.problems += converted.problems
        self._put(path, front[0] + converted.text, is_same=converted.text == body)
        if known is not None:
            self._keep_addresses(path, meta)

    def _meta(self, path: str, front: re.Match[str]) -> dict[str, Any] | None:
        try:
            meta = yaml.safe_load(front[1]) or {}
        except yaml.YAMLError:
            message = "has front matter that is not YAML. Mend it in the new page."
            self.problems.append(Problem(path, 1, message, "warning"))
            return None
        return meta if isinstance(meta, dict) else {}

    def _put(self, path: str, text: str, *, is_same: bool) -> None:
        page = str(PurePosixPath(path).with_suffix(".md"))
        if f"docs/{page}" in self.out:
            message = f"would be {page} too. Rename one of the two, and import again."
            self.problems.append(Problem(path, None, message, "error"))
            return
        self.out[f"docs/{page}"] = self.files[path] if is_same else text.encode()
        (self.unchanged if is_same else self.changed).append(page)
        if page != path:
            message = f"is the Markdown page {page} now; its HTML stays as typed."
            self.problems.append(Problem(path, None, message, "hint"))

    def _keep_addresses(self, path: str, meta: Mapping[str, Any]) -> None:
        """Leave a stub at each address under which the page was known before."""
        stem = PurePosixPath(path).with_suffix("")
        is_index = stem.name == "index"
        here = f"/{stem.parent}/" if is_index else f"/{stem}/"
        target = meta.get("permalink") or re.sub(r"/\./?|//", "/", here)
        if not meta.get("permalink") and not is_index and not self.is_pretty:
            self._redirect(f"/{stem}.html", target, path=path)
        for old in _listed(meta.get("redirect_from")):
            self._redirect(str(old), target, path=path)

    def _redirect(self, address: str, target: str, *, path: str) -> None:
        place, wrong = destination(address)
        if not re.match(r"/|https?://", target):
            wrong = f"redirects to {quoted(target)}, which is no address. It is left behind."
        if place is None or wrong:
            self.problems.append(Problem(path, None, str(wrong), "warning"))
            return
        if f"docs/{place}" in self.out or place in self.files:
            message = f"cannot send on from {quoted(address)}, where a file is."
            self.problems.append(Problem(path, None, message, "warning"))
            return
        self.out[f"docs/{place}"] = stub(target, path=place).encode()
        message = f"{quoted(address)} sends on to {quoted(target)}, by the file docs/{place}."
        self.problems.append(Problem(path, None, message, "hint"))


def _address_of(path: str, meta: Mapping[str, Any]) -> str:
    stem = PurePosixPath(path).with_suffix("")
    return str(meta.get("permalink") or f"/{stem}.html")


def _text(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: object) -> str | None:
    return next((str(each) for each in _listed(value)), None)
