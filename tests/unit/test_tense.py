"""Words that follow time."""

from __future__ import annotations

from datetime import datetime

import pytest
from markupsafe import Markup

from mkdocs_impldays.fest.time import Phase, at, is_over, phases_of, tenses_of
from mkdocs_impldays.names.macros import takes_place, tense
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.words.phrases import Words
from tests.fests import HEAD, fest_of, paris
from tests.unit.test_alternatives import shown


def view(text: str, *, is_preview: bool = False) -> View:
    moment = datetime.fromisoformat(f"2018-05-{text}+02:00")
    return View(moment, is_preview=is_preview)


@pytest.mark.parametrize(
    ("at", "of_event", "of_fest"),
    [
        ("25T12:00", "will take place", "will take place"),
        ("26T00:00", "will take place", "takes place"),
        ("28T08:59", "will take place", "will take place"),
        ("28T09:00", "takes place", "takes place"),
        ("28T18:00", "will take place", "will take place"),
        ("29T09:00", "takes place", "takes place"),
        ("29T18:00", "took place", "took place"),
    ],
)
def test_says_what_is_true(at: str, of_event: str, of_fest: str) -> None:
    words = Words.of("en")
    event = paris().events["impl_days"]
    assert shown(takes_place(paris(), view=view(at), words=words, event=event)) == of_event
    assert shown(takes_place(paris(), view=view(at), words=words)) == of_fest


def test_in_words_of_one_s_own_which_are_text() -> None:
    event = paris().events["impl_days"]
    html = tense(
        paris(), ["<will>", "*is*", Markup("<b>was</b>")], view=view("28T10:00"), event=event
    )
    assert shown(html) == "*is*"
    assert "<b>was</b>" in html
    assert "hidden>&lt;will&gt;<" in html  # the next day is still to come


def test_the_past_is_there_only_in_a_preview() -> None:
    event = paris().events["impl_days"]
    texts = ["a", "b", "c"]
    assert tense(paris(), texts, view=view("30T00:00"), event=event) == "c"
    html = tense(paris(), texts, view=view("30T00:00", is_preview=True), event=event)
    assert shown(html) == "c"
    assert "hidden>a<" in html


def test_without_days_all_is_to_come() -> None:
    fest = fest_of(HEAD + "events:\n  impl_days: {title: impl Days, days: tba}\n")
    assert tense(fest, ["a", "b", "c"], view=view("28T10:00")) == "a"


TWO_DAYS = f"{HEAD}events:\n  a: {{title: A, days: [2027-06-05, 2027-06-19]}}\n"


@pytest.mark.parametrize(
    ("day", "expected"),
    [("04", "future"), ("05", "present"), ("12", "future"), ("19", "present"), ("20", "past")],
)
def test_an_event_is_on_only_on_its_days(day: str, expected: str) -> None:
    fest = fest_of(TWO_DAYS)
    noon = datetime.fromisoformat(f"2027-06-{day}T12:00+02:00")
    assert at(tenses_of(fest), noon) == at(tenses_of(fest, fest.events["a"]), noon) == expected


def test_days_without_hours_that_follow_one_another_have_no_night_between() -> None:
    fest = fest_of(TWO_DAYS.replace("19", "06"))
    assert [span.value for span in tenses_of(fest)] == ["future", "present", "past"]


@pytest.mark.parametrize("where", ["fest", "event"])
@pytest.mark.parametrize(("status", "expected"), [("postponed", "future"), ("cancelled", "past")])
def test_what_is_not_held_is_never_on(where: str, status: str, expected: str) -> None:
    text = TWO_DAYS.replace("title: A", f"title: A, status: {status}")
    fest = fest_of(text if where == "event" else f"{TWO_DAYS}status: {status}\n")
    tenses = tenses_of(fest)
    assert "present" not in [span.value for span in tenses]
    assert tenses[-1].value == expected
    assert is_over(fest, datetime.fromisoformat("2030-01-01T00:00Z")) == (expected == "past")


def test_a_cancelled_fest_without_days_is_past() -> None:
    fest = fest_of(f"{HEAD}status: cancelled\nevents:\n  a: {{title: A, days: tba}}\n")
    early = datetime.fromisoformat("2018-01-01T00:00Z")
    assert at(phases_of(fest), early).phase is Phase.AFTER
    assert is_over(fest, early)
