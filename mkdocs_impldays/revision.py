"""The moment of the build, when files were last changed, and what was published before.

By git and `SOURCE_DATE_EPOCH` (reproducible-builds.org).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from mkdocs_impldays.fest.agenda_checks import removed_sessions
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest, programme_paths
from mkdocs_impldays.fest.time import is_over
from mkdocs_impldays.problems import Problem, quoted

_EPOCH = "SOURCE_DATE_EPOCH"
_LATEST = 2**32 - 1
"""The latest second, in 2106, that compressed files can have."""


def epoch_problem() -> Problem | None:
    """Return the problem of the environment variable SOURCE_DATE_EPOCH, if it is not valid."""
    typed = os.environ.get(_EPOCH)
    if not typed or (re.fullmatch(r"[0-9]{1,10}", typed) and int(typed) <= _LATEST):
        return None
    message = f"{quoted(typed)} is not a number of seconds since 1970, up to {_LATEST}."
    return Problem(_EPOCH, None, f"{message} Correct or unset the variable.")


def build_clock() -> datetime:
    """Return the moment of the build in UTC: `SOURCE_DATE_EPOCH` if it is valid, else now."""
    return _source_date() or datetime.now(UTC)


def _source_date() -> datetime | None:
    """Return the moment of `SOURCE_DATE_EPOCH` in UTC; `None` if it is not set, or not valid."""
    epoch = os.environ.get(_EPOCH)
    is_set = epoch and epoch_problem() is None
    return datetime.fromtimestamp(int(epoch), UTC) if epoch and is_set else None


def changed_at(paths: Iterable[Path]) -> dict[Path, datetime]:
    """Return the moment, in UTC, at which each file was last changed.

    It is `SOURCE_DATE_EPOCH` (reproducible-builds.org) if that is valid; else that of the last
    commit in git; else, or if the file was edited since, the time on the disk, or the beginning of
    1970.
    """
    files = list(paths)
    if moment := _source_date():
        return dict.fromkeys(files, moment)
    committed: dict[Path, int] = {}
    for folder in dict.fromkeys(file.parent for file in files):
        names = [file.name for file in files if file.parent == folder]
        committed |= {folder / name: when for name, when in _commits(folder, names).items()}
    on_disk = {file: file.stat().st_mtime for file in files if file.exists()}
    seconds = {file: committed.get(file) or on_disk.get(file, 0) for file in files}
    return {file: datetime.fromtimestamp(int(when), UTC) for file, when in seconds.items()}


def latest_changes(root: Path, fests: Iterable[Fest]) -> dict[str, datetime]:
    """Return the moment, in UTC, of the last change of the files of each fest, by its id.

    The paths of the files are relative to `root`.
    """
    paths = {fest.id: [root / path for path in fest.paths] for fest in fests}
    changed = changed_at(dict.fromkeys(chain.from_iterable(paths.values())))
    return {key: max(changed[path] for path in group) for key, group in paths.items()}


def _commits(folder: Path, names: Sequence[str]) -> dict[str, int]:
    """Return when each unedited file of a folder was committed, in seconds since 1970.

    A merge counts as the change of all of its files, since their commits may be older than what was
    published before it.
    """
    edited = _git(folder, "status", "--porcelain", "-z", "--no-renames", names=names).split("\0")
    log = _git(
        folder, "-c", "core.quotePath=off", "log", "--first-parent", "-m", "--name-only",
        "--relative", "--no-renames", "--format=/%ct", names=names,
    )  # fmt: skip
    dates: dict[str, int] = {}
    moment = 0
    for line in filter(None, log.splitlines()):
        if line.startswith("/"):
            moment = int(line[1:])
        else:
            dates.setdefault(line, moment)
    unsaved = {entry[3:].rpartition("/")[2] for entry in edited}
    return {name: moment for name, moment in dates.items() if name not in unsaved}


def earlier_fest(root: Path, fest: Fest) -> Fest | None:
    """Return the last published version of a fest, by git; paths are relative to `root`.

    That is what was pushed, if the files have changed since; else the last commit, if they were
    edited; else the version before their last change. `None` without git or such a file.
    """
    revision = _published(root, fest.paths)
    path = fest.paths[0]
    text = _git_bytes(root, "show", f"{revision}:./{path}") if revision else b""
    if not text:
        return None
    named = programme_paths(text, path=path)
    files = {name: _git_bytes(root, "show", f"{revision}:./{name}") for name in named}
    return load_fest(text, path=path, fest_id=fest.id, files=files)[0]


def removed_since(root: Path, fests: Iterable[Fest], *, moment: datetime) -> Iterator[Problem]:
    """Yield hints for published sessions that fests, not over at a moment, no longer have."""
    for fest in fests:
        if not is_over(fest, moment):
            yield from removed_sessions(fest, earlier_fest(root, fest))


def _published(root: Path, names: Sequence[str]) -> str | None:
    pushed = _git(root, "merge-base", "HEAD", "@{upstream}").strip()
    for revision in filter(None, [pushed, "HEAD"]):
        if _git(root, "diff", "--name-only", revision, names=names):
            return revision
    last = _git(root, "log", "-1", "--first-parent", "-m", "--format=%H", names=names).strip()
    return f"{last}^" if last else None


def _git(folder: Path, *command: str, names: Sequence[str] = ()) -> str:
    return _git_bytes(folder, *command, names=names).decode("utf-8", "replace")


def _git_bytes(folder: Path, *command: str, names: Sequence[str] = ()) -> bytes:
    """Return the output of a git command for files; empty if it fails, or git is missing."""
    git = shutil.which("git")
    if git is None or not folder.is_dir():
        return b""
    whole = [git, "--literal-pathspecs", *command, *(["--", *names] if names else [])]
    done = subprocess.run(whole, cwd=folder, capture_output=True, check=False)  # noqa: S603 - fixed commands
    return done.stdout
