"""`impldays check`: what is wrong before it is published."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path, PurePosixPath

import click

from mkdocs_impldays.cli.inputs import on_clocks_of, read_files, tell, with_fests, with_moment
from mkdocs_impldays.folder import load_fests
from mkdocs_impldays.problems import in_order
from mkdocs_impldays.unknown import unknown_facts


@click.command()
@with_fests
@with_moment
def check(fests: Path, moment: datetime | None) -> None:
    """List what is wrong in the fest files, and what is still “tba”.

    Each is a line, “file:line: what is there. What to do.” The command ends with 1 where anything
    is wrong; a “tba” alone is not.
    """
    files = read_files(fests)
    found, problems = load_fests(files)
    for path, raw in files.items():
        fest = found.get(PurePosixPath(path).stem)
        if fest is not None:
            at = on_clocks_of(fest.timezone, moment)
            problems += unknown_facts(raw, path=path, fest=fest, moment=at)
    wrong = tell(in_order(problems))
    if wrong:
        sys.exit(1)
    count = f"{len(found)} fest files" if len(found) > 1 else "1 fest file"
    click.echo(f"{count}: nothing is wrong.")
