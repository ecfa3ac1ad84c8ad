"""Problems: what is wrong, where, and what to do, in all forms in which users see them."""

from __future__ import annotations

import json
import ntpath
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath, PureWindowsPath
from typing import Literal, get_args

from markupsafe import Markup

Severity = Literal["error", "warning", "hint"]

_LONGEST = 60
"""The most characters of a user's text that are quoted."""

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Line breaks, terminal escapes, marks of text direction, lone surrogates."""

_COMMAND = re.compile(r"#(?=#(?:\[|vso\[|teamcity\[))")
"""The beginning of commands that CI systems execute anywhere in a line of a log."""


def one_line(text: str) -> str:
    """Return a text in one line, without commands for terminals and CI systems.

    Characters that must not be printed become escapes as in JSON.
    """
    return _COMMAND.sub(r"\\u0023", _CONTROL.sub(lambda found: json.dumps(found[0])[1:-1], text))


@dataclass(frozen=True)
class Problem:
    """A mistake of a user, with what to do."""

    path: str
    """The file, relative to the folder of mkdocs.yml, with forward slashes."""
    line: int | None
    """The line in that file, counted from 1; `None` for the whole file."""
    message: str
    """What is there, quoted, and what to do: one or two sentences."""
    severity: Severity = "error"
    """`error` stops every build, `warning` stops what gets published, `hint` stops nothing."""
    check: str | None = None
    """The name by which the check can be switched off; `None` if it cannot be."""
    subject: str | None = field(default=None, compare=False)
    """What it is about, as typed, like an address; those with the same are merged."""
    cause: str | None = field(default=None, compare=False)
    """A sentence for all problems with one cause, with `{count}` and the first `{subject}`."""
    count: int = field(default=1, compare=False)
    """How many times the cause is at this location."""

    def __post_init__(self) -> None:
        """Escape what users typed, like keys, values and names of files."""
        path = one_line(self.path)
        is_command = path[:1].isspace() or path.startswith((":", "#"))
        object.__setattr__(self, "path", f"./{path}" if is_command else path)
        object.__setattr__(self, "message", one_line(self.message))

    def __str__(self) -> str:
        """Return `file:line: message`, for a log that has the severity itself."""
        return f"{self.location}: {self._what}"

    @property
    def location(self) -> str:
        """The file and the line, if there is one, as `file:line`."""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    @property
    def marked(self) -> str:
        """The form of compilers, which editors parse: `file:line: severity: message [check]`."""
        return f"{self.location}: {self.severity}: {self._what}"

    @property
    def _what(self) -> str:
        return f"{self.message} [{self.check}]" if self.check else self.message


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems sorted by file and line, without duplicates."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.path, p.line or 0))


def merged(problems: Iterable[Problem]) -> list[Problem]:
    """Return one problem for all with the same cause, subject or message, with their locations.

    It is the first of them; the order stays.
    """
    groups: dict[tuple[str, str, str | None], list[Problem]] = {}
    for problem in problems:
        about = problem.cause or problem.subject or problem.message
        groups.setdefault((about, problem.severity, problem.check), []).append(problem)
    return [_with_others(first, others) for first, *others in groups.values()]


def _with_others(first: Problem, others: Sequence[Problem]) -> Problem:
    if not others:
        return first
    if first.cause is None:
        more = f"{len(others) + 1} times: {_locations(others)}"
        return replace(first, message=f"{first.message} ({more})")
    count = first.count + sum(problem.count for problem in others)
    what = first.cause.format(count=count, subject=quoted(first.subject))
    elsewhere = [problem for problem in others if problem.location != first.location]
    return replace(first, message=f"{what} ({_locations(elsewhere)})" if elsewhere else what)


def _locations(problems: Sequence[Problem]) -> str:
    named = ", ".join(dict.fromkeys(problem.location for problem in problems[:_MOST_LOCATIONS]))
    more = len(problems) - _MOST_LOCATIONS
    return f"also {named}{f' and {more} more' if more > 0 else ''}"


_MOST_LOCATIONS = 3
"""The most other locations that a merged problem names."""


def counted(problems: Iterable[Problem]) -> str:
    """Return the number of problems of each severity, as `3 problems (1 error, 2 warnings)`."""
    counts = Counter(problem.severity for problem in problems)
    parts = [_number(counts[each], each) for each in get_args(Severity) if counts[each]]
    return f"{_number(counts.total(), 'problem')} ({', '.join(parts)})"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def line_with(text: str, typed: str) -> int | None:
    """Return the first line of a text that contains `typed`, counted from 1; else `None`."""
    before, found, _ = text.partition(typed)
    return before.count("\n") + 1 if found else None


def seen_from(folder: PurePath, path: PurePath) -> str:
    """Return a path relative to a folder, with `/`; absolute if it is on another drive."""
    if path.drive.casefold() != folder.drive.casefold():
        return path.as_posix()
    relpath = ntpath.relpath if isinstance(path, PureWindowsPath) else posixpath.relpath
    return type(path)(relpath(path, folder)).as_posix()


def guess(word: str, known: Iterable[str]) -> str:
    """Return ` Did you mean "…"?` for a misspelt word; empty if no known word is close."""
    import difflib  # noqa: PLC0415 - slow to import, rarely needed

    if len(word) > _LONGEST:
        return ""
    by_fold = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return f' Did you mean "{by_fold[near[0]]}"?' if near else ""


def typed(value: object) -> str:
    """Return a value as users type it: `true`, not Python's `True`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def quoted(value: object) -> str:
    """Return what a user typed in double quotes, on one line, cut if it is long."""
    text = typed(value)
    text = "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text[: _LONGEST + 1])
    return f'"{text[:_LONGEST]}…"' if len(text) > _LONGEST else f'"{text}"'


_BOX = Markup(
    '<aside role="alert" style="position:fixed;inset:auto 0 0;z-index:99;max-height:60vh;'
    "overflow:auto;padding:1rem 1.5rem;background:#fff8e1;color:#1f1300;"
    'border-top:4px solid #b3261e;font:1rem/1.5 system-ui,sans-serif">'
    "<strong>{heading}</strong>"
    '<ul style="margin:.5rem 0 0;padding-left:1.25rem">{items}</ul></aside>'
)


def problems_box(problems: Iterable[Problem]) -> str:
    """Return the HTML of a box of problems at the foot of a page; empty if there are none."""
    items = Markup().join(Markup("<li><code>{}</code></li>").format(p) for p in problems)
    count = items.count("<li>")
    if not count:
        return ""
    heading = "1 problem:" if count == 1 else f"{count} problems:"
    return _BOX.format(heading=heading, items=items)
