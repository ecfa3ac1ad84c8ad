"""What a page shows is never older than what it is made of, whichever command builds it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mkdocs_impldays.scaffold import fest_file, site_files
from tests.engines.comparing import SERVE
from tests.engines.test_same_site import LISBON
from tests.fests import ROOT
from tests.serving import served
from tests.sites.building import write

COMMANDS = {
    "impldays": [sys.executable, "-m", "mkdocs_impldays.cli", "build"],
    "zensical": [sys.executable, "-m", "zensical", "build"],
}
PROGRAMME = "fests/talks.json"
PARTIAL = "overrides/partials/impldays/venue.html"
LAST_DAY, DAY_AFTER = "1812456000", "1812542400"
"""Noon of 8 and of 9 June 2027, in seconds since 1970."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a new site for Zensical, with a programme file."""
    fest = fest_file(LISBON)
    assert "    venue: town-hall\n" in fest
    venue = "    venue: town-hall\n"
    fest = fest.replace(venue, f"{venue}    programme: talks.json\n")
    programme = (ROOT / "tests/golden/programme/pretalx.json").read_text("utf-8")
    for old, new in (("2027-06-05", "2027-06-08"), ("2027-06-04", "2027-06-07")):
        programme = programme.replace(old, new)
    write(tmp_path, site_files(LISBON, "zensical"))
    write(tmp_path, {"fests/lisbon-2027.yml": fest, PROGRAMME: programme})
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def changes(folder: Path) -> Iterator[tuple[str, str]]:
    """Make one change after another; yield a page and the text that it then has to show."""
    change(folder / "fests/lisbon-2027.yml", "Town Hall", "Old Library")
    yield "location", "Old Library"
    with (folder / "fests/lisbon-2027.yml").open("a") as file:
        file.write('phrases: {event.past: "Gone by: {event}, {dates}"}\n')
    yield "about", "Gone by"
    change(folder / "fests/lisbon-2027.yml", "Gone by", "Long past")
    yield "about", "Long past"
    change(folder / PROGRAMME, "Night of hacking", "Night of knitting")
    yield "schedule", "Night of knitting"
    write(folder, {PARTIAL: "<p>Around the corner.</p>\n"})
    yield "location", "Around the corner."
    change(folder / PARTIAL, "corner", "square")
    yield "location", "Around the square."


def build(folder: Path, command: str, **environment: str) -> None:
    environ = {key: value for key, value in os.environ.items() if key != "IMPLDAYS_NOW"}
    environ |= {"SOURCE_DATE_EPOCH": LAST_DAY} | environment
    done = subprocess.run(
        COMMANDS[command], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def page(folder: Path, name: str) -> str:
    return (folder / "site" / name / "index.html").read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_build_shows_what_has_changed_since_the_last(folder: Path, command: str) -> None:
    build(folder, command)
    for name, text in changes(folder):
        assert text not in page(folder, name)
        build(folder, command)
        assert text in page(folder, name), text


@pytest.mark.parametrize("command", COMMANDS)
def test_a_build_is_of_its_own_moment(folder: Path, command: str) -> None:
    for environment, is_on in (
        ({}, True),
        ({"SOURCE_DATE_EPOCH": DAY_AFTER}, False),  # the clock went on
        ({"IMPLDAYS_NOW": "2027-06-08T12:00"}, True),
        ({"IMPLDAYS_NOW": "2027-06-09T12:00"}, False),
        ({}, True),
    ):
        build(folder, command, **environment)
        html = page(folder, "about")
        assert ('data-rsvp="now"' in html) == is_on, environment


def test_serve_follows_every_change(folder: Path) -> None:
    with served(folder, SERVE) as wait:
        wait("about/", "impldays-timebar")
        for name, text in changes(folder):
            wait(f"{name}/", text)
