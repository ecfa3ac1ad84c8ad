"""`impldays import`: the pages of a Jekyll site read right on the site that becomes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_impldays.cli import main
from tests.jekyll import OSLO, PORTO, run
from tests.sites.building import Built, built


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IMPLDAYS_NOW", "2027-01-01T12:00")
    return tmp_path


def build(folder: Path) -> Built:
    done = built(folder)
    assert not done.stopped, done.lines
    return done


def test_old_addresses_send_on(folder: Path) -> None:
    run(OSLO)
    assert not (folder / "docs/impl").exists()  # the build reads `redirect_from`
    assert "url=../about_impl_days/" in build(folder).page("impl/index.html")
    assert "url=https://video.crabfest.no/" in (folder / "docs/live/index.html").read_text()
    assert 'href="location/"' in (folder / "docs/location.html").read_text()


def test_the_imported_site_builds_and_reads_right(folder: Path) -> None:
    run(OSLO)
    done = build(folder)
    about = done.page("about_impl_days/index.html")
    assert "Monday, May 24th and Tuesday, May 25th" in about
    assert "Café Måken" in about
    location = done.page("location/index.html")
    assert "We meet at the Old Customs House." in location
    home = done.page()
    assert "site.people" not in home
    assert "{%" not in home + about + location


@pytest.mark.parametrize(
    ("site", "options", "said"),
    [
        (
            OSLO,
            [],
            [
                'docs/index.md:13: warning: "/feed.xml" leads to no page of this site.',
                "fests/oslo-2027.yml:19: hint: events.workshops.days is still “tba”.",
            ],
        ),
        (PORTO, ["--timezone", "Europe/Lisbon"], []),
    ],
)
def test_the_check_of_an_imported_site_finds_only_what_the_old_site_does_not_say(
    folder: Path, site: Path, options: list[str], said: list[str]
) -> None:
    run(site, *options)
    done = CliRunner().invoke(main, ["check"], catch_exceptions=False)
    lines = [line for line in done.output.splitlines() if line.startswith(("docs/", "fests/"))]
    assert [line.partition(". ")[0] + "." for line in lines] == said


def test_links_to_the_second_of_two_equal_headings_lead_there(folder: Path, oslo: Path) -> None:
    text = "## Day one\n\nA\n\n## Day one\n\nB [here](#day-one-1) [first](#day-one)\n"
    (oslo / "a.md").write_text(f"---\ntitle: A\n---\n{text}")
    run(oslo)
    done = build(folder)
    assert not [line for line in done.lines if "day-one" in line]
    page = done.page("a/index.html")
    assert page.index('id="day-one"') < page.index('id="day-one-1"') < page.index(">B <a")


def test_an_old_address_that_a_file_has_already_is_told(folder: Path, oslo: Path) -> None:
    (oslo / "location.html").write_text("<p>plain</p>")
    (oslo / "impl").mkdir()
    (oslo / "impl/index.html").write_text("---\n---\n")
    (oslo / "a.md").write_text("---\nredirect_from: /assets/crab.png\n---\n")
    run(oslo)
    told = 'docs/a.md:2: redirect_from: "assets/crab.png" is already a page.'
    assert [line for line in build(folder).lines if line.startswith(told)] != []
    assert (folder / "docs/assets/crab.png").read_bytes().startswith(b"\x89PNG")


def test_an_address_that_cannot_be_becomes_a_comment(folder: Path, oslo: Path) -> None:
    (oslo / "a.md").write_text("---\npermalink: /:title/\ntitle: A\n---\nText\n")
    (oslo / "lost.html").write_text("---\npermalink: /404.html\n---\nLost\n")
    result = run(oslo)
    assert 'a.md:2: warning: permalink "/:title/" has ":title"' in result.stderr
    assert (folder / "docs/a.md").read_text() == "---\n# permalink: /:title/\ntitle: A\n---\nText\n"
    assert "lost.html: warning: was not imported: MkDocs makes its own 404 page." in result.stderr
    assert ">Text<" in build(folder).page("a/index.html")


def test_addresses_follow_the_new_site(folder: Path, oslo: Path) -> None:
    config = oslo / "_config.yml"
    config.write_text(config.read_text().replace('baseurl: ""', "baseurl: /2027"))
    (oslo / "a.md").write_text("---\n---\n<a href='{{ site.baseurl }}/about_impl_days/'>a</a>"
                               " {{ site.url }}\n")  # fmt: skip
    assert '_config.yml:6: hint: baseurl: "/2027" is now empty' in run(oslo).stderr
    page = build(folder).page("a/index.html")
    assert "<a href='../about_impl_days/'>a</a> https://oslo.crabfest.no<" in page.replace('"', "'")


def test_what_kramdown_reads_otherwise_is_adapted(folder: Path, oslo: Path) -> None:
    (oslo / "a.md").write_text(
        "---\ntitle: A\n---\nWe bring:\n* one\n* two\n\n## Café Ünïcode & more\n\n"
        "[Up](#café-ünïcode--more), [about](http://oslo.crabfest.no/about_impl_days/)\n"
        "```\nWe bring:\n- x\n```\n"
    )
    result = run(oslo)
    said = "a.md:5: hint: a list follows its sentence directly. An empty line was added before it."
    assert said in result.stderr
    text = (folder / "docs/a.md").read_text("utf-8")
    assert "We bring:\n\n* one\n* two\n" in text
    assert "We bring:\n- x\n" in text
    assert "(https://oslo.crabfest.no/about_impl_days/)" in text
    page = build(folder).page("a/index.html")
    assert "<li>one</li>" in page
    assert '<h2 id="café-ünïcode--more">' in page
