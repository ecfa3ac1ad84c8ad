"""What people can do now and later, and the table of the dates that matter."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from mkdocs_impldays.fest.deadlines import deadlines_of
from mkdocs_impldays.names.calls import deadline_rows
from mkdocs_impldays.pages.search import visible_text
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.words.phrases import Words
from tests.fests import fest_of
from tests.sites.building import built, site
from tests.unit.test_calls import HEAD
from tests.unit.test_tickets import KINDS, RSVP

CALLS = """\
calls:
  proposals:
    title: Call for proposals
    label: Submit a talk
    url: https://pretalx.com/lisbon/cfp
    opens: 2027-01-10
    closes: 2027-03-01 23:59 AoE
    result: 2027-04-01
    note: Read our *guide*.
  volunteers: {label: Lend a hand, url: "mailto:hello@docs-lisbon.org", closes: 2027-05-20}
  shirts: {url: "https://shirts.eu/lisbon", opens: 2027-04-01, closes: 2027-04-30}
"""
OPEN = (
    "Open now Tickets Open until Saturday 5 June 2027 at 09:00 WEST"
    " Lend a hand Open until the end of Thursday 20 May 2027 (WEST)"
)
FEST = HEAD + RSVP + KINDS + CALLS
PAGE = "# Take part\n\n{{ calls() }}\n\n{{ deadlines() }}\n\n{{ calls.proposals.title }}\n"


def page(folder: Path, now: str) -> str:
    settings = site(folder, {"docs/index.md": PAGE}, fest=FEST, options={"now": now})
    done = built(settings)
    assert not done.stopped, done.lines
    return done.page("index.html")


def words(html: str) -> str:
    text = " ".join(visible_text(html.replace("<", " <")).split())
    return text.replace(" .", ".").replace(" ,", ",")


@pytest.mark.parametrize(
    ("now", "lists"),
    [
        (
            "2027-01-01T00:00",
            OPEN + " Opens later Call for proposals: open from Sunday 10 January 2027 (WET)"
            " Submit a talk Read our guide."
            " Shirts: open from Thursday 1 April 2027 (WEST) Shirts",
        ),
        ("2027-05-01T00:00", OPEN),
        ("2027-07-01T00:00", ""),
    ],
)
def test_calls_lists_what_is_open_and_what_opens(tmp_path: Path, now: str, lists: str) -> None:
    html = page(tmp_path, now)
    found = re.search(
        r'<div class="impldays impldays-calls".*?</section>\s*</div>', html, re.DOTALL
    )
    assert (words(found[0]) if found else "") == lists
    assert "<p>Call for proposals</p>" in html


def test_a_table_has_the_dates_that_matter_in_order(tmp_path: Path) -> None:
    html = page(tmp_path, "2027-03-15T00:00")
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td></tr>', html)
    assert [(words(what), words(when)) for what, when in rows] == [
        ("Call for proposals: opening", "Sunday 10 January 2027 (WET) (over)"),
        ("Early bird: deadline", "Sunday 28 February 2027 (WET) (over)"),
        ("Regular: opening", "Monday 1 March 2027 (WET) (over)"),
        (
            "Call for proposals: deadline",
            "Monday 1 March 2027, anywhere on earth (over)",
        ),
        ("Shirts: opening", "Thursday 1 April 2027 (WEST)"),
        ("Call for proposals: results", "Thursday 1 April 2027 (WEST)"),
        ("Shirts: deadline", "Friday 30 April 2027 (WEST)"),
        ("Volunteers: deadline", "Thursday 20 May 2027 (WEST)"),
        ("Talks", "Saturday 5 June 2027"),
    ]
    assert "<s><time" in rows[0][1]


def test_a_visitors_own_time_comes_after_the_zone(tmp_path: Path) -> None:
    html = page(tmp_path, "2027-01-01T00:00")
    assert " (WEST)</time>" in html
    assert ", anywhere on earth</time>" in html


def test_what_was_closed_early_says_so() -> None:
    typed = "closes: 2027-03-01, availability: closed"
    fest = fest_of(f"{HEAD}calls:\n  shirts: {{url: https://shirts.eu/lisbon, {typed}}}\n")
    view = View(datetime.fromisoformat("2027-01-01T00:00:00+00:00"))
    rows = deadline_rows([fest], view=view, words=Words.of("en"))
    assert words(str(rows[0]["when"])) == "Monday 1 March 2027 (WET) (closed early)"


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_is_not_held_has_no_deadlines(status: str) -> None:
    assert deadlines_of(fest_of(FEST)) != ()
    assert deadlines_of(fest_of(f"status: {status}\n{FEST}")) == ()


def test_names_of_deadlines_are_for_good() -> None:
    ids = [each.id for each in deadlines_of(fest_of(FEST))]
    assert ids[:3] == ["proposals/opens", "rsvp/ticket1/closes", "rsvp/ticket2/opens"]
    assert len(set(ids)) == len(ids)
