"""Problems that only a later fest has, each with the day from which it is true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.problems import Problem, quoted


def handover(moment: datetime, fest: Fest) -> str:
    """Return how a message begins that is true from the moment at which a fest becomes current."""
    return f"from {moment:%Y-%m-%d} on, when {quoted(fest.id)} is the current fest"


Reported = set[tuple[str, int | None, str]]
"""The file, the line and the message of each problem that is already reported."""


def reported(problems: Iterable[Problem]) -> Reported:
    """Return where and what problems are, to find those that only a later fest has."""
    return {(each.path, each.line, each.message) for each in problems}


def later_problems(
    found: Iterable[Problem], before: Reported, *, moment: datetime, fest: Fest
) -> Iterator[Problem]:
    """Yield what was found with the fest that is current from a moment on, and not `before`.

    Each message says from when it is true. What is yielded is added to `before`.
    """
    for each in found:
        if (place := (each.path, each.line, each.message)) not in before:
            before.add(place)
            yield replace(each, message=f"{handover(moment, fest)}: {each.message}")
