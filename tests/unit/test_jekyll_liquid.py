"""Liquid as the tags and variables that pages have here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.importers.liquid import Names, Place, convert

GOLDEN = Path(__file__).parents[1] / "golden" / "liquid" / "convert.yml"
CASES: list[dict[str, Any]] = yaml.safe_load(GOLDEN.read_text("utf-8"))


def place() -> Place:
    return Place(
        "page.md",
        {
            "_includes/banner.html": "<h1>{{ include.title }}</h1>\n",
            "loop.html": "{% include_relative loop.html %}",
        },
        Names(
            site={"site.city": "Oslo", "site.dates.party": "TBA"},
            page=frozenset({"title"}),
        ),
        first_line=4,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_liquid_becomes_what_pages_know_or_is_reported(case: dict[str, Any]) -> None:
    converted = convert(case["in"], place())
    said = [str(problem) for problem in converted.problems]
    assert converted.text == case["out"]
    if "ends" in case:
        assert said[0] == case["ends"]
    else:
        assert said == case.get("said", [])


PIECES = [
    "{% if site.city %}",
    "{% endif %}",
    "{% for a in b %}",
    "{% endfor %}",
    "{{ site.city }}",
]
PIECES += [
    "{% comment %}",
    "{% endcomment %}",
    "`",
    "text\n",
    "{{ x | y }}",
    "{% else %}",
    "{%",
    "}}",
]


@given(st.lists(st.sampled_from(PIECES)))
def test_nothing_is_changed_in_silence(pieces: list[str]) -> None:
    text = "".join(pieces)
    converted = convert(text, place())
    assert converted.text == text or converted.problems
