"""The last week of RustFest Paris, 23 to 30 May 2018, with the edits its organisers made.

They sold the last ticket on the 23rd, found a second venue for the impl Days on the 25th, and
streamed the talks on the 26th. Each edit is one line of the fest file; the other days need none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import html5lib
import pytest

from tests.fests import ROOT
from tests.sites.building import built, site

PARIS = ZoneInfo("Europe/Paris")
PAGE = """\
# impl Days

{{ notice() }}

{% before %}
Soon in Paris.
{% endbefore %}

{% day 1 impl_days %}
Today is the first day, at {{ events.impl_days.venue }}.
{% endday %}

{% day 2 impl_days %}
Today is the second day.
{% endday %}

{% after impl_days %}
Thank you for coming!
{% endafter %}

{{ live() }}

{{ rsvp_button() }}
"""
VENUE = """\
  formeret-clery:
    name: Formeret Espace Cléry
    street: 17 rue de Cléry
    postcode: "75002"
    city: Paris
    directions: Ten minutes on foot from Mozilla Paris.
"""
OVERFLOW = "    overflow: [formeret-clery]\n"


class Edit(NamedTuple):
    """One line that a person types into the fest file."""

    at: datetime
    line: str
    behind: str
    """The line it follows."""
    instead: str = ""
    """The line it takes the place of."""


def at(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2018-05-{day} {clock}").replace(tzinfo=PARIS)


EDITS = [
    Edit(at(23, "10:00"), "  availability: full\n", "", "  availability: open\n"),
    Edit(
        at(25, "12:20"),
        "  formeret-clery: {name: Formeret Espace Cléry, street: 17 rue de Cléry}\n",
        "venues:\n",
    ),
    Edit(at(25, "12:21"), OVERFLOW, "    venue: mozilla-paris\n"),
    Edit(
        at(26, "07:54"),
        "live: [{stream: https://www.youtube.com/rustfest, from: 2018-05-26 09:00, "
        "until: 2018-05-27}]\n",
        "",
    ),
]

FULL = "Full: impl Days Paris"
BUTTON = "Full: impl Days Paris (28–29 May 2018)"
CLOSED = "RSVP closed on Sunday 27 May 2018 at 18:00 CEST"
PLACE = "Additional venue for impl Days Paris: Formeret Espace Cléry, 17 rue de Cléry"
STREAM = "Livestream"
OPEN = "Yes I want to code at impl Days Paris! RSVP closes on Sunday 27 May 2018 at 18:00 CEST"

WEEK = [
    (at(23, "09:59"), ["Soon in Paris.", OPEN]),
    (at(23, "10:00"), [FULL, "Soon in Paris.", BUTTON]),
    (at(25, "12:21"), [PLACE, FULL, "Soon in Paris.", BUTTON]),
    (at(26, "08:59"), [PLACE, FULL, BUTTON]),
    (at(26, "09:00"), [PLACE, FULL, STREAM, BUTTON]),
    (at(27, "17:59"), [PLACE, FULL, STREAM, BUTTON]),
    (at(27, "18:00"), [PLACE, STREAM, CLOSED]),
    (at(27, "23:59"), [PLACE, CLOSED]),
    (at(28, "08:59"), [PLACE, "Today is the first day, at Mozilla Paris.", CLOSED]),
    (
        at(28, "09:00"),
        [
            PLACE,
            "Today is the first day, at Mozilla Paris.",
            "On now: impl Days Paris (28–29 May 2018)",
        ],
    ),
    (
        at(29, "09:00"),
        [PLACE, "Today is the second day.", "On now: impl Days Paris (28–29 May 2018)"],
    ),
    (
        at(29, "18:00"),
        ["Today is the second day.", "impl Days Paris took place on 28–29 May 2018"],
    ),
    (
        at(30, "00:00"),
        ["Thank you for coming!", "impl Days Paris took place on 28–29 May 2018"],
    ),
]
LAST_EDIT = EDITS[-1].at


def fest_file(moment: datetime) -> str:
    """Return the fest file as it was at a moment, with all edits made until then."""
    text = (ROOT / "fests/paris-2018.yml").read_text("utf-8")
    for later in (VENUE, OVERFLOW):
        assert later in text
        text = text.replace(later, "")
    for edit in EDITS:
        if edit.at <= moment:
            assert edit.behind in text
            assert edit.instead in text
            found = edit.instead or edit.behind
            text = text.replace(found, edit.line if edit.instead else found + edit.line, 1)
    return text


def page_of(moment: datetime, folder: Path, patch: pytest.MonkeyPatch) -> str:
    """Build the site at a moment and give the page."""
    patch.setenv("IMPLDAYS_NOW", moment.isoformat())
    done = built(site(folder, {"docs/index.md": PAGE}, fest=fest_file(moment)))
    assert not done.stopped, done.lines
    return done.body()


def read_at(html: str, moment: datetime) -> list[str]:
    """Return the lines that a browser shows at a moment, by the rule of `impldays.js`."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    lines = re.sub(r"[^\S\n]+", " ", "".join(_shown(tree.find("body"), moment)))
    return [line.strip() for line in lines.split("\n") if line.strip(" \n")][1:]


def _shown(element: Any, moment: datetime) -> Iterator[str]:
    breaks = "\n" if element.tag in {"p", "li", "div", "h1"} else ""
    yield breaks + (element.text or "").replace("\n", " ")
    for child in element:
        if _holds(child, moment):
            yield from _shown(child, moment)
        yield (child.tail or "").replace("\n", " ")
    yield breaks


def _holds(part: Any, moment: datetime) -> bool:
    lists = [
        [datetime.fromisoformat(each) for each in part.get(name, "").split()]
        for name in ("data-from", "data-until")
    ]
    begun, ended = (sum(each <= moment for each in instants) for instants in lists)
    starts, ends = lists
    return begun + (not starts or bool(ends and ends[0] < starts[0])) > ended


def test_an_edit_is_one_line() -> None:
    files = [fest_file(edit.at).splitlines() for edit in EDITS]
    assert len(files) > 3
    for before, after in zip(
        [fest_file(at(22, "12:00")).splitlines(), *files], files, strict=False
    ):
        assert len([line for line in after if line not in before]) == 1


@pytest.mark.parametrize(("moment", "lines"), WEEK, ids=[f"{row[0]:%d-%H%M}" for row in WEEK])
def test_the_page_is_right_when_it_is_rebuilt(
    moment: datetime, lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_at(page_of(moment, tmp_path, monkeypatch), moment) == lines


def test_the_page_of_the_last_edit_stays_right_without_a_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = page_of(LAST_EDIT, tmp_path, monkeypatch)
    after = [row for row in WEEK if row[0] >= LAST_EDIT]
    assert [read_at(html, moment) for moment, _ in after] == [lines for _, lines in after]


def test_the_stream_is_not_in_the_source_when_it_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "youtube" in page_of(at(27, "23:58"), tmp_path / "before", monkeypatch)
    assert "youtube" not in page_of(at(28, "00:00"), tmp_path / "after", monkeypatch)
