"""The browser shows at each moment what Python says of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page

from mkdocs_impldays.pages.timed import View, alternatives
from tests.browser.conftest import Site, open_at
from tests.states import Calendar, calendars

every_calendar = pytest.mark.parametrize(
    "calendar", [pytest.param(calendar, id=name) for name, calendar in calendars().items()]
)


def built(calendar: Calendar, moment: datetime) -> str:
    view = View(moment, is_preview=True)
    return "".join(f"<p>{alternatives(spans, view)}</p>" for spans in calendar.states)


def shown(page: Page) -> list[str]:
    return page.locator("main p").all_inner_texts()


@every_calendar
def test_the_browser_agrees_with_the_table(
    browser: Browser, site: Site, calendar: Calendar
) -> None:
    address = site.put(built(calendar, calendar.rows[0].moment))
    with browser.new_context(timezone_id="America/Los_Angeles") as visitor:
        page = visitor.new_page()
        for row in calendar.rows:
            page.clock.set_fixed_time(row.moment.astimezone(UTC))
            page.goto(address)
            assert shown(page) == row.states, row.moment


@every_calendar
def test_a_page_left_open_all_the_time_agrees(
    browser: Browser, site: Site, calendar: Calendar
) -> None:
    now = calendar.rows[0].moment.astimezone(UTC)
    with browser.new_context(timezone_id="Asia/Tokyo") as visitor:
        page = open_at(visitor, site.put(built(calendar, now)), now)
        for row in calendar.rows:
            ago, now = now, row.moment.astimezone(UTC)
            page.clock.fast_forward(int((now - ago).total_seconds() * 1000))
            assert shown(page) == row.states, row.moment


@every_calendar
def test_a_page_built_at_the_moment_agrees_without_javascript(
    browser: Browser, site: Site, calendar: Calendar
) -> None:
    with browser.new_context(java_script_enabled=False) as visitor:
        page = visitor.new_page()
        for row in calendar.rows:
            page.goto(site.put(built(calendar, row.moment)))
            assert shown(page) == row.states, row.moment
