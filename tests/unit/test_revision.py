"""When the fests were last changed."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mkdocs_impldays.revision import changed_at

COMMITTED = datetime(2018, 4, 18, 10, 30, tzinfo=UTC)
EDITED = datetime(2018, 5, 27, 22, 6, tzinfo=UTC)


@pytest.fixture
def fests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with one fest file, edited late in the evening."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = tmp_path / "fests"
    folder.mkdir()
    (folder / "paris-2018.yml").write_text("name: Paris\n")
    os.utime(folder / "paris-2018.yml", (EDITED.timestamp(), EDITED.timestamp()))
    os.utime(folder, (0, 0))
    return folder


def git(folder: Path, *command: str) -> None:
    stamp = f"{COMMITTED:%Y-%m-%dT%H:%M:%SZ}"
    names = {f"GIT_{who}_{what}": "a@b.eu" for who in ("AUTHOR", "COMMITTER")
             for what in ("NAME", "EMAIL")}  # fmt: skip
    dates = {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
    subprocess.run(
        ["git", *command],
        cwd=folder,
        env={**os.environ, **names, **dates},
        check=True,
        capture_output=True,
    )


def commit(folder: Path) -> None:
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "A fest")


def test_without_git_it_is_the_last_edit_of_any_file(fests: Path) -> None:
    assert changed_at(fests) == changed_at(fests / "paris-2018.yml") == EDITED


def test_what_is_committed_has_the_date_of_its_commit(fests: Path) -> None:
    commit(fests.parent)
    assert changed_at(fests) == changed_at(fests / "paris-2018.yml") == COMMITTED


def test_a_commit_of_something_else_changes_nothing(fests: Path) -> None:
    commit(fests.parent)
    (fests.parent / "README").write_text("Hello.")
    assert changed_at(fests) == COMMITTED


def test_an_edit_that_is_not_committed_counts(fests: Path) -> None:
    commit(fests.parent)
    path = fests / "paris-2018.yml"
    path.write_text("name: Rome\n")
    os.utime(path, (EDITED.timestamp(), EDITED.timestamp()))
    assert changed_at(fests) == changed_at(path) == EDITED


def test_the_environment_wins(fests: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    assert changed_at(fests).timestamp() == 1500000000


def test_what_is_not_there_was_never_changed(fests: Path) -> None:
    assert changed_at(fests / "nothing").timestamp() == 0
    assert changed_at(fests / "paris-2018.yml").timestamp() == EDITED.timestamp()
