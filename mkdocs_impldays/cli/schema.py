"""`impldays schema`: the JSON Schema of a fest file, by which editors complete and check it.

It accepts whatever the reader of the file accepts, and is less strict: that days are in order or
that a venue exists, only the reader finds out. What the reader warns of may be marked.

Descriptions are the strings below the fields of classes. Pydantic would read them too, but from the
source, whenever the module is imported, which takes longer than the rest of the import.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from mkdocs_impldays.cli.inputs import stop
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import Model
from mkdocs_impldays.fest.values import DATE
from mkdocs_impldays.writing import write_over

SCHEMA = "fests/fest.schema.json"
"""The schema that the first line of a fest file names, as seen from mkdocs.yml."""

Schema = dict[str, Any]


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write.  [default: print it]",
)
def schema(output: Path | None) -> None:
    r"""Print or write the JSON Schema of a fest file.

    The first line of a fest file names the schema's file. Write it again after an upgrade:

    \b
        impldays schema -o fests/fest.schema.json
    """
    if output is None:
        click.echo(schema_file(), nl=False)
    elif problems := write_over(output.parent, {output.name: schema_file()}):
        stop(replace(each, path=output.as_posix()) for each in problems)


def schema_file() -> bytes:
    """Return the bytes of the schema's file."""
    return as_json(fest_schema())


def as_json(schema: Schema) -> bytes:
    """Return a JSON Schema as a file's bytes."""
    return json.dumps(schema, ensure_ascii=False, indent=2).encode() + b"\n"


def described(schema: dict[str, Any], kinds: Iterable[type]) -> dict[str, Any]:
    """Put descriptions into the schema of classes, and give it back."""
    by_name = {kind.__name__: kind for kind in kinds}
    parts = {schema.get("title"): schema, **schema.get("$defs", {})}
    for name in parts.keys() & by_name.keys():
        for field, text in descriptions(by_name[name]).items():
            parts[name]["properties"][_key(by_name[name], field)]["description"] = text
    return schema


def descriptions(kind: type) -> dict[str, str]:
    """Return the strings below the fields of a class and of those that it is made of."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.startswith(__name__.partition(".")[0]):
            found |= _texts(each.__module__).get(each.__name__, {})
    return found


def _key(kind: type, field: str) -> str:
    """Give what a field is called in a file; `from` is no name in Python."""
    alias = kind.model_fields[field].alias if issubclass(kind, BaseModel) else None
    return alias or field


def models_below(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Give all models that derive from one."""
    for model in base.__subclasses__():
        yield model
        yield from models_below(model)


@cache
def _texts(module: str) -> dict[str, dict[str, str]]:
    """Give the strings below the fields of a module's classes, by class and field."""
    body = ast.parse(inspect.getsource(sys.modules[module])).body
    return {node.name: dict(_fields(node)) for node in body if isinstance(node, ast.ClassDef)}


def _fields(model: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(model.body):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            yield field.target.id, inspect.cleandoc(str(below.value.value))


_DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that the YAML plugins of editors know."""

_NUMBER = {"type": "string", "pattern": r"^\s*-?\d+(\.\d+)?\s*$"}
_TBA = {"anyOf": [{"const": "tba"}, {"type": "string", "pattern": r"^\s*[Tt][Bb][Aa]\s*$"}]}
_SCALAR = ["string", "number", "boolean"]
"""What YAML may take a typed word for; the reader takes each as the text that it is."""


def fest_schema() -> Schema:
    """Give the schema of a fest file, with a description of every key."""
    schema = _loosened(described(Fest.model_json_schema(), models_below(Model)))
    days = schema["$defs"]["Event"]["properties"]["days"]
    several = {"type": "array", "minItems": 1, "items": {"anyOf": [DATE, _ref("Day")]}}
    days["anyOf"] = [several, _ref("Day"), DATE, _TBA]
    site = schema["properties"]["site"]
    site["type"] = ["object", "null"]
    return {"$schema": _DRAFT, **schema, "title": "Fest file"}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _loosened(node: Any) -> Any:
    """Turn the schema of the data into that of the text: dates, numbers and words as typed."""
    if isinstance(node, list):
        return [_loosened(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key != "default"}
    if isinstance(kept.get("title"), str):
        del kept["title"]
    return _typed({key: _loosened(value) for key, value in kept.items()})


def _typed(node: Schema) -> Schema:
    about = {key: node[key] for key in ("description",) if key in node}
    if node.get("const") == "tba" or node.get("enum") == ["tba"]:
        return {**about, **_TBA}
    if "anyOf" in node:  # a key that may be missing may still not be empty
        return {**node, "anyOf": [each for each in node["anyOf"] if each != {"type": "null"}]}
    if "enum" in node:
        padded = {"type": "string", "pattern": rf"^\s*({'|'.join(node['enum'])})\s*$"}
        return {**about, "anyOf": [{"enum": node["enum"]}, padded]}
    if node.get("type") in {"number", "integer"}:
        bounds = {key: value for key, value in node.items() if key != "description"}
        return {**about, "anyOf": [bounds, _NUMBER]}
    if node.get("type") == "string" and "pattern" not in node:
        return {**node, "type": _SCALAR}  # free text may look like a number
    return node
