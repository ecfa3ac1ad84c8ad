"""Find facts under `site` that no page uses, and pictures that do not exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.source import Path, dotted, walk
from mkdocs_impldays.problems import Problem, quoted

_WORD = re.compile(r"\w+")


def unused_facts(fest: Fest, *, texts: Iterable[str]) -> Iterator[Problem]:
    """Find keys under `site:` that occur nowhere in a site's pages and templates.

    `texts` are all that may use facts. In `dates` and `location`, which every site has, each key is
    checked.
    """
    held = list(texts)
    for where in _keys(fest.source.data):
        if not any(_is_in(f"{where[-1]}", text) for text in held):
            message = f"{dotted(where)} is not used by any page or template. Use it, or remove it."
            yield replace(fest.source.problem(where, message, "hint"), check="unused")


def missing_pictures(fest: Fest, *, is_there: Callable[[str], bool]) -> Iterator[Problem]:
    """Find photos and logos that a site does not have; `is_there` returns whether one exists."""
    for where, path in walk(fest.source.data):
        is_picture = isinstance(path, str) and where[0] != "site" and where[-1] in _PICTURES
        if is_picture and not is_there(str(path).strip().lstrip("/")):
            message = f"{dotted(where)}: {quoted(path)} is not a file in the folder of your pages."
            advice = "Correct the path, or put the file there."
            problem = fest.source.problem(where, f"{message} {advice}", "warning")
            yield replace(problem, check="dead-link", subject=str(path))


_PICTURES = {"logo", "logo_dark", "photo", "picture"}
"""The keys whose value is the path of a picture."""


def _is_in(key: str, text: str) -> bool:
    """Return whether all words of a key are in a text; most keys are one."""
    words = _WORD.findall(key)
    return all(word in text and re.search(rf"\b{word}\b", text) for word in words)


def _keys(data: object) -> Iterator[Path]:
    site = data.get("site") if isinstance(data, dict) else None
    for key, value in site.items() if isinstance(site, dict) else ():
        if key in {"dates", "location"} and isinstance(value, dict):
            yield from (("site", key, inner) for inner in value)
        else:
            yield ("site", key)
