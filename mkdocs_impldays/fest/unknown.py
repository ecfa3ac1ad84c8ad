"""The facts of a fest file that are not known yet, each with the days that are left to find out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.source import Path, dotted, read
from mkdocs_impldays.problems import Problem


def unknown_facts(raw: bytes, *, path: str, fest: Fest, moment: datetime) -> list[Problem]:
    """Give a hint for each `tba` of a fest file that was read before, at an aware moment."""
    source, _ = read(raw, path=path)
    assert source is not None  # the fest was made of it
    left = _time_left(fest, moment)
    return [
        Problem(path, source.line(where), f"{dotted(where)} is still “tba”. {left}", "hint")
        for where in _marks(source.data)
        if where[0] != "site"
    ]


def _marks(value: object, where: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _marks(item, (*where, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _marks(item, (*where, number))
    elif isinstance(value, str) and value.strip().casefold() == "tba":
        yield where


def _time_left(fest: Fest, moment: datetime) -> str:
    if fest.start is None:
        return "The days of the fest are not known yet."
    if fest.end and fest.end <= moment:
        return "The fest is over. Write what it was, or take it out."
    days = (fest.start.date() - moment.astimezone(fest.timezone).date()).days
    if days > 1:
        return f"The fest begins in {days} days."
    if days >= 0:
        return "The fest begins tomorrow." if days else "The fest begins today."
    return "The fest has begun."
