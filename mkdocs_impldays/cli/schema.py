"""`impldays schema`: the JSON Schema of a fest file, for completion and checks in editors.

It accepts all valid fest files, and some others: it does not check the order of days or whether a
venue exists.

Descriptions are the strings below the fields of classes. Pydantic could read them, but only at each
import, which would take longer than the rest of it.
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
from mkdocs_impldays.disk import write_over
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import Model
from mkdocs_impldays.fest.values import DATE
from mkdocs_impldays.problems import Problem, quoted

SCHEMA = "fests/fest.schema.json"
"""The schema that the first line of a fest file names, relative to mkdocs.yml."""

Schema = dict[str, Any]

_DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that YAML plugins of editors support."""


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write.  [default: print it]",
)
@click.option("--options", is_flag=True, help="The schema of mkdocs.yml with the plugin's options.")
def schema(output: Path | None, *, options: bool) -> None:
    """Print or write the JSON Schema of a fest file, or of the options in mkdocs.yml.

    The first line of a fest file names the schema's file. After an upgrade, write it again, with
    “impldays schema -o fests/fest.schema.json”.
    """
    text = as_json(options_schema()) if options else schema_file()
    if output is None:
        click.echo(text, nl=False)
    elif problems := write_over(output.parent, {output.name: text}):
        stop(replace(each, path=output.as_posix()) for each in problems)


def schema_file() -> bytes:
    """Return the bytes of the schema's file."""
    return as_json(fest_schema())


def options_schema() -> Schema:
    """Return the JSON Schema of an mkdocs.yml, with this plugin's options and no others."""
    try:
        from mkdocs_impldays.plugin import config  # noqa: PLC0415 - slow to import
    except ModuleNotFoundError as error:
        message = f"--options needs the package {quoted(error.name)}, which is not installed."
        stop([Problem("impldays schema", None, f"{message} Install mkdocs-impldays again.")])

    schemas = config.option_schemas()
    texts = _texts(config.__name__)[config.ImplDaysConfig.__name__]
    options = {
        "type": ["object", "null"],
        "properties": {name: {**schemas[name], "description": texts[name]} for name in schemas},
        "additionalProperties": False,
    }
    plugin = {"type": "object", "properties": {"impldays": options}}
    return {
        "$schema": _DRAFT,
        "title": "mkdocs.yml with the options of impldays",
        "type": "object",
        "properties": {"plugins": {"anyOf": [_listed(plugin), plugin]}},
    }


def _listed(plugin: Schema) -> Schema:
    """Return the schema of a list of plugins, each a name alone or with its options."""
    item = {"if": {"type": "object"}, "then": plugin, "else": {"type": "string"}}
    return {"type": "array", "items": item}


def as_json(schema: Schema) -> bytes:
    """Return a JSON Schema as a file's bytes."""
    return json.dumps(schema, ensure_ascii=False, indent=2).encode() + b"\n"


def described(schema: dict[str, Any], kinds: Iterable[type]) -> dict[str, Any]:
    """Return the schema of classes with descriptions added."""
    by_name = {kind.__name__: kind for kind in kinds}
    parts = {schema.get("title"): schema, **schema.get("$defs", {})}
    for name in parts.keys() & by_name.keys():
        for field, text in descriptions(by_name[name]).items():
            parts[name]["properties"][_key(by_name[name], field)]["description"] = text
    return schema


def descriptions(kind: type) -> dict[str, str]:
    """Return the strings below the fields of a class and its bases."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.startswith(__name__.partition(".")[0]):
            found |= _texts(each.__module__).get(each.__name__, {})
    return found


def _key(kind: type, field: str) -> str:
    """Return the key of a field, whose name differs if that is a keyword, like `from`."""
    alias = kind.model_fields[field].alias if issubclass(kind, BaseModel) else None
    return alias or field


def models_below(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield all subclasses of a model."""
    for model in base.__subclasses__():
        yield model
        yield from models_below(model)


@cache
def _texts(module: str) -> dict[str, dict[str, str]]:
    """Return the strings below the fields of a module's classes, by class and field."""
    body = ast.parse(inspect.getsource(sys.modules[module])).body
    return {node.name: dict(_fields(node)) for node in body if isinstance(node, ast.ClassDef)}


def _fields(model: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(model.body):
        if not isinstance(below, ast.Expr) or not isinstance(below.value, ast.Constant):
            continue
        for target in _targets(field):
            if isinstance(target, ast.Name):
                yield target.id, inspect.cleandoc(str(below.value.value))


def _targets(statement: ast.stmt) -> list[ast.expr]:
    """Return the targets of an assignment, with or without a type."""
    if isinstance(statement, ast.AnnAssign):
        return [statement.target]
    return statement.targets if isinstance(statement, ast.Assign) else []


_DAY = {"$ref": "#/$defs/Day"}
_NUMBER = {"type": "string", "pattern": r"^\s*-?\d+(\.\d+)?\s*$"}
_TBA = {"anyOf": [{"const": "tba"}, {"type": "string", "pattern": r"^\s*[Tt][Bb][Aa]\s*$"}]}
_SCALAR = ["string", "number", "boolean"]
"""The types as which YAML may read plain text."""


def fest_schema() -> Schema:
    """Return the schema of a fest file, with a description of every key."""
    schema = _loosened(described(Fest.model_json_schema(), models_below(Model)))
    days = schema["$defs"]["Event"]["properties"]["days"]
    several = {"type": "array", "minItems": 1, "items": {"anyOf": [DATE, _DAY]}}
    month = {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}
    days["anyOf"] = [several, _DAY, DATE, month, _TBA]
    site = schema["properties"]["site"]
    site["type"] = ["object", "null"]
    return {"$schema": _DRAFT, **schema, "title": "Fest file"}


def _loosened(node: Any) -> Any:
    """Return the schema of the models as one of the file, with values as typed."""
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
