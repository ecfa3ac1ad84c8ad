"""A release has all its addresses; until then README says how to install from a clone."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path

import pytest
import yaml
from readme_renderer import markdown

from tests.fests import ROOT

pytestmark = pytest.mark.same_everywhere

URLS = {
    "Homepage": "https://impldays.eu/",
    "Documentation": "https://impldays.eu/organisers/",
    "Source": "https://git.impldays.eu/plugin",
    "Changelog": "https://git.impldays.eu/plugin/changelog",
    "Issues": "https://git.impldays.eu/plugin/issues",
    "Security": "mailto:security@impldays.eu",
}
CHANGES = "# Changelog\n\n## 0.1.0 - 2027-01-05\n\nThe first version.\n"


def release(
    folder: Path, tag: str = "v0.1.0", urls: dict[str, str] = URLS, changes: str = CHANGES
) -> list[str]:
    """Run the check of a release over a project with these addresses; return what it prints."""
    lines = [f'{name} = "{url}"' for name, url in urls.items()]
    project = '[project]\nname = "x"\nversion = "0.1.0"\n[project.urls]\n' + "\n".join(lines)
    (folder / "pyproject.toml").write_text(project, "utf-8")
    (folder / "CHANGELOG.md").write_text(changes, "utf-8")
    command = [sys.executable, str(ROOT / ".ci/release-check"), tag]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.returncode == bool(done.stdout)
    return done.stdout.splitlines()


def test_a_release_with_all_addresses_passes(tmp_path: Path) -> None:
    assert release(tmp_path) == []


def test_a_release_is_refused_while_the_addresses_are_missing(tmp_path: Path) -> None:
    lines = release(tmp_path, urls={})
    assert [line.split(": ")[2].split()[0] for line in lines] == list(URLS)
    assert all("is missing" in line for line in lines)


@pytest.mark.parametrize(
    "url", ["", "tba", "https://example.org/x", "http://impldays.eu/", "https://OWNER.test/", "#"]
)
def test_a_release_is_refused_with_an_address_that_is_none(tmp_path: Path, url: str) -> None:
    (line,) = release(tmp_path, urls={**URLS, "Security": url})
    assert line.startswith("pyproject.toml: project.urls: Security ")


def test_a_release_is_refused_under_another_tag(tmp_path: Path) -> None:
    (line,) = release(tmp_path, tag="v0.2.0")
    assert "must be v0.1.0, not v0.2.0" in line


def test_a_release_is_refused_with_a_picture_that_an_index_cannot_show(tmp_path: Path) -> None:
    readme = "![One](docs/organisers/one.png) ![Two](https://impldays.eu/two.png)\n"
    (tmp_path / "README.md").write_text(readme, "utf-8")
    (line,) = release(tmp_path)
    assert line.startswith('README.md: "docs/organisers/one.png" is a picture that')
    assert line.endswith(" https://impldays.eu/organisers/one.png")


def test_a_release_is_refused_without_its_section_in_the_changelog(tmp_path: Path) -> None:
    (line,) = release(tmp_path, changes="# Changelog\n\n## Unreleased\n\nMore.\n")
    assert line.startswith("CHANGELOG.md: ")


def test_the_release_workflow_runs_the_check_before_it_builds() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))
    commands = [step["run"] for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    assert commands == ['.ci/release-check "$GITHUB_REF_NAME"', ".ci/wheel dist"]
    assert workflow["jobs"]["publish"]["needs"] == "build"


def test_the_workflow_pins_each_action_by_commit() -> None:
    for path in [
        ROOT / ".github/workflows/release.yml",
        ROOT / "mkdocs_impldays/scaffold/publish.yml",
    ]:
        used = re.findall(r"uses: (\S+.*)", path.read_text("utf-8"))
        assert used
        for action in used:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_mkdocs_get_deps_finds_the_package_by_the_catalog_entry(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: A\nplugins: [search, impldays]\n", "utf-8")
    command = [sys.executable, "-m", "mkdocs", "get-deps", "-f", str(config)]
    command += ["-p", str(ROOT / ".ci/catalog.yaml")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["mkdocs", "mkdocs-impldays"]


def test_the_command_prints_the_version_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    command = [sys.executable, "-c", "from mkdocs_impldays.cli import main; main()", "--version"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == f"{project['version']}\n"


@pytest.fixture(scope="module")
def readme() -> str:
    """Return README as an index shows it."""
    warnings = StringIO()
    html = markdown.render((ROOT / "README.md").read_text("utf-8"), stream=warnings)
    assert warnings.getvalue() == ""
    assert html is not None, "the index would show README as plain text"
    return str(html)


def test_the_index_shows_all_of_the_readme(readme: str) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    headings = re.findall(r"^#+ (.*)$", text.split("```")[0], re.MULTILINE)
    assert len(headings) > 2
    for heading in headings:
        assert f"{heading}<a" in readme or f"{heading}</h" in readme
    assert readme.count("<table") == 1
    assert readme.count("<pre") == text.count("```") // 2 + len(re.findall(r"\n\n    \S", text))


def test_the_links_of_the_readme_work_outside_the_repository(readme: str) -> None:
    links = re.findall(r'(?:href|src)="([^"]*)"', readme)
    outward = [link for link in links if not link.startswith("#")]
    assert outward
    pictures = re.findall(r'<img[^>]* src="(?!https:)([^"]*)"', readme)  # until a release
    assert [link for link in outward if not link.startswith("https://")] == pictures
    assert [name for name in pictures if not (ROOT / name).is_file()] == []
    sections = re.findall(r'id="([^"]*)"', readme)
    assert {link[1:] for link in links if link.startswith("#")} <= {*sections}


def test_the_files_that_the_readme_names_are_there() -> None:
    text = (ROOT / "README.md").read_text("utf-8").split("## Your first site")
    named = re.findall(r"`((?:[\w.-]+/)*[A-Z\w.-]+\.md|\.ci/\w+|docs/[\w/]+/)`", text[0] + text[1])
    ours = {name for name in named if name != "docs/index.md"}
    assert {"CONTRIBUTING.md", "benchmarks/README.md", "docs/organisers/", ".ci/run"} <= ours
    assert [name for name in ours if not (ROOT / name).exists()] == []


def test_the_readme_does_not_install_from_an_index() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "pip install" in text
    assert re.findall(r"pip install[^\n]*mkdocs-impldays", text) == []
