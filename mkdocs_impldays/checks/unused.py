"""Facts below `site:` that nothing reads: what was typed there changes no page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mkdocs_impldays.fest.source import Path, dotted, read
from mkdocs_impldays.problems import Problem

_WORD = re.compile(r"\w+")


def unused_facts(raw: bytes, *, path: str, texts: Iterable[str]) -> Iterator[Problem]:
    """Find keys below `site:` that stand nowhere in a site's pages and templates.

    `raw` is a fest file that was read before, `texts` all that may ask for its facts. Of `dates`
    and `location`, which every site has, the keys below are asked for.
    """
    if b"site:" not in raw:
        return
    source, _ = read(raw, path=path)
    held = list(texts)
    for where in _keys(source.data if source else None):
        if not any(_is_in(f"{where[-1]}", text) for text in held):
            message = f"{dotted(where)} is read by no page and no template."
            line = source.line(where) if source else None
            advice = "Write it into one, or take it out."
            yield Problem(path, line, f"{message} {advice}", "hint", "unused")


def _is_in(key: str, text: str) -> bool:
    """Tell whether all words of a key are in a text; most keys are one, and most texts lack it."""
    words = _WORD.findall(key)
    return all(word in text and re.search(rf"\b{word}\b", text) for word in words)


def _keys(data: object) -> Iterator[Path]:
    site = data.get("site") if isinstance(data, dict) else None
    for key, value in site.items() if isinstance(site, dict) else ():
        if key in {"dates", "location"} and isinstance(value, dict):
            yield from (("site", key, inner) for inner in value)
        else:
            yield ("site", key)
