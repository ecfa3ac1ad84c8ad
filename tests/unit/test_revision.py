"""When the fests were last changed."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mkdocs_impldays.revision import changed_at

COMMITTED = datetime(2018, 4, 18, 10, 30, tzinfo=UTC)
EDITED = datetime(2018, 5, 27, 22, 6, tzinfo=UTC)


LATER = datetime(2018, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def fest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a fest file in a folder of its own, edited late in the evening."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    path = tmp_path / "fests" / "paris-2018.yml"
    path.parent.mkdir()
    path.write_text("name: Paris\n")
    os.utime(path, (EDITED.timestamp(), EDITED.timestamp()))
    return path


def git(folder: Path, *command: str, at: datetime = COMMITTED) -> None:
    stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}"
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


def commit(folder: Path, at: datetime) -> None:
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "A fest", at=at)


def changed(path: Path) -> datetime:
    return changed_at([path])[path]


def test_without_git_it_is_the_last_edit(fest: Path) -> None:
    assert changed(fest) == EDITED


def test_what_is_committed_has_the_date_of_its_commit(fest: Path) -> None:
    commit(fest.parent, COMMITTED)
    assert changed(fest) == COMMITTED


def test_a_commit_of_another_fest_changes_nothing(fest: Path) -> None:
    commit(fest.parent, COMMITTED)
    other = fest.with_name("rome-2018.yml")
    other.write_text("name: Rome\n")
    commit(fest.parent, LATER)
    assert changed_at([fest, other]) == {fest: COMMITTED, other: LATER}


def test_files_of_several_folders_are_not_confused(fest: Path) -> None:
    inner = fest.parent / "old" / fest.name
    inner.parent.mkdir()
    inner.write_text("name: Paris\n")
    commit(fest.parent, COMMITTED)
    inner.write_text("name: Old Paris\n")
    commit(fest.parent, LATER)
    assert changed_at([fest, inner]) == {fest: COMMITTED, inner: LATER}
    inner.write_text("name: Not committed\n")
    os.utime(inner, (EDITED.timestamp(), EDITED.timestamp()))
    assert changed_at([fest, inner]) == {fest: COMMITTED, inner: EDITED}


@pytest.mark.parametrize("name", ["été 2018.yml", "[x].yml", "-f.yml"])
def test_any_name_will_do(fest: Path, name: str) -> None:
    path = fest.rename(fest.with_name(name))
    commit(fest.parent, COMMITTED)
    assert changed(path) == COMMITTED
    path.write_text("name: Rome\n")
    os.utime(path, (EDITED.timestamp(), EDITED.timestamp()))
    assert changed(path) == EDITED


def test_a_merge_changes_what_it_brings_whatever_the_dates_of_its_commits(fest: Path) -> None:
    folder = fest.parent
    commit(folder, COMMITTED - timedelta(days=9))
    git(folder, "checkout", "-b", "edit")
    fest.write_text("name: Rome\n")
    commit(folder, COMMITTED - timedelta(days=5))
    git(folder, "checkout", "-")
    other = fest.with_name("rome-2018.yml")
    other.write_text("name: Rome\n")
    commit(folder, COMMITTED - timedelta(days=2))
    git(folder, "merge", "--no-ff", "edit", at=COMMITTED)
    assert changed_at([fest, other]) == {fest: COMMITTED, other: COMMITTED - timedelta(days=2)}


def test_an_edit_that_is_not_committed_counts(fest: Path) -> None:
    commit(fest.parent, COMMITTED)
    fest.write_text("name: Rome\n")
    os.utime(fest, (EDITED.timestamp(), EDITED.timestamp()))
    assert changed(fest) == EDITED


def test_the_environment_wins(fest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    assert changed(fest).timestamp() == 1500000000


def test_what_is_not_there_was_never_changed(fest: Path) -> None:
    assert changed(fest.with_name("nothing.yml")).timestamp() == 0
    assert changed(fest).timestamp() == EDITED.timestamp()
