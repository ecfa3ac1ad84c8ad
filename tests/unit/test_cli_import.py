"""`impldays import`: a Jekyll site as a fest file and pages."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
import yaml

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.model import TBA
from tests.jekyll import OSLO, PORTO, run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def load(path: Path) -> Fest:
    fest, problems = load_fest(path.read_bytes(), path=path.name, fest_id=path.stem)
    assert problems == []
    assert fest is not None
    return fest


def test_the_configuration_becomes_a_fest_file(folder: Path) -> None:
    assert run(OSLO).exit_code == 0
    fest = load(folder / "fests/oslo-2027.yml")
    assert (fest.name, fest.city, fest.country) == ("Crabfest Oslo", "Oslo", "NO")
    assert (fest.timezone.key, fest.url) == ("Europe/Oslo", "https://oslo.crabfest.no/")
    days = {key: [day.date for day in event.known_days] for key, event in fest.events.items()}
    assert days == {
        "talks": [date(2027, 5, 22)],
        "workshops": [],
        "impl_days": [date(2027, 5, 24), date(2027, 5, 25)],
    }
    impl_days = fest.events["impl_days"]
    assert list(impl_days.venue_ids()) == ["harbour-library", "cafe-maken"]
    assert fest.venues["cafe-maken"].name == "Café Måken"
    assert fest.events["workshops"].days is TBA
    assert fest.site["location"] == {"boat": "MS Ferris"}
    assert fest.site["social"] == {"mastodon": "crabfest"}


def test_a_page_with_variables_comments_and_markdown_in_html_stays_as_it_is(folder: Path) -> None:
    result = run(OSLO)
    assert (folder / "docs/about.md").read_bytes() == (OSLO / "about.md").read_bytes()
    assert (folder / "docs/assets/crab.png").read_bytes() == (OSLO / "assets/crab.png").read_bytes()
    assert "Pages unchanged: 1, changed: 2." in result.stdout


@pytest.mark.parametrize(
    "said",
    [
        '_config.yml:22: warning: dates.workshops: "some time on Sunday" cannot be read:',
        '_config.yml:21: hint: dates.talks: "Saturday, May 22nd" is read as 2027-05-22.',
        '_config.yml:7: hint: url: "http://www.crabfest.no" is not the host in CNAME',
        'index.html:8: warning: "{% for person in site.people %}" is a loop, which cannot',
        '_includes/banner.html:3: warning: "{% case page.lang %}" is the tag “case”',
        'location.md:15: warning: "{{ site.location.city }}" is in code',
        "_people/: warning: has no counterpart",
        "feed.xml:1: warning: is written in Liquid",
        "notes.md:1: warning: has no front matter",
        "_config.yml: hint: no page prints these values, so they were not imported: social.forge,",
    ],
)
def test_what_was_left_or_read_is_told_with_its_line(folder: Path, said: str) -> None:
    lines = run(OSLO).stderr.splitlines()
    assert [line for line in lines if line.startswith(said)] != []


def test_an_include_of_another_page_is_not_told_as_left(folder: Path) -> None:
    said = run(OSLO).stderr
    assert "tram.html:1" not in said
    assert "banner.html:3" in said


def test_a_missing_fact_stops_the_import_and_can_be_given(folder: Path, oslo: Path) -> None:
    (oslo / "_config.yml").write_text("title: Crabfest\n")
    for page in ("index.html", "about.md", "location.md"):
        (oslo / page).unlink()
    result = run(oslo)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        *(
            f"_config.yml: error: the {key} is missing. Give it with --{key}."
            for key in ("city", "country", "timezone")
        ),
        "Nothing was written.",
    ]
    assert not (folder / "fests").exists()
    result = run(oslo, "--city", "Oslo", "--id", "crabs-1")
    assert result.exit_code == 0, result.stderr
    assert load(folder / "fests/crabs-1.yml").events["main"].days is TBA


def test_of_several_time_zones_one_has_to_be_given(folder: Path) -> None:
    result = run(PORTO)
    assert result.exit_code == 1
    assert "Europe/Lisbon, Atlantic/Madeira, Atlantic/Azores" in result.stderr
    assert run(PORTO, "--timezone", "Europe/Lisbon").exit_code == 0
    fest = load(folder / "fests/porto-2027.yml")
    days = {key: [day.date.day for day in event.known_days] for key, event in fest.events.items()}
    assert days == {"talks": [6, 7], "impl_days": [8, 9]}
    assert {event.venue for event in fest.events.values()} == {"faculdade-de-engenharia-oficinas"}


def test_a_line_of_front_matter_that_is_no_yaml_becomes_a_comment(folder: Path) -> None:
    result = run(PORTO, "--timezone", "Europe/Lisbon")
    assert (
        'live.md:3: warning: "title: \'Live" is not valid YAML. It is now a comment.'
        in result.stderr
    )
    text = (folder / "docs/live.md").read_text("utf-8")
    assert text.startswith("---\npermalink: /live/\n# title: 'Live\n---\n\nThe stream")
    assert "live.md:" in result.stderr
    assert not (folder / "docs/live.html").exists()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("title: a: b\nredirect_from:\n  - /old/\n", "# title: a: b\nredirect_from:\n  - /old/\n"),
        ("a: [1,\n", "# a: [1,\n"),
        ("- a\n- b\n", "# - a\n# - b\n"),
        ("a: &b\n  c: *d\n", "a: &b\n#   c: *d\n"),
        ("a: |\nb\n  - c\nd: e\n", "# a: |\n# b\n#   - c\n# d: e\n"),
    ],
)
def test_front_matter_of_an_imported_page_is_always_yaml(
    folder: Path, oslo: Path, typed: str, written: str
) -> None:
    (oslo / "a.md").write_text(f"---\n{typed}---\nText\n")
    result = run(oslo)
    assert result.exit_code == 0
    assert (folder / "docs/a.md").read_text() == f"---\n{written}---\nText\n"
    assert " is not valid YAML. It is now a comment." in result.stderr
    assert isinstance(yaml.safe_load(written) or {}, dict)


def test_an_include_prints_what_its_page_has_made(folder: Path) -> None:
    run(PORTO, "--timezone", "Europe/Lisbon")
    text = (folder / "docs/schedule.md").read_text("utf-8")
    assert '{% set heading %}{{site.location.city}}, day by day <svg viewBox="0 0 9 9">' in text
    assert "<h1>{{ heading }}</h1>" in text


def test_what_is_there_is_not_touched(folder: Path) -> None:
    (folder / "docs").mkdir()
    (folder / "docs/about.md").write_text("mine")
    result = run(OSLO)
    assert result.exit_code == 1
    assert "docs/about.md: error: already exists." in result.stderr
    assert [path.name for path in folder.iterdir()] == ["docs"]


def test_a_twin_that_says_something_else_is_told(folder: Path, oslo: Path) -> None:
    path = oslo / "_config.yml"
    path.write_text(path.read_text().replace("May 24th and Tuesday, May 25th", "May 17th"))
    said = '_config.yml:24: warning: dates.impl_days_no_br: "Monday, May 17th" contradicts dates.'
    assert said in run(oslo).stderr


def test_a_redirect_cannot_leave_the_folder(folder: Path, oslo: Path) -> None:
    (oslo / "evil.md").write_text("---\nredirect_to: /x/\npermalink: /../../evil/\n---\n")
    (oslo / "script.md").write_text("---\nredirect_to: javascript:alert(1)\n---\n")
    result = run(oslo)
    assert 'evil.md: warning: permalink "/../../evil/" leaves the site' in result.stderr
    assert (
        'script.md: warning: redirects to "javascript:alert(1)", which is not an address.'
        in result.stderr
    )
    assert not list(folder.parent.glob("evil*"))


def test_a_folder_that_is_no_jekyll_site_is_said_to_be_none(folder: Path) -> None:
    (folder / "empty").mkdir()
    result = run("empty")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "_config.yml: error: is missing. Give the folder of a Jekyll site.",
        "Nothing was written.",
    ]


def test_of_a_folder_that_is_no_jekyll_site_no_file_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "home").mkdir()
    monkeypatch.setattr(os, "walk", pytest.fail)
    assert run("home").exit_code == 1


def test_links_are_told_and_not_followed(folder: Path, oslo: Path) -> None:
    (folder / "secret.md").write_text("---\n---\nsecret\n")
    (oslo / "out.md").symlink_to(folder / "secret.md")
    (oslo / "photos").symlink_to(folder)
    (oslo / "gone.md").symlink_to("nowhere")
    lines = run(oslo).stderr.splitlines()
    assert [line.partition(":")[0] for line in lines if "is a symbolic link to" in line] == [
        "gone.md",
        "out.md",
        "photos",
    ]
    assert not list((folder / "docs").glob("*secret*"))
    assert not (folder / "docs/out.md").exists()


def test_what_is_no_file_is_not_waited_for(folder: Path, oslo: Path) -> None:
    os.mkfifo(oslo / "pipe")
    assert run(oslo).exit_code == 0
    assert not (folder / "docs/pipe").exists()
    assert (folder / "docs/index.md").exists()


def test_a_page_that_was_not_published_stays_so(folder: Path, oslo: Path) -> None:
    (oslo / "draft.md").write_text("---\ntitle: A\npublished: false\n---\nsecret\n")
    assert (
        'draft.md:3: warning: has "published: false", so it was not imported.' in run(oslo).stderr
    )
    assert not list((folder / "docs").glob("draft*"))


def test_html_that_jekyll_passes_on_is_passed_on(folder: Path, oslo: Path) -> None:
    (oslo / "google1.html").write_text("google-site-verification: google1.html")
    (oslo / "raw.html").write_text("<p>{{ site.city }}</p>")
    result = run(oslo)
    assert (folder / "docs/google1.html").read_bytes() == (oslo / "google1.html").read_bytes()
    assert "raw.html:1: warning: has no front matter" in result.stderr
    assert not (folder / "docs/raw.html").exists()


def test_a_page_that_only_sends_on_may_have_the_address_of_its_file(
    folder: Path, oslo: Path
) -> None:
    (oslo / "tickets.html").write_text("---\nredirect_to: https://ti.to/crab/oslo\n---\n")
    run(oslo)
    assert "url=https://ti.to/crab/oslo" in (folder / "docs/tickets.html").read_text()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "  'bad key!': May 22nd",
            'dates: "bad key!" is not a valid event id, so it was not imported.',
        ),
        ("  week: [May 22nd]", "dates.week is not text, so it was not imported."),
        ("  week: {first: May 22nd}", "dates.week.first is not text, so it was not imported."),
        ("  brunch_no_br: May 22nd", "dates.brunch_no_br belongs to no date. It was kept"),
        ("  workshops_no_br: May 29th", "dates.workshops_no_br is now derived from the days."),
        ("  talks_no_br: May 29th", '"May 29th" contradicts dates.talks, which was used.'),
        (
            "nav: [a, b]",
            "not imported: social.forge, dates.party, dates.short_form, nav.",
        ),
        (
            "include: [.well-known]",
            "not imported: social.forge, dates.party, dates.short_form, include.",
        ),
    ],
)
def test_what_a_fest_file_cannot_hold_is_told(
    folder: Path, oslo: Path, line: str, said: str
) -> None:
    config = oslo / "_config.yml"
    text = config.read_text()
    dates = text.index("dates:\n") + len("dates:\n")
    at = dates if line.startswith(" ") else len(text)
    config.write_text(f"{text[:at]}{line}\n{text[at:]}")
    result = run(oslo)
    assert result.exit_code == 0, result.stderr
    assert said in result.stderr


@pytest.mark.parametrize("typed", ["TBA", '""'])
def test_a_date_or_place_without_a_value_is_tba(folder: Path, oslo: Path, typed: str) -> None:
    config = oslo / "_config.yml"
    config.write_text(config.read_text().replace('"Old Customs House"', typed))
    (oslo / "a.md").write_text("---\n---\n{{ site.dates.party }}\n")
    said = run(oslo).stderr
    assert '_config.yml:25: hint: dates.party: "TBA" is "tba" in the fest file.' in said
    assert '_config.yml:13: hint: location.venue is empty: it is "tba" in the fest file.' in said
    events = load(folder / "fests/oslo-2027.yml").events
    assert events["party"].days is TBA
    assert events["talks"].venue is TBA
    assert events["impl_days"].venue == "harbour-library"


def test_a_value_with_html_is_told_where_a_page_prints_it(folder: Path, oslo: Path) -> None:
    with (oslo / "_config.yml").open("a") as config:
        config.write('motto: "<b>Meet</b>"\n')
    assert "holds HTML" not in run(oslo, "--folder", "unread").stderr
    (oslo / "a.md").write_text("---\n---\n{{ site.motto }}\n")
    assert "motto holds HTML, which pages print as text." in run(oslo).stderr


def test_a_project_that_is_there_keeps_its_configuration(folder: Path) -> None:
    (folder / "mkdocs.yaml").write_text("site_name: mine\n")
    result = run(OSLO)
    assert result.exit_code == 0
    assert not (folder / "mkdocs.yml").exists()
    assert "mkdocs.yaml: hint: does not name the plugin." in result.stderr


def test_what_only_layouts_include_is_told(folder: Path, oslo: Path) -> None:
    assert "_includes/: " not in run(oslo, "--folder", "first").stderr
    (oslo / "_includes/footer.html").write_text("{% for each in site.data.menu %}{% endfor %}")
    said = "_includes/: warning: no page includes one of its files, which was not imported."
    assert said in run(oslo).stderr.splitlines()
