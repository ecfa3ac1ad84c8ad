"""Draws docs/organisers/check.svg: what `impldays check` really says of a small site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from mkdocs_impldays.cli import main
from tests.fests import ROOT
from tests.pictures.drawing import MONO, folded, svg, text, window
from tests.sites.building import write

FILE = ROOT / "docs/organisers/check.svg"

SITE = {
    "mkdocs.yml": """\
site_name: impl Days
theme: mkdocs
plugins:
  - impldays: {fest: fests/lisbon-2027.yml}
""",
    "fests/lisbon-2027.yml": """\
name: RustFest Lisbon
city: Lisbon
country: PT
timezone: Europe/Lisbon
events:
  impl_days:
    title: impl Days
    days: [2027-06-07, 2027-06-08]
    venue: town-hall
venues:
  town-hall: {name: The old town hall, city: Lisbon}
rsvp:
  event: impl_days
  url: https://ti.to/url-to-do
""",
    "docs/index.md": """\
# impl Days

On Tuesday, June 7th, the doors open at {{ site.location.impl_day }}.

{{ rsvp_button() }}
""",
}
"""A site with something wrong in its fest file, and in its page."""

_STEP = 24


def said() -> list[str]:
    """Return the lines that the command prints in the folder of that site."""
    with TemporaryDirectory() as folder, chdir(folder):
        write(Path(), SITE)
        return (
            CliRunner(env={"IMPLDAYS_NOW": "2027-05-01T12:00"})
            .invoke(main, ["check"], catch_exceptions=False)
            .output.splitlines()
        )


def picture() -> str:
    """Return the picture as SVG: a terminal with the command and its answer."""
    rows = [row for line in said() for row in folded(line, 64)]
    return svg(84 + _STEP * len(rows), "impldays check in a terminal", _parts(rows))


def _parts(rows: list[str]) -> Iterator[str]:
    yield from window(84 + _STEP * len(rows), "#22262e", "#3a4150")
    looks = {"font_family": MONO, "font_size": 14}
    yield text(20, 62, "$ .venv/bin/impldays check", fill="#f4b860", **looks)
    for number, row in enumerate(rows, 1):
        yield text(20, 62 + _STEP * number, row, fill="#e6e1dc", **looks)
