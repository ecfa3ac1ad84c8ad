"""`impldays check`: the problems of a site, as text, JSON or GitHub annotations."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import click

from mkdocs_impldays.checks.built import folder_problems
from mkdocs_impldays.cli.inputs import on_clocks_of, read_files, with_fests, with_moment
from mkdocs_impldays.fest.agenda_checks import early_recordings
from mkdocs_impldays.fest.editions import repeated_facts
from mkdocs_impldays.fest.load import load_fests
from mkdocs_impldays.fest.missing import early_changes, unknown_facts, untranslated
from mkdocs_impldays.problems import Problem, Severity, counted, in_order, merged
from mkdocs_impldays.project import Project, config_in, read_project
from mkdocs_impldays.revision import removed_since

_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}


def as_text(problems: Iterable[Problem]) -> str:
    """Return a line for each problem; those with the same cause are one line."""
    return "\n".join(problem.marked for problem in merged(problems))


def as_json(problems: Iterable[Problem]) -> str:
    """Return a JSON array of objects with `path`, `line`, `message`, `severity`, `check`."""
    keys = ("path", "line", "message", "severity", "check")
    objects = [{key: getattr(problem, key) for key in keys} for problem in problems]
    return json.dumps(objects, ensure_ascii=False, indent=2)


def as_github(problems: Iterable[Problem]) -> str:
    """Return GitHub's workflow commands, which annotate the lines of a pull request."""
    return "\n".join(map(_command, problems))


def _command(problem: Problem) -> str:
    place = f"file={_escaped(problem.path, ':,')}"
    place += f",line={problem.line}" if problem.line else ""
    return f"::{_LEVELS[problem.severity]} {place}::{_escaped(problem.message)}"


def _escaped(text: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


FORMATS: Mapping[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}


@click.command()
@click.argument(
    "built", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@with_fests
@with_moment
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="Text, JSON, or annotations for GitHub.  [default: text]",
)
def check(built: Path | None, fests: Path, moment: datetime | None, form: str) -> None:
    """List the problems of a site, its fest files and its pages.

    Each problem is a line, “file:line: severity: what is wrong. What to do.” If there is an
    mkdocs.yml, the site is built into a temporary folder (with Zensical into site/). Without one,
    or with --fests, only the fest files are checked. With a folder BUILT, only the pages in it are
    checked, whichever program built them.

    Ends with exit code 1 if there is an error or a warning, but not for hints.
    """
    config = config_in(Path())
    now = moment.isoformat() if moment else None
    source = click.get_current_context().get_parameter_source("fests")
    is_default = source is click.core.ParameterSource.DEFAULT
    if built:
        problems, what = folder_problems(built), "The built pages"
    elif config and is_default and (project := read_project(Path())) and _is_of_zensical(project):
        from mkdocs_impldays.zensical.building import build_site  # noqa: PLC0415 - slow

        problems, what = build_site(project, moment=now), "The site"
    elif config and is_default:
        from mkdocs_impldays.plugin.dry_run import site_problems  # noqa: PLC0415 - slow

        problems, what = site_problems(config, moment=now), "The site"
    else:
        problems, count = _fest_problems(fests, moment)
        what = f"{count} fest files" if count > 1 else "1 fest file"
    _print(in_order(problems), form, what)


def _is_of_zensical(project: Project) -> bool:
    """Return whether Zensical builds a project, since it is for it or MkDocs is missing."""
    is_alone = project.engine == "zensical" or find_spec("mkdocs") is None
    return is_alone and project.extension is not None


def _fest_problems(fests: Path, moment: datetime | None) -> tuple[list[Problem], int]:
    found, problems = load_fests(read_files(fests))
    problems += repeated_facts(found.values())
    for fest in found.values():
        at = on_clocks_of(fest.timezone, moment)
        problems += unknown_facts(fest, moment=at)
        problems += early_recordings(fest, moment=at)
        problems += early_changes(fest, moment=at)
        problems += untranslated(fest)
        problems += removed_since(Path(), [fest], moment=at)
    return problems, len(found)


def _print(problems: list[Problem], form: str, what: str) -> None:
    text = FORMATS[form](problems)
    if text:
        click.echo(text, err=form == "text")
    wrong = any(each.severity != "hint" for each in problems)
    summary = counted(problems) if problems else "no problems"
    if problems and not wrong:
        summary = f"no errors or warnings ({summary.partition('(')[2]}"
    click.echo(f"{what}: {summary}.", err=form != "text")
    if wrong:
        sys.exit(1)
