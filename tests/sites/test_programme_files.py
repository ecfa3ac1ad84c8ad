"""Sites whose sessions come from a file that pretalx, frab or Sessionize made."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config

from mkdocs_impldays.cli import main
from tests.fests import HEAD, ROOT
from tests.sites.building import Built, built, site

GOLDEN = ROOT / "tests/golden/programme"
PROGRAMME = "fests/talks.json"
FEST = f"""{HEAD}venues: {{casa: {{name: Casa}}}}
events:
  talks:
    title: Talks
    days: [2027-06-04, 2027-06-05]
    venue: casa
    programme: talks.json
"""


def export(title: str = "Errors", **changes: str) -> str:
    session = {"guid": "64339e85-8acb-57be-b9db-fd7e7073c5a9", "title": title}
    session |= {"date": "2027-06-04T10:00:00+02:00", "duration": "00:45", **changes}
    days = [{"rooms": {"Hall": [session]}}]
    return json.dumps({"schedule": {"conference": {"days": days}}})


def folder_of(tmp_path: Path, *, fest: str = FEST, **files: str) -> Path:
    pages = {"docs/index.md": "# Home\n\n{{ schedule() }}\n", PROGRAMME: export(), **files}
    return site(tmp_path, pages, fest=fest, options={"now": "2027-06-01T12:00"})


def test_sessions_of_a_file_are_in_pages_and_data(tmp_path: Path) -> None:
    done = built(folder_of(tmp_path))
    assert not done.stopped, done.lines
    assert "Errors" in done.page()
    assert "Hall" in done.page()
    schedule = json.loads(done.page("fests/paris-2018/schedule.json"))["schedule"]
    (session,) = schedule["conference"]["days"][0]["rooms"]["Hall"]
    assert (session["guid"], session["duration"]) == (
        "64339e85-8acb-57be-b9db-fd7e7073c5a9",
        "00:45",
    )


def test_a_newer_export_only_replaces_the_file(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    assert "Errors" in built(folder).page()
    (folder / PROGRAMME).write_text(export("Macros"), "utf-8")
    done = built(folder)
    assert "Macros" in done.page()
    assert "Macros" in done.page("fests/paris-2018/schedule.xml")
    assert "Errors" not in done.page()


def test_texts_of_a_file_are_those_of_strangers(tmp_path: Path) -> None:
    done = built(folder_of(tmp_path, **{PROGRAMME: export("<script>alert(1)</script> {{ fest }}")}))
    assert not done.stopped, done.lines
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ fest }}" in done.page()


def test_pages_of_sessions_and_speakers_keep_out_what_strangers_typed(tmp_path: Path) -> None:
    text = "**bold** {{ fest.name }} <script>alert(1)</script> [x](javascript:alert(2)) <img src=x>"
    session = json.loads(export())
    (event,) = session["schedule"]["conference"]["days"][0]["rooms"]["Hall"]
    event |= {"abstract": text, "persons": [{"public_name": "<b>Eve", "biography": text}]}
    done = built(folder_of(tmp_path, **{PROGRAMME: json.dumps(session)}))
    assert not done.stopped, done.lines
    pages = list((done.folder / "site/fests").rglob("index.html"))
    own = [path for path in pages if path.parts[-3] in {"sessions", "speakers"}]
    assert len(own) == 2
    for path in own:
        body = done.body(path.relative_to(done.folder / "site").as_posix())
        assert "<strong>bold</strong>" in body
        assert "&#60;script&#62;alert" in body
        assert not re.search(r"<script>alert|<img|<b>Eve|href=.javascript", body)


def test_what_is_wrong_is_said_at_its_place_in_the_file(tmp_path: Path) -> None:
    done = built(folder_of(tmp_path, **{PROGRAMME: export(date="2027-07-04T10:00:00+02:00")}))
    assert next(iter(done.lines)).startswith(
        f'{PROGRAMME}: schedule.conference.days[0].rooms["Hall"][0]: "Errors" is on 2027-07-04'
    )


def test_a_file_that_is_not_there_stops_the_build_at_its_line(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / PROGRAMME).unlink()
    done = built(folder)
    assert done.stopped
    line = FEST.splitlines().index("    programme: talks.json") + 1
    assert any(
        f"fests/paris-2018.yml:{line}: events.talks.programme" in each for each in done.lines
    )


def test_a_file_of_more_than_five_megabytes_is_not_read(tmp_path: Path) -> None:
    done = built(folder_of(tmp_path, **{PROGRAMME: export() + " " * 5_000_000}))
    assert done.stopped
    assert any(f"{PROGRAMME}: is larger than 5 MB" in each for each in done.lines)


def test_a_link_that_leads_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text(export("Secret"), "utf-8")
    folder = folder_of(tmp_path / "site")
    (folder / PROGRAMME).unlink()
    try:
        (folder / PROGRAMME).symlink_to(outside)
    except OSError:
        pytest.skip("this system makes no symbolic links")
    done = built(folder)
    assert done.stopped
    assert any("leads out of the project" in each for each in done.lines)


def test_serve_watches_a_file_above_the_folder_of_fests(tmp_path: Path) -> None:
    fest = FEST.replace("talks.json", "../talks.json")
    folder = folder_of(tmp_path, fest=fest, **{"talks.json": export()})
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    config = config.plugins.on_config(config)
    config.plugins.on_shutdown()
    assert str(folder / "talks.json") in config.watch


@pytest.mark.parametrize("command", [["check"], ["next-change"], ["files", "out"]])
def test_the_commands_read_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    folder = folder_of(tmp_path)
    (folder / "mkdocs.yml").unlink()
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    (folder / PROGRAMME).unlink()
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert '"fests/talks.json" does not exist' in done.output


TYPED = (GOLDEN / "typed.yml").read_text("utf-8")
NOT_COMPARED = ("DTSTAMP", "LAST-MODIFIED", "CREATED", "SEQUENCE")
"""Properties of a calendar that say when the file changed."""


def form_of(folder: Path, name: str) -> Built:
    """Build the site of a programme in one of its four forms."""
    fest, files = TYPED, {}
    if name != "typed.yml":
        head = TYPED.partition("venues:")[0]
        days = re.findall(r"date: (\S+)", TYPED)
        fest = f"""{head}venues: {{centro: {{name: Centro}}}}
events:
  talks:
    title: Lisboa 2027
    venue: centro
    days: [{", ".join(days)}]
    programme: {name}
"""
        files[f"fests/{name}"] = (GOLDEN / name).read_text("utf-8")
    done = built(folder_of(folder, fest=fest, **files))
    assert not done.stopped, done.lines
    return done


def schedule_of(done: Built) -> str:
    """Return the words of the schedule in the order of the page."""
    words = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", done.body(), flags=re.DOTALL)
    return " ".join(words.split())


def sessions_of(done: Built, *, without: frozenset[str] = frozenset()) -> dict[str, dict[str, Any]]:
    """Return the sessions of the schedule file by their guids, with the names of their speakers."""
    conference = json.loads(done.page("fests/paris-2018/schedule.json"))["schedule"]["conference"]
    found = {}
    for day in conference["days"]:
        for name, events in day["rooms"].items():
            for each in events:
                people = [person["public_name"] for person in each["persons"]]
                facts = {key: fact for key, fact in each.items() if key not in without}
                found[each["guid"]] = {**facts, "room": name, "persons": people}
    return found


def calendars_of(done: Built, *, is_poor: bool) -> dict[str, list[str]]:
    """Return the lines of each calendar of the site, without what says when it changed.

    With `is_poor`, neither addresses nor what Sessionize cannot hold of a session.
    """
    folder = done.folder / "site"
    without = (*NOT_COMPARED, "URL") if is_poor else NOT_COMPARED
    lacking = r'One "subtitle"\\n|Slides: \S+?\\n' if is_poor else "(?!)"
    return {
        path.relative_to(folder).as_posix(): [
            re.sub(lacking, "", line)
            for line in path.read_text("utf-8").replace("\n ", "").splitlines()
            if not line.startswith(without)
        ]
        for path in folder.rglob("*.ics")
    }


@pytest.mark.parametrize("name", ["pretalx.json", "frab.xml", "sessionize.json"])
def test_four_forms_of_a_programme_make_the_same_site(tmp_path: Path, name: str) -> None:
    typed, other = form_of(tmp_path / "typed", "typed.yml"), form_of(tmp_path / "other", name)
    is_poor = name == "sessionize.json"
    lacking = {"subtitle", "url", "links", "attachments"} if is_poor else set[str]()
    without = frozenset(lacking | {"id"})
    assert sessions_of(other, without=without) == sessions_of(typed, without=without)
    calendars = calendars_of(typed, is_poor=is_poor)
    assert sum("/sessions/" in path for path in calendars) == len(sessions_of(typed))
    assert calendars_of(other, is_poor=is_poor) == calendars
    if not is_poor:
        assert schedule_of(other) == schedule_of(typed)


_LAUGHS = "".join(f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in pairwise("abcdefghij"))
HEAVY = {
    "deep.xml": "<schedule>" + "<a>" * 1_500_000,
    "deep.json": "[" * 4_900_000,
    "laughs.xml": f'<!DOCTYPE s [<!ENTITY a "ha">{_LAUGHS}]><schedule>&j;</schedule>',
    "long.xml": f'<!DOCTYPE s [<!ENTITY a "{"x" * 100_000}">]><s>{"&a;" * 100_000}</s>',
    "wide.xml": f"<schedule>{'<day/>' * 700_000}</schedule>",
    "number.json": f'{{"schedule": {"9" * 4_000_000}}}',
}
"""Files of less than 5 MB that become much more where they are read without a bound."""

MEASURED = """
import atexit, pathlib, runpy, sys
atexit.register(lambda: print(pathlib.Path("/proc/self/status").read_text(), file=sys.stderr))
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__")
"""
"""Runs a module, and prints what memory it took: `wait4` would count that of the tests too."""


@pytest.mark.parametrize("command", [("mkdocs", "build", "-q"), ("mkdocs_impldays.cli", "check")])
@pytest.mark.parametrize("name", HEAVY)
def test_a_file_made_to_be_heavy_is_one_problem(
    tmp_path: Path, name: str, command: tuple[str, ...]
) -> None:
    folder = folder_of(
        tmp_path, fest=FEST.replace("talks.json", name), **{f"fests/{name}": HEAVY[name]}
    )
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", MEASURED, *command], cwd=folder, stdout=log, stderr=log
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    text = (tmp_path / "log").read_text("utf-8")
    lines = text.splitlines()
    memory = re.search(r"VmHWM:\s+(\d+) kB", text)
    assert process.returncode == 1
    assert len([line for line in lines if f"fests/{name}" in line]) == 1, lines
    assert "Traceback" not in text
    assert used.ru_utime + used.ru_stime < 5, "seconds of CPU"
    assert memory
    assert int(memory[1]) < 300_000, "kB"
