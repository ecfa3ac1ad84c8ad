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


def test_no_day_that_is_known_has_no_marks() -> None:
    assert _marks(_events(a="days: tba"), "2027-06-05T12:00") == {}


def _events(**days: str) -> str:
    """Return a fest file with an event of each name on its days."""
    lines = (f"  {name}: {{title: {name}, {rest}}}" for name, rest in days.items())
    return f"{HEAD}language: en-GB\nevents:\n" + "\n".join(lines) + "\n"


LATE = "opens: '10:00', agenda: [{at: '22:00', what: Late, until: '01:00'}]"
OVER_NIGHTS = (
    "days: [{date: 2027-06-04, opens: '18:00', closes: 2027-06-06 14:00, agenda: ["
    "{at: '19:00', what: A}, {at: '23:00', what: B, until: '02:00'}, "
    "{at: 2027-06-05 10:00, what: C}, {at: 2027-06-06 12:00, what: D}]}]"
)
TWO_NIGHTS = {
    "party": "days: [{date: 2027-06-04, opens: '20:00', closes: 2027-06-05 05:00}]",
    "walk": "days: [{date: 2027-06-05, opens: '01:00', closes: '03:00'}]",
    "end": "days: [2027-06-07]",
}


@pytest.mark.parametrize(
    ("text", "moment", "marks"),
    [
        pytest.param(
            _events(a=f"days: [{{date: 2027-06-05, {LATE}}}, 2027-06-06]"),
            "2027-06-06T00:30",
            {"06-05": ["Today", "Now"]},
            id="a session past midnight",
        ),
        pytest.param(
            _events(a=f"days: [{{date: 2027-06-05, {LATE}}}]"),
            "2027-06-06T00:30",
            {"06-05": ["Today", "Now"]},
            id="a session past midnight on the last day",
        ),
        pytest.param(
            _events(a=f"delay: 60, days: [{{date: 2027-06-05, {LATE}}}, 2027-06-06]"),
            "2027-06-06T01:30",
            {"06-05": ["Today", "Now"]},
            id="a session past midnight that is late",
        ),
        pytest.param(
            _events(a=f"days: [{{date: 2027-06-05, closes: '23:00', {LATE}}}, 2027-06-06]"),
            "2027-06-06T00:30",
            {"06-05": ["Today", "Now"]},
            id="a session that goes on when the doors close",
        ),
        pytest.param(
            _events(a=OVER_NIGHTS),
            "2027-06-05T01:00",
            {"06-04": ["Today", "Now"]},
            id="a session in the first night",
        ),
        pytest.param(
            _events(a=OVER_NIGHTS),
            "2027-06-05T09:00",
            {"06-04": ["over"], "06-05": ["Today"]},
            id="the morning after a line without an end",
        ),
        pytest.param(
            _events(a=OVER_NIGHTS),
            "2027-06-06T00:30",
            {"06-04": ["over"], "06-05": ["over"], "06-06": ["Today"]},
            id="the night after a line without an end",
        ),
        pytest.param(
            _events(
                party=f"status: cancelled, {TWO_NIGHTS['party']}",
                talks="days: [{date: 2027-06-05, opens: '00:30', closes: '17:00'}, 2027-06-06]",
            ),
            "2027-06-05T00:45",
            {"06-05": ["Today", "Now"]},
            id="after a night that is cancelled",
        ),
        pytest.param(
            _events(**TWO_NIGHTS),
            "2027-06-05T00:30",
            {"06-04": ["Today", "Now"]},
            id="before an event begins in the night of another",
        ),
        pytest.param(
            _events(**TWO_NIGHTS),
            "2027-06-05T02:00",
            {"06-04": ["Now"], "06-05": ["Today", "Now"]},
            id="an event in the night of another",
        ),
        pytest.param(
            _events(**TWO_NIGHTS),
            "2027-06-05T05:00",
            {"06-04": ["over"], "06-05": ["over"]},
            id="after a night in which another event was over before",
        ),
        pytest.param(
            _events(a="delay: 20, days: [{date: 2027-06-04, opens: '23:50'}, 2027-06-06]"),
            "2027-06-05T00:15",
            {"06-04": ["Today", "Now"]},
            id="so late that it begins after midnight",
        ),
        pytest.param(
            _events(
                a="delay: 300, days: [{date: 2027-06-04, opens: '20:00', closes: 2027-06-06 14:00}]"
            ),
            "2027-06-05T00:30",
            {"06-04": ["over"], "06-05": ["Today"]},
            id="over a night, and so late",
        ),
    ],
)
def test_no_date_is_over_while_something_of_it_is_on(
    text: str, moment: str, marks: dict[str, list[str]]
) -> None:
    assert _marks(text, moment) == marks
