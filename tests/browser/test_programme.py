"""What visitors do with a programme: filter it, mark sessions, and see what is on."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.axe import violations
from tests.browser.conftest import FORBIDDEN, SCREEN, Site, open_at, pages_of
from tests.fests import HEAD

FEST = f"""{HEAD}venues:
  casa: {{name: Casa, rooms: {{big: {{name: Big}}, small: {{name: Small}}}}}}
tracks: {{lang: {{name: Language}}, tools: {{name: Tools}}}}
events:
  talks:
    title: Talks
    venue: casa
    days:
      - date: 2027-06-05
        agenda:
          - {{at: "09:00", what: Doors, id: doors}}
          - {{at: "10:00", until: "11:00", what: Keynote, id: keynote, room: big, track: lang}}
          - {{at: "10:30", until: "12:00", what: Debuggers, id: debuggers, room: small,
             track: tools}}
      - date: 2027-06-06
        agenda:
          - {{at: "10:00", until: "11:00", what: Macros, id: macros, room: big, track: lang}}
"""
HOME = "# Home\n\n{{ now_and_next() }}\n\n{{ schedule_filter() }}\n\n{{ schedule() }}\n"
ALL = ["Doors", "Keynote", "Debuggers", "Macros"]
THEME = {"name": "mkdocs", "highlightjs": False}
BEFORE_THE_KEYNOTE = datetime.fromisoformat("2027-06-05T09:59+02:00")
DURING_TWO_TALKS = datetime.fromisoformat("2027-06-05T10:35+02:00")


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """Build a site with a programme, once, long before the fest."""
    files = {
        "docs/index.md": HOME,
        "docs/other.md": "# Other\n",
        "docs/now.md": SCREEN,
        "fests/a-fest.yml": FEST,
    }
    return pages_of(files, THEME)


@pytest.fixture
def address(site: Site, pages: dict[str, bytes]) -> str:
    """Serve that site."""
    site.pages |= pages
    site.policy = "default-src 'self' 'unsafe-inline'"  # as MkDocs' own theme needs
    return f"{site.address}/"


def _shown(page: Page) -> list[str]:
    lines = page.locator(".impldays-plan li:visible").all()
    return [name for name in ALL if any(name in (each.text_content() or "") for each in lines)]


WRITTEN_IN_PARTS = """async (address) => {
    const text = await (await fetch(address)).text();
    const frame = document.createElement("iframe");
    document.body.replaceChildren(frame);
    const part = frame.contentDocument;
    const cut = text.indexOf("Macros</span>");
    const buttons = async (count) => {
        for (let turn = 0; turn < 100; turn++) {
            await new Promise((resolve) => setTimeout(resolve, 20));
            if (part.querySelectorAll(".impldays-mark").length >= count) break;
        }
        return [...part.querySelectorAll(".impldays-mark")].map((each) => each.ariaLabel);
    };
    part.open();
    part.write(text.slice(0, cut)); // as a network would: the last title is not there yet
    const early = await buttons(3);
    part.write(text.slice(cut));
    part.close();
    return [early, await buttons(4)];
}"""


def test_a_session_gets_its_button_when_its_title_has_come(
    visitor: BrowserContext, address: str
) -> None:
    page = visitor.new_page()
    page.goto(address)
    labels = [f"Mark “{title}”" for title in ALL]
    assert page.evaluate(WRITTEN_IN_PARTS, address) == [labels[:3], labels]


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("track", "Language", ["Keynote", "Macros"]),
        ("room", "Small", ["Doors", "Debuggers"]),
        ("day", "2027-06-06", ["Macros"]),
    ],
)
def test_a_filter_leaves_its_sessions_and_the_address_keeps_it(
    visitor: BrowserContext, address: str, name: str, value: str, left: list[str]
) -> None:
    page = visitor.new_page()
    page.goto(address)
    assert _shown(page) == ALL
    page.select_option(f".impldays-filter [name={name}]", value)
    assert _shown(page) == left
    shared = visitor.new_page()
    shared.goto(page.url)
    assert _shown(shared) == left


def test_two_filters_that_leave_nothing_say_so(visitor: BrowserContext, address: str) -> None:
    page = visitor.new_page()
    page.goto(f"{address}?day=2027-06-06&track=Tools&room=unknown")
    assert _shown(page) == []
    assert page.locator(".impldays-filter [role=status]").inner_text() == "No session matches"


def test_the_keyboard_alone_filters_and_marks(visitor: BrowserContext, address: str) -> None:
    page = visitor.new_page()
    page.goto(address)
    page.focus(".impldays-filter [name=track]")
    page.keyboard.press("ArrowDown")
    assert _shown(page) == ["Keynote", "Macros"]
    page.focus("#session-keynote .impldays-mark")
    page.keyboard.press("Space")
    page.focus(".impldays-filter [name=mine]")
    page.keyboard.press("Space")
    assert _shown(page) == ["Keynote"]


def test_marks_last_overlap_and_are_forgotten(visitor: BrowserContext, address: str) -> None:
    page = visitor.new_page()
    page.goto(address)
    for name in ("keynote", "debuggers", "macros", "macros", "doors"):
        page.click(f"#session-{name} .impldays-mark")
    notes = page.locator(".impldays-overlap")
    assert notes.all_inner_texts() == [
        "At the same time as “Debuggers”",
        "At the same time as “Keynote”",
    ]
    page.goto(f"{address}other/")
    page.goto(f"{address}?mine=")
    assert _shown(page) == ["Doors", "Keynote", "Debuggers"]
    page.click(".impldays-forget")
    assert _shown(page) == []
    assert page.evaluate("localStorage.length") == 0


def test_marks_work_where_storage_is_forbidden(visitor: BrowserContext, address: str) -> None:
    page = visitor.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    page.add_init_script(FORBIDDEN)
    page.goto(address)
    page.click("#session-keynote .impldays-mark")
    page.check(".impldays-filter [name=mine]")
    assert _shown(page) == ["Keynote"]
    page.click(".impldays-forget")
    assert _shown(page) == []
    assert errors == []


def test_without_javascript_everything_is_shown(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}?track=Tools")
        assert _shown(page) == ALL
        assert not page.is_visible(".impldays-filter")
        lines = page.locator("noscript .impldays-current__list li")
        assert [" ".join(each.split()) for each in lines.all_inner_texts()] == [
            "09:00 Doors Casa",
            "10:00 Keynote Big",
            "10:30 Debuggers Small",
        ]


def test_the_file_belongs_to_pages_with_a_filter(visitor: BrowserContext, address: str) -> None:
    page = visitor.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}other/")
    assert not any("programme.js" in url for url in asked)
    page.goto(address)
    assert any("programme.js" in url for url in asked)


def test_paper_has_no_controls(visitor: BrowserContext, address: str) -> None:
    page = visitor.new_page()
    page.goto(address)
    page.emulate_media(media="print")
    assert not page.is_visible(".impldays-filter")
    assert page.locator(".impldays-mark:visible").count() == 0


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Europe/Paris"])
def test_what_is_on_and_next_follows_the_clock(browser: Browser, address: str, zone: str) -> None:
    moments = {
        "2027-06-04T21:59:59Z": [],
        "2027-06-05T06:59:59Z": ["Next", "Doors"],
        "2027-06-05T08:10:00Z": ["Now", "Keynote", "Next", "Debuggers"],
        "2027-06-06T09:30:00Z": [],
    }
    for moment, texts in moments.items():
        with browser.new_context(timezone_id=zone) as context:
            page = context.new_page()
            page.clock.set_fixed_time(moment)
            page.goto(address)
            lines = page.locator(
                ".impldays-current__head:visible, .impldays-current li:visible a, "
                ".impldays-current li:visible > span"
            )
            found = [each.splitlines()[0].split(" ")[0] for each in lines.all_inner_texts()]
            assert found == texts, moment


def _on_screen(page: Page) -> list[str]:
    return page.locator(".impldays-screen li:visible > span").all_inner_texts()


def test_the_screen_follows_the_clock_and_learns_of_changes(
    visitor: BrowserContext, site: Site, address: str
) -> None:
    page = open_at(visitor, f"{address}now/", BEFORE_THE_KEYNOTE)
    assert _on_screen(page) == ["Doors\nCasa", "Keynote\nBig"]
    page.clock.run_for(61_000)
    assert _on_screen(page) == ["Keynote\nBig", "Debuggers\nSmall"]
    site.pages["/now/"] = site.pages["/now/"].replace(b"Debuggers", b"Parsers")
    page.clock.run_for(180_000)
    page.get_by_text("Parsers").first.wait_for(state="attached")
    assert _on_screen(page) == ["Keynote\nBig", "Parsers\nSmall"]


def test_the_screen_keeps_its_last_state_without_a_network(
    visitor: BrowserContext, site: Site, address: str
) -> None:
    page = open_at(visitor, f"{address}now/", BEFORE_THE_KEYNOTE)
    site.pages["/now/"] = b"<p>Please accept our terms.</p>"
    page.clock.run_for(200_000)
    visitor.set_offline(True)
    page.clock.run_for(400_000)
    assert _on_screen(page) == ["Keynote\nBig", "Debuggers\nSmall"]


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1024, 768)])
def test_the_screen_fits_and_never_stands_still(
    visitor: BrowserContext, address: str, width: int, height: int
) -> None:
    page = open_at(visitor, f"{address}now/", DURING_TWO_TALKS)
    page.set_viewport_size({"width": width, "height": height})
    assert page.locator("nav, a[href]:visible").count() == 0
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('li span')).fontSize)")
    assert size >= height / 25
    page.clock.run_for(61_000)
    first = page.evaluate("document.querySelector('main').style.translate")
    page.clock.run_for(60_000)
    assert page.evaluate("document.querySelector('main').style.translate") not in ("", first)


def test_axe_finds_nothing_in_controls_and_on_the_screen(
    visitor: BrowserContext, address: str
) -> None:
    page = visitor.new_page()
    page.clock.set_fixed_time(DURING_TWO_TALKS)
    found = []
    for path, part in [("", ".impldays-filter"), ("", ".impldays-mark"), ("now/", "body")]:
        page.goto(f"{address}{path}")
        found += [f"{part}: {rule}: {node['html']}" for rule, node in violations(page, part=part)]
    assert found == []
