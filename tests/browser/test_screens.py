"""The built site in a browser: every page at four widths, in light and in dark."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect
from rcssmin import cssmin
from rjsmin import jsmin

from tests import engine
from tests.axe import COLOURS, violations
from tests.fests import ROOT
from tests.judges.programs import need, run

PHONE = (390, 844)
BEFORE = datetime(2018, 5, 1, 10, tzinfo=UTC)
"""While the RSVP is open."""

BARE_MATERIAL = {("landmark-unique", ".md-code__nav")}
"""What axe finds on a bare page of Material as well, and the class of the part it means."""

WIDTHS = (320, 390, 768, 1280)
"""A window of 1280 px at 400 %, a phone, a tablet, a computer."""

JUDGED = (320, 1280)
"""The widths at which axe looks: both ends, since each look takes a second."""

MANUAL = "organisers/"
"""The part of the site that has Material's own look."""

SCHEMES = {"light": "default", "dark": "slate"}
"""What Material calls the colours."""

MINIFY = {".css": cssmin, ".js": jsmin}
"""What wheels are made with, by the endings of files."""
MOST_BYTES = 8_500
"""Of our own styles and scripts on every page, minified as in wheels, as sent with gzip."""
SCRIPTS = {"programme.js", "now.js"}
"""The files that only pages with a filter, and the screen in the hall, load."""
SCREEN = {"now.js", "now.css"}
"""Those of the screen in the hall, which loads no others but the script of each page."""
MOST_BYTES_MORE = 3_500
"""Of either, minified, as sent with gzip."""


class Built(NamedTuple):
    """The site of this repository."""

    folder: Path
    address: str

    def pages(self, part: str) -> list[str]:
        """Return the address of each page of a part, from the site's root, without redirects."""
        found = [
            f"{page.parent.relative_to(self.folder).as_posix()}/"
            for page in sorted(self.folder.rglob("index.html"))
            if 'http-equiv="refresh"' not in page.read_text("utf-8")
        ]
        return [path for path in found if path.startswith(MANUAL) == (part == "manual")]


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name upstream
        """Keep quiet."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """Build the site as its organisers do, and serve it."""
    folder = tmp_path_factory.mktemp("site")
    command = [*engine.COMMAND, "build", "--strict", "-d", str(folder)]
    epoch = str(int(BEFORE.timestamp()))
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": epoch}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    handler = partial(_Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield Built(folder, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()
        thread.join()


@pytest.fixture
def phone(browser: Browser, built: Built) -> Iterator[Page]:
    """Open the home page on a phone, some weeks before the fest."""
    width, height = PHONE
    with browser.new_context(viewport={"width": width, "height": height}) as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(BEFORE)
        page.goto(built.address)
        yield page


@pytest.mark.parametrize(
    ("part", "scheme"), [("site", "light"), ("site", "dark"), ("manual", "light")]
)
def test_every_page_fits_asks_nobody_else_and_can_be_read_by_all(
    browser: Browser,
    built: Built,
    part: str,
    scheme: str,
    record_property: Callable[[str, object], None],
) -> None:
    asked: set[str] = set()
    found: list[str] = []
    pages = built.pages(part)
    with browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    ) as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(BEFORE)
        page.on("request", lambda request: asked.add(request.url))
        for path in pages:
            page.goto(built.address + path)
            assert page.locator("body").get_attribute("data-md-color-scheme") == SCHEMES[scheme]
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
                    found.append(f"{path} is {wide} px wide at {width}")
                if width in JUDGED:
                    found += [
                        f"{path} at {width}: {each}" for each in _axe(page, part, scheme, width)
                    ]
    figure = f"axe, {part} in {scheme}: {len(found)} findings"
    record_property("figure", f"{figure} on {len(pages)} pages at {JUDGED} px")
    assert found == []
    assert [url for url in asked if not url.startswith((built.address, "data:", "blob:"))] == []


def _axe(page: Page, part: str, scheme: str, width: int) -> list[str]:
    """Return what axe finds.

    In dark, only the colours are judged. Those of the manual are Material's at any width.
    """
    return [
        f"{rule}: {node['html'][:200]}"
        for rule, node in violations(
            page,
            only=COLOURS if scheme == "dark" else (),
            without=COLOURS if part == "manual" and width == WIDTHS[0] else (),
        )
        if (rule, node["target"][0].split()[-1]) not in BARE_MATERIAL
    ]


@pytest.mark.parametrize(
    "shown",
    ["h1", ".impldays-hero__when", ".impldays-rsvp a", ".impldays-hero__calendar"],
)
def test_what_a_visitor_comes_for_is_above_the_fold_of_a_phone(phone: Page, shown: str) -> None:
    box = phone.locator(shown).first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PHONE[1]


def test_a_poster_is_one_sheet_with_a_code_to_scan(phone: Page, tmp_path: Path) -> None:
    phone.emulate_media(media="print")
    assert phone.get_by_role("heading", level=1).is_visible()
    code = phone.locator(".impldays-hero__code img")
    code.screenshot(path=tmp_path / "code.png")
    address = run(need("zbarimg"), "-q", "--raw", tmp_path / "code.png").stdout.strip()
    assert address == phone.locator(".impldays-rsvp a:visible").first.get_attribute("href")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", phone.pdf(format="A4"))) == 1


def test_a_map_is_asked_for_by_a_click_and_not_before(phone: Page) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.route("https://**/*", lambda route: route.abort())
    link = phone.locator(".impldays-map a").first
    link.scroll_into_view_if_needed()
    assert [url for url in asked if url.startswith("https:")] == []
    with phone.expect_request(re.compile("^https:")) as request:
        link.click()
    assert request.value.url.startswith("https://www.openstreetmap.org/export/embed.html?")
    assert request.value.frame != phone.main_frame
    assert "referer" not in request.value.headers


def test_the_step_that_is_on_is_marked(phone: Page, built: Built) -> None:
    phone.clock.set_fixed_time("2018-05-28T10:30:00Z")
    phone.reload()
    shown = phone.locator(".impldays-slot p:has(.impldays-now:visible)")
    assert shown.all_inner_texts() == ["Now Lunch break"]
    phone.goto(built.address + "schedule/")
    marked = phone.locator(".impldays-plan li:has(.impldays-now:visible)")
    assert marked.count() == 1
    assert "Lunch break" in marked.inner_text()


def test_paper_does_not_say_when_it_was_printed(phone: Page, built: Built) -> None:
    phone.clock.set_fixed_time("2018-05-28T10:30:00Z")
    phone.goto(built.address + "schedule/")
    marks = phone.locator(":is(.impldays-now, .impldays-next, .impldays-date__mark *):visible")
    assert marks.all_inner_texts() == ["over", "over", "Today", "Now", "Next"]
    phone.emulate_media(media="print")
    assert marks.count() == 0
    step = phone.locator(".impldays-plan").first.locator("li").nth(2)
    assert "Lunch break" in step.inner_text()
    expect(step).to_have_css("font-weight", "400")
    expect(step).to_have_css("border-bottom-width", "0px")


def test_now_is_a_line_between_the_step_that_is_on_and_the_next(phone: Page, built: Built) -> None:
    phone.clock.set_fixed_time("2018-05-28T10:30:00Z")
    phone.goto(built.address + "schedule/")
    steps = phone.locator(".impldays-plan").first.locator("li")
    now = phone.locator(".impldays-plan .impldays-now:visible").bounding_box()
    lunch, next_step = steps.nth(2).bounding_box(), steps.nth(3).bounding_box()
    assert now
    assert lunch
    assert next_step
    middle = now["y"] + now["height"] / 2
    assert lunch["y"] + lunch["height"] - 3 <= middle <= next_step["y"]


def test_styles_and_scripts_of_ours_are_light(
    built: Built, record_property: Callable[[str, object], None]
) -> None:
    files = [file for file in (built.folder / "assets/impldays").iterdir() if file.suffix in MINIFY]
    texts = {file.name: MINIFY[file.suffix](file.read_text("utf-8")) for file in files}
    sizes = {name: len(gzip.compress(text.encode(), mtime=0)) for name, text in texts.items()}
    record_property("figure", f"Bytes of ours, minified, with gzip: {sum(sizes.values())}, {sizes}")
    assert "impldays-site.css" in sizes
    for files_more in (SCRIPTS, SCREEN):
        assert sum(sizes[name] for name in files_more) <= MOST_BYTES_MORE
    assert sum(sizes[name] for name in sizes.keys() - SCRIPTS - SCREEN) <= MOST_BYTES
