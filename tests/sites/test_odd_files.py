"""What lies in a site's folders and is not what it should be, and pages that are not pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_impldays.cli import main
from mkdocs_impldays.disk import MAX_PAGE
from mkdocs_impldays.plugin.dry_run import site_problems
from mkdocs_impldays.plugin.theme import template_finder
from tests.sites.building import built, site, write


@pytest.mark.parametrize("name", ["gone.md", "gone.png", "gone.txt"])
def test_a_link_to_nowhere_is_an_error(tmp_path: Path, name: str) -> None:
    site(tmp_path, {})
    (tmp_path / "docs" / name).symlink_to("nowhere")
    result = built(tmp_path)
    assert result.stopped
    advice = "Remove or change the link."
    said = f'docs/{name}: is a link to "nowhere", which does not exist. {advice}'
    assert result.lines == (said,)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize("name", ["pipe.md", "pipe.txt", "pipe"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    site(tmp_path, {})
    os.mkfifo(tmp_path / "docs" / name)
    result = built(tmp_path)
    assert result.stopped
    assert result.lines == (f"docs/{name}: is not a file. Remove it from the folder.",)


def test_a_page_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    site(tmp_path, {})
    with (tmp_path / "docs/big.md").open("wb") as big:
        big.truncate(1_000_000_000)
    result = built(tmp_path)
    assert result.stopped
    size = f"is larger than {MAX_PAGE // 1_000_000} MB, which is too large for a page."
    assert result.lines == (f"docs/big.md: {size} Split it, or remove it.",)


def test_a_folder_named_like_a_page_is_a_folder(tmp_path: Path) -> None:
    site(tmp_path, {"docs/x.md/index.md": "# X\n", "fests/y.yml/z.txt": ""})
    result = built(tmp_path)
    assert (result.lines, result.stopped) == ((), False)
    assert "X</h1>" in result.page("x.md/index.html")


@pytest.mark.parametrize(
    ("front_matter", "said"),
    [
        ("a: " + "[" * 3000, "docs/a.md:2: the front matter nests deeper than 20 levels."),
        ("a: " + "[" * 300 + "]" * 300, "docs/a.md:2: the front matter nests deeper than 20"),
        ("- " * 3000 + "a", "docs/a.md:2: the front matter nests deeper than 20 levels."),
        (
            "a0: &a0 {x: 1, y: 2}\n"
            + "".join(f"a{n}: &a{n} {{x: *a{n - 1}, y: *a{n - 1}}}\n" for n in range(1, 19)),
            "docs/a.md:13: the front matter repeats too much with “*”.",
        ),
        (
            "a0: &a0 [{x: 1, y: 2}]\n"
            + "".join(f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)),
            "the front matter repeats too much with “*”.",
        ),
        (
            "a: " + "x" * 300_000,
            'docs/a.md:2: the front matter has more than "250,000" characters.',
        ),
    ],
    ids=["open brackets", "brackets", "dashes", "aliases", "merges", "size"],
)
def test_front_matter_that_is_too_much_is_an_error_with_its_line(
    tmp_path: Path, front_matter: str, said: str
) -> None:
    site(tmp_path, {"docs/a.md": f"---\n{front_matter}\n---\nText\n"})
    result = built(tmp_path)
    assert result.stopped
    assert [line for line in result.lines if said in line] == list(result.lines)


def test_a_page_that_redirects_is_a_redirect(tmp_path: Path) -> None:
    pages = {
        "docs/live.md": "---\nlayout: redirect\nredirect_to: /livetime/\npermalink: /live/\n---\n",
        "docs/out.md": "---\nredirect_to:\n  - https://ti.to/x\n---\n",
        "docs/livetime.md": "---\nredirect_from: [/old/, /older.html]\n---\n# Live\n",
    }
    result = built(site(tmp_path, pages))
    assert (result.lines, result.stopped) == ((), False)
    assert 'content="0; url=../livetime/"' in result.page("live/index.html")
    assert 'content="0; url=https://ti.to/x"' in result.page("out/index.html")
    assert 'content="0; url=../livetime/"' in result.page("old/index.html")
    assert 'content="0; url=livetime/"' in result.page("older.html")
    assert "Live</h1>" in result.page("livetime/index.html")
    assert "live/" not in result.page("sitemap.xml").replace("livetime/", "")


@pytest.mark.parametrize(
    ("front_matter", "said"),
    [
        ("redirect_to: javascript:alert(1)", 'redirect_to redirects to "javascript:alert(1)"'),
        ("redirect_from: /../x/", 'redirect_from "/../x/" leaves the site\'s folder.'),
        ("redirect_from: {a: b}", "redirect_from is a list or a group of keys."),
        ("redirect_from: /b/", 'redirect_from: "b/index.html" is already a page.'),
    ],
)
def test_a_redirect_that_cannot_be_is_a_warning(
    tmp_path: Path, front_matter: str, said: str
) -> None:
    pages = {"docs/a.md": f"---\ntitle: A\n{front_matter}\n---\nA\n", "docs/b.md": "B\n"}
    result = built(site(tmp_path, pages))
    assert not result.stopped
    assert [line for line in result.lines if line.startswith(f"docs/a.md:3: {said}")]
    assert len(result.lines) == 1


@pytest.mark.parametrize("layout", ["redirect", "base", "404", "main", "search", "sitemap"])
def test_a_layout_never_picks_a_template_of_the_theme(tmp_path: Path, layout: str) -> None:
    loaded = load_config(str(site(tmp_path, {}) / "mkdocs.yml"))
    write(tmp_path / "theme", {f"{layout}.html": "for something else"})
    loaded.theme.dirs.append(str(tmp_path / "theme"))
    has_template = template_finder(loaded)
    assert not has_template(f"{layout}.html", "layout")
    assert has_template(f"{layout}.html", "template")


@pytest.mark.parametrize("serve_url", [None, "http://127.0.0.1:8000/"])
def test_a_page_that_is_not_published_is_shown_by_serve_alone(
    tmp_path: Path, serve_url: str | None
) -> None:
    site(tmp_path, {"docs/secret.md": "---\npublished: false\n---\n# Secret\n"})
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins.on_startup(command="serve" if serve_url else "build", dirty=False)
    build(config, serve_url=serve_url)
    config.plugins.on_shutdown()
    assert (tmp_path / "site/secret/index.html").exists() == bool(serve_url)


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (
            "plugins:\n  - impldays: {fest: 2027-99-99}\n",
            (
                'mkdocs.yml:3: "- impldays: {fest: 2027-99-99}" has a date or number that is not'
                " valid."
            ),
        ),
        (f"extra: {'[' * 3000}\n", "mkdocs.yml:2: nests deeper than 20 levels."),
        ("a: \0\n", "mkdocs.yml: cannot be read: "),
        (
            f"plugins:\n  - impldays: {{fests: {'x' * 3000}}}\n",
            "mkdocs.yml:2: \"plugins\": Plugin 'impldays' option 'fests':",
        ),
    ],
    ids=["date", "depth", "NUL", "length"],
)
def test_a_configuration_that_cannot_be_read_is_one_line_of_the_check(
    tmp_path: Path, config: str, said: str
) -> None:
    site(tmp_path, {"mkdocs.yml": f"site_name: A\n{config}"})
    problems = site_problems(tmp_path / "mkdocs.yml")
    assert [str(each)[: len(said)] for each in problems] == [said]
    assert all("\n" not in each.message for each in problems)


@pytest.mark.parametrize("typed", ["abc", "-1", "1e9", "99999999999999", "4294967296"])
def test_a_wrong_source_date_epoch_is_one_line(
    tmp_path: Path, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", typed)
    said = f'"{typed}" is not a number of seconds since 1970, up to 4294967295.'
    said += " Correct or unset the variable."
    result = built(site(tmp_path, {}))
    assert result.stopped
    assert result.lines == (f"SOURCE_DATE_EPOCH: {said}",)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["files", "out"], catch_exceptions=False)
    assert (done.exit_code, done.stderr) == (1, f"SOURCE_DATE_EPOCH: error: {said}\n")


@pytest.mark.parametrize("fest_id", ["x" * 3000, "a\0b"])
def test_an_id_that_cannot_name_a_file_is_one_line(
    tmp_path: Path, fest_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    oslo = str(Path(__file__).with_name("jekyll-oslo"))
    for arguments in (["new", fest_id, "--yes"], ["import", oslo, "--id", fest_id]):
        done = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert done.exit_code == 1
        assert max(map(len, done.stderr.splitlines())) < 300
        assert list(tmp_path.iterdir()) == []
