"""Many fests in one folder: which is current, and their order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mkdocs_impldays.fest.current import current
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fests

COUNTRIES = {
    "Europe/Amsterdam": "NL",
    "Europe/Madrid": "ES",
    "Europe/Paris": "FR",
    "Europe/Rome": "IT",
    "Europe/Zurich": "CH",
}


def fest_file(*days: str, zone: str = "Europe/Rome", status: str = "scheduled") -> bytes:
    listed = ", ".join(days)
    return f"""\
name: A fest
city: Rome
country: {COUNTRIES[zone]}
timezone: {zone}
status: {status}
events:
  impl_days:
    title: impl Days
    days: {f"[{listed}]" if days else "tba"}
""".encode()


FOUR = {
    "fests/zurich-2017.yml": fest_file("2017-10-02", "2017-10-03", zone="Europe/Zurich"),
    "fests/paris-2018.yml": fest_file("2018-05-28", "2018-05-29", zone="Europe/Paris"),
    "fests/rome-2018.yml": fest_file("2018-11-26", "2018-11-27"),
    "fests/barcelona-2019.yml": fest_file("2019-11-11", "2019-11-12", zone="Europe/Madrid"),
}


def load(files: dict[str, bytes]) -> list[Fest]:
    fests, problems = load_fests(files)
    assert problems == []
    return list(fests.values())


def one_after_another(fests: list[Fest], moment: datetime) -> list[str]:
    """Return the ids of fests, each the current one when those before it are taken away."""
    left, ids = list(fests), []
    while chosen := current(left, moment):
        left.remove(chosen)
        ids.append(chosen.id)
    return ids


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2016-01-01T00:00+00:00", "zurich-2017"),
        ("2018-05-27T21:59+00:00", "paris-2018"),
        ("2018-05-28T12:00+00:00", "paris-2018"),
        ("2018-05-29T21:59+00:00", "paris-2018"),
        ("2018-05-29T22:00+00:00", "rome-2018"),
        ("2018-11-27T22:59+00:00", "rome-2018"),
        ("2018-11-27T23:00+00:00", "barcelona-2019"),
        ("2030-01-01T00:00+00:00", "barcelona-2019"),
    ],
)
def test_the_current_fest_is_on_or_comes_next_or_was_last(moment: str, expected: str) -> None:
    chosen = current(load(FOUR), datetime.fromisoformat(moment))
    assert chosen is not None
    assert chosen.id == expected


def test_no_fest_is_current_in_an_empty_folder() -> None:
    assert current([], datetime.now(UTC)) is None


def test_fests_to_come_are_meant_next_first_and_past_ones_latest_first() -> None:
    fests = load(FOUR)
    on = one_after_another(fests, datetime(2018, 5, 28, 12, tzinfo=UTC))
    assert on == ["paris-2018", "rome-2018", "barcelona-2019", "zurich-2017"]
    later = one_after_another(fests, datetime(2019, 1, 1, tzinfo=UTC))
    assert later == ["barcelona-2019", "rome-2018", "paris-2018", "zurich-2017"]


def test_a_fest_without_days_comes_after_those_with_days_and_before_the_past() -> None:
    fests = load({**FOUR, "fests/athens.yml": fest_file()})
    before = one_after_another(fests, datetime(2019, 1, 1, tzinfo=UTC))
    assert before[:3] == ["barcelona-2019", "athens", "rome-2018"]
    assert one_after_another(fests, datetime(2020, 1, 1, tzinfo=UTC))[0] == "athens"


def test_a_postponed_fest_is_still_to_come_when_its_first_days_are_over() -> None:
    late = fest_file("2020-04-04", zone="Europe/Amsterdam", status="postponed")
    fests = load({**FOUR, "fests/netherlands-2020.yml": late})
    chosen = one_after_another(fests, datetime(2020, 6, 1, tzinfo=UTC))
    assert chosen[:2] == ["netherlands-2020", "barcelona-2019"]


def test_of_two_fests_at_once_the_one_that_ends_first_is_current() -> None:
    fests = load(
        {
            "a.yml": fest_file("2027-05-01", "2027-05-02", "2027-05-03"),
            "b.yml": fest_file("2027-05-02"),
        }
    )
    assert one_after_another(fests, datetime(2027, 5, 2, 12, tzinfo=UTC)) == ["b", "a"]


def test_of_two_fests_on_the_same_days_the_first_by_name_is_current() -> None:
    fests = load({"b.yml": fest_file("2027-05-02"), "a.yml": fest_file("2027-05-02")})
    for year in (2026, 2027, 2028):
        at = datetime(year, 5, 2, 12, tzinfo=UTC)
        assert one_after_another(fests[::-1], at) == ["a", "b"]


def test_files_that_are_no_fest_files_are_left_alone() -> None:
    files = {"fests/fest.schema.json": b"{}", "fests/README.md": b"# x", "fests/.x.yml": b"%"}
    assert load_fests(files) == ({}, [])


def test_two_files_of_one_fest_are_a_problem() -> None:
    fests, problems = load_fests({"f/a.yaml": fest_file("2027-05-01"), "f/a.yml": fest_file()})
    assert [str(problem) for problem in problems] == [
        'f/a.yml: is a second file for "a", beside f/a.yaml. Rename or delete one.'
    ]
    assert fests["a"].start is not None


def test_a_broken_file_does_not_hide_the_others() -> None:
    fests, problems = load_fests({**FOUR, "fests/oslo.yml": b"name: [", "fests/bern.yml": b"x: 1"})
    assert len(fests) == 4
    assert {problem.path for problem in problems} == {"fests/oslo.yml", "fests/bern.yml"}
