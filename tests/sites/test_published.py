"""A page with `published: false` is on no built site."""

from __future__ import annotations

from pathlib import Path

from tests.sites.building import built, site


def test_an_unpublished_page_is_nowhere_on_the_site(tmp_path: Path) -> None:
    files = {
        "docs/draft.md": "---\npublished: false\n---\n\n# Secretword\n",
        "docs/ready.md": "---\npublished: true\n---\n\n# Openword\n",
    }
    done = built(site(tmp_path, files, plugins=["search", "impldays"]))
    texts = {
        path.relative_to(done.folder / "site").as_posix(): path.read_text("utf-8", "replace")
        for path in (done.folder / "site").rglob("*")
        if path.suffix in {".html", ".json", ".xml", ".ics"}
    }
    assert "ready/index.html" in texts
    assert any("Openword" in text for text in texts.values())
    assert [path for path, text in texts.items() if "Secretword" in text or "draft" in path] == []
