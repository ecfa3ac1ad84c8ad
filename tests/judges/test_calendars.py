from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.programme.model import guid_of
from mkdocs_impldays.fest.sessions import end_of, lines_of
from mkdocs_impldays.output.files import files_of
from tests.judges.gate import as_ical_js_reads, byte_faults, libical_faults
from tests.judges.samples import FESTS, SITE, STAMP, STAMPS

FILES = files_of(FESTS["paris-2018"], fests=FESTS.values(), site_url=SITE, stamps=STAMPS)
CALENDARS = {path: data for path, data in FILES.items() if path.endswith(".ics")}
STATUS = {"cancelled": "CANCELLED", "postponed": "CANCELLED"}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return as_ical_js_reads(CALENDARS, tmp_path_factory.mktemp("calendars"))


@pytest.mark.parametrize("path", CALENDARS)
def test_a_calendar_keeps_the_byte_rules(path: str) -> None:
    assert byte_faults(CALENDARS[path]) == []


@pytest.mark.parametrize("path", CALENDARS)
def test_libical_finds_nothing_wrong_with_a_calendar(
    path: str, icalcheck: Path, tmp_path: Path
) -> None:
    assert libical_faults(CALENDARS[path], icalcheck, tmp_path) == []


@pytest.mark.parametrize("path", CALENDARS)
def test_ical_js_finds_nothing_wrong_with_a_calendar(path: str, read: dict[str, Any]) -> None:
    assert read[path]["faults"] == []
    assert read[path]["method"] is None
    assert read[path]["refresh"] == "PT12H"


@dataclass(frozen=True)
class Case:
    fest: Fest
    event: Event
    number: int
    day: Day

    @property
    def paths(self) -> list[str]:
        names = (self.fest.id, f"{self.fest.id}-{self.event.id}", "fests")
        return [f"calendar/{name}.ics" for name in names]


CASES = {
    f"{fest.id}-{event.id}-{number}": Case(fest, event, number, day)
    for fest in FESTS.values()
    for event in fest.events.values()
    for number, day in enumerate(event.known_days, 1)
}


def _covers(entry: dict[str, Any], case: Case) -> bool:
    """Return whether an entry is the one of a day, by event and time; not by the day's number."""
    if not entry["uid"].startswith(f"{case.fest.id}/{case.event.id}/"):
        return False
    if "unix" in entry["start"]:
        return bool(entry["start"]["unix"] == case.day.start.timestamp())
    first, last = (date.fromisoformat(entry[key]["date"]) for key in ("start", "end"))
    return first <= case.day.date < last


def _entries_of(case: Case, read: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the one entry of a day in each of its calendars."""
    found = [[e for e in read[path]["events"] if _covers(e, case)] for path in case.paths]
    assert [len(entries) for entries in found] == [1, 1, 1]
    return [entries[0] for entries in found]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_day_is_in_its_calendars_at_its_time(case: Case, read: dict[str, Any]) -> None:
    day, zone = case.day, case.fest.timezone.key
    for entry in _entries_of(case, read):
        assert entry["stamp"] == STAMP.timestamp()
        if known(day.opens) is None:
            assert "date" in entry["start"]
            continue
        assert entry["uid"] == f"{case.fest.id}/{case.event.id}/day{case.number}@impldays"
        assert entry["start"] == {"zone": zone, "unix": day.start.timestamp()}
        end = {"zone": zone, "unix": day.end.timestamp()}
        assert entry["end"] == (end if known(day.closes) else None)


SESSIONS = {
    (fest.id, name): (fest, each)
    for fest in FESTS.values()
    for name, each in lines_of(fest).items()
}


def test_each_session_is_once_in_each_of_its_calendars(read: dict[str, Any]) -> None:
    assert len({fest for fest, _ in SESSIONS}) > 5  # all samples that have a plan
    for (fest_id, name), (fest, line) in SESSIONS.items():
        event, day, step = line
        uid = guid_of(name, within=fest_id)
        paths = (f"sessions/{name}", f"programme-{event.id}", "programme")
        found = [
            [each for each in read[f"fests/{fest_id}/{path}.ics"]["events"] if each["uid"] == uid]
            for path in paths
        ]
        assert [len(each) for each in found] == [1, 1, 1]
        assert found[0] == found[1] == found[2]
        entry, end = found[0][0], end_of(line)
        assert entry["start"]["unix"] == step.start.timestamp()
        assert (entry["end"] and entry["end"]["unix"]) == (end and end.timestamp())
        off = step.item.status == "cancelled" or not fest.is_held(event, day)
        assert entry["status"] == ("CANCELLED" if off else "CONFIRMED")
        assert off or entry["summary"] == " ".join(step.what.split())


def test_a_programme_holds_its_sessions_alone(read: dict[str, Any]) -> None:
    for fest_id in {fest for fest, _ in SESSIONS}:
        names = [name for fest, name in SESSIONS if fest == fest_id]
        assert len(read[f"fests/{fest_id}/programme.ics"]["events"]) == len(names)


_NOT_HELD = {"cancelled": "Cancelled: ", "postponed": "Uitgesteld: "}  # what is postponed is Dutch


def _summary(fest: Fest, event: Event, day: Day) -> str:
    word = _NOT_HELD.get(fest.status_of(event, day), "")
    return f"{word}{fest.name}: {event.title}"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_day_is_in_its_calendars_with_its_words(case: Case, read: dict[str, Any]) -> None:
    fest, event = case.fest, case.event
    told = [event.description] if event.description else []
    told += [f"{item.at:%H:%M} {item.what}" for item in event.agenda_of(case.day)]
    for entry in _entries_of(case, read):
        assert entry["status"] == STATUS.get(fest.status_of(event, case.day), "CONFIRMED")
        assert entry["url"].startswith("https://")
        if fest.id != "hostile-2019":  # whose texts hold markup; they have their own test
            assert entry["summary"] == _summary(fest, event, case.day)
            assert (entry["description"] or "").split("\n")[: len(told)] == told


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_day_is_in_its_calendars_with_its_places(case: Case, read: dict[str, Any]) -> None:
    fest, event = case.fest, case.event
    venue = fest.venue_of(event, case.day)
    for entry in _entries_of(case, read):
        if fest.is_online(event):
            assert (entry["location"], entry["geo"]) == ("Online", None)
            continue
        if venue is None:
            assert (entry["location"], entry["geo"]) == (None, None)
            continue
        for fact in (venue.name, venue.street, venue.postcode, venue.city):
            assert (known(fact) or "") in entry["location"]
        assert entry["geo"] == (
            None if venue.latitude is None else [venue.latitude, venue.longitude]
        )
        for other in (fest.venues[key] for key in event.overflow if key != venue.id):
            assert (known(other.street) or known(other.name)) in entry["description"]


@pytest.mark.parametrize("fest", FESTS.values(), ids=FESTS)
def test_a_calendar_has_no_entry_but_those_of_the_fest(fest: Fest, read: dict[str, Any]) -> None:
    days = {day.date for event in fest.events.values() for day in event.known_days}
    timed = [e for e in read[f"calendar/{fest.id}.ics"]["events"] if "unix" in e["start"]]
    whole = [e for e in read[f"calendar/{fest.id}.ics"]["events"] if "date" in e["start"]]
    spans = [[date.fromisoformat(e[key]["date"]) for key in ("start", "end")] for e in whole]
    count = len(timed) + sum((end - start).days for start, end in spans)
    assert count == sum(len(event.known_days) for event in fest.events.values())
    assert all(start in days for start, _ in spans)


def test_names_with_markup_and_every_kind_of_punctuation_arrive_as_typed(
    read: dict[str, Any],
) -> None:
    calendar = read["calendar/hostile-2019.ics"]
    name = 'RustFest<Zurich> & "Freunde", Teil 2; C:\\neu'
    assert calendar["name"] == calendar["label"] == name
    first = calendar["events"][0]
    assert first["summary"] == f"{name}: `impl Days`, *die* Tage; BEGIN:VEVENT"
    assert first["description"] == "\n".join(
        [
            "BEGIN:VALARM",
            "TRIGGER:PT0S",
            '  eingerückt, "zitiert"; mit \\; und \\, und ende\\',
            '23:30 Ankommen: \\ , ; <br> und `let x = "a";`',
            "00:30 ÄÖÜäöüßéèêàçñ ÄÖÜäöüßéèêàçñ ÄÖÜäöüßéèêàçñ ÄÖÜäöüßéèêàçñ",
            "Zusätzlicher Veranstaltungsort: ETH, Sonneggstrasse 5, 8092 Zürich, Schweiz",
            "Ausgebucht: `impl Days`, *die* Tage; BEGIN:VEVENT Zürich",
        ]
    )
    place = 'Tom & Jerry <b>, "Quartierhaus"; Kreis 5, Sihlquai 115, 8005 Zürich, Schweiz'
    assert first["location"] == place
    assert first["url"] == f"{SITE}%C3%BCber%20uns/#impl-days"


def test_hours_are_right_on_nights_when_the_clocks_change(read: dict[str, Any]) -> None:
    starts = {
        entry["uid"].split("/")[1]: (entry["start"]["unix"], entry["end"]["unix"])
        for entry in read["calendar/auckland-2023.ics"]["events"]
    }
    hour = 3600
    dawn, dusk = starts["dawn"], starts["dusk"]
    assert dawn[0] == 1695478500  # 2023-09-23T14:15:00Z, a quarter of an hour after the jump
    assert dawn[1] - dawn[0] == 5.75 * hour
    assert dusk[1] - dusk[0] == 5.5 * hour  # one hour comes twice
