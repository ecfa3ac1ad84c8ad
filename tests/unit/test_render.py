"""The short way through a page, against the long one."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_impldays.pages.facts import Block, Facts, Macro
from mkdocs_impldays.pages.limits import MOST_WRITTEN
from mkdocs_impldays.pages.render import Renderer
from mkdocs_impldays.pages.sandbox import PageEnvironment
from mkdocs_impldays.pages.scanner import Cut, segments_of
from mkdocs_impldays.problems import Problem

NAMES = {
    "fest": Facts(
        "fest",
        {"city": "Tom & Jerry <b>", "url": "https://rustfest.eu/a_b", "capacity": 80, "note": None},
        text="RustFest<Paris>",
    ),
    "days": [1, 2, 3],
    "button": Macro("button", lambda label="Join": Block(f"<b>\n{label}\n</b>")),
}

EXPRESSIONS = st.sampled_from(
    [
        "fest",
        "fest.city",
        "fest.url",
        "fest.capacity + 1",
        "fest['city'] | upper",
        'fest.note or "a \\"}}\\" note"',
        "fest.city if fest.capacity > 40 else days",
        "days | join('-')",
        "{'a': 1}['a']",
        "button()",
        'button("x\n y")',
        "page.title",
        # What is wrong is told, and the page goes on.
        "fest.ctiy",
        "fest.note",
        "nothing",
        "days",
        "button",
    ]
)
TEXTS = st.lists(
    st.sampled_from(
        [
            "a",
            "é",
            "\u2028",
            " ",
            "\n",
            "\n\n",
            "    ",
            "> ",
            "- ",
            "`",
            "``",
            "```\n",
            "~~~\n",
            "\\",
            "{ ",
            "} ",
            "`{{ x }}`",
            "{#id}",
            "{% raw %}{{ kept }}{% endraw %}",
            "{% comment %}{% endcomment %}",
        ]
    ),
    max_size=6,
).map("".join)
PAGES = st.lists(
    st.one_of(
        TEXTS,
        EXPRESSIONS.map(lambda text: f"\n  {{{{ {text} }}}}"),
        EXPRESSIONS.map(lambda text: f"{{{{{text}}}}}"),
    ),
    max_size=12,
).map("".join)


def rendered(markdown: str, *, long: bool) -> tuple[str, list[Problem]]:
    def cut(text: str) -> Cut:
        return segments_of(text)._replace(is_plain=False) if long else segments_of(text)

    page = {"title": "Über uns"}
    return Renderer(NAMES, cut=cut).render(markdown, path="docs/a.md", page=page)


@given(PAGES)
@example("{{ fest.city }} {{ button() }}\n\n> {{ button() }}\n")
def test_the_short_way_gives_the_text_and_the_problems_of_the_long_one(markdown: str) -> None:
    assert rendered(markdown, long=False) == rendered(markdown, long=True)


@given(PAGES)
def test_a_page_is_rendered_alike_by_a_renderer_that_knows_it_already(markdown: str) -> None:
    renderer = Renderer(NAMES)
    page = {"title": "Über uns"}
    first = renderer.render(markdown, path="docs/a.md", page=page)
    assert renderer.render(markdown, path="docs/a.md", page=page) == first


def test_a_mistake_is_told_of_the_one_that_holds_it_among_many_in_a_line() -> None:
    page = "a\n\n{% if fest.city %}{{ fest.city }} and {{ nope }} {{ fest.city }}{% endif %}\n"
    _, problems = Renderer(NAMES).render(page, path="docs/a.md")
    assert [each.line for each in problems] == [3]
    assert problems[0].message.startswith('"nope" is not known.')
    _, problems = Renderer(NAMES).render(page.replace("nope", "fest"), path="docs/a.md")
    assert problems == []
    _, problems = Renderer(NAMES).render(page.replace("nope", "fest.note + 1"), path="docs/a.md")
    assert problems[0].line == 3
    _, problems = Renderer(NAMES).render(page.replace("nope", "range"), path="docs/a.md")
    assert problems[0].message.startswith('"{{ range }}" cannot be printed.')


def test_pages_with_the_same_tags_are_compiled_once_for_all_fests() -> None:
    generate = PageEnvironment._generate
    with patch.object(
        PageEnvironment, "_generate", autospec=True, side_effect=generate
    ) as compiled:
        for text in ("one", "two\n\nlines of {it}", "a `{{ code }}`"):
            page = f"{text}{{% if fest.city != 'compiled once' %}}\n{text}\n{{% endif %}}\n{text}"
            names = {"fest": Facts("fest", {"city": text})}
            made, problems = Renderer(names).render(page, path="docs/a.md")
            assert (made, problems) == (f"{text}\n{text}\n{text}", [])
    assert compiled.call_count == 1


def test_what_is_compiled_is_not_taken_for_what_means_something_else() -> None:
    page = "{{ 'a' | spelt }}"
    for spelt in (str.upper, "{} once more".format):
        text, problems = Renderer({}, filters={"spelt": spelt}).render(page, path="docs/a.md")
        assert (text, problems) == (spelt("a"), [])
    _, (problem,) = Renderer({}).render(page, path="docs/a.md")
    assert "spelt" in problem.message


@pytest.mark.parametrize("printed", ["x" * 10_000, "{{ big() }}"])
def test_what_a_loop_prints_counts_as_work(printed: str) -> None:
    names = {"big": Macro("big", lambda: Block("x" * 10_000))}
    page = f"{{% for i in range(9999) %}}{printed}{{% endfor %}}"
    text, problems = Renderer(names).render(page, path="docs/a.md")
    assert len(text) < 10_000
    assert len(problems) == 1


def test_what_a_macro_makes_counts_from_its_second_time_on() -> None:
    names = {
        "schedule": Macro("schedule", lambda: Block("x" * 2 * MOST_WRITTEN)),
        "days": Macro("days", lambda: Block("x" * 2 * MOST_WRITTEN)),
    }
    renderer = Renderer(names)
    for _ in range(2):
        _, problems = renderer.render("{{ schedule() }} {{ days() }}", path="docs/a.md")
        assert problems == []
    _, problems = renderer.render("{{ schedule() }}\n\n{{ schedule() }}", path="docs/a.md")
    assert [each.line for each in problems] == [3]


def test_what_a_text_does_not_have_is_named_by_its_path() -> None:
    names = {"site": Facts("site", {"location": "Paris"})}
    page = "We meet in {{ site.location.city }}.\n"
    _, problems = Renderer(names).render(page, path="docs/a.md")
    told = "is not known: what it belongs to is not a group of facts. Write that by itself."
    assert [str(each) for each in problems] == [f'docs/a.md:1: "site.location.city" {told}']


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("fest.speakers.ada", "what it belongs to is a list. Write {% for item in … %} around it."),
        ("speakers.ada", "speakers is a macro. Write speakers()."),
    ],
)
def test_what_a_list_or_a_macro_does_not_have_is_told_with_what_to_write(
    typed: str, told: str
) -> None:
    names = {
        "fest": Facts("fest", {"speakers": [Facts("speaker", {"name": "Ada"})]}),
        "speakers": Macro("speakers", lambda: Block("<p>Ada</p>")),
    }
    _, problems = Renderer(names).render(f"{{{{ {typed}.name }}}}\n", path="docs/a.md")
    assert [str(each) for each in problems] == [f'docs/a.md:1: "{typed}" is not known: {told}']


@pytest.mark.parametrize(
    "page",
    [
        "{% set a %}x{% endset %}{% set a | select %}{{ 1 }}{% endset %}{{ a }}",
        "{% filter list %}ab{% endfilter %}",
        "{% set a | map('upper') %}ab{% endset %}{{ a }}",
    ],
)
def test_a_block_whose_filter_gives_no_text_is_reported(page: str) -> None:
    text, problems = Renderer(NAMES).render(page, path="docs/a.md")
    assert "[" not in text
    assert [each.line for each in problems] == [1]


def test_a_block_with_a_filter_is_text() -> None:
    page = "{% filter upper %}a < b{% endfilter %} {% set a | upper %}c{% endset %}{{ a }}"
    text, problems = Renderer(NAMES).render(page, path="docs/a.md")
    assert (text, problems) == ("A < B C", [])
