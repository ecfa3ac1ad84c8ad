"""One fault at a time is put into a good calendar: the gate must find each."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_impldays.output.ics import Calendars
from tests.judges.gate import as_ical_js_reads, byte_faults, libical_faults
from tests.judges.samples import FESTS, SITE, STAMPS

PARIS = FESTS["paris-2018"]
GOOD = Calendars(site_url=SITE, stamps=STAMPS).of_event(PARIS, PARIS.events["impl_days"])

Mutation = Callable[[bytes], bytes]


def _cut(pattern: bytes) -> Mutation:
    return lambda data: re.sub(pattern, b"", data, flags=re.MULTILINE | re.DOTALL)


def _swap(old: bytes, new: bytes) -> Mutation:
    return lambda data: data.replace(old, new, 1)


def _break_a_character(data: bytes) -> bytes:
    head, _, tail = data.partition("é".encode())
    return head + b"\xc3\r\n \xa9" + tail


START = b"DTSTART;TZID=Europe/Paris:20180528T090000\r\n"
END = b"DTEND;TZID=Europe/Paris:20180528T180000\r\n"

MUTANTS: dict[str, tuple[Mutation, str]] = {
    "no DTSTAMP": (_cut(rb"^DTSTAMP:[^\n]*\n"), "libical"),
    "no UID": (_cut(rb"^UID:paris-2018/[^\n]*\n"), "libical"),
    "LF only": (lambda data: data.replace(b"\r\n", b"\n"), "bytes"),
    "a line of more than 75 octets": (lambda data: data.replace(b"\r\n ", b""), "bytes"),
    "no VTIMEZONE": (_cut(rb"^BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n"), "ical.js"),
    "an end before the start": (_swap(b"0528T180000", b"0528T080000"), "ical.js"),
    "an end at the start": (_swap(b"0528T180000", b"0528T090000"), "ical.js"),
    "two DTSTART": (_swap(START, START + START), "libical"),
    "no PRODID": (_cut(rb"^PRODID:[^\n]*\n"), "libical"),
    "no VERSION": (_cut(rb"^VERSION:[^\n]*\n"), "libical"),
    "DTEND and DURATION": (_swap(END, END + b"DURATION:PT9H\r\n"), "libical"),
    "a fold within a character": (_break_a_character, "bytes"),
    "a STATUS that is none": (_swap(b"STATUS:CONFIRMED", b"STATUS:SCHEDULED"), "libical"),
    "a DATE as the end of a DATE-TIME": (
        _swap(END, b"DTEND;VALUE=DATE:20180529\r\n"),
        "fields",
    ),
    "one UID twice": (lambda data: data.replace(b"/day2@", b"/day1@"), "ical.js"),
    "a bare line break in DESCRIPTION": (_swap(b"\\n09:30", b"\r\n09:30"), "libical"),
    "30 February": (lambda data: data.replace(b":20180528T", b":20180230T"), "fields"),
    "a byte order mark": (lambda data: b"\xef\xbb\xbf" + data, "bytes"),
    "GEO out of range": (_swap(b"GEO:48.871971", b"GEO:148.871971"), "fields"),
    "METHOD:PUBLISH without ORGANIZER": (
        _swap(b"\r\nVERSION:", b"\r\nMETHOD:PUBLISH\r\nVERSION:"),
        "libical",
    ),
    "floating time": (_swap(START, b"DTSTART:20180528T090000\r\n"), "fields"),
    "a comma without its escape": (_swap(b"Rust\\, or", b"Rust, or"), "bytes"),
    "&amp; in a text": (_swap(b"RustFest Paris: impl", b"RustFest &amp; Paris: impl"), "fields"),
    "an ALTREP without quotes": (
        _swap(b"LOCATION:", b"LOCATION;ALTREP=https://paris.rustfest.eu/:"),
        "fields",
    ),
    "another offset in VTIMEZONE": (_swap(b"TZOFFSETTO:+0200", b"TZOFFSETTO:+0100"), "fields"),
    "another place on Earth": (_swap(b"GEO:48.871971;2", b"GEO:2.34122;48"), "fields"),
    "SEQUENCE left out": (_cut(rb"^SEQUENCE:[^\n]*\n"), "ical.js"),
}


def _found(data: bytes, icalcheck: Path, folder: Path) -> dict[str, list[str]]:
    """Return what each judge finds wrong."""
    read = as_ical_js_reads({"good": GOOD, "it": data}, folder)
    faults = read["it"].pop("faults")
    assert read["good"].pop("faults") == []
    return {
        "bytes": byte_faults(data),
        "libical": libical_faults(data, icalcheck, folder),
        "ical.js": faults,
        "fields": ["what it says is not what the fest says"] * (read["it"] != read["good"]),
    }


def test_the_gate_lets_a_good_calendar_through(icalcheck: Path, tmp_path: Path) -> None:
    assert not any(_found(GOOD, icalcheck, tmp_path).values())


@pytest.mark.parametrize("name", MUTANTS)
def test_the_gate_stops_a_calendar_with_one_fault(
    name: str, icalcheck: Path, tmp_path: Path
) -> None:
    mutate, judge = MUTANTS[name]
    assert mutate(GOOD) != GOOD
    assert _found(mutate(GOOD), icalcheck, tmp_path)[judge] != []
