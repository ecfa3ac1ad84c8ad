"""The example fest in a new site: in all colours, by keyboard, enlarged, and on paper."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, Page

from mkdocs_impldays.scaffold.kinds import COLOURS
from tests.axe import violations
from tests.pictures.screens import AFTER, BEFORE, ON_THE_DAY, TALKS, served, site
from tests.sites.building import built

PAGES = ("", "schedule/", "take-part/", "location/", "fests/")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the site as it is before the fest, and serve it; return its address."""
    folder: Path = tmp_path_factory.mktemp("example")
    site(folder)
    epoch = f"{datetime.fromisoformat(BEFORE).timestamp():.0f}"
    with patch.dict(os.environ, SOURCE_DATE_EPOCH=epoch):
        done = built(folder)
    assert done.lines == ()
    with served(folder / "site") as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colours", COLOURS)
def test_all_of_a_page_can_be_read_in_each_of_the_colours_on_offer(
    browser: Browser, example: str, colours: str, scheme: Literal["light", "dark"]
) -> None:
    chosen = COLOURS[colours]
    style = (
        f":root, [data-fest] {{ --impldays-primary: {chosen.primary} !important;"
        f" --impldays-accent: {chosen.accent} !important }} * {{ transition: none !important }}"
    )
    found: list[str] = []
    with browser.new_context(color_scheme=scheme, reduced_motion="reduce") as visitor:
        page = visitor.new_page()
        for path in PAGES:
            page.clock.set_fixed_time(BEFORE if path else TALKS)
            page.goto(example + path)
            page.add_style_tag(content=style)
            ground = page.evaluate(
                "getComputedStyle(document.querySelector('.impldays-hero, .impldays-band'))"
                ".backgroundColor"
            )
            assert ground == f"rgb{tuple(bytes.fromhex(chosen.primary[1:]))}"
            low = violations(page, only=["color-contrast"])
            found += [f"/{path}: {node['failureSummary']}" for _, node in low]
    assert found == []


def test_a_notice_keeps_away_from_the_heading_below_whatever_it_does_not_say_yet(
    browser: Browser, example: str
) -> None:
    with browser.new_context() as visitor:
        page = visitor.new_page()
        for moment in (BEFORE, TALKS):
            page.clock.set_fixed_time(moment)
            page.goto(f"{example}schedule/")
            lines = [
                line.bounding_box() for line in page.locator(".impldays-notice p:visible").all()
            ]
            heading = page.locator("article h1").bounding_box()
            assert heading
            tops = [line["y"] for line in lines if line]
            ends = [line["y"] + line["height"] for line in lines if line]
            assert len(ends) > 1
            assert heading["y"] - ends[-1] >= 20
            assert all(top - end <= 12 for top, end in zip(tops[1:], ends, strict=False))


@pytest.mark.parametrize("moment", [BEFORE, ON_THE_DAY, AFTER])
@pytest.mark.parametrize(("path", "part"), [("", "hero__words"), ("location/", "band")])
def test_the_top_of_a_page_has_the_days_and_the_place_once(
    browser: Browser, example: str, path: str, part: str, moment: str
) -> None:
    with browser.new_context() as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(moment)
        page.goto(example + path)
        text = page.locator(f".impldays-{part}").inner_text()
        assert text.replace("Tuesday ", "").count("13 June 2028") == 1
        assert text.count("Also online") == (path == "")


@pytest.mark.parametrize("path", ["", "schedule/"])
def test_the_keyboard_reaches_all_that_can_be_clicked_and_shows_where_it_is(
    browser: Browser, example: str, path: str
) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 720}) as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(BEFORE)
        page.goto(example + path)
        seen: list[str] = []
        while (focus := _focus(page)) != "body":
            seen.append(focus)
            assert len(seen) < 150, "the focus does not come back"
        unseen = [each for each in seen if each.endswith("unseen")]
        assert unseen == []
        ours = page.locator("article a:visible, article button:visible, article select:visible")
        assert len(seen) >= ours.count() > 2


def _focus(page: Page) -> str:
    """Press the tab key; return what has the focus, and whether that is seen."""
    page.keyboard.press("Tab")
    return str(
        page.evaluate(
            """() => {
              const element = document.activeElement;
              if (element === document.body) return "body";
              const box = element.getBoundingClientRect();
              const style = getComputedStyle(element);
              if (element.matches(".md-option, .md-search__input")) return "of the theme";
              const inside = box.bottom > 0 && box.top < innerHeight && box.width && box.height;
              const marked = style.outlineStyle !== "none" || style.boxShadow !== "none";
              return `${element.outerHTML} ${inside && marked ? "seen" : "unseen"}`;
            }"""
        )
    )


@pytest.mark.parametrize("width", [320, 640])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_cut_off_on_a_narrow_screen_or_at_200_percent(
    browser: Browser, example: str, path: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 480}) as visitor:
        page = visitor.new_page()
        for moment in (BEFORE, TALKS, AFTER):
            page.clock.set_fixed_time(moment)
            page.goto(example + path)
            assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("path", PAGES)
def test_forced_colours_leave_buttons_their_edges(
    browser: Browser, example: str, path: str
) -> None:
    with browser.new_context(forced_colors="active", reduced_motion="reduce") as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(BEFORE)
        page.goto(example + path)
        for button in page.locator(".impldays-rsvp a:visible").all():
            edge = button.evaluate("each => getComputedStyle(each).borderTopStyle")
            assert edge == "solid"


def test_the_home_page_is_one_sheet_also_with_a_notice_and_four_days(
    browser: Browser, example: str
) -> None:
    with browser.new_context() as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(BEFORE)
        page.goto(example)
        sheets = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4"))
    assert len(sheets) == 1
