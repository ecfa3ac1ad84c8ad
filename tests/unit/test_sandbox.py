"""What comes of random templates: each ends, with a result or with problems."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.tests import TESTS

from mkdocs_impldays.pages.filters import FILTERS
from mkdocs_impldays.pages.limits import MOST_WRITTEN
from tests.fests import ROOT
from tests.fuzz.entries import check_problems, check_text, site_of_fests

RENDERER = site_of_fests(is_preview=False).context().renderer
META = {"title": "A page", "list": [1, "two", {"three": 3.5}], "group": {"a": None, "b": True}}

KINDS: dict[str, list[str]] = {
    **yaml.safe_load((ROOT / "tests/golden/sandbox/grammar.yml").read_text("utf-8")),
    "bare filter": sorted({*FILTERS, "dates", "join", "string", "tojson", "pprint", "nothing"}),
    "filter": [f'"{name}"' for name in sorted({*FILTERS, "dates", "string", "attr"})],
    "bare test": sorted(TESTS),
    "test": [f'"{name}"' for name in sorted(TESTS)],
}
"""What each kind of thing in a template can be; `<kind>` stands for another of that kind."""

_START = '{% set a = "a" %}{% set b = 3 %}'
_START += "{% macro m(a=1, b=2) %}{{ a }}{{ b }}{% endmacro %}"
_HOLE = re.compile(r"<([a-z ]+)>(?!&)")
_PLAIN = {name: [each for each in given if not _HOLE.search(each)] for name, given in KINDS.items()}


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Draw a template that is mostly right: what is wrong ends most of it."""

    def filled(kind: str, depth: int) -> str:
        choices = KINDS[kind] if depth else _PLAIN[kind] or ["a"]
        text = draw(st.sampled_from(choices))
        whole = _HOLE.sub(lambda hole: filled(hole[1], max(0, depth - 1)), text)
        return whole if whole == text or kind == "block" else f"({whole})"

    return _START + "".join(filled("block", 4) for _ in range(draw(st.integers(1, 3))))


def check(page: str) -> bool:
    """Render a page; return whether nothing was wrong with it."""
    text, problems = RENDERER.render(page, path="docs/a.md", page=META)
    assert len(text) <= MOST_WRITTEN + 1_000 * len(page)
    check_problems(problems, {"docs/a.md": page.encode()})
    assert all(problem.line is not None for problem in problems)
    check_text(text, page.encode())
    for sign in ("'", "None", "Undefined", "Error"):  # of what Python prints
        assert sign not in text
    if not re.search("title|capital", page):
        assert not re.search("True|False", text)
    for problem in problems:
        check_text(problem.message, page.encode())
        assert not re.search(r"[\[({]'|\b(?:None|True|False)\b", problem.message)
    return not problems


RIGHT = [
    ("{{ true | trim }} {{ false | lower }} {{ true ~ 1 }}", "true false true1"),
    ("{{ 'x' | replace('x', true) }} {{ true | replace('tr', 'x') }}", "true xue"),
    (
        "{{ page.group.b | string }} {{ [true, 2] | join(' ') }} {{ none | tojson }}",
        "true true 2 null",
    ),
]


@pytest.mark.parametrize(("page", "text"), RIGHT)
def test_a_truth_value_reads_as_in_yaml(page: str, text: str) -> None:
    assert RENDERER.render(page, path="docs/a.md", page=META) == (text, [])


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("{{ venue(true) }}", '"true" is not a venue'),
        ("{{ tense('a', 'b', 'c', event=false) }}", '"false" is not an event'),
        ("{{ calendar_links(range) }}", "has an argument that is not a text"),
        ("{{ tense('a', 'b', 'c', event=self) }}", "has an argument that is not a text"),
        ("{{ venue((1, 'a')) }}", "has an argument that is not a text"),
        ("{{ venue(rsvp_button) }}", '"rsvp_button" is a macro. Write rsvp_button().'),
        ("{{ fest[true] }}", '"true" is not known: what it belongs to'),
        ("{{ page.list[false] }}", '"false" is not known: what it belongs to'),
        ("{{ [] | first }}", "takes an item from an empty list."),
        ("{{ [] | max }}", "takes an item from an empty list."),
        (
            "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}",
            '"a" is missing where the macro is called. Add it there.',
        ),
        (
            "{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}",
            '"caller" is missing where the macro is called. Add it there.',
        ),
    ],
)
def test_a_message_says_nothing_in_python(page: str, message: str) -> None:
    _, problems = RENDERER.render(page, path="docs/a.md", page=META)
    assert problems
    assert message in problems[0].message


@pytest.mark.parametrize(
    ("within", "beyond", "message"),
    [
        (
            "{% for i in range(20_000) %}{{ i }}{% endfor %}",
            "{% for i in range(20_001) %}{{ i }}{% endfor %}",
            "A list may have 20,000 items",
        ),
        (
            "{% for i in range(99) %}{% for j in range(900) %}{% endfor %}{% endfor %}",
            "{% for i in range(99) %}{% for j in range(1100) %}{% endfor %}{% endfor %}",
            "A page may have 100,000 loop iterations and calls.",
        ),
        (
            "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 19,
            "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 20,
            "a text 1,000,000 characters",
        ),
        (
            "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 18 + "{{ a }}" * 3,
            "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 18 + "{{ a }}" * 4,
            "Variables and tags may print 1,000,000 characters.",
        ),
    ],
)
def test_a_page_ends_at_its_limit_with_the_limit(within: str, beyond: str, message: str) -> None:
    assert RENDERER.render(within, path="docs/a.md")[1] == []
    _, (problem,) = RENDERER.render(beyond, path="docs/a.md")
    assert message in problem.message


@settings(max_examples=3 * settings().max_examples)
@given(pages())
def test_any_template_ends_with_a_result_or_with_problems(page: str) -> None:
    check(page)
