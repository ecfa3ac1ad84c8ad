"""The site of this repository, at moments long after the last fest that took place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.fests import ROOT
from tests.sites.building import heard, skipped_headings

EXAMPLE = "ghent-2028"
MARK = "An example: this fest is invented, and so is everything said about it."
BEFORE, ON_THE_DAY, AFTER = "2027-01-15T12:00", "2028-06-12T12:00", "2029-02-01T12:00"


def own_pages(folder: Path, moment: str, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """Build the site for a moment; return its pages by their addresses."""
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", f"{at:%s}")
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=True)
    with heard() as lines:
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    assert lines == []
    return {
        page.parent.relative_to(folder).as_posix(): page.read_text("utf-8")
        for page in folder.rglob("index.html")
    }


@pytest.mark.same_everywhere
@pytest.mark.parametrize("moment", [BEFORE, ON_THE_DAY, AFTER])
def test_the_example_is_marked_on_every_page_that_shows_it_and_headings_are_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    pages = own_pages(tmp_path, moment, monkeypatch)
    assert {name: found for name in pages if (found := skipped_headings(pages[name]))} == {}
    told = {name for name, page in pages.items() if MARK in page}
    shown = {
        name
        for name, page in pages.items()
        if re.search(rf'<section class="impldays-(?:hero|band)" data-fest="{EXAMPLE}"', page)
    }
    assert {".", "about_impl_days", "schedule", "location", f"fests/{EXAMPLE}"} <= shown
    assert shown == told
    assert sum(f"fests/{EXAMPLE}/" in name for name in told) > 5, "no pages of sessions"
    real = [name for name in pages if re.fullmatch(r"fests/\w+-201\d", name)]
    assert len(real) == 4
    for name in real:
        assert MARK not in pages[name]
        assert 'class="impldays-archive"' in pages[name]


@pytest.mark.same_everywhere
@pytest.mark.parametrize(
    ("moment", "shown"), [(BEFORE, "What to bring"), (AFTER, "What it was like")]
)
def test_what_it_was_like_takes_the_place_of_what_to_bring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, shown: str
) -> None:
    page = own_pages(tmp_path, moment, monkeypatch)["about_impl_days"]
    headings = re.findall(r'(<[^<]*>)\s*<h3 id="what-[^>]*>([^<]*)', page)
    assert [text for tag, text in headings if "hidden" not in tag] == [shown]
