"""`impldays files`: calendars and data of the fests, for sites without the plugin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from importlib.resources import files as of_package
from pathlib import Path

import click

from mkdocs_impldays.cli.inputs import any_moment, read_files, stop, with_fests, with_moment
from mkdocs_impldays.disk import write_over
from mkdocs_impldays.fest.current import current
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fests
from mkdocs_impldays.head import SCRIPT, STYLES
from mkdocs_impldays.problems import quoted
from mkdocs_impldays.revision import epoch_problem, latest_changes


def _read_address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
        message = f"{quoted(value)} is not an address. Write it like https://paris.rustfest.eu/"
        raise click.BadParameter(message)
    return value


@click.command()
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@with_fests
@with_moment
@click.option(
    "--site-url",
    callback=_read_address,
    help="Where the site is published, like https://paris.rustfest.eu/",
)
def files(out: Path, fests: Path, moment: datetime | None, site_url: str | None) -> None:
    """Write the files that a build adds to a site, except pages, into the folder OUT.

    These are calendars, data as JSON and JSON-LD, pictures for previews, QR codes, and the script
    of the button with its style sheet. Files of an earlier run are overwritten. The same fest files
    give the same bytes, except that JSON-LD contains what is on offer at the moment.
    """
    from mkdocs_impldays.output.files import files_of  # noqa: PLC0415 - slow to import

    if problem := epoch_problem():
        stop([problem])
    sources = read_files(fests)
    found, problems = load_fests(sources)
    if any(problem.severity == "error" for problem in problems):
        stop(problems)
    chosen = current(found.values(), any_moment(moment))
    assert chosen is not None  # a file without errors has a fest
    stamps = latest_changes(Path(), found.values())
    made = files_of(chosen, fests=found.values(), site_url=site_url, stamps=stamps)
    made |= _for_templates(found.values(), site_url, any_moment(moment))
    _write(out, made)


def _for_templates(
    fests: Iterable[Fest], site_url: str | None, moment: datetime
) -> dict[str, bytes]:
    """Return what a build adds to pages, for engines whose templates include it."""
    from mkdocs_impldays.output.card import card_path  # noqa: PLC0415 - slow to import
    from mkdocs_impldays.output.jsonld import document, fest_node  # noqa: PLC0415 - as above

    theme = of_package("mkdocs_impldays") / "theme"
    made = {name: (theme / name).read_bytes() for name in (STYLES[0], SCRIPT)}
    for fest in fests:
        about = fest_node(fest, site_url=site_url, moment=moment, image=card_path(fest))
        if about:
            made[f"fests/{fest.id}.jsonld"] = document(about)
    return made


def _write(out: Path, made: dict[str, bytes]) -> None:
    if problems := write_over(out, dict(sorted(made.items()))):
        stop(replace(each, path=(out / each.path).as_posix()) for each in problems)
    for name in sorted(made):
        click.echo(f"{(out / name).as_posix()}: written.")
