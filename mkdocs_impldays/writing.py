"""New files, written all or none, and never over one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mkdocs_impldays.problems import Problem


def write_new(folder: Path, files: Mapping[str, bytes]) -> list[Problem]:
    """Write files into a folder, by their paths in it, and the folders that they need.

    Where one cannot be written, or is there already, all that was written before is taken away
    again, and the problems say why. A file that is there is never touched.
    """
    there = [path for path in files if (folder / path).exists() or (folder / path).is_symlink()]
    if there:
        return [Problem(path, None, "is there already. Rename or delete it.") for path in there]
    made: list[Path] = []
    path = ""
    try:
        for path, content in files.items():
            _make_folders((folder / path).parent, made)
            with (folder / path).open("xb") as file:
                made.append(folder / path)
                file.write(content)
    except OSError as error:
        _take_away(made)
        return [Problem(path, None, f"cannot be written: {error.strerror}. Nothing was written.")]
    return []


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
        made.append(each)


def _take_away(made: list[Path]) -> None:
    for path in reversed(made):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
