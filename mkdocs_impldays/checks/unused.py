"""Facts below `site:` that nothing reads: what was typed there changes no page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.source import Path, dotted
from mkdocs_impldays.problems import Problem

_WORD = re.compile(r"\w+")


def unused_facts(fest: Fest, *, texts: Iterable[str]) -> Iterator[Problem]:
    """Find keys under `site:` that occur nowhere in a site's pages and templates.

    `texts` are all that may use facts. Of `dates` and `location`, which every site has, the keys
    below are looked for.
    """
    held = list(texts)
    for where in _keys(fest.source.data):
        if not any(_is_in(f"{where[-1]}", text) for text in held):
            message = f"{dotted(where)} is not used by any page or template. Use it, or remove it."
            yield replace(fest.source.problem(where, message, "hint"), check="unused")


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
