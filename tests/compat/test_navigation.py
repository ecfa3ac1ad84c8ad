"""awesome-nav, section-index, literate-nav, and the menu that mkdocs.yml holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compat.plugins import OURS, needs
from tests.sites.building import Built, built, site

NAV = [{"Home of {{ fest.city }}": "index.md"}, {"In {{ fest.city }}": [{"A": "a.md"}]}]
ELSEWHERE = {"{{ fest.name }}": "https://example.org/"}
PAGES = {"docs/a.md": "# A\n", "docs/sub/b.md": "# B\n"}


def _built(
    folder: Path, *plugins: str, files: dict[str, str] | None = None, **more: object
) -> Built:
    site(folder, {**PAGES, **(files or {})}, plugins=["search", *plugins, OURS], **more)  # type: ignore[arg-type]
    return built(folder, strict=True)


def _menu(result: Built) -> str:
    html = result.page()
    assert "{{" not in html
    return html.partition("</head>")[2]


def test_variables_in_the_titles_of_a_menu_are_rendered(tmp_path: Path) -> None:
    nav = [*NAV, {"Sub": [{"B": "sub/b.md"}]}, ELSEWHERE]
    result = _built(tmp_path, nav=nav)
    assert (result.lines, result.stopped) == ((), False)
    menu = _menu(result)
    assert "In Paris" in menu
    assert "RustFest Paris" in menu
    assert "Home of Paris" in menu


def test_a_mistake_in_a_menu_is_told_once_with_its_line(tmp_path: Path) -> None:
    nav = [{"{{ fest.nope }}": "index.md"}, {"A": "a.md"}, {"B": "sub/b.md"}]
    (line,) = _built(tmp_path, nav=nav).lines
    number = (tmp_path / "mkdocs.yml").read_text("utf-8").partition("{{")[0].count("\n") + 1
    assert line.startswith(f'mkdocs.yml:{number}: "fest.nope"')


@needs("literate-nav")
def test_a_mistake_in_a_menu_of_another_file_has_its_line(tmp_path: Path) -> None:
    files = {"docs/SUMMARY.md": "- [Home](index.md)\n- [{{ fest.nope }}](a.md)\n"}
    lines = _built(tmp_path, "literate-nav", files=files, exclude_docs="SUMMARY.md").lines
    assert lines[0].startswith('docs/SUMMARY.md:2: "fest.nope"')


@needs("literate-nav")
def test_literate_nav(tmp_path: Path) -> None:
    summary = "- [Home](index.md)\n- [In {{ fest.city }}](a.md)\n- [B](sub/b.md)\n"
    files = {"docs/SUMMARY.md": summary}
    result = _built(tmp_path, "literate-nav", files=files, exclude_docs="SUMMARY.md")
    assert (result.lines, result.stopped) == ((), False)
    assert "In Paris" in _menu(result)


@needs("awesome-nav")
def test_awesome_nav(tmp_path: Path) -> None:
    nav = 'nav:\n  - index.md\n  - "In {{ fest.city }}": a.md\n  - "*"\n'
    result = _built(tmp_path, "awesome-nav", files={"docs/.nav.yml": nav})
    assert (result.lines, result.stopped) == ((), False)
    assert "In Paris" in _menu(result)
    assert "fests/paris-2018" not in _menu(result)


@needs("section-index")
@pytest.mark.parametrize("title", ["In {{ fest.city }}", "Sub"])
def test_section_index(tmp_path: Path, title: str) -> None:
    files = {"docs/sub/index.md": "# Sub of {{ fest.city }}\n"}
    nav = [{"Home": "index.md"}, {"A": "a.md"}, {title: ["sub/index.md", {"B": "sub/b.md"}]}]
    theme = {"name": "material", "font": False}
    result = _built(tmp_path, "section-index", files=files, nav=nav, theme=theme)
    assert (result.lines, result.stopped) == ((), False)
    assert title.replace("{{ fest.city }}", "Paris") in _menu(result)
    assert "<h1" in result.page("sub/index.html")
