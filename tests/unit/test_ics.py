from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import icalendar
import pytest

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.output.ics import Calendars
from mkdocs_impldays.output.vevent import entries_of

STAMP = datetime(2018, 4, 18, 10, 30, tzinfo=UTC)
HEAD = "name: RustFest Paris\ncity: Paris\ncountry: FR\ntimezone: Europe/Paris\n"
HOURS = 'opens: "09:00", closes: "18:00"'
EVENT = f"""
events:
  impl_days:
    title: impl Days
    days: [{{date: 2018-05-28, {HOURS}}}, {{date: 2018-05-29, {HOURS}}}]
"""


def _fest(text: str, fest_id: str = "paris-2018") -> Fest:
    fest, problems = load_fest((HEAD + text).encode(), path="f.yml", fest_id=fest_id)
    assert fest is not None, problems
    return fest


def _entries(fest: Fest, *, site_url: str | None = None, stamp: datetime = STAMP) -> list[Any]:
    """Return the entries; icalendar types each property as one of 30 classes, hence `Any`."""
    data = Calendars(site_url=site_url, stamps={fest.id: stamp}).of_fest(fest)
    return list(icalendar.Calendar.from_ical(data).events)


def _days(days: str) -> str:
    return f"events: {{impl_days: {{title: impl Days, days: {days}}}}}"


def _spans(days: str) -> list[tuple[str, str, str]]:
    entries = _entries(_fest(_days(days)))
    return [(e["UID"].split("/")[-1], str(e.start), str(e.end)) for e in entries]


def test_days_without_hours_are_one_entry_whose_end_is_the_day_after() -> None:
    assert _spans("[2018-05-28, 2018-05-29]") == [("day1@impldays", "2018-05-28", "2018-05-30")]


def test_days_with_hours_are_entries_of_their_own() -> None:
    days = f"[{{date: 2018-05-28, {HOURS}}}, {{date: 2018-05-29, {HOURS}}}]"
    assert _spans(days) == [
        ("day1@impldays", "2018-05-28 09:00:00+02:00", "2018-05-28 18:00:00+02:00"),
        ("day2@impldays", "2018-05-29 09:00:00+02:00", "2018-05-29 18:00:00+02:00"),
    ]


def test_a_day_that_does_not_follow_is_an_entry_of_its_own() -> None:
    assert _spans(f"[2018-05-28, 2018-05-30, {{date: 2018-05-31, {HOURS}}}, 2018-06-01]") == [
        ("day1@impldays", "2018-05-28", "2018-05-29"),
        ("day2@impldays", "2018-05-30", "2018-05-31"),
        ("day3@impldays", "2018-05-31 09:00:00+02:00", "2018-05-31 18:00:00+02:00"),
        ("day4@impldays", "2018-06-01", "2018-06-02"),
    ]


@pytest.mark.parametrize("closes", ["", ", closes: tba"])
def test_a_day_whose_closing_is_not_known_begins_at_its_hour_and_has_no_end(closes: str) -> None:
    days = f'[{{date: 2018-05-28, opens: "09:00"{closes}}}, 2018-05-29, 2018-05-30]'
    first, second = _entries(_fest(_days(days)))
    assert str(first["DTSTART"].dt) == "2018-05-28 09:00:00+02:00"
    assert "DTEND" not in first
    assert "DURATION" not in first
    assert (str(second.start), str(second.end)) == ("2018-05-29", "2018-05-31")


def test_a_day_without_hours_does_not_take_the_time_of_those_that_have_some() -> None:
    days = f"[2018-05-27, {{date: 2018-05-28, {HOURS}}}]"
    assert [e.get("TRANSP") for e in _entries(_fest(_days(days)))] == ["TRANSPARENT", None]


RSVP = """rsvp:
  event: impl_days
  url: https://tickets.example/paris
  label: "Yes, `impl Days`!"
  opens: 2018-04-18 12:00
  closes: 2018-05-27 18:00
"""


def _told(text: str) -> list[str]:
    return str(_entries(_fest(text))[0].get("DESCRIPTION", "")).splitlines()


def test_an_entry_has_the_link_to_the_tickets_with_its_dates() -> None:
    assert _told(EVENT) == []
    assert _told(EVENT + RSVP) == [
        "Yes, impl Days!: https://tickets.example/paris",
        "RSVP opens on Wednesday 18 April 2018 at 12:00 CEST",
        "RSVP closes on Sunday 27 May 2018 at 18:00 CEST",
    ]
    waiting = f"{RSVP}  availability: waitlist\n  waitlist_url: https://tickets.example/wait\n"
    assert _told(EVENT + waiting)[0] == "Waiting list for impl Days: https://tickets.example/wait"


@pytest.mark.parametrize(
    "turn",
    ["status: cancelled\n", "status: postponed\n", "  availability: full\n"],
)
def test_an_entry_has_no_link_where_there_is_nothing_to_get(turn: str) -> None:
    text = EVENT + RSVP + turn if turn.startswith(" ") else turn + EVENT + RSVP
    assert "tickets.example" not in "\n".join(_told(text))


def test_an_entry_keeps_its_link_when_the_event_moves_online() -> None:
    join = "join: {url: https://live.example/}\n"
    told = _told(join + EVENT + RSVP)
    assert told[:2] == [
        "Join online: https://live.example/",
        "Yes, impl Days!: https://tickets.example/paris",
    ]


def test_the_summary_says_that_an_event_is_not_held() -> None:
    names = [
        str(_entries(_fest(turn + EVENT))[0]["SUMMARY"])
        for turn in ("", "status: cancelled\n", "status: postponed\nlanguage: de\n")
    ]
    assert names == [
        "RustFest Paris: impl Days",
        "Cancelled: RustFest Paris: impl Days",
        "Verschoben: RustFest Paris: impl Days",
    ]


def test_a_day_without_opening_hour_that_ends_on_the_next_one_is_two_days() -> None:
    days = "[{date: 2018-05-28, closes: 2018-05-29 16:00}, 2018-05-30]"
    assert _spans(days) == [("day1@impldays", "2018-05-28", "2018-05-31")]


def test_uids_stay_when_titles_dates_and_hours_change() -> None:
    before = _entries(_fest(_days("[2018-05-28]")))
    later = _fest(
        f"events: {{impl_days: {{title: Coding, days: [{{date: 2019-01-02, {HOURS}}}]}}}}"
    )
    assert [e["UID"] for e in _entries(later)] == [e["UID"] for e in before]


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_does_not_take_place_stays_as_a_crossed_out_entry(status: str) -> None:
    before, after = _entries(_fest(EVENT)), _entries(_fest(f"status: {status}\n{EVENT}"))
    assert [e["UID"] for e in after] == [e["UID"] for e in before]
    assert [e.start for e in after] == [e.start for e in before]
    assert [str(e["STATUS"]) for e in after] == ["CANCELLED", "CANCELLED"]


def test_only_the_event_that_is_cancelled_is_crossed_out() -> None:
    fest = _fest(
        "events:\n  talks: {title: Talks, days: [2018-05-26], status: cancelled}\n"
        "  impl_days: {title: impl Days, days: [2018-05-28]}"
    )
    assert [str(e["STATUS"]) for e in _entries(fest)] == ["CANCELLED", "CONFIRMED"]


def test_a_later_edit_raises_the_sequence_whatever_was_edited() -> None:
    before, later = _entries(_fest(EVENT)), STAMP + timedelta(seconds=1)
    after = _entries(_fest(EVENT.replace("09:00", "10:00")), stamp=later)
    assert all(new["SEQUENCE"] > old["SEQUENCE"] for old, new in zip(before, after, strict=True))
    assert all(0 < new["SEQUENCE"] < 2**31 for new in after)
    assert [new["LAST-MODIFIED"].dt for new in after] == [later, later]


def test_an_event_without_known_days_has_no_entry_and_its_calendar_still_has_a_component() -> None:
    fest = _fest(_days("tba"))
    event = fest.events["impl_days"]
    assert list(entries_of(fest, event)) == []
    data = Calendars(site_url=None, stamps={fest.id: STAMP}).of_event(fest, event)
    names = [part.name for part in icalendar.Calendar.from_ical(data).subcomponents]
    assert names == ["VTIMEZONE"]


def test_the_feed_holds_every_fest_whatever_their_order() -> None:
    one, two = _fest(EVENT), _fest(_days("[2019-01-01]"), "paris-2019")
    stamps = dict.fromkeys([one.id, two.id], STAMP)
    data = Calendars(site_url=None, stamps=stamps).of_fests([two, one], name="RustFest")
    assert data == Calendars(site_url=None, stamps=stamps).of_fests([one, two], name="RustFest")
    uids = [str(e["UID"]).split("/")[0] for e in icalendar.Calendar.from_ical(data).events]
    assert uids == ["paris-2018", "paris-2018", "paris-2019"]


def test_the_stamp_is_written_in_utc_and_whole_seconds() -> None:
    stamp = datetime(2018, 4, 18, 12, 30, 1, 999999, timezone(timedelta(hours=2)))
    fest = _fest(EVENT)
    data = Calendars(site_url=None, stamps={fest.id: stamp}).of_fest(fest)
    assert b"DTSTAMP:20180418T103001Z\r\n" in data


def test_the_address_is_that_of_the_events_page_where_the_site_is_known() -> None:
    fest = _fest(EVENT.replace("    days", "    page: /about/#hours\n    days"))
    assert "URL" not in _entries(fest)[0]
    (first, _) = _entries(fest, site_url="https://rustfest.eu/paris")
    assert first["URL"] == "https://rustfest.eu/paris/about/#hours"


def test_nothing_is_in_a_calendar_that_some_programs_refuse() -> None:
    fest = _fest(EVENT)
    data = Calendars(site_url=None, stamps={fest.id: STAMP}).of_fest(fest)
    assert b"BEGIN:VEVENT" in data
    assert b"COMMENT" not in data
    assert b"METHOD" not in data


DELAYED = EVENT.replace("    days", "    delay: 60\n    days")


@pytest.mark.parametrize("seconds", [1, 60, 3600])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (DELAYED, DELAYED.replace("60", "15")),
        (DELAYED, EVENT),
        (f"status: cancelled\n{EVENT}", EVENT),
        (f"changes: [{{date: 2018-05-01, what: Another hall.}}]\n{EVENT}", EVENT),
    ],
    ids=["shorter delay", "no delay", "takes place after all", "no change"],
)
def test_the_sequence_never_falls(before: str, after: str, seconds: int) -> None:
    old = _entries(_fest(before))
    new = _entries(_fest(after), stamp=STAMP + timedelta(seconds=seconds))
    assert all(a["SEQUENCE"] > b["SEQUENCE"] for a, b in zip(new, old, strict=True))
    same = _entries(_fest(after))
    assert all(a["SEQUENCE"] >= b["SEQUENCE"] for a, b in zip(same, old, strict=True))


def test_each_fest_has_the_stamp_of_its_own_file() -> None:
    one, two = _fest(EVENT), _fest(_days("[2019-01-01]"), "paris-2019")
    later = STAMP + timedelta(days=3)
    calendars = Calendars(site_url=None, stamps={one.id: STAMP, two.id: later})
    data = calendars.of_fests([one, two], name="RustFest")
    entries: list[Any] = list(icalendar.Calendar.from_ical(data).events)
    assert [e["DTSTAMP"].dt for e in entries] == [STAMP, STAMP, later]
    assert entries[0]["SEQUENCE"] == entries[1]["SEQUENCE"] < entries[2]["SEQUENCE"]


def test_a_cancelled_day_keeps_the_entries_of_all() -> None:
    days = f"[{{date: 2018-05-28, {HOURS}, status: cancelled}}, {{date: 2018-05-29, {HOURS}}}]"
    first, second = _entries(_fest(_days(days)))
    assert [str(first["UID"])[-13:], str(second["UID"])[-13:]] == ["day1@impldays", "day2@impldays"]
    assert [str(first["STATUS"]), str(second["STATUS"])] == ["CANCELLED", "CONFIRMED"]
    assert str(first["SUMMARY"]) != str(second["SUMMARY"])


def test_a_cancelled_day_without_hours_is_an_entry_of_its_own() -> None:
    days = "[2018-05-28, {date: 2018-05-29, status: cancelled}, 2018-05-30]"
    assert [str(e["STATUS"]) for e in _entries(_fest(_days(days)))] == [
        *("CONFIRMED", "CANCELLED", "CONFIRMED")
    ]


def test_an_id_keeps_a_day_s_entry_at_any_place() -> None:
    days = f"[{{date: 2018-05-28, {HOURS}}}, {{date: 2018-05-29, id: tuesday, {HOURS}}}]"
    (alone,) = _entries(_fest(_days(f"[{{date: 2018-05-29, id: tuesday, {HOURS}}}]")))
    assert alone["UID"] == _entries(_fest(_days(days)))[1]["UID"]
