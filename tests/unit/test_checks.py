from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_impldays.checks.leftovers import leftover_problems
from mkdocs_impldays.checks.placeholders import placeholder_problems
from mkdocs_impldays.checks.prose import prose_problems
from mkdocs_impldays.checks.switches import is_silenced
from mkdocs_impldays.checks.text import Page
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.problems import Problem

ROOT = Path(__file__).parents[2]
MARCH = datetime(2018, 3, 28, tzinfo=UTC)


def _fest(fest_id: str, *, hotline: str = "", rsvp: str = "") -> Fest:
    text = (ROOT / f"fests/{fest_id}.yml").read_text("utf-8")
    fest, problems = load_fest(text.encode(), path="f.yml", fest_id=fest_id)
    assert fest is not None, problems
    if rsvp and fest.rsvp:
        fest = fest.model_copy(update={"rsvp": fest.rsvp.model_copy(update={"url": rsvp})})
    return fest.model_copy(update={"site": {**fest.site, "hotline": hotline}})


PARIS = _fest("paris-2018", hotline="+33 1 23 45 67 89")
OTHERS = [
    _fest("zurich-2017", hotline="+41 79 123 45 67", rsvp="https://ti.to/rustfest/zurich-2017"),
    _fest("rome-2018"),
    _fest("barcelona-2019"),
]


def _prose(page: Page) -> list[Problem]:
    return prose_problems(page, PARIS, others=OTHERS)


def _leftovers(page: Page) -> list[Problem]:
    return leftover_problems(page, PARIS, others=OTHERS)


def _placeholders(page: Page) -> list[Problem]:
    return placeholder_problems(page, PARIS, moment=MARCH)


CHECKS: dict[str, Callable[[Page], list[Problem]]] = {
    "prose": _prose,
    "leftovers": _leftovers,
    "placeholders": _placeholders,
}


def _rows() -> list[Any]:
    return [
        pytest.param(check, row, id=f"{name}: {row['name']}")
        for name, check in CHECKS.items()
        for row in yaml.safe_load((ROOT / f"tests/golden/checks/{name}.yml").read_text("utf-8"))
    ]


@pytest.mark.parametrize(("check", "row"), _rows())
def test_a_page_is_told_what_the_table_says(
    check: Callable[[Page], list[Problem]], row: dict[str, Any]
) -> None:
    told = [f"{problem.severity}: {problem}" for problem in check(Page("p.md", row["text"]))]
    assert told == row["problems"]


@pytest.mark.parametrize(("check", "row"), _rows())
def test_lines_are_those_of_the_file(
    check: Callable[[Page], list[Problem]], row: dict[str, Any]
) -> None:
    page = Page("p.md", row["text"])
    lower = replace(page, text=f"\n\n{page.text}", offset=7)
    assert [each.line for each in check(lower)] == [(each.line or 0) + 9 for each in check(page)]


def test_a_plain_word_of_another_fests_name_is_not_its_name() -> None:
    example = _fest("ghent-2028")
    page = Page("p.md", "The days of this fest.\n\nGhent has a river, and its Fest a name.")
    found = leftover_problems(page, PARIS, others=[example])
    assert [problem.line for problem in found] == [3, 3]


def _page(path: Path) -> Page:
    raw = path.read_text("utf-8")
    head = raw[: raw.index("\n---\n", 3) + 5] if raw.startswith("---\n") else ""
    return Page(path.name, raw[len(head) :], head.count("\n"))


def test_the_id_is_added_to_the_name_that_another_fest_has_too() -> None:
    here, there = (fest.model_copy(update={"name": "Hack Days"}) for fest in (PARIS, OTHERS[1]))
    (problem,) = leftover_problems(Page("p.md", "Welcome to Rome."), here, others=[there])
    assert '"Rome" is of Hack Days (rome-2018), not of Hack Days (paris-2018).' in problem.message


@pytest.mark.same_everywhere
@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda p: p.stem)
def test_the_pages_of_this_site_are_told_nothing(path: Path) -> None:
    page = _page(path)
    assert [*_prose(page), *_leftovers(page), *_placeholders(page)] == []


@pytest.mark.parametrize(
    ("days", "severity", "left"),
    [
        (31, "hint", "in 31 days: write it"),
        (30, "warning", "in 30 days"),
        (0, "warning", "today: write it now."),
    ],
)
def test_a_word_that_waits_is_pressing_as_the_fest_comes_near(
    days: int, severity: str, left: str
) -> None:
    assert PARIS.start is not None
    moment = PARIS.start - timedelta(days=days)
    (problem,) = placeholder_problems(Page("p.md", "TBA"), PARIS, moment=moment)
    assert problem.severity == severity
    assert left in problem.message


@pytest.mark.parametrize(
    ("meta", "silenced"),
    [({"checks": False}, True), ({"checks": "off"}, True), ({"checks": True}, False), ({}, False)],
)
def test_front_matter_can_silence_a_page(meta: dict[str, object], silenced: bool) -> None:
    assert is_silenced(meta) == silenced


_PIECES = st.sampled_from(
    [
        *(
            "impl Days",
            "Paris",
            "Zurich",
            "May 30th",
            "31 February",
            "Monday",
            "2018",
            "`",
            "```\n",
        ),
        *("<!-- ", " -->", "{{ ", " }}", "[", "](", ")", "<", ">", "\n", "\n\n", "# ", "- ", "| "),
        *("third edition", "http://", "todo", "Sihlquai 115", "+41 79", " ", ". ", "checks: off"),
    ]
)


@given(st.lists(_PIECES | st.text(max_size=4)).map("".join))
def test_any_page_is_read_with_every_character_at_its_place(text: str) -> None:
    page = Page("p.md", text)
    assert len(page.words) == len(page.linked) == len(text)
    assert page.words.count("\n") == page.linked.count("\n") == text.count("\n")
    read = "".join(sentence.text for sentence, _ in page.sentences())
    assert "".join(read.split()) == "".join(page.words.split())
    for check in CHECKS.values():
        for problem in check(page):
            assert problem.line is not None
            assert 1 <= problem.line <= text.count("\n") + 1


@pytest.mark.same_everywhere
@pytest.mark.parametrize(
    "text",
    [
        *("{{ " * 50_000, "` a`` " * 30_000, "<!-- " * 30_000, "<script " * 30_000),
        *("[" * 50_000, "[a](" * 30_000, "1 (" * 30_000, "May 28th and " * 10_000),
        *("28 and " * 20_000, " " * 200_000, "```\n" * 30_000, "- May 28th\n" * 3_000),
    ],
    ids=lambda text: repr(text[:8]),
)
def test_a_page_made_to_take_long_hides_nothing_before_it(text: str) -> None:
    page = Page("p.md", f"The impl Days Paris are on 1 May 2018.\n\n{text}")
    found = [problem for check in CHECKS.values() for problem in check(page)]
    assert any(problem.line == 1 and "1 May 2018" in problem.message for problem in found)


@pytest.mark.same_everywhere
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "nl", "ca", "ja", "pl"])
def test_no_day_of_any_month_in_any_language_ends_the_check(language: str) -> None:
    fest = PARIS.model_copy(update={"language": language})
    names = Locale.parse(language).months["format"]["wide"].values()
    for month in [*names, *Locale("en").months["format"]["wide"].values()]:
        days = [f"1 {month} 2027"]
        for day in (1, 28, 29, 30, 31, 32, 39):
            for year in ("", " 2027", " 2028", " 1900", " 2099"):
                days += [f"{day} {month}{year}", f"{month} {day}{year}"]
        page = Page("p.md", "\n\n".join(f"The impl Days are on {day}." for day in days))
        found = prose_problems(page, fest, others=OTHERS)
        assert any(each.line == 1 and "Correct it" in each.message for each in found), month
        leftover_problems(page, fest, others=OTHERS)


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
@example(2018, 5, 28)
@example(2018, 5, 1)
def test_a_day_in_iso_is_compared_and_what_is_no_day_ends_nothing(
    year: int, month: int, day: int
) -> None:
    typed = f"{year:04}-{month:02}-{day:02}"
    found = _prose(Page("p.md", f"The impl Days are on {typed}."))
    said = [each.message for each in found if "Correct it" in each.message]
    if typed in {"2018-05-28", "2018-05-29"}:
        assert said == []
    elif year == 2018 and 1 <= month <= 12 and 1 <= day <= 28:
        assert len(said) == 1
        assert f'"{typed}"' in said[0]
    assert all(each.path == "p.md" for each in found)
