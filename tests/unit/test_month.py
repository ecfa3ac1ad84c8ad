"""An event of which only the month is known."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.current import Group, current, groups_of
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.instants import instants_of
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.missing import unknown_facts
from mkdocs_impldays.fest.time import Phase, at, limited_span, phases_of, tenses_of
from mkdocs_impldays.names.button import call_button
from mkdocs_impldays.names.fests import latest_first
from mkdocs_impldays.names.filters import filters
from mkdocs_impldays.names.variables import variables_of
from mkdocs_impldays.output.calendar_links import calendar_links
from mkdocs_impldays.output.jsonld import fest_node
from mkdocs_impldays.output.vevent import entries_of
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.words.dates import STYLES, Month, month_in_words
from mkdocs_impldays.words.phrases import Words
from tests.fests import HEAD, fest_of, rsvp_of

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def _fest(days: str = "2027-06") -> Fest:
    return fest_of(f"{HEAD}events: {{talks: {{title: Talks, days: {days}}}}}\n")


def test_pages_show_the_month_in_each_style() -> None:
    names = variables_of(_fest())
    fest, site = names["fest"], names["site"]
    assert isinstance(fest, Facts)
    assert isinstance(site, Facts)
    shown = fest["dates"]
    assert isinstance(shown, Facts)
    assert str(shown) == "June 2027"
    styles = {style: str(shown[style]) for style in STYLES}
    assert styles == dict.fromkeys(STYLES, "June 2027") | {"short": "Jun 2027", "iso": "2027-06"}
    assert filters("de")["dates"](shown, "short") in {"Jun 2027", "Juni 2027"}
    dates = site["dates"]
    assert isinstance(dates, Facts)
    assert (dates["talks"], dates["talks_no_br"]) == ("June 2027", "June 2027")
    assert dates["year"] == "2027"


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ca", "juny del 2027"),
        ("de", "Juni 2027"),
        ("es", "junio de 2027"),
        ("fr", "juin 2027"),
        ("it", "giugno 2027"),
        ("nl", "juni 2027"),
    ],
)
def test_it_is_written_in_each_language(locale: str, words: str) -> None:
    assert month_in_words(Month(2027, 6), locale=locale) == words


def test_it_is_announced_and_in_no_calendar() -> None:
    fest = _fest()
    assert [span.value.phase for span in phases_of(fest)] == [Phase.ANNOUNCED, Phase.AFTER]
    assert list(entries_of(fest, fest.events["talks"])) == []
    assert calendar_links(fest, site_url=None) == ()
    assert fest_node(fest, site_url=None, moment=NOW) is None


def test_fests_are_sorted_by_it() -> None:
    june, may, later = _fest(), _fest("[2027-05-30]"), _fest("[2027-06-15]")
    unknown = _fest("tba")
    assert latest_first([may, june, unknown, later]) == [unknown, later, june, may]
    assert current([later, june, unknown], NOW) is june


JULY = datetime(2027, 6, 30, 22, tzinfo=UTC)
"""The first moment after the month, in Paris."""
RSVP = "rsvp: {event: talks, url: https://ti.to/a}\ncalls: {help: {title: Help, url: https://ti.to/b}}\n"


@pytest.mark.parametrize(
    ("days", "moment"),
    [
        ("2027-06", JULY),
        ("2027-12", datetime(2027, 12, 31, 23, tzinfo=UTC)),
    ],
)
def test_what_has_a_month_alone_is_to_come_until_it_is_over(days: str, moment: datetime) -> None:
    fest = _fest(days)
    for what in (fest.events["talks"], None):
        before, after = tenses_of(fest, what)
        assert (before.value, after.value) == ("future", "past")
        assert before.end == after.start == moment
    assert [group.value for group in groups_of(fest)] == [Group.UPCOMING, Group.PAST]
    assert instants_of(fest) == [moment]


@pytest.mark.parametrize(
    "events",
    [
        "{a: {title: A, days: 2027-06}, b: {title: B, days: tba}}",
        "{a: {title: A, days: 2027-06, status: postponed}}",
        "{a: {title: A, days: 2027-06}, b: {title: B, days: 2028-01}}",
    ],
)
def test_it_is_to_come_as_long_as_anything_of_it_may_be(events: str) -> None:
    assert at(tenses_of(fest_of(f"{HEAD}events: {events}\n")), JULY) == "future"


def test_nobody_signs_up_any_more_when_the_month_is_over() -> None:
    fest = fest_of(f"{HEAD}events: {{talks: {{title: Talks, days: 2027-06}}}}\n{RSVP}")
    for call in fest.every_call.values():
        states = [(span.value, span.end) for span in call_states(fest, call)]
        assert states == [(CallState.OPEN, JULY), (CallState.CLOSED, None)]
    words = Words.of("en")
    button = call_button(fest, rsvp_of(fest), view=View(JULY), words=words)
    assert re.sub("<[^>]*>", "", button) == "RSVP is closed"


def test_of_fests_that_are_over_the_last_month_is_current() -> None:
    june, may = _fest(), _fest("2027-05")
    assert current([may, june], JULY) is june
    assert current([june, _fest("[2027-07-01]"), may], JULY + timedelta(days=9)).dates  # type: ignore[union-attr]


def test_what_is_shown_until_the_end_is_gone_when_the_month_is_over() -> None:
    more = "contacts: [{name: A, phone: +33 1 23 45 67 89}]\n"
    fest = fest_of(f"{HEAD}events: {{talks: {{title: Talks, days: 2027-06}}}}\n{more}")
    span = limited_span(fest.contacts[0], fest)
    assert span is not None
    assert span.end == JULY


def test_a_month_that_is_none_is_a_mistake() -> None:
    text = f"{HEAD}events: {{talks: {{title: Talks, days: 2027-13}}}}\n"
    fest, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert fest is None
    assert "2027-13" in str(problems[0])


def test_a_translation_knows_it_too() -> None:
    assert _fest().in_language("de").month == Month(2027, 6)


@pytest.mark.parametrize(
    ("stamp", "line"),
    [
        (
            "2027-05-31T21:59",
            "hint: “2027-06” has no day yet. Write the days as soon as you know.",
        ),
        (
            "2027-05-31T22:00",
            "warning: “2027-06” has begun. Write the days, or another month.",
        ),
        (
            "2027-06-30T22:00",
            "warning: “2027-06” is over. Write the days, or another month.",
        ),
    ],
)
def test_a_month_that_has_begun_without_a_day_is_reported(stamp: str, line: str) -> None:
    moment = datetime.fromisoformat(f"{stamp}+00:00")
    (problem,) = unknown_facts(_fest(), moment=moment)
    severity, _, message = line.partition(": ")
    assert problem.marked == f"fests/a-fest.yml:5: {severity}: events.talks.days: {message}"


def test_the_month_of_a_cancelled_event_is_not_waited_for() -> None:
    fest = fest_of(f"{HEAD}events: {{a: {{title: A, days: 2027-06, status: cancelled}}}}\n")
    assert unknown_facts(fest, moment=datetime(2027, 7, 1, tzinfo=UTC)) == []
