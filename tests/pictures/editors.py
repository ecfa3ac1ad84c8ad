"""Draws the picture of the chapter on editors, from what the schema says of a fest file.

`python -m tests.pictures` writes it again; a test holds it to the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import yaml
from jsonschema import Draft7Validator

from mkdocs_impldays.cli.schema import fest_schema
from tests.fests import ROOT
from tests.pictures.drawing import box, svg, text, window

FILE = ROOT / "docs/organisers/editors.svg"
TYPED = """\
# yaml-language-server: $schema=fest.schema.json
name: RustFest Lisbon
city: Lisbon
country: Portugal
timezone: Europe/Lisbon
stauts: cancelled
look:
  motif: """
"""A fest file with two mistakes, and a cursor behind its last letter."""

_TOP, _LEFT, _STEP, _CHAR = 38, 56, 24, 9.0
"""Pixels: where the lines and their text begin, a line's height, a letter's width."""

_LOOKS = {"font_family": "monospace", "font_size": 15}


def picture() -> str:
    """Return the picture as SVG: the typed lines, the schema's complaints, the values it offers."""
    rows = len(TYPED.splitlines()) + len(list(complaints(TYPED))) + len(offered())
    height = _TOP + _STEP * (rows + 1) + 8
    return svg(height, "A fest file in an editor", _parts(height))


def complaints(typed: str) -> Iterator[tuple[str, str]]:
    """Return each word that the schema refuses, with what a validator says; not the last one's.

    That one is still being typed.
    """
    data = yaml.load(typed, yaml.BaseLoader)
    for error in Draft7Validator(fest_schema()).iter_errors(data):
        if error.validator == "additionalProperties":
            known = fest_schema()["properties"]
            yield next(key for key in data if key not in known), error.message
        elif isinstance(error.instance, str) and not typed.endswith(error.instance):
            yield error.instance, error.message


def offered() -> list[str]:
    """Return the motifs that the schema names."""
    motif: dict[str, Any] = fest_schema()["$defs"]["Look"]["properties"]["motif"]
    return [str(value) for value in motif["anyOf"][0]["enum"]]


def _parts(height: int) -> Iterator[str]:
    yield from window(height, "#22262e", "#3a4150")
    y = _TOP
    for number, line in enumerate(TYPED.splitlines(), 1):
        y += _STEP
        yield text(20, y, str(number), fill="#98a0ae", **_LOOKS)
        yield _coloured(y, line)
        for word, message in complaints(TYPED):
            if word in line:
                yield _wave(y, line, word)
                y += _STEP
                yield text(_LEFT, y, message, fill="#ff8a80", **_LOOKS | {"font_size": 13})
    yield from _popup(y, offered())


def _coloured(y: float, line: str) -> str:
    key, colon, rest = line.partition(":") if line[0] != "#" else (line, "", "")
    ink = "#f4b860" if colon else "#98a0ae"
    words = f'<tspan fill="{ink}">{escape(key)}</tspan>{colon}{escape(rest)}'
    looks = 'font-family="monospace" font-size="15" fill="#e6e1dc" xml:space="preserve"'
    return f'<text x="{_LEFT}" y="{y:g}" {looks}>{words}</text>'


def _wave(y: float, line: str, word: str) -> str:
    """Underline a word, as editors do with what is wrong."""
    waves = "q2.25 -4 4.5 0t4.5 0" * len(word)
    path = f"M{_LEFT + line.index(word) * _CHAR:g} {y + 6:g}{waves}"
    return f'<path d="{path}" fill="none" stroke="#ff8a80" stroke-width="1.5"/>'


def _popup(y: float, values: list[str]) -> Iterator[str]:
    """Draw a cursor behind the last line, and the values it offers below."""
    x = _LEFT + 9 * _CHAR
    yield box(x, y - 15, 2, 19, fill="#e6e1dc")
    yield box(x, y + 10, 20 * _CHAR, len(values) * _STEP + 8, rx=4, fill="#3a4150")
    for number, value in enumerate(values, 1):
        yield text(x + 12, y + 8 + number * _STEP, value, fill="#e6e1dc", **_LOOKS)
