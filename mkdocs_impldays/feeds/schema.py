"""The JSON Schema of a fest file, by which editors complete and check what is typed.

It accepts whatever the reader of the file accepts, and is less strict: that days are in order or
that a venue exists, only the reader finds out. What the reader warns of may be marked.
"""

from __future__ import annotations

from typing import Any

from mkdocs_impldays.fest.described import described, models_below
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import Model

Schema = dict[str, Any]

_DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that the YAML plugins of editors know."""

_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_CLOCK = r"([01]?\d|2[0-3]):[0-5]\d(:00)?"
_PATTERNS = {
    "date": f"^\\s*{_DAY}\\s*$",
    "time": f"^\\s*{_CLOCK}\\s*$",
    "moment": rf"^\s*{_DAY}([T ]+{_CLOCK}\s*(Z|[+-]\d{{2}}:?\d{{2}})?)?\s*$",
    "url": "^\\s*([Hh][Tt][Tt][Pp][Ss]:|[Mm][Aa][Ii][Ll][Tt][Oo]:)",
    "number": "^\\s*-?\\d+(\\.\\d+)?\\s*$",
    "tba": "^\\s*[Tt][Bb][Aa]\\s*$",
}
_SCALAR = ["string", "number", "boolean"]
"""What YAML may take a typed word for; the reader takes each as the text that it is."""


def fest_schema() -> Schema:
    """Give the schema of a fest file, with a description of every key."""
    schema = _loosened(described(Fest.model_json_schema(), models_below(Model)))
    days = schema["$defs"]["Event"]["properties"]["days"]
    date = {"type": "string", "pattern": _PATTERNS["date"]}
    several = {"type": "array", "minItems": 1, "items": {"anyOf": [date, _ref("Day")]}}
    days["anyOf"] = [several, _ref("Day"), date, _tba()]
    site = schema["properties"]["site"]
    site["type"] = ["object", "null"]
    return {"$schema": _DRAFT, **schema, "title": "Fest file"}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _tba() -> Schema:
    return {"anyOf": [{"const": "tba"}, {"type": "string", "pattern": _PATTERNS["tba"]}]}


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
        return {**about, **_tba()}
    if "enum" in node:
        padded = {"type": "string", "pattern": rf"^\s*({'|'.join(node['enum'])})\s*$"}
        return {**about, "anyOf": [{"enum": node["enum"]}, padded]}
    if node.get("type") in {"number", "integer"}:
        digits = {"type": "string", "pattern": _PATTERNS["number"]}
        bounds = {key: value for key, value in node.items() if key != "description"}
        return {**about, "anyOf": [bounds, digits]}
    if node.get("type") == "string":
        return _text(node)
    return node


def _text(node: Schema) -> Schema:
    """Tell by the pattern of a text which kind it is; free text may look like a number."""
    pattern = node.get("pattern")
    if pattern is None:
        return {**node, "type": _SCALAR}
    return {**node, "pattern": _PATTERNS.get(_kind(pattern), pattern)}


def _kind(pattern: str) -> str:
    if "https:" in pattern:
        return "url"
    if pattern.startswith(r"^\d{1,2}:"):
        return "time"
    if pattern.startswith(r"^\d{4}-"):
        return "date" if pattern.endswith(r"\d{2}$") else "moment"
    return "own"
