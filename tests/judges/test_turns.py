"""What one line in a fest file changes: pages, button, calendar and JSON-LD, all together."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import html5lib
import pytest
import yaml

from tests.fests import ROOT
from tests.judges.gate import as_ical_js_reads, byte_faults, libical_faults
from tests.judges.test_structured_data import from_page, shacl_faults, time_faults, tsc_faults
from tests.sites.building import built, site

# rdflib 7.6 uses it within its own reader of JSON-LD
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

GOLDEN = ROOT / "tests/golden/turns"
PLAN = (GOLDEN / "plan.yml").read_text("utf-8")
ROWS = {row["name"]: row for row in yaml.safe_load((GOLDEN / "turns.yml").read_text("utf-8"))}
PAGE = """\
# impl Days

{{ notice() }}

<p id="dates">{{ site.dates.impl_days }}</p>

{{ rsvp_button() }}

{{ schedule() }}
"""


@dataclass(frozen=True)
class Site:
    """What a build made of a turn."""

    html: str
    node: dict[str, Any]
    calendar: bytes


def edited(row: dict[str, Any]) -> str:
    """Return the plan with the row's one line."""
    lines = PLAN.splitlines()
    if "instead" in row:
        number = next(n for n, line in enumerate(lines) if line.strip().startswith(row["instead"]))
        indent = len(lines[number]) - len(lines[number].lstrip())
        return "\n".join([*lines[:number], " " * indent + row["line"], *lines[number + 1 :], ""])
    if "line" not in row:
        return PLAN
    below = row.get("below")
    number = next((n for n, line in enumerate(lines) if line.strip() == f"{below}:"), -1)
    indent = len(lines[number]) - len(lines[number].lstrip()) + 2 if below else 0
    return "\n".join([*lines[: number + 1], " " * indent + row["line"], *lines[number + 1 :], ""])


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Site]]:
    with pytest.MonkeyPatch.context() as patch:
        yield {
            name: _built(row, tmp_path_factory.mktemp("turn"), patch) for name, row in ROWS.items()
        }


def _built(row: dict[str, Any], folder: Path, patch: pytest.MonkeyPatch) -> Site:
    patch.setenv("IMPLDAYS_NOW", f"{row['at']}")
    done = built(site(folder, {"docs/about_impl_days.md": PAGE}, fest=edited(row)))
    assert not done.stopped, done.lines
    calendar = (folder / "site/calendar/paris-2018-impl_days.ics").read_bytes()
    head = done.page("about_impl_days/index.html").partition("<body")[0]
    (text,) = from_page(head[head.index('<script type="application/ld+json"') :])
    html = done.body("about_impl_days/index.html").rsplit("</div>", 3)[0]  # three of the theme's
    return Site(html, json.loads(text), calendar)


def shown(html: str, selector: str) -> list[str]:
    """Return texts of the elements that a browser shows first, without what they hide."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [_text(each) for each in tree.findall(selector) if "hidden" not in each.attrib]


def _text(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += ["" if "hidden" in child.attrib else _text(child), child.tail or ""]
    return re.sub(r"\s+", " ", "".join(parts)).strip()


by_name = pytest.mark.parametrize("name", ROWS)


@by_name
def test_a_turn_is_one_line(name: str) -> None:
    before, after = PLAN.splitlines(), edited(ROWS[name]).splitlines()
    assert len(set(after) - set(before)) == (0 if name == "as planned" else 1)
    assert len(after) - len(before) in {0, 1}


@by_name
def test_a_turn_shows_on_the_page(name: str, sites: dict[str, Site]) -> None:
    row, html = ROWS[name], sites[name].html
    html5lib.HTMLParser(strict=True).parseFragment(html)
    lines = ".//div[@class='impldays impldays-notice']/p"
    assert shown(html, lines) == row["notice"]
    hidden = re.sub(" hidden", "", html)
    assert shown(hidden, lines) == row["notice"] + row.get("hidden", [])
    assert shown(html, ".//span[@class='impldays-rsvp']") == [row["button"]]
    seen = re.sub('<span class="impldays-words">.*?</span>', "", html)
    assert f'<p id="dates">{row["dates"]}</p>' in seen


@by_name
def test_a_turn_reaches_search_engines(name: str, sites: dict[str, Site], tmp_path: Path) -> None:
    node, wanted = sites[name].node, ROWS[name]["schema"]
    assert shacl_faults(node) == []
    assert time_faults(node) == []
    place = node["location"]
    offer = node.get("offers", {}).get("availability")
    assert {
        "eventStatus": node["eventStatus"].removeprefix("https://schema.org/"),
        "startDate": node["startDate"],
        "location": place.get("name") or place["url"],
        "availability": offer and offer.removeprefix("https://schema.org/"),
        "parts": len(node["subEvent"]),
    } == {key: value for key, value in wanted.items() if key != "previousStartDate"}
    assert node.get("previousStartDate") == (str(wanted.get("previousStartDate", "")) or None)


def test_turns_are_written_in_the_words_of_schema_org(
    sites: dict[str, Site], tmp_path: Path
) -> None:
    assert tsc_faults({name: each.node for name, each in sites.items()}, tmp_path) == []


@by_name
def test_a_turn_reaches_calendars(
    name: str, sites: dict[str, Site], tmp_path: Path, icalcheck: Path
) -> None:
    data, wanted = sites[name].calendar, ROWS[name]["calendar"]
    assert byte_faults(data) == []
    assert libical_faults(data, icalcheck, tmp_path) == []
    read = as_ical_js_reads({name: data}, tmp_path)[name]
    assert read["faults"] == []
    zone = ZoneInfo("Europe/Paris")
    starts = [datetime.fromtimestamp(each["start"]["unix"], zone) for each in read["events"]]
    assert [f"{start:%Y-%m-%d %H:%M}" for start in starts] == wanted["starts"]
    first = read["events"][0]
    assert first["status"] == wanted["status"]
    assert (first["location"] or "").startswith(wanted["location"] or "")
    assert bool(first["location"]) == bool(wanted["location"])
    if name == "as planned":
        assert first["description"].splitlines() == [
            "09:00 Arrive",
            "12:00 Lunch break",
            "RSVP for impl Days: https://ti.to/asquera-event-ug/rustfest-paris-2018/",
            "RSVP closes on Sunday 27 May 2018 at 18:00 CEST",
        ]
    assert set(wanted["told"]) <= set(first["description"].splitlines())


def test_the_calendar_of_a_turn_keeps_its_entries(sites: dict[str, Site]) -> None:
    uids = {name: re.findall(rb"(?m)^UID:.*/day.*$", each.calendar) for name, each in sites.items()}
    assert all(each == uids["as planned"] for each in uids.values())
    assert len(uids["as planned"]) == 2
