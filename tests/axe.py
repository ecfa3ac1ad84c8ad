"""The accessibility checker axe, asked for nothing but what it objects to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

COLOURS = ("color-contrast", "link-in-text-block")
"""The rules whose result depends on the colours."""

REST = 1000
"""Milliseconds within which a page has adapted itself to a window."""


def violations(
    page: Page,
    *,
    part: str | None = None,
    only: Collection[str] = (),
    without: Collection[str] = (),
) -> list[tuple[str, dict[str, Any]]]:
    """Return what axe finds on a page at rest, each as the rule and axe's record of the element.

    What is found at first is looked for again a second later: Material's script, for one, gives
    the menus their height some frames after the window has another width.

    `part` is a CSS selector; `only` are the rules to apply instead of all, `without` those to omit.
    """
    options: dict[str, object] = {"resultTypes": ["violations"]}  # others take it a quarter longer
    if only:
        options["runOnly"] = list(only)
    else:
        rules = {rule: {"enabled": False} for rule in without}
        options["rules"] = {"target-size": {"enabled": True}, **rules}
    if found := _found(page, part, options):
        page.wait_for_timeout(REST)
        found = _found(page, part, options)
    return [(each["id"], node) for each in found for node in each["nodes"]]


def _found(page: Page, part: str | None, options: dict[str, object]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Axe().run(page, part, options).response["violations"]
    return found
