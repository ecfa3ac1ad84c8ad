"""`impldays check` finds what the sites of old fests had wrong, and nothing on a good site."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_impldays.cli import main
from mkdocs_impldays.problems import Problem
from tests.fests import ROOT
from tests.sites.building import built, site, write

MISTAKES = Path(__file__).with_name("live-mistakes")


def check(folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> Result:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("IMPLDAYS_NOW", raising=False)
    return CliRunner().invoke(main, ["check", *options], catch_exceptions=False)


FOUND = [
    ("docs/index.md:3", "third edition"),
    ("docs/index.md:5", "Tuesday, May 28th"),
    ("docs/index.md:7", "May 30th"),
    ("docs/index.md:9", "RustFest Paris 2017"),
    ("docs/index.md:11", "https://ti.to/url-to-do"),
    ("docs/index.md:13", "http://www.youtube.com/rustfest"),
    ("docs/index.md:15", "TBA"),
    ("docs/location.md:3", "10:30"),
    ("docs/location.md:5", "Formeret Espace Clery"),
    ("docs/location.md:7", "Quartierhaus Kreis 5"),
    ("docs/location.md:9", "Sihlquai 115"),
    ("docs/location.md:11", "October 2nd"),
    ("docs/location.md:13", "#food"),
    ("docs/location.md:13", "nowhere.md"),
    ("docs/sponsors.md:3", "/locaton/"),
    ("docs/sponsors.md:3", "location.md#funding"),
    ("docs/sponsors.md:7", "May 28th and 29th"),
    ("docs/sponsors.md:7", "Mozilla Paris"),
    ("docs/sponsors.md:9", "https://example.com/"),
    ("fests/paris-2018.yml:73", "site.hotline"),
    ("fests/paris-2018.yml:75", "site.dates.short_form"),
    ("fests/paris-2018.yml:76", "site.mascot is not used by any page"),
    ("fests/paris-2018.yml:76", "site.mascot is still “tba”. The fest begins in 6 days"),
    ("site/timetable.html", "2 times <title>"),
    ("site/timetable.html", "does not say its language"),
    ("site/timetable.html", "https://impldays.test/timetable.html"),
    ("site/timetable.html:5", "{{ talk.slug }}"),
    ("site/timetable.html:5", "{% for talk in talks %}"),
]


def test_the_mistakes_of_old_fests_are_found_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = check(MISTAKES, monkeypatch, "--at", "2018-05-20")
    assert (done.exit_code, done.stdout) == (1, "The site: 28 problems (22 warnings, 6 hints).\n")
    lines = done.stderr.splitlines()
    for place, words in FOUND:
        assert any(line.startswith(f"{place}: ") and words in line for line in lines), words
    assert len(lines) == len(FOUND)


def test_the_list_is_there_for_programs_and_for_github(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = ("--at", "2018-05-20")
    text = check(MISTAKES, monkeypatch, *moment).stderr.splitlines()
    listed = json.loads(check(MISTAKES, monkeypatch, *moment, "--format", "json").stdout)
    assert [Problem(**each).marked for each in listed] == text
    assert {each["severity"] for each in listed} == {"warning", "hint"}
    github = check(MISTAKES, monkeypatch, *moment, "--format", "github").stdout.splitlines()
    assert github[0].startswith("::warning file=docs/index.md,line=3::")
    assert github[-1].startswith("::warning file=site/timetable.html,line=5::")
    assert len(github) == len(text)


def test_a_folder_that_another_program_has_built_is_read_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = '<html lang="en"><title>A</title><p id="a">{}</p><code>{{{{ x }}}}</code></html>'
    (tmp_path / "good").mkdir()
    (tmp_path / "good/index.html").write_text(page.format('<a href="#a">x</a>'), "utf-8")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/index.html").write_text(page.format("{{ fest.name }}"), "utf-8")
    assert check(tmp_path, monkeypatch, "good").exit_code == 0
    done = check(tmp_path, monkeypatch, "bad")
    assert done.exit_code == 1
    assert done.stderr.startswith('index.html:1: warning: "{{ fest.name }}" was not rendered.')


def test_a_folder_without_any_page_is_not_called_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"site/style.css": ""})
    done = check(tmp_path, monkeypatch, "site")
    assert done.exit_code == 1
    assert done.stderr.startswith("site: error: has no HTML page in it. Build the site, or name")


def test_braces_that_an_author_asked_for_are_no_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "---\npermalink: /caf%C3%A9/\n---\n\n{{ '{{ 7*7 }}' }}\n"
    done = check(site(tmp_path, {"docs/a.md": page}), monkeypatch)
    assert (done.exit_code, done.stderr) == (0, "")


def test_braces_that_an_author_put_into_raw_are_told_of_a_folder_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (
        '# Raw {% raw %}{{ title }}\n\nThese {{ braces }} and {% if x == "y" %} stay.{% endraw %}\n'
    )
    folder = site(tmp_path, {"docs/raw.md": page, "docs/index.md": "{{ rsvp_button() }}\n"})
    done = check(folder, monkeypatch)
    assert (done.exit_code, done.stderr) == (0, "")
    assert built(folder, strict=True).lines == ()
    told = re.findall(r': "(.*)" was not', check(folder, monkeypatch, "site").stderr)
    assert list(dict.fromkeys(told)) == ["{{ title }}", "{{ braces }}", '{% if x == "y" %}']


def test_braces_of_a_template_are_told_beside_those_in_raw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = "{% raw %}{{ braces }}{% endraw %}\n\n{{ rsvp_button() }}\n"
    main = "{% extends 'base.html' %}{% block footer %}{{ '{{ left }}' }}{% endblock %}"
    theme = {"name": "mkdocs", "custom_dir": "overrides"}
    folder = site(tmp_path, {"docs/index.md": home, "overrides/main.html": main}, theme=theme)
    done = check(folder, monkeypatch)
    assert done.exit_code == 1
    assert "braces }}" not in done.stderr
    assert '"{{ left }}" was not rendered.' in done.stderr


def test_a_folder_whose_pages_say_that_they_live_below_a_path_is_read_as_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = '<html lang="en"><title>A</title><link rel="canonical" href="https://a.test/lisbon/">'
    for folder, link in (("good", "/lisbon/about/"), ("bad", "/lisbon/place/")):
        (tmp_path / folder / "about").mkdir(parents=True)
        (tmp_path / folder / "about/index.html").write_text('<html lang="en"><title>B</title>')
        (tmp_path / folder / "index.html").write_text(f'{head}<a href="{link}">B</a>', "utf-8")
    assert check(tmp_path, monkeypatch, "good").exit_code == 0
    told = check(tmp_path, monkeypatch, "bad").stderr
    dead = '"/lisbon/place/" leads to nothing on this site. Correct it. [dead-link]'
    assert told == f"index.html:1: warning: {dead}\n"


@pytest.mark.parametrize("urls", [True, False])
def test_a_home_page_that_is_not_there_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, urls: bool
) -> None:
    pages = {"docs/about.md": "# About\n\n{{ rsvp_button() }}\n", "docs/place/way.md": "# Way\n"}
    folder = site(tmp_path, pages, use_directory_urls=urls)
    (folder / "docs/index.md").unlink()
    there = "the home page is missing, and other pages link to it. Write one. [no-home]"
    assert check(folder, monkeypatch).stderr == f"docs/index.md: warning: {there}\n"
    assert built(folder, strict=True).lines == (f"docs/index.md: {there}",)
    assert check(folder, monkeypatch, "site").stderr == f"index.html: warning: {there}\n"


UNTITLED = "<html lang='en'><body><a href='/gone/'>x</a></body></html>"


def test_what_built_pages_show_is_off_where_the_organiser_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = {"title": False, "dead-link": {"except": ["google*.html"]}}
    pages = {
        "docs/index.md": "{{ rsvp_button() }}\n",
        "docs/google1.html": UNTITLED,
        "docs/other.html": UNTITLED,
    }
    folder = site(tmp_path, pages, options={"checks": checks})
    dead = 'site/other.html:1: "/gone/" leads to nothing on this site. Correct it. [dead-link]'
    assert check(folder, monkeypatch).stderr == dead.replace(":1:", ":1: warning:") + "\n"
    assert built(folder, strict=True).lines == (dead,)


@pytest.mark.parametrize("checks", ["off", "{left-braces: off}"])
def test_what_a_built_page_shows_is_off_where_its_front_matter_says_so(
    checks: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = "{% extends 'base.html' %}{% block footer %}{{ '{{ left }}' }}{% endblock %}"
    pages = {
        "docs/index.md": "---\nchecks: on\n---\n\n{{ rsvp_button() }}\n",
        "docs/quiet.md": f"---\nchecks: {checks}\n---\n\n# Quiet\n",
        "overrides/main.html": main,
    }
    theme = {"name": "mkdocs", "custom_dir": "overrides"}
    done = check(site(tmp_path, pages, theme=theme), monkeypatch)
    found = re.findall(r"^(\S+?):.*\[(.*)\]$", done.stderr, re.MULTILINE)
    assert ("site/fests/paris-2018/index.html", "left-braces") in found
    assert "quiet" not in done.stderr


def test_a_check_that_is_not_known_is_reported_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "---\nchecks: {titel: off}\n---\n\n{{ rsvp_button() }}\n"
    wrong = '"titel" is not a check. Did you mean "title"?'
    folder = site(tmp_path / "a", {"docs/index.md": page})
    assert check(folder, monkeypatch).stderr == f"docs/index.md:2: warning: checks: {wrong}\n"
    folder = site(tmp_path / "b", {}, options={"checks": {"titel": False}})
    assert wrong in check(folder, monkeypatch).stderr


def test_what_is_no_folder_cannot_be_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check(tmp_path, monkeypatch, "nowhere").exit_code == 2


@pytest.mark.parametrize(
    ("page", "silent"),
    [
        ("---\nchecks: off\n---\nCome on May 30th to the impl Days.\n", True),
        ("<!-- checks: off -->\nCome on May 30th to the impl Days.\n", True),
        ("Come on May 30th to the impl Days.\n", False),
    ],
)
def test_a_page_can_be_silenced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, silent: bool
) -> None:
    folder = site(tmp_path, {"docs/a.md": page})
    assert ("docs/a.md" not in check(folder, monkeypatch).stderr) == silent


def test_a_mistake_is_told_once_at_its_own_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = check(site(tmp_path, {}, fest="name: [\n"), monkeypatch, "--format", "json")
    assert [(each["path"], each["line"]) for each in json.loads(done.stdout)] == [
        ("fests/paris-2018.yml", 1)
    ]


def test_a_wrong_site_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site(tmp_path, {"docs/a.md": "[x](https://ti.to/url-to-do)\n"})
    before = sorted(tmp_path.rglob("*"))
    done = check(folder, monkeypatch)
    assert done.exit_code == 1
    assert done.stderr.startswith(
        'docs/a.md:1: warning: "https://ti.to/url-to-do" is a placeholder'
    )
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.same_everywhere
@pytest.mark.parametrize("moment", ["2018-05-01", "2018-05-28T12:00", "2027-01-01", "2029-02-01"])
def test_the_sites_own_pages_are_told_nothing(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    done = check(ROOT, monkeypatch, "--at", moment)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "The site: no problems.\n"


def test_a_mistake_is_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site(tmp_path, {"docs/index.md": "{{ nobody }}\n\n{{ nothing }}\n"})
    assert [line[:16] for line in check(folder, monkeypatch).stderr.splitlines()] == [
        "docs/index.md:1:",
        "docs/index.md:3:",
    ]
    fest = folder / "fests/paris-2018.yml"
    fest.write_text(fest.read_text("utf-8") + "\nulr: x\nvenus: x\n", "utf-8")
    lines = check(folder, monkeypatch).stderr.splitlines()
    assert len(lines) == len(set(lines)) == 2


@pytest.mark.parametrize(
    ("typed", "severity", "told"),
    [
        (
            "fest_files: fests/",
            "warning",
            'fest_files": Unrecognised configuration name: fest_files.',
        ),
        (
            "docs_dir: nowhere",
            "error",
            "docs_dir\": The path '{}/nowhere' isn't an existing directory.",
        ),
    ],
)
def test_what_the_engine_says_of_its_own_options_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, severity: str, told: str
) -> None:
    config = site(tmp_path, {}) / "mkdocs.yml"
    config.write_text(f"{typed}\n{config.read_text('utf-8')}", "utf-8")
    done = check(tmp_path, monkeypatch)
    message = told.format(tmp_path)
    assert (done.exit_code, done.stderr) == (
        1,
        f'mkdocs.yml:1: {severity}: "{message} Correct it.\n',
    )


def test_a_new_site_has_its_tbas_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(main, ["new", "lisbon-2027", "--yes"]).output
    lines = check(tmp_path, monkeypatch).stderr.splitlines()
    assert lines != []
    assert all("still “tba”" in line for line in lines)
    assert f"{len(lines)} facts are “tba”" in told


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml"])
def test_a_new_fest_in_a_project_of_its_own_pages_has_its_tbas_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {
        "docs/index.md": "{{ fest.name }}\n\n{{ schedule() }}\n",
        name: "site_name: X\nplugins: [search, {impldays: {fests: fests/}}]\n",
    }
    write(tmp_path, files)
    CliRunner().invoke(main, ["new", "lisbon-2027", "--yes", "--dates", "May 24th"])
    written = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert written == {*files, "fests/fest.schema.json", "fests/lisbon-2027.yml"}
    checked = check(tmp_path, monkeypatch)
    assert checked.exit_code == 0, checked.stderr
    assert all("still “tba”" in line for line in checked.stderr.splitlines())
    assert "still “tba”" in checked.stderr


def test_links_to_many_http_addresses_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page of a site in many languages links to all its translations."""
    page = "# {n}\n\n" + "".join(f"[{n}](http://old.test/{{n}}/{n})\n" for n in range(7))
    files = {f"docs/{n}.md": page.replace("{n}", str(n)) for n in range(15)}
    folder = site(tmp_path, files)
    done = check(folder, monkeypatch)
    (line,) = [each for each in done.stderr.splitlines() if "old.test" in each]
    assert line.startswith(
        'docs/0.md:3: warning: 105 links are not encrypted, the first to "http://old.test/0/0".'
    )
    assert "and 11 more)" in line
    assert re.fullmatch(r"The site: \d+ problems \(.*\)\.\n", done.stdout)
    github = check(folder, monkeypatch, "--format", "github").stdout
    assert github.count("links of this page are not encrypted") == 15
    listed = json.loads(check(folder, monkeypatch, "--format", "json").stdout)
    assert set(listed[0]) == {"path", "line", "message", "severity", "check"}
