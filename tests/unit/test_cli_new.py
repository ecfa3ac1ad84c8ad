"""`impldays new`: the next fest, and a whole site around the first one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from mkdocs_impldays.cli import main
from mkdocs_impldays.disk import write_new
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.look import DARK_PAGE, READABLE, contrast
from mkdocs_impldays.fest.model import TBA
from mkdocs_impldays.scaffold import Beginning, fest_file
from mkdocs_impldays.scaffold.kinds import COLOURS, KINDS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["/usr/bin/impldays"])  # a worker's is another than pytest's
    return tmp_path


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["new", *arguments], input=typed, catch_exceptions=False)


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def load(path: Path) -> Fest:
    fest, problems = load_fest(path.read_bytes(), path=path.name, fest_id=path.stem)
    assert problems == []
    assert fest is not None
    return fest


def test_an_empty_folder_becomes_a_whole_site(folder: Path) -> None:
    start = [sys.executable, "-c", "from mkdocs_impldays.cli import main; main()"]
    done = subprocess.run(
        [*start, "new", "lisbon-2027", "--yes", "--dates", "May 24th and 25th"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {
        "fests/lisbon-2027.yml",
        "fests/fest.schema.json",
        "mkdocs.yml",
        "docs/index.md",
        "docs/about.md",
        "docs/location.md",
        "docs/schedule.md",
        "docs/fests.md",
        ".github/workflows/publish.yml",
        ".gitignore",
    } <= files_in(folder)
    fest = load(folder / "fests/lisbon-2027.yml")
    assert (fest.city, fest.country, fest.timezone.key) == ("Lisbon", "PT", "Europe/Lisbon")
    days = fest.events["hack_days"].known_days
    assert [day.date for day in days] == [date(2027, 5, 24), date(2027, 5, 25)]
    assert "8 facts are “tba”: impldays check lists them." in done.stdout


def test_the_workflow_gets_no_rights_it_does_not_need_and_looks_each_hour(folder: Path) -> None:
    run("lisbon-2027", "--yes")
    text = (folder / ".github/workflows/publish.yml").read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert workflow["jobs"]["look"]["permissions"] == {"contents": "read", "deployments": "read"}
    minute, *rest = workflow[True]["schedule"][0]["cron"].split()  # YAML 1.1 reads “on”
    assert minute.isdigit()
    assert rest == ["*", "*", "*", "*"]
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    pinned = [
        re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", s["uses"]) for s in steps if "uses" in s
    ]
    assert pinned
    assert all(pinned)
    assert "${{ steps.publish.outputs.page_url }}" in text


@pytest.mark.parametrize(
    ("event", "published", "due"),
    [
        ("schedule", "2018-01-01T00:00:00Z", "true"),  # the days of the fest have passed since
        ("schedule", "2018-05-25T22:10:00Z", "true"),  # it was built just before it began
        ("schedule", "2018-06-01T00:00:00Z", "false"),
        ("push", "2018-06-01T00:00:00Z", "true"),
        ("workflow_dispatch", "2018-06-01T00:00:00Z", "true"),
    ],
)
def test_the_workflow_builds_on_push_and_when_anything_has_changed(
    folder: Path, event: str, published: str, due: str
) -> None:
    run("paris-2018", "--yes", "--dates", "2018-05-26", "--timezone", "Europe/Paris")
    workflow = yaml.safe_load((folder / ".github/workflows/publish.yml").read_text("utf-8"))
    (look,) = [step for step in workflow["jobs"]["look"]["steps"] if step.get("id") == "look"]
    programs, told = folder / "bin", folder / "told"
    programs.mkdir()
    (programs / "gh").write_text(f"#!/bin/sh\necho {published}\n")
    (programs / "gh").chmod(0o755)
    (programs / "impldays").write_text(
        f"#!/bin/sh\nexec {sys.executable} -c 'from mkdocs_impldays.cli import main; main()' $@\n"
    )
    (programs / "impldays").chmod(0o755)
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "GITHUB_EVENT_NAME": event,
        "GITHUB_OUTPUT": str(told),
        "GITHUB_REPOSITORY": "rustfest/lisbon",
    }
    subprocess.run(["bash", "-e", "-c", look["run"]], cwd=folder, env=environment, check=True)
    assert told.read_text() == f"due={due}\n"


def test_the_schema_that_a_fest_file_names_accepts_it(folder: Path) -> None:
    run("lisbon-2027", "--yes", "--dates", "May 24th and 25th")
    path = folder / "fests/lisbon-2027.yml"
    first = path.read_text("utf-8").splitlines()[0]
    name = first.removeprefix("# yaml-language-server: $schema=")
    schema = json.loads((path.parent / name).read_bytes())
    data = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)
    assert list(Draft7Validator(schema).iter_errors(data)) == []
    assert list(Draft7Validator(schema).iter_errors({**data, "status": "soon"})) != []


def test_in_a_project_only_the_fest_is_written(folder: Path) -> None:
    run("lisbon-2027", "--yes")
    before = {path: (folder / path).read_bytes() for path in files_in(folder)}
    result = run("rome-2028", "--yes")
    assert result.exit_code == 0
    assert files_in(folder) - set(before) == {"fests/rome-2028.yml"}
    assert {path: (folder / path).read_bytes() for path in before} == before


CONFIG = "site_name: X\nplugins: [search, {impldays: {fests: fests/}}]\n"


@pytest.mark.parametrize(
    ("config", "hint"),
    [
        ("site_name: X\n", "mkdocs.yml: hint: does not name the plugin. Write “- impldays:"),
        (
            "plugins:\n- impldays:\n    # fest: rome-2018\n    fest: paris-2018\n    fests: f/\n",
            'mkdocs.yml:4: hint: fest: "paris-2018" is the one that pages show. Delete it, and',
        ),
        (
            "plugins:\n- impldays:\n    fests: data/fests/\n",
            'mkdocs.yml:3: hint: fests: "data/fests/" is the folder of fest files. Move the',
        ),
        (
            "plugins: [impldays: {fest: fests/paris-2018.yml}]",
            'mkdocs.yml:1: hint: fest: "fests/paris-2018.yml" is the one that pages show. Write',
        ),
    ],
)
def test_a_project_that_would_not_show_the_fest_is_told_so(
    folder: Path, config: str, hint: str
) -> None:
    (folder / "mkdocs.yml").write_text(config)
    assert hint in run("lisbon-2027", "--yes").stdout
    (folder / "mkdocs.yml").write_text(CONFIG)
    assert "mkdocs.yml" not in run("rome-2028", "--yes").stdout


@pytest.mark.parametrize(
    ("typed", "shown"),
    [(".venv/bin/impldays", ".venv/bin/mkdocs serve"), ("/usr/bin/impldays", "mkdocs serve")],
)
def test_the_way_to_see_the_site_is_told_as_this_command_was_typed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, typed: str, shown: str
) -> None:
    monkeypatch.setattr(sys, "argv", [typed])
    assert f"See the site: {shown}, then open " in run("lisbon-2027", "--yes").stdout
    assert f"cd 'a b' && {shown}" in run("rome-2027", "--yes", "--folder", "a b").stdout


def test_what_is_there_is_never_touched(folder: Path) -> None:
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text("mine")
    result = run("lisbon-2027", "--yes")
    assert (folder / "docs/index.md").read_text() == "mine"
    assert "docs/index.md: left as it is." in result.stdout
    again = run("lisbon-2027", "--yes", "--name", "Other")
    assert again.exit_code == 1
    assert again.stderr.startswith(
        "fests/lisbon-2027.yml: error: already exists. Rename or delete it"
    )
    assert load(folder / "fests/lisbon-2027.yml").name == "Hack Days Lisbon"


def test_all_that_is_wrong_is_said_at_once_and_nothing_written(folder: Path) -> None:
    result = run(
        *("Oslo 2027", "--yes", "--country", "Norge", "--timezone", "Europe/Osl"),
        *("--dates", "next week", "--rsvp", "http://x.org/"),
    )
    assert result.exit_code == 1
    places = [line.split(":", 1)[0] for line in result.stderr.splitlines()]
    assert places == ["ID", "--country", "--timezone", "--dates", "--rsvp"]
    assert files_in(folder) == set()


def test_what_cannot_be_guessed_has_to_be_given(folder: Path) -> None:
    result = run("porto-2027", "--yes", "--country", "PT")
    assert result.exit_code == 1
    assert result.stderr.startswith("--timezone: error: is not given, and cannot be guessed.")
    assert run("porto-2027", "--yes", "--country", "Italy").exit_code == 0
    assert load(folder / "fests/porto-2027.yml").timezone.key == "Europe/Rome"


def test_each_question_is_asked_again_until_its_answer_fits(folder: Path) -> None:
    typed = (
        "party\nworkshops\nworkshop\nremote\non-site\nPorto\n\nPortugl\nPortugal\n\n2027-05-24..25\n"
        "Casa & Co: #1\n"
        "ftp://x\ntba\n\nred\n#ffffff #000000\nPlum\nround\n\n"
    )
    result = run("porto-2027", typed=typed)
    assert result.exit_code == 0, result.output
    fest = load(folder / "fests/porto-2027.yml")
    assert (fest.country, fest.timezone.key) == ("PT", "Europe/Lisbon")
    assert fest.venues["casa-co-1"].name == "Casa & Co: #1"
    assert fest.rsvp is not None
    assert fest.rsvp.url is TBA
    assert list(fest.events) == ["workshop"]
    assert (fest.look.primary, fest.look.motif) == (COLOURS["plum"].primary, "peaks")
    assert result.stdout.count("Error: ") == 8


def test_an_empty_answer_is_asked_again_with_a_reason(folder: Path) -> None:
    result = run("porto-2027", typed="\n\n\n\n\n  \nPortugal\n" + "\n" * 7)
    assert result.exit_code == 0, result.output
    assert result.stdout.count("The country, by its English name or two letters: ") == 3
    assert 'Error: "" is empty. Type an answer.' in result.stdout
    assert 'Error: "  " is empty. Type an answer.' in result.stdout


def test_a_country_that_is_not_known_can_be_named_in_english(folder: Path) -> None:
    result = run("hack-turku-2027", typed="\n\nTurku\n\nSuomi\nfi\n" + "\n" * 8)
    assert result.exit_code == 0, result.output
    advice = "Type its name in English, or its two letters, like FR."
    assert f'Error: "Suomi" is not a country. {advice}' in result.stdout
    assert load(folder / "fests/hack-turku-2027.yml").country == "FI"


@pytest.mark.parametrize("placeholder", ["https://ti.to/url-to-do", "todo"])
def test_a_placeholder_is_asked_again_and_not_refused_at_the_end(
    folder: Path, placeholder: str
) -> None:
    result = run("lisbon-2027", typed="\n" * 8 + f"{placeholder}\ntba\n\n\n\n")
    assert result.exit_code == 0, result.output
    assert f'Error: "{placeholder}" is a placeholder.' in result.stdout


def test_who_goes_away_hears_that_nothing_was_written(folder: Path) -> None:
    result = run("porto-2027", typed="\n\nPorto\n")
    assert result.exit_code == 1
    assert result.stderr == "Nothing was written.\n"
    assert files_in(folder) == set()


@pytest.mark.parametrize("ending", ["yml", "yaml"])
def test_a_fest_that_is_there_is_told_before_anything_is_asked(folder: Path, ending: str) -> None:
    (folder / "fests").mkdir()
    (folder / f"fests/porto-2027.{ending}").write_text("mine")
    result = run("porto-2027", typed="")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"fests/porto-2027.{ending}: error: already exists.")
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("typed", "advised"), [("São Paulo 2027", "sao-paulo-2027"), ("Київ", "lisbon-2027")]
)
def test_an_id_that_names_no_file_is_refused_with_one_that_does(
    folder: Path, typed: str, advised: str
) -> None:
    advice = f"Use lower-case letters, digits and “-”, like {advised}.\n"
    assert run(typed, typed="").stderr.endswith(advice)


def test_a_wrong_option_is_said_before_anything_is_asked(folder: Path) -> None:
    result = run("porto-2027", "--rsvp", "porto", typed="")
    assert result.exit_code == 1
    assert result.stderr.startswith('--rsvp: error: "porto"')
    assert result.stdout == ""


@given(
    name=st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1).filter(str.strip),
    venue=st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1).filter(
        str.strip
    ),
)
def test_any_name_is_read_back_as_it_was_given(name: str, venue: str) -> None:
    name, venue = name.strip(), venue.strip()
    text = fest_file(Beginning("x-2027", name, name, "PT", "Europe/Lisbon", venue=venue))
    fest, problems = load_fest(text.encode(), path="x.yml", fest_id="x-2027")
    assert [each for each in problems if "is a placeholder" not in each.message] == []  # "?"
    assert fest is not None
    assert (fest.name, fest.city) == (name, name)
    (place,) = fest.venues.values()
    assert place.name == (TBA if venue.casefold() == "tba" else venue)


@pytest.mark.parametrize(
    "name",
    [
        "RustFest: Paris",
        "a # b",
        '"quoted"',
        "it's",
        "🦀 Fest",
        "NO",
        "2027",
        "- x",
        "a\tb",
        "Київ",
    ],
)
def test_a_difficult_name_comes_back_from_the_command(folder: Path, name: str) -> None:
    assert run("lisbon-2027", "--yes", "--name", name).exit_code == 0
    assert load(folder / "fests/lisbon-2027.yml").name == name


def test_the_site_has_the_name_that_was_given(folder: Path) -> None:
    run("lisbon-2027", "--yes", "--name", "Festa do Rust 2027", "--description", "A: big #1")
    others = files_in(folder) - {"fests/lisbon-2027.yml"}
    naming = [path for path in others if "Festa" in (folder / path).read_text("utf-8")]
    assert naming == ["mkdocs.yml"]
    settings = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    assert (settings["site_name"], settings["site_description"]) == ("Festa do Rust", "A: big #1")


@pytest.mark.parametrize(
    ("fest_id", "name", "site_name", "city"),
    [
        ("hack-ghent-2027", "Hack Ghent", "Hack Ghent", "Ghent"),
        ("lisbon-2027", "Meetup Lisbon", "Meetup", "Lisbon"),
        ("new-york-2027", "Meetup New York", "Meetup", "New York"),
        ("rust-new-york-2027", "Rust New York", "Rust New York", "New York"),
    ],
)
def test_name_and_city_are_guessed_from_the_id(
    folder: Path, fest_id: str, name: str, site_name: str, city: str
) -> None:
    run(fest_id, "--yes", "--kind", "meetup", "--country", "BE", "--timezone", "Europe/Brussels")
    fest = load(folder / f"fests/{fest_id}.yml")
    settings = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    assert (fest.name, settings["site_name"], fest.city) == (name, site_name, city)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_site_says_nothing_of_another_fest(folder: Path, kind: str) -> None:
    ids = ("hack-ghent-2027", "--kind", kind, "--country", "BE")
    assert run(*ids, "--yes").exit_code == 0
    written = files_in(folder) - {"fests/fest.schema.json"}
    texts = {path: (folder / path).read_text("utf-8") for path in written}
    for path, text in texts.items():
        rest = text.replace("mkdocs-impldays", "").replace("IMPLDAYS_PACKAGE", "")
        rest = re.sub(r"[\"-]?\s*impldays(:| check| next-change|\.band|\")", "", rest)
        assert not re.search(r"rust|impl|paris|lisbon|ferris", rest, re.IGNORECASE), path
    fest = load(folder / "fests/hack-ghent-2027.yml")
    assert [*fest.events] == [KINDS[kind].event]
    assert fest.description == KINDS[kind].description
    assert "permalink: /about/" in texts["docs/about.md"]
    for page in ("docs/take-part.md", "docs/now.md"):
        assert (page in texts) == (kind == "conference")


@pytest.mark.parametrize("name", COLOURS)
def test_the_colours_on_offer_can_be_read_on_light_and_dark_pages(name: str) -> None:
    pair = COLOURS[name]
    assert contrast(pair.primary, "#ffffff") >= READABLE
    assert contrast(pair.accent, DARK_PAGE) >= READABLE
    assert contrast(pair.accent, pair.primary) >= READABLE
    assert len(COLOURS) == 6


def test_the_colours_are_shown_in_a_terminal(folder: Path) -> None:
    typed = "\n" * 13
    result = CliRunner().invoke(main, ["new", "lisbon-2027"], input=typed, color=True)
    assert result.exit_code == 0, result.output
    for name, pair in COLOURS.items():
        red, green, blue = (int(pair.primary[place : place + 2], 16) for place in (1, 3, 5))
        assert f"48;2;{red};{green};{blue}m  {name:^6}" in result.output
    look = load(folder / "fests/lisbon-2027.yml").look
    assert look.primary == COLOURS["slate"].primary


@pytest.mark.parametrize(
    "colours", ["Forest", "#1d4033 #f0d264", "#1D4033, #F0D264", '"#1d4033 #f0d264"']
)
def test_colours_are_named_or_typed(folder: Path, colours: str) -> None:
    assert run("lisbon-2027", "--yes", "--colours", colours).exit_code == 0
    assert load(folder / "fests/lisbon-2027.yml").look.primary.lower() == "#1d4033"


def test_three_lines_say_what_to_do_next(folder: Path) -> None:
    written, _, told = run("lisbon-2027", "--yes").stdout.rpartition("\n\n")
    assert all(line.endswith(": written.") for line in written.splitlines())
    see, write, publish = told.splitlines()
    assert see.startswith("See the site: ")
    assert write.startswith("Write what you know into fests/lisbon-2027.yml")
    assert write.endswith("5 facts are “tba”: impldays check lists them.")
    assert publish == "Publish it: mkdocs gh-deploy --strict"


def test_the_workflow_installs_what_it_is_told_to(folder: Path) -> None:
    run("lisbon-2027", "--yes", "--package", "git+https://git.example/impldays@main")
    workflow = yaml.safe_load((folder / ".github/workflows/publish.yml").read_text("utf-8"))
    address = "git+https://git.example/impldays@main"
    assert workflow["env"]["PACKAGE"] == f"${{{{ vars.IMPLDAYS_PACKAGE || '{address}' }}}}"
    steps = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
    assert [step for step in steps if "pip" in step] == ['pip install "$PACKAGE"'] * 2
    assert run("rome-2027", "--yes", "--package", "a' b").exit_code == 2


def test_when_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("a file where a folder should be")
    _, problems = write_new(tmp_path, {"a/b/c.yml": b"1", "docs/index.md": b"2"})
    assert [problem.path for problem in problems] == ["docs/index.md"]
    assert files_in(tmp_path) == {"docs"}
    assert not (tmp_path / "a").exists()


def test_a_link_that_points_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "x.yml").symlink_to(tmp_path / "elsewhere.yml")
    assert len(write_new(tmp_path, {"x.yml": b"1"})[1]) == 1
    assert not (tmp_path / "elsewhere.yml").exists()


def test_days_over_new_year_need_a_year(folder: Path) -> None:
    place = ("lisbon-2027", "--yes", "--kind", "hack-days")
    done = run(*place, "--dates", "30 December to 2 January")
    advice = "Write it, like 2026-12-30 to 2027-01-02."
    message = f'"30 December to 2 January" runs over New Year and names no year. {advice}'
    assert (done.exit_code, done.stderr) == (1, f"--dates: error: {message}\n")
    assert run(*place, "--dates", "30 December 2027 to 2 January 2028").exit_code == 0
    fest = load(folder / "fests/lisbon-2027.yml")
    assert [f"{day}" for day in fest.dates] == [
        "2027-12-30",
        "2027-12-31",
        "2028-01-01",
        "2028-01-02",
    ]
