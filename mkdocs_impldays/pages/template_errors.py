"""What ends a template of the site's own, in words for the organiser who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.filters import FILTERS

from mkdocs_impldays.pages.complaints import UNWORKABLE, complaint
from mkdocs_impldays.pages.unclosed import how_to_close, unclosed
from mkdocs_impldays.pages.when import TAGS
from mkdocs_impldays.problems import Problem, guess, quoted, seen_from

_TAG = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}", re.DOTALL)
_FILTERS = (*FILTERS, "dates", "url")


def template_problem(
    error: Exception, *, root: Path, folder: Path, names: Iterable[str]
) -> Problem | None:
    """Give the mistake in a template below `folder` that ended a build, as seen from `root`.

    `None` where the error is none of an organiser's: in a template of the theme, or elsewhere.
    `names` are those that a template may use.
    """
    path, line = _place(error)
    if not isinstance(error, UNWORKABLE) or not path.is_relative_to(folder) or not path.is_file():
        return None
    text = path.read_text("utf-8", "replace")
    shown = seen_from(root, path)
    if isinstance(error, TemplateSyntaxError) and (tag := unclosed(error, _tags(text))):
        return Problem(shown, tag[0], f"{quoted(tag[1])} {how_to_close(tag[1])}")
    return Problem(shown, line, _message(error, _typed(text, line), names))


def _place(error: Exception) -> tuple[Path, int]:
    """Give the file and the line of the innermost template that an error has come from."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Path(error.filename), error.lineno
    *_, last = (Path(), 0), *_places(error)
    return last


def _places(error: Exception) -> Iterator[tuple[Path, int]]:
    trace = error.__traceback__
    while trace:
        if (path := _template_of(trace.tb_frame)) is not None:
            yield path, trace.tb_lineno
        trace = trace.tb_next


def _template_of(frame: FrameType) -> Path | None:
    """Give the template's file; Jinja has put frames with its lines into the traceback."""
    is_put_in = "__jinja_exception__" in frame.f_globals
    return Path(frame.f_code.co_filename) if is_put_in else None


def _tags(text: str) -> list[tuple[int, str]]:
    """Give all tags, each with its line."""
    return [(text.count("\n", 0, tag.start()) + 1, tag[0]) for tag in _TAG.finditer(text)]


def _typed(text: str, line: int) -> str:
    """Give the tag of a line, or all of the line where it has none or many."""
    whole = "".join(text.split("\n")[line - 1 : line]).strip()
    tags = _TAG.findall(whole)
    return tags[0] if len(tags) == 1 else whole


def _message(error: Exception, typed: str, names: Iterable[str]) -> str:
    said = getattr(error, "message", None) or ""
    if isinstance(error, TemplateNotFound):
        return f"{quoted(error.name)} is not there. Correct the name, or put the file there."
    if unknown := re.fullmatch(r"'(\w+)' is undefined", said):
        near = guess(unknown[1], names) or " Correct it, or take it out."
        return f"{quoted(unknown[1])} is not known.{near}"
    if unknown := re.search(r"No filter named '(.*?)'", said):
        near = guess(unknown[1], _FILTERS) or " Correct it, or take it out."
        return f"{quoted(typed)} uses “{unknown[1]}”, no known filter.{near}"
    if unknown := re.search(rf"unknown tag '(?:end)?({'|'.join(TAGS)})'", said):
        return f"{quoted(typed)} is a tag for pages alone. Take it out, or write it on a page."
    told = complaint(error)
    if isinstance(error, UndefinedError) and not told.startswith('"'):
        told = "uses what is not there. Check its names."
    return told if told.startswith('"') else f"{quoted(typed)} {told}"
