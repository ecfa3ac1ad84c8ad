"""`impldays next-change`: when the site changes next, for a scheduled rebuild."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from mkdocs_impldays.cli.inputs import (
    any_moment,
    on_clocks_of,
    read_files,
    stop,
    with_fests,
    with_moment,
)
from mkdocs_impldays.fest.current import current
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.instants import named_instants
from mkdocs_impldays.fest.instants import next_change as next_change_of
from mkdocs_impldays.fest.load import load_fests
from mkdocs_impldays.project import config_in
from mkdocs_impldays.words.times import moment_in_words


@click.command("next-change")
@with_fests
@with_moment
def next_change(fests: Path, moment: datetime | None) -> None:
    """Print when the site changes next.

    The first line is for programs: the moment in the fest's time zone with its offset (ISO 8601),
    like 2018-05-27T18:00:00+02:00, or “none” if nothing will change any more. The second line is
    for people: the same moment in words, and what changes.

    Moments in tags of pages, like {% until "2018-06-01" %}, count, too. They are in the time zone
    of the page's fest. Ends with exit code 1 if a fest file cannot be read.
    """
    found, problems = load_fests(read_files(fests))
    if any(problem.severity == "error" for problem in problems):
        stop(problems)
    typed = _typed(Path("docs") if config_in(Path()) else None, found)
    changes = {
        fest.id: change
        for fest in found.values()
        if (change := _next(fest, typed[fest.id], on_clocks_of(fest.timezone, moment)))
    }
    first = min(changes.values(), default=None)
    click.echo(first.isoformat() if first else "none")
    for id_, change in changes.items():
        if change == first:
            name = dict(named_instants(found[id_])).get(change, "a page")
            words = moment_in_words(change, locale="en")
            click.echo(f"{words}: {name} ({found[id_].name})")


def _next(fest: Fest, typed: set[datetime], moment: datetime) -> datetime | None:
    found = [each for each in typed if each > moment]
    change = next_change_of(fest, moment)
    return min([*found, *([change] if change else [])], default=None)


def _typed(docs: Path | None, fests: Mapping[str, Fest]) -> dict[str, set[datetime]]:
    """Return the moments in tags of pages, by the ids of the pages' fests."""
    typed: dict[str, set[datetime]] = {id_: set() for id_ in fests}
    now = any_moment(None)
    for page in docs.rglob("*.md") if docs else ():
        text = page.read_text("utf-8", "replace")
        if "{%" not in text:
            continue
        from mkdocs_impldays.names.fests import fest_of_page  # noqa: PLC0415 - slow
        from mkdocs_impldays.pages.front_matter import read_meta  # noqa: PLC0415 - as above
        from mkdocs_impldays.pages.tags import typed_moments  # noqa: PLC0415 - as above

        meta = read_meta(text)
        fest, _ = fest_of_page(meta, fests, path=str(page), line=None)
        if fest := fest or (None if "fest" in meta else current(fests.values(), now)):
            moments = typed_moments(text, fest)
            typed[fest.id] |= {each.astimezone(fest.timezone) for each in moments}
    return typed
