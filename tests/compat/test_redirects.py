"""mkdocs-redirects, and other pages that are there for programs and not for readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compat.plugins import OURS, needs
from tests.sites.building import Built, built, site

HELPERS = {
    "docs/google0123456789abcdef.html": "google-site-verification: google0123456789abcdef.html",
    "docs/pinterest-ab12.html": "<p>Pinterest verification</p>\n",
    "docs/widgets/clock.html": '<div class="clock"><a href="../">home</a></div>\n',
}


@needs("redirects")
@pytest.mark.parametrize("to", ["index.md", "https://example.org/new/"])
def test_a_redirect_is_not_a_mistake(tmp_path: Path, to: str) -> None:
    plugins = ["search", OURS, {"redirects": {"redirect_maps": {"old/way.md": to}}}]
    site(tmp_path, {}, plugins=plugins)
    result = built(tmp_path, strict=True)
    assert (result.lines, result.stopped) == ((), False)
    assert "Redirecting" in result.page("old/way/index.html")


def _with(folder: Path, files: dict[str, str]) -> Built:
    return built(site(folder, files), strict=True)


def test_pieces_of_pages_and_verification_files_are_not_mistakes(tmp_path: Path) -> None:
    result = _with(tmp_path, HELPERS)
    assert (result.lines, result.stopped) == ((), False)


def test_dead_links_in_them_are(tmp_path: Path) -> None:
    result = _with(tmp_path, {"docs/widgets/clock.html": '<a href="../nowhere/">x</a>\n'})
    assert [line for line in result.lines if '"../nowhere/" leads to nothing' in line] != []


def test_a_redirect_to_nothing_is(tmp_path: Path) -> None:
    page = '<html lang="en"><head><meta http-equiv="refresh" content="0; url=../gone/"></head>'
    result = _with(tmp_path, {"docs/a.html": f"{page}</html>"})
    assert [line for line in result.lines if '"../gone/" leads to nothing' in line] != []


def test_a_link_to_the_page_for_what_is_not_found_is_not_dead(tmp_path: Path) -> None:
    page = '# Home\n\n<a href="404.html#main">not found</a>\n\n[again](/404.html#x)\n'
    result = _with(tmp_path, {"docs/index.md": f"{page}\n[nowhere](/405.html)\n"})
    assert [line for line in result.lines if "404" in line] == []
    assert [line for line in result.lines if "405" in line] != []


def test_braces_that_only_programs_read_are_found(tmp_path: Path) -> None:
    page = '# Home\n\n<img alt="In {% raw %}{{{% endraw %} fest.city }}" src="a.png">\n'
    result = _with(tmp_path, {"docs/index.md": page, "docs/a.png": ""})
    assert [line for line in result.lines if "was not rendered" in line] != []
