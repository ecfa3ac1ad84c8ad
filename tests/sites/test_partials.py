"""The blocks of a page: what they hold, and that one file of a site's own replaces each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fests import ROOT
from tests.sites.building import built, site

PARTIALS = sorted((ROOT / "mkdocs_impldays/theme/partials/impldays").glob("*.html"))


@pytest.mark.parametrize(
    ("call", "partial", "own"),
    [
        ("schedule()", "schedule", "{{ fest.days[2] }}, {{ 'with' if plan else 'without' }} plan"),
        ("venue()", "venue", "{{ venue.name }} on {{ venue.street }}"),
        ("fests_list()", "fests_list", "{{ groups[0][2][0][0].name }}"),
    ],
)
@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_one_file_replaces_a_block(
    tmp_path: Path, theme: str, call: str, partial: str, own: str
) -> None:
    overrides = {"name": theme, "custom_dir": str(tmp_path / "overrides")}
    files = {
        "docs/a.md": f"# A\n\n{{{{ {call} }}}}\n",
        f"overrides/partials/impldays/{partial}.html": f"<p class='own'>{own}</p>\n",
    }
    done = built(site(tmp_path, files, theme=overrides))
    assert done.lines == ()
    found = re.findall("<p class='own'>(.*)</p>", done.page("a/index.html"))
    expected = {
        "schedule": "Monday, May 28th, with plan",
        "venue": "Mozilla Paris on 16bis Boulevard Montmartre",
        "fests_list": "RustFest Paris",
    }
    assert found == [expected[partial]]


@pytest.mark.parametrize("partial", PARTIALS, ids=lambda path: path.stem)
def test_the_manual_names_every_file_that_can_be_replaced(partial: Path) -> None:
    assert f"| `{partial.name}` |" in (ROOT / "docs/organisers/look.md").read_text("utf-8")


def test_a_schedule_at_a_glance_has_the_step_that_is_on_and_no_plan(tmp_path: Path) -> None:
    files = {"docs/a.md": "{{ schedule() }}\n", "docs/b.md": "{{ schedule(plan=false) }}\n"}
    done = built(site(tmp_path, files))
    whole, glance = done.body("a/index.html"), done.body("b/index.html")
    assert whole.count("<ol") == 2
    assert "<ol" not in glance
    for html in (whole, glance):
        assert html.count("Monday, May 28th") >= 1
        assert re.search(
            r'data-from="2018-05-28T10:00:00Z" data-until="2018-05-28T15:00:00Z"', html
        )


@pytest.mark.parametrize("features", [[], ["impldays.band"]])
def test_a_feature_puts_the_days_at_the_top_of_all_pages_but_the_home_page(
    tmp_path: Path, features: list[str]
) -> None:
    files = {"docs/a.md": "# A\n", "docs/b.md": "---\nhide: [fest]\n---\n# B\n"}
    theme = {"name": "material", "features": features}
    done = built(site(tmp_path, files, theme=theme))
    assert done.lines == ()
    band = '<section class="impldays-band"'
    pages = [done.page(f"{page}index.html").count(band) for page in ("", "a/", "b/")]
    assert pages == [0, len(features), 0]
    assert band not in done.page("404.html")


def test_a_sites_own_template_wins_over_ours(tmp_path: Path) -> None:
    own = '{% extends "base.html" %}{% block hero %}<p class="own"></p>{% endblock %}'
    theme = {
        "name": "material",
        "custom_dir": str(tmp_path / "overrides"),
        "features": ["impldays.band"],
    }
    done = built(site(tmp_path, {"docs/a.md": "# A\n", "overrides/main.html": own}, theme=theme))
    assert '<p class="own">' in done.page("a/index.html")
    assert "impldays-band" not in done.page("a/index.html")


def test_a_schedule_shows_a_closing_hour_without_an_opening_hour(tmp_path: Path) -> None:
    fest = (ROOT / "fests/paris-2018.yml").read_text("utf-8").replace('opens: "09:00", ', "")
    files = {"docs/a.md": "{{ schedule() }}\n", "fests/paris-2018.yml": fest}
    page = built(site(tmp_path, files)).page("a/index.html")
    assert re.findall(r'slot__hours">(?:<[^>]*>)*([^<]+)', page)[-2:] == [
        "until 18:00",
        "until 18:00",
    ]
