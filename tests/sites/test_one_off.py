"""One day and one event that are cancelled: all of a site says so, and the rest goes on."""

from __future__ import annotations

import json
import re

import icalendar
import pytest

from tests.sites.building import Built, built, site

FEST = """\
name: Hack Ghent
city: Ghent
country: BE
timezone: Europe/Brussels
events:
  workshops:
    title: Workshops
    status: cancelled
    days: [{date: 2027-06-06, opens: "10:00", closes: "12:00"}]
  hack_days:
    title: Hack days
    days:
      - {date: 2027-06-05, opens: "09:00", closes: "18:00", status: cancelled}
      - {date: 2027-06-06, opens: "09:00", closes: "18:00"}
      - {date: 2027-06-07, opens: "09:00", closes: "18:00"}
rsvp: {event: hack_days, url: https://tickets.hackghent.org/2027}
"""
PAGES = {
    "docs/index.md": "---\nlayout: home\n---\n\n{{ schedule() }}\n",
    "docs/about.md": "# About\n\nText.\n",
    "fests/paris-2018.yml": FEST,
}
TOLD = ["Cancelled: Workshops Ghent", "Cancelled: Hack days Ghent on Saturday 5 June 2027"]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Built:
    theme = {"name": "material", "features": ["impldays.band"]}
    folder = site(
        tmp_path_factory.mktemp("site"), PAGES, options={"now": "2027-05-20T12:00"}, theme=theme
    )
    return built(folder)


def text_of(html: str) -> str:
    """Return what a visitor reads at the moment of the build; what is struck in brackets."""
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", "", html, flags=re.DOTALL)
    html = re.sub(r"<(\w+)[^>]* hidden>.*?</\1>", "", html, flags=re.DOTALL)
    html = html.replace("<s>", "[").replace("</s>", "]")
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def part(html: str, name: str) -> str:
    """Return the section of a page that has a class."""
    return html[html.index(f'class="{name}') :].partition("</section>")[0]


@pytest.mark.parametrize("page", ["index.html", "about/index.html"])
def test_the_notice_has_both_on_every_page(done: Built, page: str) -> None:
    text = text_of(done.page(page).partition("</head>")[2])
    assert [text.count(line) for line in TOLD] == [1, 1]
    assert "RSVP closes on Sunday 6 June 2027 at 09:00 CEST" in text


def test_hero_and_strip_have_the_days_that_are_left(done: Built) -> None:
    assert "Sunday 6 and Monday 7 June 2027" in text_of(part(done.page(), "impldays-hero"))
    strip = text_of(part(done.page("about/index.html"), "impldays-band"))
    assert "6–7June2027" in re.sub(r"\s", "", strip)
    assert "5" not in strip.partition("2027")[0]


def test_the_drawing_has_the_days_that_are_left(done: Built) -> None:
    drawing = done.page().partition('class="impldays-drawing')[2].partition("</svg>")[0]
    assert re.findall(r'impldays-day__number"[^>]*>(\d+)<', drawing) == ["6", "7"]
    assert re.findall(r"<text y=[^>]*>([^<]*)<", drawing) == ["Hack days"]


def test_the_schedule_strikes_both_and_nothing_else(done: Built) -> None:
    schedule = done.page().partition('class="impldays-schedule')[2]
    days = [text_of(f"<section{day}") for day in schedule.split("<section")[1:]]
    assert [day.count("[") for day in days] == [1, 1, 0]
    assert "Cancelled: Hack days" in days[0]
    assert "Cancelled: Workshops" in days[1]
    assert "Hack days 09:00" in days[1]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("calendar/paris-2018.ics", 4),
        ("calendar/paris-2018-hack_days.ics", 3),
        ("calendar/paris-2018-workshops.ics", 1),
    ],
)
def test_calendars_say_it_of_the_same_entries(done: Built, path: str, count: int) -> None:
    entries = icalendar.Calendar.from_ical((done.folder / "site" / path).read_bytes()).events
    assert len(entries) == count
    off = {"paris-2018/workshops/day1@impldays", "paris-2018/hack_days/day1@impldays"}
    for entry in entries:
        assert (entry["STATUS"] == "CANCELLED") == (entry["UID"] in off)
        assert str(entry["SUMMARY"]).startswith("Cancelled: ") == (entry["UID"] in off)


def test_search_engines_read_the_same(done: Built) -> None:
    (raw,) = re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", done.page(), re.DOTALL)
    node = json.loads(raw)
    workshops, hack_days = node["subEvent"]
    off = "https://schema.org/EventCancelled"
    on = "https://schema.org/EventScheduled"
    assert [each["eventStatus"] for each in (node, workshops, hack_days)] == [on, off, on]
    assert [each["eventStatus"] for each in hack_days["subEvent"]] == [off, on, on]
    assert node["startDate"] == hack_days["startDate"] == "2027-06-06T09:00:00+02:00"
    assert "offers" in hack_days
    assert "offers" not in workshops
