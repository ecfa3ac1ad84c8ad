"""What a schedule marks as now and next at many moments, in three zones, with and without a script.

The fest has three tracks by day and two at night, and in that night clocks go back an hour.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page

from mkdocs_impldays.site import Site as Fests
from mkdocs_impldays.site import SiteOptions
from tests.browser.conftest import Site, pages_of
from tests.fests import HEAD, ROOT, fest_of

FEST = fest_of(f"""{HEAD}venues:
  casa: {{name: Casa, rooms: {{a: {{name: A}}, b: {{name: B}}, c: {{name: C}}}}}}
events:
  talks:
    title: Talks
    venue: casa
    days:
      - date: 2027-10-30
        opens: "08:30"
        closes: "18:00"
        agenda:
          - {{at: "09:00", until: "09:30", what: Doors}}
          - {{at: "10:00", until: "10:45", what: Keynote, room: a}}
          - {{at: "10:00", until: "11:00", what: Parsers, room: b}}
          - {{at: "10:00", until: "12:00", what: Workshop, room: c}}
          - {{at: "11:00", until: "12:00", what: Macros, room: a}}
          - {{at: "11:00", until: "11:30", what: Panel, room: b, status: cancelled}}
          - {{at: "11:30", until: "12:00", what: Demos, room: b}}
          - {{at: "12:00", until: "13:00", what: Lunch}}
          - {{at: "13:00", until: "14:00", what: Errors, room: a}}
          - {{at: "13:30", until: "14:30", what: Async, room: c}}
  night:
    title: Night
    venue: casa
    days:
      - date: 2027-10-30
        opens: "21:00"
        closes: 2027-10-31 05:00
        agenda:
          - {{at: "22:00", until: "00:30", what: Concert, room: a}}
          - {{at: "23:30", until: "01:00", what: Games, room: b}}
          - {{at: "01:30", for: 2 h, what: Hacking, room: a}}
          - {{at: "03:30", until: "04:30", what: Breakfast}}
""")
MOMENTS: dict[str, tuple[str, str]] = {
    "2027-10-29T12:00:00Z": ("", ""),
    "2027-10-30T06:30:00Z": ("", "doors"),  # 08:30, the house opens
    "2027-10-30T06:59:59Z": ("", "doors"),
    "2027-10-30T07:00:00Z": ("doors", "keynote parsers workshop"),
    "2027-10-30T07:30:00Z": ("", "keynote parsers workshop"),
    "2027-10-30T08:00:00Z": ("keynote parsers workshop", "macros"),
    "2027-10-30T08:44:59Z": ("keynote parsers workshop", "macros"),
    "2027-10-30T08:45:00Z": ("parsers workshop", "macros"),
    "2027-10-30T09:00:00Z": ("workshop macros", "demos"),  # the panel is cancelled
    "2027-10-30T09:30:00Z": ("workshop macros demos", "lunch"),
    "2027-10-30T10:00:00Z": ("lunch", "errors"),
    "2027-10-30T11:15:00Z": ("errors", "async"),
    "2027-10-30T11:45:00Z": ("errors async", ""),
    "2027-10-30T12:15:00Z": ("async", ""),
    "2027-10-30T19:00:00Z": ("", "concert"),  # 21:00, the doors open again
    "2027-10-30T20:00:00Z": ("concert", "games"),
    "2027-10-30T21:59:59Z": ("concert games", "hacking"),  # 23:59:59
    "2027-10-30T22:00:00Z": ("concert games", "hacking"),  # midnight
    "2027-10-30T22:30:00Z": ("games", "hacking"),
    "2027-10-30T23:30:00Z": ("hacking", "breakfast"),  # 01:30
    "2027-10-31T00:30:00Z": ("hacking", "breakfast"),  # 02:30, for the first time
    "2027-10-31T01:29:59Z": ("hacking", "breakfast"),  # 02:29:59, for the second
    "2027-10-31T01:30:00Z": ("", "breakfast"),  # 02:30, two hours after 01:30
    "2027-10-31T02:30:00Z": ("breakfast", ""),  # 03:30
    "2027-10-31T03:30:00Z": ("", ""),
}
ZONES = {
    "Europe/Paris": {},
    "Asia/Tokyo": {
        "keynote": "(17:00–17:45)",
        "concert": "(Sun 05:00–07:30)",
        "hacking": "(08:30–10:30)",
        "breakfast": "(11:30–12:30)",
    },
    "America/New_York": {
        "keynote": "(04:00–04:45)",
        "concert": "(16:00–18:30)",
        "hacking": "(Sat 19:30–21:30)",
        "breakfast": "(Sat 22:30–23:30)",
    },
}
"""The visitor's own hours of some sessions; a weekday where it is another than the venue's."""


def _schedule(moment: datetime) -> str:
    """Return the schedule as a page has it that is built at a moment."""
    options = SiteOptions(template_folders=[str(ROOT / "mkdocs_impldays/theme")])
    fests = Fests({FEST.id: FEST}, FEST, moment, is_moment_set=False, sources={}, options=options)
    return str(fests.context().macros.programme.schedule())


def _marked(page: Page) -> tuple[str, str]:
    """Return the ids of the sessions that are marked as on now, and of those as next."""
    now, following = (
        page.locator(f"li .impldays-{mark}:visible").evaluate_all(
            "all => all.map((each) => each.closest('li').id.slice('session-'.length)).join(' ')"
        )
        for mark in ("now", "next")
    )
    return str(now), str(following)


@pytest.mark.parametrize("zone", ZONES)
def test_the_script_marks_what_is_on_and_next_in_every_zone(
    browser: Browser, site: Site, zone: str
) -> None:
    address = site.put(_schedule(datetime(2027, 1, 1, tzinfo=UTC)))
    found = {}
    with browser.new_context(timezone_id=zone) as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time("2027-10-01T00:00:00Z")
        page.goto(address)
        for moment in MOMENTS:
            page.clock.set_fixed_time(moment)
            page.evaluate("dispatchEvent(new Event('pageshow'))")
            found[moment] = _marked(page)
        assert found == MOMENTS
        page.wait_for_function("!document.querySelector('time[data-yours]')")
        own = {
            name: page.locator(f"#session-{name} > .impldays-yours").inner_text().strip()
            for name in ZONES[zone]
        }
        assert own == ZONES[zone]
        assert page.locator(".impldays-yours").count() == 0 or zone != "Europe/Paris"


def test_without_a_script_the_page_marks_what_was_on_when_it_was_built(
    browser: Browser, site: Site
) -> None:
    found = {}
    with browser.new_context(java_script_enabled=False) as visitor:
        page = visitor.new_page()
        for moment in MOMENTS:
            page.goto(site.put(_schedule(datetime.fromisoformat(moment))))
            found[moment] = _marked(page)
    assert found == MOMENTS


TIMED = """# Home

{% before talks %}

## What to bring

{% endbefore %}

{% after talks %}

## What it was like

{% endafter %}

## Where
"""
TALKS = f"{HEAD}events: {{talks: {{title: Talks, days: [2027-06-05]}}}}\n"


@pytest.mark.parametrize("name", ["material", "mkdocs"])
def test_a_menu_has_the_headings_that_are_shown(browser: Browser, site: Site, name: str) -> None:
    theme = {"name": name, **({"font": False} if name == "material" else {"highlightjs": False})}
    site.pages |= pages_of({"docs/index.md": TIMED, "fests/a-fest.yml": TALKS}, theme)
    site.policy = "default-src 'self' 'unsafe-inline'; img-src 'self' data:"

    def entries(page: Page) -> list[str]:
        page.goto(site.address)
        links = page.locator(":is(nav, .nav) li > a[href^='#']:visible").all_inner_texts()
        return [text.strip() for text in links if text.strip() not in ("", "Home", "Search")]

    before, later = ["What to bring", "Where"], ["What it was like", "Where"]
    with browser.new_context(java_script_enabled=False) as visitor:
        assert entries(visitor.new_page()) == before
    for moment, shown in [("2027-06-01T12:00:00Z", before), ("2027-06-09T12:00:00Z", later)]:
        with browser.new_context() as visitor:
            page = visitor.new_page()
            page.clock.set_fixed_time(moment)
            assert entries(page) == shown
