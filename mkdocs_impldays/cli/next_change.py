"""`impldays next-change`: when the site changes next, for whoever rebuilds it on time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mkdocs_impldays.cli.inputs import on_clocks_of, read_files, stop, with_fests, with_moment
from mkdocs_impldays.fest.folder import load_fests
from mkdocs_impldays.fest.time import next_change as next_change_of
from mkdocs_impldays.timebar import named_instants
from mkdocs_impldays.words.dates import moment_in_words


@click.command("next-change")
@with_fests
@with_moment
def next_change(fests: Path, moment: datetime | None) -> None:
    """Print when anything about the fests changes next.

    The first line is for programs: the moment on the clocks of the fest with its offset (ISO 8601),
    like 2018-05-27T18:00:00+02:00, or the word none when all is past. The second is for people: the
    same in words, and what begins then. The command ends with 0; with 1 where a fest file cannot be
    read.
    """
    found, problems = load_fests(read_files(fests))
    if any(problem.severity == "error" for problem in problems):
        stop(problems)
    changes = {
        fest.id: change
        for fest in found.values()
        if (change := next_change_of(fest, on_clocks_of(fest.timezone, moment)))
    }
    first = min(changes.values(), default=None)
    click.echo(first.isoformat() if first else "none")
    for id_, change in changes.items():
        if change == first:
            name = dict(named_instants(found[id_]))[change]
            words = moment_in_words(change, locale="en")
            click.echo(f"{words}: {name} ({found[id_].name})")
