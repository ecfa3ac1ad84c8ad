"""Dates and addresses that the file of one edition has in common with another's."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_impldays.cli import main
from mkdocs_impldays.fest.editions import repeated_facts, without_pages_of
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest

FIRST = """\
name: Hack Ghent
city: Ghent
country: BE
timezone: Europe/Brussels
events:
  hack:
    title: Hack days
    days: [2027-05-22, {date: 2027-05-23, opens: "09:00"}]
rsvp:
  event: hack
  url: https://tickets.hackghent.org/2027
  closes: 2027-05-20 18:00
  tickets: [{name: Early, price: 10 EUR, closes: 2027-04-30}, {name: Regular, price: 20 EUR}]
calls: {help: {url: "https://hackghent.org/help", closes: 2027-05-01 AoE}}
contacts: [{name: Team, phone: "+32 9 555 01 23", from: 2027-05-22}]
changes: [{date: 2027-03-01, what: The venue is known.}]
site: {founded: 2014-03-01, map: "https://hackghent.org/2027/map"}
"""
SECOND = FIRST.replace("2027", "2028")


def fest(text: str, fest_id: str) -> Fest:
    found, problems = load_fest(text.encode(), path=f"fests/{fest_id}.yml", fest_id=fest_id)
    assert found, problems
    return found


def found(second: str, first: str = FIRST, *ids: str) -> list[str]:
    one, two = ids or ("hack-ghent-2027", "hack-ghent-2028")
    return [str(each) for each in repeated_facts([fest(second, two), fest(first, one)])]


@pytest.mark.parametrize(
    ("key", "line", "value"),
    [
        ("events.hack.days[0]", 8, "2027-05-22"),
        ("rsvp.url", 11, "https://tickets.hackghent.org/2027"),
        ("rsvp.closes", 12, "2027-05-20 18:00"),
        ("rsvp.tickets[0].closes", 13, "2027-04-30"),
        ("calls.help.closes", 14, "2027-05-01 AoE"),
        ("contacts[0].from", 15, "2027-05-22"),
    ],
)
def test_what_is_left_from_the_last_edition_is_reported(key: str, line: int, value: str) -> None:
    lines = SECOND.splitlines()
    at = lines[line - 1]
    lines[line - 1] = at.replace(value.replace("2027", "2028"), value)
    assert lines[line - 1] != at
    (problem,) = repeated_facts(
        [fest(FIRST, "hack-ghent-2027"), fest("\n".join(lines), "hack-ghent-2028")]
    )
    assert problem.marked == (
        f'fests/hack-ghent-2028.yml:{line}: warning: {key}: "{value}" is also in'
        f" fests/hack-ghent-2027.yml:{line}. Correct one of the two."
    )


def test_the_command_reports_it_for_fest_files_alone(tmp_path: Path) -> None:
    for year in ("2027", "2028"):
        (tmp_path / f"hack-ghent-{year}.yml").write_text(FIRST, "utf-8")
    at = ("--at", "2027-01-01")
    done = CliRunner().invoke(
        main, ["check", "--fests", str(tmp_path), *at], catch_exceptions=False
    )
    assert done.exit_code == 1
    assert f'rsvp.closes: "2027-05-20 18:00" is also in {tmp_path}' in done.stderr


def test_the_days_of_the_next_edition_in_the_file_of_the_last_are_reported() -> None:
    wrong = FIRST.replace("days: [2027-05-22", "days: [2028-05-20").replace(
        "2027-05-23", "2028-05-21"
    )
    right = SECOND.replace("2028-05-22", "2028-05-20").replace("2028-05-23", "2028-05-21")
    assert [each.partition(": ")[0] for each in found(right, wrong)] == [
        "fests/hack-ghent-2028.yml:8"
    ] * 2


def test_a_date_at_another_position_of_the_same_list_counts() -> None:
    (line,) = found(
        SECOND.replace("2028-05-22, {date: 2028-05-23", "2027-05-23, {date: 2028-05-23")
    )
    assert "days[0]" in line


def test_what_two_editions_may_share_is_not_reported() -> None:
    assert found(SECOND) == []
    assert found(SECOND.replace("2028-03-01", "2027-03-01").replace("2028/map", "2027/map")) == []
    assert found(SECOND.replace("/2028", ""), FIRST.replace("/2027", "")) == []
    assert found(FIRST, FIRST, "ghent-2027", "antwerp-2027") == []
    assert found(FIRST, FIRST, "ghent", "ghent-2028") == []


def test_a_page_that_editions_share_is_that_of_the_current_one() -> None:
    shared = FIRST.replace("title: Hack days", "title: Hack days\n    page: /about/")
    more = "  dinner: {title: Dinner, page: /dinner-2027/, days: [2027-05-21]}\nrsvp:"
    text = shared.replace("rsvp:", more)
    before = fest(text, "hack-ghent-2027")
    now = fest(text.replace("2027", "2028"), "hack-ghent-2028")
    fests = without_pages_of(now, {each.id: each for each in (before, now)})
    addresses = {key: [event.page for event in each.events.values()] for key, each in fests.items()}
    assert addresses == {
        "hack-ghent-2027": ["", "/dinner-2027/"],
        "hack-ghent-2028": ["/about/", "/dinner-2028/"],
    }
    assert fests["hack-ghent-2028"] is now
