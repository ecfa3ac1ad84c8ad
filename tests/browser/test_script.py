"""The script in a visitor's browser: picks, keeps still, and takes nothing from the visitor."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from mkdocs_impldays.fest.time import Span
from mkdocs_impldays.names.button import call_button
from mkdocs_impldays.pages.timed import View, alternatives
from mkdocs_impldays.words.phrases import Words
from tests.browser.conftest import SLOW, Site, open_at
from tests.fests import DAYS, paris, rsvp_of

ENGLISH = Words.of("en-GB")
APRIL, JUNE = (datetime.fromisoformat(f"2018-{at}:00+02:00") for at in ("04-20T12", "06-01T12"))
OPENING = datetime.fromisoformat("2018-04-18T12:00+02:00")
DEADLINE = datetime.fromisoformat("2018-05-27T18:00+02:00")
MINUTE = timedelta(minutes=1)

OPEN_TEXT = "Yes I want to code at impl Days Paris! RSVP closes on Sunday 27 May 2018 at 18:00 CEST"
CLOSED_TEXT = "RSVP closed on Sunday 27 May 2018 at 18:00 CEST"
PAST_TEXT = f"impl Days Paris took place on {DAYS}"


def button(moment: datetime = APRIL) -> str:
    return f"<p>{call_button(paris(), rsvp_of(paris()), view=View(moment), words=ENGLISH)}</p>"


def text_of(page: Page) -> str:
    return page.locator("main p").first.inner_text()


def test_a_site_built_in_april_is_right_in_june(visitor: BrowserContext, site: Site) -> None:
    assert text_of(open_at(visitor, site.put(button()), JUNE)) == PAST_TEXT


def test_without_javascript_the_build_s_words_stand(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False) as visitor:
        page = visitor.new_page()
        page.goto(site.put(button()))
        assert text_of(page) == OPEN_TEXT


def test_a_clock_that_is_behind_shows_what_was_built(visitor: BrowserContext, site: Site) -> None:
    assert text_of(open_at(visitor, site.put(button()), OPENING - MINUTE)) == OPEN_TEXT


def test_a_page_left_open_changes_at_the_deadline(visitor: BrowserContext, site: Site) -> None:
    page = open_at(visitor, site.put(button()), DEADLINE - 10 * MINUTE)
    page.clock.run_for("09:59")
    assert text_of(page) == OPEN_TEXT
    page.clock.run_for("00:02")
    assert text_of(page) == CLOSED_TEXT


def test_a_page_left_open_for_months_changes(visitor: BrowserContext, site: Site) -> None:
    page = open_at(visitor, site.put(button()), APRIL)
    page.clock.fast_forward(int((JUNE - APRIL).total_seconds() * 1000))
    assert text_of(page) == PAST_TEXT


@pytest.mark.parametrize(
    "wake",
    [
        "document.dispatchEvent(new Event('visibilitychange'))",
        "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))",
        "document.body.append(document.createElement('hr'))",
    ],
)
def test_a_page_that_comes_back_is_right_at_once(
    visitor: BrowserContext, site: Site, wake: str
) -> None:
    page = visitor.new_page()
    page.clock.set_fixed_time(APRIL)
    page.goto(site.put(button()))
    page.clock.set_fixed_time(JUNE)
    page.evaluate(wake)
    assert text_of(page) == PAST_TEXT


def test_only_a_change_under_the_visitor_s_eyes_is_announced(
    visitor: BrowserContext, site: Site
) -> None:
    page = open_at(visitor, site.put(button()), DEADLINE - 5 * MINUTE)
    regions = page.get_by_role("status")
    assert regions.count() == 0
    page.clock.run_for("04:30")
    assert regions.count() == 1
    assert text_of(page) == OPEN_TEXT
    page.clock.run_for("00:31")
    assert regions.inner_text() == CLOSED_TEXT


def test_a_list_stays_a_list_while_it_is_watched(visitor: BrowserContext, site: Site) -> None:
    items = '<li data-until="2018-05-27T16:00:00Z">The stream</li><li>The document</li>'
    address = site.put(f'<ul class="impldays">{items}</ul>')
    page = open_at(visitor, address, DEADLINE - MINUTE / 2)
    assert page.get_by_role("list").get_attribute("aria-live") == "polite"
    assert page.get_by_role("status").count() == 0
    page.clock.run_for("00:31")
    assert page.get_by_role("listitem").all_inner_texts() == ["The document"]


def test_nothing_is_announced_on_a_page_that_has_just_come(
    visitor: BrowserContext, site: Site
) -> None:
    page = open_at(visitor, site.put(button()), JUNE)
    assert page.get_by_role("status").count() == 0


def test_the_focus_goes_nowhere_by_itself(visitor: BrowserContext, site: Site) -> None:
    page = open_at(
        visitor,
        site.put(button() + '<a id="next" href="/b">b</a><a href="/c">c</a>'),
        DEADLINE - MINUTE,
    )
    page.evaluate("addEventListener('focusin', (e) => (window.focused = e.target.id))")
    page.locator("#next").focus()
    page.clock.run_for("01:01")
    assert text_of(page) == CLOSED_TEXT
    assert page.evaluate("document.activeElement.id") == "next"
    assert page.evaluate("window.focused") == "next"


def test_who_stood_on_the_link_goes_on_from_there(visitor: BrowserContext, site: Site) -> None:
    links = '<a href="/a">a</a>', '<a id="next" href="/b">b</a>'
    page = open_at(visitor, site.put(links[0] + button() + links[1]), DEADLINE - MINUTE)
    page.locator(".impldays-rsvp a").focus()
    page.clock.run_for("01:01")
    assert text_of(page) == CLOSED_TEXT
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "next"


def test_nothing_moves_while_a_long_page_comes_in(visitor: BrowserContext, site: Site) -> None:
    tall = [Span("short", None, DEADLINE), Span("<br>".join("tall"), DEADLINE, None)]
    body = f"<p>{alternatives(tall, View(APRIL))}</p>{'<p>More.</p>' * 40}{SLOW}<p>The end.</p>"
    page = visitor.new_page()
    page.clock.set_fixed_time(JUNE)
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => {"
        "  for (const entry of list.getEntries()) window.shifts += entry.value;"
        "}).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(site.put(body))
    assert text_of(page) == "t\na\nl\nl"
    page.wait_for_timeout(200)
    assert page.evaluate("window.shifts") == 0


def test_obeys_a_strict_policy_and_asks_no_one_else(visitor: BrowserContext, site: Site) -> None:
    page = visitor.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(error.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.put(button()))
    assert said == []
    assert all(url.startswith(site.address) for url in asked)
    assert len(asked) >= 3


@pytest.mark.parametrize(
    ("zone", "own"),
    [
        ("Europe/Paris", []),
        ("Europe/Madrid", []),
        ("Europe/London", [" (17:00 your time)"]),
        ("Asia/Tokyo", [" (Mon 01:00 your time)"]),
        ("America/Los_Angeles", [" (09:00 your time)"]),
    ],
)
def test_the_visitor_s_own_time_stands_beside(
    browser: Browser, site: Site, zone: str, own: list[str]
) -> None:
    with browser.new_context(timezone_id=zone) as visitor:
        page = open_at(visitor, site.put(button()), APRIL)
        shown = page.locator(".impldays-yours:visible")
        assert shown.all_text_contents() == own
        page.evaluate("document.body.append(document.querySelector('main'))")
        assert shown.all_text_contents() == own


@pytest.mark.parametrize(
    ("zone", "own"),
    [
        ("Europe/London", " (22:30–Mon 00:30)"),
        ("Asia/Tokyo", " (Mon 06:30–08:30)"),
        ("America/Los_Angeles", " (14:30–16:30)"),
    ],
)
def test_both_ends_are_converted_and_the_weekday_stands_where_it_differs(
    browser: Browser, site: Site, zone: str, own: str
) -> None:
    span = 'datetime="2018-05-27T23:30+02:00" data-end="2018-05-28T01:30+02:00" data-yours="(…)"'
    with browser.new_context(timezone_id=zone) as visitor:
        page = open_at(visitor, site.put(f"<p><time {span}>23:30</time></p>"), APRIL)
        assert page.locator(".impldays-yours").all_text_contents() == [own]


def test_a_long_schedule_is_converted_in_steps(browser: Browser, site: Site) -> None:
    hours = [f"2027-06-07T18:{minute:02}+02:00" for minute in range(60)]
    times = [f'<time datetime="{hour}" data-yours="(…)">x</time>' for hour in hours]
    with browser.new_context(timezone_id="Asia/Tokyo") as visitor:
        page = visitor.new_page()
        page.add_init_script("let read = 0; performance.now = () => (read += 15)")
        counted = (
            "window.counts = [...(window.counts ?? []), document.querySelectorAll('span').length]"
        )
        page.add_init_script(
            f"new MutationObserver(() => {{{counted}}}).observe(document, "
            "{childList: true, subtree: true})"
        )
        page.goto(site.put(f"<p>{' '.join(times)}</p>"))
        page.locator(".impldays-yours").nth(59).wait_for()
        assert len(page.evaluate("window.counts")) > 20
        assert page.locator(".impldays-yours").last.text_content() == " (Tue 01:59)"


def test_a_time_without_an_hour_has_none_of_the_visitor_s(browser: Browser, site: Site) -> None:
    with browser.new_context(timezone_id="Asia/Tokyo") as visitor:
        page = visitor.new_page()
        page.goto(site.put('<p><time datetime="2018-05-27" data-yours="(…)">27 May</time></p>'))
        assert text_of(page) == "27 May"


def test_a_set_moment_stands_still(visitor: BrowserContext, site: Site) -> None:
    page = open_at(visitor, site.put(button(), now="2018-05-27T15:59:00Z"), JUNE)
    page.clock.run_for("05:00")
    assert text_of(page) == OPEN_TEXT


def test_paper_shows_the_address_and_the_venue_s_time_only(browser: Browser, site: Site) -> None:
    with browser.new_context(timezone_id="Asia/Tokyo") as visitor:
        page = open_at(visitor, site.put(button()), APRIL)
        page.emulate_media(media="print")
        behind = "getComputedStyle(document.querySelector('.impldays-rsvp a'), '::after').content"
        assert "https://ti.to/asquera-event-ug/rustfest-paris-2018/" in page.evaluate(behind)
        assert page.locator(".impldays-yours:visible").count() == 0


def test_the_link_is_large_enough_for_a_thumb_in_any_theme(
    visitor: BrowserContext, site: Site
) -> None:
    page = open_at(visitor, site.put(button()), APRIL)
    box = page.locator(".impldays-rsvp a").bounding_box()
    assert box is not None
    assert box["height"] >= 44


_LOOKS = """
window.looks = 0;
const all = Document.prototype.querySelectorAll;
Document.prototype.querySelectorAll = function (text) {
  window.looks += text.includes("data-from");
  return all.call(this, text);
};
"""
_TIME = """
const time = document.createElement("time");
time.dateTime = "2018-05-28T09:00:00+02:00";
time.dataset.yours = "(… your time)";
document.querySelector("main").append(time);
"""


def test_the_visitor_s_own_time_is_no_reason_to_look_again(browser: Browser, site: Site) -> None:
    with browser.new_context(timezone_id="America/New_York") as visitor:
        page = open_at(visitor, site.put("<p>Soon</p>"), APRIL)
        page.evaluate(f"() => {{{_LOOKS}{_TIME}}}")
        assert page.locator(".impldays-yours").inner_text() == "(03:00 your time)"
        assert page.evaluate("window.looks") == 1
