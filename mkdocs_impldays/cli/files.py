"""`impldays files`: calendars and data of the fests, for sites that run no plugins."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from mkdocs_impldays.cli.inputs import any_moment, read_files, stop, with_fests, with_moment
from mkdocs_impldays.fest.folder import current, load_fests
from mkdocs_impldays.fest.revision import changed_at
from mkdocs_impldays.problems import Problem


@click.command()
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@with_fests
@with_moment
@click.option("--site-url", help="Where the site is published, like https://paris.rustfest.eu/")
def files(out: Path, fests: Path, moment: datetime | None, site_url: str | None) -> None:
    """Write what a build adds to a site, besides pages, into the folder OUT.

    Those are calendars, the data as JSON, pictures for previews and QR codes. What a run before
    has written is written anew; the same fest files give the same bytes.
    """
    from mkdocs_impldays.feeds.files import files_of  # noqa: PLC0415 - slow to import

    found, problems = load_fests(read_files(fests))
    if any(problem.severity == "error" for problem in problems):
        stop(problems)
    chosen = current(found.values(), any_moment(moment))
    assert chosen is not None  # a file without a problem holds a fest
    made = files_of(
        chosen, fests=found.values(), site_url=site_url, stamp=changed_at(fests).astimezone(UTC)
    )
    path = out
    try:
        for name, content in made.items():
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        stop([Problem(path.as_posix(), None, f"cannot be written: {error.strerror}.")])
    for name in made:
        click.echo(f"{(out / name).as_posix()}: written.")
