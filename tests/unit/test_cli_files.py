"""`impldays files` and `impldays schema`: what leaves for other programs, without a build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from jsonschema import Draft7Validator

from mkdocs_impldays.cli import main

ROME = """\
name: RustFest Rome
city: Rome
country: IT
timezone: Europe/Rome
events: {impl_days: {title: impl Days, days: [2018-11-26]}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    (tmp_path / "fests").mkdir()
    (tmp_path / "fests/rome-2018.yml").write_text(ROME)
    paris = ROME.replace("Rome", "Paris").replace("IT", "FR").replace("2018-11-26", "2018-05-28")
    (tmp_path / "fests/paris-2018.yml").write_text(paris)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def test_calendars_and_data_of_all_fests_are_written(folder: Path) -> None:
    result = run("files", "out", "--site-url", "https://rustfest.eu/")
    assert result.exit_code == 0
    written = {line.removesuffix(": written.") for line in result.stdout.splitlines()}
    there = {p.relative_to(folder).as_posix() for p in (folder / "out").rglob("*") if p.is_file()}
    assert there == written
    feed = Calendar.from_ical((folder / "out/calendar/fests.ics").read_bytes())
    assert len(feed.walk("VEVENT")) == 2
    for fest in ("rome-2018", "paris-2018"):
        data = json.loads((folder / f"out/fests/{fest}.json").read_bytes())
        assert data["id"] == fest
        about = json.loads((folder / f"out/fests/{fest}.jsonld").read_bytes())
        assert (about["@context"], about["@type"]) == ("https://schema.org", "Event")
        assert about["image"] == f"https://rustfest.eu/assets/impldays/{fest}-card.png"
    script = (folder / "out/assets/impldays/impldays.js").read_text()
    assert "data-from" in script
    assert (folder / "out/assets/impldays/impldays.css").is_file()


def test_what_is_on_offer_follows_the_moment(folder: Path) -> None:
    rsvp = 'rsvp: {event: impl_days, url: "https://ti.to/rome", closes: 2018-11-20}\n'
    (folder / "fests/rome-2018.yml").write_text(ROME + rsvp)
    offers = []
    for moment in ("2018-11-01", "2018-11-22"):
        run("files", "out", "--at", moment)
        about = json.loads((folder / "out/fests/rome-2018.jsonld").read_bytes())
        offers.append("offers" in about)
    assert offers == [True, False]


def test_a_second_run_gives_the_same_bytes(folder: Path) -> None:
    run("files", "out")
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    assert run("files", "out").exit_code == 0
    assert {path: path.read_bytes() for path in before} == before


def test_of_a_broken_fest_nothing_is_written(folder: Path) -> None:
    (folder / "fests/rome-2018.yml").write_text("name: [")
    assert run("files", "out").exit_code == 1
    assert not (folder / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out/calendar").write_text("in the way")
    result = run("files", "out")
    assert result.exit_code == 1
    assert result.stderr.startswith("out/calendar/")


def test_the_schema_is_one(folder: Path) -> None:
    result = run("schema")
    schema = json.loads(result.stdout)
    Draft7Validator.check_schema(schema)
    assert "timezone" in schema["properties"]


@pytest.mark.parametrize("typed", ["rustfest.eu", "https://", "https:// x", "ftp://rustfest.eu/"])
def test_a_sites_address_is_a_whole_one(folder: Path, typed: str) -> None:
    result = run("files", "out", "--site-url", typed)
    assert result.exit_code == 2
    assert f'"{typed}" is not an address. Write it like https://' in result.stderr
    assert not (folder / "out").exists()
