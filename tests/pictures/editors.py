"""Draws the picture of the chapter on editors, from what the schema says of a fest file.

`python -m tests.pictures` writes it anew; a test holds it to the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import yaml
from jsonschema import Draft7Validator

from mkdocs_impldays.feeds.schema import fest_schema
from tests.fests import ROOT

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

_LEFT, _STEP, _CHAR, _WIDTH = 56, 26, 9.0, 860
"""Pixels: where the text begins, a line's height, a letter's width, the whole."""


def picture() -> str:
    """Give the picture as SVG: the typed lines, the schema's complaints, the values it offers."""
    lines = TYPED.splitlines()
    offered = _offered()
    height = _STEP * (len(lines) + len(offered) + 2)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
            f' font-family="monospace" font-size="15" fill="#e6e1dc">'
        ),
        f'<rect width="{_WIDTH}" height="{height}" rx="8" fill="#22262e"/>',
        *(_line(number, text) for number, text in enumerate(lines, 1)),
        *(_mark(lines, word, message) for word, message in complaints(TYPED)),
        *_popup(len(lines), offered),
        "</svg>",
    ]
    return "\n".join(parts)


def complaints(typed: str) -> Iterator[tuple[str, str]]:
    """Give each word that the schema refuses, with what a validator says; not the last one's.

    That one is still being typed.
    """
    data = yaml.load(typed, yaml.BaseLoader)
    for error in Draft7Validator(fest_schema()).iter_errors(data):
        if error.validator == "additionalProperties":
            known = fest_schema()["properties"]
            yield next(key for key in data if key not in known), error.message
        elif isinstance(error.instance, str) and not typed.endswith(error.instance):
            yield error.instance, error.message


def _offered() -> list[str]:
    motif: dict[str, Any] = fest_schema()["$defs"]["Look"]["properties"]["motif"]
    return [str(value) for value in motif["anyOf"][0]["enum"]]


def _line(number: int, text: str) -> str:
    y = number * _STEP
    key, colon, rest = text.partition(":") if text[0] != "#" else ("", "", "")
    coloured = (
        f'<tspan fill="#f4b860">{escape(key)}</tspan>{colon}{escape(rest)}'
        if colon
        else f'<tspan fill="#98a0ae">{escape(text)}</tspan>'
    )
    return (
        f'<text x="20" y="{y}" fill="#98a0ae">{number}</text>'
        f'<text x="{_LEFT}" y="{y}" xml:space="preserve">{coloured}</text>'
    )


def _mark(lines: list[str], word: str, message: str) -> str:
    """Underline a word with a wave, and write what is wrong with it behind its line."""
    number, text = next((i, line) for i, line in enumerate(lines, 1) if word in line)
    start, y = _LEFT + text.index(word) * _CHAR, number * _STEP
    waves = "q2.25 -4 4.5 0t4.5 0" * len(word)
    return (
        f'<path d="M{start} {y + 6}{waves}" fill="none" stroke="#ff8a80" stroke-width="1.5"/>'
        f'<text x="{_LEFT + (len(text) + 3) * _CHAR}" y="{y}" font-size="13" fill="#ff8a80">'
        f"{escape(message)}</text>"
    )


def _popup(line: int, offered: list[str]) -> Iterator[str]:
    x, y = _LEFT + 9 * _CHAR, line * _STEP + 10
    width, height = 20 * _CHAR, len(offered) * _STEP + 8
    yield f'<rect x="{x}" y="{y - 26}" width="2" height="20" fill="#e6e1dc"/>'
    yield f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" fill="#3a4150"/>'
    for number, value in enumerate(offered, 1):
        yield f'<text x="{x + 12}" y="{y + number * _STEP - 5}">{escape(value)}</text>'
