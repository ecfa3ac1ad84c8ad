import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from mkdocs_impldays.fest import values
from mkdocs_impldays.fest.model import TBA

ZONE = {"zone": ZoneInfo("Europe/Paris")}


def _read(kind: Any, value: object) -> object:
    return TypeAdapter(kind, config={"arbitrary_types_allowed": True}).validate_python(
        value, context=ZONE
    )


@pytest.mark.parametrize(
    "kind",
    [
        *(values.TextOrTba, values.TimeOrTba, values.ClosingOrTba, values.MomentOrTba),
        *(values.DeadlineOrTba, values.UrlOrTba, values.IdOrTba),
    ],
)
@pytest.mark.parametrize("typed", ["tba", "TBA", " Tba "])
def test_a_fact_that_is_not_known_yet_is_tba_in_any_case(kind: Any, typed: str) -> None:
    assert _read(kind, typed) is TBA


@pytest.mark.parametrize("typed", ["todo", "url-to-do", "#", "TBD"])
def test_a_word_that_stands_for_an_address_is_tba(typed: str) -> None:
    assert _read(values.UrlOrTba, typed) is TBA


def test_a_placeholder_that_leads_somewhere_is_kept_to_be_told() -> None:
    assert _read(values.UrlOrTba, "https://ti.to/url-to-do") == "https://ti.to/url-to-do"


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (values.Text, "  Talks ", "Talks"),
        (values.Country, "NO", "NO"),
        (values.Language, "pt-BR", "pt-BR"),
        (values.Latitude, "-38.71", -38.71),
        (values.Longitude, "180", 180.0),
        (values.Count, "90", 90),
        (values.Email, "hello@rustfest.eu", "hello@rustfest.eu"),
        (values.SitePath, "/location/#venue", "/location/#venue"),
        (values.Id, "espace-saint-martin", "espace-saint-martin"),
        (values.Colour, "#1F3A5F", "#1f3a5f"),
        (values.Date, "2018-05-28", date(2018, 5, 28)),
    ],
)
def test_what_was_typed_becomes_a_value(kind: Any, typed: str, value: object) -> None:
    assert _read(kind, typed) == value
    assert _read(kind, value) == value


@pytest.mark.parametrize("value", [None, "", " ", "\u200b", [], ["x"], {}, {"x": "y"}])
@pytest.mark.parametrize(
    "kind",
    [
        *(values.Text, values.Date, values.TimeOrTba, values.Zone, values.Country, values.Language),
        *(values.Url, values.Id, values.Latitude, values.Count, values.Email, values.SitePath),
    ],
)
def test_what_is_no_text_is_refused_in_words(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError, match=r"is empty\.|where one value belongs\."):
        _read(kind, value)


def _typed(file: str, key: str) -> list[str]:
    path = Path(__file__).parents[2] / "fests" / file
    return re.findall(rf"(?m)\b{key}: ([^\s,}}]+)", path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        *((values.Date, "date"), (values.TimeOrTba, "opens"), (values.Country, "country")),
        *((values.UrlOrTba, "url"), (values.SitePath, "page"), (values.Colour, "primary")),
    ],
)
def test_the_schema_for_editors_takes_what_the_reader_takes(kind: Any, key: str) -> None:
    schema = TypeAdapter(kind).json_schema()
    patterns = [part["pattern"] for part in schema.get("anyOf", [schema]) if "pattern" in part]
    for file in ("paris-2018.yml", "rome-2018.yml"):
        for typed in _typed(file, key)[:3]:
            text = str(yaml.safe_load(f"[{typed}]")[0]) if '"' in typed else typed
            if re.match(r"\d{4}-\d\d-\d\d", text) and key == "opens":
                continue  # an RSVP opens at a moment, a day at a time
            assert any(re.search(pattern, text) for pattern in patterns)
            assert _read(kind, text)


def test_a_moment_is_on_the_clocks_of_the_fest() -> None:
    moment = _read(values.MomentOrTba, "2018-05-27 18:00")
    assert isinstance(moment, datetime)
    assert moment.isoformat() == "2018-05-27T18:00:00+02:00"
