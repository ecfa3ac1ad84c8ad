from datetime import UTC, datetime
from pathlib import Path

import pytest

from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.time import Phase, at, phases_of, tenses_of
from mkdocs_impldays.names.schedule import day_facts, run_facts
from mkdocs_impldays.names.variables import variables_of
from mkdocs_impldays.output.texts import venue_line
from mkdocs_impldays.output.vevent import entries_of
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.words.dates import days_in_words
from tests.fests import EVENT, HEAD, fest_of

FESTS = Path(__file__).parents[2] / "fests"


def _days(fest_id: str) -> list[Facts]:
    path = FESTS / f"{fest_id}.yml"
    fest, _ = load_fest(path.read_bytes(), path=path.name, fest_id=fest_id)
    assert fest is not None
    venues = {key: Facts(key, {"name": str(venue.name)}) for key, venue in fest.venues.items()}
    return day_facts(fest, venues)


def _fact(facts: object, *names: str | int) -> object:
    found: object = facts
    for name in names:
        assert isinstance(found, Facts | list)
        found = found[name]  # type: ignore[index]
    return found


def test_a_day_reads_as_its_date_and_knows_its_parts() -> None:
    day = _days("paris-2018")[2]
    assert str(day) == "Monday, May 28th"
    assert [_fact(day, name) for name in ("iso", "number", "weekday", "is_main")] == [
        "2018-05-28",
        28,
        "Mon",
        True,
    ]


def test_hours_read_as_the_clocks_of_the_fest_and_carry_their_offset() -> None:
    opens = _fact(_days("rome-2018")[2], "slots", 0, "opens")
    assert isinstance(opens, Facts)
    assert [str(opens), opens["iso"], opens["utc"]] == [
        "09:00",
        "2018-11-26T09:00+01:00",
        "2018-11-26T08:00:00Z",
    ]


def test_an_hour_that_is_not_known_is_absent() -> None:
    slot = _fact(_days("zurich-2017")[2], "slots", 0)
    assert isinstance(slot, Facts)
    assert str(slot["opens"]) == "09:00"
    assert slot["closes"] is None


def test_places_and_plan_belong_to_the_day() -> None:
    slot = _fact(_days("paris-2018")[3], "slots", 0)
    assert _fact(slot, "venue", "name") == "Mozilla Paris"
    assert _fact(slot, "overflow", 0, "name") == "Formeret Espace Cléry"
    assert _fact(slot, "agenda", 2, "what") == "Lunch break"


def _slots(*days: str, language: str = "en") -> list[Facts]:
    events = "".join(
        f"  event{number}: {{title: E{number}, days: [{{date: 2027-06-05{day}}}]}}\n"
        for number, day in enumerate(days)
    )
    fest = fest_of(f"{HEAD}language: {language}\nevents:\n{events}")
    slots = day_facts(fest, {})[0]["slots"]
    assert isinstance(slots, list)
    return slots


def _steps(day: Facts) -> list[Facts]:
    steps = _fact(day, "slots", 0, "agenda")
    assert isinstance(steps, list)
    return steps


def test_an_event_of_unknown_hour_comes_after_those_with_hours() -> None:
    slots = _slots("", ", opens: '19:00'", ", opens: tba, closes: '12:00'", ", opens: '09:00'")
    assert [str(slot) for slot in slots] == ["E3", "E1", "E0", "E2"]


def test_a_closing_hour_is_known_without_an_opening_hour() -> None:
    (slot,) = _slots(", closes: '18:00'")
    assert (slot["opens"], str(slot["closes"])) == (None, "18:00")


@pytest.mark.parametrize(
    ("day", "closes"),
    [
        (", opens: '10:00', closes: 2027-06-06 16:00", "Sun 6 Jun, 16:00"),
        (", closes: 2027-06-06 16:00", "Sun 6 Jun, 16:00"),
        (", opens: '10:00', closes: 2027-06-06 10:30", "Sun 6 Jun, 10:30"),
        (", opens: '10:00', closes: 2027-06-06 16:00, delay: 30", "Sun 6 Jun, 16:30"),
        (", opens: '22:00', closes: 2027-06-06 04:00", "04:00"),
        (", opens: '10:00', closes: 2027-06-06 00:00", "00:00"),
        (", opens: '10:00', closes: '23:50', delay: 20", "00:10"),
        (", closes: 2027-06-06 02:00", "02:00"),
    ],
)
def test_the_date_stands_beside_a_closing_hour_that_is_not_the_end_of_a_night(
    day: str, closes: str
) -> None:
    (slot,) = _slots(day, language="en-GB")
    assert str(slot["closes"]) == closes


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("2027-06-05", "05 20:00–06 02:00"),
        ("{date: 2027-06-05, opens: '21:00'}", "05 21:00–06 02:00"),
        ("{date: 2027-06-05, closes: '23:00'}", "05 20:00–05 23:00"),
        ("{date: 2027-06-05, opens: '01:00'}", "05 01:00–05 02:00"),
        ("{date: 2027-06-05, opens: tba}", "05 00:00–05 02:00"),
        ("{date: 2027-06-05, delay: 30}", "05 20:30–06 02:30"),
    ],
)
def test_a_day_has_the_hours_of_its_event_where_it_has_none_of_its_own(
    day: str, hours: str
) -> None:
    event = f"e: {{title: E, days: [{day}], opens: '20:00', closes: '02:00'}}"
    (found,) = fest_of(f"{HEAD}events:\n  {event}\n").events["e"].known_days
    assert f"{found.start:%d %H:%M}–{found.end:%d %H:%M}" == hours


def test_hours_that_days_share_move_with_them_and_are_not_on_other_clocks() -> None:
    event = "e: {title: E, days: [2027-03-26], new_start: 2027-03-28, opens: '02:30'}"
    (day,) = fest_of(f"{HEAD}events:\n  {event}\n").events["e"].known_days
    assert day.start.isoformat() == "2027-03-28T03:00:00+02:00"


def test_an_event_over_two_nights_is_on_each_of_its_dates_with_what_begins_there() -> None:
    agenda = """
      - {at: "18:00", what: Doors}
      - {at: "23:00", until: "2027-06-05 03:00", what: Games}
      - {at: 2027-06-05 09:00, what: Breakfast}
      - {at: "22:00", what: Music}
      - {at: 2027-06-06 00:30, what: Films}
      - {at: "12:00", what: Demos}
"""
    fest = fest_of(f"""{HEAD}language: en-GB
events:
  e:
    title: E
    days: [{{date: 2027-06-04, opens: "18:00", closes: "2027-06-06 14:00"}}]
    agenda:{agenda}""")
    found = [
        (
            str(_fact(day, "iso")),
            str(_fact(day, "slots", 0, "opens")),
            str(_fact(day, "slots", 0, "closes")),
            [f"{_fact(step, 'start')} {step}" for step in _steps(day)],
            [str(_fact(step, "until")) for step in _steps(day) if step["until"]],
        )
        for day in day_facts(fest, {})
    ]
    night = "Sat 5 Jun, 03:00"
    assert found == [
        ("2027-06-04", "18:00", "Sun 6 Jun, 14:00", ["18:00 Doors", "23:00 Games"], [night]),
        ("2027-06-05", "None", "None", ["09:00 Breakfast", "22:00 Music"], []),
        ("2027-06-06", "None", "14:00", ["00:30 Films", "12:00 Demos"], []),
    ]
    (run,) = run_facts(fest)
    assert (run["first"], run["days"]) == (0, 3)


def test_what_a_delay_moves_past_midnight_stays_on_the_last_date() -> None:
    fest = fest_of(f"""{HEAD}language: en-GB
events:
  e:
    title: E
    days: [{{date: 2027-06-04, opens: "18:00", closes: "2027-06-05 23:50", delay: 30}}]
    agenda: [{{at: "18:00", what: Doors}}, {{at: 2027-06-05 23:45, what: Thanks}}]
""")
    found = [
        [f"{_fact(step, 'start')} {step}" for step in _steps(day)] for day in day_facts(fest, {})
    ]
    assert found == [["18:30 Doors"], ["Sun 6 Jun, 00:15 Thanks"]]


def test_two_days_of_an_event_may_be_on_one_date() -> None:
    fest = fest_of(f"""{HEAD}language: en-GB
events:
  e:
    title: E
    days:
      - {{date: 2027-06-04, opens: "20:00", closes: "2027-06-05 08:30"}}
      - {{date: 2027-06-05, opens: "10:00", agenda: [{{at: "10:00", what: Talks}}]}}
    agenda: [{{at: "20:00", what: Games}}, {{at: 2027-06-05 08:00, what: Breakfast}}]
""")
    slots = _fact(day_facts(fest, {})[1], "slots")
    assert isinstance(slots, list)
    found = [(str(each["opens"]), str(_fact(each, "agenda", 0, "start"))) for each in slots]
    assert found == [("None", "08:00"), ("10:00", "10:00")]


def test_a_session_on_a_date_that_its_day_does_not_reach_has_the_date_beside_it() -> None:
    agenda = "agenda: [{at: 2027-06-05 10:00, what: A}, {at: 2027-06-07 08:00, what: B}]"
    (slot,) = _slots(f", opens: '10:00', {agenda}", language="en-GB")
    assert [str(_fact(slot, "agenda", n, "start")) for n in (0, 1)] == ["10:00", "Mon 7 Jun, 08:00"]


@pytest.mark.parametrize(
    ("closes", "last"), [("2027-06-07 00:00", "2027-06-06"), ("2027-06-07 00:30", "2027-06-07")]
)
def test_what_is_over_at_midnight_is_not_on_the_next_date(closes: str, last: str) -> None:
    fest = fest_of(
        f"{HEAD}events: {{e: {{title: E, days: [{{date: 2027-06-05, closes: '{closes}'}}]}}}}\n"
    )
    assert [str(_fact(day, "iso")) for day in day_facts(fest, {})][-1] == last


def test_dates_name_the_day_on_which_a_long_day_is_over() -> None:
    days = "[{date: 2027-06-05, opens: '10:00', closes: 2027-06-06 16:00}]"
    facts = variables_of(
        fest_of(f"{HEAD}language: en-GB\nevents: {{e: {{title: E, days: {days}}}}}\n")
    )
    for dates in (_fact(facts["events"], "e", "dates"), _fact(facts["fest"], "dates")):
        assert _fact(dates, "iso") == "2027-06-05/2027-06-06"


def test_a_session_shows_its_end_its_room_and_its_people() -> None:
    text = f"""{HEAD}venues: {{casa: {{name: Casa, rooms: {{big: {{name: Main hall}}}}}}}}
tracks: {{tools: {{name: Tools}}}}
speakers: {{ada: {{name: Ada}}, bob: {{name: Bob}}}}
events: {{e: {{title: E, days: [2027-06-05], venue: casa, agenda: [
  {{at: "10:00", for: 45 min, what: Talk, room: big, track: tools, speakers: [bob, ada]}},
  {{at: "11:00", what: Off, status: cancelled}},
  {{at: "12:00", what: Later, status: moved}}]}}}}
"""
    fest = fest_of(text)
    venues = {"casa": Facts("casa", {"name": "Casa"})}
    agenda = _fact(day_facts(fest, venues)[0], "slots", 0, "agenda")
    keys = ("until", "room", "track", "speakers", "is_off", "status_phrase")
    assert isinstance(agenda, list)
    talk, off, later = [[_fact(step, key) for key in keys] for step in agenda]
    assert [str(talk[0]), *talk[1:]] == ["10:45", "Main hall", "Tools", ["Bob", "Ada"], False, None]
    assert off == [None, None, None, [], True, "session.cancelled"]
    assert later == [None, None, None, [], False, "session.moved"]


def test_a_meetup_of_each_month_is_one_event_for_a_year() -> None:
    months = ", ".join(f"2027-{month:02}-10" for month in range(1, 13))
    text = f"{HEAD}events: {{meetup: {{title: Meetup, days: [{months}]}}}}\n"
    fest, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert problems == []
    assert fest is not None
    assert len(list(entries_of(fest, fest.events["meetup"]))) == 12
    spans = phases_of(fest, fest.events["meetup"])
    assert [span.value.phase for span in spans].count(Phase.TODAY) == 12
    assert at(tenses_of(fest), datetime(2027, 6, 20, tzinfo=UTC)) == "future"
    dates = days_in_words(fest.dates, "and", locale="en-GB")
    assert dates.startswith("10 January, 10 February")
    assert dates.endswith("10 December 2027")


NIGHTS = """\
events:
  hack:
    title: Hackathon
    days: [{date: 2027-06-04, opens: "18:00", closes: 2027-06-06 06:00}]
"""


def test_one_day_may_run_over_two_nights() -> None:
    fest = fest_of(HEAD + NIGHTS)
    event = fest.events["hack"]
    assert [day.day for day in event.dates] == [4, 5, 6]
    (entry,) = entries_of(fest, event)
    assert (entry.days[0].end - entry.days[0].start).total_seconds() == 36 * 3600
    tenses = tenses_of(fest, event)
    assert at(tenses, datetime(2027, 6, 5, 3, tzinfo=UTC)) == "present"
    assert at(tenses, datetime(2027, 6, 6, 3, 59, tzinfo=UTC)) == "present"
    assert at(tenses, datetime(2027, 6, 6, 4, 0, tzinfo=UTC)) == "past"


def test_an_address_in_one_line_is_shown_once() -> None:
    street = "venues: {town: {name: Town, street: 'Rue Vivienne 28, 75002 Paris, France'}}\n"
    fest = fest_of(HEAD + street + NIGHTS)
    assert venue_line(fest.venues["town"], fest) == "Town, Rue Vivienne 28, 75002 Paris, France"
    own = "venues: {town: {name: Town, street: Rue de Paris 28, postcode: '75002'}}\n"
    fest = fest_of(HEAD + own + NIGHTS)
    assert venue_line(fest.venues["town"], fest) == "Town, Rue de Paris 28, 75002 Paris, France"


TALKS = """\
tracks: {lang: {name: Language}}
speakers: {ada: {name: Ada}}
venues: {v: {name: V, rooms: {r: {name: Main}}}}
events:
  e:
    title: E
    venue: v
    days: [{date: 2018-05-28, opens: "09:00", closes: "18:00"}]
    agenda:
      - {at: "10:00", what: One, id: A1, kind: talk, language: de, slides: https://e.org/s,
         about: "A **good** talk.\\n\\n<script>x</script>", links: [{title: Code, url: https://e.org/c}]}
      - {at: "11:00", what: Off, status: cancelled}
      - {at: "12:00", what: Two, room: r}
"""


def _sessions() -> list[Facts]:
    steps = _fact(day_facts(fest_of(HEAD + TALKS), {"v": Facts("v", {})}), 0, "slots", 0, "agenda")
    assert isinstance(steps, list)
    return steps


def test_a_session_has_its_permanent_name_and_all_that_is_typed_of_it() -> None:
    one = _sessions()[0]
    assert [one["id"], one["kind"], one["language"]] == ["A1", "talk", "German"]
    assert one["about"] == [
        "A <strong>good</strong> talk.",
        "&#60;script&#62;x&#60;/script&#62;",
    ]
    assert _fact(one, "links", 0, "title") == "Code"


def test_a_session_is_next_from_when_the_one_before_it_that_takes_place_begins() -> None:
    hours = [f"{step['next_from']:%H:%M}" for step in _sessions()]
    assert hours == ["09:00", "10:00", "10:00"]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("opens: 2018-04-18", "Wednesday 18 April 2018"),
        ("opens: 2018-04-18 12:00", "Wednesday 18 April 2018 at 12:00 CEST"),
        ("closes: 2018-05-20", "Sunday 20 May 2018"),
        ("closes: 2018-05-20 AoE", "Sunday 20 May 2018 (AoE)"),
        ("result: 2018-05-20", "Sunday 20 May 2018"),
    ],
)
def test_a_date_alone_reads_as_a_date_alone(typed: str, text: str) -> None:
    rsvp = f"rsvp: {{event: impl_days, url: https://ti.to/a, {typed}}}\n"
    facts = variables_of(fest_of(f"{HEAD}language: en-GB\n{EVENT}{rsvp}"))
    key = typed.partition(":")[0]
    assert str(facts["rsvp"][key]) == text
