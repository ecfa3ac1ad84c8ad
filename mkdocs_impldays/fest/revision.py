"""When a file was last changed, the same on every machine that has the same commit."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path


def changed_at(path: Path) -> datetime:
    """Give the moment, in UTC, at which a file last changed.

    It is `SOURCE_DATE_EPOCH` (reproducible-builds.org) where that is set, else the file's last
    commit in git, else what the disk says, else the beginning of 1970.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or _committed(path) or _on_disk(path)
    return datetime.fromtimestamp(int(seconds), UTC)


def _committed(path: Path) -> str:
    git = shutil.which("git")
    if git is None or not path.parent.is_dir():
        return ""
    command = [git, "log", "-1", "--format=%ct", "--", path.name]
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed command
    return done.stdout.strip()


def _on_disk(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0
