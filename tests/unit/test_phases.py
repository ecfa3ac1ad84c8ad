from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.instants import instants_of, next_change
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.missing import time_left
from mkdocs_impldays.fest.time import Phase, Span, Standing, at, limited_span, phases_of, tenses_of
from tests.fests import EVENT, HEAD, fest_of

PARIS = Path(__file__).parents[2] / "fests/paris-2018.yml"
ZONES = [
    *("Europe/Paris", "UTC", "America/Sao_Paulo", "Asia/Beirut", "Africa/Casablanca"),
    *("Pacific/Apia", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu"),
]
"""Among them zones whose clocks jump at midnight, by half an hour, or over a whole day."""


def _fest(text: str = "") -> Fest:
    fest, problems = load_fest(
        text.encode() if text else PARIS.read_bytes(), path="f.yml", fest_id="paris-2018"
    )
    assert fest is not None, problems
    return fest


def _states(fest: Fest) -> tuple[Span[CallState], ...]:
    return call_states(fest, fest.rsvp)


def _paris(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp).replace(tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2018-05-25 23:59", Standing(Phase.BEFORE, of=4)),
        ("2018-05-26 00:00", Standing(Phase.TODAY, 1, 4, date(2018, 5, 26))),
        ("2018-05-28 12:00", Standing(Phase.TODAY, 3, 4, date(2018, 5, 28))),
        ("2018-05-29 23:59", Standing(Phase.TODAY, 4, 4, date(2018, 5, 29))),
        ("2018-05-30 00:00", Standing(Phase.AFTER, of=4)),
    ],
)
def test_a_fest_stands_where_its_days_are(stamp: str, expected: Standing) -> None:
    assert at(phases_of(_fest()), _paris(stamp)) == expected


def test_a_fest_without_days_is_announced() -> None:
    text = PARIS.read_text("utf-8")
    for days in ("[2018-05-26]", "[2018-05-27]"):
        text = text.replace(days, "tba")
    head, _, tail = text.partition("    days:\n")
    fest = _fest(f"{head}    days: tba\n    agenda:{tail.partition('    agenda:')[2]}")
    assert phases_of(fest) == (Span(Standing(Phase.ANNOUNCED)),)
    assert tenses_of(fest, fest.events["impl_days"]) == (Span("future"),)
    assert CallState.NOW not in [span.value for span in _states(fest)]


def test_a_day_between_two_days_counts_to_the_next() -> None:
    fest = _fest(PARIS.read_text("utf-8").replace("[2018-05-27]", "[2018-06-02]"))
    standing = at(phases_of(fest), _paris("2018-05-31 12:00"))
    assert (standing.phase, standing.day, standing.of) == (Phase.BETWEEN, 4, 4)


def test_a_night_past_midnight_takes_from_the_next_day() -> None:
    text = PARIS.read_text("utf-8")
    fest = _fest(text.replace('opens: "09:00", closes: "18:00"}', "closes: 2018-05-29 02:00}", 1))
    spans = phases_of(fest, fest.events["impl_days"])
    assert at(spans, _paris("2018-05-29 01:59")).day == 1
    assert at(spans, _paris("2018-05-29 02:00")).day == 2


@pytest.mark.parametrize(
    ("stamp", "state"),
    [
        ("2018-04-18 11:59", CallState.SOON),
        ("2018-04-18 12:00", CallState.OPEN),
        ("2018-05-27 17:59", CallState.OPEN),
        ("2018-05-27 18:00", CallState.CLOSED),
        ("2018-05-28 09:00", CallState.NOW),
        ("2018-05-28 17:00", CallState.NOW),
        ("2018-05-28 20:00", CallState.NEXT),
        ("2018-05-29 18:00", CallState.PAST),
    ],
)
def test_the_rsvp_is_what_the_clock_says(stamp: str, state: CallState) -> None:
    assert at(_states(_fest()), _paris(stamp)) == state


@pytest.mark.parametrize(
    ("status", "states"),
    [
        ("cancelled", [CallState.CANCELLED]),
        ("postponed", [CallState.POSTPONED]),
        (
            "moved-online",
            [CallState.SOON, CallState.OPEN, CallState.MOVED_ONLINE, CallState.PAST],
        ),
    ],
)
def test_what_became_of_the_plan_wins_over_the_clock(status: str, states: list[CallState]) -> None:
    fest = _fest(f"status: {status}\n" + PARIS.read_text("utf-8"))
    assert [span.value for span in _states(fest)] == states


@pytest.mark.parametrize("key", ["opens: 2018-04-18 12:00", "url: https://ti.to/asquera"])
def test_an_rsvp_that_is_not_known_yet_is_soon_until_its_deadline_and_never_open(key: str) -> None:
    lines = [
        f"  {key.split(':', maxsplit=1)[0]}: tba" if line.strip().startswith(key) else line
        for line in PARIS.read_text("utf-8").split("\n")
    ]
    states = [span.value for span in _states(_fest("\n".join(lines)))]
    held = [CallState.NOW, CallState.NEXT, CallState.NOW]
    assert states == [CallState.SOON, CallState.CLOSED, *held, CallState.PAST]


def test_an_rsvp_that_opens_after_the_event_is_never_open() -> None:
    text = PARIS.read_text("utf-8").replace("opens: 2018-04-18 12:00", "opens: 2018-07-01")
    fest = _fest(text.replace("closes: 2018-05-27 18:00", "closes: 2018-08-01"))
    assert CallState.OPEN not in [span.value for span in _states(fest)]
    assert at(_states(fest), _paris("2018-07-15 00:00")) == CallState.PAST


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    text = PARIS.read_text("utf-8")
    for day in (26, 27, 28, 29):
        text = text.replace(f"2018-05-{day}", f"2018-10-{day}")
    text = text.replace("2018-10-27 18:00", "2018-10-28 02:30")
    text = text.replace('opens: "09:00", closes', "opens: 03:30, closes", 1)
    spans = _states(_fest(text.replace("2018-04-18 12:00", "2018-09-01")))
    assert at(spans, _paris("2018-10-28 02:15")) == CallState.OPEN
    assert at(spans, _paris("2018-10-28 02:15").replace(fold=1)) == CallState.CLOSED


def test_the_next_change_is_the_next_boundary() -> None:
    fest = _fest()
    assert next_change(fest, _paris("2018-01-01 00:00")) == _paris("2018-04-18 12:00")
    assert next_change(fest, _paris("2018-04-18 12:00")) == _paris("2018-05-26 00:00")
    assert next_change(fest, _paris("2019-01-01 00:00")) is None


_DATES = st.dates(date(2011, 12, 20), date(2012, 1, 10)) | st.dates(
    date(2018, 10, 1), date(2019, 4, 7)
)
_CLOCKS = st.times().map(lambda clock: f"{clock:%H:%M}")


@st.composite
def _days(draw: st.DrawFn) -> list[dict[str, str]]:
    days = []
    for day in sorted(draw(st.sets(_DATES, max_size=4))):
        closes = draw(st.none() | _CLOCKS | _CLOCKS.map(f"{day + timedelta(days=1)} {{}}".format))
        typed = {"date": str(day), "opens": draw(st.none() | _CLOCKS), "closes": closes}
        days.append({key: value for key, value in typed.items() if value})
    return days


_MOMENTS = st.none() | st.just("tba") | st.builds("{} {}".format, _DATES, _CLOCKS)


@st.composite
def _fests(draw: st.DrawFn) -> Fest:
    """Return any fest that can be: any zone, hours, nights past midnight, and RSVP."""
    events = {
        name: {"title": name, "days": draw(_days()) or "tba"} for name in ("talks", "impl_days")
    }
    rsvp = {"opens": draw(_MOMENTS), "closes": draw(_MOMENTS)}
    data: dict[str, Any] = {
        "name": "RustFest",
        "city": "Paris",
        "country": "FR",
        "events": events,
        "timezone": (zone := draw(st.sampled_from(ZONES))),
        "status": draw(st.sampled_from(["scheduled", "moved-online", "rescheduled"])),
        "rsvp": {
            "event": "impl_days",
            "url": draw(st.sampled_from(["https://rustfest.eu/", "tba"])),
            "availability": draw(st.sampled_from(["open", "waitlist", "full"])),
            **{key: value for key, value in rsvp.items() if value},
        },
    }
    while True:
        try:
            return Fest.model_validate(data, context={"zone": ZoneInfo(zone)})
        except ValidationError as error:  # a day that cannot be is left out, as is such an RSVP
            where = error.errors()[0]["loc"]
            if where[0] == "rsvp":
                data["rsvp"].pop("opens", None)
                data["rsvp"].pop("closes", None)
            else:
                events[str(where[1])]["days"] = "tba"


def _moments(fest: Fest) -> list[datetime]:
    instants = [instant.astimezone(UTC) for instant in instants_of(fest)]
    near = [instant + timedelta(seconds=n) for instant in instants for n in (-1, 0, 1)]
    return [*near, datetime(1990, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)]


def _fill_all_time(spans: Sequence[Span[Any]]) -> None:
    assert spans[0].start is None
    assert spans[-1].end is None
    for earlier, later in pairwise(spans):
        assert earlier.end == later.start
    for span in spans:
        if span.start and span.end:
            assert span.start.astimezone(UTC) < span.end.astimezone(UTC)


@given(_fests())
def test_each_moment_has_just_one_phase_state_and_tense(fest: Fest) -> None:
    spans: list[Sequence[Span[Any]]] = [phases_of(fest), _states(fest)]
    for event in fest.events.values():
        spans += [phases_of(fest, event), tenses_of(fest, event)]
    for each in spans:
        _fill_all_time(each)
        for moment in _moments(fest):
            assert sum(span.holds(moment) for span in each) == 1


@given(_fests())
def test_nothing_changes_before_the_next_change(fest: Fest) -> None:
    def told(moment: datetime) -> list[object]:
        events = fest.events.values()
        return [
            at(phases_of(fest), moment),
            at(_states(fest), moment),
            *(at(phases_of(fest, event), moment) for event in events),
            *(at(tenses_of(fest, event), moment) for event in events),
        ]

    for moment in _moments(fest):
        change = next_change(fest, moment)
        if change is None:
            assert told(moment) == told(datetime(2090, 1, 1, tzinfo=UTC))
        else:
            change = change.astimezone(UTC)
            assert change > moment
            assert told(change - timedelta(microseconds=1)) == told(moment)
            assert told(change) != told(moment)


@given(_fests())
def test_each_day_of_a_fest_is_today_at_its_noon(fest: Fest) -> None:
    for event in fest.events.values():
        for day in event.known_days:
            noon = datetime.combine(day.date, time(12), fest.timezone)
            if noon.astimezone(UTC).astimezone(fest.timezone) != noon:
                continue  # Samoa had no 30 December 2011
            standing = at(phases_of(fest, event), noon)
            assert (standing.phase, standing.date) in {
                (Phase.TODAY, day.date),
                (Phase.TODAY, day.date - timedelta(days=1)),
            }


LIMITED = """\
contacts:
  - {name: Team, email: team@rustfest.eu}
  - {name: Hotline, phone: "+33 1 23 45 67 89", from: 2018-05-28}
  - {name: Late, email: late@rustfest.eu, from: 2018-06-01}
live:
  - {stream: "https://rustfest.eu/live", from: 2018-05-28 09:00, until: 2018-05-29 18:00}
"""


@pytest.mark.parametrize(
    ("status", "expected"),
    [("scheduled", [True, True, False, True]), ("cancelled", [True]), ("postponed", [True])],
)
def test_what_is_not_held_shows_no_stream_and_no_hotline(status: str, expected: list[bool]) -> None:
    fest = fest_of(f"{HEAD}status: {status}\n{EVENT}{LIMITED}")
    spans = [limited_span(each, fest) for each in (*fest.contacts, *fest.live)]
    assert [span is not None for span in spans] == [*expected, False, False, False][:4]


def test_the_team_of_a_postponed_fest_can_be_reached_after_its_old_days() -> None:
    fest = fest_of(f"{HEAD}status: postponed\n{EVENT}{LIMITED}")
    assert limited_span(fest.contacts[0], fest) == Span(True)


ONE_OFF = EVENT.replace(
    '2018-05-28, opens: "09:00"', '2018-05-28, status: cancelled, opens: "09:00"'
)


def test_a_cancelled_day_is_none_of_the_event_s() -> None:
    fest = fest_of(HEAD + ONE_OFF)
    event = fest.events["impl_days"]
    assert event.dates == fest.dates == (date(2018, 5, 29),)
    assert event.start == fest.start == _paris("2018-05-29 09:00")
    assert [each.value.phase for each in phases_of(fest, event)] == ["before", "today", "after"]
    assert [each.value for each in tenses_of(fest)] == ["future", "present", "past"]
    assert fest.status_of(event) == "scheduled"
    assert [fest.status_of(event, day) for day in event.known_days] == ["cancelled", "scheduled"]


def test_an_event_whose_every_day_is_cancelled_is_cancelled() -> None:
    fest = fest_of(HEAD + ONE_OFF.replace("2018-05-29,", "2018-05-29, status: cancelled,"))
    assert fest.status_of() == fest.status_of(fest.events["impl_days"]) == "cancelled"


@pytest.mark.parametrize(
    ("planned", "now"), [("2027-04-29", "2027-05-29"), ("2027-03-29", "2027-04-29")]
)
def test_a_day_that_moved_ends_with_its_date_where_the_clocks_skip_midnight(
    planned: str, now: str
) -> None:
    head = HEAD.replace("Europe/Paris", "Africa/Cairo")
    moved = f"events: {{a: {{title: A, days: [{planned}], new_start: {now}}}}}\n"
    typed = f"events: {{a: {{title: A, days: [{now}]}}}}\n"
    assert fest_of(head + moved).end == fest_of(head + typed).end


def test_facts_of_a_postponed_fest_are_still_awaited_after_its_old_days() -> None:
    left = time_left(fest_of(f"{HEAD}status: postponed\n{EVENT}"), _paris("2020-01-01 12:00"))
    assert left.startswith("The fest has no days yet")
    assert time_left(fest_of(HEAD + EVENT), _paris("2020-01-01 12:00")).startswith(
        "The fest is over"
    )


def test_a_fest_is_on_until_its_longest_day_is_over() -> None:
    events = """\
events:
  hack: {title: Hack, days: [{date: 2027-06-04, opens: "18:00", closes: "2027-06-06 06:00"}]}
  talks: {title: Talks, days: [2027-06-05]}
"""
    fest = fest_of(HEAD + events)
    found = {
        stamp: at(phases_of(fest), _paris(f"2027-06-{stamp}"))
        for stamp in ("04 12:00", "05 12:00", "06 23:59", "07 00:00")
    }
    assert found == {
        "04 12:00": Standing(Phase.TODAY, 1, 2, date(2027, 6, 4)),
        "05 12:00": Standing(Phase.TODAY, 2, 2, date(2027, 6, 5)),
        "06 23:59": Standing(Phase.TODAY, 2, 2, date(2027, 6, 5)),
        "07 00:00": Standing(Phase.AFTER, of=2),
    }


@pytest.mark.parametrize(
    ("closes", "over"),
    [
        ("2027-06-05 02:00", "05 02:00"),  # a night is over with its end
        ("2027-06-05 14:00", "06 00:00"),
        ("2027-06-06 14:00", "07 00:00"),
        ("2027-06-06 00:00", "06 00:00"),
    ],
)
def test_what_ends_by_day_is_on_until_the_end_of_that_date(closes: str, over: str) -> None:
    days = f'[{{date: 2027-06-04, opens: "18:00", closes: "{closes}"}}]'
    fest = fest_of(HEAD + f"events:\n  hack: {{title: Hack, days: {days}}}\n")
    assert phases_of(fest)[-1] == Span(Standing(Phase.AFTER, of=1), _paris(f"2027-06-{over}"))
