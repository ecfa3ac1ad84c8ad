"""mike: each version of a site is published in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compat.plugins import MATERIAL, OURS, needs
from tests.sites.building import built, site

pytestmark = needs("mike")

LINKED = {"docs/index.md": "# Home\n\n[About](about.md)\n\n{{ calendar_links() }}\n"}
ABOUT = {"docs/about.md": "# About\n\n[home](/)\n"}


def _deployed(folder: Path) -> tuple[int, str, str]:
    """Run `mike deploy` in a new repository; return its exit code, its output, what it made."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PATH": path}
    for who in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{who}_NAME": "Ada", f"GIT_{who}_EMAIL": "ada@impldays.test"}
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], check=True, env=environment)
    command = [sys.executable, "-c", "from mike.driver import main; main()", "deploy", "1.0"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    branches = subprocess.run([*git, "branch", "-a"], capture_output=True, text=True, check=True)
    return done.returncode, done.stderr, branches.stdout


def test_mike_publishes_a_site_without_warnings(tmp_path: Path) -> None:
    site(tmp_path, {**LINKED, **ABOUT}, plugins=["search", OURS, "mike"], theme=MATERIAL)
    code, told, branches = _deployed(tmp_path)
    assert (code, "gh-pages" in branches) == (0, True), told


def test_mike_publishes_nothing_while_there_is_a_warning(tmp_path: Path) -> None:
    site(tmp_path, LINKED, plugins=["search", OURS, "mike"], theme=MATERIAL)
    code, told, branches = _deployed(tmp_path)
    assert code != 0
    assert "gh-pages" not in branches
    assert "Nothing was published" in told


def test_mike_publishes_warnings_where_the_option_says_so(tmp_path: Path) -> None:
    ours = {"impldays": {"fest": "fests/paris-2018.yml", "publish_checks": "warn"}}
    site(tmp_path, LINKED, plugins=["search", ours, "mike"], theme=MATERIAL)
    code, told, branches = _deployed(tmp_path)
    assert (code, "gh-pages" in branches) == (0, True), told


@pytest.mark.parametrize("plugins", [[OURS, "mike"], ["mike", OURS]], ids=["before", "after"])
def test_addresses_have_the_version_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plugins: list[object]
) -> None:
    monkeypatch.setenv("MIKE_DOCS_VERSION", "1.0")
    site(
        tmp_path,
        {**LINKED, **ABOUT},
        plugins=["search", *plugins],
        site_url="https://impldays.test/repo/",
    )
    result = built(tmp_path, strict=True)
    assert result.lines == ()
    assert not result.stopped
    page = result.page()
    assert "https://impldays.test/repo/1.0/assets/impldays/paris-2018-card.png" in page
    assert "https://impldays.test/repo/assets" not in page
