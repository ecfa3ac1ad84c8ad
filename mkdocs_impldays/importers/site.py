"""Import the files of a Jekyll site as a fest file and the files of `docs/`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from mkdocs_impldays.fest.ids import is_fest_id
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.source import Source, read
from mkdocs_impldays.importers.config import CONFIG, draft_of, leaves
from mkdocs_impldays.importers.liquid import Names, Place, convert
from mkdocs_impldays.importers.page import (
    COMMENTED,
    Head,
    head_of,
    with_heading_ids,
    with_https,
    with_lists,
)
from mkdocs_impldays.pages.front_matter import (
    destination,
    line_of,
    listed,
    redirect_page,
    redirect_to,
    target_problem,
)
from mkdocs_impldays.problems import Problem, Severity, in_order, quoted

_PAGES = {".md", ".markdown", ".html", ".htm"}
_OWN = {"Gemfile", "Gemfile.lock", "Rakefile", "README.md", "LICENSE", "Makefile", ".gitignore"}
"""Files that belong to the old project, not to its site."""


class Reader:
    """Reads all files of a site, each once."""

    def __init__(self, files: Mapping[str, bytes], source: Source, *, host: str | None) -> None:
        self.files = files
        self.host = host
        """The host of the site."""
        self.texts = {path: text for path, raw in files.items() if (text := _text(raw)) is not None}
        values = {".".join(["site", *map(str, w)]): v for w, v in leaves(source.data)}
        self.names = Names(site=values, page=frozenset())
        self.is_pretty = source.data.get("permalink") == "pretty"
        self.excluded = [str(each).strip("/") for each in listed(source.data.get("exclude"))]
        self.out: dict[str, bytes] = {}
        """The files to write, by their paths relative to mkdocs.yml."""
        self.problems: list[Problem] = []
        self.unchanged: list[str] = []
        self.changed: list[str] = []
        self.included: set[str] = set()
        self.bare: list[str] = []
        """Files that could be pages but have no front matter; some are includes."""

    def read(self) -> None:
        """Read all files into `out` and `problems`."""
        left: Counter[str] = Counter()
        for path in sorted(self.files):
            top = PurePosixPath(path).parts[0]
            if top.startswith("_") and "/" in path:
                left[top] += top not in {"_includes", "_site"}
            elif not top.startswith(("_", ".")) and not self._is_excluded(path):
                self._file(path)
        for path in sorted(set(self.bare) - self.included):
            self._bare(path)
        for folder in sorted(+left):
            many = f"its {left[folder]} files were" if left[folder] > 1 else "its file was"
            self._report(f"{folder}/", f"has no counterpart here: {many} not imported.")
        unused = {path for path in self.files if path.startswith("_includes/")} - self.included
        if unused:
            many = (
                f"{len(unused)} of its files, which were"
                if len(unused) > 1
                else "one of its files, which was"
            )
            self._report("_includes/", f"no page includes {many} not imported.")

    def _report(
        self, path: str, message: str, *, line: int | None = None, severity: Severity = "warning"
    ) -> None:
        self.problems.append(Problem(path, line, message, severity))

    def _is_excluded(self, path: str) -> bool:
        return path in _OWN or any(
            path.startswith(f"{name}/") or fnmatch(path, name) for name in self.excluded
        )

    def _file(self, path: str) -> None:
        head, problems = head_of(self.texts.get(path, ""), path=path)
        if PurePosixPath(path).suffix.lower() not in _PAGES:
            if head:
                self._report(
                    path, "is written in Liquid and is not a page. It was not imported.", line=1
                )
            else:
                self.out[f"docs/{path}"] = self.files[path]
        elif head:
            self.problems += problems
            self._page(path, head)
        else:
            self.bare.append(path)

    def _bare(self, path: str) -> None:
        """Copy HTML that Jekyll publishes as it is; report other files without front matter."""
        text = self.texts.get(path)
        if text is None:
            self._report(path, "is not UTF-8 text. Save it as UTF-8 and import again.", line=1)
        elif PurePosixPath(path).suffix in {".html", ".htm"} and not re.search(r"\{[{%]", text):
            if f"docs/{path}" not in self.out:
                self.out[f"docs/{path}"] = self.files[path]
        else:
            message = "has no front matter, so Jekyll does not publish it. It was not imported."
            self._report(path, message, line=1)

    def _page(self, path: str, head: Head) -> None:
        if head.meta.get("published") is False:
            line = line_of(head.typed, "published")
            self._report(path, 'has "published: false", so it was not imported.', line=line)
        elif target := redirect_to(head.meta):
            self._redirect(_address_of(path, head.meta), target, path=path)
        elif head.meta.get("permalink") == "/404.html":
            message = "was not imported: MkDocs makes its own 404 page. Put yours into overrides/."
            self._report(path, message)
        else:
            head = self._with_good_address(path, head)
            self._convert(path, head)
            self._keep_addresses(path, head)

    def _with_good_address(self, path: str, head: Head) -> Head:
        permalink = head.meta.get("permalink")
        wrong = destination(permalink)[1] if permalink else None
        if wrong is None:
            return head
        self._report(path, f"{wrong} {COMMENTED}", line=line_of(head.typed, "permalink"))
        return head.without("permalink")

    def _convert(self, path: str, head: Head) -> None:
        names = Names(site=self.names.site, page=head.page_keys, used=self.names.used)
        first_line = head.typed.count("\n") + 1
        body = self.texts[path][len(head.typed) :]
        converted = convert(
            body, Place(path, self.texts, names, first_line=first_line, included=self.included)
        )
        self.problems += converted.problems
        text = with_https(converted.text, self.host) if self.host else converted.text
        if PurePosixPath(path).suffix.lower() in {".md", ".markdown"}:
            text, _ = with_lists(text)
            text = with_heading_ids(text)
            for line in with_lists(body)[1]:
                message = "a list follows its sentence directly. An empty line was added before it."
                self._report(path, message, line=first_line + line, severity="hint")
        self._put(path, head.text + text)

    def _put(self, path: str, text: str) -> None:
        page = str(PurePosixPath(path).with_suffix(".md"))
        if f"docs/{page}" in self.out:
            message = f"would also become {page}. Rename one of the two and import again."
            self._report(path, message, severity="error")
            return
        is_same = text == self.texts[path]
        self.out[f"docs/{page}"] = self.files[path] if is_same else text.encode()
        (self.unchanged if is_same else self.changed).append(page)
        if page != path:
            message = f"is now the Markdown page {page}; its HTML is unchanged."
            self._report(path, message, severity="hint")

    def _keep_addresses(self, path: str, head: Head) -> None:
        """Add a redirect from the address of the page under Jekyll."""
        permalink = head.meta.get("permalink")
        stem = PurePosixPath(path).with_suffix("")
        is_index = stem.name == "index"
        here = f"/{stem.parent}/" if is_index else f"/{stem}/"
        target = permalink or re.sub(r"/\./?|//", "/", here)
        if not permalink and not is_index and not self.is_pretty:
            self._redirect(f"/{stem}.html", target, path=path)

    def _redirect(self, address: str, target: str, *, path: str) -> None:
        place, wrong = destination(address)
        if wrong_target := target_problem(target):
            wrong = f"{wrong_target} It was not imported."
        if place is None or wrong:
            self._report(path, str(wrong))
        elif f"docs/{place}" in self.out or (place in self.files and place != path):
            self._report(path, f"cannot redirect from {quoted(address)}: a file has this address.")
        else:
            self.out[f"docs/{place}"] = redirect_page(target, path=place).encode()
            message = (
                f"{quoted(address)} redirects to {quoted(target)}, with the file docs/{place}."
            )
            self._report(path, message, severity="hint")


def _address_of(path: str, meta: Mapping[str, Any]) -> str:
    stem = PurePosixPath(path).with_suffix("")
    return str(meta.get("permalink") or f"/{stem}.html")


def _text(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


@dataclass
class Imported:
    """An imported site."""

    fest_id: str = ""
    name: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    """The files to write, by their paths relative to mkdocs.yml; none if a fact is missing."""
    unchanged: list[str] = field(default_factory=list)
    """The pages that have the same bytes."""
    changed: list[str] = field(default_factory=list)


def import_site(
    files: Mapping[str, bytes], *, given: Mapping[str, str]
) -> tuple[Imported, list[Problem]]:
    """Return a Jekyll site, given as files by path, as an imported one, and the report.

    `given` overrides the configuration: `id`, `name`, `city`, `country`, `timezone`. All that was
    not imported is a warning with its line, what was changed a hint.
    """
    if CONFIG not in files:
        return Imported(), [Problem(CONFIG, None, "is missing. Give the folder of a Jekyll site.")]
    if (fest_id := given.get("id")) and not is_fest_id(fest_id):
        message = f"{quoted(fest_id)} is not a valid ID. Write one like paris-2018."
        return Imported(), [Problem("--id", None, message)]
    source, problems = read(files[CONFIG], path=CONFIG)
    if source is None:
        return Imported(), problems
    host = files.get("CNAME", b"")[:300].decode("utf-8", "replace").strip() or None
    reader = Reader(files, source, host=host or _host_in(source.data.get("url")))
    reader.read()
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


def _host_in(url: object) -> str | None:
    try:
        return urlsplit(str(url or "")).hostname
    except ValueError:  # such as http://[
        return None
