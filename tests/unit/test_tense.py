"""Words that follow time."""

from __future__ import annotations

from datetime import datetime

import pytest
from markupsafe import Markup

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
        ("28T08:59", "will take place", "takes place"),
        ("28T09:00", "takes place", "takes place"),
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
    assert "will" not in html


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
