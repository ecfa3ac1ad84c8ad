"""The files by which a site is built and published by itself, and the hook of pre-commit."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mkdocs_impldays.cli import main
from mkdocs_impldays.scaffold import CI
from tests.fests import ROOT
from tests.recipes import WRITTEN, commands, programs, run

SCHEMAS = {
    "github": ["--builtin-schema", "vendor.github-workflows"],
    "gitlab": ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"],
    "codeberg": ["--builtin-schema", "vendor.github-workflows"],
}
"""Forgejo reads the workflows of GitHub."""
FAKED = {
    "apt-get": "exit 0",
    "pip": "exit 0",
    "impldays": f"exec {sys.executable} -c 'from mkdocs_impldays.cli import main; main()' \"$@\"",
    "mkdocs": f'exec {sys.executable} -m mkdocs "$@"',
}
"""The programs of a service, with this checkout in place of what pip would install."""


def scaffold(folder: Path, name: str, engine: str = "mkdocs") -> Path:
    """Begin a site for a place to publish it, and return the file that says how."""
    options = ["new", "lisbon-2090", "--yes", "--ci", name, "--folder", str(folder)]
    options += ["--engine", engine]
    done = CliRunner().invoke(main, options, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    written = [path for path, _ in CI.values() if (folder / path).exists()]
    assert written == [CI[name][0]]
    return folder / CI[name][0]


@pytest.mark.parametrize("name", CI)
def test_a_new_site_has_the_file_of_the_place_it_is_published_at(tmp_path: Path, name: str) -> None:
    typed = "\n".join(commands(scaffold(tmp_path, name)))
    assert re.search(r"pip install", typed)
    assert typed.index("impldays check") < typed.index("mkdocs ")
    assert "--strict" in typed
    subprocess.run(["bash", "-n"], input=typed, text=True, check=True)


@pytest.mark.parametrize("name", CI)
def test_a_site_for_zensical_is_built_by_it(tmp_path: Path, name: str) -> None:
    typed = "\n".join(commands(scaffold(tmp_path, name, "zensical")))
    assert "zensical==" in typed
    assert "impldays build --strict" in typed
    assert "mkdocs " not in typed
    subprocess.run(["bash", "-n"], input=typed, text=True, check=True)


@pytest.mark.same_everywhere
@pytest.mark.parametrize(("name", "schema"), SCHEMAS.items())
def test_the_file_is_valid_by_the_schema_of_its_service(
    tmp_path: Path, name: str, schema: list[str]
) -> None:
    file = scaffold(tmp_path, name)
    command = [sys.executable, "-m", "check_jsonschema", *schema, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    file.write_text(
        re.sub(r"timeout(-minutes)?: .*", r"timeout\1: [soon]", file.read_text("utf-8"))
    )
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


@pytest.mark.same_everywhere
@pytest.mark.parametrize("name", WRITTEN)
def test_its_commands_build_a_new_site(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    file = scaffold(site, name)
    run(site, file, path=[programs(tmp_path / "bin", FAKED)])
    (home,) = tmp_path.glob(f"*/{WRITTEN[name]}")
    assert "Lisbon" in home.read_text("utf-8")
    served = subprocess.run(
        ["git", "--git-dir", tmp_path / "rustfest/site.git", "branch", "--format=%(refname:short)"],
        check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    assert served == (["main", "pages"] if name == "codeberg" else ["main"])


@pytest.mark.same_everywhere
@pytest.mark.parametrize("name", WRITTEN)
def test_a_site_with_a_warning_is_not_published(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    file = scaffold(site, name)
    (site / "docs/bad.md").write_text("# Bad\n\n[Nowhere](nowhere.md)\n", "utf-8")
    calls = {**FAKED, "mkdocs": "exit 3"}
    with pytest.raises(AssertionError, match=r"impldays check[\s\S]*nowhere\.md"):
        run(site, file, path=[programs(tmp_path / "bin", calls)])


def test_codeberg_serves_the_branch_that_its_file_pushes(tmp_path: Path) -> None:
    *_, last = commands(scaffold(tmp_path, "codeberg"))
    assert last.splitlines()[-1] == "mkdocs gh-deploy --strict --remote-branch pages"


def test_the_hook_of_pre_commit_runs_a_command_of_the_package() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *words = hook["entry"].split()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert program in project["scripts"]
    assert CliRunner().invoke(main, [*words, "--help"]).exit_code == 0
    assert hook["pass_filenames"] is False
    for path in ("mkdocs.yml", "fests/lisbon-2027.yml", "docs/index.md"):
        assert re.search(hook["files"], path)
    assert not re.search(hook["files"], "README.md")


@pytest.mark.parametrize("name", [name for name in CI if name != "github"])
def test_the_manual_shows_the_file(tmp_path: Path, name: str) -> None:
    page = ROOT / "docs/organisers/how-to/publish-elsewhere.md"
    written = scaffold(tmp_path, name).read_text("utf-8")
    shown = dict(re.findall(r'(?s)```\w+ title="([^"]+)"\n(.*?)```', page.read_text("utf-8")))
    assert shown[CI[name][0]] == written
