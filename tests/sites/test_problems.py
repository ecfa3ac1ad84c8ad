"""What is wrong is told all at once, each with its place; nothing is published then."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from mkdocs_impldays.pages.page import PageSource
from mkdocs_impldays.plugin.dry_run import site_problems
from mkdocs_impldays.plugin.publishing import engine_problem
from tests.sites.building import PARIS, Command, built, heard, site

FIRST = """\
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

@event_priority(100)
def on_config(config):
    raise PluginError("Another plugin stops the build.")
"""


def test_what_another_plugin_stops_at_is_told_as_it_is(tmp_path: Path) -> None:
    done = built(site(tmp_path, {"hook.py": FIRST}, hooks=["hook.py"]))
    assert done.lines == ("Another plugin stops the build.",)


def test_an_unknown_name_is_an_error_at_the_authors_line(tmp_path: Path) -> None:
    page = "---\ntitle: About\n---\n\n# About\n\n{{ site.dates.impl_dys }}\n"
    done = built(site(tmp_path, {"docs/about.md": page}))
    assert done.stopped
    assert done.lines == (
        'docs/about.md:7: "site.dates.impl_dys" is not known. Did you mean "site.dates.impl_days"?',
    )


def test_the_problems_of_all_pages_come_together(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "docs/a.md": "---\npermalink: /../x/\n---\n{{ nope }}\n",
        "docs/b.md": "---\npermalink: /:title/\n---\n{% if %}\n",
        "docs/c.md": "---\ntitle: x: y\n---\nC\n",
        "docs/d.md": "---\npermalink: /e/\n---\nD\n",
        "docs/e.md": "E\n",
        "docs/f.md": b"caf\xe9\n",
        "docs/g.md": "{{ open\n",
        "docs/h.md": "---\ntemplate: none.html\n---\nH\n",
    }
    done = built(site(tmp_path, pages))
    assert done.stopped
    places = [line.split(": ")[0] for line in done.lines]
    assert places == [
        "docs/a.md:2", "docs/a.md:4", "docs/b.md:2", "docs/b.md:4", "docs/c.md:2",
        "docs/d.md:2", "docs/f.md", "docs/g.md:1", "docs/h.md:2",
    ]  # fmt: skip
    assert "docs/d.md:2: " in done.lines[5]
    assert '"d.md"' in done.lines[5]
    assert '"e.md"' in done.lines[5]
    assert not list((tmp_path / "site").rglob("*.html"))


def test_who_else_reads_braces_is_told_where_a_name_is_not_known(tmp_path: Path) -> None:
    plugins = ["search", {"impldays": {"fest": "fests/paris-2018.yml"}}, "macros"]
    page = "{{ who }} at {{ fest.name }}\n"
    folder = site(tmp_path, {"docs/a.md": page}, plugins=plugins, extra={"who": "We"})
    done = built(folder)
    assert done.lines[0].startswith('docs/a.md:1: "who" is not known. Begin with site.')
    assert done.lines[1].startswith('mkdocs.yml:7: the plugin "macros" reads {{ }} too')
    (folder / "docs/a.md").write_text(f"{{% raw %}}{page[:9]}{{% endraw %}}{page[9:]}")
    assert "We at RustFest Paris" in built(folder).page("a/index.html")


def test_the_problems_of_the_fest_file_come_together(tmp_path: Path) -> None:
    fest = PARIS.replace("Europe/Paris", "Europe/Pariss").replace("2018-05-26", "2018-05-36")
    done = built(site(tmp_path, {}, fest=fest))
    assert done.stopped
    assert [line.split(": ")[0] for line in done.lines] == [
        "fests/paris-2018.yml:6",
        "fests/paris-2018.yml:17",
    ]


def test_what_has_no_end_is_no_fest_file(tmp_path: Path) -> None:
    folder = site(tmp_path, {})
    (folder / "fests/paris-2018.yml").unlink()
    os.mkfifo(folder / "fests/paris-2018.yml")
    done = built(folder)
    assert done.stopped
    message = "cannot be read: it is not a file. Make the file readable."
    assert done.lines == (f"fests/paris-2018.yml: {message}",)


@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31T23:59:59+00:00", "1969-12-31"])
def test_a_moment_that_no_fest_can_have_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", moment)
    done = built(site(tmp_path, {}))
    assert done.stopped
    message = "has a year out of range. Write one from 1970 to 2099."
    assert done.lines == (f'mkdocs.yml: now: "{moment}" {message}',)


@pytest.mark.parametrize("now", [date(2018, 5, 1), datetime(2018, 5, 1, 12, tzinfo=UTC)])
def test_a_moment_that_yaml_takes_for_a_date_is_read(tmp_path: Path, now: date) -> None:
    assert not built(site(tmp_path, {}, options={"now": now})).stopped


@pytest.mark.parametrize(
    "option", [{"fest": 5}, {"fest": ["a"]}, {"fest": "a\0b.yml"}, {"fest": "a" * 300}, {"now": 5}]
)
def test_an_option_of_the_wrong_kind_is_told_without_a_word_of_python(
    tmp_path: Path, option: dict[str, object]
) -> None:
    folder = site(tmp_path, {}, options=option)
    with heard() as lines, pytest.raises(Abort):
        load_config(str(folder / "mkdocs.yml"))
    assert "does not fit here. Write a " in lines[0]
    assert "class" not in lines[0]


def test_an_address_too_long_for_a_poster_is_told(tmp_path: Path) -> None:
    fest = PARIS.replace("https://ti.to/", "https://ti.to/" + "x" * 1000)
    done = built(site(tmp_path, {}, fest=fest))
    assert done.stopped
    assert "has more than 1,000 characters. Write a shorter address." in done.lines[0]


def test_a_missing_fest_file_is_told(tmp_path: Path) -> None:
    folder = site(tmp_path, {})
    (folder / "fests/paris-2018.yml").unlink()
    done = built(folder)
    assert done.stopped
    assert done.lines[0].startswith("fests/paris-2018.yml: the fest file does not exist.")


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("[x](/nowhere/)", '"/nowhere/" leads to no page of this site. Correct it.'),
        ('<a href="/locaton/">x</a>', '"/locaton/" leads to no page of this site. Did you mean'),
        ('<a href="/location/#nope">x</a>', '"/location/#nope" leads to no section of'),
        ('<a href="#nope">x</a>', '"#nope" leads to no section of'),
        ("[x](http://rust-lang.org)", '"http://rust-lang.org" is not encrypted. Write https:'),
        ("[x](javascript:alert(1))", '"javascript:alert(1)" is not an address for a link.'),
        ("[x](https://example.com/)", '"https://example.com/" is a placeholder.'),
    ],
)
def test_a_doubtful_link_is_a_warning_at_its_line(tmp_path: Path, page: str, message: str) -> None:
    files = {"docs/a.md": f"# A\n\n{page}\n", "docs/location.md": "# Location\n"}
    done = built(site(tmp_path, files))
    assert not done.stopped
    told = [line for line in done.lines if line.startswith("docs/a.md:3: ")]
    assert len(told) == 1
    assert message in told[0]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "a link 'locaton.md', but it is not found. Did you mean 'location.md'?",
            'a link "locaton.md", but it is not found. Did you mean "location.md"?',
        ),
        ("a link 'x.md', but it is not found.", 'a link "x.md", but it is not found. Correct it.'),
        ("a link 'x', it was left as is", 'a link "x", it was left as is. Correct it.'),
    ],
)
def test_what_the_engine_says_of_a_page_ends_in_one_thing_to_do(
    tmp_path: Path, said: str, told: str
) -> None:
    pages = {"a.md": PageSource("docs/a.md", "# A\n", {})}
    assert engine_problem(f"Doc file 'a.md' contains {said}", pages).message == (f"contains {told}")


def test_in_serve_the_problems_show_in_the_browser_and_the_site_is_there(tmp_path: Path) -> None:
    folder = site(tmp_path, {"docs/a.md": "{{ nope }} <b>\n"})
    done = built(folder, command="serve")
    assert not done.stopped
    box = done.page("a/index.html").partition('role="alert"')[2]
    assert "docs/a.md:1: &#34;nope&#34; is not known." in box


def test_in_serve_a_broken_fest_file_shows_in_the_browser(tmp_path: Path) -> None:
    done = built(site(tmp_path, {}, fest="name: [\n"), command="serve")
    assert not done.stopped
    assert "fests/paris-2018.yml:" in done.page().partition('role="alert"')[2]


def test_a_set_moment_is_never_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site(tmp_path, {})
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-01T12:00")
    assert not built(folder).stopped
    assert built(folder, strict=True).stopped
    assert built(folder, command="gh-deploy").stopped
    with heard() as lines:
        config = load_config(str(folder / "mkdocs.yml"))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    advice = "Remove “now” and unset IMPLDAYS_NOW before you publish."
    assert lines == [f'mkdocs.yml: the moment is set to "2018-05-01T12:00". {advice}']


def test_in_serve_a_set_moment_is_what_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-01T12:00")
    assert 'role="alert"' not in built(site(tmp_path, {}), command="serve").page()
    folder = site(tmp_path, {"docs/index.md": "{{ nope }}\n"})
    assert 'role="alert"' in built(folder, command="serve").page()


TBA = PARIS.replace('opens: "09:00"', "opens: tba", 1)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2018-04-25", False),
        ("2018-04-26", True),
        ("2018-05-28", True),
        ("2018-05-30", False),
    ],
)
def test_a_fact_that_is_not_known_as_the_fest_comes_near_keeps_a_site_from_being_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str, told: bool
) -> None:
    page = {"docs/index.md": "{{ rsvp_button() }}\n"}
    monkeypatch.setenv(
        "SOURCE_DATE_EPOCH", f"{datetime.fromisoformat(day + 'T12:00Z').timestamp():.0f}"
    )
    folder = site(tmp_path, page, fest=TBA)
    lines = built(folder).lines
    assert [line.split(".")[0] for line in lines] == ["fests/paris-2018"] * told
    assert all("events.impl_days.days[0].opens is still “tba”. The fest" in x for x in lines)
    assert built(folder, strict=True).stopped == told
    assert built(folder, command="gh-deploy").stopped == told


def test_a_fact_that_no_page_reads_is_a_hint(tmp_path: Path) -> None:
    fest = PARIS + "  hotline: '1'\n  dates: {short: x}\n  mascot: Ferris\n"
    page = {"docs/a.md": "{{ site.mascot }} {{ site['dates'].year }}\n"}
    folder = site(tmp_path, page, fest=fest)
    assert built(folder).lines == ()
    problems = site_problems(folder / "mkdocs.yml")
    assert [(each.severity, each.message.partition(". ")[0]) for each in problems] == [
        ("hint", "site.hotline is not used by any page or template"),
        ("hint", "site.dates.short is not used by any page or template"),
    ]


BUILT = [
    ("[x](/about/)\n\n<a href='nowhere.html'>x</a>", '"nowhere.html" leads to nothing'),
    ("<a href='about.html'>x</a>", '"about.html" leads to nothing on this site.'),
]


@pytest.mark.parametrize("command", ["build", "gh-deploy"])
@pytest.mark.parametrize(("page", "message"), BUILT)
def test_what_only_the_built_pages_show_is_told_where_it_was_typed_before_publishing(
    tmp_path: Path, page: str, message: str, command: Command
) -> None:
    files = {"docs/a.md": f"---\ntitle: A\n---\n\n{page}\n", "docs/about.md": "# About\n"}
    folder = site(tmp_path, files)
    assert built(folder).lines == ()
    done = built(folder, command=command, strict=command == "build")
    assert done.stopped
    line = 5 + page.count("\n")
    assert any(each.startswith(f"docs/a.md:{line}: {message}") for each in done.lines)


def test_a_button_on_no_page_is_told_before_publishing_as_long_as_it_has_a_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(tmp_path, {"docs/fests/paris-2018.md": "# Paris\n"})
    assert not built(folder, strict=True).stopped
    monkeypatch.setenv("SOURCE_DATE_EPOCH", f"{datetime(2018, 3, 1, tzinfo=UTC).timestamp():.0f}")
    assert not built(folder).stopped
    lines = built(folder, strict=True).lines
    advice = "Write {{ rsvp_button() }} into one."
    assert lines == (f"fests/paris-2018.yml: rsvp is on no page. {advice} [no-button]",)


def test_a_page_of_the_fest_file_that_is_not_there_is_told_at_its_line(tmp_path: Path) -> None:
    fest = PARIS.replace("    title: impl Days\n", "    title: impl Days\n    page: /about/\n")
    done = built(site(tmp_path, {"docs/index.md": "{{ schedule() }}\n"}, fest=fest), strict=True)
    line = fest[: fest.index("/about/")].count("\n") + 1
    message = '"/about/" leads to nothing on this site. Correct it. [dead-link]'
    assert done.lines == (f"fests/paris-2018.yml:{line}: {message}",)


def test_publishing_is_refused_while_there_is_a_warning(tmp_path: Path) -> None:
    folder = site(tmp_path, {"docs/a.md": "[x](https://ti.to/url-to-do) [y](nope.md)\n"})
    done = built(folder, command="gh-deploy")
    assert done.stopped
    assert done.lines[-1].startswith("Nothing was published: there are 2 warnings above.")
    going_on = site(tmp_path, {}, options={"publish_checks": "warn"})
    assert not built(going_on, command="gh-deploy").stopped


def test_an_address_that_cannot_be_read_is_told_and_ends_in_no_traceback(tmp_path: Path) -> None:
    done = built(site(tmp_path, {"docs/a.md": "a\n\n[b](https://[::1/c)\n"}))
    advice = "Correct what follows https://"
    message = f'"https://[::1/c" has a host or port that is not valid. {advice}'
    assert done.lines == (f"docs/a.md:3: {message}",)
    assert not done.stopped


def test_an_address_of_the_site_that_only_holds_its_place_is_told(tmp_path: Path) -> None:
    done = built(site(tmp_path, {}, site_url="https://www.example.com/fest/"))
    message = 'site_url: "https://www.example.com/fest/" is a placeholder.'
    advice = "Write the real one, or remove it: calendars and previews name it."
    assert done.lines == (f"mkdocs.yml: {message} {advice}",)


@pytest.mark.parametrize("link", ["[x](nowhere/{}.md)", "<a href='/nowhere/{}/'>x</a>"])
def test_a_dead_link_is_reported_once_however_long(tmp_path: Path, link: str) -> None:
    long = "a-very-long-name-of-a-page-that-nobody-has-ever-written-for-this-site-of-ours"
    page = f"{link.format(long)}\n\n{{{{ rsvp_button() }}}}\n"
    lines = built(site(tmp_path, {"docs/index.md": page}), strict=True).lines
    assert len([line for line in lines if "nowhere" in line]) == 1
