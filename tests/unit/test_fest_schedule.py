from datetime import date
from pathlib import Path

import pytest

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.schedule import FestDay, days_of
from tests.fests import HEAD, fest_of

FESTS = Path(__file__).parents[2] / "fests"


def _fest(fest_id: str) -> Fest:
    path = FESTS / f"{fest_id}.yml"
    fest, problems = load_fest(path.read_bytes(), path=path.name, fest_id=fest_id)
    assert problems == []
    assert fest is not None
    return fest


def _told(day: FestDay) -> tuple[date, list[str], bool]:
    return day.date, [slot.event.id for slot in day.slots], day.is_main


def test_the_days_stand_in_order_over_the_end_of_a_month() -> None:
    assert [_told(day) for day in days_of(_fest("zurich-2017"))] == [
        (date(2017, 9, 30), ["talks"], False),
        (date(2017, 10, 1), ["workshops"], False),
        (date(2017, 10, 2), ["impl_days"], True),
        (date(2017, 10, 3), ["impl_days"], True),
    ]


def test_events_side_by_side_share_their_days() -> None:
    days = days_of(_fest("barcelona-2019"))
    assert [[slot.event.id for slot in day.slots] for day in days] == [
        ["talks", "workshops"],
        ["talks", "workshops"],
        ["impl_days"],
        ["impl_days"],
    ]


def test_without_an_rsvp_the_last_event_is_the_main_one() -> None:
    rome = _fest("rome-2018")
    assert rome.rsvp is None
    assert rome.main_event.id == "impl_days"
    assert [day.is_main for day in days_of(rome)] == [False, False, True, True]


def test_with_an_rsvp_its_event_is_the_main_one() -> None:
    text = """\
events:
  talks: {title: Talks, days: [2018-05-26]}
  dinner: {title: Dinner, days: [2018-05-27]}
rsvp: {event: talks, url: tba}
"""
    fest = fest_of(HEAD + text)
    assert fest.main_event.id == "talks"


def test_a_slot_knows_its_places_and_its_plan() -> None:
    slot = days_of(_fest("paris-2018"))[2].slots[0]
    assert slot.venue is not None
    assert slot.venue.id == "mozilla-paris"
    assert [venue.id for venue in slot.overflow] == ["formeret-clery"]
    assert [step.what for step in slot.agenda][2] == "Lunch break"


def test_a_step_lasts_until_the_next_and_the_last_one_until_the_day_is_over() -> None:
    steps = days_of(_fest("paris-2018"))[3].slots[0].agenda
    assert [f"{step.start:%d %H:%M%z}" for step in steps][:2] == ["29 09:00+0200", "29 09:30+0200"]
    assert steps[0].end == steps[1].start
    assert f"{steps[-2].end:%H:%M}" == "18:00"
    assert steps[-1].end == steps[-1].start  # "Out of the building" is a moment


def test_a_plan_goes_on_past_midnight() -> None:
    text = """\
events:
  night:
    title: Night
    days: [{date: 2018-05-28, opens: "20:00", closes: 2018-05-29 02:00}]
    agenda: [{at: "20:00", what: Begin}, {at: "00:30", what: Ghosts}]
"""
    fest = fest_of(HEAD + text)
    ghosts = days_of(fest)[0].slots[0].agenda[1]
    assert f"{ghosts.start:%Y-%m-%d %H:%M} {ghosts.end:%H:%M}" == "2018-05-29 00:30 02:00"


def test_what_begins_earlier_comes_first() -> None:
    text = """\
events:
  dinner: {title: Dinner, days: [{date: 2018-05-26, opens: "19:00", closes: "23:00"}]}
  talks: {title: Talks, days: [{date: 2018-05-26, opens: "09:00", closes: "18:00"}]}
"""
    fest = fest_of(HEAD + text)
    assert [slot.event.id for slot in days_of(fest)[0].slots] == ["talks", "dinner"]


def test_a_fest_without_known_days_has_none() -> None:
    for days, number in (("tba", 0), ("[2018-05-26]", 1)):
        fest = fest_of(f"{HEAD}events: {{talks: {{title: Talks, days: {days}}}}}\n")
        assert len(days_of(fest)) == number


def _plan(day: str, *lines: str) -> list[str]:
    """Read a plan in Paris; return each line with the day and hour it begins, and its end."""
    named = zip(lines, "ABCDE", strict=False)
    agenda = ", ".join(f"{{at: '{line}', what: {name}}}" for line, name in named)
    fest = fest_of(
        f"{HEAD}events: {{talks: {{title: Talks, days: [{{{day}}}], agenda: [{agenda}]}}}}\n"
    )
    steps = [step for on in days_of(fest) for slot in on.slots for step in slot.agenda]
    return [f"{step.what} {step.start:%d %H:%M}–{step.end:%d %H:%M}" for step in steps]


def test_lines_at_the_same_time_run_side_by_side() -> None:
    day = "date: 2018-05-28, opens: '10:00', closes: '18:00'"
    assert _plan(day, "10:00", "11:00", "10:00") == [
        "A 28 10:00–28 11:00",
        "C 28 10:00–28 11:00",
        "B 28 11:00–28 18:00",
    ]


def test_an_earlier_line_stays_on_a_day_that_ends_at_midnight() -> None:
    assert _plan("date: 2018-05-28", "10:00", "11:00", "09:30")[0] == "C 28 09:30–28 10:00"


@pytest.mark.parametrize("opens", ["opens: '22:00', ", "opens: tba, ", ""])
def test_a_plan_can_begin_past_midnight(opens: str) -> None:
    day = f"date: 2018-05-28, {opens}closes: 2018-05-29 04:00"
    assert _plan(day, "00:30", "04:00") == ["A 29 00:30–29 04:00", "B 29 04:00–29 04:00"]


def test_a_line_after_the_night_is_over_is_before_midnight() -> None:
    day = "date: 2018-05-28, opens: '22:00', closes: 2018-05-29 04:00"
    assert _plan(day, "00:30", "23:00") == ["B 28 23:00–29 00:30", "A 29 00:30–29 04:00"]


def test_a_plan_lasts_for_a_day_a_night_and_the_next_day() -> None:
    day = "date: 2018-05-28, opens: '10:00', closes: 2018-05-29 16:00"
    assert [line[:10] for line in _plan(day, "10:00", "20:00", "02:00", "12:00", "16:00")] == [
        *("A 28 10:00", "B 28 20:00", "C 29 02:00", "D 29 12:00", "E 29 16:00")
    ]


def test_a_line_that_the_clocks_skip_moves_no_other() -> None:
    day = "date: 2018-03-25, opens: '01:00', closes: '10:00'"
    assert _plan(day, "01:00", "02:30", "03:00", "04:00") == [
        "A 25 01:00–25 03:00",
        "B 25 03:00–25 04:00",
        "C 25 03:00–25 04:00",
        "D 25 04:00–25 10:00",
    ]


@pytest.mark.parametrize("closes", ["", ", closes: '23:55'", ", closes: 2018-05-29 02:00"])
def test_a_delay_moves_each_line_over_midnight(closes: str) -> None:
    day = f"date: 2018-05-28, opens: '20:00'{closes}, delay: 30"
    assert [line[:10] for line in _plan(day, "23:45", "23:50")] == ["A 29 00:15", "B 29 00:20"]


def test_hours_of_a_delayed_plan_are_in_order() -> None:
    text = "date: 2018-05-28, opens: '20:00', closes: 2018-05-29 02:00, delay: 30"
    agenda = "[{at: '23:45', what: A}, {at: '22:00', what: B}, {at: '00:30', what: C}]"
    fest = fest_of(f"{HEAD}events: {{e: {{title: E, days: [{{{text}, agenda: {agenda}}}]}}}}\n")
    event = fest.events["e"]
    assert [f"{item.at:%H:%M}" for item in event.agenda_of(event.known_days[0])] == [
        *("22:30", "00:15", "01:00")
    ]
