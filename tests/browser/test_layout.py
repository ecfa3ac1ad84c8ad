"""What long words, other time zones and other blocks do to the look of a page."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.conftest import SCREEN, Site, pages_of
from tests.fests import HEAD

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2
FEST = f"""{HEAD}
venues: {{casa: {{name: Casa, rooms: {{main: {{name: Main hall}}, small: {{name: Attic}}}}}}}}
thanks: You were wonderful.
events:
  talks:
    title: Talks
    venue: casa
    days: [{{date: 2027-06-05, opens: "09:00", closes: 2027-06-06 08:00}}]
    agenda:
      - {{at: "09:00", what: Doors}}
      - {{at: "10:00", until: "12:00", what: Keynote, room: main}}
      - {{at: "10:00", until: "12:00", what: {LONG}, room: small, status: cancelled}}
      - {{at: "12:00", until: "13:00", what: {LONG}s}}
rsvp: {{event: talks, url: "https://ti.to/casa", closes: 2027-06-01}}
"""
PAGES = {
    "docs/index.md": """---
layout: home
---

{{ now_and_next() }}

{% before talks %}
## Before

Come along.
{% endbefore %}

## When

{{ schedule(agenda=false) }}
""",
    "docs/schedule.md": "# Schedule\n\n{{ schedule() }}\n",
    "docs/filter.md": "# Schedule\n\n{{ schedule_filter() }}\n\n{{ schedule() }}\n",
    "docs/dates.md": "# Dates\n\n{{ deadlines() }}\n\n{{ afterwards() }}\n",
    "docs/now.md": SCREEN,
    "fests/a-fest.yml": FEST,
}
BEFORE, DURING, AFTER = (
    datetime.fromisoformat(f"{moment}:00+02:00")
    for moment in ("2027-05-01T12:00", "2027-06-05T10:30", "2027-07-01T12:00")
)


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """Build the site once."""
    theme = {"name": "material", "font": False, "features": ["impldays.band"]}
    return pages_of(PAGES, theme)


@pytest.fixture
def address(site: Site, pages: dict[str, bytes]) -> str:
    site.pages |= pages
    site.policy = "default-src 'self' 'unsafe-inline' data:"  # as the theme needs
    return site.address + "/"


@pytest.mark.parametrize("path", ["", "schedule/", "filter/", "now/"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_a_long_word_is_broken_where_the_line_ends(
    browser: Browser, address: str, path: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 700}) as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(DURING)
        page.goto(address + path)
        assert page.get_by_text(LONG[:9]).first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        cut = page.evaluate(
            "[...document.querySelectorAll('.impldays-hero *, .impldays-plan > li')]"
            ".filter((each) => each.getBoundingClientRect().right > innerWidth + 1)"
            ".map((each) => each.closest('svg') ? '' : each.outerHTML).filter(Boolean)"
        )
        assert cut == []


def test_what_is_on_now_is_said_once(browser: Browser, address: str) -> None:
    with browser.new_context() as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(DURING)
        page.goto(address)
        assert page.get_by_text("Keynote").filter(visible=True).count() == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_the_visitors_own_hours_begin_a_line_where_others_do(
    browser: Browser, address: str, width: int
) -> None:
    screen: ViewportSize = {"width": width, "height": 700}
    with browser.new_context(timezone_id="America/New_York", viewport=screen) as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(BEFORE)
        page.goto(address + "schedule/")
        slot = page.locator(".impldays-slot__title").first
        title, hours, own = (
            slot.locator(part).first.bounding_box()
            for part in ("strong", "time", ".impldays-yours")
        )
        assert title
        assert hours
        assert own
        assert hours["x"] == pytest.approx(title["x"], abs=0.5)
        if own["y"] > hours["y"] + hours["height"] / 2:
            assert own["x"] == pytest.approx(title["x"], abs=0.5)
        else:
            assert own["x"] > hours["x"] + hours["width"] + 3


def test_words_in_a_column_keep_away_from_its_edges(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 700}) as visitor:
        page = visitor.new_page()
        page.goto(address + "schedule/")
        session = page.locator("#session-keynote")
        padding = "getComputedStyle(each).paddingInlineEnd"
        assert float(session.evaluate(f"(each) => {padding}").removesuffix("px")) >= 6
        page.goto(address + "filter/")
        assert float(session.evaluate(f"(each) => {padding}").removesuffix("px")) >= 30


def test_thanks_keep_away_from_a_table_above(browser: Browser, address: str) -> None:
    with browser.new_context() as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(AFTER)
        page.goto(address + "dates/")
        table = page.locator(".impldays-deadlines").bounding_box()
        thanks = page.locator(".impldays-afterwards").bounding_box()
        assert table
        assert thanks
        assert thanks["y"] - table["y"] - table["height"] >= 20


def test_a_heading_that_is_shown_for_a_time_is_as_large_as_others(
    browser: Browser, address: str
) -> None:
    with browser.new_context() as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(BEFORE)
        page.goto(address)
        sizes = page.locator(".impldays-home h2:visible").evaluate_all(
            "(all) => all.filter((each) => !each.closest('.impldays-schedule'))"
            ".map((each) => getComputedStyle(each).fontSize)"
        )
        assert len(sizes) == 2
        assert len(set(sizes)) == 1
