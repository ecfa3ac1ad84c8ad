"""The errors that pydantic finds in a fest file, as locations and messages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import Tba
from mkdocs_impldays.fest.source import Path, dotted, part_at
from mkdocs_impldays.problems import guess, quoted

Located = tuple[Path, str]
"""The location of a problem in the file, and its message."""

_KEYS = "Write its keys below it, indented"
_ITEMS = 'Write each item in a line that begins with "- "'
_VALUE = "Write its value after the colon"


def located(details: ErrorDetails, data: dict[str, object]) -> Located | None:
    """Return the location and the message of an error that pydantic found in `data`.

    Returns `None` for one that only repeats another: the text is not `tba` either.
    """
    kind = details["type"]
    if kind == "enum":
        return None
    where = _typed_place(details["loc"], data)
    if kind == "missing":
        return _missing((*where, str(details["loc"][-1])))
    if kind == "extra_forbidden":
        return where, _unknown(where, part_at(data, where))
    if kind == "impldays":
        where += tuple(details["ctx"]["at"])
        message = details["ctx"]["message"]
        colon = ":" if message.startswith('"') else ""
        return where, f"{_named(where)}{colon} {message}"
    return where, f"{_named(where)} {_shape(details)}"


def empty_keys(data: object, *, reported: Collection[Path], where: Path = ()) -> Iterator[Located]:
    """Find keys without a value, which pydantic accepts where a key may be missing.

    Skips `site`, which is free data, and the locations in `reported` with all below them.
    """
    if where == ("site",) or where in reported:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            yield from empty_keys(value, reported=reported, where=(*where, key))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from empty_keys(item, reported=reported, where=(*where, number))
    elif data is None:
        yield where, f"{dotted(where)} is empty. {_filling(where)}, or remove the line."


def _filling(where: Path) -> str:
    field = _model_at(where[:-1]).model_fields.get(str(where[-1]))
    kinds = get_args(field.annotation) if field else ()
    if any(isinstance(kind, type) and issubclass(kind, BaseModel) for kind in kinds):
        return _KEYS
    return _ITEMS if any(get_origin(kind) is tuple for kind in kinds) else _VALUE


def _typed_place(loc: tuple[int | str, ...], data: object) -> Path:
    """Return pydantic's location without the names of validators and branches of unions."""
    place: list[int | str] = []
    for part in loc:
        inside = isinstance(data, dict) and part in data
        if inside or (isinstance(data, list) and isinstance(part, int)):
            place.append(part)
            data = part_at(data, (part,))
    return tuple(place)


def _named(where: Path) -> str:
    return dotted(where) or "the file"


def _missing(where: Path) -> Located:
    key = str(where[-1])
    model_field = _model_at(where[:-1]).model_fields[key]
    can_be_tba = Tba in get_args(model_field.annotation)
    tba = f', or "{key}: tba" while it is not known' if can_be_tba else ""
    return where, f'{dotted(where)} is missing. Add "{key}: …"{tba}.'


def _unknown(where: Path, value: object) -> str:
    fields = _model_at(where[:-1]).model_fields
    known = [field.alias or name for name, field in fields.items()]
    what = f"{dotted(where[:-1])}: " if where[:-1] else ""
    what += f"{quoted(where[-1])} is not a known key."
    if value is None:
        return f"{what} If it belongs to a text with a comma, put that text between quotes."
    if advice := guess(str(where[-1])[:60], known):
        return f"{what}{advice}"
    return f"{what} Delete it, or put it below “site:”."


def _model_at(where: Path) -> type[BaseModel]:
    """Return the model of a group of keys, by the types of the fields that lead to it."""
    model: type[BaseModel] = Fest
    is_name = False
    for part in where:
        if is_name or isinstance(part, int):  # a name that the organiser chose, or an item's number
            is_name = False
            continue
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if part not in fields:
            break
        kind = fields[part].annotation
        is_name = get_origin(kind) is dict
        model = _model_in(kind) or model
    return model


def _model_in(kind: object) -> type[BaseModel] | None:
    """Return the model that the type of a field holds; none has two."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next(filter(None, map(_model_in, get_args(kind))), None)


def _shape(details: ErrorDetails) -> str:
    there = _what_is(details["input"])
    if details["type"] in {"model_type", "model_attributes_type", "dict_type"}:
        return f"{there} where a group of keys belongs. {_KEYS}."
    if details["type"] in {"tuple_type", "list_type"}:
        return f"{there} where a list belongs. {_ITEMS}."
    return f"{there} where another value belongs. Write it as the manual shows."


def _what_is(value: object) -> str:
    if isinstance(value, dict):
        return "is a group of keys"
    if isinstance(value, list):
        return "is a list"
    return f"is {quoted(value)}" if value is not None else "is empty"
