"""`impldays new`: the next fest, and a whole site around the first one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from mkdocs_impldays.cli.inputs import on_clocks_of, stop
from mkdocs_impldays.cli.questions import QUESTIONS, Question, UnfitError, days_of
from mkdocs_impldays.cli.schema import SCHEMA, schema_file
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.unknown import unknown_facts
from mkdocs_impldays.problems import Problem, quoted
from mkdocs_impldays.scaffold import Beginning, fest_file, site_files
from mkdocs_impldays.writing import write_new


def _with_answers(command: Callable[..., Any]) -> Callable[..., Any]:
    for question in reversed(QUESTIONS):
        command = click.option(f"--{question.name}", help=question.words + ".")(command)
    return command


@click.command()
@click.argument("fest_id", metavar="ID")
@_with_answers
@click.option("--yes", is_flag=True, help="Ask nothing: take what is given, guessed, or tba.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The folder of mkdocs.yml.  [default: this one]",
)
def new(fest_id: str, *, yes: bool, folder: Path, **options: str | None) -> None:
    """Begin a fest: write fests/ID.yml, for an ID like lisbon-2027.

    Where no mkdocs.yml is, the rest of a site is written too: pages, mkdocs.yml and a workflow
    that publishes it. No file that is there is ever touched, and where anything is wrong nothing
    is written.
    """
    given = {name: text for name, text in options.items() if text is not None}
    answers, problems = _answers(fest_id, given, ask=not yes)
    if problems:
        stop(problems)
    fest = Beginning(
        id=fest_id,
        name=answers["name"],
        city=answers["city"],
        country=answers["country"],
        timezone=answers["timezone"],
        days=days_of(answers["dates"], fest_id),
        venue=answers["venue"],
        rsvp=answers["rsvp"],
    )
    files, left = _files(fest, folder)
    unknown = _judge(files, fest)
    problems = write_new(folder, {path: text.encode() for path, text in files.items()})
    if problems:
        stop(problems)
    _tell(folder, files=list(files), left=left, unknown=unknown)


def _answers(
    fest_id: str, given: dict[str, str], *, ask: bool
) -> tuple[dict[str, str], list[Problem]]:
    """Collect the answers; those that are given are judged before anything is asked."""
    problems = []
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", fest_id):
        advice = "Use small letters, digits and “-”, like lisbon-2027."
        problems.append(Problem("ID", None, f"{quoted(fest_id)} cannot name a file. {advice}"))
    answers = {"id": fest_id}
    if ask:
        problems += _unfit(given, answers)
        if problems:
            return answers, problems
    for question in QUESTIONS:
        try:
            answers[question.name] = _answer(question, given, answers, ask=ask)
        except UnfitError as unfit:
            problems.append(Problem(f"--{question.name}", None, str(unfit)))
            answers[question.name] = ""
    return answers, problems


def _unfit(given: dict[str, str], answers: dict[str, str]) -> list[Problem]:
    problems = []
    for question in QUESTIONS:
        try:
            if question.name in given:
                question.read(given[question.name], answers)
        except UnfitError as unfit:
            problems.append(Problem(f"--{question.name}", None, str(unfit)))
    return problems


def _answer(
    question: Question, given: dict[str, str], answers: dict[str, str], *, ask: bool
) -> str:
    if question.name in given:
        return question.read(given[question.name], answers)
    guess = question.guess(answers)
    if ask:
        return _ask(question, answers, guess or question.offer(answers))
    if guess is None:
        raise UnfitError(f"is not given, and cannot be guessed. {question.words}.")
    return question.read(guess, answers)


def _ask(question: Question, answers: dict[str, str], offered: str | None) -> str:
    def read(text: str) -> str:
        try:
            return question.read(text, answers)
        except UnfitError as unfit:
            raise click.UsageError(str(unfit)) from None

    return str(click.prompt(question.words, default=offered, value_proc=read))


def _files(fest: Beginning, folder: Path) -> tuple[dict[str, str], list[str]]:
    """Give the files to write, and those of a new site that are there already."""
    files = {f"fests/{fest.id}.yml": fest_file(fest)}
    if not (folder / SCHEMA).exists():
        files[SCHEMA] = schema_file().decode()
    if (folder / "mkdocs.yml").exists():
        return files, []
    around = site_files(fest)
    left = [path for path in around if (folder / path).exists()]
    return files | {path: text for path, text in around.items() if path not in left}, left


def _judge(files: dict[str, str], begun: Beginning) -> list[Problem]:
    """Read the fest file back; what is wrong in it ends the command, what is `tba` is returned."""
    path = f"fests/{begun.id}.yml"
    raw = files[path].encode()
    fest, problems = load_fest(raw, path=path, fest_id=begun.id)
    if fest is None or problems:
        stop(problems)
    now: datetime = on_clocks_of(fest.timezone, None)
    return unknown_facts(raw, path=path, fest=fest, moment=now)


def _tell(folder: Path, *, files: list[str], left: list[str], unknown: list[Problem]) -> None:
    for path in files:
        click.echo(f"{path}: written.")
    for path in left:
        click.echo(f"{path}: left as it is.")
    for problem in unknown:
        click.echo(str(problem))
    if "mkdocs.yml" in files:
        change = "" if folder == Path() else f"cd {folder} && "
        click.echo(f"See the site: {change}mkdocs serve, then open http://127.0.0.1:8000/")
