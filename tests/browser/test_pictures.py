"""Logos and pictures of a site on their way to the visitor."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, ViewportSize

from tests.browser.conftest import Site, pages_of
from tests.fests import EVENT, HEAD

FEST = f"""{HEAD}{EVENT}look: {{picture: img/hall.png}}
sponsors:
  - {{level: Gold, name: Acme, logo: img/wide.svg, logo_dark: img/wide.svg}}
  - {{level: Silver, name: Initech, logo: img/tall.svg}}
  - {{level: Silver, name: Hooli, logo: img/hall.png, url: "https://rustfest.eu/hooli"}}
  - {{level: Silver, name: Umbrella}}
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {}"><path d="M0 0h9v9z"/></svg>'
FILES = {
    "fests/a-fest.yml": FEST,
    "docs/index.md": "---\ntemplate: home.html\n---\n\n{{ sponsors() }}\n\nThe end.\n",
    "docs/about/us.md": "# Us\n\n{{ sponsors() }}\n\nThe end.\n",
    "docs/img/wide.svg": DRAWING.format("900 100"),
    "docs/img/tall.svg": DRAWING.format("30 90"),
}
PARTS = "main p, main li, main img, .impldays-hero *"
EDGES = f"""[...document.querySelectorAll("{PARTS}")].map(each => {{
  const {{x, y, width, height}} = each.getBoundingClientRect();
  return [each.tagName, Math.round(x), Math.round(y), Math.round(width), Math.round(height)];
}})"""


def _photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (1200, 600), "navy").save(file, "png")
    return file.getvalue()


@pytest.fixture(scope="module")
def built() -> Mapping[str, bytes]:
    """Build a site with a picture at the top of its home page and sponsors' logos of all shapes."""
    return pages_of({**FILES, "docs/img/hall.png": _photo()}, {"name": "material"})


@pytest.mark.parametrize("path", ["/", "/about/us/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_a_picture_arrives(
    browser: Browser, site: Site, built: Mapping[str, bytes], path: str, width: int
) -> None:
    site.pages = {**built}
    held: list[Route] = []
    size: ViewportSize = {"width": width, "height": 3000}
    with browser.new_context(viewport=size, bypass_csp=True) as visitor:
        page = visitor.new_page()
        page.route("**/img/*", lambda route: held.append(route))  # noqa: PLW0108 - it marks it
        with page.expect_request("**/img/wide.svg"):
            page.goto(site.address + path, wait_until="domcontentloaded")
        before = page.evaluate(EDGES)
        assert page.evaluate("document.querySelector('.impldays-logo').naturalWidth") == 0
        for route in held:
            route.continue_()
        page.wait_for_function(
            "[...document.images].every(each => each.complete || !each.offsetWidth)"
        )
        assert page.evaluate("document.querySelector('.impldays-logo').naturalWidth") > 0
        assert page.evaluate(EDGES) == before
        is_home = path == "/"
        assert page.locator(".impldays-hero__picture").count() == is_home
