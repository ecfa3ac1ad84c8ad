"""The choices of the filter above a schedule, what its script knows, what is next."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from mkdocs_impldays.names.sessions import choices_of, filters_of, next_day, without_breaks
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.site import Site, SiteOptions
from tests.fests import HEAD, ROOT, fest_of

FEST = f"""{HEAD}\
venues: {{casa: {{name: Casa, rooms: {{big: {{name: Big}}, small: {{name: Small}}}}}}}}
tracks: {{tools: {{name: Tools}}}}
events:
  talks:
    title: Talks
    venue: casa
    days:
      - date: 2027-06-05
        agenda:
          - {{at: "10:00", for: 1 h, what: A, id: a, room: big, language: en, track: tools}}
          - {{at: "10:00", for: 1 h, what: B, id: b, room: small, language: de}}
          - {{at: "12:00", for: 1 h, what: Welcome, id: welcome}}
          - {{at: "13:00", for: 1 h, what: Lunch, id: lunch, kind: Break}}
      - date: 2027-06-06
        agenda: [{{at: "10:00", for: 90 min, what: C, id: c, room: big, language: en}}]
"""


OPTIONS = SiteOptions(template_folders=[str(ROOT / "mkdocs_impldays/theme")])


def _site() -> Site:
    fest = fest_of(FEST)
    moment = datetime(2027, 6, 1, tzinfo=UTC)
    return Site({fest.id: fest}, fest, moment, is_moment_set=False, sources={}, options=OPTIONS)


def _sessions() -> dict[str, Facts]:
    whole = _site().context().facts["fest"]
    assert isinstance(whole, Facts)
    programme = whole["programme"]
    assert isinstance(programme, Facts)
    sessions = programme["sessions"]
    assert isinstance(sessions, Facts)
    return {key: each for key, each in sessions.facts.items() if isinstance(each, Facts)}


def test_what_all_sessions_share_is_no_choice() -> None:
    assert filters_of(_sessions().values()) == {
        "day": {"2027-06-05": "Saturday 5 June 2027", "2027-06-06": "Sunday 6 June 2027"},
        "room": {"Big": "Big", "Small": "Small"},
        "language": {"English": "English", "German": "German"},
    }


def test_a_session_has_its_choices_and_one_without_a_room_those_of_every_room() -> None:
    choices = choices_of(without_breaks(_sessions()))
    assert choices == {"a": "0 0 0", "b": "0 1 1", "welcome": "0 * -", "c": "1 0 0"}


def test_a_break_is_neither_counted_nor_marked() -> None:
    programme = _site().context().macros.programme
    assert "4 of 4" in programme.schedule_filter()
    lines = re.findall(r'<li id="session-(\w+)"([^>]*)>', programme.schedule())
    assert [name for name, attributes in lines if "data-choices" not in attributes] == ["lunch"]


@pytest.mark.parametrize(
    ("moment", "names"),
    [
        (datetime(2027, 6, 1, tzinfo=UTC), ["a", "b", "welcome", "lunch"]),
        (datetime(2027, 6, 5, 20, tzinfo=UTC), ["a", "b", "welcome", "lunch"]),
        (datetime(2027, 6, 6, 7, tzinfo=UTC), ["c"]),
        (datetime(2027, 6, 9, tzinfo=UTC), []),
    ],
)
def test_the_day_without_a_script_is_the_one_that_is_on_or_next(
    moment: datetime, names: list[str]
) -> None:
    found = next_day(fest_of(FEST), _sessions(), View(moment, is_preview=False))
    assert [each["id"] for each in found] == names
