"""Material's meta plugin: `.meta.yml` holds front matter for all pages of a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compat.plugins import MATERIAL, OURS, needs
from tests.sites.building import PARIS, Built, built, site

pytestmark = needs("material/meta")

ROME = PARIS.replace("RustFest Paris", "RustFest Rome")
PAGE = "{{ fest.name }}\n"


def _built(folder: Path, meta: str, page: str = PAGE, *, first: bool = True) -> Built:
    plugins: list[object] = ["search", "meta", OURS] if first else ["search", OURS, "meta"]
    files = {"docs/old/.meta.yml": meta, "docs/old/a.md": page, "fests/rome-2018.yml": ROME}
    site(folder, files, plugins=plugins, theme=MATERIAL)
    return built(folder)


@pytest.mark.parametrize("first", [True, False])
def test_a_folder_chooses_the_fest_of_its_pages(tmp_path: Path, first: bool) -> None:
    result = _built(tmp_path, "fest: rome-2018\n", first=first)
    assert result.lines == ()
    assert "<p>RustFest Rome</p>" in result.page("old/a/index.html")


def test_a_page_has_the_last_word(tmp_path: Path) -> None:
    page = "---\nfest: paris-2018\n---\n{{ fest.name }}\n"
    result = _built(tmp_path, "fest: rome-2018\n", page)
    assert "<p>RustFest Paris</p>" in result.page("old/a/index.html")


def test_variables_are_rendered(tmp_path: Path) -> None:
    meta = 'description: "In {{ fest.city }}"\ntags: ["{{ fest.city }}"]\nauthor: Ada\n'
    page = "---\ntags: ['{{ fest.name }}']\n---\n{{ page.author }}\n"
    result = _built(tmp_path, meta, page)
    html = result.page("old/a/index.html")
    assert '<meta name="description" content="In Paris">' in html
    assert "<p>Ada</p>" in html
    assert "{{" not in html


def test_an_address_for_a_whole_folder_is_honoured(tmp_path: Path) -> None:
    result = _built(tmp_path, "permalink: /new/\n")
    assert "RustFest Paris" in result.page("new/index.html")


def test_checks_are_switched_off(tmp_path: Path) -> None:
    page = "Come on May 30th to the impl Days.\n"
    assert [line for line in _built(tmp_path, "author: Ada\n", page).lines if "May 30th" in line]
    assert _built(tmp_path, "checks: off\n", page).lines == ()


@pytest.mark.parametrize(
    ("meta", "said"),
    [
        ("author: Ada\nfest: rom-2018\n", 'docs/old/.meta.yml:2: fest: "rom-2018"'),
        ("permalink: a b\n", 'docs/old/.meta.yml:1: permalink "a b"'),
        ('author: Ada\ndescription: "{{ nope }}"\n', 'docs/old/.meta.yml:2: "nope"'),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, meta: str, said: str) -> None:
    lines = _built(tmp_path, meta).lines
    assert [line for line in lines if line.startswith(said)] != [], lines
