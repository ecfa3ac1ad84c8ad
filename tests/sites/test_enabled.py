"""The option `enabled`, and builds of changed pages only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mkdocs_impldays.plugin.dry_run import site_problems
from tests.sites.building import PARIS, built, site, write


def test_a_plugin_that_is_not_enabled_does_nothing(tmp_path: Path) -> None:
    page = "---\npermalink: /a/\n---\n# Home\n\n{{ fest.city }} {% today %}\n"
    site(tmp_path, {"docs/index.md": page}, options={"enabled": False}, fest="not: [a fest")
    result = built(tmp_path, command="gh-deploy", strict=True)
    assert (result.lines, result.stopped) == ((), False)
    assert "{{ fest.city }} {% today %}" in result.page()
    files = {path.name for path in (tmp_path / "site").rglob("*") if "impldays" in path.name}
    assert files == set()
    assert "impldays.js" not in result.page()


def test_a_plugin_is_switched_on_again_while_serve_runs(tmp_path: Path) -> None:
    site(tmp_path, {"docs/index.md": "{{ fest.city }}\n"}, options={"enabled": False})
    assert "{{ fest.city }}" in built(tmp_path).body()
    site(tmp_path, {"docs/index.md": "{{ fest.city }}\n"}, options={"enabled": True})
    assert "<p>Paris</p>" in built(tmp_path).body()


def test_the_check_of_a_site_without_the_plugin_says_so(tmp_path: Path) -> None:
    site(tmp_path, {}, options={"enabled": False})
    (problem,) = site_problems(tmp_path / "mkdocs.yml")
    assert "enabled: false" in problem.message


def _dated(path: Path, seconds: int) -> None:
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime + seconds))


def _old_site(folder: Path) -> Path:
    """Build a site of which every file is an hour old."""
    pages = {"docs/index.md": "# Home\n\n{{ fest.name }}\n", "docs/plain.md": "# Plain\n"}
    pages["docs/link.md"] = '# Link\n\n<a href="/plain/#plain">plain</a>\n'
    site(folder, pages)
    for path in [*folder.rglob("*")]:
        _dated(path, -7200)
    built(folder)
    for path in (folder / "site").rglob("*.html"):
        _dated(path, -3600)
    return folder


@pytest.mark.parametrize("edit", ["changed", "added"])
def test_dirty_builds_all_pages_after_a_fest_file_was_changed(tmp_path: Path, edit: str) -> None:
    _old_site(tmp_path)
    changed = PARIS.replace("name: RustFest Paris", "name: RustFest Lyon")
    name = "paris-2018" if edit == "changed" else "rome-2018"
    write(tmp_path, {f"fests/{name}.yml": changed})
    result = built(tmp_path, dirty=True)
    assert not result.stopped
    assert ("RustFest Lyon" in result.body()) is (edit == "changed")
    new = (tmp_path / "site/plain/index.html").stat().st_mtime
    assert new > (tmp_path / "docs/plain.md").stat().st_mtime + 7000


def test_dirty_leaves_pages_alone_while_no_fest_file_changes(tmp_path: Path) -> None:
    _old_site(tmp_path)
    before = (tmp_path / "site/plain/index.html").stat().st_mtime
    write(tmp_path, {"docs/index.md": "# Home again\n"})
    result = built(tmp_path, dirty=True)
    assert "Home again" in result.body()
    assert (tmp_path / "site/plain/index.html").stat().st_mtime == before


def test_dirty_takes_no_section_of_an_old_page_for_missing(tmp_path: Path) -> None:
    _old_site(tmp_path)
    write(tmp_path, {"docs/link.md": '# Link again\n\n<a href="/plain/#plain">plain</a>\n'})
    result = built(tmp_path, dirty=True)
    assert "Link again" in result.body("link/index.html")
    assert [line for line in result.lines if "section" in line] == []
