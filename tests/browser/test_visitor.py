"""A programme in a visitor's hand: on Material, by keyboard, by touch, with a bad network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.axe import violations
from tests.browser.conftest import FORBIDDEN, SCREEN, SLOW, Site, pages_of
from tests.fests import HEAD
from tests.sites.building import built
from tests.sites.building import site as written

FEST = f"""{HEAD}venues:
  casa: {{name: Casa, rooms: {{big: {{name: Big}}, small: {{name: Small}}}}}}
tracks: {{lang: {{name: Language}}, tools: {{name: Tools}}}}
speakers:
  ada: {{name: Ada Beispiel, about: Writes *parsers*.}}
events:
  talks:
    title: Talks
    venue: casa
    days:
      - date: 2027-06-05
        opens: "09:00"
        closes: "18:00"
        agenda:
          - {{at: "09:00", what: Doors, id: doors}}
          - {{at: "10:00", until: "11:00", what: Keynote, id: keynote, room: big, track: lang,
             speakers: [ada], about: "Why a date is not a string."}}
          - {{at: "10:30", until: "12:00", what: Debuggers, id: debuggers, room: small,
             track: tools}}
      - date: 2027-06-06
        opens: "09:00"
        closes: "18:00"
        agenda:
          - {{at: "10:00", until: "11:00", what: Macros, id: macros, room: big, track: lang}}
"""
SCHEDULE = "# Schedule\n\n{{ schedule_filter() }}\n\n{{ schedule() }}\n"
KEYNOTE = "fests/a-fest/sessions/keynote/"
ADA = "fests/a-fest/speakers/ada/"
ALL = ["doors", "keynote", "debuggers", "macros"]
DURING = "2027-06-05T08:40:00Z"
THEME = {
    "name": "material",
    "font": False,
    "features": ["navigation.instant", "impldays.band"],
    "palette": [
        {"media": "(prefers-color-scheme: light)", "scheme": "default"},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
    ],
}
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """Build a site of Material with a programme, once, long before the fest."""
    files = {
        "docs/index.md": "# Home\n\n{{ now_and_next() }}\n\n[Schedule](schedule.md)\n",
        "docs/schedule.md": SCHEDULE,
        "docs/now.md": SCREEN,
        "fests/a-fest.yml": FEST,
    }
    return pages_of(files, THEME)


@pytest.fixture
def address(site: Site, pages: dict[str, bytes]) -> str:
    """Serve that site, with the inline scripts that Material itself needs."""
    site.pages |= pages
    site.policy = "default-src 'self' 'unsafe-inline'; img-src 'self' data:"
    sitemap = site.pages["/sitemap.xml"]  # navigation.instant follows only what is in there
    own = f"{site.address}/".encode()
    site.pages["/sitemap.xml"] = sitemap.replace(b"https://impldays.test/", own)
    return f"{site.address}/"


@pytest.fixture
def page(visitor: BrowserContext) -> Page:
    """Open a page of a visitor who is at the fest, and fail on any error of a script."""
    return _on_the_day(visitor)


def _on_the_day(visitor: BrowserContext) -> Page:
    page = visitor.new_page()
    page.clock.set_fixed_time(DURING)
    return page


def _shown(page: Page) -> list[str]:
    return [name for name in ALL if page.locator(f"#session-{name}").is_visible()]


def _mark(page: Page, name: str) -> None:
    page.click(f"#session-{name} .impldays-mark")


def _focused(page: Page) -> str:
    element = "(document.activeElement.closest('li[id]') ?? document.activeElement)"
    return str(page.evaluate(f"{element}.id || {element}.name || {element}.classList[0]"))


def test_marks_and_filter_outlast_instant_navigation(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")  # Material has read the sitemap by then
    page.evaluate("window.loads = 1")
    page.get_by_role("link", name="Schedule").last.click()
    page.wait_for_url("**/schedule/")
    page.select_option("[name=track]", "Language")
    _mark(page, "keynote")
    assert _shown(page) == ["keynote", "macros"]
    page.locator("#session-keynote a").first.click()
    page.wait_for_url(f"**/{KEYNOTE}")
    page.locator(".impldays-session__when").wait_for()  # the address changes before the page
    page.go_back()
    expect(page).to_have_url(f"{address}schedule/?track=Language")
    page.locator("#session-macros").wait_for()
    assert page.evaluate("window.loads") == 1
    assert page.input_value("[name=track]") == "Language"
    assert _shown(page) == ["keynote", "macros"]
    pressed = page.locator("#session-keynote .impldays-mark").get_attribute("aria-pressed")
    assert pressed == "true"


def test_marks_outlast_instant_navigation_where_storage_is_forbidden(
    page: Page, address: str
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    page.add_init_script(FORBIDDEN)
    page.goto(f"{address}schedule/")
    page.wait_for_load_state("networkidle")
    ours = [error for error in errors if error != "no"]
    _mark(page, "keynote")
    page.check("[name=mine]")
    assert _shown(page) == ["keynote"]
    assert ours == []


def test_a_keyboard_reaches_all_and_keeps_its_place(page: Page, address: str) -> None:
    page.goto(f"{address}schedule/")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(_focused(page))
        if reached[-1] == "session-macros":
            break
    buttons = ["impldays-save", "impldays-forget"]
    ours = ["day", "track", "room", "mine", *(f"session-{n}" for n in ALL)]
    assert [name for name in dict.fromkeys(reached) if name in {*ours, *buttons}] == ours
    page.keyboard.press("Enter")
    page.focus("[name=mine]")
    page.keyboard.press("Space")
    assert _shown(page) == ["macros"]
    reached = []
    for _ in range(len(buttons) + 1):
        page.keyboard.press("Tab")
        reached.append(_focused(page))
    assert reached == [*buttons, "session-macros"]
    page.keyboard.press("Space")
    assert _shown(page) == []
    assert _focused(page) == "mine"


@pytest.mark.parametrize(
    "name", [".impldays-mark", ".impldays-save", ".impldays-forget", ".impldays-filter select"]
)
def test_the_focus_is_seen(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}schedule/")
    _mark(page, "keynote")
    page.locator(name).first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    style = "(({outlineStyle: s, outlineWidth: w}) => s !== 'none' && parseFloat(w) >= 2)"
    assert page.evaluate(f"{style}(getComputedStyle(document.activeElement))")


def test_what_is_done_is_announced(page: Page, address: str) -> None:
    page.goto(f"{address}schedule/")
    status = page.locator(".impldays-filter [role=status]")
    assert status.inner_text() == "Sessions: 4 of 4"
    page.select_option("[name=track]", "Language")
    assert status.inner_text() == "Sessions: 2 of 4"
    page.select_option("[name=track]", "")
    assert status.inner_text() == "Sessions: 4 of 4"
    _mark(page, "keynote")
    _mark(page, "debuggers")
    assert status.inner_text() == "At the same time as “Keynote”"
    page.focus(".impldays-forget")
    page.keyboard.press("Enter")
    assert status.inner_text() == "No session is marked"
    assert page.locator(".impldays-overlap:visible").count() == 0


def test_a_thumb_marks_and_filters(browser: Browser, address: str) -> None:
    screen = ViewportSize(width=390, height=844)
    with browser.new_context(has_touch=True, is_mobile=True, viewport=screen) as visitor:
        page = _on_the_day(visitor)
        page.goto(f"{address}schedule/")
        page.tap("#session-keynote .impldays-mark")
        page.tap("[name=mine]")
        assert _shown(page) == ["keynote"]
        for part in page.locator(
            ".impldays-mark:visible, .impldays-filter :is(select, button, label, a)"
        ).all():
            box = part.bounding_box()
            assert box is not None
            assert box["height"] >= 44, part
            assert box["width"] >= 44, part
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", [KEYNOTE, ADA])
def test_without_javascript_a_page_of_the_programme_says_all(
    browser: Browser, address: str, path: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + path)
        text = page.locator("article").inner_text()
        assert "Saturday 5 June 2027" in text
        assert "Keynote" in text
        assert "Ada Beispiel" in text


def test_without_javascript_the_screen_lists_the_day(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}now/")
        assert page.locator("noscript li").count() == 3


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Paris", []),
        ("Asia/Tokyo", [" (17:00–18:00 your time)"]),
        ("America/Los_Angeles", [" (01:00–02:00 your time)"]),
    ],
)
def test_a_session_is_on_at_its_time_in_every_zone(
    browser: Browser, address: str, zone: str, words: list[str]
) -> None:
    with browser.new_context(timezone_id=zone) as visitor:
        page = _on_the_day(visitor)
        page.goto(address + KEYNOTE)
        assert page.locator(".impldays-now:visible").count() == 1
        assert page.locator(".impldays-yours").all_inner_texts() == words


def test_a_schedule_that_is_open_needs_no_network(
    visitor: BrowserContext, page: Page, address: str
) -> None:
    page.goto(f"{address}schedule/")
    page.wait_for_load_state("networkidle")
    visitor.set_offline(True)
    _mark(page, "debuggers")
    page.select_option("[name=room]", "Small")
    assert _shown(page) == ["doors", "debuggers"]
    page.check("[name=mine]")
    assert _shown(page) == ["debuggers"]


def test_a_long_schedule_is_laid_out_near_the_screen_and_searched_whole(
    tmp_path: Path, site: Site, visitor: BrowserContext
) -> None:
    days = FEST.index("    days:\n")
    agenda = "".join(
        f"      - date: 2027-06-{day:02}\n        agenda:\n"
        + "".join(
            f'          - {{at: "{hour:02}:{minute:02}", what: Talk {day}-{hour}-{minute}}}\n'
            for hour in range(9, 19)
            for minute in range(0, 60, 10)
        )
        for day in range(1, 6)
    )
    files = {"docs/index.md": SCHEDULE, "fests/a-fest.yml": f"{FEST[:days]}    days:\n{agenda}"}
    options = {"fest": "fests/a-fest.yml"}
    folder = written(tmp_path, files, options=options, theme=THEME)
    assert not built(folder).stopped
    address = site.put_folder(folder / "site")
    site.policy = "default-src 'self' 'unsafe-inline'; img-src 'self' data:"
    page = _on_the_day(visitor)
    page.add_init_script(SHIFTS)
    page.goto(address)
    last = page.locator("#session-talk-5-18-50")
    is_laid_out = "l => l.querySelector('time').checkVisibility({contentVisibilityAuto: true})"
    assert page.locator(".impldays-mark").count() == 300
    assert page.locator("#session-talk-1-9-0").evaluate(is_laid_out)
    assert page.evaluate("window.shifts") <= 0.01
    page.select_option("[name=day]", "2027-06-02")
    page.select_option("[name=day]", "")
    page.wait_for_function(f"line => !({is_laid_out})(line)", arg=last.element_handle())
    assert page.evaluate("window.find('Talk 5-18-50')")
    page.evaluate("getSelection().anchorNode.parentElement.scrollIntoView()")
    page.wait_for_function(is_laid_out, arg=last.element_handle())
    page.evaluate("window.shifts = 0")
    for _ in range(10):
        page.mouse.wheel(0, -300)
        page.wait_for_timeout(100)
    assert page.evaluate("window.shifts") <= 0.01


@pytest.mark.parametrize("query", ["", "?track=Tools", "?mine="])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_the_page_arrives(
    visitor: BrowserContext, site: Site, address: str, width: int, query: str
) -> None:
    slow = site.pages["/schedule/"]
    for place in (b'<div class="impldays-schedule"', b'<li id="session-debuggers"', b"</ol>"):
        assert place in slow
        slow = slow.replace(place, SLOW.encode() + place, 1)
    site.pages["/schedule/"] = slow
    page = _on_the_day(visitor)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}schedule/")
    _mark(page, "keynote")
    page.add_init_script(SHIFTS)
    page.goto(f"{address}schedule/{query}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifts") <= 0.01


def test_paper_has_no_controls_and_all_that_is_on_the_screen(page: Page, address: str) -> None:
    page.goto(f"{address}schedule/")
    page.emulate_media(media="print")
    for part in (".impldays-filter", ".impldays-mark", ".impldays-overlap"):
        assert page.locator(f"{part}:visible").count() == 0
    assert _shown(page) == ALL


@pytest.mark.parametrize("path", ["schedule/", KEYNOTE, ADA, "now/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, path: str, scheme: str) -> None:
    with browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", timezone_id="Asia/Tokyo"
    ) as visitor:
        page = _on_the_day(visitor)
        page.goto(address + path)
        part = "body" if path == "now/" else "article"
        found = [f"{rule}: {node['html']}" for rule, node in violations(page, part=part)]
        assert found == []
