"""A fest file's text becomes a fest, or every problem that keeps it from becoming one."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from mkdocs_impldays.fest.clock import UNSET, read_zone
from mkdocs_impldays.fest.consistency import (
    hints,
    missing_place,
    placeholders,
    unknown_names,
    unlikely,
)
from mkdocs_impldays.fest.errors import Located, empty_keys, located
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.source import Path, Plain, Source, part_at, read
from mkdocs_impldays.fest.values import is_fest_id
from mkdocs_impldays.problems import Problem, in_order, quoted
from mkdocs_impldays.words.phrases import phrase_problems

MAX_PROBLEMS = 50
"""How many problems of a file are told; who has more has one mistake that explains them."""

_ROUNDS = 4
"""How often a file is looked at again without what was wrong in it."""


def load_fest(raw: bytes, *, path: str, fest_id: str) -> tuple[Fest | None, list[Problem]]:
    """Read a fest file.

    The fest is `None` where a problem of the severity `error` is among the problems. The problems
    are all there are, in the order of the file; of more than `MAX_PROBLEMS` the first. The same
    bytes give the same fest.
    """
    fest, problems = _load(raw, path, fest_id)
    return fest, list(problems)


@lru_cache(maxsize=256)  # a preview reads all fests again at every keystroke
def _load(raw: bytes, path: str, fest_id: str) -> tuple[Fest | None, Sequence[Problem]]:
    source, problems = read(raw, path=path)
    if source is None:
        return None, problems
    if not is_fest_id(fest_id):
        advice = "Name the file in small letters, digits and “-”, like paris-2018.yml."
        problems.append(Problem(path, None, f"{quoted(fest_id)} is the fest's id. {advice}"))
    fest, errors = _validate(source, fest_id)
    errors = [*missing_place(source.data), *errors]
    errors += unknown_names(source.data)
    errors += phrase_problems(source.data.get("phrases"))
    errors += list(empty_keys(source.data, told={where for where, _ in errors}))
    warnings = [*placeholders(source.data), *(unlikely(fest) if fest and not errors else [])]
    problems += [source.problem(*each) for each in errors]
    failed = bool(problems)
    problems += [source.problem(*each, "warning") for each in warnings]
    if fest and not failed:
        problems += [source.problem(*each, "hint") for each in dict(hints(fest)).items()]
    return None if failed else fest, _first(in_order(problems), path)


def _first(problems: list[Problem], path: str) -> list[Problem]:
    """Return the first problems, errors before warnings, and that there are more."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    worst_first = sorted(problems, key=lambda each: each.severity != "error")
    kept = worst_first[:MAX_PROBLEMS]
    message = f"the file has more than {MAX_PROBLEMS} problems. Fix those listed here first."
    last = Problem(path, worst_first[MAX_PROBLEMS].line, message, kept[0].severity)
    return [*in_order(kept), last]


def _validate(source: Source, fest_id: str) -> tuple[Fest | None, list[Located]]:
    """Return the fest, or all that is wrong.

    Pydantic compares what belongs together only where each part is right. So what was wrong is
    left out and the rest validated again, to find what else is wrong.
    """
    found: dict[Path, Located] = {}
    data = source.data
    rest: dict[str, Any] = data | ({"site": _free(data["site"] or {})} if "site" in data else {})
    context = {"zone": _zone_in(data), "id": fest_id, "own": data.get("language", "en")}
    context["source"] = source
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
    """Copy data without its wrong keys, and with `tba` at those that are missing.

    Items of lists stay, since places count them.
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
    """Read free data as YAML 1.2 would: whole numbers and truth values, the rest as typed."""
    if isinstance(value, dict):
        return {key: _free(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_free(item) for item in value]
    if isinstance(value, Plain):
        if value in {"true", "false"}:
            return value == "true"
        return int(value) if re.fullmatch(r"0|-?[1-9][0-9]{0,15}", value) else str(value)
    return value
