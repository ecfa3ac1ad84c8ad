"""Events that are online or hybrid from the start, in all that is made of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.time import at, join_spans
from mkdocs_impldays.names.banners import notice_lines
from mkdocs_impldays.names.button import call_button
from mkdocs_impldays.output.export import fest_json
from mkdocs_impldays.output.ics import Calendars
from mkdocs_impldays.output.jsonld import event_node
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.words.phrases import Words
from tests.fests import HEAD, fest_of, rsvp_of
from tests.unit.test_alternatives import shown

ONLINE = """\
name: Rust Online
attendance: online
timezone: Europe/Paris
events:
  talks: {title: Talks, days: [{date: 2027-06-05, opens: "10:00", closes: "18:00"}]}
join: {url: https://meet.rustfest.eu/a, recording: https://video.rustfest.eu/a}
rsvp: {event: talks, url: https://ti.to/rust-online}
"""
PLACE = "city: Paris\ncountry: FR\nvenues: {hall: {name: Hall, street: Rue 1}}\n"
HYBRID = (ONLINE + PLACE).replace("online\n", "hybrid\n").replace("title:", "venue: hall, title:")
EARLY = datetime(2027, 5, 1, tzinfo=UTC)
DUE = datetime(2027, 6, 5, 7, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORDS = Words.of("en")


def _node(fest: Fest) -> dict[str, Any]:
    event = fest.events["talks"]
    node = event_node(fest, event, site_url="https://rustfest.eu/", moment=EARLY)
    assert node is not None
    return node


def _entry(fest: Fest) -> Any:
    made = Calendars(site_url=None, stamps={fest.id: EARLY}).of_fest(fest)
    return next(iter(icalendar.Calendar.from_ical(made).events))


@pytest.mark.parametrize("text", [ONLINE, HYBRID], ids=["online", "hybrid"])
def test_an_event_with_a_link_of_its_own_did_not_move(text: str) -> None:
    fest = fest_of(text.replace("days: [", "join: {url: https://meet.rustfest.eu/b}, days: ["))
    assert fest.status_of(fest.events["talks"]) == fest.status_of() == "scheduled"


def test_an_online_fest_needs_no_town_and_did_not_move() -> None:
    fest = fest_of(ONLINE)
    assert (fest.city, fest.country, fest.status_of()) == ("", "", "scheduled")
    assert fest.is_online()
    assert fest.is_online(fest.events["talks"])


@pytest.mark.parametrize(
    ("join", "status", "is_reported"),
    [
        ("tba", "", True),
        ("tba", "status: moved-online\n", False),
        ("tba", "status: cancelled\n", False),
        ("tba", "attendance: hybrid\n", False),
        ("https://rustfest.eu/join", "", False),
    ],
)
@pytest.mark.parametrize("where", ["fest", "event"])
def test_a_link_that_is_not_known_is_no_reason_to_say_that_an_event_moved_online(
    where: str, join: str, status: str, is_reported: bool
) -> None:
    link, days = f"join: {{url: {join}}}", "title: Talks, days: [2027-06-05]"
    own = f", {link}" if where == "event" else ""
    text = f"{HEAD}events:\n  talks: {{{days}{own}}}\n{status}"
    text += "" if own else f"{link}\n"
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    found = [each for each in problems if "says that it moved online" in each.message]
    assert [each.severity for each in found] == ["warning"] * is_reported
    assert all(f"{link}" in text.splitlines()[(each.line or 0) - 1] for each in found)


@pytest.mark.parametrize("attendance", ["on-site", "hybrid"])
def test_another_fest_needs_one(attendance: str) -> None:
    text = ONLINE.replace("attendance: online", f"attendance: {attendance}")
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    messages = [str(problem) for problem in problems]
    assert 'f.yml:1: city is missing. Add "city: …".' in messages
    assert 'f.yml:1: country is missing. Add "country: …".' in messages


def test_an_event_of_its_own_attendance_makes_the_fest_hybrid() -> None:
    text = (ONLINE + PLACE).replace("attendance: online\n", "")
    text = text.replace("  talks:", "  impl: {title: I, attendance: online, days: tba}\n  talks:")
    fest = fest_of(text)
    assert fest.attendance_of() == "hybrid"
    assert fest.attendance_of(fest.events["impl"]) == "online"
    assert fest.status_of(fest.events["talks"]) == "scheduled"
    assert join_spans(fest, fest.events["talks"]) == []


@pytest.mark.parametrize(
    ("text", "mode", "kinds"),
    [
        (ONLINE, "Online", ["VirtualLocation"]),
        (HYBRID, "Mixed", ["Place", "VirtualLocation"]),
        (HYBRID.replace("attendance: hybrid\n", "status: moved-online\n"), "Online", None),
    ],
)
def test_search_engines_read_how_people_attend(
    text: str, mode: str, kinds: list[str] | None
) -> None:
    node = _node(fest_of(text))
    assert node["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    places = node["location"] if isinstance(node["location"], list) else [node["location"]]
    assert [place["@type"] for place in places] == (kinds or ["VirtualLocation"])


def test_calendars_say_it_where_the_place_is() -> None:
    assert _entry(fest_of(ONLINE))["LOCATION"] == "Online"
    assert _entry(fest_of(HYBRID))["LOCATION"] == "Hall, Rue 1, Paris, France; Also online"
    assert "https://meet.rustfest.eu/a" in _entry(fest_of(HYBRID))["DESCRIPTION"]


def test_the_link_to_join_comes_when_it_is_due_and_then_the_recording() -> None:
    fest = fest_of(ONLINE)
    states = call_states(fest, fest.rsvp)
    assert at(states, DUE - HOUR) is CallState.OPEN
    assert at(states, DUE) is CallState.JOIN
    assert at(states, DUE + 9 * HOUR) is CallState.PAST
    for moment, there in [(EARLY, ""), (DUE, ""), (DUE + 9 * HOUR, "")]:
        assert noticed(fest, moment) == there
        button = call_button(fest, rsvp_of(fest), view=View(moment), words=WORDS)
        assert "https://video.rustfest.eu/a" in button


@pytest.mark.parametrize(
    ("text", "moment", "is_on"),
    [
        (ONLINE, DUE, False),
        (ONLINE, DUE + HOUR / 2 - HOUR / 60, False),
        (ONLINE, DUE + HOUR / 2, True),
        (HYBRID, DUE + HOUR / 2, True),
    ],
)
def test_the_link_to_join_says_when_the_event_is_on(
    text: str, moment: datetime, *, is_on: bool
) -> None:
    fest = fest_of(text)
    button = shown(call_button(fest, rsvp_of(fest), view=View(moment), words=WORDS))
    assert "Join online" in button
    assert ("On now: Talks" in button) is is_on


def noticed(fest: Fest, moment: datetime) -> str:
    """Return which of the two addresses the notice shows."""
    lines = notice_lines(fest, view=View(moment), words=WORDS)
    shown = "".join(str(line) for line in lines if "hidden" not in str(line["shown"]))
    return " ".join(word for word in ("meet", "video") if f"//{word}." in shown)


def test_the_notice_has_the_links_only_where_the_button_has_not() -> None:
    assert noticed(fest_of(ONLINE.partition("rsvp:")[0]), DUE) == "meet"
    assert noticed(fest_of(HYBRID), DUE) == "meet"
    assert noticed(fest_of(HYBRID), DUE + HOUR) == ""
    moved = HYBRID.replace("attendance: hybrid\n", "status: moved-online\n")
    assert noticed(fest_of(moved), DUE + HOUR) == "meet"
    assert noticed(fest_of(moved), DUE + 9 * HOUR) == ""
    assert noticed(fest_of(ONLINE.partition("rsvp:")[0]), DUE + 9 * HOUR) == "video"


def test_people_can_sign_up_for_the_venue_of_a_hybrid_event_until_it_begins() -> None:
    fest = fest_of(HYBRID)
    states = call_states(fest, fest.rsvp)
    assert at(states, DUE) is CallState.OPEN
    assert at(states, DUE + HOUR) is CallState.JOIN
    full = fest_of(HYBRID.replace("online}", "online, availability: full}"))
    assert at(call_states(full, full.rsvp), DUE) is CallState.JOIN


EVENINGS = """\
name: Rust Online
attendance: online
timezone: Europe/Paris
events:
  meetup:
    title: Meetup
    days:
      - {date: 2027-06-05, opens: "18:30", closes: "20:00"}
      - {date: 2027-07-05, opens: "18:30", closes: "20:00"}
      - {date: 2027-08-05, opens: "18:30", closes: "20:00"}
join: {url: https://meet.rustfest.eu/a, recording: https://video.rustfest.eu/a}
"""
RSVP = "rsvp: {event: meetup, url: https://ti.to/rust-online}\n"
NEAR = EVENINGS.replace("07-05", "06-06").replace("08-05", "06-07")


@pytest.mark.parametrize(
    ("moment", "series", "near"),
    [
        ("06-05T17:59", "", ""),
        ("06-05T18:00", "meet", "meet"),
        ("06-05T20:00", "video", ""),
        ("06-06T18:30", "video", "meet"),
        ("06-06T20:00", "video", ""),
        ("06-07T20:00", "video", "video"),
        ("07-05T17:59", "video", "video"),
        ("07-05T18:00", "meet", "video"),
        ("07-05T20:00", "video", "video"),
        ("08-05T19:59", "meet", "video"),
        ("08-05T20:00", "video", "video"),
    ],
)
def test_the_link_to_join_is_shown_on_its_evenings_only(
    moment: str, series: str, near: str
) -> None:
    """The recording comes after each evening of a series, and after the last day of others."""
    at_moment = datetime.fromisoformat(f"2027-{moment}+02:00")
    assert noticed(fest_of(EVENINGS), at_moment) == series
    assert noticed(fest_of(NEAR), at_moment) == near


@pytest.mark.parametrize(
    ("text", "moment", "state"),
    [
        (EVENINGS, "06-05T18:00", CallState.JOIN),
        (EVENINGS, "06-05T20:00", CallState.OPEN),
        (EVENINGS, "08-05T18:00", CallState.JOIN),
        (EVENINGS, "08-05T20:00", CallState.PAST),
        (NEAR, "06-06T03:00", CallState.NEXT),
        (NEAR, "06-06T18:00", CallState.JOIN),
    ],
)
def test_the_button_leads_there_on_its_evenings_only(
    text: str, moment: str, state: CallState
) -> None:
    fest = fest_of(text + RSVP)
    at_moment = datetime.fromisoformat(f"2027-{moment}+02:00")
    assert at(call_states(fest, fest.rsvp), at_moment) is state
    assert noticed(fest, at_moment) in {"", "video"}


def test_the_notice_has_the_link_of_every_evening_of_a_hybrid_series() -> None:
    text = (EVENINGS + RSVP + PLACE).replace("online\n", "hybrid\n")
    for month in (6, 7):
        moment = datetime(2027, month, 5, 17, tzinfo=UTC)
        assert noticed(fest_of(text), moment) == "meet"
    assert noticed(fest_of(text), datetime(2027, 8, 5, 17, tzinfo=UTC)) == ""


@pytest.mark.parametrize(
    ("typed", "links"),
    [
        ('"17:15"', "06-05T17:15..20:00 07-05T17:15..20:00 08-05T17:15..20:00"),
        ('"19:00"', "06-05T19:00..20:00 07-05T19:00..20:00 08-05T19:00..20:00"),
        ("2027-06-05 17:00", "06-05T17:00..20:00 07-05T18:00..20:00 08-05T18:00..20:00"),
        ("2027-06-20", "06-20T00:00..20:00 08-05T18:00..20:00"),
        ("2027-07-05 20:00", "07-05T20:00..20:00"),
    ],
)
def test_from_is_a_time_of_each_day_or_a_moment(typed: str, links: str) -> None:
    fest = fest_of(EVENINGS.replace("/a,", f"/a, from: {typed},"))
    spans = join_spans(fest, fest.events["meetup"])
    found = [f"{s.start:%m-%dT%H:%M}..{s.end:%H:%M}" for s in spans if s.start and s.end]
    assert " ".join(found) == links


def test_a_time_after_the_day_is_over_is_reported() -> None:
    text = EVENINGS.replace("/a,", '/a, from: "20:00",')
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    message = 'f.yml:11: join.from: "20:00" is after 2027-06-05 is over.'
    assert [str(each) for each in problems] == [
        f"{message} It would never be shown. Correct the time."
    ]


def test_nobody_joins_what_is_cancelled() -> None:
    fest = fest_of(ONLINE + "status: cancelled\n")
    assert join_spans(fest, fest.events["talks"]) == []
    assert [span.value for span in call_states(fest, fest.rsvp)] == [CallState.CANCELLED]
    lines = notice_lines(fest, view=View(DUE + 9 * HOUR), words=WORDS)
    assert "video" not in "".join(map(str, lines))


def test_other_programs_read_it() -> None:
    data = json.loads(fest_json(fest_of(HYBRID), site_url=None))
    assert (data["attendance"], data["events"][0]["attendance"]) == ("hybrid", "hybrid")
    data = json.loads(fest_json(fest_of(ONLINE), site_url=None))
    assert (data["city"], data["country"]) == (None, None)
