"""The sessions of an agenda on a page with the schedule."""

from __future__ import annotations

import re
from pathlib import Path

from tests.fests import HEAD
from tests.sites.building import built, site

FEST = f"""{HEAD}venues: {{casa: {{name: Casa, rooms: {{big: {{name: Main <hall>}}}}}}}}
tracks: {{tools: {{name: Tools}}}}
speakers: {{ada: {{name: Ada & Co}}}}
events:
  talks:
    title: Talks
    days: [2027-06-05]
    venue: casa
    agenda:
      - {{at: "10:00", for: 45 min, what: Errors, room: big, track: tools, speakers: ada,
         url: "https://rustfest.eu/errors"}}
      - {{at: "11:00", until: "12:00", what: Macros, room: big, status: cancelled}}
      - {{at: "12:00", what: Lunch, status: moved}}
"""


def _lines(tmp_path: Path, now: str) -> list[str]:
    """Return the text of each line of the plan, with what is struck between tildes."""
    options = {"now": now}
    files = {"docs/index.md": "# Home\n\n{{ schedule() }}\n"}
    done = built(site(tmp_path, files, fest=FEST, options=options))
    assert not done.stopped, done.lines
    found = re.findall(r"<li id=[^>]*><time.*?</li>", done.page("index.html"), re.DOTALL)
    plain = [re.sub(r"<[^>]*>", "", re.sub(r"</?s>", "~", each)) for each in found]
    return [" ".join(each.split()) for each in plain]


def test_the_schedule_tells_room_people_and_track_and_what_is_off(tmp_path: Path) -> None:
    assert _lines(tmp_path, "2027-06-04T12:00") == [
        "10:00 Errors Now until 10:45 · Main &lt;hall&gt; · Ada &amp; Co · Tools",
        "11:00 Cancelled ~no longer: Macros~ until 12:00 · Main &lt;hall&gt;",
        "12:00 Moved Lunch Now Next",
    ]
