"""The commands load no library before they need it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_HEAVY = ("babel", "icalendar", "jinja2", "markdown", "mkdocs", "pydantic", "PIL", "segno", "yaml")
_PROGRAM = """
import json, sys
from mkdocs_impldays.cli import main
try:
    main(sys.argv[1:], prog_name="impldays")
finally:
    print(json.dumps(sorted(sys.modules)))
"""


def loaded(*arguments: str, folder: Path | None = None) -> tuple[str, set[str]]:
    """Return what a command prints in a fresh process, and which of `_HEAVY` it has imported."""
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    printed, _, modules = run.stdout.rstrip().rpartition("\n")
    return printed, set(_HEAVY) & set(json.loads(modules))


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_list_of_commands_needs_no_library(option: str) -> None:
    assert loaded(option)[1] == set()


def test_the_next_change_needs_what_reads_a_fest_and_no_site(tmp_path: Path) -> None:
    fest = "name: A\ncity: Rome\ncountry: IT\ntimezone: Europe/Rome\n"
    fest += "events: {talks: {title: Talks, days: [2018-05-28]}}\n"
    path = tmp_path / "rome-2018.yml"
    path.write_text(fest, "utf-8")
    arguments = ("next-change", "--fests", str(path), "--at", "2018-05-01T12:00")
    printed, libraries = loaded(*arguments, folder=tmp_path)
    assert printed.splitlines()[0] == "2018-05-28T00:00:00+02:00"
    assert libraries <= {"babel", "pydantic", "yaml"}


@pytest.mark.parametrize("command", ["check", "files", "import", "new", "next-change", "schema"])
def test_each_command_that_is_listed_can_be_typed(command: str) -> None:
    assert f"\n  {command} " in loaded("--help")[0]
    assert loaded(command, "--help")[0].startswith(f"Usage: impldays {command} ")
