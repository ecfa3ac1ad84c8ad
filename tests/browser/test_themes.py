"""The button on sites of every theme, as an organiser sets them up who changes nothing."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator

from mkdocs_impldays.fest.look import READABLE, contrast
from tests.browser.conftest import Site
from tests.sites import building

APRIL = datetime.fromisoformat("2018-04-20T12:00+02:00")
SLATE = {"name": "material", "font": False, "palette": {"scheme": "slate", "primary": "teal"}}
THEMES = {
    "material": {"name": "material", "font": False},
    "material in slate": SLATE,
    "mkdocs": {"name": "mkdocs"},
    "mkdocs by the system": {"name": "mkdocs", "color_mode": "auto"},
    "readthedocs": {"name": "readthedocs"},
}
PAGE = """\
# A page

{{ rsvp_button() }}

- {{ rsvp_button("Save me a chair at a table near the window, as long as there is one") }}

| who | how |
|-----|-----|
| you | {{ rsvp_button("Me | too") }} |

<section markdown="1">
{{ rsvp_button() }}
</section>
"""


def as_hex(pixel: object) -> str:
    assert isinstance(pixel, tuple)
    return "#" + "".join(f"{part:02x}" for part in pixel[:3])


def worst_contrast(link: Locator) -> float:
    """Return the contrast of a link's text with its ground, above the text or below it."""
    picture = Image.open(io.BytesIO(link.screenshot())).convert("RGB")
    found = re.findall(r"\d+", link.evaluate("link => getComputedStyle(link).color"))
    text = as_hex(tuple(int(number) for number in found))
    edges = [(picture.width // 2, y) for y in (5, picture.height - 6)]
    return min(contrast(text, as_hex(picture.getpixel(edge))) for edge in edges)


@pytest.fixture(params=THEMES)
def address(
    request: pytest.FixtureRequest, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Build a site in April, with one theme after the other, and serve it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(APRIL.timestamp())))
    theme, extensions = THEMES[request.param], ["md_in_html", "tables"]
    files = {"docs/index.md": PAGE}
    written = building.site(tmp_path, files, theme=theme, markdown_extensions=extensions)
    assert building.built(written).lines == ()
    site.policy = "default-src 'self' 'unsafe-inline' data:"  # what the themes need
    return site.put_folder(tmp_path / "site")


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_every_button_can_be_read_and_hit(
    browser: Browser, address: str, scheme: Literal["light", "dark", "forced"]
) -> None:
    with browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        forced_colors="active" if scheme == "forced" else "none",
    ) as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(APRIL)
        page.goto(address)
        links = page.locator(".impldays-rsvp a:visible").all()
        assert len(links) == 4
        for link in links:
            assert worst_contrast(link) >= READABLE
            box = link.bounding_box()
            assert box is not None
            assert box["height"] >= 44


def test_nothing_sticks_out_at_400_percent(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 320, "height": 256}) as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(APRIL)
        page.goto(address)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
