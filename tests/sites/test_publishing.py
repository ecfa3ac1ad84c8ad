"""`mkdocs gh-deploy` publishes a site whose links are good, or nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import engine
from tests.fests import ROOT
from tests.sites.building import site
from tests.sites.crawl import dead_links


def git(folder: Path, *args: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@b.test", "-c", "init.defaultBranch=main"]
    command = ["git", *identity, *args]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def repository(folder: Path) -> Path:
    """Make the folder a repository with a bare one on the disk as its origin."""
    bare = folder.with_name(f"{folder.name}.git")
    git(folder, "init", "-q")
    git(folder, "config", "user.name", "A")
    git(folder, "config", "user.email", "a@b.test")
    git(folder, "init", "-q", "--bare", str(bare))
    git(folder, "remote", "add", "origin", str(bare))
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Begin")
    return bare


def run_mkdocs(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*engine.COMMAND, *words]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, env=env)


@pytest.mark.same_everywhere
@pytest.mark.parametrize("use_directory_urls", ["true", "false"])
def test_the_sites_own_pages_are_published_with_every_link_good(
    tmp_path: Path, use_directory_urls: str
) -> None:
    folder = tmp_path / "repo"
    folder.mkdir()
    for name in ("docs", "fests", "overrides", "mkdocs.yml", "README.md"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"\nuse_directory_urls: {use_directory_urls}\n")
    bare = repository(folder)
    done = run_mkdocs(folder, "gh-deploy", SITE_URL="https://impldays.test/repo/")
    assert done.returncode == 0, done.stderr
    published = tmp_path / "published"
    git(tmp_path, "clone", "-q", "-b", "gh-pages", str(bare), str(published))
    assert (published / "about_impl_days/index.html").is_file()
    assert list(dead_links(published, below="/repo/")) == []


@pytest.mark.parametrize("options", [[], ["-q"], ["-q", "--strict"]])
def test_nothing_is_published_while_a_page_holds_a_placeholder(
    tmp_path: Path, options: list[str]
) -> None:
    folder = tmp_path / "repo"
    site(folder, {"docs/a.md": "[x](https://ti.to/url-to-do)\n", ".gitignore": "site/\n"})
    bare = repository(folder)
    done = run_mkdocs(folder, "gh-deploy", *options)
    assert done.returncode == 1
    assert "docs/a.md:1: " in done.stderr
    assert "Nothing was published" in done.stderr
    assert "Traceback" not in done.stderr
    assert "gh-pages" not in git(bare, "branch", "--list")


def test_a_strict_build_tells_what_it_refuses_also_when_it_is_quiet(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"docs/a.md": "[x](https://ti.to/url-to-do)\n"})
    done = run_mkdocs(folder, "build", "--strict", "--quiet")
    assert done.returncode == 1
    assert "docs/a.md:1: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["gh-deploy"], ["build", "--strict"]])
def test_a_key_in_the_docs_folder_is_not_published(tmp_path: Path, command: list[str]) -> None:
    folder = site(tmp_path / "repo", {"docs/index.md": "# Home\n", "docs/id_rsa": "invented"})
    (folder / "docs/diary.txt").symlink_to(tmp_path / "diary.txt")
    (tmp_path / "diary.txt").write_text("mine", "utf-8")
    bare = repository(folder)
    done = run_mkdocs(folder, *command)
    assert done.returncode == 1
    assert "docs/id_rsa: looks like a key or password" in done.stderr
    assert "docs/diary.txt: is a symbolic link to a file outside the project" in done.stderr
    assert "Traceback" not in done.stderr
    assert "gh-pages" not in git(bare, "branch")
    assert not (folder / "site/id_rsa").exists()


def test_a_build_that_is_not_published_warns_of_a_key(tmp_path: Path) -> None:
    folder = site(tmp_path / "repo", {"docs/index.md": "# Home\n", "docs/id_rsa": "invented"})
    done = run_mkdocs(folder, "build")
    assert done.returncode == 0
    assert "docs/id_rsa: looks like a key or password" in done.stderr
