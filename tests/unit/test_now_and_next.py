"""What is on now and what comes next, at any moment."""

from __future__ import annotations

from datetime import datetime

import pytest

from mkdocs_impldays.names.sessions import now_and_next, programme_facts
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.pages.timed import View
from tests.fests import HEAD, fest_of

FEST = fest_of(f"""{HEAD}venues:
  casa: {{name: Casa, rooms: {{big: {{name: B}}, small: {{name: S}}}}}}
events:
  talks:
    title: Talks
    venue: casa
    days: [2027-06-05, 2027-06-06]
    agenda:
      - {{at: "10:00", until: "11:00", what: Keynote, room: big}}
      - {{at: "10:00", until: "12:00", what: Workshop, room: small}}
      - {{at: "11:00", until: "11:30", what: Off, room: big, status: cancelled}}
      - {{at: "11:30", until: "12:00", what: Errors, room: big}}
      - {{at: "23:00", until: "01:00", what: Party}}
      - {{at: "00:30", until: "01:00", what: Cake}}
""")


def _at(moment: str) -> dict[str, list[str]]:
    """Return what a page built at a moment shows, by its labels."""
    group = programme_facts(FEST, {}).facts["sessions"]
    assert isinstance(group, Facts)
    facts = {key: each for key, each in group.facts.items() if isinstance(each, Facts)}
    view = View(datetime.fromisoformat(f"{moment}+02:00"))
    return {
        each.label: [str(session.text) for session, when in each.sessions if "hidden" not in when]
        for each in now_and_next(FEST, facts, view)
        if "hidden" not in each.shown
    }


@pytest.mark.parametrize(
    ("moment", "now", "following"),
    [
        ("2027-06-04T23:59", [], []),
        ("2027-06-05T08:00", [], ["Keynote", "Workshop"]),
        ("2027-06-05T10:00", ["Keynote", "Workshop"], ["Errors"]),
        ("2027-06-05T11:15", ["Workshop"], ["Errors"]),
        ("2027-06-05T12:00", [], ["Party"]),
        ("2027-06-05T23:30", ["Party"], ["Cake"]),
        ("2027-06-06T00:45", ["Party", "Cake"], ["Keynote", "Workshop"]),
        ("2027-06-07T00:45", ["Party", "Cake"], []),
        ("2027-06-07T01:00", [], []),
    ],
)
def test_a_page_shows_what_is_on_and_what_comes_next(
    moment: str, now: list[str], following: list[str]
) -> None:
    wanted = {"hours.now": now, "programme.next": following}
    assert _at(moment) == {label: names for label, names in wanted.items() if names}
