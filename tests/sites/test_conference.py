"""A conference from its announcement until the recordings are out, from one fest file."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

import html5lib
import pytest
import yaml

from tests.fests import ROOT
from tests.sites.building import built, site
from tests.sites.test_manual import examples, first
from tests.tutorial import merged

PAGE = ROOT / "docs/organisers/how-to/calls.md"
BEGINNING = "2027-01-01T12:00"
FIRST_DAY = "{% today talks %}\nWelcome.\n{% endtoday %}\n"


@cache
def pages(now: str) -> dict[str, str]:
    """Build the manual's conference at a moment; return the HTML of its two pages."""
    parts = {each.title: each.text for each in examples(PAGE)}
    fest = yaml.load(first("fests/lisbon-2027.yml"), yaml.BaseLoader)
    part = yaml.load(parts["part of fests/lisbon-2027.yml"], yaml.BaseLoader)
    files = {
        "docs/take-part.md": parts["docs/take-part.md"],
        "docs/news.md": parts["docs/news.md"] + FIRST_DAY,
        "docs/about.md": "# About\n",
    }
    with TemporaryDirectory() as folder:
        text = yaml.safe_dump(merged(fest, part), sort_keys=False)
        done = built(site(Path(folder), files, fest=text, options={"now": now}))
        assert not done.stopped, done.lines
        return {name: done.body(f"{name}/index.html") for name in ("take-part", "news")}


def shown_at(html: str, moment: datetime | None = None) -> str:
    """Return the text that a page shows: as it was built, or to a browser at a moment."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for parent in tree.iter():
        for child in list(parent):
            if _is_hidden(child, moment) or (moment and child.tag == "noscript"):
                parent.remove(child)
    return " ".join(" ".join(tree.itertext()).split())


def _is_hidden(part: ET.Element, moment: datetime | None) -> bool:
    """Look up whether a part is hidden, by the rule of the script."""
    lists = [part.get("data-from"), part.get("data-until")]
    if moment is None or lists == [None, None]:
        return part.get("hidden") is not None
    starts, ends = ([datetime.fromisoformat(t) for t in (each or "").split()] for each in lists)
    latest = datetime.max.replace(tzinfo=moment.tzinfo)
    at_first = (ends[:1] or [latest])[0] < (starts[:1] or [latest])[0]
    passed = sum(each <= moment for each in starts) + at_first
    return passed <= sum(each <= moment for each in ends)


SWITCHES = {
    "landing": "Talks",
    "hassponsors": "Our sponsors are known.",
    "cfp": "Submit a talk",
    "ticketsonsale": "On sale until",
    "soldout": "Regular €120.00 No longer on sale",
    "speakersannounced": "These are our speakers.",
    "scheduleincomplete": "Times may still change.",
    "runofshow": "Welcome.",
    "hasschedule": "The schedule is out.",
    "hasshirts": "Order a shirt",
    "livestreaming": "Watch the talks",
    "videos": "The recordings are out.",
    "postconf": "Thanks for coming!",
    "hasbadgeflair": "Make your own badge.",
}
"""What a page says while a switch would be on. Lisbon has an order of the day on the day."""

ON_SALE = "landing hassponsors ticketsonsale"
MOMENTS = [
    ("announcement", "2027-01-01T12:00", "landing hasbadgeflair"),
    ("sponsors", "2027-01-15T00:00", "landing hassponsors hasbadgeflair"),
    ("proposals open", "2027-01-20T00:00", "landing hassponsors cfp hasbadgeflair"),
    ("tickets open", "2027-02-01T10:00", "landing hassponsors cfp ticketsonsale hasbadgeflair"),
    ("proposals closed", "2027-03-16T12:00", "landing hassponsors ticketsonsale hasbadgeflair"),
    ("speakers announced", "2027-04-01T00:00",
     f"{ON_SALE} speakersannounced scheduleincomplete hasshirts hasbadgeflair"),
    ("schedule out", "2027-04-15T00:00",
     "landing hassponsors ticketsonsale hasschedule hasshirts hasbadgeflair"),
    ("grants closed", "2027-04-21T00:00",
     "landing hassponsors ticketsonsale hasschedule hasshirts hasbadgeflair"),
    ("tickets closed", "2027-05-11T00:00",
     "landing hassponsors soldout hasschedule hasshirts hasbadgeflair"),
    ("shirts closed", "2027-05-21T00:00", "landing hassponsors soldout hasschedule hasbadgeflair"),
    ("first day", "2027-06-05T08:00", "landing hassponsors soldout hasschedule runofshow"),
    ("stream on", "2027-06-05T09:30",
     "landing hassponsors soldout hasschedule runofshow livestreaming"),
    ("last day over", "2027-06-09T03:00", "landing hassponsors soldout hasschedule postconf"),
    ("recordings out", "2027-07-01T00:00",
     "landing hassponsors soldout hasschedule postconf videos"),
]  # fmt: skip


def answers(text: str) -> set[str]:
    return {switch for switch, words in SWITCHES.items() if words in text}


def lisbon(now: str) -> datetime:
    summer = "2027-03-28" <= now < "2027-10-31"
    return datetime.fromisoformat(f"{now}{'+01:00' if summer else '+00:00'}")


@pytest.mark.parametrize(("name", "now", "on"), MOMENTS, ids=[name for name, *_ in MOMENTS])
def test_no_switch_is_flipped_by_hand(name: str, now: str, on: str) -> None:
    """What was built long ago and what is built now answer every question alike."""
    assert name
    old = " ".join(shown_at(html, lisbon(now)) for html in pages(BEGINNING).values())
    assert answers(old) == set(on.split())
    new = " ".join(shown_at(html, lisbon(now)) for html in pages(now).values())
    assert answers(new) == set(on.split())
    assert answers(" ".join(map(shown_at, pages(now).values()))) >= set(on.split())


LISTS = [
    ("2027-01-01T12:00", "Lend a hand", "Tickets|Call for proposals|Travel grants|Shirts"),
    ("2027-01-19T23:59", "Lend a hand", "Tickets|Call for proposals|Travel grants|Shirts"),
    ("2027-01-20T00:00", "Submit a talk|Lend a hand", "Tickets|Travel grants|Shirts"),
    ("2027-02-01T09:59", "Submit a talk|Apply for a grant|Lend a hand", "Tickets|Shirts"),
    ("2027-02-01T10:00", "Get a ticket|Submit a talk|Apply for a grant|Lend a hand", "Shirts"),
    ("2027-03-16T11:58", "Get a ticket|Submit a talk|Apply for a grant|Lend a hand", "Shirts"),
    ("2027-03-16T11:59", "Get a ticket|Apply for a grant|Lend a hand", "Shirts"),
    ("2027-04-01T00:00", "Get a ticket|Apply for a grant|Lend a hand|Order a shirt", ""),
    ("2027-04-21T00:00", "Get a ticket|Lend a hand|Order a shirt", ""),
    ("2027-05-11T00:00", "Lend a hand|Order a shirt", ""),
    ("2027-05-21T00:00", "", ""),
    ("2027-07-01T00:00", "", ""),
]


@pytest.mark.parametrize(("now", "open_now", "later"), LISTS, ids=[now for now, *_ in LISTS])
def test_the_lists_are_right_at_twelve_moments(now: str, open_now: str, later: str) -> None:
    for build in (BEGINNING, now):
        text = shown_at(pages(build)["take-part"], lisbon(now)).partition(" Tickets Early")[0]
        opened, _, coming = text.partition("Opens later")
        links = ("Get a ticket", "Submit a talk", "Apply for a grant", "Lend a hand")
        found = [label for label in (*links, "Order a shirt") if label in opened]
        assert found == [label for label in open_now.split("|") if label]
        names = ("Tickets", "Call for proposals", "Travel grants", "Shirts")
        assert [name for name in names if f"{name}: open from" in coming] == [
            name for name in later.split("|") if name
        ]
