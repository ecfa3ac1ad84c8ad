"""Writes the JSON Schema of `fest.json` again, from the models of the fest file.

    .venv/bin/python -m tests.schemas

A build gives a site the file that is written here: to make it takes as long as all else of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, create_model

from mkdocs_impldays.cli.schema import as_json, descriptions
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import Model, Tba
from mkdocs_impldays.output import export

FILE = Path(export.__file__).with_name("fest.schema.json")
CLOSED = ConfigDict(extra="forbid")


def export_schema() -> bytes:
    """Return the JSON Schema (2020-12) of `fest.json`."""
    schema = _without_titles(shape_of(Fest).model_json_schema(mode="serialization"))
    return as_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


@cache
def shape_of(model: type[Model]) -> type[BaseModel]:
    """Return the shape in which a model of the fest file is written."""
    kinds = [kind for kind in reversed(model.__mro__) if issubclass(kind, Model)]
    left_out = {key for kind in kinds for key in export.LEFT_OUT.get(kind, ())}
    texts = descriptions(model)
    keys: dict[str, tuple[object, str]] = {
        name: (field.annotation, texts[name])
        for name, field in model.model_fields.items()
        if name not in left_out
    }
    for kind in kinds:
        keys |= export.IMPLIED.get(kind, {})
    return _made(model.__name__, keys, model.__doc__)


def _made(name: str, keys: Mapping[str, tuple[object, str]], doc: str | None) -> type[BaseModel]:
    fields: dict[str, Any] = {
        key: (_type(kind, key), Field(description=text)) for key, (kind, text) in keys.items()
    }
    made: type[BaseModel] = create_model(name, __config__=CLOSED, __doc__=doc, **fields)
    return made


def _type(kind: Any, key: str) -> Any:
    """Return the type of what is written of a value."""
    args = get_args(kind)
    if isinstance(kind, list):  # of parts that no model has
        return list[_made(f"{key.removesuffix('s').title()}Span", kind[0], None)]  # type: ignore[misc]
    if get_origin(kind) is Annotated:
        return _type(args[0], key)
    if get_origin(kind) in {Union, UnionType}:
        return Union[tuple(_type(each, key) for each in args)]  # noqa: UP007 - of many
    if get_origin(kind) in {tuple, list}:
        return list[_type(args[0], key)]  # type: ignore[misc]
    if get_origin(kind) is dict and issubclass(_bare(args[1]), Model):
        return list[_type(args[1], key)]  # type: ignore[misc]
    if kind is Tba:
        return None
    if kind in {ZoneInfo, time}:
        return str
    return shape_of(kind) if isinstance(kind, type) and issubclass(kind, Model) else kind


def _bare(kind: Any) -> type:
    kind = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    return kind if isinstance(kind, type) else object


def _without_titles(node: Any) -> Any:
    """Leave out the names that pydantic makes of those of the keys."""
    if isinstance(node, list):
        return [_without_titles(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: each for key, each in node.items() if not (key == "title" and isinstance(each, str))
    }
    return {key: _without_titles(each) for key, each in kept.items()}


if __name__ == "__main__":
    FILE.write_bytes(export_schema())
