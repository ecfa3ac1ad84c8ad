"""Draws what `mkdocs serve` adds to a page: the time bar, and the box of problems.

What stands in them is made by the code that makes it in the preview. Here it only gets a window.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from mkdocs_impldays.fest.instants import named_instants
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.names.button import call_button
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.problems import problems_box
from mkdocs_impldays.timebar import timebar
from mkdocs_impldays.words.phrases import Words
from tests.fests import ROOT, paris, rsvp_of
from tests.pictures.drawing import MONO, SANS, WIDTH, box, folded, foot, svg, text, window

TIMEBAR = ROOT / "docs/organisers/timebar.svg"
PROBLEMS = ROOT / "docs/organisers/problems.svg"

SHOWN = "RSVP: closed"
"""The button of the bar that is pressed."""

GUIDE = ROOT / "docs/organisers/tutorial.md"
"""The chapter that shows the picture, below the same lines in a terminal."""


def timebar_picture() -> str:
    """Return the bar of RustFest Paris as SVG, with the page as it is when the RSVP is closed."""
    return svg(270, "A page in the preview, with the time bar at its foot", _with_timebar())


def problems_picture() -> str:
    """Return the box as SVG, as it lies over the page while a fest file is broken."""
    return svg(300, "A page in the preview, with a box of problems at its foot", _with_problems())


def buttons() -> list[tuple[str, str]]:
    """Return what stands on each button of the bar: a name, and a moment below it."""
    pairs = re.findall(r"<button[^>]*>([^<]*)(?:<br><time[^>]*>([^<]*)</time>)?", timebar(paris()))
    return [(unescape(name), moment) for name, moment in pairs]


def page_says() -> str:
    """Return what stands in the place of the RSVP button at the moment that is shown."""
    moment = next(at for at, name in named_instants(paris()) if name == SHOWN)
    view = View(moment, is_preview=True)
    button = call_button(paris(), rsvp_of(paris()), view=view, words=Words.of("en"))
    shown = re.findall(r"<span data-(?:from|until)[^>]*?(hidden)?>(.*?)</span></span>", button)
    return next(unescape(re.sub("<[^>]*>", "", html)) for hidden, html in shown if not hidden)


def box_says() -> list[str]:
    """Return the heading of the box, and its lines."""
    path = "fests/lisbon-2027.yml"
    example = GUIDE.read_text("utf-8").partition(f'title="{path}"\n')[2].partition("```")[0]
    broken = example.replace("\n  url: tba", "\n  ulr: tba")
    _, problems = load_fest(broken.encode(), path=path, fest_id="lisbon-2027")
    html = problems_box(problems)
    return [unescape(each) for each in re.findall(r"<(?:strong|code)>(.*?)</", html)]


def _page(words: str, height: int) -> Iterator[str]:
    yield from window(height, "#fff", "#1f3a5f")
    yield text(28, 82, "impl Days", font_family=MONO, font_size=26, font_weight=700, fill="#222")
    yield text(28, 116, words, font_family=SANS, font_size=15, fill="#222")


def _with_timebar() -> Iterator[str]:
    yield from _page(page_says(), 270)
    yield foot(150, 270, "#201a33")
    yield box(1, 150, WIDTH - 2, 2, fill="#ffd866")
    named = dict(buttons())[SHOWN]
    said = f"This page shows {SHOWN}, {named}. Only the preview has this bar."
    yield text(16, 182, said, font_family=SANS, font_size=13, fill="#fff")
    widths = [round(24 + 7.3 * max(len(name), len(moment))) for name, moment in buttons()]
    starts = [sum(widths[:number]) + 6 * number for number in range(len(widths))]
    lit = [name for name, _ in buttons()].index(SHOWN)
    scrolled = starts[lit] - (WIDTH - widths[lit]) / 2
    yield f'<svg x="1" y="196" width="{WIDTH - 2}" height="70">'
    for (name, moment), width, start in zip(buttons(), widths, starts, strict=True):
        yield from _button(round(start - scrolled), width, name, moment)
    yield "</svg>"


def _button(x: float, width: float, name: str, moment: str) -> Iterator[str]:
    is_shown = name == SHOWN
    ground, ink = ("#ffd866", "#201a33") if is_shown else ("#362d54", "#fff")
    yield box(x, 2, width, 50, rx=4, fill=ground, stroke="#b3a9d6" if not is_shown else ground)
    lines = [name, moment] if moment else [name]
    looks = {"font_family": SANS, "font_size": 13, "fill": ink, "text_anchor": "middle"}
    for number, line in enumerate(lines):
        yield text(x + width / 2, 32 - 9 * (len(lines) - 1) + 18 * number, line, **looks)


def _with_problems() -> Iterator[str]:
    yield from _page("Monday 7 and Tuesday 8 June 2027, The old town hall", 300)
    heading, *lines = box_says()
    rows = [each for line in lines for each in folded(line, 62)]
    top = 300 - 50 - 22 * len(rows)
    yield foot(top, 300, "#fff8e1")
    yield box(1, top, WIDTH - 2, 4, fill="#b3261e")
    looks = {"font_size": 14, "fill": "#1f1300"}
    yield text(24, top + 32, heading, font_family=SANS, font_weight=700, **looks)
    for number, row in enumerate(rows):
        bullet = "  " if row.startswith("  ") else "• "
        y = top + 58 + 22 * number
        yield text(24, y, bullet + row.removeprefix("  "), font_family=MONO, **looks)
