from datetime import date
from pathlib import Path

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.time import FestDay, days_of, main_event

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
    assert main_event(rome).id == "impl_days"
    assert [day.is_main for day in days_of(rome)] == [False, False, True, True]


def test_with_an_rsvp_its_event_is_the_main_one() -> None:
    text = """\
name: N
city: C
country: FR
timezone: Europe/Paris
events:
  talks: {title: Talks, days: [2018-05-26]}
  dinner: {title: Dinner, days: [2018-05-27]}
rsvp: {event: talks, url: tba}
"""
    fest, _ = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert fest is not None
    assert main_event(fest).id == "talks"


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
name: N
city: C
country: FR
timezone: Europe/Paris
events:
  night:
    title: Night
    days: [{date: 2018-05-28, opens: "20:00", closes: 2018-05-29 02:00}]
    agenda: [{at: "20:00", what: Begin}, {at: "00:30", what: Ghosts}]
"""
    fest, _ = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert fest is not None
    ghosts = days_of(fest)[0].slots[0].agenda[1]
    assert f"{ghosts.start:%Y-%m-%d %H:%M} {ghosts.end:%H:%M}" == "2018-05-29 00:30 02:00"


def test_what_begins_earlier_comes_first() -> None:
    text = """\
name: N
city: C
country: FR
timezone: Europe/Paris
events:
  dinner: {title: Dinner, days: [{date: 2018-05-26, opens: "19:00", closes: "23:00"}]}
  talks: {title: Talks, days: [{date: 2018-05-26, opens: "09:00", closes: "18:00"}]}
"""
    fest, _ = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert fest is not None
    assert [slot.event.id for slot in days_of(fest)[0].slots] == ["talks", "dinner"]


def test_a_fest_without_known_days_has_none() -> None:
    text = """\
name: N
city: C
country: FR
timezone: Europe/Paris
events: {talks: {title: Talks, days: tba}}
"""
    fest, _ = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert fest is not None
    assert days_of(fest) == ()
