"""The front matter of a Jekyll page; lines that are no YAML become comments in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from mkdocs_impldays.fest.syntax import excess
from mkdocs_impldays.problems import Problem, quoted

_FENCED = re.compile(r"\A(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*\r?\n?)", re.DOTALL | re.MULTILINE)
_MAX_LINES = 1_000
"""How many lines of front matter that is not YAML are tried one by one."""
COMMENTED = 'It is now a comment. Correct it and remove the "#".'
"""What is said of a line that was no good."""


@dataclass(frozen=True)
class Head:
    """What stands above a page's text."""

    typed: str
    """As it was typed, with the lines of hyphens around it."""
    text: str
    """As it is written anew: the same, where it is YAML."""
    meta: dict[str, Any] = field(default_factory=dict)

    def without(self, key: str) -> Head:
        """Give the same with a key made a comment."""
        text = re.sub(rf"^(?={re.escape(key)}[ \t]*:)", "# ", self.text, flags=re.MULTILINE)
        return Head(self.typed, text, {k: v for k, v in self.meta.items() if k != key})

    @property
    def page_keys(self) -> frozenset[str]:
        """The keys that hold one value, which a page may print."""
        return frozenset(key for key, value in self.meta.items() if isinstance(value, str | int))


def head_of(text: str, *, path: str) -> tuple[Head | None, list[Problem]]:
    """Read a page's front matter; `None` where it has none, so that Jekyll makes no page of it."""
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
    problems = [
        Problem(
            path, n + 2, f"{quoted(lines[n].strip())} is not valid YAML. {COMMENTED}", "warning"
        )
        for n in sorted(bad)[:_MAX_LINES]
    ]
    inner = "".join(_without(lines, bad))
    return Head(match[0], begin + inner + end, _read(inner) or {}), problems


def _without(lines: list[str], bad: set[int]) -> Iterator[str]:
    return (f"# {line}" if n in bad else line for n, line in enumerate(lines))


def _is_yaml(line: str) -> bool:
    if excess(line):
        return False
    try:
        yaml.safe_load(line)
    except (yaml.YAMLError, ValueError):
        return False
    return True


def _read(text: str) -> dict[str, Any] | None:
    """Give the keys of a front matter; `None` where it has none, being no YAML or a list."""
    if excess(text):
        return None
    try:
        meta = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return None
    return meta if isinstance(meta, dict) else None if meta else {}
