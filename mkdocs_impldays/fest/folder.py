"""Many fests in one folder: which one is meant, and in what order they are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import PurePosixPath

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.phases import Phase, Span, Standing, at, merged, phases_of
from mkdocs_impldays.problems import Problem, in_order, quoted

ENDINGS = (".yml", ".yaml")
"""What a fest file's name ends in; a folder may hold other files too."""

_LAST = datetime.max.replace(tzinfo=UTC)
_FIRST = datetime.min.replace(tzinfo=UTC)


class Group(StrEnum):
    """Where a fest stands among others."""

    UPCOMING = "upcoming"
    """It is still to come."""
    CURRENT = "current"
    """It is on, from the midnight of its first day."""
    PAST = "past"
    """It is over."""


@dataclass(frozen=True)
class InTime:
    """The fests of a folder, sorted by where they stand at a moment."""

    upcoming: tuple[Fest, ...]
    """Those to come, the next first; those without a known day last."""
    current: tuple[Fest, ...]
    """Those that are on, from the midnight of their first day; the one that ends first, first."""
    past: tuple[Fest, ...]
    """Those that are over, the latest first."""

    def __iter__(self) -> Iterator[Fest]:
        return iter((*self.current, *self.upcoming, *self.past))


def load_fests(files: Mapping[str, bytes]) -> tuple[dict[str, Fest], list[Problem]]:
    """Read the fest files among the files of a folder, whose keys are their paths.

    Returns every fest that can be read, by its id and in the order of ids, and the problems of
    all. Of two files with the same id (`rome.yml`, `rome.yaml`) the first in order is taken.
    """
    fests: dict[str, Fest] = {}
    paths: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(files):
        name = PurePosixPath(path)
        if name.suffix not in ENDINGS or name.name.startswith("."):
            continue
        if name.stem in paths:
            message = f"is a second file for {quoted(name.stem)}, beside {paths[name.stem]}."
            problems.append(Problem(path, None, f"{message} Rename or delete one."))
            continue
        paths[name.stem] = path
        fest, found = load_fest(files[path], path=path, fest_id=name.stem)
        problems += found
        if fest is not None:
            fests[fest.id] = fest
    return fests, in_order(problems)


def in_time(fests: Iterable[Fest], moment: datetime) -> InTime:
    """Sort fests by where they stand at an aware moment."""
    found: dict[Group, list[Fest]] = {group: [] for group in Group}
    for fest in sorted(fests, key=lambda fest: fest.id):
        found[at(groups_of(fest), moment)].append(fest)
    return InTime(
        tuple(sorted(found[Group.UPCOMING], key=lambda fest: _next_start(fest, moment))),
        tuple(sorted(found[Group.CURRENT], key=lambda fest: fest.end or _LAST)),
        tuple(sorted(found[Group.PAST], key=lambda fest: fest.end or _FIRST, reverse=True)),
    )


def groups_of(fest: Fest) -> tuple[Span[Group], ...]:
    """Give the group that a fest is in, over all of time.

    A postponed fest is still to come, whatever became of its first days.
    """
    return merged(Span(_group(fest, each.value), each.start, each.end) for each in phases_of(fest))


def _group(fest: Fest, standing: Standing) -> Group:
    match standing.phase:
        case Phase.ANNOUNCED | Phase.BEFORE:
            return Group.UPCOMING
        case Phase.TODAY | Phase.BETWEEN:
            return Group.CURRENT
        case Phase.AFTER:
            return Group.UPCOMING if fest.status_of() == "postponed" else Group.PAST


def _next_start(fest: Fest, moment: datetime) -> datetime:
    return fest.start if fest.start and fest.start > moment else _LAST


def current(fests: Iterable[Fest], moment: datetime) -> Fest | None:
    """Give the fest that is on at an aware moment, or comes next, else the last that was.

    `None` where there is no fest at all.
    """
    return next(iter(in_time(fests, moment)), None)
