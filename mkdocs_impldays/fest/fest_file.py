"""The fest files of a site on the disk: which there are, and which one the site is about."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.folder import ENDINGS, current
from mkdocs_impldays.fest.source import MAX_BYTES
from mkdocs_impldays.problems import Problem, guess, quoted, seen_from


def read_raw(root: Path, *, where: str) -> tuple[dict[str, bytes], list[Problem]]:
    """Read a fest file, or all of a folder, by their paths; `where` is as seen from `root`.

    Of a file that stands in a folder of its own, its neighbours are read too: the site lists them.
    """
    path = root / where
    folder = path if path.is_dir() else path.parent
    files = {path} if folder == root else {*fest_files(folder), *({path} - {folder})}
    raw: dict[str, bytes] = {}
    problems: list[Problem] = []
    for file in sorted(files):
        shown = seen_from(root, file)
        try:
            raw[shown] = read_file(file)
        except FileNotFoundError:
            advice = 'Make it with "impldays new", or name another in mkdocs.yml.'
            problems.append(Problem(shown, None, f"there is no such fest file. {advice}"))
        except OSError as error:
            message = f"cannot be read: {error.strerror}. Make the file readable."
            problems.append(Problem(shown, None, message))
    if not raw and not problems:
        message = 'holds no fest file. Make one with "impldays new".'
        problems.append(Problem(where, None, message))
    return raw, problems


def read_file(path: Path) -> bytes:
    """Read what a fest file may hold and a byte more; devices and pipes have no end.

    Raises `OSError` where it cannot be read.
    """
    if path.exists() and not path.is_file():
        raise OSError(0, "it is no file", str(path))
    with path.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def fest_files(folder: Path) -> list[Path]:
    """Give the fest files of a folder, in no order; none where there is no such folder."""
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.suffix in ENDINGS and path.is_file()]


def choose(
    fests: dict[str, Fest], name: str | None, *, moment: datetime, path: str
) -> tuple[Fest | None, list[Problem]]:
    """Give the fest with an id, or the current one where none is asked for.

    `path` is the file that asks for it.
    """
    if name is None:
        return current(fests.values(), moment), []
    if name in fests:
        return fests[name], []
    advice = guess(name, fests) or f" Write one of: {', '.join(fests)}."
    return None, [Problem(path, None, f"fest: {quoted(name)} is no fest file's name.{advice}")]
