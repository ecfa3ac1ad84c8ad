"""Options and helpers of all commands: project, fest files, moment, problems."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo

import click

from mkdocs_impldays.disk import fest_files, read_programmes, read_source
from mkdocs_impldays.fest.clock import read_now
from mkdocs_impldays.fest.load import ENDINGS
from mkdocs_impldays.problems import Problem, quoted


def hints_about(config: Path) -> Iterator[Problem]:
    """Yield hints why the pages of a project would not show the current or next fest."""
    text = config.read_text("utf-8", "replace")
    if "impldays" not in text:
        message = "does not name the plugin. Write “- impldays: {fests: fests/}” under “plugins:”."
        yield Problem(config.name, None, message, "hint")
    if (folder := _option("fests", text)) and folder[1].strip("./") != "fests":
        message = f"fests: {quoted(folder[1])} is the folder of fest files. Move the new one there."
        yield Problem(config.name, _line(folder), message, "hint")
    if chosen := _option("fest", text):
        what = "Delete it" if folder else "Write “fests: fests/” for it"
        message = f"fest: {quoted(chosen[1])} is the one that pages show. {what}, and they show"
        what_then = f"{message} the one that is on or comes next."
        yield Problem(config.name, _line(chosen), what_then, "hint")


def _option(name: str, text: str) -> re.Match[str] | None:
    """Return the match of an option in a configuration, which may not be valid YAML."""
    return re.search(rf"^[^#\n]*\b{name}:\s*([\w./-]+)", text, re.MULTILINE)


def _line(found: re.Match[str]) -> int:
    return found.string.count("\n", 0, found.start(1)) + 1


Command = TypeVar("Command", bound=Callable[..., Any])


def _read_moment(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    moment = read_now(value) if value else None
    if isinstance(moment, str):
        raise click.BadParameter(moment)
    return moment


def with_fests(command: Command) -> Command:
    """Add the option `--fests`, the folder of the fest files, to a command."""
    return click.option(
        "--fests",
        type=click.Path(path_type=Path),
        default=Path("fests"),
        show_default=True,
        help="The folder of fest files, or a single one.",
    )(command)


def with_moment(command: Command) -> Command:
    """Add the option `--at`, a moment to use instead of now, to a command."""
    return click.option(
        "--at",
        "moment",
        callback=_read_moment,
        metavar="MOMENT",
        envvar="IMPLDAYS_NOW",
        help="Use this moment instead of now, like 2018-05-27T18:00, in the fest's time"
        " zone unless it has an offset.  [environment: IMPLDAYS_NOW]",
    )(command)


def on_clocks_of(zone: ZoneInfo, moment: datetime | None) -> datetime:
    """Return a moment, or else now, in a zone; one without an offset is in that zone."""
    if moment is None:
        return datetime.now(zone)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def any_moment(moment: datetime | None) -> datetime:
    """Return a moment, or else now, in UTC, for what is about several fests."""
    return on_clocks_of(ZoneInfo("UTC"), moment)


def read_files(where: Path) -> dict[str, bytes]:
    """Return the fest files of a folder, or a single one, by their paths, with programme files.

    Ends the command if there are none, or one cannot be read.
    """
    advice = 'Begin one with "impldays new", or name its folder with --fests.'
    if not where.exists():
        stop([Problem(where.as_posix(), None, f"is not there. {advice}")])
    if where.is_file() and (where.suffix not in ENDINGS or where.name.startswith(".")):
        named = "is not named like a fest file. Let its name end in .yml."
        stop([Problem(where.as_posix(), None, named)])
    try:
        paths = sorted(fest_files(where)) if where.is_dir() else [where]
        files = {path.as_posix(): read_source(path) for path in paths}
    except OSError as error:
        name = Path(error.filename).as_posix()
        stop([Problem(name, None, f"cannot be read: {error.strerror}.")])
    if not files:
        stop([Problem(where.as_posix(), None, f"holds no fest file. {advice}")])
    found, problems = read_programmes(Path(), files)
    if problems:
        stop(problems)
    return files | found


def report(problems: Iterable[Problem]) -> None:
    """Print problems, one per line."""
    for problem in problems:
        click.echo(problem.marked, err=True)


def stop(problems: Iterable[Problem]) -> NoReturn:
    """Print problems and exit with 1."""
    report(problems)
    sys.exit(1)
