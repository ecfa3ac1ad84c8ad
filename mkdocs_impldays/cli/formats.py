"""Lists of problems for people, for programs, and for GitHub's pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict

from mkdocs_impldays.problems import Problem, Severity, merged

_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}


def as_text(problems: Iterable[Problem]) -> str:
    """Return a line for each problem; what is the same at many locations is one line."""
    return "\n".join(problem.marked for problem in merged(problems))


def as_json(problems: Iterable[Problem]) -> str:
    """Return a JSON array of objects with `path`, `line`, `message`, `severity`, `check`."""
    return json.dumps([_object(each) for each in problems], ensure_ascii=False, indent=2)


def _object(problem: Problem) -> dict[str, object]:
    return {key: value for key, value in asdict(problem).items() if key != "cause"}


def as_github(problems: Iterable[Problem]) -> str:
    """Return GitHub's workflow commands, which put each beside its line of a pull request."""
    return "\n".join(map(_command, problems))


def _command(problem: Problem) -> str:
    place = f"file={_escaped(problem.path, ':,')}"
    place += f",line={problem.line}" if problem.line else ""
    return f"::{_LEVELS[problem.severity]} {place}::{_escaped(problem.message)}"


def _escaped(text: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


FORMATS: Mapping[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
