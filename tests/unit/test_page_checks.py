"""The checks of whole pages, and the signs that spare most pages the reading."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import markdown

from mkdocs_impldays.checks import pages
from mkdocs_impldays.checks.pages import Keywords, PageChecks, page_problems
from mkdocs_impldays.checks.prose import facts_problems
from mkdocs_impldays.checks.text import Page
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.problems import Problem
from tests.fests import ROOT
from tests.unit.test_checks import MARCH, OTHERS, PARIS

CHECKS = PageChecks(PARIS, OTHERS, MARCH)


def _all(page: Page) -> list[Problem]:
    return page_problems(page, fest=PARIS, others=OTHERS, moment=MARCH)


def _rows() -> list[Any]:
    return [
        pytest.param(row["text"], id=f"{path.stem}: {row['name']}")
        for path in sorted((ROOT / "tests/golden/checks").glob("*.yml"))
        for row in yaml.safe_load(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("text", _rows())
def test_what_the_checks_find_is_found_behind_the_signs_too(text: str) -> None:
    assert CHECKS.problems("p.md", text, {}) == _all(Page("p.md", text))


_WORDS = st.sampled_from(
    [
        *(
            "Zürich",
            "Zurich,",
            "(Roma",
            "“Rome”",
            "Sihlquai",
            "115",
            "rue de Clery",
            "17",
            "Mozilla",
        ),
        *("May", "28th", "2018-05-30", "mai", "Paris 2019", "fifth edition", "doors open at 10:30"),
        *("TBA", "*todo*", "[x](http://a.de)", "<a href='//b.de'>", "+41 79 123 45 67", "16bis"),
        *("Boulevard", "Montmartre", "[a]: https://example.com", "tasty", "impl", "Days", "Monday"),
    ]
)


@given(st.lists(_WORDS | st.text(max_size=3), max_size=12).map(" ".join))
@example("The impl Days are on 1 May 2018.")
def test_a_page_without_a_keyword_has_no_problem(text: str) -> None:
    if _all(Page("p.md", text)):
        assert Keywords(PARIS, OTHERS).are_in(text)


def test_plain_prose_is_not_read() -> None:
    keywords = Keywords(PARIS, OTHERS)
    for prose in (
        "Bring a laptop, and a friend. We may mark the second door; see [more](more.md).\n",
        "There are 3 ways, since 2015, on all 7 days.\n",
        "It opens in the morning: `answer = 42`.\n",
        "In Paris we are 80.\n",
    ):
        assert not keywords.are_in(prose * 50)
        assert keywords.are_in(f"{prose * 25}It is on 28 May.\n{prose * 25}")


def test_lines_are_those_of_the_file_and_of_its_front_matter() -> None:
    raw = "---\ntitle: TODO\n---\nThe doors of Zurich\n\nTODO\n"
    found = PageChecks(PARIS, OTHERS, MARCH).problems("p.md", raw, {"title": "TODO"})
    assert [each.line for each in found if "TODO" in each.message] == [6, 2]


def test_a_file_is_read_again_only_where_it_was_edited() -> None:
    checks = PageChecks(PARIS, OTHERS, MARCH)
    with patch.object(pages, "page_problems", side_effect=page_problems) as asked:
        for text, times in (("TODO", 1), ("TODO", 1), ("TODO now", 2), ("Now.", 2), ("TODO", 3)):
            assert bool(checks.problems("p.md", text, {})) == ("TODO" in text)
            assert asked.call_count == times


def test_checks_are_kept_for_the_same_fests_on_the_same_day() -> None:
    assert CHECKS.are_of(PARIS, OTHERS, MARCH + timedelta(hours=2))
    assert not CHECKS.are_of(PARIS, OTHERS, MARCH + timedelta(days=1))
    assert not CHECKS.are_of(PARIS, OTHERS[:1], MARCH)
    assert not CHECKS.are_of(OTHERS[0], OTHERS, datetime(2018, 3, 28, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Bring with you:\n- a laptop\n- a cable\n", 2),
        ("# Bring\n\nAll of:\nthese things:\n1. a laptop\n", 5),
        ("---\ntitle: A\n---\nBring:\n* a laptop\n", 5),
    ],
)
def test_a_list_right_after_its_sentence_is_reported(text: str, line: int) -> None:
    (found,) = pages.list_problems("p.md", text)
    assert (found.line, found.severity, found.check) == (line, "warning", "list")
    assert "<li>" not in markdown(text.rpartition("---\n")[2])


@pytest.mark.parametrize(
    "text",
    [
        "Bring with you:\n\n- a laptop\n",
        "- a laptop\nand more\n- a cable\n",
        "# Bring\n- a laptop\n",
        "Code:\n\n```\nls\n- a\n```\n",
        "A range of\n2018 - 2019\n",
        "| a |\n| --- |\n- b\n",
        "Term\n: - a\n",
        "A title\n---\n",
        "",
    ],
)
def test_other_lines_are_not_taken_for_lists(text: str) -> None:
    assert list(pages.list_problems("p.md", text)) == []


def test_a_day_in_free_facts_that_no_calendar_has_is_reported_at_its_line() -> None:
    head = (ROOT / "fests/paris-2018.yml").read_text("utf-8").partition("\nsite:")[0]
    line = head.count("\n") + 3
    typed = f"{head}\nsite:\n  party: [Sunday 28 May 2018, 31 November, Monday 28 May 2018]\n"
    fest, _ = load_fest(typed.encode(), path="f.yml", fest_id="f")
    assert fest is not None
    assert [str(each) for each in facts_problems(fest)] == [
        (
            f'f.yml:{line}: site.party[0]: "Sunday 28 May 2018" is a Monday in 2018. '
            "Correct the day or the date."
        ),
        f'f.yml:{line}: site.party[1]: "31 November" is not in the calendar. Correct the day.',
    ]
