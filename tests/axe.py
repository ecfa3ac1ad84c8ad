"""The accessibility checker axe, asked for nothing but what it objects to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

COLOURS = ("color-contrast", "link-in-text-block")
"""The rules whose result depends on the colours."""


def violations(
    page: Page,
    *,
    part: str | None = None,
    only: Collection[str] = (),
    without: Collection[str] = (),
) -> list[tuple[str, dict[str, Any]]]:
    """Return what axe finds, each as the rule and axe's record of the element.

    `part` is a CSS selector; `only` are the rules to apply instead of all, `without` those to omit.
    """
    options: dict[str, object] = {"resultTypes": ["violations"]}  # others take it a quarter longer
    if only:
        options["runOnly"] = list(only)
    else:
        rules = {rule: {"enabled": False} for rule in without}
        options["rules"] = {"target-size": {"enabled": True}, **rules}
    found = Axe().run(page, context=part, options=options).response["violations"]
    return [(each["id"], node) for each in found for node in each["nodes"]]
