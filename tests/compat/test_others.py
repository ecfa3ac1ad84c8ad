"""Plugins that only have to find what they look for: minify, dates of git, exclude, Material's."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.compat.plugins import MATERIAL, OURS, needs
from tests.sites.building import Built, built, site

PAGE = "# Home\n\nIn {{ fest.city }}.\n\n{{ rsvp_button() }}\n\n{{ schedule() }}\n"


def _built(folder: Path, *plugins: object, **more: object) -> Built:
    files = {"docs/index.md": PAGE, "docs/a.md": "---\ntags: ['{{ fest.city }}']\n---\n# A\n"}
    site(folder, files, plugins=["search", OURS, *plugins], **more)  # type: ignore[arg-type]
    result = built(folder, strict=True)
    assert (result.lines, result.stopped) == ((), False)
    assert "Paris" in result.page()
    return result


@needs("minify")
def test_minify(tmp_path: Path) -> None:
    options = {"minify_html": True, "minify_js": True, "minify_css": True}
    html = _built(tmp_path, {"minify": options}).page()
    assert "data-impldays" in html
    assert "impldays-schedule" in html
    data = html.partition("application/ld+json")[2].partition(">")[2].partition("</script>")[0]
    assert json.loads(data)["name"] == "RustFest Paris"


@needs("git-revision-date-localized")
def test_git_revision_date_localized(tmp_path: Path) -> None:
    for command in (["init", "-q"], ["config", "user.name", "A"], ["config", "user.email", "a@b"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    site(tmp_path, {})
    subprocess.run(["git", "-C", str(tmp_path), "add", "docs"], check=True)
    subprocess.run(["git", "-C", str(tmp_path), "commit", "-qm", "x"], check=True)
    options = {"fallback_to_build_date": True, "enable_creation_date": True}
    plugins = ["search", OURS, {"git-revision-date-localized": options}]
    site(tmp_path, {"docs/index.md": "{{ fest.city }}\n"}, plugins=plugins, theme=MATERIAL)
    result = built(tmp_path)
    assert not result.stopped
    assert "RustFest Paris" in result.page("fests/paris-2018/index.html")
    assert "git-revision-date" in result.page()


@needs("exclude")
def test_exclude(tmp_path: Path) -> None:
    _built(tmp_path, {"exclude": {"glob": ["a.md"]}})
    assert not (tmp_path / "site/a").exists()
    _built(tmp_path, {"exclude": {"glob": ["b.md"]}})
    assert (tmp_path / "site/a").exists()


def test_exclude_docs_of_mkdocs(tmp_path: Path) -> None:
    _built(tmp_path, exclude_docs="a.md\n")
    assert not (tmp_path / "site/a").exists()
    _built(tmp_path, exclude_docs="b.md\n")
    assert (tmp_path / "site/a").exists()


@needs("material/tags")
def test_tags_of_material(tmp_path: Path) -> None:
    result = _built(tmp_path, "tags", theme=MATERIAL)
    assert "{{" not in result.page("a/index.html")
    assert '<span class="md-tag">Paris</span>' in result.page("a/index.html")


@needs("material/search")
def test_search_of_material_finds_what_is_shown_now(tmp_path: Path) -> None:
    index = json.loads(_built(tmp_path, theme=MATERIAL).page("search/search_index.json"))
    texts = "".join(each["text"] for each in index["docs"])
    assert "In Paris." in texts
    assert "RSVP opens" not in texts
    assert "{{" not in texts


@needs("material/privacy")
def test_privacy_of_material_finds_nothing_to_fetch(tmp_path: Path) -> None:
    options = {"assets_exclude": ["unpkg.com/mermaid*"]}  # named in the script of Material
    result = _built(tmp_path, {"privacy": options}, theme=MATERIAL)
    assert not (tmp_path / "site/assets/external").exists()
    assert "impldays.js" in result.page()


@needs("material/optimize")
def test_optimize_of_material_finds_the_pictures(tmp_path: Path) -> None:
    options = {"optimize": {"optimize_png": False}}  # PNG needs the program pngquant
    _built(tmp_path, options, theme=MATERIAL)
    card = tmp_path / "site/assets/impldays/paris-2018-card.png"
    assert card.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("option", [True, False])
def test_the_theme_mkdocs_loads_scripts_of_others_unless_told_not_to(
    tmp_path: Path, option: bool
) -> None:
    page = _built(tmp_path, theme={"name": "mkdocs", "highlightjs": option}).page()
    assert ("cdnjs.cloudflare.com" in page) is option
