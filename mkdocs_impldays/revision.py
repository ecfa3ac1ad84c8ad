"""When a file was last changed, the same on every machine that has the same commit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from mkdocs_impldays.problems import Problem, quoted

_EPOCH = "SOURCE_DATE_EPOCH"
_LATEST = 2**32 - 1
"""The latest second, in 2106, that compressed files can hold."""


def epoch_problem() -> Problem | None:
    """Return what is wrong with the environment variable SOURCE_DATE_EPOCH, if anything."""
    typed = os.environ.get(_EPOCH)
    if not typed or (re.fullmatch(r"[0-9]{1,10}", typed) and int(typed) <= _LATEST):
        return None
    message = f"{quoted(typed)} is not a number of seconds since 1970, up to {_LATEST}."
    return Problem(_EPOCH, None, f"{message} Correct or unset the variable.")


def changed_at(path: Path) -> datetime:
    """Give the moment, in UTC, at which a file, or the last one of a folder, was changed.

    It is `SOURCE_DATE_EPOCH` (reproducible-builds.org) where that is set; else the last commit in
    git; else, or where it was changed since, what the disk says, or the beginning of 1970.
    """
    seconds = os.environ.get(_EPOCH) or _committed(path) or _on_disk(path)
    return datetime.fromtimestamp(int(seconds), UTC)


def _committed(path: Path) -> str:
    if _git(path, "status", "--porcelain"):
        return ""
    return _git(path, "log", "-1", "--format=%ct")


def _git(path: Path, *command: str) -> str:
    git = shutil.which("git")
    if git is None or not path.parent.is_dir():
        return ""
    whole = [git, *command, "--", path.name]
    done = subprocess.run(whole, cwd=path.parent, capture_output=True, text=True, check=False)  # noqa: S603 - fixed commands
    return done.stdout.strip()


def _on_disk(path: Path) -> float:
    files = [path, *path.iterdir()] if path.is_dir() else [path]
    return max(file.stat().st_mtime if file.exists() else 0 for file in files)
