"""`impldays import`: a Jekyll site as a fest file and pages."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mkdocs_impldays.cli.inputs import stop, tell
from mkdocs_impldays.cli.schema import SCHEMA, schema_file
from mkdocs_impldays.jekyll.site import import_site
from mkdocs_impldays.problems import Problem
from mkdocs_impldays.scaffold import config_file
from mkdocs_impldays.writing import write_new

_PASSED_OVER = {
    ".git",
    ".github",
    ".jekyll-cache",
    ".sass-cache",
    "_site",
    "node_modules",
    "vendor",
}


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--id", help="The fest's id.  [default: city and year, like paris-2018]")
@click.option("--name", help="The fest's name.  [default: the site's title]")
@click.option("--city", help="The city, where the site does not say it.")
@click.option("--country", help="The country, where the site does not say it.")
@click.option("--timezone", help="The time zone, where the country has several.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Where fests/ and docs/ are written.  [default: this folder]",
)
def import_jekyll(path: Path, folder: Path, **given: str | None) -> None:
    """Make a fest file and pages of the Jekyll site at PATH, which stays as it is.

    Tells line by line what was read as what, and what has no counterpart here: that stays in the
    page, inside of a comment. Ends with 1, and writes nothing, where a fact is missing.
    """
    known = {key: value for key, value in given.items() if value}
    done, problems = import_site(_read(path), given=known)
    tell(problems)
    if not done.files or any(problem.severity == "error" for problem in problems):
        stop([])
    files = dict(done.files)
    extra = {SCHEMA: schema_file(), "mkdocs.yml": config_file(done.name).encode()}
    files |= {name: raw for name, raw in extra.items() if not (folder / name).exists()}
    if problems := write_new(folder, files):
        stop(problems)
    counts = f"Pages as they were: {len(done.unchanged)}, changed: {len(done.changed)}."
    click.echo(f"{counts} Files written: {len(files)}.")
    click.echo("Next: impldays check, then mkdocs serve.")


def _read(root: Path) -> dict[str, bytes]:
    """Read all files of a site by their paths in it; links that lead elsewhere are not followed."""
    files = {}
    for folder, names, found in os.walk(root):
        names[:] = sorted(set(names) - _PASSED_OVER)
        for name in found:
            path = Path(folder, name)
            if path.is_symlink():
                continue
            try:
                files[path.relative_to(root).as_posix()] = path.read_bytes()
            except OSError as error:
                stop([Problem(path.as_posix(), None, f"cannot be read: {error.strerror}.")])
    return files
