"""How a schedule looks: a list on a phone, a grid where there is space, sheets on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.axe import violations
from tests.browser.conftest import Site, pages_of
from tests.fests import HEAD, ROOT

GOLDEN = ROOT / "tests/golden/schedule"
ROOMS = {"main": "Main hall", "small": "Small hall", "garden": "Garden"}
FEST = f"""{HEAD}venues:
  casa: {{name: Casa, rooms: {{main: {{name: Main hall}}, small: {{name: Small hall}},
    garden: {{name: Garden}}}}}}
tracks: {{lang: {{name: Language}}, tools: {{name: Tools}}}}
speakers: {{ada: {{name: Ada Beispiel}}, bo: {{name: Bo Exemplo}}}}
events:
  talks:
    title: Talks
    venue: casa
    days: [2027-06-05, 2027-06-06]
    agenda:
      - {{at: "09:00", what: Doors, kind: break}}
      - {{at: "10:00", until: "10:45", what: Keynote, room: main, track: lang,
         speakers: [ada, bo]}}
      - {{at: "10:00", until: "10:45", what: Debuggers, room: small, status: cancelled}}
      - {{at: "10:00", until: "12:00", what: Your first patch, room: garden, kind: workshop}}
      - {{at: "11:00", until: "11:45", what: Parsers, room: main, status: moved}}
      - {{at: "11:00", until: "11:45", what: Macros, room: small, track: tools, speakers: bo}}
      - {{at: "12:00", until: "13:00", what: Lunch, kind: break}}
      - {{at: "13:00", until: "14:00", what: Lifetimes, room: main}}
      - {{at: "13:00", until: "14:00", what: Errors, room: small}}
  party:
    title: Party
    venue: casa
    days:
      - date: 2027-06-06
        agenda:
          - {{at: "20:00", what: Music}}
          - {{at: "21:00", what: Cake}}
"""
PAGE = "# Schedule\n\n{{ schedule_filter() }}\n\n{{ schedule() }}\n"
THEMES: Mapping[str, dict[str, object]] = {
    "material": {"name": "material", "font": False},
    "mkdocs": {"name": "mkdocs", "highlightjs": False},
    "readthedocs": {"name": "readthedocs", "highlightjs": False},
}
WIDE, PHONE, NARROW = 1280, 390, 320


def _built(theme: str) -> dict[str, bytes]:
    files = {"docs/index.md": PAGE, "fests/a-fest.yml": FEST}
    return pages_of(files, THEMES[theme])


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """Build the site with Material once."""
    return _built("material")


@pytest.fixture
def page(visitor: BrowserContext, site: Site, pages: dict[str, bytes]) -> Page:
    """Open its schedule before the fest."""
    return _opened(visitor, site, pages)


def _opened(visitor: BrowserContext, site: Site, pages: dict[str, bytes]) -> Page:
    site.pages |= pages
    site.policy = "default-src 'self' 'unsafe-inline' data:"  # as the themes need
    page = visitor.new_page()
    page.clock.set_fixed_time("2027-05-01T10:00:00Z")
    page.goto(f"{site.address}/")
    return page


def _session(page: Page, name: str) -> Locator:
    return page.locator(".impldays-plan > li[id]", has_text=name).first


def _box(page: Page, name: str) -> dict[str, float]:
    box = _session(page, name).bounding_box()
    assert box
    return {"left": box["x"], "top": box["y"], "right": box["x"] + box["width"],
            "bottom": box["y"] + box["height"]}  # fmt: skip


def _resized(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.mark.parametrize("theme", THEMES)
def test_rooms_are_columns_where_there_is_space(
    visitor: BrowserContext, site: Site, theme: str
) -> None:
    page = _opened(visitor, site, _built(theme))
    _resized(page, WIDE)
    keynote, debuggers, patch = (_box(page, n) for n in ("Keynote", "Debuggers", "Your first"))
    macros, lunch, doors = (_box(page, name) for name in ("Macros", "Lunch", "Doors"))
    assert keynote["top"] == debuggers["top"] == patch["top"] > doors["bottom"]
    assert keynote["right"] < debuggers["left"] < debuggers["right"] < patch["left"]
    assert macros["left"] == debuggers["left"]
    assert patch["bottom"] == pytest.approx(macros["bottom"], abs=1)
    assert lunch["top"] > patch["bottom"]
    assert (lunch["left"], lunch["right"]) == (keynote["left"], patch["right"])
    assert page.locator(".impldays-plan__room:visible").all_inner_texts()[:3] == [*ROOMS.values()]
    hours = page.locator(".impldays-plan").first.locator(".impldays-plan__hour:visible")
    assert hours.all_inner_texts() == ["09:00", "10:00", "11:00", "12:00", "13:00"]


@pytest.mark.parametrize("width", [PHONE, NARROW])
def test_on_a_phone_it_is_a_list_in_the_order_of_time(page: Page, width: int) -> None:
    _resized(page, width)
    lines = page.locator(".impldays-plan").first.locator("li:visible")
    boxes = [each.bounding_box() for each in lines.all()]
    tops = [box["y"] for box in boxes if box]
    assert len(tops) == 9
    assert tops == sorted(set(tops))
    assert len({box["x"] for box in boxes if box}) == 1
    hours = [text.split()[0] for text in lines.all_inner_texts()]
    assert hours == sorted(hours)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_an_event_in_one_room_stays_a_list(page: Page) -> None:
    _resized(page, WIDE)
    music, cake = _box(page, "Music"), _box(page, "Cake")
    assert music["left"] == cake["left"]
    assert music["bottom"] <= cake["top"]
    assert page.locator(".impldays-plan:not(.impldays-grid)").count() == 1


def test_what_a_filter_leaves_is_a_list(page: Page) -> None:
    _resized(page, WIDE)
    page.select_option(".impldays-filter [name=room]", "Small hall")
    shown = page.locator(".impldays-plan").first.locator("li:visible")
    texts = [" ".join(text.split("\n")[0].split()) for text in shown.all_inner_texts()]
    assert [text.split()[0] for text in texts] == ["09:00", "10:00", "11:00", "12:00", "13:00"]
    assert _box(page, "Debuggers")["left"] == _box(page, "Lunch")["left"]
    page.select_option(".impldays-filter [name=room]", "")
    page.select_option(".impldays-filter [name=day]", "2027-06-06")
    assert page.locator(".impldays-plan__room:visible").count() == len(ROOMS)


def test_what_is_off_or_moved_is_struck_and_says_so(page: Page) -> None:
    _resized(page, WIDE)
    off = _session(page, "Debuggers")
    assert "Debuggers" in off.locator("s").inner_text()
    assert "Cancelled" in off.inner_text()
    assert "Moved" in _session(page, "Parsers").inner_text()


def test_the_visitor_s_own_hours_are_beside_the_rows(
    browser: Browser, site: Site, pages: dict[str, bytes]
) -> None:
    with browser.new_context(timezone_id="Asia/Tokyo") as visitor:
        page = _opened(visitor, site, pages)
        _resized(page, WIDE)
        hours = page.locator(".impldays-plan").first.locator(".impldays-plan__hour")
        page.locator(".impldays-plan__hour .impldays-yours").last.wait_for()
        assert [text.split() for text in hours.all_inner_texts()][:2] == [
            ["09:00", "(16:00)"],
            ["10:00", "(17:00)"],
        ]


SHORTENED = """() => {
    for (const plan of document.querySelectorAll(".impldays-plan")) {
        plan.classList.remove("impldays-grid");
        plan.replaceChildren(...[...plan.querySelectorAll("[id]")].slice(0, 4));
    }
}"""
"""What makes evenings of the days: a few sessions in one room."""


def _sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))


def test_a_full_day_is_a_sheet_and_short_ones_share_it(page: Page) -> None:
    assert _sheets(page) == 2
    page.evaluate(SHORTENED)
    assert _sheets(page) == 1
    page.emulate_media(media="print")
    assert page.locator(".impldays-mark:visible, .impldays-filter:visible").count() == 0


def test_axe_finds_nothing(page: Page) -> None:
    found = []
    for width in (WIDE, NARROW):
        _resized(page, width)
        now = violations(page, part=".impldays-schedule")
        found += [f"{width}: {rule}: {node['html']}" for rule, node in now]
    assert found == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_screen_reader_reads_it_in_order(page: Page, width: int) -> None:
    """Both widths have the same golden file: what is read does not depend on the layout."""
    _resized(page, width)
    page.reload()
    golden = (GOLDEN / "accessibility.txt").read_text("utf-8")
    assert accessibility_tree(page, "ol.impldays-grid") == golden


def accessibility_tree(page: Page, selector: str) -> str:
    """Return what Chromium tells screen readers of an element: a line for each role and name."""
    cdp = page.context.new_cdp_session(page)
    document = cdp.send("DOM.getDocument")["root"]["nodeId"]
    node = cdp.send("DOM.querySelector", {"nodeId": document, "selector": selector})["nodeId"]
    wanted = cdp.send("DOM.describeNode", {"nodeId": node})["node"]["backendNodeId"]
    nodes = {each["nodeId"]: each for each in cdp.send("Accessibility.getFullAXTree")["nodes"]}
    (root,) = (each for each in nodes.values() if each.get("backendDOMNodeId") == wanted)

    def lines(node: dict[str, object], depth: int) -> Iterator[str]:
        role, name = (node.get(key, {}) for key in ("role", "name"))
        assert isinstance(role, dict)
        assert isinstance(name, dict)
        told = f"{role.get('value')} {name.get('value', '')}".strip()
        if is_told := not node.get("ignored") and role.get("value") != "InlineTextBox":
            yield f"{'  ' * depth}{told}"
        children = node.get("childIds", [])
        assert isinstance(children, list)
        for child in children:
            if child in nodes and role.get("value") != "StaticText":
                yield from lines(nodes[child], depth + bool(is_told))

    return "\n".join(lines(root, 0)) + "\n"
