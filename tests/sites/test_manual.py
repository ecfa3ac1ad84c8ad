"""Every example of the manual builds without a word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from click.testing import CliRunner
from markdown.extensions.toc import slugify

from mkdocs_impldays.cli import main
from mkdocs_impldays.fest.agenda import AgendaItem, Link, Speaker, Track
from mkdocs_impldays.fest.call_states import CallState
from mkdocs_impldays.fest.calls import Call, Rsvp, Ticket
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Change, Event, Join
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.look import Look
from mkdocs_impldays.fest.model import Model
from mkdocs_impldays.fest.people import Contact, Limited, Live, Member, Organizer, Pages, Sponsor
from mkdocs_impldays.fest.venue import Room, Venue
from mkdocs_impldays.names.filters import filters
from mkdocs_impldays.names.variables import variables_of
from mkdocs_impldays.pages.sandbox import PageEnvironment
from mkdocs_impldays.pages.stash import Stash
from mkdocs_impldays.pages.tags import TAGS
from mkdocs_impldays.scaffold import Beginning, site_files
from mkdocs_impldays.words.phrases import english
from tests import reference
from tests.fests import ROOT, fest_of, macros
from tests.sites.building import built, site, write
from tests.tutorial import merged

MANUAL = sorted((ROOT / "docs/organisers").rglob("*.md"), key=lambda page: (page.stem, page))
_BLOCK = re.compile(r'^(`{3,})(\w+) title="([^"]+)"\n(.*?)^\1$', re.DOTALL | re.MULTILINE)
_PART = "part of "
FEST = "fests/lisbon-2027.yml"


class Example(NamedTuple):
    """A block of the manual that says which file it is, or a part of."""

    title: str
    text: str


def examples(page: Path) -> list[Example]:
    blocks = _BLOCK.findall(page.read_text("utf-8"))
    return [Example(title, text) for _, _, title, text in blocks if "." in title]


def first(title: str) -> str:
    """Return a whole file of the manual: that of the site by hand, or the first of that name."""
    return next(each.text for page in [ROOT / "docs/organisers/how-to/by-hand.md", *MANUAL]
                for each in examples(page) if each.title == title)  # fmt: skip


def cases() -> list[object]:
    """Return each example with what the page says of the fest file above it."""
    found: list[object] = []
    for page in MANUAL:
        parts: list[Example] = []
        for number, example in enumerate(examples(page), 1):
            parts += [example] if example.title in (FEST, _PART + FEST) else []
            name = f"{page.stem}: {example.title} {number}"
            found.append(pytest.param([*parts], example, id=name))
    return found


@pytest.mark.same_everywhere
@pytest.mark.parametrize(("parts", "example"), cases())
def test_it_builds(tmp_path: Path, parts: list[Example], example: Example) -> None:
    fest = yaml.load(first(FEST), yaml.BaseLoader)
    for part in parts:
        written = yaml.load(part.text, yaml.BaseLoader)
        fest = merged(fest, written) if part.title.startswith(_PART) else written
    files = {
        "mkdocs.yml": first("mkdocs.yml"),
        "docs/index.md": "# Home\n\n{% if rsvp.event %}{{ rsvp_button() }}{% endif %}\n",
        "docs/img/acme.svg": "<svg/>",
        "docs/img/acme-dark.svg": "<svg/>",
        "docs/img/ada.jpg": "",
        "docs/location.md": "# Location\n\n## How to get there\n",
        FEST: yaml.safe_dump(fest, sort_keys=False),
        "fests/talks.json": first("fests/talks.json"),
        "overrides/robots.txt": "",
    }
    if not example.title.startswith(_PART):
        files[example.title] = example.text
    files["mkdocs.yml"] += "site_url: https://impldays.test/\n"
    write(tmp_path, files)
    done = built(tmp_path)
    assert [line for line in done.lines if not re.search("tba|is not used by any", line)] == []
    assert not done.stopped


def test_the_manual_has_examples() -> None:
    assert len(cases()) > 20


KEYS: dict[str, type[Model]] = {
    "the fest": Fest,
    "the organizer": Organizer,
    "an event": Event,
    "a day": Day,
    "a line of an agenda": AgendaItem,
    "a venue": Venue,
    "a room": Room,
    "a track": Track,
    "a speaker": Speaker,
    "a link": Link,
    "the RSVP": Rsvp,
    "a call": Call,
    "a ticket": Ticket,
    "the look": Look,
    "a sponsor": Sponsor,
    "a member of the team": Member,
    "`pages`": Pages,
    "`join`": Join,
    "a change": Change,
    "a contact": Contact,
    "a line of `live`": Live,
}
"""The parts of a fest file, as the manual's tables of their keys call them."""


def tables(header: str) -> dict[str, list[str]]:
    """Return the names in the first column of each table of the manual with such a header."""
    found = re.compile(rf"^\| {header}(.*?) \|.*\n\|[ -|]*\n((?:\|.*\n)*)", re.MULTILINE)
    return {
        name: [
            key for row in rows.splitlines() for key in re.findall(r"`([^`]*)`", row.split("|")[1])
        ]
        for page in MANUAL
        for name, rows in found.findall(page.read_text("utf-8"))
    }


def test_the_manual_has_every_key_of_the_fest_file_and_no_other() -> None:
    keys = {
        name: sorted(field.alias or key for key, field in model.model_fields.items())
        for name, model in KEYS.items()
    }
    assert {name: sorted(each) for name, each in tables("Key of ").items()} == keys


def test_the_manual_knows_every_part_of_the_fest_file() -> None:
    assert {Limited, *KEYS.values()} == {
        *Model.__subclasses__(),
        *Limited.__subclasses__(),
        *Call.__subclasses__(),
    }


OLD_SECTIONS = {
    "index.md": ("your-own-fest", "the-next-fest", "when-something-is-wrong", "by-hand"),
    "reference/fest-file.md": (
        *("a-whole-file", "the-fest", "events", "venues", "rooms-tracks-and-speakers", "rsvp"),
        *("tickets", "calls", "deadlines", "who-answers-for-it", "people-to-call-and-streams"),
        *("what-you-do-not-know-yet", "anything-else"),
    ),
    "reference/variables.md": ("dates-and-places-ready-to-read", "dates-in-other-words", "limits"),
    "reference/checks.md": ("what-is-looked-for", "silence", "one-check", "for-programs"),
}
"""Sections that other sites may link to, by the pages that had them."""


@pytest.mark.parametrize("name", OLD_SECTIONS)
def test_links_to_sections_that_moved_still_lead_somewhere(name: str) -> None:
    text = (ROOT / "docs/organisers" / name).read_text("utf-8")
    given = set(re.findall(r"\{ ?#([\w-]+) ?\}", text))
    headings = re.findall(r"^#+ (.*?)$", text, re.MULTILINE)
    assert {*OLD_SECTIONS[name]} - given - {slugify(each, "-") for each in headings} == set()


def test_the_manual_has_every_phrase_in_our_words() -> None:
    page = (ROOT / "docs/organisers/how-to/languages.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z_.]+)` \| `(.*)` \|$", page, re.MULTILINE)
    assert dict(rows) == english()


def test_the_manual_has_every_name_that_a_page_may_use_and_no_other() -> None:
    page = reference.PAGE.read_text("utf-8")
    assert page == reference.written(page), "If this is meant: .venv/bin/python -m tests.reference"
    rows = re.findall(r"^\| `([^`{]+)`", page, re.MULTILINE)
    top = {*variables_of(fest_of(reference.EVERY_PART)), "fests", "page", "range"}
    assert top - {re.split(r"[.\[(]", row)[0] for row in rows} == set()


@pytest.mark.exact
def test_the_manual_has_the_help_of_every_command() -> None:
    page = reference.COMMANDS.read_text("utf-8")
    written = reference.commands_page()
    assert page == written, "If this is meant: .venv/bin/python -m tests.reference"
    assert set(re.findall(r"^## impldays ([a-z-]+)$", page, re.MULTILINE)) == {*main.commands}


def test_the_manual_has_every_filter_that_a_page_knows() -> None:
    table = reference.PAGE.read_text("utf-8").split("| Filters |")[1].split("\n\n")[0]
    listed = re.findall(r"`([a-z]+)`", table)
    known = [*PageEnvironment({}, print, Stash()).filters, *filters("en")]
    assert sorted(listed) == sorted(name for name in known if not name.endswith("__"))


def test_the_manual_has_every_macro_and_no_other() -> None:
    table = reference.PAGE.read_text("utf-8").split("<!-- names: macros -->")[1].split("<!--")[0]
    assert set(macros()) == set(re.findall(r"^\| `([a-z_]+)\(", table, re.MULTILINE))


def test_the_manual_has_every_tag_and_no_other() -> None:
    tags = reference.PAGE.read_text("utf-8").split("## Tags")[1].split("## Filters")[0]
    ours, others = tags.split("These do not depend on time:")
    listed = re.findall(r"^\| `\{% ([a-z]+)", ours, re.MULTILINE)
    assert sorted(listed) == sorted([*TAGS, "from", "until"])
    assert re.findall(r"^\| `\{% ([a-z]+)", others, re.MULTILINE) == ["raw", "comment", "if"]


def test_the_manual_shows_the_button_in_every_state(tmp_path: Path) -> None:
    page = (ROOT / "docs/organisers/how-to/button.md").read_text("utf-8")
    table = "".join(re.findall(r"^\|.*\n", page, re.MULTILINE))
    done = built(site(tmp_path, {"docs/index.md": table}, markdown_extensions=["tables"]))
    assert done.lines == ()
    rows = re.findall(r"<tr>\s*<td><code>(.*?)</code>.*?</tr>", done.page(), re.DOTALL)
    assert rows == [str(state) for state in CallState]
    shown = re.findall(r'<span data-rsvp="(.*?)">', done.page())
    assert shown == rows


def test_the_manual_shows_the_workflow_that_a_new_site_has() -> None:
    path = ".github/workflows/publish.yml"
    new = Beginning("lisbon-2027", "RustFest Lisbon", "Lisbon", "PT", "Europe/Lisbon")
    assert first(path) == site_files(new)[path]


def test_the_manual_shows_what_an_import_says_and_writes(tmp_path: Path) -> None:
    page = (ROOT / "docs/organisers/how-to/import.md").read_text("utf-8")
    shown = {title: text for _, _, title, text in _BLOCK.findall(page)}
    write(tmp_path, {title: text for title, text in shown.items() if title.startswith("old/")})
    old, new = tmp_path / "old", tmp_path / "new"
    said = CliRunner().invoke(main, ["import", str(old), "--folder", str(new)])
    assert said.output == shown["What you see"]
    for path in ("fests/bergen-2027.yml", "docs/people.md"):
        assert (new / path).read_text("utf-8") == shown[path]
    assert [line for line in built(new).lines if "tba" not in line] == []


def test_the_manual_shows_what_a_mistyped_key_is_told(tmp_path: Path) -> None:
    tutorial = (ROOT / "docs/organisers/tutorial.md").read_text("utf-8")
    shown = {title: text for _, _, title, text in _BLOCK.findall(tutorial)}
    fest = shown[FEST].replace("\n  url: tba", "\n  ulr: tba")
    done = built(site(tmp_path, {"fests/lisbon-2027.yml": fest}, plugins=["impldays"]))
    assert "\n".join(done.lines) + "\n" == shown["What you see when you mistype a key"]
