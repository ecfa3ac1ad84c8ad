from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event

from mkdocs_impldays.feeds.content_lines import component, content_line, in_utc, text, when

PARIS = datetime(2018, 5, 28, 9, tzinfo=ZoneInfo("Europe/Paris"))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=300)


def test_a_component_holds_its_lines_between_its_begin_and_its_end() -> None:
    assert (
        component("VEVENT", content_line("UID", "1")) == b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n"
    )


@given(TEXTS)
def test_any_text_is_read_again_as_it_was_from_lines_of_75_octets(typed: str) -> None:
    lines = content_line("SUMMARY", text(typed))
    assert max(len(line.decode().encode()) for line in lines.split(b"\r\n")) <= 75
    read = Event.from_ical(component("VEVENT", content_line("UID", "1"), lines).decode())
    assert str(read["SUMMARY"]) == typed


def test_no_line_ends_within_an_escape() -> None:
    lines = content_line("SUMMARY", text("x" * 65 + ", and more"))
    assert lines == b"SUMMARY:" + b"x" * 65 + b"\r\n \\, and more\r\n"


@pytest.mark.parametrize(
    ("typed", "written"),
    [("a\\b;c,d", r"a\\b\;c\,d"), ("two\nlines", r"two\nlines"), (r"C:\Nowhere", r"C:\\Nowhere")],
)
def test_what_means_something_in_a_calendar_is_escaped(typed: str, written: str) -> None:
    assert text(typed) == written


@pytest.mark.parametrize(
    ("on", "line"),
    [
        (date(2018, 5, 28), b"DTSTART;VALUE=DATE:20180528\r\n"),
        (PARIS, b"DTSTART;TZID=Europe/Paris:20180528T090000\r\n"),
        (PARIS.replace(tzinfo=ZoneInfo("UTC")), b"DTSTART:20180528T090000Z\r\n"),
    ],
)
def test_a_moment_is_told_on_the_clocks_of_its_zone(on: date, line: bytes) -> None:
    assert when("DTSTART", on) == line


def test_a_moment_in_utc_has_whole_seconds() -> None:
    moment = datetime(2018, 4, 18, 12, 30, 1, 999999, timezone(timedelta(hours=2)))
    assert in_utc(moment) == "20180418T103001Z" == in_utc(moment.astimezone(UTC))
