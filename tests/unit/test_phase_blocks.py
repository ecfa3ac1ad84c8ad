"""Blocks and parts of lines that are shown at their time, wherever on a page they stand."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from unittest.mock import patch

import html5lib
import markdown
import pytest
import yaml
from html5lib.html5parser import ParseError
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.pages.render import Renderer
from mkdocs_impldays.pages.sandbox import PageEnvironment
from mkdocs_impldays.pages.tags import PhaseBlocks, phase_tags
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.problems import Problem
from tests.fests import ROOT, paris

DAY_3 = datetime.fromisoformat("2018-05-28T10:00+02:00")
CONTEXTS = yaml.safe_load((ROOT / "tests/golden/phase_blocks/contexts.yml").read_text("utf-8"))
EXTENSIONS = [
    "admonition",
    "md_in_html",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "tables",
    "toc",
]


def rendered(page: str, *, is_preview: bool = False) -> tuple[str, list[Problem]]:
    tags = phase_tags(paris(), View(DAY_3, is_preview=is_preview))
    return Renderer({"city": "Paris"}, extensions=[tags]).render(page, path="docs/page.md")


def html_of(page: str, *, is_preview: bool = False) -> str:
    text, problems = rendered(page, is_preview=is_preview)
    assert problems == []
    return markdown.markdown(text, extensions=[*EXTENSIONS, PhaseBlocks()])


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CONTEXTS])
def test_reads_right_wherever_it_stands(case: dict[str, Any]) -> None:
    assert html_of(case["page"]) == case["html"].rstrip("\n")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CONTEXTS])
def test_is_well_formed(case: dict[str, Any]) -> None:
    html = html_of(case["page"], is_preview=True)
    assert "data-from=" in html or "data-until=" in html
    html5lib.HTMLParser(strict=True).parseFragment(html)
    with pytest.raises(ParseError):
        html5lib.HTMLParser(strict=True).parseFragment(f"<p>{html}</p></p>")


def test_raw_html_may_hold_blocks() -> None:
    html = html_of("<div>\n{% today %}\n<p>Raw</p>\n{% endtoday %}\n</div>")
    lines = [line for line in html.splitlines() if line]
    assert lines == [
        "<div>",
        '<div class="impldays"><div data-until="2018-05-29T22:00:00Z">',
        "<p>Raw</p>",
        "</div></div>",
        "</div>",
    ]


def test_the_past_is_there_only_in_a_preview() -> None:
    page = "{% before %}soon in {{ city }}{% endbefore %}"
    assert html_of(page) == ""
    assert html_of(page, is_preview=True) == (
        '<p><span class="impldays">'
        '<span data-until="2018-05-25T22:00:00Z" hidden>soon in Paris</span></span></p>'
    )


def test_a_space_at_the_end_of_a_tag_s_line_does_no_harm() -> None:
    assert html_of("{% today %} \nText\n{% endtoday %} \nmore") == (
        html_of("{% today %}\nText\n{% endtoday %}\nmore")
    )


def test_dashes_in_tags_are_jinja_s_own() -> None:
    assert html_of("a {%- today -%} b {%- endtoday %}") == (
        '<p>a<span class="impldays"><span data-until="2018-05-29T22:00:00Z">b</span></span></p>'
    )


@pytest.mark.parametrize("digits", ["abc", "ff"])
def test_private_characters_of_a_page_stop_no_build(digits: str) -> None:
    assert html_of(f"\ue010x{digits}\ue012 a \ue010z\ue012")


def test_private_characters_of_a_page_stay() -> None:
    assert html_of("\ue010 \ue012 {% today %}x{% endtoday %}").startswith("<p>\ue010 \ue012 <span")


def test_a_page_that_is_cut_in_two_loses_only_its_marks() -> None:
    text, _ = rendered("{% day 4 %}\nText\n<!-- more -->\nMore\n{% endday %}\nThe end")
    parts = text.split("<!-- more -->")
    made = [markdown.markdown(part, extensions=[PhaseBlocks()]) for part in parts]
    assert made == ["<p>Text</p>", "<p>More</p>\n<p>The end</p>"]


PIECES = ["{% today %}", "{% endtoday %}", "{% day 4 %}", "{% else %}", "{% endday %}", "\n", " "]


@given(st.lists(st.sampled_from([*PIECES, "    ", "- ", "> ", "a", "`", "<div>", "| "])))
def test_any_page_becomes_html_or_a_mistake(pieces: list[str]) -> None:
    text, problems = rendered("".join(pieces))
    html = markdown.markdown(text, extensions=[*EXTENSIONS, PhaseBlocks()])
    assert problems or not any("\ue000" <= character <= "\uf8ff" for character in html)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (
            "a\n{% today imp_days %}\nx\n{% endtoday %}",
            (
                '2: "{% today imp_days %}" names "imp_days", which is not an event.'
                ' Did you mean "impl_days"?'
            ),
        ),
        (
            "{% todya %}x{% endtoday %}",
            '1: "{% todya %}" is not a known tag. Did you mean "today"?',
        ),
        (
            "{% day 7 %}x{% endday %}",
            '1: "{% day 7 %}" asks for day 7, but the fest has 4 days. Correct the number.',
        ),
        (
            "a\n\n{% today %}\nx",
            '3: "{% today %}" is not closed. Write {% endtoday %} where it ends.',
        ),
        (
            "a\n\n{% today %}\nx\n{% before %}b{% endbefore %}\ny",
            '3: "{% today %}" is not closed. Write {% endtoday %} where it ends.',
        ),
        (
            'a\n{% from "2018-05-01" %}\n{% today %}b{% else %}c{% endtoday %}',
            '2: "{% from "2018-05-01" %}" is not closed. Write {% endfrom %} where it ends.',
        ),
        (
            "{% after %}x{% endafter %}\n{% before %}\n{{ ctiy }}\n{% endbefore %}",
            '3: "ctiy" is not known. Did you mean "city"?',
        ),
        (
            "{% if false %}{% today talk %}x{% endtoday %}{% endif %}",
            '1: "{% today talk %}" names "talk", which is not an event. Did you mean "talks"?',
        ),
        (
            "{% today %}\nx\n{{ 1 + city }}\n{% endtoday %}",
            '3: "{{ 1 + city }}" cannot calculate with "Paris". Use numbers.',
        ),
    ],
)
def test_mistakes_are_told_with_their_lines(page: str, told: str) -> None:
    assert [str(problem) for problem in rendered(page)[1]] == [f"docs/page.md:{told}"]


def test_all_wrong_tags_of_a_page_are_told_at_once() -> None:
    _, problems = rendered("{% day 7 %}x{% endday %}\n\n{% rsvp nope %}y{% endrsvp %}")
    assert [problem.line for problem in problems] == [1, 3]


def test_what_a_part_sets_is_there_behind_it_while_the_part_is_shown() -> None:
    page = (
        "{% set a = 0 %}{% before %}{% set a = 1 %}{% else %}{% set a = 2 %}{% endbefore %}{{ a }}"
    )
    assert rendered(page) == ("2", [])


def test_a_part_knows_the_loop_and_the_macro_around_it() -> None:
    page = (
        "{% for x in [4, 5] %}{% before %}{% else %}{{ loop.index ~ x }}{% endbefore %}{% endfor %}"
    )
    assert rendered(page) == ("1425", [])
    page = "{% macro m() %}{% before %}{% else %}{{ varargs | join }}{% endbefore %}{% endmacro %}"
    assert rendered(page + "{{ m(1, 2) }}") == ("12", [])


def test_tags_that_mean_the_same_are_compiled_once() -> None:
    generate = PageEnvironment._generate
    with patch.object(
        PageEnvironment, "_generate", autospec=True, side_effect=generate
    ) as compiled:
        for year in (2019, 2020):
            tags = phase_tags(paris(), View(DAY_3.replace(year=year)))
            page = "{% after %}compiled once{% endafter %}{{ 'compiled once' }}"
            text, problems = Renderer({}, extensions=[tags]).render(page, path="docs/page.md")
            assert (text, problems) == ("compiled oncecompiled once", [])
    assert compiled.call_count == 1
