"""Read fest files, and texts that may use their facts, from the disk, and write files to it.

No file is ever incomplete under its own name: each is written beside its final name, as
`.NAME.part`, and renamed when all are complete. A process that is killed leaves `.part` files,
which the next run of the same command overwrites.
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
"""How many bytes a page may have; the longest novels have fewer."""


def read_source(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """Read what a fest file may hold and a byte more; devices and pipes have no end.

    Raises `OSError` if it cannot be read.
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
    """Read a fest file, or all of a folder, by their paths; `where` is as seen from `root`.

    For a file in a folder of its own, the other fest files of that folder are read too: the site
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
    """Read the programme files that fest files name, by their paths as seen from `root`.

    One that is not there is missing in what is returned, as is one that leads out of the project.
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
    """Return the texts of all files that are not pages and may use the facts of a fest."""
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
    """Return where a file is written before it gets its own name."""
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
