"""The day another fest becomes current: told today, and right without a build."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_impldays.cache import Cache
from mkdocs_impldays.cli import main
from mkdocs_impldays.site import SiteOptions, read_site
from mkdocs_impldays.zensical.facts import OwnTemplates
from tests.sites.building import built, write
from tests.unit.test_calls import HEAD
from tests.unit.test_tickets import RSVP

LISBON = HEAD + RSVP
PORTO = HEAD.replace("Lisbon", "Porto", 1).replace("2027-06-05", "2027-11-06")
PAGE = "# Home\n\n{{ rsvp_button() }}\n"
SETTINGS = """\
site_name: Docs
theme: mkdocs
plugins:
  - impldays:
      now: "2027-05-01T12:00"
"""


def folder(root: Path, pages: dict[str, str], porto: str = PORTO) -> Path:
    files = {**pages, "fests/lisbon-2027.yml": LISBON, "fests/porto-2027.yml": porto}
    files["mkdocs.yml"] = SETTINGS
    write(root, files)
    return root


def told(root: Path) -> list[str]:
    done = built(root)
    assert not done.stopped, done.lines
    return [line for line in done.lines if "current fest" in line]


def test_a_page_that_the_next_fest_breaks_is_told_today(tmp_path: Path) -> None:
    lines = told(folder(tmp_path, {"docs/index.md": PAGE}))
    assert len(lines) == 1
    assert lines[0].startswith('docs/index.md:3: from 2027-06-06 on, when "porto-2027"')
    assert "the fest file has no “rsvp:”" in lines[0]


def test_a_page_that_asks_for_what_only_one_fest_has_is_told(tmp_path: Path) -> None:
    porto = PORTO + RSVP
    page = PAGE + "\n{{ site.coffee }}\n"
    root = folder(tmp_path, {"docs/index.md": page}, porto)
    lisbon = root / "fests/lisbon-2027.yml"
    lisbon.write_text(LISBON + "site: {coffee: black}\n", "utf-8")
    lines = told(root)
    assert len(lines) == 1
    assert "docs/index.md:5" in lines[0]


TEMPLATE = '{% extends "base.html" %}\n{% block footer %}\nHERE\n{% endblock %}\n'
FRONT = "---\ntemplate: front.html\n---\n\n# Home\n"
OWN = SETTINGS.replace("theme: mkdocs", "theme: {name: mkdocs, custom_dir: overrides}")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ rsvp_button() }}", "the fest file has no “rsvp:”"),
        ("{{ site.coffee }}", '"site.coffee" is not known'),
        ("{{ venues.annex.name }}", '"venues.annex" is not known'),
    ],
)
def test_a_template_that_the_next_fest_breaks_is_told_by_check_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, message: str
) -> None:
    pages = {
        "docs/index.md": FRONT,
        "docs/lisbon.md": "---\nfest: lisbon-2027\n---\n\n{{ rsvp_button() }}\n",
        "overrides/front.html": TEMPLATE.replace("HERE", template),
    }
    root = folder(tmp_path, pages)
    more = "site: {coffee: black}\nvenues: {annex: {name: Annex, street: A 1}}\n"
    write(root, {"mkdocs.yml": OWN, "fests/lisbon-2027.yml": LISBON + more})
    monkeypatch.chdir(root)
    lines = CliRunner().invoke(main, ["check"]).stderr.splitlines()
    (line,) = [each for each in lines if each.startswith("overrides/")]
    start = 'overrides/front.html:3: warning: from 2027-06-06 on, when "porto-2027" is the current'
    assert line.startswith(f"{start} fest: "), lines
    assert message in line


def test_a_template_that_fits_both_fests_is_no_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = TEMPLATE.replace("HERE", "{% if rsvp.url %}{{ rsvp_button() }}{% endif %}")
    pages = {"docs/index.md": FRONT, "overrides/front.html": template}
    root = folder(tmp_path, pages)
    write(root, {"mkdocs.yml": OWN})
    monkeypatch.chdir(root)
    assert "overrides" not in CliRunner().invoke(main, ["check"]).stderr


def test_zensical_reports_what_its_templates_will_not_have(tmp_path: Path) -> None:
    template = "\n{{ site.coffee }} {{ fest.city }} {{ fest.ctiy }}\n"
    root = folder(tmp_path, {"overrides/front.html": template})
    write(root, {"fests/lisbon-2027.yml": LISBON + "site: {coffee: black}\n"})
    site, _ = read_site(
        root,
        where="fests/",
        fest_id=None,
        now=None,
        clock=datetime(2027, 5, 1, tzinfo=UTC),
        options=SiteOptions(),
        cache=Cache(),
    )
    found = [each.marked for each in OwnTemplates(root, [root / "overrides"]).problems(site)]
    day = 'from 2027-06-06 on, when "porto-2027" is the current fest'
    assert [each.removeprefix("overrides/front.html:2: ") for each in found] == [
        'error: "fest.ctiy" is not known. Did you mean "fest.city"?',
        f'warning: {day}: "site.coffee" is not known. Known are: dates, location.',
    ]


def test_a_button_that_is_lost_is_told(tmp_path: Path) -> None:
    page = "---\nfest: lisbon-2027\n---\n" + PAGE
    porto = "---\nfest: porto-2027\n---\n# Porto\n"
    pages = {"docs/index.md": page, "docs/fests/porto-2027.md": porto}
    lines = told(folder(tmp_path, pages, PORTO + RSVP))
    assert len(lines) == 1
    assert "rsvp is on no page" in lines[0]


def test_what_fits_both_fests_is_no_problem(tmp_path: Path) -> None:
    page = "# Home\n\n{% if rsvp.event %}{{ rsvp_button() }}{% endif %}\n"
    assert told(folder(tmp_path, {"docs/index.md": page})) == []


def test_a_fest_that_was_chosen_is_not_handed_over(tmp_path: Path) -> None:
    root = folder(tmp_path, {"docs/index.md": PAGE})
    settings = root / "mkdocs.yml"
    settings.write_text(SETTINGS + "      fest: lisbon-2027\n")
    assert told(root) == []


def test_a_site_that_nobody_builds_leads_to_the_next_fest(tmp_path: Path) -> None:
    pages = {
        "docs/index.md": "# Home\n",
        "docs/fests/porto-2027.md": "---\nfest: porto-2027\n---\n",
    }
    root = folder(tmp_path, pages)
    html = built(root).page("index.html")
    aside = html[html.index("<aside") : html.index("</aside>")]
    assert 'data-from="2027-06-05T23:00:00Z" hidden' in aside
    assert "Go to Docs Porto" in aside
    assert "fests/porto-2027/" in aside


@pytest.mark.parametrize(
    ("page", "change"),
    [
        ('{% until "2027-01-02 10:00" %}Now{% enduntil %}', "2027-01-02T10:00:00+00:00"),
        ('{% show from "2027-01-02 10:00 AoE" %}Now{% endshow %}', "2027-01-02T22:00:00+00:00"),
        ('`{% until "2027-01-02 10:00" %}`', "2027-06-05T00:00:00+01:00"),
        ('{% until "2027-31-31" %}Now{% enduntil %}', "2027-06-05T00:00:00+01:00"),
        ("Text", "2027-06-05T00:00:00+01:00"),
    ],
)
def test_next_change_knows_the_moments_of_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, change: str
) -> None:
    files = {
        "mkdocs.yml": "site_name: x\nplugins: [impldays]\n",
        "docs/index.md": f"# Home\n\n{page}\n",
        "fests/lisbon-2027.yml": HEAD,
    }
    write(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(main, ["next-change", "--at", "2027-01-01T00:00"])
    assert ran.output.splitlines()[0] == change
