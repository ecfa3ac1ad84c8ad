"""The strings below the fields of classes as descriptions in their JSON Schema.

Pydantic would read them too, but from the source, whenever the module is imported; that takes
longer than all else of the import together, and only those who ask for a schema need it.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from pydantic import BaseModel


def described(schema: dict[str, Any], kinds: Iterable[type]) -> dict[str, Any]:
    """Put descriptions into the schema of classes, and give it back."""
    by_name = {kind.__name__: kind for kind in kinds}
    texts = {module: _texts(module) for module in {each.__module__ for each in by_name.values()}}
    parts = {schema.get("title"): schema, **schema.get("$defs", {})}
    for name in parts.keys() & by_name.keys():
        for kind in reversed(by_name[name].__mro__):
            for field, text in texts.get(kind.__module__, {}).get(kind.__name__, {}).items():
                parts[name]["properties"][_key(by_name[name], field)]["description"] = text
    return schema


def _key(kind: type, field: str) -> str:
    """Give what a field is called in a file; `from` is no name in Python."""
    alias = kind.model_fields[field].alias if issubclass(kind, BaseModel) else None
    return alias or field


def models_below(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Give all models that derive from one."""
    for model in base.__subclasses__():
        yield model
        yield from models_below(model)


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
