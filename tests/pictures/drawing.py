"""What the manual's pictures are drawn of: SVG that needs no font of its own."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from html import escape

WIDTH = 600
"""Pixels of every picture: on a phone it is shown at three fifths of that."""

MONO = "ui-monospace, Menlo, Consolas, monospace"
SANS = "system-ui, sans-serif"


def svg(height: int, title: str, parts: Iterable[str]) -> str:
    """Return a picture of its parts."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">'
    return "\n".join([head, f"<title>{escape(title)}</title>", *parts, "</svg>\n"])


def box(x: float, y: float, width: float, height: float, **looks: object) -> str:
    """Return a rectangle; `stroke_width=2` is the attribute `stroke-width`."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{_written(looks)}/>'


def text(x: float, y: float, words: str, **looks: object) -> str:
    """Return a line of text that begins at a place; blanks at its head are kept."""
    words = escape(words, quote=False).replace("  ", "\u00a0\u00a0")
    return f'<text x="{x:g}" y="{y:g}"{_written(looks)}>{words}</text>'


def folded(line: str, width: int) -> list[str]:
    """Break a line as a window of so many letters does, what follows drawn in by two."""
    return textwrap.wrap(line, width, subsequent_indent="  ", break_on_hyphens=False)


def window(height: int, ground: str, bar: str) -> Iterator[str]:
    """Return an empty window over the whole picture, with its three buttons."""
    yield box(0.5, 0.5, WIDTH - 1, height - 1, rx=8, fill=ground, stroke="#888")
    yield f'<path d="M.5 34V8.5a8 8 0 0 1 8-8h{WIDTH - 17}a8 8 0 0 1 8 8V34z" fill="{bar}"/>'
    for x in (20, 40, 60):
        yield f'<circle cx="{x}" cy="17" r="5" fill="#fff" fill-opacity=".45"/>'


def foot(top: float, height: int, fill: str) -> str:
    """Return what lies over the lower part of a window, from a line down to its round corners."""
    return (
        f'<path d="M1 {top:g}h{WIDTH - 2}V{height - 8.5:g}a7.5 7.5 0 0 1-7.5 7.5'
        f'H8.5A7.5 7.5 0 0 1 1 {height - 8.5:g}z" fill="{fill}"/>'
    )


def _written(looks: dict[str, object]) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{escape(str(value))}"' for name, value in looks.items()
    )
