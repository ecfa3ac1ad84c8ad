"""Tags and filters of a page: the lines around them stay, and what is wrong with them is said."""

from __future__ import annotations

import pytest

from mkdocs_impldays.pages.page import PageSource, prepare
from tests.fuzz.entries import site_of_fests

RENDERER = site_of_fests(is_preview=False).context().renderer
JEKYLL = "convert the old one: impldays import."


def text_of(page: str) -> str:
    text, problems = RENDERER.render(page, path="docs/a.md")
    assert problems == []
    return text


def message_of(page: str) -> str:
    _, problems = RENDERER.render(page, path="docs/a.md")
    assert len(problems) == 1
    return str(problems[0])


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("a {% if fest %}b{% endif %}\nc", "a b\nc"),
        ("{% if fest %}b{% endif %}\nc", "b\nc"),
        ("{{ fest.city }}{% if fest %}{% endif %}\nc", "Paris\nc"),
        ("- {% for n in [1, 2] %}{{ n }}{% endfor %}\n- c", "- 12\n- c"),
        ("a {% set x = 1 %}\nc{{ x }}", "a \nc1"),
        ("| {% if fest %}b |{% endif %}\n| c |", "| b |\n| c |"),
        ("> {% if fest %}\n> b\n> {% endif %}\n> c", "> \n> b\n> \n> c"),
        ("{% if fest %}\nb\n{% endif %}\nc", "b\nc"),
        ("{% for n in [1, 2] %}\n- {{ n }}\n{% endfor %}\nc", "- 1\n- 2\nc"),
        ("{% if fest %}{% if fest %}\nb\n{% endif %}{% endif %}\nc", "b\nc"),
        ("a {% if fest -%}\n\n b{%- endif %}\nc", "a b\nc"),
    ],
)
def test_only_lines_of_nothing_but_tags_go(page: str, text: str) -> None:
    assert text_of(page) == text


def test_a_day_an_event_and_the_fest_have_dates() -> None:
    page = '{% for day in fest.days %}{{ day | dates("iso") }} {% endfor %}'
    assert text_of(page) == "2018-05-26 2018-05-27 2018-05-28 2018-05-29 "
    page = '{% for day in events.impl_days.days %}{{ day | dates("iso") }} {% endfor %}'
    assert text_of(page) == "2018-05-28 2018-05-29 "
    page = '{{ fest.days[0].date | dates("iso") }} {{ events.impl_days | dates("long") }}'
    assert text_of(page) == "2018-05-26 28–29 May 2018"


def test_no_hour_is_invented() -> None:
    page = "{{ events.talks.start }}, {{ events.talks.end }}, {{ events.talks.end | dates }}"
    assert text_of(page) == ", ".join(["Saturday 26 May 2018"] * 3)
    page = "{% for day in events.talks.days %}{{ day.start }}, {{ day.end.iso }}{% endfor %}"
    assert text_of(page) == "Saturday 26 May 2018, 2018-05-26"
    assert text_of("{{ fest.start }}") == "Saturday 26 May 2018"
    assert text_of("{{ fest.end }}") == "Tuesday 29 May 2018 at 18:00 CEST"


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ('{% show from "2018-05-28" from "2018-05-29" %}{% endshow %}', "is not complete."),
        ('{% until "2027-01-02" %}a{% endif %}', 'does not end "{% until "2027-01-02" %}".'),
        ("{% before %}a\n{% endfor %}", 'does not end "{% before %}". Write {% endbefore %}.'),
        ('{% until "2 January 2027" %}a{% enduntil %}', 'wrong moment: "2 January 2027" is not'),
        ('{% until "2 January 2027" %}a{% enduntil %}', "Write it in digits, like 2018-05-27 or"),
        ('{% until "" %}a{% enduntil %}', "has no moment between its quotes."),
        ("{% until 2027-01-02 %}a{% enduntil %}", "needs a moment in straight quotes."),
        ("{% from 2027-01-02 %}a{% endfrom %}", "needs a moment in straight quotes."),
        ("{% until “2027-01-02” %}a{% enduntil %}", "needs a moment in straight quotes."),
        ('{% include x.html title="a" %}', JEKYLL),
        ("{% include x.html %}", "impldays import."),
        ("{% capture a %}b{% endcapture %}", JEKYLL),
        ('{% assign a = site.pages | where: "a", "b" %}', JEKYLL),
        ("{% unless a %}b{% endunless %}", JEKYLL),
        ("{% for a in site.posts limit:3 %}{% endfor %}", JEKYLL),
        ("{{ fest.city | upcase }}", JEKYLL),
        ('{{ fest.city | append: "a" }}', JEKYLL),
    ],
)
def test_what_is_wrong_is_said(page: str, message: str) -> None:
    assert message in message_of(page)


def test_a_name_that_is_not_known_is_reported_on_each_page() -> None:
    page = 'A {{ tense(site.wrong, "is", "was") }}'
    assert "site.wrong" in message_of(page) == message_of(page)


def test_the_names_of_arguments_count() -> None:
    calls = (
        '{{ tense(future="a", present="b", past="c") }}',
        '{{ tense(past="c", present="b", future="a") }}',
        '{{ tense(future="c", present="b", past="a") }}',
    )
    first, second, other = (RENDERER.stash.restored(text_of(call)) for call in calls)
    assert first == second != other


def test_the_front_matter_reads_the_same_in_the_text_as_in_the_head() -> None:
    meta = {"author": "Team {{ fest.city }}", "more": ["{{ page.author }}!"]}
    raw = "---\nauthor: Team {{ fest.city }}\n---\n{{ page.author }}, {{ page.more[0] }}"
    page = prepare(
        PageSource("docs/a.md", raw, meta),
        "{{ page.author }}, {{ page.more[0] }}",
        RENDERER,
        has_template=lambda name, key: False,  # noqa: ARG005
    )
    assert page.problems == []
    assert page.meta["author"] == "Team Paris"
    assert page.markdown == "Team Paris, Team Paris&#33;"
