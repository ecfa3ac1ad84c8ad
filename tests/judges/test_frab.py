"""c3voc's own tools read what we write, and write it themselves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest

from mkdocs_impldays.fest.programme.model import Programme
from mkdocs_impldays.fest.programme.reader import read_programme
from mkdocs_impldays.output.frab import FrabSchedule
from tests.judges.programs import HERE, need_c3voc, run

GOLDEN = Path(__file__).parents[1] / "golden/programme"
LISBON = ZoneInfo("Europe/Lisbon")
ALL_ROOMS = "Todas as salas"


def read(raw: bytes) -> Programme:
    programme, problems = read_programme(raw, path="a", zone=LISBON)
    assert programme is not None, problems
    return programme


def written(name: str) -> tuple[bytes, bytes]:
    programme = read((GOLDEN / name).read_bytes())
    programme = programme._replace(title=programme.title or "Lisboa 2027")
    options: dict[str, Any] = {
        "acronym": "lisboa-2027",
        "zone": LISBON,
        "site_url": "https://lisboa.example/",
        "all_rooms": ALL_ROOMS,
    }
    schedule = FrabSchedule(programme, **options)
    return schedule.as_json(), schedule.as_xml()


NAMES = ["pretalx.json", "frab.xml", "sessionize.json"]


@pytest.fixture(scope="module", params=NAMES)
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, bytes, dict[str, Any]]:
    """Return the JSON and XML of a programme, and what the tools make of the JSON."""
    python = need_c3voc()
    as_json, as_xml = written(request.param)
    path = tmp_path_factory.mktemp("frab") / "schedule.json"
    path.write_bytes(as_json)
    told = run(python, HERE / "c3voc.py", path)
    assert (told.returncode, told.stderr) == (0, "")
    return as_json, as_xml, json.loads(told.stdout)


Case = tuple[bytes, bytes, dict[str, Any]]


def test_the_tools_of_c3voc_read_every_field_of_our_json(case: Case) -> None:
    as_json, _, found = case
    conference = json.loads(as_json)["schedule"]["conference"]
    sessions = [
        session for day in conference["days"] for room in day["rooms"].values() for session in room
    ]
    assert found["count"] == len(sessions) == 6
    assert found["starts"] == [session["date"] for session in sessions]
    assert found["rooms"] == [room["name"] for room in conference["rooms"]]
    assert (found["title"], found["zone"]) == ("Lisboa 2027", "Europe/Lisbon")
    for event, session in zip(found["events"], sessions, strict=True):
        # They leave an empty address out.
        assert event == {key: value for key, value in session.items() if key != "url" or value}


def test_the_tools_of_c3voc_write_the_same_xml_as_we_do(case: Case) -> None:
    _, as_xml, found = case
    ours, theirs = (_events(ET.fromstring(xml)) for xml in (as_xml, found["xml"]))
    assert ours == theirs


def _events(root: ET.Element) -> dict[str, Any]:
    """Return each event with its attributes, texts and lists, under its day and room."""
    return {
        f"{day.get('date')} {room.get('name')} {event.get('guid')}": (
            event.attrib,
            {
                child.tag: [
                    (each.tag, each.attrib, each.text or "")
                    for each in child.iter()
                    if (each.text or "").strip() or each.attrib
                ]
                for child in event
            },
        )
        for day in root.iter("day")
        for room in day.iter("room")
        for event in room.iter("event")
    }


def test_what_the_tools_of_c3voc_write_comes_back_as_it_was(case: Case) -> None:
    as_json, _, found = case
    theirs = read(found["xml"].encode())
    for session, expected in zip(theirs.sessions, read(as_json).sessions, strict=True):
        # Their XML has no guids of rooms, by which we know what is for all rooms.
        assert session == replace(expected, room=expected.room or ALL_ROOMS)
