"""Write files so that none is ever incomplete under its own name.

Each file is written beside its final name, as `.NAME.part`, and renamed when all are complete. A
process that is killed leaves `.part` files, which the next run of the same command overwrites.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mkdocs_impldays.problems import Problem


def write_new(folder: Path, files: Mapping[str, bytes]) -> tuple[list[str], list[Problem]]:
    """Write new files into a folder, by their paths in it, and return the paths written.

    Files are renamed in the order of the mapping. A file that exists is never changed: if it holds
    the same bytes, as after a run that was killed, it is skipped; otherwise it is a problem and
    nothing is written. If writing fails, nothing is left over.
    """
    new = {path: content for path, content in files.items() if not _holds(folder / path, content)}
    there = [path for path in new if (folder / path).exists() or (folder / path).is_symlink()]
    if there:
        return [], [Problem(path, None, "already exists. Rename or delete it.") for path in there]
    return _write(folder, new, is_new=True)


def write_over(folder: Path, files: Mapping[str, bytes]) -> list[Problem]:
    """Write files into a folder, by their paths in it, and replace those that exist."""
    return _write(folder, files, is_new=False)[1]


def _write(
    folder: Path, files: Mapping[str, bytes], *, is_new: bool
) -> tuple[list[str], list[Problem]]:
    made: list[Path] = []
    path = ""
    try:
        for path, content in files.items():
            _make_folders((folder / path).parent, made)
            part = _part(folder / path)
            made.append(part)
            part.write_bytes(content)
        for path in files:
            _part(folder / path).replace(folder / path)
            if is_new:
                made.append(folder / path)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        _remove(made)
        reason = getattr(error, "strerror", None) or str(error)
        advice = "Nothing was written." if is_new else "Make it writable, or choose another folder."
        return [], [Problem(path, None, f"cannot be written: {reason}. {advice}")]
    return list(files), []


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _holds(path: Path, content: bytes) -> bool:
    try:
        is_same_size = path.is_file() and path.stat().st_size == len(content)
        return is_same_size and path.read_bytes() == content
    except (OSError, ValueError):
        return False


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
        made.append(each)


def _remove(made: list[Path]) -> None:
    """Remove files and folders that were made, the last first; what is not there is fine."""
    for path in reversed(made):
        try:
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
        except OSError:  # someone has put a file into it since
            continue
