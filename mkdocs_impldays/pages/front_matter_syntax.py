"""How a page's front matter is written: what of it cannot be read, or would not be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml

from mkdocs_impldays.fest.syntax import excess, invalid_value
from mkdocs_impldays.pages.front_matter import line_of
from mkdocs_impldays.problems import Problem, quoted

_FENCED = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_OPENED = re.compile(r"\ufeff?---[ \t]*\r?\n\s*[\w-]+[ \t]*:(?:\s|$)")
_HEADER_LINE = re.compile(r"\ufeff?[ ]{0,3}([A-Za-z0-9_-]+):(?!//)\s*\S.*")
_KEY = re.compile(r"^([\w-]+)[ \t]*:(?:\s|$)", re.MULTILINE)
_USUAL_KEYS = {"author", "authors", "date", "description", "fest", "hide", "icon", "layout",
               "permalink", "search", "status", "subtitle", "tags", "template",
               "title"}  # fmt: skip
_ADVICE = "Write lines like “title: About us”, with quotes around text that holds “: ” or “#”."


def syntax_problems(raw: str, markdown: str, *, path: str) -> Iterator[Problem]:
    """Find front matter that would be shown as text, or text that would be swallowed as such.

    `markdown` is what the engine has left of a page's `raw` text.
    """
    if raw.startswith("---") and not markdown.startswith("---"):
        yield from _told_twice(raw, path=path)
    elif fenced := _FENCED.match(raw):
        yield from _yaml_problems(fenced[1], path=path)
    elif _OPENED.match(raw):
        advice = 'Write "---" in a line of its own where it ends.'
        yield Problem(path, 1, f'"---" begins a front matter that has no end. {advice}')
    elif (line := _HEADER_LINE.match(raw)) and line[1].lower() not in _USUAL_KEYS:
        message = f"{quoted(line[0])} is taken for front matter and not shown."
        advice = "Leave the first line of the page empty, or begin with a heading."
        yield Problem(path, 1, f"{message} {advice}")


def front_matter_end(raw: str) -> int:
    """Give the place where a page's text begins, counted from 0."""
    fenced = _FENCED.match(raw)
    return fenced.end() if fenced else 0


def excess_problem(raw: str, *, path: str) -> Problem | None:
    """Return what is wrong with front matter that is too large, deep or repetitive to be loaded."""
    if not raw.startswith(("---", "\ufeff---")) or not (fenced := _FENCED.match(raw)):
        return None
    found = excess(fenced[1])
    return Problem(path, found[0] + 2, f"the front matter {found[1]}") if found else None


def type_problems(meta: Mapping[str, object], raw: str, *, path: str) -> Iterator[Problem]:
    """Find a title, description or template that is a list or a group of keys."""
    for key in ("title", "description", "template"):
        if isinstance(meta.get(key), list | dict):
            line = line_of(raw, key)
            typed = raw.splitlines()[line - 1].strip()
            message = f"{quoted(typed)} is no text. Put double quotes around what is behind “:”."
            yield Problem(path, line, message)


def _told_twice(raw: str, *, path: str) -> Iterator[Problem]:
    """Find keys that are there twice; of those YAML takes the last."""
    fenced = _FENCED.match(raw)
    keys = _KEY.findall(fenced[1]) if fenced else []
    if fenced is None or len(set(keys)) == len(keys):
        return
    first: dict[str, int] = {}
    for number, line in enumerate(fenced[1].splitlines(), 2):
        if key := _KEY.match(line):
            if at := first.get(key[1]):
                message = f"{quoted(key[1])} is there twice, first in line {at}. Keep one."
                yield Problem(path, number, message)
            first.setdefault(key[1], number)


def _yaml_problems(text: str, *, path: str) -> Iterator[Problem]:
    if excess(text):
        return  # reported when the page was found
    if (at := _unreadable(text)) is not None:
        lines = text.splitlines()
        line = lines[at].strip() if at < len(lines) else ""
        yield Problem(path, at + 2, f"{quoted(line)} is no good front matter. {_ADVICE}")


def _unreadable(text: str) -> int | None:
    """Give the line, counted from 0, at which a front matter cannot be read."""
    node: yaml.Node | None = None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        lines = text.splitlines()
        marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark]
        return next((at for at in marks if at < len(lines) and lines[at].strip()), 0)
    except (yaml.YAMLError, ValueError):
        return invalid_value(text) or 0
    return None if node is None or isinstance(node, yaml.MappingNode) else node.start_mark.line
