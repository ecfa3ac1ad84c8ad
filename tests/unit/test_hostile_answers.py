"""`impldays new` with answers that are made to become more than text in one of its files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from mkdocs_impldays.cli import main
from mkdocs_impldays.fest.load import load_fest
from tests.hostile import HOSTILE

NOT_IN_A_LINE = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

REFUSED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""What no fest file may have."""


def new(folder: Path, fest_id: str, **options: str) -> Result:
    """Run the command with these options; it asks nothing."""
    given = [word for name, text in options.items() for word in (f"--{name}", text)]
    command = ["new", "--yes", "--folder", str(folder), *given, "--", fest_id]
    return CliRunner().invoke(main, command)


def check_output(result: Result) -> None:
    """Look for a traceback, and for what a terminal or CI obeys."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert not NOT_IN_A_LINE.search(result.output), result.output
    assert not re.search(r"(?m)^(::|##)", result.output)


def files_in(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
@pytest.mark.parametrize("text", HOSTILE)
def test_answers_are_texts_in_each_file(text: str, engine: str, tmp_path: Path) -> None:
    plain = {"country": "FR", "timezone": "Europe/Paris", "engine": engine}
    usual = tmp_path / "usual"
    names = ("name", "city", "venue", "description")
    assert new(usual, "a-fest", **plain, **dict.fromkeys(names, "Plain")).exit_code == 0
    folder = tmp_path / "hostile"
    result = new(folder, "a-fest", **plain, **dict.fromkeys(names, text))
    check_output(result)
    if result.exit_code:
        assert REFUSED.search(text)
        assert not folder.exists()
        return
    files, expected = files_in(folder), files_in(usual)
    assert set(files) == set(expected)
    fest, problems = load_fest(
        files["fests/a-fest.yml"].encode(), path="fests/a-fest.yml", fest_id="a-fest"
    )
    assert fest is not None, problems
    assert {fest.name, fest.city, fest.description} == {text.strip()}
    config = yaml.load(files["mkdocs.yml"], _Loader)
    assert config == {
        **yaml.load(expected["mkdocs.yml"], _Loader),
        "site_name": text.strip(),
        "site_description": text.strip(),
    }
    others = {"fests/a-fest.yml", "mkdocs.yml"}
    assert {name: files[name] for name in files.keys() - others} == {
        name: expected[name] for name in files.keys() - others
    }
    _check_next_edition(folder, text)


def _check_next_edition(folder: Path, text: str) -> None:
    result = new(folder, "b-fest", **{"from": "a-fest"}, city=text, name=text[::-1], venue=text)
    check_output(result)
    assert result.exit_code == 0, result.output
    raw = (folder / "fests/b-fest.yml").read_bytes()
    fest, problems = load_fest(raw, path="fests/b-fest.yml", fest_id="b-fest")
    assert fest is not None, problems
    assert (fest.name, fest.city) == (text[::-1].strip(), text.strip())


class _Loader(yaml.SafeLoader):
    """Reads the tags of functions as nothing."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)


@pytest.mark.parametrize(
    "text", [*HOSTILE, "../a", "/etc/passwd", "a/b", "CON:", "-rf", "a.yml", ""]
)
def test_an_id_names_a_file_in_fests_or_is_refused(text: str, tmp_path: Path) -> None:
    for options in ({}, {"from": text}):
        result = new(tmp_path / "site", text, **options)
        check_output(result)
        assert result.exit_code != 0
        assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    "package", ["$(id)", "a`id`", "a$HOME", "a b", "a'b", 'a"b', "a\nb", "${{x}}"]
)
def test_a_package_that_a_shell_would_read_is_refused(package: str, tmp_path: Path) -> None:
    result = new(tmp_path / "site", "a-fest", package=package, ci="cloudflare")
    check_output(result)
    assert result.exit_code != 0
    assert list(tmp_path.rglob("*")) == []
