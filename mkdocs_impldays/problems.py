"""What is wrong, where, and what to do: the one form in which a user hears of a mistake."""

from __future__ import annotations

import json
import ntpath
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath, PureWindowsPath
from typing import Literal

Severity = Literal["error", "warning", "hint"]

_LONGEST = 60
"""How many characters of what a user typed are quoted."""


@dataclass(frozen=True)
class Problem:
    """One mistake of a user, in words that person can act on."""

    path: str
    """The file, relative to the folder of mkdocs.yml, with forward slashes."""
    line: int | None
    """The author's own line, counted from 1; `None` where the whole file is meant."""
    message: str
    """What is there, quoted, and what to do: one or two sentences."""
    severity: Severity = "error"
    """`error` stops every build, `warning` stops what gets published, `hint` stops nothing."""
    check: str | None = None
    """The name under which the check can be switched off; `None` where it cannot be."""

    def __str__(self) -> str:
        """Return the printed form, `file:line: message [check]`."""
        location = self.path if self.line is None else f"{self.path}:{self.line}"
        check = f" [{self.check}]" if self.check else ""
        return f"{location}: {self.message}{check}"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by file and line and drop what was said twice."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.path, p.line or 0))


def line_with(text: str, typed: str) -> int | None:
    """Give the first line of a text that holds what was typed, counted from 1; or `None`."""
    before, found, _ = text.partition(typed)
    return before.count("\n") + 1 if found else None


def seen_from(folder: PurePath, path: PurePath) -> str:
    """Give a path as seen from a folder, with forward slashes; on another drive, the whole path."""
    if path.drive.casefold() != folder.drive.casefold():
        return path.as_posix()
    relpath = ntpath.relpath if isinstance(path, PureWindowsPath) else posixpath.relpath
    return type(path)(relpath(path, folder)).as_posix()


def guess(word: str, known: Iterable[str]) -> str:
    """Give ` Did you mean "…"?` for a misspelt word, or nothing where no known word is near."""
    import difflib  # noqa: PLC0415 - only for who has misspelt a word

    by_fold = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return f' Did you mean "{by_fold[near[0]]}"?' if near else ""


def quoted(value: object) -> str:
    """Put what a user typed between double quotes, on one line, cut where it is long."""
    text = value if isinstance(value, str) else str(value)
    text = "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text[: _LONGEST + 1])
    return f'"{text[:_LONGEST]}…"' if len(text) > _LONGEST else f'"{text}"'
