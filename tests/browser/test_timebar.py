"""The time bar sets the page's clock, and stays while one browses."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from mkdocs_impldays.names.button import call_button
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.problems import Problem, problems_box
from mkdocs_impldays.timebar import timebar
from mkdocs_impldays.words.phrases import Words
from tests.axe import violations
from tests.browser.conftest import Site
from tests.fests import DAYS, paris, rsvp_of

LATE = datetime.fromisoformat("2026-11-24T12:00+01:00")
HEAD = (
    '<link rel="stylesheet" href="/assets/impldays/timebar.css">'  # first, as in a preview
    '<script src="/assets/impldays/timebar.js"></script>'
)
PAST = f"impl Days Paris took place on {DAYS}"


@pytest.fixture
def page(visitor: BrowserContext, site: Site) -> Page:
    """Open the first of two pages with the bar."""
    button = call_button(
        paris(), rsvp_of(paris()), view=View(LATE, is_preview=True), words=Words.of("en-GB")
    )
    body = f'<p id="state">{button}</p><a id="on" href="/on">on</a>'
    for path in ("/on", "/"):
        address = site.put(f"{body}{timebar(paris())}", path=path, more=HEAD)
    page = visitor.new_page()
    page.goto(address)
    return page


def shown(page: Page) -> str:
    return page.locator("#state").inner_text()


def test_a_click_shows_that_moment(page: Page) -> None:
    assert shown(page) == PAST
    page.get_by_role("button", name="RSVP: open").click()
    assert "RSVP closes on Sunday 27 May 2018 at 18:00 CEST" in shown(page)
    page.get_by_role("button", name="RSVP: closed").click()
    assert shown(page).startswith("RSVP closed on")
    assert page.get_by_role("status").inner_text() == "RSVP: closed, Sun 27 May 2018, 18:00"
    assert page.locator("[aria-pressed=true]").count() == 1


def test_it_stays_from_page_to_page_until_one_goes_back(page: Page) -> None:
    page.get_by_role("button", name="Before").click()
    page.locator("#on").click()
    page.wait_for_url("**/on")
    assert shown(page).startswith("RSVP opens on Wednesday 18 April 2018")
    page.get_by_role("button", name="Now", exact=True).click()
    assert shown(page) == PAST
    page.reload()
    assert shown(page) == PAST


def test_any_moment_may_be_typed(page: Page) -> None:
    page.get_by_label("Another").fill("2018-05-28T10:00")
    page.keyboard.press("Tab")
    assert shown(page) == f"On now: impl Days Paris ({DAYS})"


def test_an_address_may_name_the_moment(page: Page) -> None:
    page.goto(f"{page.url}?now=2018-05-01T12:00Z")
    assert "RSVP closes on" in shown(page)


def test_keys_are_enough(page: Page) -> None:
    page.get_by_role("button", name="Day 3").focus()
    page.keyboard.press("Enter")
    assert shown(page).startswith("RSVP closed on")
    assert page.evaluate("document.activeElement.innerText").startswith("Day 3")


def test_axe_finds_nothing(page: Page) -> None:
    assert [f"{rule}: {node['html']}" for rule, node in violations(page)] == []
    heights = page.locator(".impldays-timebar button").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


def test_it_is_one_line_on_a_phone_in_view_of_the_moment_shown_and_hides_nothing(
    page: Page,
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    bar = page.locator(".impldays-timebar")
    page.get_by_role("button", name="RSVP: closed").click()
    page.reload()
    expect(page.locator("[aria-pressed=true]")).to_be_in_viewport(ratio=1)
    box = bar.bounding_box()
    assert box
    assert box["height"] <= 66
    assert box["width"] == 320
    below = page.evaluate("parseFloat(getComputedStyle(document.body).paddingBottom)")
    assert below >= box["height"]
    page.get_by_label("Another").focus()
    field = page.get_by_label("Another").bounding_box()
    assert field
    assert 0 <= field["x"] < 320
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("width", [320, 900, 1280])
def test_the_box_of_problems_is_above_it(visitor: BrowserContext, site: Site, width: int) -> None:
    problems = problems_box([Problem("docs/about.md", 3, "is wrong. Correct it.")])
    address = site.put(f"{timebar(paris())}{problems}", more=HEAD)
    assert visitor.browser
    previews = visitor.browser.new_context(  # which set no policy for styles in attributes
        bypass_csp=True, viewport={"width": width, "height": 640}
    )
    page = previews.new_page()
    page.goto(address)
    bar = page.locator(".impldays-timebar").bounding_box()
    box = page.get_by_role("alert").bounding_box()
    assert bar
    assert box
    assert 0 < box["y"] < box["y"] + box["height"] <= bar["y"]
    previews.close()
