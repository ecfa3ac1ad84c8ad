"""Read fest files, and texts that may use their facts, from disk, and write files.

No file is ever incomplete under its own name: it is written as `.NAME.part`, and renamed when all
are complete. A killed process leaves `.part` files, which the same command overwrites.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mkdocs_impldays.fest.load import ENDINGS, programme_paths
from mkdocs_impldays.fest.programme.model import MAX_BYTES as MOST_OF_A_PROGRAMME
from mkdocs_impldays.fest.source import MAX_BYTES
from mkdocs_impldays.problems import Problem, seen_from

MAX_PAGE = 5_000_000
"""The largest page in bytes."""


def read_source(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """Return at most `limit` bytes of a file and one more, to detect larger ones.

    Raises `OSError` if it cannot be read, or is not a regular file.
    """
    if path.exists() and not path.is_file():
        raise OSError(0, "it is not a file", str(path))
    with path.open("rb") as opened:
        return opened.read(limit + 1)


def fest_files(folder: Path) -> list[Path]:
    """Return the fest files of a folder, unsorted; none if the folder does not exist."""
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.suffix in ENDINGS and path.is_file()]


def read_sources(root: Path, *, where: str) -> tuple[dict[str, bytes], list[Problem]]:
    """Return a fest file or all of a folder, by path, and problems; `where` is relative to `root`.

    The other fest files in the folder of a single one are read too, unless it is `root`: the site
    lists them.
    """
    path = root / where
    folder = path if path.is_dir() else path.parent
    files = {path} if folder == root else {*fest_files(folder), *({path} - {folder})}
    raw: dict[str, bytes] = {}
    problems: list[Problem] = []
    for file in sorted(files):
        shown = seen_from(root, file)
        try:
            raw[shown] = read_source(file)
        except FileNotFoundError:
            advice = 'Make it with "impldays new", or name another in mkdocs.yml.'
            problems.append(Problem(shown, None, f"the fest file does not exist. {advice}"))
        except OSError as error:
            message = f"cannot be read: {error.strerror}. Make the file readable."
            problems.append(Problem(shown, None, message))
    found, wrong = read_programmes(root, raw)
    problems += wrong
    if not raw and not problems:
        message = 'holds no fest file. Make one with "impldays new".'
        problems.append(Problem(where, None, message))
    return raw | found, problems


def read_programmes(
    root: Path, sources: Mapping[str, bytes]
) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the programme files that fest files name, by paths relative to `root`, and problems.

    Files that do not exist, or are outside the project, are omitted.
    """
    raw: dict[str, bytes] = {}
    problems: list[Problem] = []
    for source, text in sources.items():
        for name in programme_paths(text, path=source):
            path = root / name
            above = root if not source.startswith(("/", "../")) else (root / source).parents[1]
            if name in raw or not path.exists():
                continue
            if not path.resolve().is_relative_to(above.resolve()):
                message = "leads out of the project. Move the file itself into its folder."
                problems.append(Problem(name, None, message))
                continue
            try:
                raw[name] = read_source(path, limit=MOST_OF_A_PROGRAMME)
            except OSError as error:
                message = f"cannot be read: {error.strerror}. Make the file readable."
                problems.append(Problem(name, None, message))
    return raw, problems


def texts_beside(folders: Iterable[str | None]) -> Iterator[str]:
    """Yield the texts of all files in folders, except pages, that may use facts of a fest."""
    endings = (".html", ".txt", ".xml", ".json", ".js", ".css")
    for top in filter(None, folders):
        for folder, _, names in os.walk(top):
            for path in (Path(folder, name) for name in names if name.endswith(endings)):
                try:
                    if path.is_file() and path.stat().st_size <= MAX_PAGE:
                        yield path.read_text("utf-8", "replace")
                except OSError:  # reported where it is a page or has to be copied
                    continue


def write_new(folder: Path, files: Mapping[str, bytes]) -> tuple[list[str], list[Problem]]:
    """Write new files into a folder, by their paths in it; return the written paths and problems.

    Files are renamed in the order of the mapping. An existing file is never changed: if it has the
    same bytes, as after a killed run, it is skipped; otherwise nothing is written. If writing
    fails, all new files are removed.
    """
    new = {path: content for path, content in files.items() if not _holds(folder / path, content)}
    there = [path for path in new if (folder / path).exists() or (folder / path).is_symlink()]
    if there:
        return [], [Problem(path, None, "already exists. Rename or delete it.") for path in there]
    return _write(folder, new, is_new=True)


def write_over(folder: Path, files: Mapping[str, bytes]) -> list[Problem]:
    """Write files into a folder, by their paths in it, over existing ones; return problems."""
    return _write(folder, files, is_new=False)[1]


def _write(
    folder: Path, files: Mapping[str, bytes], *, is_new: bool
) -> tuple[list[str], list[Problem]]:
    made: list[Path] = []
    path = ""
    try:
        for path, content in files.items():
            _make_folders((folder / path).parent, made)
            part = part_of(folder / path)
            made.append(part)
            part.write_bytes(content)
        for path in files:
            part_of(folder / path).replace(folder / path)
            if is_new:
                made.append(folder / path)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        _remove(made)
        reason = getattr(error, "strerror", None) or str(error)
        advice = "Nothing was written." if is_new else "Make it writable, or choose another folder."
        return [], [Problem(path, None, f"cannot be written: {reason}. {advice}")]
    return list(files), []


def part_of(path: Path) -> Path:
    """Return the path of an incomplete file, before it is renamed."""
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
    """Remove files and folders, the last first, as far as they exist and are empty."""
    for path in reversed(made):
        try:
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
        except OSError:  # the folder has other files
            continue
