"""Many fests in one folder: which one is current, and which are upcoming or past."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from pathlib import PurePosixPath

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.time import Phase, Span, Standing, at, end_of, merged, phases_of
from mkdocs_impldays.problems import Problem, in_order, quoted

ENDINGS = (".yml", ".yaml")
"""What a fest file's name ends in; a folder may hold other files too."""


class Group(StrEnum):
    """Where in time a fest is among others."""

    UPCOMING = "upcoming"
    """It is still to come."""
    CURRENT = "current"
    """It is on, from the midnight of its first day."""
    PAST = "past"
    """It is over."""


def load_fests(files: Mapping[str, bytes]) -> tuple[dict[str, Fest], list[Problem]]:
    """Read the fest files among some files, whose keys are their paths, with their programmes.

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
        fest, found = load_fest(files[path], path=path, fest_id=name.stem, files=files)
        problems += found
        if fest is not None:
            fests[fest.id] = fest
    return fests, in_order(problems)


def groups_of(fest: Fest) -> tuple[Span[Group], ...]:
    """Return the group that a fest is in, over all of time."""
    return merged(Span(_group(each.value), each.start, each.end) for each in phases_of(fest))


def _group(standing: Standing) -> Group:
    match standing.phase:
        case Phase.ANNOUNCED | Phase.BEFORE:
            return Group.UPCOMING
        case Phase.TODAY | Phase.BETWEEN:
            return Group.CURRENT
        case Phase.AFTER:
            return Group.PAST


def current(fests: Iterable[Fest], moment: datetime) -> Fest | None:
    """Return the fest that is on at an aware moment, or comes next, else the last that was.

    Of those that are on, it is the one that ends first. One without a day comes after all that
    have one, and before those that are over. `None` where there is no fest at all.
    """
    return min(fests, key=lambda fest: _distance(fest, moment.astimezone(UTC)), default=None)


AHEAD = timedelta(days=400)
"""How far ahead a change of the current fest is looked for: a year, and a month to act in."""


def begins(fest: Fest) -> datetime | None:
    """Return when a fest begins; of one whose month alone is known, when that begins."""
    if fest.start or not fest.month:
        return fest.start
    return datetime.combine(fest.month.first, time(), fest.timezone)


def handovers(fests: Iterable[Fest], moment: datetime) -> list[tuple[datetime, Fest]]:
    """Return each moment from an aware one until `AHEAD` at which another fest becomes current.

    Each comes with that fest; they are in order.
    """
    every = list(fests)
    starts = {span.start for fest in every for span in groups_of(fest) if span.start}
    before, found = current(every, moment), []
    for start in sorted(starts):
        if moment < start <= moment + AHEAD and (fest := current(every, start)) is not before:
            before = fest
            if fest:
                found.append((start.astimezone(fest.timezone), fest))
    return found


def _distance(fest: Fest, moment: datetime) -> tuple[int, timedelta, str]:
    """Return what sorts a fest by how near it is to a moment in UTC, the nearest first."""
    group = at(groups_of(fest), moment)
    away = timedelta.max
    end = end_of(fest)
    if group is Group.CURRENT and end:
        away = end - moment
    elif group is Group.UPCOMING and (start := begins(fest)) and start > moment:  # or postponed
        away = start - moment
    elif group is Group.PAST and end:
        away = moment - end
    return (Group.CURRENT, Group.UPCOMING, Group.PAST).index(group), away, fest.id
