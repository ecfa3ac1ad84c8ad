"""`impldays import`: a Jekyll site as a fest file and pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_impldays.cli import main
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.typed import TBA
from tests import engine

OSLO = Path(__file__).parents[1] / "sites" / "jekyll-oslo"
PORTO = OSLO.with_name("jekyll-porto")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def oslo(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OSLO, tmp_path / "old" / "oslo"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, arguments)], catch_exceptions=False)


def load(path: Path) -> Fest:
    fest, problems = load_fest(path.read_bytes(), path=path.name, fest_id=path.stem)
    assert problems == []
    assert fest is not None
    return fest


def test_the_configuration_becomes_a_fest_file(folder: Path) -> None:
    assert run(OSLO).exit_code == 0
    fest = load(folder / "fests/oslo-2027.yml")
    assert (fest.name, fest.city, fest.country) == ("Crabfest Oslo", "Oslo", "NO")
    assert (fest.timezone.key, fest.url) == ("Europe/Oslo", "https://oslo.crabfest.no/")
    days = {key: [day.date for day in event.known_days] for key, event in fest.events.items()}
    assert days == {
        "talks": [date(2027, 5, 22)],
        "workshops": [],
        "impl_days": [date(2027, 5, 24), date(2027, 5, 25)],
        "party": [],
    }
    impl_days = fest.events["impl_days"]
    assert list(impl_days.venue_ids()) == ["harbour-library", "cafe-maken"]
    assert fest.venues["cafe-maken"].name == "Café Måken"
    assert fest.events["party"].days is TBA
    assert fest.site["location"] == {"boat": "MS Ferris"}
    assert fest.site["social"] == {"mastodon": "crabfest"}


def test_a_page_with_variables_comments_and_markdown_in_html_stays_as_it_is(folder: Path) -> None:
    result = run(OSLO)
    assert (folder / "docs/about.md").read_bytes() == (OSLO / "about.md").read_bytes()
    assert (folder / "docs/assets/crab.png").read_bytes() == (OSLO / "assets/crab.png").read_bytes()
    assert "Pages as they were: 1, changed: 2." in result.stdout


@pytest.mark.parametrize(
    "said",
    [
        '_config.yml:22: dates.workshops: "some time on Sunday" cannot be read: "some" is no word',
        '_config.yml:21: dates.talks: "Saturday, May 22nd" is read as 2027-05-22.',
        '_config.yml:7: url: "http://www.crabfest.no" is not the host in CNAME',
        'index.html:8: "{% for person in site.people %}" is a loop, which is not carried over.',
        '_includes/banner.html:3: "{% case page.lang %}" is a tag “case”',
        'location.md:15: "{{ site.location.city }}" stands in code',
        "_people/: has no counterpart",
        "feed.xml:1: is made by Liquid",
        "notes.md:1: has no front matter",
        "_config.yml: holds what no page prints, and was left out: social.forge.",
    ],
)
def test_what_was_left_or_read_is_told_with_its_line(folder: Path, said: str) -> None:
    lines = run(OSLO).stderr.splitlines()
    assert [line for line in lines if line.startswith(said)] != []


def test_an_include_of_another_page_is_not_told_as_left(folder: Path) -> None:
    assert "tram.html:1" not in run(OSLO).stderr


def test_old_addresses_send_on(folder: Path) -> None:
    run(OSLO)
    assert "url=../about_impl_days/" in (folder / "docs/impl/index.html").read_text()
    assert "url=https://video.crabfest.no/" in (folder / "docs/live/index.html").read_text()
    assert 'href="location/"' in (folder / "docs/location.html").read_text()


def test_the_imported_site_builds_and_reads_right(folder: Path) -> None:
    run(OSLO)
    done = subprocess.run(
        [*engine.COMMAND, "build", "--quiet"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "IMPLDAYS_NOW": "2027-01-01T12:00", "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    about = (folder / "site/about_impl_days/index.html").read_text("utf-8")
    assert "Monday, May 24th and Tuesday, May 25th" in about
    assert "Café Måken" in about
    location = (folder / "site/location/index.html").read_text("utf-8")
    assert "We meet at the Old Customs House." in location
    home = (folder / "site/index.html").read_text("utf-8")
    assert "site.people" not in home
    assert "{%" not in home + about + location


def test_a_missing_fact_stops_the_import_and_can_be_given(folder: Path, oslo: Path) -> None:
    (oslo / "_config.yml").write_text("title: Crabfest\n")
    for page in ("index.html", "about.md", "location.md"):
        (oslo / page).unlink()
    result = run(oslo)
    assert result.exit_code == 1
    missing = [line for line in result.stderr.splitlines() if "says nothing of" in line]
    assert [line.rsplit(" ", 1)[-1] for line in missing] == ["--city.", "--country.", "--timezone."]
    assert not (folder / "fests").exists()
    result = run(oslo, "--city", "Oslo", "--id", "crabs-1")
    assert result.exit_code == 0, result.stderr
    assert load(folder / "fests/crabs-1.yml").events["impl_days"].days is TBA


def test_of_several_time_zones_one_has_to_be_given(folder: Path) -> None:
    result = run(PORTO)
    assert result.exit_code == 1
    assert "Europe/Lisbon, Atlantic/Madeira, Atlantic/Azores" in result.stderr
    assert run(PORTO, "--timezone", "Europe/Lisbon").exit_code == 0
    fest = load(folder / "fests/porto-2027.yml")
    days = {key: [day.date.day for day in event.known_days] for key, event in fest.events.items()}
    assert days == {"talks": [6, 7], "impl_days": [8, 9]}
    assert {event.venue for event in fest.events.values()} == {"faculdade-de-engenharia-oficinas"}


def test_front_matter_that_is_no_yaml_is_told_and_left(folder: Path) -> None:
    result = run(PORTO, "--timezone", "Europe/Lisbon")
    assert "live.md:1: has front matter that is not YAML." in result.stderr
    assert (folder / "docs/live.md").read_bytes() == (PORTO / "live.md").read_bytes()
    assert not (folder / "docs/live.html").exists()


def test_an_include_prints_what_its_page_has_made(folder: Path) -> None:
    run(PORTO, "--timezone", "Europe/Lisbon")
    text = (folder / "docs/schedule.md").read_text("utf-8")
    assert '{% set heading %}{{site.location.city}}, day by day <svg viewBox="0 0 9 9">' in text
    assert "<h1>{{ heading }}</h1>" in text


def test_what_is_there_is_not_touched(folder: Path) -> None:
    (folder / "docs").mkdir()
    (folder / "docs/about.md").write_text("mine")
    result = run(OSLO)
    assert result.exit_code == 1
    assert "docs/about.md: is there already." in result.stderr
    assert [path.name for path in folder.iterdir()] == ["docs"]


def test_a_twin_that_says_something_else_is_told(folder: Path, oslo: Path) -> None:
    path = oslo / "_config.yml"
    path.write_text(path.read_text().replace("May 24th and Tuesday, May 25th", "May 17th"))
    assert (
        '_config.yml:24: dates.impl_days_no_br: "Monday, May 17th" is not what' in run(oslo).stderr
    )


def test_a_redirect_cannot_leave_the_folder(folder: Path, oslo: Path) -> None:
    (oslo / "evil.md").write_text("---\nredirect_to: /x/\npermalink: /../../evil/\n---\n")
    (oslo / "script.md").write_text("---\nredirect_to: javascript:alert(1)\n---\n")
    result = run(oslo)
    assert 'evil.md: permalink "/../../evil/" leaves the site' in result.stderr
    assert 'script.md: redirects to "javascript:alert(1)", which is no address.' in result.stderr
    assert not list(folder.parent.glob("evil*"))


def test_an_old_address_that_a_file_has_already_is_told(folder: Path, oslo: Path) -> None:
    (oslo / "location.html").write_text("<p>plain</p>")
    (oslo / "impl").mkdir()
    (oslo / "impl/index.html").write_text("---\n---\n")
    (oslo / "a.md").write_text("---\nredirect_from: /assets/crab.png\n---\n")
    result = run(oslo)
    assert 'a.md: cannot send on from "/assets/crab.png", where a file is.' in result.stderr
    assert (folder / "docs/assets/crab.png").read_bytes().startswith(b"\x89PNG")


def test_a_folder_that_is_no_jekyll_site_is_said_to_be_none(folder: Path) -> None:
    (folder / "empty").mkdir()
    result = run("empty")
    assert result.exit_code == 1
    assert result.stderr == "_config.yml: is not there. Is this a Jekyll site?\n"
