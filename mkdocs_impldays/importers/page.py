"""Convert front matter and Markdown of Jekyll pages where kramdown differs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import yaml

from mkdocs_impldays.fest.source import LOAD_ERRORS, excess, load_yaml
from mkdocs_impldays.problems import Problem, quoted

_FENCED = re.compile(r"\A(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*\r?\n?)", re.DOTALL | re.MULTILINE)
_MAX_LINES = 1_000
"""The most lines of invalid front matter that are tried one by one."""
COMMENTED = 'It is now a comment. Correct it and remove the "#".'
"""The report of a line that was not imported."""
_NOT_YAML = f"is not valid YAML. {COMMENTED}"
_UNPRINTABLE = yaml.reader.Reader.NON_PRINTABLE
"""Characters that YAML refuses, in comments too."""


@dataclass(frozen=True)
class Head:
    """The front matter of a page."""

    typed: str
    """As typed, with the lines of hyphens around it."""
    text: str
    """As it is written: the same if it is valid YAML."""
    meta: dict[str, Any] = field(default_factory=dict)

    def without(self, key: str) -> Head:
        """Return the same with a key as a comment."""
        text = re.sub(rf"^(?={re.escape(key)}[ \t]*:)", "# ", self.text, flags=re.MULTILINE)
        return Head(self.typed, text, {k: v for k, v in self.meta.items() if k != key})

    @property
    def page_keys(self) -> frozenset[str]:
        """The keys with a single value, which a page may print."""
        return frozenset(key for key, value in self.meta.items() if isinstance(value, str | int))


def head_of(text: str, *, path: str) -> tuple[Head | None, list[Problem]]:
    """Return the front matter of a file, `None` if it is not a page, and its problems."""
    match = _FENCED.match(text)
    if match is None:
        return None, []
    begin, inner, end = match.groups()
    if (meta := _read(inner)) is not None:
        return Head(match[0], match[0], meta), []
    lines = inner.splitlines(keepends=True)
    bad = set(range(len(lines)))
    if len(lines) <= _MAX_LINES:
        bad = {n for n, line in enumerate(lines) if not _is_yaml(line)}
    if _read("".join(_without(lines, bad))) is None:
        bad = set(range(len(lines)))
    numbers = list(accumulate((line.endswith(("\n", "\r")) for line in lines), initial=2))
    problems = [
        Problem(path, numbers[n], f"{quoted(lines[n].strip())} {_NOT_YAML}", "warning")
        for n in sorted(bad)[:_MAX_LINES]
    ]
    inner = "".join(_without(lines, bad))
    return Head(match[0], begin + inner + end, _read(inner) or {}), problems


def _without(lines: list[str], bad: set[int]) -> Iterator[str]:
    for n, line in enumerate(lines):
        yield "# " + _UNPRINTABLE.sub("\ufffd", line) if n in bad else line


def _is_yaml(line: str) -> bool:
    if excess(line):
        return False
    try:
        load_yaml(line)
    except LOAD_ERRORS:
        return False
    return True


def _read(text: str) -> dict[str, Any] | None:
    """Return the keys of front matter; `None` if it is not valid."""
    if excess(text):
        return None
    try:
        meta = load_yaml(text)
    except LOAD_ERRORS:
        return None
    return meta if isinstance(meta, dict) else None if meta else {}


_ITEM = re.compile(r" {0,3}(?:[*+-]|\d{1,9}[.)])[ \t]+\S")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RAW_HTML = re.compile(r"<(/?)(pre|script|style|textarea)\b", re.IGNORECASE)
_NO_PARAGRAPH = re.compile(r"\s*$| {4}|\t| {0,3}(?:[#<>|=]|-{3}|\{[%:])|.*>\s*$|\s*\|")
"""Lines that are not sentences: a heading, HTML, a quotation, a table, code, a tag."""


def with_lists(text: str) -> tuple[str, list[int]]:
    """Return a text with an empty line before each list that follows a sentence directly.

    Without it, kramdown and GitHub read a list, but Python-Markdown a paragraph. Also returns the
    lines, counted from 0, before which it was added.
    """
    lines = text.split("\n")
    found = list(_lists_after_sentences(lines))
    ending = "\r" if "\r\n" in text else ""
    for number in reversed(found):
        lines.insert(number, ending)
    return "\n".join(lines), found


def _lists_after_sentences(lines: list[str]) -> Iterator[int]:
    in_html, in_list, before = False, False, ""
    for number, line in enumerate(_without_code(lines)):
        if line is None:
            before = ""
            continue
        for tag in _RAW_HTML.finditer(line):
            in_html = not tag[1]
        is_item = not in_html and _ITEM.match(line) is not None
        if is_item and not (in_list or _NO_PARAGRAPH.match(before)):
            yield number
        in_list = bool(line.strip()) and (in_list or is_item)
        before = line


def _without_code(lines: list[str]) -> Iterator[str | None]:
    """Yield each line, or `None` for those of a fenced code block."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        is_code = bool(fence or mark)
        if not fence:
            fence = mark[1] if mark else ""
        elif mark and mark[1].startswith(fence) and not line.strip(" \r`~"):
            fence = ""
        yield None if is_code else line


_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?")
_HAS_ID = re.compile(r"\{:?[^{}]*#|\{[{%]")
"""An explicit id, or a tag, with which the id depends on the page."""


def with_heading_ids(text: str) -> str:
    """Return a text whose repeated headings have the ids of kramdown, for links to them.

    That is `heading-1`; Python-Markdown's would be `heading_1`.
    """
    lines = text.split("\n")
    seen: Counter[str] = Counter()
    for number, heading in _headings(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if _HAS_ID.search(heading) or following.lstrip().startswith("{:"):
            continue
        slug = _slug_of(heading)
        if seen[slug] and slug:
            line = lines[number].rstrip()
            ending = "\r" if lines[number].endswith("\r") else ""
            lines[number] = f"{line} {{#{slug}-{seen[slug]}}}{ending}"
        seen[slug] += 1
    return "\n".join(lines)


def _headings(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the headings outside of code, with their lines, counted from 0."""
    for number, line in enumerate(_without_code(lines)):
        if line is None:
            continue
        if found := _HEADING.match(line):
            yield number, line[found.end() :].rstrip().rstrip("#").strip()
        elif (
            number + 1 < len(lines)
            and line.strip()
            and not _NO_PARAGRAPH.match(line)
            and not (number and lines[number - 1].strip())
            and _UNDERLINE.fullmatch(lines[number + 1].rstrip())
        ):
            yield number, line.strip()


def _slug_of(heading: str) -> str:
    """Return kramdown's id of a heading: lower case, hyphens for spaces."""
    text = re.sub(r"[*`]|\\(?=\W)", "", _LINK.sub(r"\1", heading)).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def with_https(text: str, host: str) -> str:
    """Return a text with `https:` in all addresses of the site's own host."""
    return re.sub(rf"\bhttp(?=://{re.escape(host)}(?:[/\s)\"'>#?]|$))", "https", text)
