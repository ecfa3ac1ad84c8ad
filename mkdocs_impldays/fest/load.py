"""Load fest files: text becomes a fest, or all of its problems."""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from mkdocs_impldays.fest.clock import UNSET, read_zone
from mkdocs_impldays.fest.consistency import (
    hints,
    missing_place,
    placeholders,
    unknown_names,
    warnings,
)
from mkdocs_impldays.fest.errors import Located, empty_keys, located
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.ids import is_fest_id
from mkdocs_impldays.fest.programme.merger import ProgrammeFile, names_in
from mkdocs_impldays.fest.source import Path, Plain, Source, dotted, part_at, read
from mkdocs_impldays.fest.values import read_programme_path
from mkdocs_impldays.problems import Problem, in_order, quoted
from mkdocs_impldays.words.phrases import phrase_problems

ENDINGS = (".yml", ".yaml")
"""The extensions of fest files; a folder may have other files too."""

MAX_PROBLEMS = 50
"""The most problems of a file that are reported; more mostly have one cause."""

_ROUNDS = 4
"""How many times a file is validated, each time without what was wrong before."""


def load_fest(
    raw: bytes, *, path: str, fest_id: str, files: Mapping[str, bytes] | None = None
) -> tuple[Fest | None, list[Problem]]:
    """Read a fest file, and those of `files` that it names as programmes, by their paths.

    The fest is `None` if any problem is an error. The problems are in the order of the file, and at
    most `MAX_PROBLEMS`. The same bytes give the same fest.
    """
    named = programme_paths(raw, path=path)
    given = tuple((name, (files or {})[name]) for name in named if name in (files or {}))
    fest, problems = _load(raw, path, fest_id, given)
    return fest, list(problems)


@lru_cache(maxsize=256)  # `mkdocs serve` reads all fests again at each change
def _load(
    raw: bytes, path: str, fest_id: str, files: tuple[tuple[str, bytes], ...]
) -> tuple[Fest | None, Sequence[Problem]]:
    source, found = _source(raw, path)
    problems = list(found)
    if source is None:
        return None, problems
    if not is_fest_id(fest_id):
        advice = "Name the file in lower-case letters, digits and “-”, like paris-2018.yml."
        problems.append(Problem(path, None, f"{quoted(fest_id)} is the fest's id. {advice}"))
    programmes, unread, found = _programmes(source, path, dict(files))
    fest, errors = _validate(source, fest_id, programmes)
    errors = [*missing_place(source.data), *errors, *unread]
    if not unread and not any(problem.severity == "error" for problem in found):
        errors += unknown_names(source.data, names_in(programmes.values()))
    errors += phrase_problems(source.data.get("phrases"))
    errors += [*empty_keys(source.data, reported={where for where, _ in errors})]
    suspect = [*placeholders(source.data), *(warnings(fest) if fest and not errors else [])]
    problems += [source.problem(*each) for each in errors]
    failed = bool(problems) or any(problem.severity == "error" for problem in found)
    problems += found
    problems += [source.problem(*each, "warning") for each in suspect]
    if fest and not failed:
        problems += fest.programme_problems
        problems += [source.problem(*each, "hint") for each in dict(hints(fest)).items()]
    return None if failed else fest, _first(in_order(problems), path)


def load_fests(files: Mapping[str, bytes]) -> tuple[dict[str, Fest], list[Problem]]:
    """Read the fest files among `files`, which are by their paths, with their programmes.

    Returns the fests that can be read by their ids, in that order, and the problems of all. Of two
    files with the same id (`rome.yml`, `rome.yaml`), the first by path is read.
    """
    fests: dict[str, Fest] = {}
    paths: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(files):
        name = PurePosixPath(path)
        if name.suffix not in ENDINGS or name.name.startswith("."):
            continue
        if name.stem in paths:
            message = f"is a second file for {quoted(name.stem)}, beside {paths[name.stem]}."
            problems.append(Problem(path, None, f"{message} Rename or delete one."))
            continue
        paths[name.stem] = path
        fest, found = load_fest(files[path], path=path, fest_id=name.stem, files=files)
        problems += found
        if fest is not None:
            fests[fest.id] = fest
    return fests, in_order(problems)


def _first(problems: list[Problem], path: str) -> list[Problem]:
    """Return at most `MAX_PROBLEMS`, errors before warnings, and one that says there are more."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    worst_first = sorted(problems, key=lambda each: each.severity != "error")
    kept = worst_first[:MAX_PROBLEMS]
    message = f"the file has more than {MAX_PROBLEMS} problems. Fix those listed here first."
    last = Problem(path, worst_first[MAX_PROBLEMS].line, message, kept[0].severity)
    return [*in_order(kept), last]


def programme_paths(raw: bytes, *, path: str) -> list[str]:
    """Return the paths of the programme files that a fest file names, relative like its own."""
    if b"programme" not in raw:
        return []
    source, _ = _source(raw, path)
    found = (programme_path(path, typed) for _, typed in _named_files(source)) if source else ()
    return list(dict.fromkeys(filter(None, found)))


@lru_cache(maxsize=64)  # asked when the disk is read, and when the fest is
def _source(raw: bytes, path: str) -> tuple[Source | None, list[Problem]]:
    return read(raw, path=path)


def _named_files(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the events that have a programme file, with its path as typed."""
    events = source.data.get("events")
    for key, event in events.items() if isinstance(events, dict) else ():
        typed = event.get("programme") if isinstance(event, dict) else None
        try:
            yield key, read_programme_path(typed)
        except PydanticCustomError:
            continue


def programme_path(path: str, typed: str) -> str | None:
    """Return the path of a programme file next to a fest file; `None` if outside the project.

    The project is the folder that paths are relative to; for a fest file elsewhere, the parent of
    its folder.
    """
    folder = posixpath.dirname(path)
    found = posixpath.normpath(posixpath.join(folder, typed))
    if posixpath.isabs(path) or path.startswith("../"):
        above = posixpath.normpath(posixpath.dirname(folder))
        return found if posixpath.normpath(found).startswith(f"{above.rstrip('/')}/") else None
    return None if found.startswith("../") else found


def _programmes(
    source: Source, path: str, files: Mapping[str, bytes]
) -> tuple[dict[str, ProgrammeFile], list[Located], list[Problem]]:
    """Return the programmes by event, the problems of their paths, and those of the files."""
    programmes: dict[str, ProgrammeFile] = {}
    missing: list[Located] = []
    problems: list[Problem] = []
    zone = _zone_in(source.data)
    for key, typed in _named_files(source):
        where: Path = ("events", key, "programme")
        name = programme_path(path, typed)
        if name is None:
            message = f"{quoted(typed)} is outside of the project. Move the file into its folder."
            missing.append((where, f"{dotted(where)}: {message}"))
        elif name not in files:
            message = f"{quoted(name)} does not exist. Correct the path, or save the file there."
            missing.append((where, f"{dotted(where)}: {message}"))
        elif zone is not UNSET:
            from mkdocs_impldays.fest.programme.reader import read_programme  # noqa: PLC0415 - slow

            programme, found = read_programme(files[name], path=name, zone=zone)
            problems += [each for each in found if each not in problems]
            if programme:
                programmes[key] = ProgrammeFile(name, programme)
    return programmes, missing, problems


def _validate(
    source: Source, fest_id: str, programmes: Mapping[str, ProgrammeFile]
) -> tuple[Fest | None, list[Located]]:
    """Return the fest, or all of its errors.

    Pydantic runs a model's own checks only if each field is valid. So what is wrong is removed and
    the rest validated again, at most `_ROUNDS` times.
    """
    found: dict[Path, Located] = {}
    data = source.data
    rest: dict[str, Any] = data | ({"site": _free(data["site"] or {})} if "site" in data else {})
    own = data.get("language", "en")
    context = {"id": fest_id, "zone": _zone_in(data), "own": own, "language": own}
    context |= {"source": source, "programmes": programmes}
    for _ in range(_ROUNDS):
        context["typed"] = rest
        try:
            fest = Fest.model_validate(rest, context=context)
        except ValidationError as error:
            details = error.errors(include_url=False)[: MAX_PROBLEMS + 1]
            now = [each for detail in details if (each := located(detail, rest)) is not None]
        else:
            return (None if found else fest), list(found.values())
        for each in now:
            found.setdefault(each[0], each)
        rest = _without(rest, (where for where, _ in now))
    return None, list(found.values())


def _without(data: dict[str, Any], places: Iterable[Path]) -> dict[str, Any]:
    """Return a copy of data without its wrong keys, and with `tba` for missing ones.

    Items of lists stay, since locations count them.
    """
    data = copy.deepcopy(data)
    for where in places:
        group = part_at(data, where[:-1])
        if isinstance(group, dict) and where[-1:]:
            if where[-1] in group:
                del group[where[-1]]
            else:
                group[where[-1]] = "tba"
    return data


def _zone_in(data: dict[str, object]) -> ZoneInfo:
    try:
        return read_zone(data.get("timezone"))
    except ValueError:
        return UNSET


def _free(value: object) -> object:
    """Return free data as YAML 1.2 reads it: integers and booleans, the rest as typed."""
    if isinstance(value, dict):
        return {key: _free(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_free(item) for item in value]
    if isinstance(value, Plain):
        if value in {"true", "false"}:
            return value == "true"
        return int(value) if re.fullmatch(r"0|-?[1-9][0-9]{0,15}", value) else str(value)
    return value
