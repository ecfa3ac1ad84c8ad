"""Facts that are still `tba`, and for how long they can wait."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from mkdocs_impldays.fest.missing import early_changes, unknown_facts
from tests.fests import HEAD, fest_of

MEETUP = f"""\
{HEAD}events:
  meetup:
    title: Meetup
    venue: loft
    days:
      - {{date: 2027-02-04, opens: "18:30", closes: "21:30"}}
      - {{date: 2027-03-04, opens: "18:30", closes: "21:30", venue: cellar}}
      - {{date: 2027-11-04, opens: tba, closes: "21:30"}}
venues:
  loft: {{name: Loft}}
  cellar: {{name: Cellar, street: tba}}
"""


@pytest.mark.parametrize(
    ("on", "hour", "street"),
    [
        ("2026-12-01", "hint: 2027-11-04 is in 338 days", "hint: 2027-03-04 is in 93 days"),
        ("2027-02-01", "hint: 2027-11-04 is in 276 days", "hint: 2027-03-04 is in 31 days"),
        ("2027-02-04", "hint: 2027-11-04 is in 273 days", "warning: 2027-03-04 is in 28 days"),
        ("2027-03-03", "hint: 2027-11-04 is in 246 days", "warning: 2027-03-04 is tomorrow"),
        ("2027-03-04", "hint: 2027-11-04 is in 245 days", "warning: 2027-03-04 is today"),
        ("2027-03-05", "hint: 2027-11-04 is in 244 days", "hint: 2027-03-04 is over"),
        ("2027-10-05", "warning: 2027-11-04 is in 30 days", "hint: 2027-03-04 is over"),
        ("2027-11-04", "warning: 2027-11-04 is today", "hint: 2027-03-04 is over"),
        ("2027-11-05", "hint: 2027-11-04 is over", "hint: 2027-03-04 is over"),
    ],
)
def test_a_fact_of_one_evening_of_many_is_needed_before_that_evening(
    on: str, hour: str, street: str
) -> None:
    moment = datetime.fromisoformat(on).replace(hour=12, tzinfo=UTC)
    of_hour, of_street = unknown_facts(fest_of(MEETUP), moment=moment)
    assert (of_hour.line, of_street.line) == (12, 15)
    said = [f"{each.severity}: {each.message}" for each in (of_hour, of_street)]
    assert [re.sub("(: ).*“tba”. (.*):.*", r"\1\2", text) for text in said] == [hour, street]


def test_a_cancelled_evening_waits_for_nothing() -> None:
    late = MEETUP.replace("opens: tba, closes", "status: cancelled, opens: tba, closes")
    moment = datetime(2027, 11, 1, tzinfo=UTC)
    assert {each.severity for each in unknown_facts(fest_of(late), moment=moment)} == {"hint"}


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2027-01-04", "2027-02-04 is in 31 days"), ("2027-02-05", "2027-03-04 is in 27 days")],
)
def test_hours_that_evenings_share_are_needed_before_the_next_one(on: str, expected: str) -> None:
    text = f"""\
{HEAD}events:
  meetup: {{title: Meetup, days: [2027-02-04, 2027-03-04], opens: tba, closes: "21:30"}}
"""
    moment = datetime.fromisoformat(on).replace(hour=12, tzinfo=UTC)
    (found,) = unknown_facts(fest_of(text), moment=moment)
    assert found.message.startswith(f"events.meetup.opens is still “tba”. {expected}: ")


def test_days_in_a_row_wait_together() -> None:
    text = f"""\
{HEAD}events:
  talks: {{title: Talks, days: [2027-06-05, {{date: 2027-06-06, opens: tba}}], venue: hall}}
venues: {{hall: {{name: tba}}}}
"""
    problems = unknown_facts(fest_of(text), moment=datetime(2027, 5, 6, 12, tzinfo=UTC))
    assert [each.severity for each in problems] == ["warning", "warning"]
    assert all("The fest begins in 30 days" in each.message for each in problems)


@pytest.mark.parametrize(("stamp", "count"), [("2027-02-28T22:59Z", 2), ("2027-02-28T23:00Z", 0)])
def test_a_change_is_not_announced_in_the_future(stamp: str, count: int) -> None:
    log = "changes: [{date: 2027-01-01, what: Old.}, {date: 2027-03-01, what: New.}]"
    events = f"events: {{talks: {{title: Talks, days: [2027-06-05], {log}}}}}"
    fest = fest_of(f"{HEAD}{events}\n{log}\n")
    found = list(early_changes(fest, moment=datetime.fromisoformat(stamp)))
    assert [each.severity for each in found] == ["hint"] * count
    assert [each.message.partition(" ")[0] for each in found] == [
        "changes[1].date:",
        "events.talks.changes[1].date:",
    ][:count]
