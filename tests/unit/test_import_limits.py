"""What `impldays import` does with a site that is made to keep it busy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_impldays.cli import main
from mkdocs_impldays.importers.site import import_site
from mkdocs_impldays.problems import Problem
from tests.counting import steps

CONFIG = b"title: A\nlocation: {city: Oslo, country: Norway}\ndates: {party: tba}\n"
PAGE = b"---\ntitle: A\n---\n"


def imported(files: dict[str, bytes]) -> list[Problem]:
    done, problems = import_site({"_config.yml": CONFIG, **files}, given={})
    assert done.files
    return problems


def test_an_include_that_includes_itself_ten_times_ends() -> None:
    again = b"{% include a.html %}\n"
    problems = imported({"x.md": PAGE + again, "_includes/a.html": again * 10})
    assert [str(p) for p in problems if "without end" in p.message] == [
        f'_includes/a.html:{line}: "{{% include a.html %}}" includes itself without end.'
        " It is now in a comment."
        for line in range(1, 11)
    ]


def test_includes_that_multiply_end() -> None:
    files = {f"_includes/{n}.html": b"{%% include %d.html %%}\n" % (n + 1) * 10 for n in range(20)}
    problems = imported({"x.md": PAGE + b"{% include 0.html %}", **files, "_includes/20.html": b""})
    limit = [p for p in problems if "exceeds what one page may include" in p.message]
    assert limit
    assert all(p.path.startswith("_includes/") for p in limit)


def test_includes_that_add_up_end() -> None:
    files = {"x.md": PAGE + b"{% include a.html %}\n" * 900, "_includes/a.html": b"a" * 100_000}
    problems = imported(files)
    first = next(p for p in problems if "exceeds what one page may include" in p.message)
    assert (first.path, first.line) == ("x.md", 14)


@pytest.mark.parametrize("typed", ["[" * 3000, "[" * 300 + "]" * 300, "{a: " * 3000, "- " * 3000])
def test_front_matter_nested_deeply_becomes_a_comment(typed: str) -> None:
    problems = imported({"x.md": f"---\na: {typed}\n---\n".encode()})
    assert [(p.path, p.line) for p in problems if "is not valid YAML" in p.message] == [("x.md", 2)]


@pytest.mark.parametrize("typed", [b"[" * 3000, b"{a: " * 3000, b"[" * 300 + b"]" * 300])
def test_a_configuration_nested_deeply_is_a_problem_with_its_line(typed: bytes) -> None:
    done, problems = import_site({"_config.yml": CONFIG + b"a: " + typed}, given={})
    assert not done.files
    assert [(p.path, p.line) for p in problems] == [("_config.yml", 4)]
    assert "nests deeper than 20 levels" in problems[0].message


@pytest.mark.parametrize(
    "piece",
    [
        "{% if site.title %}",
        "{% for a in b %}",
        "{% if site.title %}{% elsif site.title %}",
        "{% unless site.title %}{% if x %}",
        "{% capture a %}",
        "{% else %}{% endif %}",
        "{{ x | y }}",
        "{{ site.title | replace: 'a', 'b' }}\n",
        "{% comment %}{% endcomment %}",
        "{% include a.html x='1' %}",
        "{% assign a = 'b' %}",
        "`{{ a }}` ",
    ],
)
def test_work_grows_with_the_page(piece: str) -> None:
    def work(times: int) -> Callable[[], object]:
        page = PAGE + (piece * times).encode()
        return lambda: imported({"x.md": page, "_includes/a.html": b"{{ include.x }}"})

    assert steps(work(800)) < 6 * steps(work(200))


@pytest.mark.parametrize(
    "tag",
    ["{{{{ {} }}}}", "{{% if {} %}}{{% endif %}}", "{{% assign a = {} %}}", "{{% include a {} %}}"],
)
@pytest.mark.parametrize("filling", [" ", "a and ", "a | ", "'", "a=", "-", "a.", "<", "\t\n"])
def test_a_tag_of_any_length_is_read_or_reported(tag: str, filling: str) -> None:
    text = tag.format(filling * 20_000)
    problems = imported({"x.md": PAGE + text.encode()})
    assert problems


def test_front_matter_of_many_bad_lines_ends() -> None:
    problems = imported({"x.md": b"---\n" + b"a: [\n" * 20_000 + b"---\n"})
    assert len([p for p in problems if "is not valid YAML" in p.message]) <= 1_000


def test_a_file_too_large_to_import_is_named_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old").mkdir()
    (tmp_path / "old/_config.yml").write_bytes(CONFIG)
    with (tmp_path / "old/film.mp4").open("wb") as film:
        film.truncate(1_000_000_000)
    done = CliRunner().invoke(main, ["import", "old"], catch_exceptions=False)
    assert done.exit_code == 0
    assert (
        "film.mp4: warning: is larger than 100 MB. It was not imported; copy it yourself."
        in done.stderr
    )
    assert not (tmp_path / "docs/film.mp4").exists()
