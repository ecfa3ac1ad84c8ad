import re
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.output.ics import Calendars
from mkdocs_impldays.output.texts import event_name, line, paragraph
from tests.judges.gate import as_ical_js_reads, byte_faults
from tests.judges.samples import STAMP

NASTY = ["\\", "\\n", "\\;", ",", "\n", "\r\n ", '"', "BEGIN:VEVENT", "é", "日本", "🏳️‍🌈", "a" * 74]
TEXTS = st.lists(st.one_of(st.sampled_from(NASTY), st.text()), min_size=1).map("".join)


def _fest(texts: list[str]) -> Fest:
    """Make a fest as the reader of its file does, with texts that YAML could not hold too."""
    events = {
        f"e{number}": {"title": text, "description": text, "days": "2018-05-28"}
        for number, text in enumerate(texts)
        if any(character.isprintable() and character != " " for character in text)
    }
    head = {"name": "§", "city": "Paris", "country": "FR", "timezone": "Europe/Paris"}
    context = {"zone": ZoneInfo("Europe/Paris"), "id": "any-text"}
    return Fest.model_validate({**head, "events": events}, context=context)


def _fest_of_sessions(texts: list[str]) -> Fest:
    """Make a fest whose sessions, rooms, tracks and speakers are called by texts."""
    typed = [each for each in texts if any(sign.isalnum() for sign in each)]
    agenda = [
        {"at": "10:00", "for": "30 min", "what": text, "id": f"s{number}", "subtitle": text}
        | {"about": text, "kind": text, "room": f"r{number}", "track": "t", "speakers": ["a"]}
        for number, text in enumerate(typed)
    ]
    rooms = {f"r{number}": {"name": text} for number, text in enumerate(typed)}
    head = {"name": "§", "city": "Paris", "country": "FR", "timezone": "Europe/Paris"}
    data = {
        **head,
        "venues": {"v": {"name": "V", "rooms": rooms}},
        "tracks": {"t": {"name": typed[0] if typed else "T"}},
        "speakers": {"a": {"name": typed[0] if typed else "A"}},
        "events": {"e": {"title": "E", "days": "2018-05-28", "venue": "v", "agenda": agenda}},
    }
    context = {"zone": ZoneInfo("Europe/Paris"), "id": "any-text"}
    return Fest.model_validate(data, context=context)


def _unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


def _read(value: str) -> str:
    """Undo the escapes of TEXT (RFC 5545 §3.3.11)."""
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], value)


@given(st.lists(TEXTS, max_size=3))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_survives_folding_and_escaping(texts: list[str]) -> None:
    fest = _fest(texts)
    data = Calendars(site_url=None, stamps={fest.id: STAMP}).of_fest(fest)
    assert byte_faults(data) == []
    lines = _unfolded(data)
    told = [_read(each.partition(":")[2]) for each in lines if each.startswith("DESCRIPTION:")]
    typed = [paragraph(event.description or "") for event in fest.events.values()]
    assert told == [text for text in typed if text]


@given(st.lists(TEXTS, min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_survives_in_the_calendars_of_sessions(texts: list[str]) -> None:
    fest = _fest_of_sessions(texts)
    files = Calendars(site_url=None, stamps={fest.id: STAMP}).of_sessions(fest)
    for data in files.values():
        assert byte_faults(data) == []
    for step in fest.events["e"].steps_of(fest.events["e"].known_days[0]):
        lines = _unfolded(files[f"fests/any-text/sessions/{step.item.id}.ics"])
        summary, place, *groups = [
            _read(each.partition(":")[2])
            for name in ("SUMMARY", "LOCATION", "CATEGORIES")
            for each in lines
            if each.startswith(f"{name}:")
        ]
        text = line(step.what)
        assert (summary, place) == (text, f"{text}, V, Paris, France")
        assert groups == [line(fest.tracks["t"].name), text]


@given(st.lists(TEXTS, min_size=20, max_size=40))
@settings(
    max_examples=8,
    suppress_health_check=list(HealthCheck),
    deadline=None,
)
def test_ical_js_reads_any_text_as_it_was_typed(tmp_path: Path, texts: list[str]) -> None:
    fest = _fest(texts)
    data = Calendars(site_url=None, stamps={fest.id: STAMP}).of_fest(fest)
    read = as_ical_js_reads({"it": data}, tmp_path)["it"]
    assert read["faults"] == []
    told = [(entry["summary"], entry["description"] or "") for entry in read["events"]]
    assert told == [
        (event_name(fest, event), paragraph(event.description or ""))
        for event in fest.events.values()
    ]
