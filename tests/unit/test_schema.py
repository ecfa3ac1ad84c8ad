import re
from typing import Any

import pytest
from jsonschema import Draft7Validator
from jsonschema.exceptions import SchemaError

from mkdocs_impldays.cli.schema import fest_schema
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.source import Plain, read
from tests.fests import ROOT
from tests.judges.samples import PATHS
from tests.unit.test_load import _input, _rows

SCHEMA = fest_schema()
CHECK = Draft7Validator(SCHEMA)
HEAD = "name: F\ncity: Paris\ncountry: FR\ntimezone: Europe/Paris\n"
VENUE = "events: {e: {title: E, days: tba, venue: v}}\n"
EVENTS = "events: {e: {title: E, days: [2018-05-28]}}\n"


def _as_editors_read(value: object) -> Any:
    """Return plain words the types of YAML 1.2's core schema, which editors check against."""
    if isinstance(value, dict):
        return {key: _as_editors_read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_editors_read(item) for item in value]
    if not isinstance(value, Plain):
        return value
    if re.fullmatch("true|false", value, re.IGNORECASE):
        return value.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]+", value):
        return int(value)
    return float(value) if re.fullmatch(r"[-+]?[0-9]+\.[0-9]*", value) else str(value)


def schema_faults(text: bytes) -> list[str]:
    """Return what is wrong with a fest file as an editor finds it."""
    source, problems = read(text, path="f.yml")
    assert source is not None, problems
    return [error.message for error in CHECK.iter_errors(_as_editors_read(source.data))]


def _is_read(text: bytes) -> bool:
    return load_fest(text, path="f.yml", fest_id="f")[0] is not None


def _is_good(text: bytes) -> bool:
    return load_fest(text, path="f.yml", fest_id="f")[1] == []


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(SCHEMA)
    with pytest.raises(SchemaError):
        Draft7Validator.check_schema({**SCHEMA, "type": "fest"})


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_fest_file_that_can_be_read_is_valid(path: Any) -> None:
    assert schema_faults(path.read_bytes()) == []


@pytest.mark.parametrize(
    "rest",
    [
        f"edition: '4'\n{EVENTS}",
        f"edition: 4\nsite:\n{EVENTS}",
        f"site: {{a: [1, {{b: true}}], c: tba}}\n{EVENTS}",
        f"description: 2018\n{EVENTS}",
        f"description: true\n{EVENTS}",
        f"url: HTTPS://rustfest.eu/\n{EVENTS}",
        f"status: ' cancelled '\n{EVENTS}",
        "events: {e: {title: E, days: tba}}",
        "events: {e: {title: E, days: TBA}}",
        "events: {e: {title: E, days: 2018-05-28}}",
        "events: {e: {title: 12, days: [2018-05-28, {date: ' 2018-05-29 '}]}}",
        "events: {e: {title: E, days: [{date: 2018-05-28, opens: 9:00, closes: '18:00:00'}]}}",
        "events: {e: {title: E, days: [{date: 2018-05-28, opens: tba, closes: 2018-05-29 02:00}]}}",
        "events: {e: {title: E, days: [{date: 2018-05-28, closes: Tba}]}}",
        f"{EVENTS}rsvp: {{event: e, url: tba, opens: 2018-04-01, closes: tba}}",
        f"{EVENTS}rsvp: {{event: e, url: mailto:a@b.eu, opens: '2018-04-01T09:00+02:00'}}",
        f"{VENUE}venues: {{v: {{name: tba, postcode: 75009, latitude: '48.8', longitude: 2}}}}",
        f"changes: [{{date: 2018-01-01, what: Moved., previous_start: 2018-01-02}}]\n{EVENTS}",
    ],
)
def test_whatever_the_reader_accepts_is_valid(rest: str) -> None:
    text = (HEAD + rest).encode()
    assert _is_read(text)
    assert schema_faults(text) == []


@pytest.mark.parametrize(
    "rest",
    [
        "",
        f"nmae: x\n{EVENTS}",
        f"edition: four\n{EVENTS}",
        f"edition: 0\n{EVENTS}",
        f"url: http://rustfest.eu/\n{EVENTS}",
        f"url:\n{EVENTS}",
        f"rsvp:\n{EVENTS}",
        f"status: canceled\n{EVENTS}",
        f"venues: [a]\n{EVENTS}",
        f"organizer: RustFest\n{EVENTS}",
        f"organizer: {{url: https://rustfest.eu/}}\n{EVENTS}",
        "events: {e: {title: E}}",
        "events: {e: {title: E, days: []}}",
        "events: {e: {title: E, days: [28/05/2018]}}",
        "events: {e: {title: E, days: [2018-13-28]}}",
        "events: {e: {title: E, days: [{date: 2018-05-28, opens: '25:00'}]}}",
        "events: {e: {title: E, days: [{date: 2018-05-28, open: '9:00'}]}}",
        "events: {e: {title: E, days: [{date: 2018-05-28, opens: }]}}",
        "events: {e: {title: E, days: [{date: 2018-05-28, agenda: }]}}",
        "events: {e: {title: [E], days: tba}}",
        f"{EVENTS}rsvp: {{event: e}}",
        f"{EVENTS}rsvp: {{event: e, url: rustfest.eu}}",
        f"{EVENTS}rsvp: {{event: e, url: tba, availability: maybe}}",
        f"{VENUE}venues: {{v: {{name: V, latitude: 91, longitude: 2}}}}",
    ],
)
def test_what_the_reader_refuses_by_its_form_is_not_valid(rest: str) -> None:
    text = (HEAD + rest).encode()
    assert not _is_read(text)
    assert schema_faults(text) != []


@pytest.mark.parametrize("row", [row for row in _rows() if _is_good(_input(row.values[0]))])
def test_a_file_of_the_readers_own_tests_is_valid_where_it_has_no_problem(row: Any) -> None:
    assert schema_faults(_input(row)) == []


def test_every_key_is_described_for_editors() -> None:
    described = {
        key: "description" in prop
        for part in [SCHEMA, *SCHEMA["$defs"].values()]
        for key, prop in part.get("properties", {}).items()
    }
    assert {"name", "events", "opens", "latitude"} <= set(described)
    assert all(described.values()), described


def test_editors_can_offer_the_words_that_are_allowed() -> None:
    offered = SCHEMA["properties"]["status"]["anyOf"][0]["enum"]
    assert offered == ["scheduled", "cancelled", "postponed", "rescheduled", "moved-online"]


def test_editors_find_it_by_the_first_line_of_each_fest_file_of_this_site() -> None:
    files = sorted((ROOT / "fests").glob("*.yml"))
    first = {path.read_text("utf-8").splitlines()[0] for path in files}
    assert first == {"# yaml-language-server: $schema=fest.schema.json"}
