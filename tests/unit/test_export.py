import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from mkdocs_impldays.fest.calls import Rsvp
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.programme.model import guid_of
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.output.export import (
    LEFT_OUT,
    export_schema,
    fest_json,
    open_facts,
)
from tests import schemas
from tests.fests import EVENT, HEAD, fest_of
from tests.judges.samples import FESTS, ROOT

TYPED = (ROOT / "tests/golden/programme/typed.yml").read_text("utf-8")
SITE = "https://rustfest.eu/all/"


def _exported(fest: Fest, site_url: str | None = SITE) -> dict[str, Any]:
    data = json.loads(fest_json(fest, site_url=site_url))
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("fest", FESTS.values(), ids=FESTS)
def test_a_fest_is_written_as_its_schema_says(fest: Fest) -> None:
    schema = json.loads(export_schema())
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema, format_checker=FormatChecker())
    check.validate(_exported(fest))
    with pytest.raises(ValidationError):
        check.validate({**_exported(fest), "start": 5})


@pytest.mark.exact  # pydantic writes it, each version a little differently
def test_the_schema_is_that_of_the_shape() -> None:
    again = "Write it again with: python -m tests.schemas"
    assert json.loads(schemas.export_schema()) == json.loads(export_schema()), again


def test_every_key_is_described() -> None:
    schema = json.loads(export_schema())
    parts = [schema, *schema["$defs"].values()]
    described = {
        key: "description" in prop
        for part in parts
        for key, prop in part.get("properties", {}).items()
    }
    assert {"phases", "rsvp", "opens"} <= set(described)
    assert all(described.values()), described


def test_the_facts_of_paris_are_there_with_their_offsets() -> None:
    paris = _exported(FESTS["paris-2018"])
    (impl_days,) = [event for event in paris["events"] if event["id"] == "impl_days"]
    assert impl_days["days"][0]["opens"] == "2018-05-28T09:00:00+02:00"
    assert impl_days["days"][0]["venues"] == ["mozilla-paris", "formeret-clery"]
    assert impl_days["calendar"] == f"{SITE}calendar/paris-2018-impl_days.ics"
    assert paris["rsvp"]["label"] == "Yes I want to code at impl Days Paris!"
    assert [span["state"] for span in paris["rsvp"]["states"]][:2] == ["soon", "open"]
    assert paris["tba"] == []


def test_spans_have_no_gap() -> None:
    for fest in FESTS.values():
        exported = _exported(fest)
        for spans in (exported["phases"], (exported["rsvp"] or {}).get("states", [])):
            ends = [span["end"] for span in spans]
            assert [span["start"] for span in spans] == [None, *ends[:-1]][: len(spans)]
            assert ends[-1:] in ([], [None])
    paris = _exported(FESTS["paris-2018"])
    assert [len(spans) for spans in (paris["phases"], paris["rsvp"]["states"])] == [6, 7]


def test_what_is_told_later_is_null_and_listed() -> None:
    fest = FESTS["nowhere-2030"]
    exported = _exported(fest)
    assert exported["tba"] == ["events.talks.days", "events.talks.venue", "rsvp.url"]
    assert exported["events"][0]["days"] == []
    assert exported["rsvp"]["url"] is None
    lisbon = FESTS["lisbon-2022"]
    assert "events.impl_days.days[1].closes" in list(open_facts(lisbon))


def test_files_are_paths_where_the_sites_address_is_not_known() -> None:
    paris = _exported(FESTS["paris-2018"], site_url=None)
    assert paris["calendar"] == "calendar/paris-2018.ics"


def test_what_pages_show_at_its_time_only_is_left_out() -> None:
    text = f"""{HEAD}{EVENT}join: {{url: https://meet.test/secret}}
contacts: [{{name: Hotline, phone: "+33 1 23 45"}}]
live: [{{stream: https://meet.test/secret}}]
"""
    exported = _exported(fest_of(text))
    assert exported["status"] == "moved-online"
    assert "Hotline" not in str(exported)
    assert "secret" not in str(exported)


def test_a_key_of_the_fest_file_is_there_under_its_name() -> None:
    paris = _exported(FESTS["paris-2018"])
    for kind, part in (
        (Fest, paris),
        (Event, paris["events"][0]),
        (Day, paris["events"][0]["days"][0]),
        (Venue, paris["venues"][0]),
        (Rsvp, paris["rsvp"]),
    ):
        assert set(kind.model_fields) - LEFT_OUT.get(kind, set()) <= set(part)
        assert set(schemas.IMPLIED.get(kind, {})) <= set(part)
    arrival = paris["events"][2]["days"][1]["agenda"][0]
    assert {key: value for key, value in arrival.items() if value} == {
        "id": "arrive-and-get-to-know-each-other-impl_days-day2",
        "uid": guid_of("arrive-and-get-to-know-each-other-impl_days-day2", within="paris-2018"),
        "calendar": f"{SITE}fests/paris-2018/sessions/"
        "arrive-and-get-to-know-each-other-impl_days-day2.ics",
        "at": "09:00",
        "what": "Arrive and get to know each other",
        "start": "2018-05-29T09:00:00+02:00",
        "end": "2018-05-29T09:30:00+02:00",
        "status": "scheduled",
    }
    assert paris["format"] == 2


def test_a_session_is_there_with_all_that_is_known_of_it() -> None:
    exported = _exported(fest_of(TYPED))
    session, other, *_ = exported["events"][0]["days"][0]["agenda"]
    name = "64339e85-8acb-57be-b9db-fd7e7073c5a9"
    assert session == {
        "at": "10:00",
        "what": "Grüße & “quoted” <types>",
        "id": name,
        "room": "main-hall",
        "track": "language",
        "speakers": ["zoe", "tom"],
        "subtitle": 'One "subtitle"',
        "about": "Why `Vec<T>` is *not* a list.\n\nFirst part: it's simple.\n\n"
        "Second part, with “quotes” & ampersands.",
        "kind": "Talk",
        "language": "en",
        "url": "https://talks.example/lisboa-2027/talk/AA1111/",
        "slides": "https://talks.example/media/aa1111.pdf",
        "recording": "https://video.example/aa1111",
        "stream": "https://stream.example/main",
        "links": [{"title": "Source & more", "url": "https://code.example/aa1111"}],
        "status": "scheduled",
        "was": None,
        "uid": name,
        "calendar": f"{SITE}fests/a-fest/sessions/{name}.ics",
        "start": "2027-06-04T10:00:00+01:00",
        "end": "2027-06-04T10:45:00+01:00",
    }
    assert other["speakers"] == ["aerin"]
    assert [each["id"] for each in exported["speakers"]] == ["zoe", "tom", "aerin"]
    assert exported["venues"][0]["rooms"][0] == {
        "id": "main-hall",
        "name": "Main Hall",
        "capacity": 240,
        "floor": None,
        "stream": None,
    }


def test_the_sessions_of_what_is_not_held_are_cancelled() -> None:
    late = fest_of(TYPED.replace("date: 2027-06-04", "date: 2027-06-04\n        status: cancelled"))
    day = _exported(late)["events"][0]["days"][0]
    assert {each["status"] for each in day["agenda"]} == {"cancelled"}


def test_a_late_day_has_its_sessions_later() -> None:
    late = fest_of(TYPED.replace("date: 2027-06-04", "date: 2027-06-04\n        delay: 30"))
    session = _exported(late)["events"][0]["days"][0]["agenda"][0]
    assert (session["at"], session["start"], session["end"]) == (
        *("10:30", "2027-06-04T10:30:00+01:00", "2027-06-04T11:15:00+01:00"),
    )
