"""`impldays new`: the next fest, and a whole site around the first one."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, get_args

import click
from pydantic import TypeAdapter, ValidationError

from mkdocs_impldays.cli.inputs import config_in, hints_about, on_clocks_of, stop
from mkdocs_impldays.cli.schema import SCHEMA, schema_file
from mkdocs_impldays.fest.addresses import is_placeholder
from mkdocs_impldays.fest.event import Attendance, TypedAttendance
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.folder import ENDINGS
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.look import Look, Motif
from mkdocs_impldays.fest.missing import unknown_facts
from mkdocs_impldays.fest.model import is_tba
from mkdocs_impldays.fest.time_zones import country_named, likely_zone, zones_named, zones_of
from mkdocs_impldays.fest.typed_dates import read_dates
from mkdocs_impldays.fest.values import Country, Text, UrlOrTba, Zone, is_fest_id, slug_of
from mkdocs_impldays.problems import Problem, guess, quoted
from mkdocs_impldays.project import Engine
from mkdocs_impldays.reading import fest_files, read_source
from mkdocs_impldays.scaffold import CI, Beginning, fest_file, site_files
from mkdocs_impldays.scaffold.edition import changes_of, next_edition, taken_over
from mkdocs_impldays.scaffold.kinds import COLOURS, KINDS, MAIN_KIND
from mkdocs_impldays.writing import write_new

Answers = Mapping[str, str]
"""What is known so far, by the names of the questions; `id` is there from the first."""


@dataclass(frozen=True)
class Last:
    """The last fest of a site, with the text of its file."""

    fest: Fest
    text: str

    def order(self) -> tuple[float, str]:
        """Return what the last of several is found by: when it ends, then its ID."""
        return (self.fest.end.timestamp() if self.fest.end else 0.0, self.fest.id)


class UnfitError(ValueError):
    """An answer that does not fit, with what to do about it."""


@dataclass(frozen=True)
class Question:
    """One thing to know about a fest."""

    name: str
    """Its option's name, without the dashes."""
    words: str
    """What is asked, and said of the option."""
    reader: Callable[[str, Answers], str]
    """Reads an answer that is not empty; see `read`."""
    guess: Callable[[Answers], str | None] = lambda _: None
    """What is taken with --yes; `None` where it has to be answered."""
    offer: Callable[[Answers], str | None] = lambda _: None
    """What is offered to somebody who can still say no, where there is no guess."""

    def read(self, text: str, answers: Answers) -> str:
        """Return the text for the fest file, or raise `UnfitError`."""
        if not text.strip():
            raise UnfitError(f"{quoted(text)} says nothing. Type an answer.")
        return self.reader(text, answers)


def days_of(text: str, fest_id: str) -> tuple[date, ...]:
    """Read the answer about dates; none for `tba`. The year may be in the fest's id alone."""
    if is_tba(text):
        return ()
    found = re.search(r"(?<!\d)20\d\d(?!\d)", fest_id)
    days, reason = read_dates(text, year=int(found[0]) if found else None)
    if reason:
        advice = "Write them like 2027-05-24 to 2027-05-25, or tba."
        raise UnfitError(f"{quoted(text)} cannot be read: {reason} {advice}")
    return days


def _read_as(kind: Any) -> Callable[[str, Answers], str]:
    adapter = TypeAdapter(kind)

    def read(text: str, _: Answers) -> str:
        try:
            adapter.validate_python(text)
        except ValidationError as error:
            raise UnfitError(error.errors(include_url=False)[0]["msg"]) from None
        return text.strip()

    return read


def _read_country(text: str, answers: Answers) -> str:
    return _read_as(Country)(country_named(text) or text, answers)


def _read_rsvp(text: str, answers: Answers) -> str:
    if is_placeholder(text) and not is_tba(text):
        advice = "Type the real one, or tba while it is not known."
        raise UnfitError(f"{quoted(text)} is a placeholder. {advice}")
    return _read_as(UrlOrTba)(text, answers)


def _read_days(text: str, answers: Answers) -> str:
    days_of(text, answers["id"])
    return text.strip()


def _read_kind(text: str, _: Answers) -> str:
    name = text.strip().casefold().replace(" ", "-")
    if name not in KINDS:
        unknown = guess(name, KINDS) or f" Type one of {', '.join(KINDS)}."
        raise UnfitError(f"{quoted(text)} is not a kind of fest.{unknown}")
    return name


def _read_attendance(text: str, _: Answers) -> str:
    try:
        read: str = TypeAdapter(TypedAttendance).validate_python(text.strip())
    except ValidationError as error:
        raise UnfitError(error.errors(include_url=False)[0]["msg"]) from None
    return read


def _read_colours(text: str, _: Answers) -> str:
    """Read the name of two colours, or both of them, and return both."""
    named = COLOURS.get(text.strip().casefold())
    colours = [named.primary, named.accent] if named else text.replace(",", " ").split()
    if len(colours) != 2:
        unknown = guess(text, COLOURS) or f" Type one of {', '.join(COLOURS)},"
        both = 'or a dark and a light one, like "#26323f #f2b84b".'
        raise UnfitError(f"{quoted(text)} is not a pair of colours.{unknown} {both}")
    try:
        look = Look.model_validate({"primary": colours[0], "accent": colours[1]})
    except ValidationError as error:
        raise UnfitError(error.errors(include_url=False)[0]["msg"]) from None
    return f"{look.primary} {look.accent}"


def _read_motif(text: str, _: Answers) -> str:
    try:
        return Look.model_validate({"motif": text.strip()}).motif
    except ValidationError as error:
        raise UnfitError(error.errors(include_url=False)[0]["msg"]) from None


def _words_of_id(answers: Answers) -> list[str]:
    return [word.capitalize() for word in re.findall(r"[^\W\d_]+", answers["id"])]


def _city_in_id(answers: Answers) -> str | None:
    """Return the town at the end of an ID like `hack-days-lisbon-2027`; else its last word."""
    words = _words_of_id(answers)
    ends = (" ".join(words[first:]) for first in range(len(words)))
    return next((end for end in ends if zones_named(end)), words[-1] if words else None)


def _name_in_id(answers: Answers) -> str | None:
    """Return the words of an ID; if they are a town only, the kind of fest and the city."""
    words = " ".join(_words_of_id(answers))
    if words == (_city_in_id(answers) or ""):
        return f"{KINDS[answers['kind']].series} {answers['city'] or words}"
    return words


def _country_of_city(answers: Answers) -> str | None:
    codes = {code for code, _ in zones_named(answers["city"])}
    return codes.pop() if len(codes) == 1 else None


def _zone_of_country(answers: Answers) -> str | None:
    if not answers["country"]:
        return None
    return likely_zone(answers["country"], answers["city"])


def _largest_zone(answers: Answers) -> str | None:
    return next(iter(zones_of(answers["country"])), None)


QUESTIONS = (
    Question("kind", f"The kind of fest: {', '.join(KINDS)}", _read_kind, lambda _: MAIN_KIND),
    Question(
        "attendance", f"Where people take part: {', '.join(get_args(Attendance))}",
        _read_attendance, lambda _: "on-site",
    ),
    Question("city", "The city", _read_as(Text), _city_in_id),
    Question("name", "The name of the fest", _read_as(Text), _name_in_id),
    Question("country", "The country, by name or two letters", _read_country, _country_of_city),
    Question(
        "timezone", "The time zone, like Europe/Paris", _read_as(Zone), _zone_of_country,
        _largest_zone,
    ),
    Question(
        "dates", "The days, like 2027-05-24 to 2027-05-25, or tba", _read_days, lambda _: "tba"
    ),
    Question("venue", "The name of the venue, or tba", _read_as(Text), lambda _: "tba"),
    Question(
        "rsvp", "Where people sign up (https:…), or tba", _read_rsvp, lambda _: "tba"
    ),
    Question(
        "description", "A sentence about it for search engines", _read_as(Text),
        lambda known: KINDS[known["kind"]].description,
    ),
    Question(
        "colours", f"The colours: {', '.join(COLOURS)}, or two of your own", _read_colours,
        lambda _: next(iter(COLOURS)),
    ),
    Question(
        "motif", f"The shape of its days: {', '.join(get_args(Motif))}", _read_motif,
        lambda known: KINDS[known["kind"]].motif,
    ),
)  # fmt: skip
"""All of them, in the order in which they are asked: each may be guessed from those before it."""


def _with_answers(command: Callable[..., Any]) -> Callable[..., Any]:
    for question in reversed(QUESTIONS):
        command = click.option(f"--{question.name}", help=question.words + ".")(command)
    return command


def _read_package(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return _own_address()
    if not re.fullmatch(r"[^\s'\"<>\\]+", value):
        raise click.BadParameter(f"{quoted(value)} has a space or a quotation mark. Remove it.")
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
    help="Where a new site is built and published by itself.  [default: github]",
)
@click.option(
    "--package",
    callback=_read_package,
    help="What the workflow of a new site installs, in the words of pip, like git+https://…"
    "  [default: what this command was installed from, if others can reach it]",
)
@click.option(
    "--from",
    "last_id",
    metavar="ID",
    help="The fest that this one is the next edition of: what lasts is taken over from its file."
    "  [default: the last one in fests/, unless --kind is given]",
)
@click.option("--yes", is_flag=True, help="Ask nothing: take what is given, guessed, or tba.")
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
    help="The program that is to build a new site.",
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
    """Begin a fest: write fests/ID.yml, for an ID like lisbon-2027.

    Where there is a fest already, this one is its next edition: what lasts is taken over, dates,
    deadlines and sessions are “tba”. Where no mkdocs.yml is, the rest of a site is written too:
    pages, mkdocs.yml and a workflow that publishes it. No file that is there is ever touched, and
    where anything is wrong nothing is written.
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
        text = next_edition(last.text, changes_of(last.fest, answers, days))
        files = _with_schema(fest_id, text, folder)
    else:
        files, left = _files(_beginning({**answers, "ci": ci}, folder), folder, engine, package)
    unknown = _judge(files, fest_id)
    written, problems = write_new(folder, _in_order(files))
    if problems:
        stop(problems)
    _tell_files(folder, written, left)
    _tell_next(folder, engine, fest_id, unknown=len(unknown))


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
                answers[question.name] = _of_last(question, last.fest, answers, ask=ask)
            else:
                answers[question.name] = _answer(question, given, answers, ask=ask)
        except UnfitError as unfit:
            problems.append(Problem(f"--{question.name}", None, str(unfit)))
            answers[question.name] = ""
    return answers, problems


_PLACE = ("city", "country", "venue")
"""What an event has that is not online."""


def _of_last(question: Question, last: Fest, answers: dict[str, str], *, ask: bool) -> str:
    """Return an answer as the last fest gives it; what lasts is not asked for again."""
    lasts = question.name in {"kind", "attendance", "description", "colours", "motif"}
    if lasts or (not last.city and question.name in _PLACE):
        return ""
    offered = taken_over(last, question.name, answers)
    return _answer(replace(question, guess=lambda known: offered or question.guess(known)),
                   {}, answers, ask=ask)  # fmt: skip


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
        fest, problems = load_fest(raw, path=path.as_posix(), fest_id=fest_id)
        if fest is None and last_id:
            return None, problems
        if fest:
            found.append(Last(fest, raw.decode("utf-8-sig")))
    return max(found, key=Last.order, default=None), []


def _judge(files: dict[str, str], fest_id: str) -> list[Problem]:
    """Read the fest file back; what is wrong in it ends the command, what is `tba` is returned."""
    path = f"fests/{fest_id}.yml"
    raw = files[path].encode()
    fest, problems = load_fest(raw, path=path, fest_id=fest_id)
    if fest is None or problems:
        stop(problems)
    now: datetime = on_clocks_of(fest.timezone, None)
    return unknown_facts(fest, moment=now)


def _tell_files(folder: Path, files: list[str], left: list[str]) -> None:
    for path in files:
        click.echo(f"{path}: written.")
    for path in left:
        click.echo(f"{path}: left as it is.")
    config = config_in(folder)
    for problem in hints_about(config) if config else ():
        click.echo(problem.marked)


def _tell_next(folder: Path, engine: Engine, fest_id: str, *, unknown: int) -> None:
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
