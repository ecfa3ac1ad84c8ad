from pathlib import Path

from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.names.schedule import day_facts
from mkdocs_impldays.pages.facts import Facts

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
