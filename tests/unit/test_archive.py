"""The sentence at the head of pages of a fest that is not the current one."""

from __future__ import annotations

from datetime import datetime

import pytest

from mkdocs_impldays.names.banners import banner_text
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.words.phrases import Words
from tests.fests import EVENT, HEAD, SPACED_DAYS, fest_of

WORDS = Words.of("en-GB")
LATER = View(datetime.fromisoformat("2020-01-01T00:00+00:00"))


def test_it_says_that_a_fest_was() -> None:
    text = banner_text(fest_of(HEAD + EVENT), view=LATER, words=WORDS).striptags()
    assert text == f"This is a page of RustFest Paris, which took place on {SPACED_DAYS}."


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_it_does_not_say_so_of_one_that_was_not_held(status: str) -> None:
    fest = fest_of(f"{HEAD}status: {status}\n{EVENT}")
    text = banner_text(fest, view=LATER, words=WORDS)
    assert text.striptags() == f"This is a page of RustFest Paris ({SPACED_DAYS})."
    assert "<s>" in text


def test_days_that_are_not_known_are_said_to_be_so() -> None:
    fest = fest_of(HEAD + "events:\n  a: {title: A, days: tba}\n")
    text = banner_text(fest, view=LATER, words=WORDS)
    assert text.striptags() == "This is a page of RustFest Paris (to be announced)."
