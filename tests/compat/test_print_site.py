"""mkdocs-print-site-plugin: all pages on one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compat.plugins import MATERIAL, OURS, needs
from tests.sites.building import built, site

pytestmark = needs("print-site")


@pytest.mark.parametrize("theme", [{"name": "mkdocs"}, MATERIAL], ids=["mkdocs", "material"])
def test_the_page_of_all_pages_has_the_style_and_the_script(
    tmp_path: Path, theme: dict[str, object]
) -> None:
    page = "# Home\n\n{{ rsvp_button() }}\n\n{{ schedule() }}\n"
    nav = [{"Home": "index.md"}]
    plugins = ["search", OURS, "print-site"]
    site(tmp_path, {"docs/index.md": page}, plugins=plugins, theme=theme, nav=nav)
    result = built(tmp_path, strict=True)
    assert (result.lines, result.stopped) == ((), False)
    printed = result.page("print_page/index.html")
    assert 'src="../assets/impldays/impldays.js"' in printed
    assert "assets/impldays/impldays.css" in printed
    assert "Lunch break" in printed
    assert "{{" not in printed
