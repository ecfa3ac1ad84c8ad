"""`impldays new`: the next fest, and a whole site around the first one."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, get_args

import click

from mkdocs_impldays.cli.inputs import hints_about, on_clocks_of, stop
from mkdocs_impldays.cli.questions import QUESTIONS, Question, UnfitError, days_of
from mkdocs_impldays.cli.schema import SCHEMA, schema_file
from mkdocs_impldays.disk import fest_files, read_programmes, read_source, write_new
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.ids import is_fest_id, slug_of
from mkdocs_impldays.fest.load import ENDINGS, load_fest
from mkdocs_impldays.fest.missing import unknown_facts
from mkdocs_impldays.fest.time_zones import likely_zone
from mkdocs_impldays.problems import Problem, quoted
from mkdocs_impldays.project import Engine, config_in
from mkdocs_impldays.scaffold import CI, Beginning, fest_file, site_files
from mkdocs_impldays.scaffold.edition import (
    changes_of,
    next_edition,
    taken_over,
    years_after,
    zone_in_country,
)
from mkdocs_impldays.scaffold.kinds import COLOURS


@dataclass(frozen=True)
class Last:
    """The last fest of a site, with the text of its file."""

    fest: Fest
    text: str
    earlier: tuple[Fest, ...] = ()
    """The others of the site, the latest first."""

    def order(self) -> tuple[float, str]:
        """Return what the last of several is found by: when it ends, then its ID."""
        return (self.fest.end.timestamp() if self.fest.end else 0.0, self.fest.id)


def _with_answers(command: Callable[..., Any]) -> Callable[..., Any]:
    for question in reversed(QUESTIONS):
        command = click.option(f"--{question.name}", help=question.words + ".")(command)
    return command


def _read_package(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return _own_address()
    if sign := re.search(r"[\s'\"<>\\$`]", value):
        found = "a space" if sign[0].isspace() else quoted(sign[0])
        raise click.BadParameter(f"{quoted(value)} has {found} in it. Remove it.")
    if not value:
        empty = "is empty. Omit it, or write what pip is to install."
        raise click.BadParameter(empty)
    return value


def _own_address() -> str | None:
    """Return where this package was installed from by git, as pip notes it (PEP 610)."""
    noted = json.loads(distribution("mkdocs-impldays").read_text("direct_url.json") or "{}")
    address, vcs = noted.get("url", ""), noted.get("vcs_info", {}).get("vcs")
    return f"{vcs}+{address}" if vcs and re.fullmatch(r"https://[\w./~:@%+-]+", address) else None


@click.command()
@click.argument("fest_id", metavar="ID")
@_with_answers
@click.option(
    "--ci",
    type=click.Choice(list(CI)),
    default="github",
    help="The service that builds and publishes the new site.  [default: github]",
)
@click.option(
    "--package",
    callback=_read_package,
    help="What the workflow of a new site installs with pip, like git+https://…"
    "  [default: what this command was installed from, if others can reach it]",
)
@click.option(
    "--from",
    "last_id",
    metavar="ID",
    help="The fest to take over facts from."
    "  [default: the last one in fests/, unless --kind is given]",
)
@click.option("--yes", is_flag=True, help="Ask nothing: use the options, guesses, or tba.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The folder of mkdocs.yml.  [default: this one]",
)
@click.option(
    "--engine",
    type=click.Choice(get_args(Engine)),
    default="mkdocs",
    show_default=True,
    help="The program that builds the new site.",
)
def new(  # noqa: PLR0913 - an argument for each option
    fest_id: str,
    *,
    ci: str,
    package: str | None,
    last_id: str | None,
    yes: bool,
    folder: Path,
    engine: Engine,
    **options: str | None,
) -> None:
    """Start a fest: write fests/ID.yml, for an ID like lisbon-2027.

    If there is a fest already, this one is its next edition: venues, look and organiser are copied,
    and dates and deadlines are “tba”. If there is no mkdocs.yml, the rest of a site is written,
    too: pages, mkdocs.yml and a workflow that publishes it. Existing files are never changed, and
    if there is a problem, nothing is written.
    """
    given = {name: text for name, text in options.items() if text is not None}
    problems = list(_id_problems(fest_id, folder))
    if not yes and (problems := [*problems, *_unfit(given, fest_id)]):
        stop(problems)
    last, missing = _last_fest(folder, last_id, is_new="kind" in given)
    if missing:
        stop([*problems, *missing])
    answers, unfit = _answers(fest_id, given, last, ask=not yes)
    if problems := [*problems, *unfit]:
        stop(problems)
    left: list[str] = []
    if last:
        days = days_of(answers["dates"], fest_id)
        years = years_after(last.fest, fest_id, days)
        text = next_edition(last.text, changes_of(last.fest, answers, days), years=years)
        files = _with_schema(fest_id, text, folder)
    else:
        files, left = _files(_beginning({**answers, "ci": ci}, folder), folder, engine, package)
    unknown, warnings = _read_back(files, fest_id, is_new=last is None)
    written, problems = write_new(folder, _in_order(files))
    if problems:
        stop(problems)
    _print_files(folder, written, left)
    for problem in warnings:
        click.echo(problem.marked)
    if last and "timezone" not in given:
        _print_zone(last, answers)
    _print_next(folder, engine, fest_id, unknown=len(unknown))


def _beginning(answers: dict[str, str], folder: Path) -> Beginning:
    days = days_of(answers.pop("dates"), answers["id"])
    primary, accent = answers.pop("colours").split()
    has_page = config_in(folder) is None or (folder / "docs/about.md").exists()
    page = "/about/" if has_page else None
    return Beginning(**answers, days=days, primary=primary, accent=accent, page=page)


def _in_order(files: dict[str, str]) -> dict[str, bytes]:
    """Return the files with mkdocs.yml and the fest file last.

    They are what a second run goes by; after one that was killed before, it writes the rest.
    """
    fest, *others = files
    order = sorted(others, key=lambda path: path == "mkdocs.yml")
    return {path: files[path].encode() for path in [*order, fest]}


def _id_problems(fest_id: str, folder: Path) -> Iterator[Problem]:
    if not is_fest_id(fest_id):
        example = slug_of(fest_id)[:60] or "lisbon-2027"
        advice = f"Use lower-case letters, digits and “-”, like {example}."
        yield Problem("ID", None, f"{quoted(fest_id)} is not a valid ID. {advice}")
        return
    for path in (f"fests/{fest_id}{ending}" for ending in ENDINGS):
        if (folder / path).exists():
            advice = "Rename or delete it, or choose another ID."
            yield Problem(path, None, f"already exists. {advice}")


def _unfit(given: dict[str, str], fest_id: str) -> Iterator[Problem]:
    """Yield the problems of given answers, before anything is asked."""
    for question in QUESTIONS:
        try:
            if question.name in given:
                question.read(given[question.name], {"id": fest_id})
        except UnfitError as unfit:
            yield Problem(f"--{question.name}", None, str(unfit))


def _answers(
    fest_id: str, given: dict[str, str], last: Last | None, *, ask: bool
) -> tuple[dict[str, str], list[Problem]]:
    """Collect the answers, each given, typed or guessed."""
    problems = []
    answers = {"id": fest_id}
    for question in QUESTIONS:
        try:
            if question.name in _PLACE and answers["attendance"] == "online":
                answers[question.name] = ""
            elif last and question.name not in given:
                answers[question.name] = _of_last(question, last, answers, ask=ask)
            else:
                answers[question.name] = _answer(question, given, answers, ask=ask)
        except UnfitError as unfit:
            problems.append(Problem(f"--{question.name}", None, str(unfit)))
            answers[question.name] = ""
    return answers, problems


_PLACE = ("city", "country", "venue")
"""What an event has that is not online."""


def _of_last(question: Question, last: Last, answers: dict[str, str], *, ask: bool) -> str:
    """Return an answer as the last fest gives it; what lasts is not asked for again.

    A city without a time zone of its own gets that of the latest fest in the same country. The
    country itself is only offered: the next fest may be in another one.
    """
    name, fest = question.name, last.fest
    lasts = name in {"kind", "attendance", "description", "colours", "motif"}
    if lasts or (not fest.city and name in _PLACE):
        return ""
    same = taken_over(fest, name, answers, earlier=last.earlier)
    near = None
    if name == "timezone":
        near = zone_in_country([fest, *last.earlier], answers["country"])
    nearest = replace(
        question,
        guess=lambda known: same or question.guess(known) or near,
        offer=lambda known: (fest.country if name == "country" else None) or question.offer(known),
    )
    return _answer(nearest, {}, answers, ask=ask)


def _answer(
    question: Question, given: dict[str, str], answers: dict[str, str], *, ask: bool
) -> str:
    if question.name in given:
        return question.read(given[question.name], answers)
    guess = question.guess(answers)
    if ask:
        if question.name == "colours":
            _show_colours()
        return _ask(question, answers, guess or question.offer(answers))
    if guess is None:
        what = f"{question.words[0].lower()}{question.words[1:]}"
        raise UnfitError(f"is not given, and cannot be guessed. Give {what}.")
    return question.read(guess, answers)


def _show_colours() -> None:
    """Print each pair of colours in its own colours, where the terminal has any."""
    for name, pair in COLOURS.items():
        ground, ink = _rgb(pair.primary), _rgb(pair.accent)
        click.echo(
            f"  {click.style(f' {name:^8} ', fg=ink, bg=ground)} {pair.primary} {pair.accent}"
        )


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


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


def _files(
    fest: Beginning, folder: Path, engine: Engine, package: str | None
) -> tuple[dict[str, str], list[str]]:
    """Return the files to write, and those of a new site that are there already."""
    files = _with_schema(fest.id, fest_file(fest), folder)
    if config_in(folder):
        return files, []
    around = site_files(fest, engine, package=package)
    left = [path for path in around if (folder / path).exists()]
    return files | {path: text for path, text in around.items() if path not in left}, left


def _with_schema(fest_id: str, text: str, folder: Path) -> dict[str, str]:
    schema = {} if (folder / SCHEMA).exists() else {SCHEMA: schema_file().decode()}
    return {f"fests/{fest_id}.yml": text, **schema}


def _last_fest(
    folder: Path, last_id: str | None, *, is_new: bool
) -> tuple[Last | None, list[Problem]]:
    """Return the fest to take over from: the one asked for, or else that which ends last."""
    if last_id is None and is_new:
        return None, []
    sources = {
        path.stem: (path, read_source(path))
        for path in fest_files(folder / "fests")
        if last_id in {None, path.stem}
    }
    if last_id and last_id not in sources:
        message = (
            f"{quoted(last_id)} is not a fest in fests/. Give the name of a file without .yml."
        )
        return None, [Problem("--from", None, message)]
    found = []
    for fest_id, (path, raw) in sources.items():
        shown = path.as_posix()
        files, unread = read_programmes(Path(), {shown: raw})
        fest, problems = load_fest(raw, path=shown, fest_id=fest_id, files=files)
        if fest is None and last_id:
            return None, [*unread, *problems]
        if fest:
            found.append(Last(fest, raw.decode("utf-8-sig")))
    found.sort(key=Last.order, reverse=True)
    earlier = tuple(each.fest for each in found[1:])
    return replace(found[0], earlier=earlier) if found else None, []


def _read_back(
    files: dict[str, str], fest_id: str, *, is_new: bool
) -> tuple[list[Problem], list[Problem]]:
    """Read the fest file back, and return what is `tba` in it, and its warnings.

    An error ends the command; in a file that is not a next edition, so does a warning.
    """
    path = f"fests/{fest_id}.yml"
    raw = files[path].encode()
    fest, problems = load_fest(raw, path=path, fest_id=fest_id)
    if fest is None or (problems and is_new):
        stop(problems)
    now: datetime = on_clocks_of(fest.timezone, None)
    return unknown_facts(fest, moment=now), problems


def _print_files(folder: Path, files: list[str], left: list[str]) -> None:
    for path in files:
        click.echo(f"{path}: written.")
    for path in left:
        click.echo(f"{path}: left as it is.")
    config = config_in(folder)
    for problem in hints_about(config) if config else ():
        click.echo(problem.marked)


def _print_zone(last: Last, answers: dict[str, str]) -> None:
    """Print which time zone was assumed for a city of a country that has several."""
    city, country, zone = (answers[key] for key in ("city", "country", "timezone"))
    is_new = all(each.city != city for each in (last.fest, *last.earlier))
    if is_new and country and likely_zone(country, city) is None:
        assumed = f"timezone: {zone}, taken from an earlier fest in {country}."
        click.echo(f"{assumed} Correct it if {city} has another.")


def _print_next(folder: Path, engine: Engine, fest_id: str, *, unknown: int) -> None:
    """Print what to do next: see the site, write it, publish it."""
    change = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
    click.echo()
    click.echo(f"See the site: {change}{_program(engine)} serve, then open http://127.0.0.1:8000/")
    facts = f"{unknown} facts are “tba”" if unknown > 1 else "1 fact is “tba”"
    still = f" {facts}: {change}{_program('impldays')} check lists them." if unknown else ""
    click.echo(
        f"Write what you know into fests/{fest_id}.yml, and your own words into docs/.{still}"
    )
    publish = f"{_program('mkdocs')} gh-deploy --strict"
    if engine != "mkdocs":
        publish = f"{_program('impldays')} build --strict, then copy the folder site/ to a server"
    click.echo(f"Publish it: {change}{publish}")


def _program(name: str) -> str:
    """Return the command of a program as this one was typed, like `.venv/bin/mkdocs`."""
    typed = Path(sys.argv[0])
    return name if typed.is_absolute() else str(typed.with_name(name))
