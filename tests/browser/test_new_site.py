"""The site that `impldays new` writes, in a browser, whatever is known of the fest by then."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, ViewportSize

from mkdocs_impldays.cli import main
from tests import engine
from tests.browser.conftest import Site

SCREENS: tuple[ViewportSize, ...] = (
    {"width": 390, "height": 844},
    {"width": 1280, "height": 720},
)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
KNOWN: dict[str, tuple[str, ...]] = {
    "nothing": (),
    "one day": ("--dates", "2027-06-07"),
    "two days": ("--dates", "2027-06-07 to 2027-06-08", "--rsvp", "https://ti.to/impl/lisbon"),
    "a week": ("--dates", "2027-06-07 to 2027-06-13", "--venue", "Casa do Povo"),
}


@pytest.mark.parametrize("known", KNOWN)
def test_the_overview_is_above_the_fold_and_follows_the_visitors_colours(
    tmp_path: Path, browser: Browser, site: Site, known: str
) -> None:
    begin = ["new", "lisbon-2027", "--yes", "--folder", str(tmp_path), *KNOWN[known]]
    assert CliRunner().invoke(main, begin).exit_code == 0
    subprocess.run(
        [*engine.COMMAND, "build", "--strict", "--quiet"],
        check=True,
        cwd=tmp_path,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    site.policy = "default-src 'self' 'unsafe-inline'; img-src 'self' data:"
    address = site.put_folder(tmp_path / "site")
    grounds = set()
    for screen in SCREENS:
        for scheme in SCHEMES:
            with browser.new_context(color_scheme=scheme, viewport=screen) as visitor:
                page = visitor.new_page()
                page.goto(address)
                for part in ("h1", ".impldays-hero__when", ".impldays-hero__join"):
                    box = page.locator(part).bounding_box()
                    assert box is not None
                    assert box["y"] + box["height"] <= screen["height"], (part, screen)
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= screen["width"]
                grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2
