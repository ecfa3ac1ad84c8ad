"""The button on a site of Material: its navigation, its colours, its widths."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page

from mkdocs_impldays.names.button import call_button
from mkdocs_impldays.pages.render import Renderer
from mkdocs_impldays.pages.tags import PhaseBlocks, phase_tags
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.words.phrases import Words
from tests.axe import violations
from tests.browser.conftest import Site
from tests.fests import ROOT, paris, rsvp_of

BUILD = datetime.fromisoformat("2018-04-01T12:00+02:00")
APRIL = datetime.fromisoformat("2018-04-20T12:00+02:00")
JUNE = datetime.fromisoformat("2018-06-01T12:00+02:00")

MAIN = """\
{% extends "base.html" %}
{% block extrahead %}
<link rel="stylesheet" href="{{ 'assets/impldays/impldays.css' | url }}">
<script src="{{ 'assets/impldays/impldays.js' | url }}"></script>
{% endblock %}
"""
PAGE = """\
# A page

{% before impl_days %}
!!! tip
    We look forward to it.
{% else %}
!!! success
    Thank you.
{% endbefore %}

BUTTON

| who | how |
|-----|-----|
| you | BUTTON |
"""


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of Material with two pages with the button, and one without."""
    root = tmp_path_factory.mktemp("material")
    docs, overrides = root / "docs", root / "overrides"
    docs.mkdir()
    overrides.mkdir()
    (overrides / "main.html").write_text(MAIN)
    (docs / "bare.md").write_text("# A page\n\nText.\n")
    button = call_button(paris(), rsvp_of(paris()), view=View(BUILD), words=Words.of("en-GB"))
    tags = phase_tags(paris(), View(BUILD))
    page, problems = Renderer({}, extensions=[tags]).render(PAGE, path="docs/index.md")
    assert problems == []
    for name in ("index.md", "other.md"):
        (docs / name).write_text(page.replace("BUTTON", button))
    (root / "mkdocs.yml").write_text(
        "site_name: A site\nsite_url: http://127.0.0.1/\n"
        "theme:\n  name: material\n  font: false\n  custom_dir: overrides\n"
        "  features: [navigation.instant]\n"
        "  palette:\n"
        "    - {media: '(prefers-color-scheme: light)', scheme: default}\n"
        "    - {media: '(prefers-color-scheme: dark)', scheme: slate}\n"
        "plugins: []\nmarkdown_extensions: [admonition, tables]\n"
    )
    config = load_config(str(root / "mkdocs.yml"))
    config.theme.dirs.insert(1, str(ROOT / "mkdocs_impldays/theme"))
    config.markdown_extensions.append(PhaseBlocks())  # type: ignore[arg-type] # MkDocs takes both
    build(config)
    return root / "site"


@pytest.fixture
def address(material: Path, site: Site) -> str:
    """Serve that site, with the inline scripts that Material itself needs."""
    site.policy = "default-src 'self' 'unsafe-inline'; img-src 'self' data:"
    address = site.put_folder(material)
    sitemap = site.pages["/sitemap.xml"]  # navigation.instant follows only what is in there
    site.pages["/sitemap.xml"] = sitemap.replace(b"http://127.0.0.1/", address.encode())
    return address


def visit(browser: Browser, address: str, moment: datetime) -> Page:
    page = browser.new_context(timezone_id="Asia/Tokyo").new_page()
    page.clock.set_fixed_time(moment)
    page.goto(address)
    return page


def test_what_instant_navigation_brings_in_is_picked_too(browser: Browser, address: str) -> None:
    page = visit(browser, address, APRIL)
    page.wait_for_load_state("networkidle")  # Material has read the sitemap by then
    page.evaluate("window.loads = 1")
    page.get_by_role("link", name="Other").or_(page.locator("a[href*=other]")).first.click()
    page.wait_for_url("**/other/")
    assert page.evaluate("window.loads") == 1
    shown = page.locator(".impldays-rsvp").all_inner_texts()
    assert len(shown) == 2
    assert all("RSVP closes on Sunday 27 May 2018 at 18:00 CEST" in text for text in shown)
    own = page.locator(".impldays-yours:visible")
    assert own.all_inner_texts() == [" (Mon 01:00 your time)"] * 2
    page.go_back()
    page.wait_for_url(address)
    assert own.all_inner_texts() == [" (Mon 01:00 your time)"] * 2


def test_blocks_take_turns(browser: Browser, address: str) -> None:
    page = visit(browser, address, APRIL)
    assert page.locator(".admonition:visible").inner_text() == "Tip\n\nWe look forward to it."
    page = visit(browser, address, JUNE)
    assert page.locator(".admonition:visible").inner_text() == "Success\n\nThank you."


@pytest.mark.parametrize("moment", [BUILD, APRIL, JUNE])
@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_axe_finds_no_more_than_on_a_bare_page(
    browser: Browser, address: str, moment: datetime, scheme: Literal["light", "dark", "forced"]
) -> None:
    page = visit(browser, address, moment)
    found = []
    for path in ("bare/", ""):
        page.goto(address + path)
        page.emulate_media(
            color_scheme="light" if scheme == "forced" else scheme,
            forced_colors="active" if scheme == "forced" else "none",
        )
        found.append({(rule, node["target"][0]) for rule, node in violations(page)})
    bare, ours = found
    assert ours <= bare


def test_the_link_is_large_enough_for_a_thumb(browser: Browser, address: str) -> None:
    page = visit(browser, address, APRIL)
    links = page.locator(".impldays-rsvp a:visible").all()
    assert links
    for link in links:
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 44


def test_nothing_sticks_out_at_400_percent(browser: Browser, address: str) -> None:
    page = visit(browser, address, APRIL)
    page.set_viewport_size({"width": 320, "height": 256})
    button = page.locator("article > p .impldays-rsvp")
    box = button.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_the_focus_is_seen(browser: Browser, address: str) -> None:
    page = visit(browser, address, APRIL)
    page.locator(".impldays-rsvp a:visible").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    style = (
        "(({outlineStyle: s, outlineWidth: w}) => [s, w])(getComputedStyle(document.activeElement))"
    )
    assert page.evaluate(style) == ["solid", "3px"]
