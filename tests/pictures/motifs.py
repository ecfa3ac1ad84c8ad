"""Draws docs/organisers/motifs.svg: a day of each motif, in the colours of a fest that chose it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, FileSystemLoader

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from tests.fests import ROOT
from tests.pictures.drawing import MONO, WIDTH, box, svg, text

FILE = ROOT / "docs/organisers/motifs.svg"

_THEME = Environment(loader=FileSystemLoader(ROOT / "mkdocs_impldays/theme"), autoescape=True)
_HEIGHT, _GAP = 190, 8
_WALL = 160
"""Where a motif has its foot, from its own top."""


def fests() -> list[Fest]:
    """Return the fests of this site, the first to choose a motif for each, by its name."""
    read = [
        load_fest(file.read_bytes(), path=file.name, fest_id=file.stem)[0]
        for file in sorted((ROOT / "fests").glob("*.yml"))
    ]
    chosen = {fest.look.motif: fest for fest in read if fest}
    return [chosen[motif] for motif in sorted(chosen)]


def picture() -> str:
    """Return the picture as SVG: a panel for each motif, with its name where the date would be."""
    return svg(_HEIGHT, "The motifs", _parts())


def _parts() -> Iterator[str]:
    width = (WIDTH + _GAP) / len(fests()) - _GAP
    for number, fest in enumerate(fests()):
        x = number * (width + _GAP)
        yield box(x, 0, width, _HEIGHT, rx=6, fill=fest.look.primary)
        yield f'<g transform="translate({x + width / 2 - 50:g} {_HEIGHT - _WALL})">'
        yield _drawn(fest)
        looks = {"font_family": MONO, "font_size": 18, "font_weight": 700}
        yield text(50, 118, fest.look.motif, fill=fest.look.primary, text_anchor="middle", **looks)
        yield "</g>"


def _drawn(fest: Fest) -> str:
    """Return the shape of a day with colours of its own in the place of the site's styles."""
    look = fest.look
    shape = _THEME.get_template("partials/impldays/motif.html").render(motif=look.motif)
    colours = {
        "wall": f'fill="{look.accent}"',
        "edge": f'fill="none" stroke="{look.accent}" stroke-width="2"',
        "line": f'fill="none" stroke="{look.primary}" stroke-width="1.5"',
    }
    return re.sub(r'class="impldays-(\w+)"', lambda each: colours[each[1]], shape).strip()
