"""What a page shows for a value: its text, and never Python's name of an object."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from mkdocs_impldays.names.variables import variables_of
from mkdocs_impldays.pages.facts import Block, Facts, Inline, Macro, PageError, for_html
from mkdocs_impldays.pages.printing import as_printed, not_printable, text_of
from mkdocs_impldays.pages.render import Renderer
from tests.fests import EVENT, HEAD, RSVP, fest_of

NAMES = {
    **variables_of(fest_of(f"{HEAD}{EVENT}{RSVP}")),
    "schedule": Macro("schedule", lambda: Block("<p>x</p>")),
}
IS_MACRO = '"schedule" is a macro. Write schedule().'
IS_GROUP = '"rsvp" is a group of facts: '
IS_LIST = "is a list. Write {% for item in … %} around what you print of each."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a *b*", "a *b*"),
        (12, "12"),
        (1.5, "1.5"),
        (True, "true"),
        (False, "false"),
        (Inline("<em>a</em>"), "<em>a</em>"),
        (NAMES["fest"], "RustFest Paris"),
    ],
)
def test_these_read_as_text(value: object, text: str) -> None:
    assert text_of(value) == text
    assert as_printed(value) is not None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (NAMES["schedule"], IS_MACRO),
        (NAMES["rsvp"], IS_GROUP),
        ([1, 2], IS_LIST),
        ((1, 2), IS_LIST),
        (None, "cannot be printed. Print one of its facts."),
        ({}.items, "cannot be printed. Print one of its facts."),
    ],
)
def test_these_read_as_nothing(value: object, message: str) -> None:
    assert text_of(value) is None
    assert as_printed(value) is None
    assert str(not_printable(value)).startswith(message)


@pytest.mark.parametrize(
    "expression",
    [
        'schedule ~ ""',
        '"" ~ schedule',
        "[schedule] | join",
        "[1, 2] | join(schedule)",
        "schedule | upper",
        "schedule | string",
        'schedule | replace("a", "b")',
        "schedule | trim",
        "schedule | default(1) | title",
        "fest[schedule]",
        "schedule + 1",
        "1 + schedule",
    ],
)
def test_a_macro_without_parentheses_is_reported(expression: str) -> None:
    assert said_of(expression) == IS_MACRO


@pytest.mark.parametrize("expression", ['rsvp ~ ""', "[rsvp] | join", "rsvp | string"])
def test_a_group_of_facts_is_reported(expression: str) -> None:
    assert said_of(expression).startswith(IS_GROUP)


def said_of(expression: str) -> str:
    """Return what is said of an expression that shows nothing."""
    typed = f"{{{{ {expression} }}}}"
    text, problems = Renderer(NAMES).render(f"a{typed}b", path="docs/a.md")
    assert text == "ab"
    (problem,) = problems
    return problem.message.removeprefix(f'"{typed}" ')


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ schedule }}", IS_MACRO),
        ("{{ schedule ~ 'x' }}", IS_MACRO),
        ("{{ '%s' | format(schedule) }}", IS_MACRO),
        ("{{ rsvp }}", IS_GROUP),
        ("{{ fest.days }}", IS_LIST),
        ("{{ fest.days | string }}", IS_LIST),
    ],
)
def test_a_template_cannot_print_them_either(template: str, message: str) -> None:
    names = {name: for_html(value) for name, value in NAMES.items()}
    with pytest.raises(PageError) as raised:
        Environment(autoescape=True).from_string(template).render(names)
    assert str(raised.value).startswith(message)


def test_in_a_message_for_developers_they_are_what_an_author_writes() -> None:
    assert repr([NAMES["schedule"], Facts("fest", {})]) == "[schedule(), fest]"
