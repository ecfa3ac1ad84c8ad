"""The strings below a model's fields as descriptions in its JSON Schema.

Pydantic would read them too, but from the source, whenever the module is imported; that takes
longer than all else of the import together, and only those who ask for a schema need it.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pydantic import BaseModel


def described(schema: dict[str, Any], base: type[BaseModel]) -> dict[str, Any]:
    """Put descriptions into the schema of a model that derives from `base`, and give it back."""
    models = {model.__name__: model for model in _below(base)}
    texts = {module: _texts(module) for module in {model.__module__ for model in models.values()}}
    parts = {schema.get("title"): schema, **schema.get("$defs", {})}
    for name in parts.keys() & models.keys():
        for kind in reversed(models[name].__mro__):
            for field, text in texts.get(kind.__module__, {}).get(kind.__name__, {}).items():
                key = models[name].model_fields[field].alias or field
                parts[name]["properties"][key]["description"] = text
    return schema


def _below(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in base.__subclasses__():
        yield model
        yield from _below(model)


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
