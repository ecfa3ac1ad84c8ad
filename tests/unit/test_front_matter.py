"""Front matter that YAML cannot load: each is a problem with its line."""

from __future__ import annotations

import pytest

from mkdocs_impldays.importers.page import head_of
from mkdocs_impldays.pages.front_matter import excess_problem, has_line, line_of, syntax_problems

BAD_VALUES = [
    "2027-02-30",
    "!!bool perhaps",
    "!!float ''",
    "!!int ''",
    "!!int '-'",
    "!!int many",
    "!!timestamp soon",
    "!!timestamp ''",
    "0b_",
    "a\0b",
    "a\x1bb",
    "é\0",
    "{a:[c]}",  # which one of PyYAML's two parsers accepts
    "{a:[c], b: 2027-02-30}",
]


@pytest.mark.parametrize("value", BAD_VALUES)
def test_a_value_that_cannot_be_loaded_is_reported_with_its_line(value: str) -> None:
    raw = f"---\ntitle: A\nb: {value}\n---\n"
    (problem,) = syntax_problems(raw, raw, path="docs/a.md")
    assert (problem.path, problem.line) == ("docs/a.md", 3)
    assert "is not valid front matter" in problem.message


@pytest.mark.parametrize("value", BAD_VALUES)
def test_a_value_that_cannot_be_loaded_is_a_comment_once_imported(value: str) -> None:
    head, problems = head_of(f"---\ntitle: A\nb: {value}\n---\n", path="a.md")
    assert head is not None
    assert head.meta == {"title": "A"}
    assert [(each.path, each.line) for each in problems] == [("a.md", 3)]


def test_lines_that_only_yaml_counts_are_not_counted() -> None:
    typed = "a: [\u2028b: [\u0085c: [\x0bd: [\ne: [\n"
    head, problems = head_of(f"---\n{typed}---\n", path="a.md")
    assert head is not None
    assert head.meta == {}
    assert [each.line for each in problems] == [2, 2, 2, 2, 3]


@pytest.mark.parametrize("value", ["&x [*x]", "&x {b: [*x]}", "&x {*x : b}", "[&y 1, &y [*y]]"])
def test_a_value_inside_itself_is_not_loaded(value: str) -> None:
    problem = excess_problem(f"---\ntitle: A\na: {value}\n---\n", path="docs/a.md")
    assert problem is not None
    assert (problem.line, "repeats too much" in problem.message) == (3, True)


def test_an_anchor_may_be_used_again_after_its_value() -> None:
    raw = "---\na: &x [1]\nb: *x\nc: &x [*x]\n---\n"
    assert excess_problem("---\na: &x [1]\nb: [*x, *x]\n---\n", path="docs/a.md") is None
    assert excess_problem(raw, path="docs/a.md") is not None


def test_a_key_that_is_not_text_is_found_in_its_line() -> None:
    assert has_line("title: A\n.10: '{% x'", 0.1) is False
    assert line_of("title: A\n3: b", 3) == 2
