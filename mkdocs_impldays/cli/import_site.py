"""`impldays import`: a Jekyll site as a fest file and pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from mkdocs_impldays.cli.inputs import hints_about, report, stop
from mkdocs_impldays.cli.schema import SCHEMA, schema_file
from mkdocs_impldays.disk import write_new
from mkdocs_impldays.importers.config import CONFIG
from mkdocs_impldays.importers.site import import_site
from mkdocs_impldays.problems import Problem, quoted
from mkdocs_impldays.project import config_in
from mkdocs_impldays.scaffold import config_file

_PASSED_OVER = {
    ".git",
    ".github",
    ".jekyll-cache",
    ".sass-cache",
    "_site",
    "node_modules",
    "vendor",
}


_MAX_BYTES = 100_000_000
"""The largest file in bytes; all are in memory until they are written."""

_MAX_BYTES_OF_ALL = 1_000_000_000


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
    """Import the Jekyll site at PATH, which is not changed, as a fest file and pages.

    Reports line by line how the facts were read, and what cannot be imported, which becomes a
    comment in its page. Writes nothing and ends with exit code 1 if a fact is missing or a file
    already exists with other content.
    """
    known = {key: value for key, value in given.items() if value}
    files, passed_over = _read(path)
    done, problems = import_site(files, given=known)
    if errors := [problem for problem in problems if problem.severity == "error"]:
        report(errors)
        click.echo("Nothing was written.", err=True)
        stop([])
    report([*passed_over, *problems])
    new = dict(done.files)
    if not (folder / SCHEMA).exists():
        new[SCHEMA] = schema_file()
    if config_in(folder) is None:
        new["mkdocs.yml"] = config_file(done.name).encode()
    written, problems = write_new(folder, new)
    if problems:
        stop(problems)
    config = config_in(folder)
    report(hints_about(config) if config else ())
    counts = f"Pages unchanged: {len(done.unchanged)}, changed: {len(done.changed)}."
    click.echo(f"{counts} Files written: {len(written)}.")
    click.echo("Next: impldays check, then mkdocs serve.")


def _read(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Return all files of a site by their paths, and problems of those that were skipped.

    Symbolic links are not followed. A folder without _config.yml is not read.
    """
    files: dict[str, bytes] = {}
    problems = []
    left = _MAX_BYTES_OF_ALL
    for path in _walk(root) if (root / CONFIG).is_file() else ():
        name = path.relative_to(root).as_posix()
        try:
            if path.is_symlink():
                target = quoted(path.readlink().as_posix())
                message = f"is a symbolic link to {target}. It was not imported."
                problems.append(Problem(name, None, message, "warning"))
            elif path.is_file() and path.stat().st_size > _MAX_BYTES:
                size = f"is larger than {_MAX_BYTES // 1_000_000} MB."
                message = f"{size} It was not imported; copy it yourself."
                problems.append(Problem(name, None, message, "warning"))
            elif path.is_file():
                files[name] = path.read_bytes()
                left -= len(files[name])
        except OSError as error:
            problem = f"cannot be read: {error.strerror}. Make it readable. Nothing was written."
            stop([Problem(path.as_posix(), None, problem)])
        if left < 0:
            size = f"the site is larger than {_MAX_BYTES_OF_ALL // 1_000_000:,} MB."
            advice = "Move films and archives out of it. Nothing was written."
            stop([Problem(root.as_posix(), None, f"{size} {advice}")])
    return files, problems


def _walk(root: Path) -> Iterator[Path]:
    for folder, names, found in os.walk(root):
        links = [name for name in names if Path(folder, name).is_symlink()]
        names[:] = sorted(set(names) - _PASSED_OVER - set(links))
        yield from (Path(folder, name) for name in sorted([*found, *links]))
