"""Inline Markdown of facts: one allow-list, wherever it is printed."""

from __future__ import annotations

from html import unescape

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from mkdocs_impldays.fest.addresses import is_link_target
from mkdocs_impldays.names.variables import variables_of
from mkdocs_impldays.pages.facts import Facts, Inline
from mkdocs_impldays.pages.printing import inline_html
from mkdocs_impldays.pages.render import Renderer
from tests.fests import EVENT, HEAD, RSVP, fest_of

LINKS = [
    ("[x](https://rustfest.eu/)", '<a href="https://rustfest.eu/">x</a>'),
    ("[x](mailto:hello@rustfest.eu)", '<a href="mailto:hello@rustfest.eu">x</a>'),
    ("[x](tel:+33-1-23)", '<a href="tel:+33-1-23">x</a>'),
    ("[x](/location/#map)", '<a href="/location/#map">x</a>'),
    ("[x](#map)", '<a href="#map">x</a>'),
    ('[*x*](/a/ "title")', '<a href="/a/"><em>x</em></a>'),
]

NO_LINKS = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "[x](//evil.test/)",
    "[x](/\\evil.test/)",
    "[x](http://rustfest.eu/)",
    "[x](relative/page.md)",
    "[x](https://user@rustfest.eu/)",
    "![x](https://rustfest.eu/x.png)",
    "<https://rustfest.eu/>",
    "<a href=https://rustfest.eu/>x</a>",
    "<svg/onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "[x]{: onclick=alert(1) }",
    "*x*{: onclick='alert(1)' }",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<!-- x --><script>alert(1)</script>",
    '--8<-- "secret.md"',
]


@pytest.mark.parametrize(("typed", "html"), LINKS)
def test_a_link_may_lead_to_these(typed: str, html: str) -> None:
    assert inline_html(typed, links=True) == html


@pytest.mark.parametrize("typed", NO_LINKS)
def test_anything_else_is_shown_as_it_was_typed(typed: str) -> None:
    html = inline_html(typed, links=True)
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert {element.tag for element in tree.iter()} <= {"DOCUMENT_FRAGMENT", "em"}
    shown = unescape(" ".join(typed.split()))
    assert "".join(tree.itertext()) == shown.replace("*", "")


@pytest.mark.parametrize("typed", [typed for typed, _ in LINKS])
def test_a_label_holds_no_link(typed: str) -> None:
    label = inline_html(typed)
    assert "<a" not in label
    assert "x" in label


def test_what_is_html_already_stays_as_it_is() -> None:
    assert inline_html(inline_html("*x*")) == Inline("<em>x</em>")


PAGES = {
    "a line": "Before {{ rsvp.label }} after.",
    "a list": "- {{ rsvp.label }}\n- {{ venues.hall.directions }}",
    "a table": "| a |\n| - |\n| {{ rsvp.label }} |",
    "a heading": "# {{ rsvp.label }}",
    "a link": "[{{ rsvp.label }}](/a/)",
    "an attribute list": "{{ rsvp.label }}{: .x }",
    "an attribute": '<i title="{{ rsvp.label }}">x</i>',
    "fest": "{{ fest.thanks }} {{ fest.name }} {{ venues.hall.name }}",
    "free data": "{{ site.free }} {{ site.list | join(', ') }}",
}
TEXTS = st.one_of(
    st.sampled_from([*NO_LINKS, *(typed for typed, _ in LINKS)]),
    st.text(alphabet=" ab<>\"'`*_[](){}:/\\!#&;=-+~^|@.\t\u200bjavscript", max_size=60),
)


def _pages_of(text: str) -> str:
    """Return the HTML of all pages for a fest with a text in its fields, with many extensions."""
    fest = fest_of(
        f"{HEAD}{EVENT}    venue: hall\nvenues: {{hall: {{name: Hall, city: Paris}}}}\n{RSVP}"
    )
    assert fest.rsvp is not None
    hall = fest.venues["hall"].model_copy(update={"directions": text, "access": text, "name": text})
    fest = fest.model_copy(
        update={
            "name": text,
            "thanks": text,
            "rsvp": fest.rsvp.model_copy(update={"label": text}),
            "venues": {"hall": hall},
            "site": {"free": text, "list": [text, text]},
        }
    )
    renderer = Renderer(variables_of(fest))
    extensions = ["attr_list", "md_in_html", "tables", "footnotes", "abbr", "def_list", "smarty"]
    html = []
    for page in PAGES.values():
        rendered, problems = renderer.render(page, path="docs/a.md")
        assert not problems
        converted = Markdown(extensions=extensions).convert(rendered)
        html.append(renderer.stash.restored(converted))
    return "\n".join(html)


ALLOWED = {
    "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "h1", "i", "a", "em", "strong",
    "code", "DOCUMENT_FRAGMENT", "br",
}  # fmt: skip


@given(TEXTS.filter(str.strip))  # a fest file's texts are never empty
def test_no_text_of_a_fest_file_brings_elements_or_attributes_of_its_own(text: str) -> None:
    tree = html5lib.parseFragment(_pages_of(text), namespaceHTMLElements=False)
    assert {element.tag for element in tree.iter()} >= {"h1", "ul", "table"}
    for element in tree.iter():
        assert element.tag in ALLOWED, text
        assert set(element.attrib) <= {"href", "class", "title", "id"}, text
        if "href" in element.attrib:
            assert is_link_target(element.attrib["href"]), text
        assert element.attrib.get("class", "x") == "x", text


def test_a_fact_with_markdown_prints_the_same_html_in_templates_and_pages() -> None:
    fest = fest_of(f"{HEAD}thanks: 'See [you](/a/), *all*!'\n{EVENT}")
    facts = variables_of(fest)["fest"]
    assert isinstance(facts, Facts)
    assert facts["thanks"] == 'See <a href="/a/">you</a>, <em>all</em>&#33;'
