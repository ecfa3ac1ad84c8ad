"""What a schedule says of a day or an event that is on, and of one that is over."""

from __future__ import annotations

from datetime import datetime

import html5lib
import pytest

from mkdocs_impldays.site import Site, SiteOptions
from tests.fests import HEAD, ROOT, fest_of

OPTIONS = SiteOptions(template_folders=[str(ROOT / "mkdocs_impldays/theme")])

PLAN = f"""{HEAD}\
language: en-GB
events:
  hack:
    title: Hackathon
    days: [{{date: 2027-06-04, opens: "18:00", closes: 2027-06-06 14:00}}]
  dinner:
    title: Dinner
    days: [{{date: 2027-06-05, opens: "20:00", closes: "22:00"}}]
  walk: {{title: Walk, days: [2027-06-08]}}
  party:
    title: Party
    days: [{{date: 2027-06-10, opens: "22:00", closes: 2027-06-11 02:00}}]
  visit:
    title: Visit
    status: cancelled
    days: [{{date: 2027-06-12, opens: "10:00"}}]
  talks:
    title: Talks
    days:
      - {{date: 2027-06-11, opens: "10:00", closes: "17:00", agenda: [{{at: "11:00", what: Talk}}]}}
"""


NIGHTS_OVER = {"06-04": ["over"], "06-05": ["over"], "06-06": ["over"]}


def _marks(text: str, moment: str) -> dict[str, list[str]]:
    """Return what is marked on each date, and which marks its events have, at a moment."""
    fest = fest_of(text)
    now = datetime.fromisoformat(moment).replace(tzinfo=fest.timezone)
    site = Site({fest.id: fest}, fest, now, is_moment_set=False, sources={}, options=OPTIONS)
    schedule = site.context().macros.programme.schedule(agenda=True)
    tree = html5lib.parseFragment(schedule, namespaceHTMLElements=False)
    found = {}
    for section in tree.iter("section"):
        date = section.find(".//h2/time").get("datetime")[5:]
        found[date] = [
            text
            for part in section.iter()
            if part.get("class") in {"impldays-now", "impldays-over"} and part.get("hidden") is None
            for text in part.itertext()
        ]
    return {date: marks for date, marks in found.items() if marks}


@pytest.mark.parametrize(
    ("moment", "marks"),
    [
        ("2027-06-03T12:00", {}),
        ("2027-06-04T00:00", {"06-04": ["Today"]}),
        ("2027-06-04T18:00", {"06-04": ["Today", "Now"]}),
        ("2027-06-05T03:00", {"06-04": ["over"], "06-05": ["Today", "Now"]}),
        ("2027-06-05T20:00", {"06-04": ["over"], "06-05": ["Today", "Now", "Now"]}),
        ("2027-06-06T13:59", {"06-04": ["over"], "06-05": ["over"], "06-06": ["Today", "Now"]}),
        ("2027-06-06T14:00", NIGHTS_OVER),
    ],
)
def test_a_date_of_an_event_over_nights_is_today_and_then_over(
    moment: str, marks: dict[str, list[str]]
) -> None:
    assert _marks(PLAN, moment) == marks


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        ("2027-06-08T12:00", {"06-08": ["Today"]}),
        ("2027-06-09T00:00", {"06-08": ["over"]}),
        ("2027-06-11T01:59", {"06-08": ["over"], "06-10": ["Today", "Now"]}),
        ("2027-06-11T02:00", {"06-08": ["over"], "06-10": ["over"], "06-11": ["Today"]}),
        ("2027-06-11T16:59", {"06-08": ["over"], "06-10": ["over"], "06-11": ["Today", "Now"]}),
    ],
    ids=["without hours", "over at midnight", "in its night", "after its night", "with an agenda"],
)
def test_one_date_is_today_also_in_the_night_before_it(
    moment: str, today: dict[str, list[str]]
) -> None:
    assert _marks(PLAN, moment) == NIGHTS_OVER | today


def test_nothing_is_marked_when_all_is_over_nor_on_a_day_that_is_not_held() -> None:
    assert _marks(PLAN, "2027-06-11T17:00") == {}
    assert _marks(PLAN, "2027-06-12T10:30") == {}
