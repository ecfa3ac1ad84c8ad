"""What pages tell search engines of sessions and speakers."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.sessions import lines_of, session_source, speaker_source
from mkdocs_impldays.output.jsonld import event_node, fest_node, session_node, speaker_node
from tests.fests import HEAD, fest_of

SITE = "https://fest.example/"
SCHEMA = "https://schema.org/"
MOMENT = datetime(2027, 5, 1, tzinfo=UTC)
TALK = "at: '10:00', for: 45 min, what: Errors, id: errors, room: big, speakers: [ada, eve]"


def _fest(*lines: str, event: str = "", days: str = "2027-06-05", room: str = "") -> Fest:
    agenda = "".join(f"      - {{{each}}}\n" for each in lines)
    return fest_of(f"""{HEAD}venues:
  casa: {{name: Casa, street: Rua 1, rooms: {{big: {{name: Hall, capacity: 90{room}}}}}}}
speakers:
  ada: {{name: Ada, url: "https://ada.example/", links: [
    {{title: Code, url: "https://code.example/ada"}},
    {{title: Mail, url: "mailto:ada@ada.example"}}]}}
  eve: {{name: Eve}}
events:
  talks:
    title: Talks
    venue: casa
    days: [{days}]
{event}    agenda:
{agenda}""")


def _session(fest: Fest, name: str = "errors") -> dict[str, Any]:
    page = f"{SITE}fests/a-fest/sessions/{name}/"
    pages = {speaker_source(fest, "ada"): "fests/a-fest/speakers/ada/"}
    about = {"page_url": page, "site_url": SITE, "moment": MOMENT, "addresses": pages}
    return session_node(fest, lines_of(fest)[name], **about)  # type: ignore[arg-type]  # one dict of several kinds


def _parts(fest: Fest, **more: Any) -> list[dict[str, Any]]:
    node = fest_node(fest, site_url=SITE, moment=MOMENT, has_sessions=True, **more)
    assert node is not None
    parts = node.get("subEvent", [])
    assert isinstance(parts, list)
    return parts


def test_a_session_is_in_its_room_with_its_people() -> None:
    node = _session(_fest(TALK))
    assert node["performer"] == [
        {
            "@type": "Person",
            "@id": f"{SITE}fests/a-fest/speakers/ada/#speaker",
            "name": "Ada",
            "url": f"{SITE}fests/a-fest/speakers/ada/",
            "sameAs": ["https://ada.example/", "https://code.example/ada"],
        },
        {"@type": "Person", "name": "Eve"},
    ]
    room = node["location"]
    assert (room["@type"], room["name"], room["maximumAttendeeCapacity"]) == ("Place", "Hall", 90)
    assert room["containedInPlace"]["name"] == "Casa"
    assert room["address"]["streetAddress"] == "Rua 1"
    assert (node["startDate"], node["endDate"]) == (
        "2027-06-05T10:00:00+02:00",
        "2027-06-05T10:45:00+02:00",
    )
    above = node["superEvent"]
    assert above["@id"] == f"{SITE}#a-fest"
    assert not {"subEvent", "organizer", "sponsor"} & set(above)


def test_a_session_of_one_of_several_events_is_a_part_of_that_event() -> None:
    text = "events: {talks: {title: Talks, days: [2027-06-05], agenda: [{at: '10:00', what: A}]},"
    fest = fest_of(f"{HEAD}{text} hack: {{title: Hack, days: [2027-06-06]}}}}\n")
    about = {"page_url": SITE, "site_url": SITE, "moment": MOMENT}
    above = session_node(fest, lines_of(fest)["a"], **about)["superEvent"]  # type: ignore[arg-type]  # as above
    assert (above["@id"], above["superEvent"]["@id"]) == (f"{SITE}#a-fest-talks", f"{SITE}#a-fest")


LIVE, ROOM = "https://live.example/", "https://room.example/"
BOTH = ["Place", "VirtualLocation"]


@pytest.mark.parametrize(
    ("streams", "event", "kinds", "mode", "url"),
    [
        ((), "", ["Place"], "Offline", None),
        ((), "online", ["VirtualLocation"], "Online", SITE),
        ((), "hybrid", BOTH, "Mixed", SITE),
        ((LIVE,), "", BOTH, "Mixed", LIVE),
        ((LIVE,), "online", ["VirtualLocation"], "Online", LIVE),
        ((LIVE, ROOM), "hybrid", BOTH, "Mixed", LIVE),
        ((None, ROOM), "hybrid", BOTH, "Mixed", ROOM),
    ],
)
def test_a_session_is_where_people_take_part(
    streams: tuple[str | None, ...], event: str, kinds: list[str], mode: str, url: str | None
) -> None:
    line, room = (f', stream: "{each}"' if each else "" for each in (*streams, None, None)[:2])
    above = f"    attendance: {event}\n" if event else ""
    node = _session(_fest(TALK + line, event=above, room=room))
    places = node["location"] if isinstance(node["location"], list) else [node["location"]]
    assert [each["@type"] for each in places] == kinds
    assert node["eventAttendanceMode"] == f"{SCHEMA}{mode}EventAttendanceMode"
    assert url is None or places[-1]["url"] == url


@pytest.mark.parametrize(
    ("line", "event", "days", "status", "before"),
    [
        ("", "", "2027-06-05", "EventScheduled", None),
        (", status: moved", "", "2027-06-05", "EventScheduled", None),
        (", status: cancelled", "", "2027-06-05", "EventCancelled", None),
        ("", "status: postponed", "2027-06-05", "EventPostponed", None),
        ("", "", "{date: 2027-06-05, delay: 30}", "EventRescheduled", "2027-06-05T10:00:00+02:00"),
        (
            *(", status: cancelled", "", "{date: 2027-06-05, delay: 30}"),
            *("EventCancelled", None),
        ),
        (
            *("", "status: rescheduled\n    new_start: 2027-06-12", "2027-06-05"),
            *("EventRescheduled", "2027-06-05"),
        ),
    ],
)
def test_what_became_of_a_session_is_told(
    line: str, event: str, days: str, status: str, before: str | None
) -> None:
    node = _session(_fest(TALK + line, event=f"    {event}\n" if event else "", days=days))
    assert node["eventStatus"] == f"{SCHEMA}{status}"
    assert node.get("previousStartDate") == before


def test_the_page_of_the_fest_lists_the_sessions_with_each_place_once() -> None:
    lines = [TALK, "at: '11:00', what: More, room: big, speakers: ada", "at: '12:00', what: Lunch"]
    fest = _fest(*lines, "at: '13:00', what: Coffee, kind: Break, room: big")
    pages = {
        session_source(fest, "errors"): "fests/a-fest/sessions/errors/",
        speaker_source(fest, "ada"): "fests/a-fest/speakers/ada/",
    }
    first, second = _parts(fest, addresses=pages)
    assert (first["name"], first["url"]) == ("Errors", f"{SITE}fests/a-fest/sessions/errors/")
    assert (second["name"], second.get("url")) == ("More", None)
    assert first["location"]["name"] == "Hall"
    assert second["location"] == {"@id": first["location"]["@id"]}
    assert second["performer"] == [{"@id": first["performer"][0]["@id"]}]
    assert not {"organizer", "image", "superEvent"} & set(first)


def test_the_home_page_and_the_pages_of_events_list_no_sessions() -> None:
    fest = _fest(TALK)
    home = fest_node(fest, site_url=SITE, moment=MOMENT)
    event = event_node(fest, fest.events["talks"], site_url=SITE, moment=MOMENT)
    assert home
    assert event
    assert "subEvent" not in {**home, **event}


def test_three_hundred_sessions_stay_small_on_the_page_of_the_fest() -> None:
    lines = [
        f"at: '{9 + number // 60:02d}:{number % 60:02d}', for: 1 min, what: Talk about {number},"
        " room: big, speakers: [ada, eve]"
        for number in range(300)
    ]
    fest = _fest(*lines)
    assert len(lines_of(fest)) == 300
    pages = {session_source(fest, key): f"fests/a/sessions/{key}/" for key in lines_of(fest)}
    node = fest_node(fest, site_url=SITE, moment=MOMENT, has_sessions=True, addresses=pages)
    assert len(gzip.compress(json.dumps(node).encode(), mtime=0)) < 9000


def test_a_speaker_without_a_page_is_at_the_own_one() -> None:
    node = speaker_node(_fest(TALK), "ada", page_url=None)
    assert (node["url"], node["sameAs"]) == ("https://ada.example/", ["https://code.example/ada"])
