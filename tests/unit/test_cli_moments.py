"""`impldays check` and `impldays next-change`: what is wrong, and what changes when."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_impldays.cli import main

PARIS = """\
name: RustFest Paris
city: Paris
country: FR
timezone: Europe/Paris
events:
  impl_days:
    title: impl Days
    days:
      - {date: 2018-05-28, opens: "09:00", closes: "18:00"}
"""
ROME = PARIS.replace("Paris", "Rome").replace("FR", "IT").replace("2018-05-28", "2018-11-26")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IMPLDAYS_NOW", raising=False)
    (tmp_path / "fests").mkdir()
    return tmp_path / "fests"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (
            "2018-05-27T12:00",
            [
                "2018-05-28T00:00:00+02:00",
                "Monday 28 May 2018 at 00:00 CEST: Day 1 (RustFest Paris)",
            ],
        ),
        (
            "2018-05-28 08:59",
            [
                "2018-05-28T09:00:00+02:00",
                "Monday 28 May 2018 at 09:00 CEST: impl Days: on now (RustFest Paris)",
            ],
        ),
        (
            "2018-05-28T07:30+00:00",
            [
                "2018-05-28T18:00:00+02:00",
                "Monday 28 May 2018 at 18:00 CEST: impl Days: over (RustFest Paris)",
            ],
        ),
        (
            "2018-06-01",
            [
                "2018-11-26T00:00:00+01:00",
                "Monday 26 November 2018 at 00:00 CET: Day 1 (RustFest Rome)",
            ],
        ),
        ("2018-12-01", ["none"]),
    ],
)
def test_the_next_change_of_all_fests_is_told_to_programs_and_to_people(
    folder: Path, moment: str, expected: list[str]
) -> None:
    (folder / "paris-2018.yml").write_text(PARIS)
    (folder / "rome-2018.yml").write_text(ROME)
    result = run("next-change", "--at", moment)
    assert (result.exit_code, result.stdout.splitlines()) == (0, expected)


def test_two_fests_that_change_at_once_are_both_named(folder: Path) -> None:
    (folder / "paris-2018.yml").write_text(PARIS)
    (folder / "lyon-2018.yml").write_text(
        PARIS.replace("Paris", "Lyon").replace("Europe/Lyon", "Europe/Paris")
    )
    assert run("next-change", "--at", "2018-05-01").stdout.splitlines() == [
        "2018-05-28T00:00:00+02:00",
        "Monday 28 May 2018 at 00:00 CEST: Day 1 (RustFest Lyon)",
        "Monday 28 May 2018 at 00:00 CEST: Day 1 (RustFest Paris)",
    ]


def test_the_moment_may_come_from_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "paris-2018.yml").write_text(PARIS)
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-28T12:00")
    assert run("next-change").stdout.startswith("2018-05-28T18:00:00+02:00\n")


def test_without_a_moment_the_real_clock_counts(folder: Path) -> None:
    (folder / "paris-2018.yml").write_text(PARIS)
    assert run("next-change").stdout == "none\n"
    (folder / "far.yml").write_text(PARIS.replace("2018-05-28", "2090-05-28"))
    assert run("next-change").stdout.startswith("2090-05-28T00:00:00+")


def test_a_moment_that_cannot_be_read_is_a_usage_error(folder: Path) -> None:
    result = run("next-change", "--at", "tomorrow")
    assert result.exit_code == 2
    assert '"tomorrow" is not a moment' in result.stderr


@pytest.mark.parametrize("moment", ["0001-01-01T00:00+14:00", "9999-12-31T23:59", "1969-12-31"])
@pytest.mark.parametrize("command", ["check", "next-change", "files out"])
def test_a_moment_that_no_fest_can_have_is_a_usage_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, moment: str
) -> None:
    (folder / "paris-2018.yml").write_text(PARIS)
    message = f'"{moment}" has a year out of range. Write one from 1970 to 2099.'
    result = run(*command.split(), "--at", moment)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    monkeypatch.setenv("IMPLDAYS_NOW", moment)
    assert message in run(*command.split()).stderr


@pytest.mark.parametrize("moment", ["1970-01-01T00:00+14:00", "2099-12-31T23:59-12:00"])
@pytest.mark.parametrize("command", ["next-change", "files out"])
def test_the_first_and_the_last_moment_can_be_asked_for(
    folder: Path, command: str, moment: str
) -> None:
    (folder / "paris-2018.yml").write_text(PARIS)
    assert run(*command.split(), "--at", moment).exit_code == 0


@pytest.mark.parametrize("command", ["check", "next-change"])
def test_a_broken_fest_file_is_named_with_its_line(folder: Path, command: str) -> None:
    (folder / "paris-2018.yml").write_text(PARIS.replace("FR", "France"))
    result = run(command)
    assert result.exit_code == 1
    assert result.stderr.startswith(
        'fests/paris-2018.yml:3: error: country: "France" is not a country'
    )


@pytest.mark.parametrize("command", ["check", "next-change"])
def test_a_folder_without_fests_is_said_to_be_one(folder: Path, command: str) -> None:
    result = run(command)
    assert result.exit_code == 1
    assert "fests: error: holds no fest file." in result.stderr
    result = run(command, "--fests", "nowhere")
    assert result.exit_code == 1
    assert result.stderr == (
        "nowhere: error: is not there. "
        'Begin one with "impldays new", or name its folder with --fests.\n'
    )


def test_what_has_no_end_is_no_fest_file(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yml")
    for where in ("fests/pipe.yml", os.devnull):
        result = run("next-change", "--fests", where)
        assert result.exit_code == 1
        assert result.stderr == f"{where}: error: cannot be read: it is not a file.\n"


def test_of_a_file_too_long_for_a_fest_only_the_beginning_is_read(folder: Path) -> None:
    with (folder / "paris-2018.yml").open("wb") as file:
        file.truncate(1 << 40)  # takes no room on the disk
    result = run("next-change")
    assert result.exit_code == 1
    assert 'the file has more than "250,000" bytes, more than any fest needs.' in result.stderr


@pytest.mark.parametrize("command", [["check"], ["next-change"], ["files", "out"]])
def test_a_file_that_is_not_named_like_a_fest_file_is_none(
    folder: Path, command: list[str]
) -> None:
    (folder / "paris.txt").write_text(PARIS)
    result = run(*command, "--fests", "fests/paris.txt")
    assert result.exit_code == 1
    assert result.stderr.startswith("fests/paris.txt: error: is not named like a fest file.")


def test_one_fest_file_may_be_named_alone(folder: Path) -> None:
    (folder / "paris-2018.yml").write_text(PARIS)
    (folder / "rome-2018.yml").write_text("name: [")
    result = run("check", "--fests", "fests/paris-2018.yml")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_good_file_passes_the_check(folder: Path) -> None:
    (folder / "paris-2018.yml").write_text(PARIS)
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "1 fest file: no problems.\n"


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        ("2018-03-01", "The fest begins in 88 days: write it as soon as you know."),
        ("2018-05-01", "The fest begins in 27 days: write it as soon as you know."),
        ("2018-05-27T23:59", "The fest begins tomorrow: write it now."),
        ("2018-05-28", "The fest begins today: write it now."),
        ("2018-05-28T12:00", "The fest begins today: write it now."),
        ("2018-05-30", "The fest is over: write what it was, or remove it."),
    ],
)
def test_the_check_lists_what_is_to_be_announced(folder: Path, moment: str, left: str) -> None:
    text = PARIS + "rsvp: {event: impl_days, url: TBA}\n"
    (folder / "paris-2018.yml").write_text(text)
    result = run("check", "--at", moment)
    severity = "hint" if moment in {"2018-03-01", "2018-05-30"} else "warning"
    assert result.exit_code == (0 if severity == "hint" else 1)
    assert (
        result.stderr == f"fests/paris-2018.yml:10: {severity}: rsvp.url is still “tba”. {left}\n"
    )


def test_the_check_says_so_when_no_day_is_known(folder: Path) -> None:
    (folder / "paris.yml").write_text(PARIS[: PARIS.index("    days")] + "    days: tba\n")
    result = run("check")
    assert result.stderr == (
        "fests/paris.yml:8: hint: events.impl_days.days is still “tba”."
        " The fest has no days yet: write it as soon as you know.\n"
    )


def test_a_doubt_keeps_the_check_from_passing(folder: Path) -> None:
    (folder / "paris-2018.yml").write_text(PARIS + "venues: {hall: {name: A hall}}\n")
    result = run("check")
    assert result.exit_code == 1
    assert '"hall" is a venue that no event uses' in result.stderr


def test_between_its_days_a_fest_has_begun(folder: Path) -> None:
    days = "    days: [2018-05-28, 2018-05-30]\n    venue: tba\n"
    text = re.sub(r" +days:\n.*\n", days, PARIS)
    (folder / "paris-2018.yml").write_text(text)
    assert run("check", "--at", "2018-05-29").stderr.endswith(
        " The fest has begun: write it now.\n"
    )


def test_a_moment_in_a_tag_is_in_the_zone_of_the_fest_that_its_page_names(folder: Path) -> None:
    (folder / "paris-2018.yml").write_text(PARIS)
    (folder / "lisbon-2018.yml").write_text(PARIS.replace("Paris", "Lisbon").replace("FR", "PT"))
    (folder.parent / "mkdocs.yml").touch()
    page = folder.parent / "docs/a.md"
    page.parent.mkdir()
    tag = '{% until "2018-04-01 12:00" %}Soon{% end %}\n'
    for meta, moment in {
        "'fest' : paris-2018": "2018-04-01T12:00:00+02:00",
        "{fest: fests/lisbon-2018.yml}": "2018-04-01T12:00:00+01:00",
        "about:\n  fest: lisbon-2018\nfest: paris-2018": "2018-04-01T12:00:00+02:00",
        "fest: rome-2018": "2018-05-28T00:00:00+02:00",
    }.items():
        page.write_text(f"---\n{meta}\n---\n\n{tag}")
        assert run("next-change", "--at", "2018-03-30").stdout.splitlines()[0] == moment
