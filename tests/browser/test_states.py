"""The browser shows at each moment what Python says of it."""

from __future__ import annotations

from datetime import UTC

import pytest
from playwright.sync_api import Browser

from mkdocs_impldays.pages.alternatives import alternatives
from tests.browser.conftest import Site
from tests.states import Calendar, calendars


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
@pytest.mark.parametrize(
    "calendar", [pytest.param(calendar, id=name) for name, calendar in calendars().items()]
)
def test_the_browser_agrees_with_the_table(
    browser: Browser, site: Site, calendar: Calendar, zone: str
) -> None:
    build = calendar.rows[0].moment
    body = "".join(f"<p>{alternatives(spans, build)}</p>" for spans in calendar.states)
    address = site.put(body)
    with browser.new_context(timezone_id=zone) as visitor:
        page = visitor.new_page()
        for row in calendar.rows:
            page.clock.set_fixed_time(row.moment.astimezone(UTC))
            page.goto(address)
            assert page.locator("main p").all_inner_texts() == row.states, row.moment
