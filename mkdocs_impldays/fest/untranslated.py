"""Texts of a fest file that are there in some of its languages only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkdocs_impldays.fest.source import Path, dotted, read
from mkdocs_impldays.fest.translations import is_translated, pick
from mkdocs_impldays.fest.typed import is_tba
from mkdocs_impldays.problems import Problem, quoted


def untranslated(raw: bytes, *, path: str) -> Iterator[Problem]:
    """Give a hint for each text of a fest file that lacks a language which others of it have.

    The file was read before. Readers of that language see the fest's own.
    """
    source, _ = read(raw, path=path)
    assert source is not None  # a fest was made of it
    found = dict(_translated(source.data))
    every = {tag: None for texts in found.values() for tag in texts}
    for where, texts in found.items():
        for tag in every:
            if pick(texts, tag) is None:
                message = f"{dotted(where)} has no text in {quoted(tag)}, which other texts have."
                yield Problem(path, source.line(where), f"{message} Add it.", "hint")


def _translated(value: object, where: Path = ()) -> Iterator[tuple[Path, Mapping[str, str]]]:
    if isinstance(value, dict) and is_translated(value):
        if not any(map(is_tba, value.values())):
            yield where, value
        return
    parts = value.items() if isinstance(value, dict) else ()
    for key, item in enumerate(value) if isinstance(value, list) else parts:
        yield from _translated(item, (*where, key))
