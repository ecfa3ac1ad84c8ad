"""`impldays new`: the next fest, and a whole site around the first one."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from mkdocs_impldays.cli.inputs import on_clocks_of, stop
from mkdocs_impldays.cli.project import config_in, hints_about
from mkdocs_impldays.cli.questions import QUESTIONS, Question, UnfitError, days_of
from mkdocs_impldays.cli.schema import SCHEMA, schema_file
from mkdocs_impldays.fest.folder import ENDINGS
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.slugs import is_fest_id, slug_of
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
    problems = list(_id_problems(fest_id, folder))
    if not yes and (problems := [*problems, *_unfit(given, fest_id)]):
        stop(problems)
    answers, unfit = _answers(fest_id, given, ask=not yes)
    if problems := [*problems, *unfit]:
        stop(problems)
    days = days_of(answers.pop("dates"), fest_id)
    has_page = config_in(folder) is None or (folder / "docs/about.md").exists()
    fest = Beginning(**answers, days=days, page="/about/" if has_page else None)
    files, left = _files(fest, folder)
    unknown = _judge(files, fest)
    written, problems = write_new(folder, _in_order(files))
    if problems:
        stop(problems)
    _tell(folder, files=written, left=left, unknown=unknown)


def _in_order(files: dict[str, str]) -> dict[str, bytes]:
    """Return the files with mkdocs.yml and the fest file last.

    They are what a second run goes by; after one that was killed before, it writes the rest.
    """
    fest, *others = files
    order = sorted(others, key=lambda path: path == "mkdocs.yml")
    return {path: files[path].encode() for path in [*order, fest]}


def _id_problems(fest_id: str, folder: Path) -> Iterator[Problem]:
    if not is_fest_id(fest_id):
        advice = (
            f"Use small letters, digits and “-”, like {slug_of(fest_id)[:60] or 'lisbon-2027'}."
        )
        yield Problem("ID", None, f"{quoted(fest_id)} cannot name a file. {advice}")
        return
    for path in (f"fests/{fest_id}{ending}" for ending in ENDINGS):
        if (folder / path).exists():
            advice = "Rename or delete it, or choose another ID."
            yield Problem(path, None, f"already exists. {advice}")


def _unfit(given: dict[str, str], fest_id: str) -> Iterator[Problem]:
    """Judge what is given before anything is asked."""
    for question in QUESTIONS:
        try:
            if question.name in given:
                question.read(given[question.name], {"id": fest_id})
        except UnfitError as unfit:
            yield Problem(f"--{question.name}", None, str(unfit))


def _answers(
    fest_id: str, given: dict[str, str], *, ask: bool
) -> tuple[dict[str, str], list[Problem]]:
    """Collect the answers, each given, typed or guessed."""
    problems = []
    answers = {"id": fest_id}
    for question in QUESTIONS:
        try:
            answers[question.name] = _answer(question, given, answers, ask=ask)
        except UnfitError as unfit:
            problems.append(Problem(f"--{question.name}", None, str(unfit)))
            answers[question.name] = ""
    return answers, problems


def _answer(
    question: Question, given: dict[str, str], answers: dict[str, str], *, ask: bool
) -> str:
    if question.name in given:
        return question.read(given[question.name], answers)
    guess = question.guess(answers)
    if ask:
        return _ask(question, answers, guess or question.offer(answers))
    if guess is None:
        what = f"{question.words[0].lower()}{question.words[1:]}"
        raise UnfitError(f"is not given, and cannot be guessed. Give {what}.")
    return question.read(guess, answers)


def _ask(question: Question, answers: dict[str, str], offered: str | None) -> str:
    def read(text: str) -> str:
        try:
            return question.read(text, answers)
        except UnfitError as unfit:
            raise click.UsageError(str(unfit)) from None

    shown = bool(offered)
    try:
        return click.prompt(
            question.words, default=offered or "", show_default=shown, value_proc=read
        )
    except click.Abort:
        click.echo()
        click.echo("Nothing was written.", err=True)
        sys.exit(1)


def _files(fest: Beginning, folder: Path) -> tuple[dict[str, str], list[str]]:
    """Give the files to write, and those of a new site that are there already."""
    files = {f"fests/{fest.id}.yml": fest_file(fest)}
    if not (folder / SCHEMA).exists():
        files[SCHEMA] = schema_file().decode()
    if config_in(folder):
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
    config = config_in(folder)
    for problem in [*unknown, *(hints_about(config) if config else ())]:
        click.echo(problem.marked)
    change = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
    click.echo(f"See the site: {change}{_mkdocs()} serve, then open http://127.0.0.1:8000/")


def _mkdocs() -> str:
    """Give the command of MkDocs as this one was typed, like `.venv/bin/mkdocs`."""
    typed = Path(sys.argv[0])
    return "mkdocs" if typed.is_absolute() else str(typed.with_name("mkdocs"))
