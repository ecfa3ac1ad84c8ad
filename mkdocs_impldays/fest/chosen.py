"""The fests of a site, the one it is about, and the moment it is built for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mkdocs_impldays.fest.clock import read_now
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.fest_file import choose, read_raw
from mkdocs_impldays.fest.folder import load_fests
from mkdocs_impldays.fest.unknown import unknown_facts
from mkdocs_impldays.problems import Problem


@dataclass(frozen=True)
class Chosen:
    """What a site tells of, and when."""

    fests: Mapping[str, Fest]
    """All fests of the site that can be read, by their ids."""
    fest: Fest | None
    """The one that it is about; `None` where any file holds a mistake."""
    moment: datetime
    """The aware moment that it is built for."""
    is_set: bool
    """Whether that was asked for, so that visitors' clocks do not count."""
    raw: Mapping[str, bytes]
    """The fest files as they are, by their paths as seen from the site's folder."""


def read_chosen(
    root: Path, *, where: str, name: str | None, now: str | None, clock: datetime
) -> tuple[Chosen, list[Problem]]:
    """Read the fest file or folder at `where`, as seen from `root`, and choose the fest.

    `name` is the id of the fest that is asked for, and `now` the moment, if any is: ISO 8601, in
    the fest's time zone where it has none. The aware `clock` tells the moment otherwise.
    """
    raw, problems = read_raw(root, where=where)
    fests, found = load_fests(raw)
    problems += found
    asked, found = _read_now(now)
    problems += found
    moment = asked or clock
    fest = None
    if not any(problem.severity == "error" for problem in problems):
        at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        fest, found = choose(fests, name, moment=at, path="mkdocs.yml")
        problems += found
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=fest.timezone if fest else UTC)
    for path, text in raw.items():
        if each := fests.get(Path(path).stem):
            problems += unknown_facts(text, path=path, fest=each, moment=moment)
    return Chosen(fests, fest, moment, asked is not None, raw), problems


def _read_now(text: str | None) -> tuple[datetime | None, list[Problem]]:
    moment = read_now(text) if text else None
    if isinstance(moment, str):
        return None, [Problem("mkdocs.yml", None, f"now: {moment}")]
    return moment, []
