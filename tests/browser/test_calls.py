"""Calls and kinds of ticket in a browser: one second before, at and after each of their edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from mkdocs_impldays.fest.call_states import call_states
from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.instants import instants_of
from mkdocs_impldays.fest.time import at
from mkdocs_impldays.names.button import LINK_CLASS, call_button, ticket_line
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.words.phrases import Words
from tests.browser.conftest import Site
from tests.fests import fest_of, rsvp_of
from tests.unit.test_call_lists import FEST as TEXT

FEST = fest_of(TEXT)
WORDS = Words.of("en-GB")
KINDS = [rsvp_of(FEST).of_ticket(ticket) for ticket in rsvp_of(FEST).tickets]
CALLS = [*FEST.calls.values(), *KINDS]
SECOND = timedelta(seconds=1)
MOMENTS = [
    (edge + step).astimezone(UTC)
    for edge in instants_of(FEST)
    for step in (-SECOND, 0 * SECOND, SECOND)
]
BEGINNING = MOMENTS[0] - timedelta(days=30)


def built(moment: datetime) -> str:
    return "".join(f"<p>{_button(call, View(moment))}</p>" for call in CALLS)


def _button(call: Call, view: View) -> str:
    if call in KINDS:
        return ticket_line(FEST, call, view=view, words=WORDS, link_class=LINK_CLASS)
    return call_button(FEST, call, view=view, words=WORDS)


def expected(moment: datetime) -> list[str]:
    return [at(call_states(FEST, call), moment).value for call in CALLS]


def shown(page: Page) -> list[str | None]:
    return [
        each.get_attribute("data-rsvp") for each in page.locator("main p [data-rsvp]:visible").all()
    ]


def test_there_are_three_calls_and_three_kinds_with_edges() -> None:
    assert (len(FEST.calls), len(KINDS)) == (3, 3)
    assert len({tuple(expected(moment)) for moment in MOMENTS}) > 6


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_a_page_built_long_ago_shows_each_state(browser: Browser, site: Site, zone: str) -> None:
    address = site.put(built(BEGINNING))
    with browser.new_context(timezone_id=zone) as visitor:
        page = visitor.new_page()
        for moment in MOMENTS:
            page.clock.set_fixed_time(moment)
            page.goto(address)
            assert shown(page) == expected(moment), moment


def test_a_page_built_at_the_moment_shows_it_without_javascript(
    browser: Browser, site: Site
) -> None:
    with browser.new_context(java_script_enabled=False) as visitor:
        page = visitor.new_page()
        for moment in MOMENTS:
            page.goto(site.put(built(moment)))
            assert shown(page) == expected(moment), moment


def test_without_javascript_what_will_open_has_a_link(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False) as visitor:
        page = visitor.new_page()
        page.goto(site.put(built(BEGINNING)))
        assert page.get_by_role("link", name="Submit a talk").first.is_visible()
        page.goto(site.put(built(MOMENTS[-1])))
        assert page.get_by_role("link").count() == 0
