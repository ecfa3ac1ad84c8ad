"""A whole site, built by the plugin at one time and visited at another."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Site, open_at
from tests.sites import building

PAGE = """\
---
hide: [fest]
---

{% before impl_days %}
We look forward to it.
{% endbefore %}
{% today impl_days %}
!!! tip "Today"
    Come in, it {{ takes_place("impl_days") }}.
{% endtoday %}
{% after impl_days %}
Thank you. It {{ tense("will be", "is", "was", event="impl_days") }} good.
{% endafter %}

{{ rsvp_button() }}
"""
APRIL = datetime.fromisoformat("2018-04-20T12:00+02:00")
VISITS = {
    "2018-05-28T08:59": ["Today", "Come in, it will take place."],
    "2018-05-28T10:00": ["Today", "Come in, it takes place."],
    "2019-05-28T10:00": ["Thank you. It was good."],
}


def written(folder: Path, **options: object) -> Path:
    return building.site(
        folder, {"docs/index.md": PAGE}, options=options, markdown_extensions=["admonition"]
    )


def built(folder: Path, command: building.Command = "build", **options: object) -> Path:
    made = building.built(written(folder, **options), command=command)
    assert made.lines == ()
    return made.folder / "site"


def parts(page: Page) -> list[str]:
    """Return what is shown of the page's own parts, without the banner above them."""
    return page.locator(".impldays:not(.impldays-notice) p:visible").all_inner_texts()


@pytest.fixture
def in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(APRIL.timestamp())))


@pytest.mark.usefixtures("in_april")
def test_built_in_april_it_is_right_ever_after(
    visitor: BrowserContext, site: Site, tmp_path: Path
) -> None:
    address = site.put_folder(built(tmp_path))
    page = visitor.new_page()
    for moment, texts in {"2018-04-21T12:00": ["We look forward to it."], **VISITS}.items():
        page.clock.set_fixed_time(datetime.fromisoformat(f"{moment}+02:00"))
        page.goto(address)
        shown = parts(page)
        assert shown == texts, moment


@pytest.mark.usefixtures("in_april")
def test_without_javascript_it_shows_the_moment_of_the_build(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    address = site.put_folder(built(tmp_path))
    with browser.new_context(java_script_enabled=False) as visitor:
        page = visitor.new_page()
        page.goto(address)
        assert parts(page) == ["We look forward to it."]
        note = page.locator(".impldays-note:visible").inner_text()
        assert re.search("RSVP closes on .*27.*18:00|RSVP closes on .*27.*6:00", note)


def test_a_set_moment_holds_for_every_visitor(
    visitor: BrowserContext, site: Site, tmp_path: Path
) -> None:
    address = site.put_folder(built(tmp_path, now="2018-05-28T10:00"))
    page = open_at(visitor, address, APRIL)
    assert parts(page) == VISITS["2018-05-28T10:00"]


def test_the_preview_has_the_time_bar_and_every_moment(
    visitor: BrowserContext, site: Site, tmp_path: Path
) -> None:
    site.policy = "default-src 'self' 'unsafe-inline'; img-src 'self' data:"
    page = open_at(visitor, site.put_folder(built(tmp_path, "serve")), APRIL)
    page.get_by_role("button", name="After").click()
    assert parts(page) == VISITS["2019-05-28T10:00"]
    page.get_by_role("button", name="Before").click()
    assert parts(page) == ["We look forward to it."]


@pytest.mark.parametrize("command", ["build", "gh-deploy"])
def test_nothing_of_the_time_bar_is_published(command: building.Command, tmp_path: Path) -> None:
    site = built(tmp_path, command)
    files = [path for path in site.rglob("*") if path.is_file()]
    assert site / "assets/impldays/impldays.js" in files
    assert [path.name for path in files if "timebar" in path.name] == []
    assert [path.name for path in files if b"timebar" in path.read_bytes()] == []
