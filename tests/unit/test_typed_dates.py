"""Dates as people type them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.dates import format_date
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_impldays.fest.typed_dates import read_dates

GOLDEN = Path(__file__).parents[1] / "golden" / "typed_dates" / "read.yml"
CASES: list[dict[str, Any]] = yaml.safe_load(GOLDEN.read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_typed_date_is_read_or_refused_with_the_reason(case: dict[str, Any]) -> None:
    days, reason = read_dates(
        case["text"], year=case.get("year"), language=case.get("language", "en")
    )
    assert list(days) == case.get("days", [])
    assert reason == case.get("reason")


@given(
    first=st.dates(date(2001, 1, 1), date(2090, 1, 1)),
    more=st.integers(0, 20),
    language=st.sampled_from(["en", "en-GB", "de", "fr", "it", "es", "ca", "nl"]),
)
def test_dates_that_babel_writes_in_full_are_read_back(
    first: date, more: int, language: str
) -> None:
    days = [first, *([first + timedelta(more)] if more else [])]
    text = " & ".join(format_date(day, "full", locale=language.replace("-", "_")) for day in days)
    assert read_dates(text, year=None, language=language) == (tuple(days), None)


@given(st.text(max_size=40))
@example("28 May")
@example("31 June")
def test_no_text_is_too_strange_to_be_refused(text: str) -> None:
    days, reason = read_dates(text, year=2018)
    assert bool(days) != bool(reason)
    if text in {"28 May", "31 June"}:
        assert bool(days) == (text == "28 May")
