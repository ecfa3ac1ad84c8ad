"""The files of a Jekyll site as those of `docs/`: pages, files as they are, and what is left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import Any

from mkdocs_impldays.fest.source import Source
from mkdocs_impldays.importers.config import leaves
from mkdocs_impldays.importers.expressions import Names
from mkdocs_impldays.importers.head import COMMENTED, Head, head_of
from mkdocs_impldays.importers.liquid import Place, convert
from mkdocs_impldays.importers.markdown import with_https, with_lists
from mkdocs_impldays.pages.front_matter import destination, line_of
from mkdocs_impldays.pages.redirects import listed, redirect_to, stub, target_problem
from mkdocs_impldays.problems import Problem, Severity, quoted

_PAGES = {".md", ".markdown", ".html", ".htm"}
_OWN = {"Gemfile", "Gemfile.lock", "Rakefile", "README.md", "LICENSE", "Makefile", ".gitignore"}
"""Files that belong to the old project, not to its site."""


class Reader:
    """Goes through the files of a site, each once."""

    def __init__(self, files: Mapping[str, bytes], source: Source, *, host: str | None) -> None:
        self.files = files
        self.host = host
        """The name that the site is published at."""
        self.texts = {path: text for path, raw in files.items() if (text := _text(raw)) is not None}
        values = {".".join(["site", *map(str, w)]): v for w, v in leaves(source.data)}
        self.names = Names(site=values, page=frozenset())
        self.is_pretty = source.data.get("permalink") == "pretty"
        self.excluded = [str(each).strip("/") for each in listed(source.data.get("exclude"))]
        self.out: dict[str, bytes] = {}
        """The files to write, by their paths beside mkdocs.yml."""
        self.problems: list[Problem] = []
        self.unchanged: list[str] = []
        self.changed: list[str] = []
        self.included: set[str] = set()
        self.bare: list[str] = []
        """What could be a page, but has no front matter; some of it is included by others."""

    def read(self) -> None:
        """Fill `out` and `problems`."""
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
            self._say(f"{folder}/", f"has no counterpart here: {many} not imported.")
        unused = {path for path in self.files if path.startswith("_includes/")} - self.included
        if unused:
            many = (
                f"{len(unused)} of its files, which were"
                if len(unused) > 1
                else "one of its files, which was"
            )
            self._say("_includes/", f"no page includes {many} not imported.")

    def _say(
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
                self._say(
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
        """Keep HTML that Jekyll publishes as it is; tell of all else that has no front matter."""
        text = self.texts.get(path)
        if text is None:
            self._say(path, "is not UTF-8 text. Save it as UTF-8 and import again.", line=1)
        elif PurePosixPath(path).suffix in {".html", ".htm"} and not re.search(r"\{[{%]", text):
            if f"docs/{path}" not in self.out:
                self.out[f"docs/{path}"] = self.files[path]
        else:
            message = "has no front matter, so Jekyll does not publish it. It was not imported."
            self._say(path, message, line=1)

    def _page(self, path: str, head: Head) -> None:
        if head.meta.get("published") is False:
            line = line_of(head.typed, "published")
            self._say(path, 'has "published: false", so it was not imported.', line=line)
        elif target := redirect_to(head.meta):
            self._redirect(_address_of(path, head.meta), target, path=path)
        elif head.meta.get("permalink") == "/404.html":
            message = "was not imported: MkDocs makes its own 404 page. Put yours into overrides/."
            self._say(path, message)
        else:
            head = self._with_good_address(path, head)
            self._convert(path, head)
            self._keep_addresses(path, head)

    def _with_good_address(self, path: str, head: Head) -> Head:
        permalink = head.meta.get("permalink")
        wrong = destination(permalink)[1] if permalink else None
        if wrong is None:
            return head
        self._say(path, f"{wrong} {COMMENTED}", line=line_of(head.typed, "permalink"))
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
            for line in with_lists(body)[1]:
                message = "a list follows its sentence directly. An empty line was added before it."
                self._say(path, message, line=first_line + line, severity="hint")
        self._put(path, head.text + text)

    def _put(self, path: str, text: str) -> None:
        page = str(PurePosixPath(path).with_suffix(".md"))
        if f"docs/{page}" in self.out:
            message = f"would also become {page}. Rename one of the two and import again."
            self._say(path, message, severity="error")
            return
        is_same = text == self.texts[path]
        self.out[f"docs/{page}"] = self.files[path] if is_same else text.encode()
        (self.unchanged if is_same else self.changed).append(page)
        if page != path:
            message = f"is now the Markdown page {page}; its HTML is unchanged."
            self._say(path, message, severity="hint")

    def _keep_addresses(self, path: str, head: Head) -> None:
        """Redirect from the address that Jekyll gave the page; the build reads `redirect_from`."""
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
            self._say(path, str(wrong))
        elif f"docs/{place}" in self.out or (place in self.files and place != path):
            self._say(path, f"cannot redirect from {quoted(address)}: a file has this address.")
        else:
            self.out[f"docs/{place}"] = stub(target, path=place).encode()
            message = (
                f"{quoted(address)} redirects to {quoted(target)}, with the file docs/{place}."
            )
            self._say(path, message, severity="hint")


def _address_of(path: str, meta: Mapping[str, Any]) -> str:
    stem = PurePosixPath(path).with_suffix("")
    return str(meta.get("permalink") or f"/{stem}.html")


def _text(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
