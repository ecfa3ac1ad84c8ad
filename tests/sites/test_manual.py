"""Every example of the manual builds without a word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from mkdocs_impldays.fest.phases import RsvpState
from mkdocs_impldays.scaffold import Beginning, site_files
from tests.fests import ROOT
from tests.sites.building import built, site, write

MANUAL = sorted((ROOT / "docs/organisers").glob("*.md"))
_BLOCK = re.compile(r'^(`{3,})(\w+) title="([^"]+)"\n(.*?)^\1$', re.DOTALL | re.MULTILINE)
_PART = "part of "


class Example(NamedTuple):
    """A block of the manual that says which file it is, or a part of."""

    title: str
    text: str


def examples(page: Path) -> list[Example]:
    blocks = _BLOCK.findall(page.read_text("utf-8"))
    return [Example(title, text) for _, _, title, text in blocks if "." in title]


def first(title: str) -> str:
    """Give the first whole file of that name in the manual's first chapters."""
    return next(each.text for page in [ROOT / "docs/organisers/index.md", *MANUAL]
                for each in examples(page) if each.title == title)  # fmt: skip


def cases() -> list[object]:
    """Give each example with the parts of the fest file that stand above it on its page."""
    found: list[object] = []
    for page in MANUAL:
        parts: list[Example] = []
        for number, example in enumerate(examples(page), 1):
            parts += [example] if example.title.startswith(_PART) else []
            name = f"{page.stem}: {example.title} {number}"
            found.append(pytest.param([*parts], example, id=name))
    return found


@pytest.mark.parametrize(("parts", "example"), cases())
def test_it_builds(tmp_path: Path, parts: list[Example], example: Example) -> None:
    fest = yaml.load(first("fests/lisbon-2027.yml"), yaml.BaseLoader)
    for part in parts:
        fest |= yaml.load(part.text, yaml.BaseLoader)
    files = {
        "mkdocs.yml": first("mkdocs.yml"),
        "docs/index.md": "# Home\n\n{{ rsvp_button() }}\n",
        "docs/location.md": "# Location\n\n## How to get there\n",
        "fests/lisbon-2027.yml": yaml.safe_dump(fest, sort_keys=False),
        "overrides/robots.txt": "",
    }
    if not example.title.startswith(_PART):
        files[example.title] = example.text
    files["mkdocs.yml"] += "site_url: https://impldays.test/\n"
    write(tmp_path, files)
    done = built(tmp_path)
    assert [line for line in done.lines if not re.search("tba|is read by no", line)] == []
    assert not done.stopped


def test_the_manual_has_examples() -> None:
    assert len(cases()) > 20


def test_the_manual_shows_the_button_in_every_state(tmp_path: Path) -> None:
    page = (ROOT / "docs/organisers/button.md").read_text("utf-8")
    table = "".join(re.findall(r"^\|.*\n", page, re.MULTILINE))
    done = built(site(tmp_path, {"docs/index.md": table}, markdown_extensions=["tables"]))
    assert done.lines == ()
    rows = re.findall(r"<tr>\s*<td><code>(.*?)</code>.*?</tr>", done.page(), re.DOTALL)
    assert rows == [str(state) for state in RsvpState]
    shown = re.findall(r'<span data-rsvp="(.*?)">', done.page())
    assert shown == rows


def test_the_manual_shows_the_workflow_that_a_new_site_has() -> None:
    path = ".github/workflows/publish.yml"
    new = Beginning("lisbon-2027", "RustFest Lisbon", "Lisbon", "PT", "Europe/Lisbon")
    assert first(path) == site_files(new)[path]
