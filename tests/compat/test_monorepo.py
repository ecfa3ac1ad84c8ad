"""mkdocs-monorepo-plugin: pages of several folders, which it copies into a temporary one."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_impldays.plugin.dry_run import site_problems
from tests.compat.plugins import OURS, needs
from tests.sites.building import built, site

# The plugin leaves its folder to Python, and has strings that newer Pythons warn of.
pytestmark = [
    needs("monorepo"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore:invalid escape sequence"),
]


def _site(folder: Path, page: str, home: str = "# Home\n") -> Path:
    files = {
        "docs/index.md": home,
        "sub/mkdocs.yml": "site_name: sub\nnav:\n  - Sub: index.md\n",
        "sub/docs/index.md": page,
    }
    nav = [{"Home": "index.md"}, {"Sub": "!include ./sub/mkdocs.yml"}]
    return site(folder, files, plugins=["search", "monorepo", OURS], nav=nav)


def test_pages_of_other_folders_are_rendered(tmp_path: Path) -> None:
    result = built(_site(tmp_path, "# Sub\n\n{{ fest.city }}\n"), strict=True)
    assert (result.lines, result.stopped) == ((), False)
    assert "<p>Paris</p>" in result.page("sub/index.html")


def test_mistakes_are_told_in_the_files_that_authors_know(tmp_path: Path) -> None:
    lines = built(_site(tmp_path, "# Sub\n\n{{ fest.nope }}\n", "{{ fest.none }}\n")).lines
    assert [line.split(": ")[0] for line in lines[:2]] == ["docs/index.md:1", "sub/docs/index.md:3"]


def test_a_dead_link_is_told_there_too(tmp_path: Path) -> None:
    folder = _site(tmp_path, "# Sub\n\n[x](nowhere.md)\n")
    told = [each for each in site_problems(folder / "mkdocs.yml") if "nowhere" in each.message]
    assert [(each.path, each.line) for each in told] == [("sub/docs/index.md", 3)]
