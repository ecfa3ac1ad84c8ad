"""Writes the JSON Schema of `fest.json` anew, of the classes that have its shape.

    .venv/bin/python -m tests.schemas

A build gives a site the file that is written here: to make it takes as long as all else of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import is_dataclass
from inspect import cleandoc
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from mkdocs_impldays.cli.schema import as_json, described
from mkdocs_impldays.output import export

FILE = Path(export.__file__).with_name("fest.schema.json")


def export_schema() -> bytes:
    """Give the JSON Schema (2020-12) of `fest.json`."""
    parts = [kind for kind in vars(export).values() if isinstance(kind, type)]
    parts = [kind for kind in parts if is_dataclass(kind)]
    for part in parts:
        part.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
    adapter = TypeAdapter(export.FestPart)
    schema = described(adapter.json_schema(mode="serialization"), parts)
    _complete(schema, parts)
    return as_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


def _complete(schema: dict[str, Any], parts: Iterable[type]) -> None:
    """Write what pydantic 2.10 leaves out and later ones do not."""
    by_name = {schema["title"]: schema, **schema["$defs"]}
    for part in parts:
        by_name[part.__name__].setdefault("description", cleandoc(part.__doc__ or ""))
    for each in by_name.values():
        for shape in each.get("properties", {}).values():
            if shape.get("type") == "object":
                shape.setdefault("additionalProperties", True)


if __name__ == "__main__":
    FILE.write_bytes(export_schema())
