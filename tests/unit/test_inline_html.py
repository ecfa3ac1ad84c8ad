"""HTML in the midst of Markdown reads the same as anywhere else."""

from __future__ import annotations

import html5lib
import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from mkdocs_impldays.pages.printing import for_markdown

EXTENSIONS = [
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.arithmatex",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.keys",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tilde",
]
MARKS = r"a*b* _c_ `d` [e](f) ![g](h) {: .i } | $k$ ~~l~~ ^m^ ==n== ++o++ :smile: \* 1. # p @q"


def read(html: str) -> tuple[str, list[str]]:
    """Read the text of HTML and the values of its attributes, as a browser does."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return "".join(tree.itertext()), [v for e in tree.iter("a") for v in e.attrib.values()]


@pytest.mark.parametrize(
    "page",
    [
        "Text {}",
        "- item\n- {}",
        "> {}",
        "# {}",
        "!!! note\n    {}",
        "| a | b |\n|---|---|\n| {} | c |",
        '<section markdown="1">\n\nText {}\n\n</section>',
        "Term\n:   {}",
    ],
)
def test_marks_of_markdown_mean_themselves(page: str) -> None:
    html = Markup('<a title="{0}" href="https://a.test/{0}">{0}</a>').format(MARKS)
    made = markdown.markdown(page.format(for_markdown(html)), extensions=EXTENSIONS)
    text, values = read(made)
    assert MARKS in text
    assert values == [MARKS, f"https://a.test/{MARKS}"]


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_characters="\x7f\x85")))
def test_any_text_reads_the_same_after_markdown(text: str) -> None:
    html = Markup('<a title="{0}">x{0}x</a>').format(text)
    made = markdown.markdown(f"a {for_markdown(html)} b", extensions=EXTENSIONS)
    assert read(made) == read(f"<p>a {html} b</p>")


def test_line_ends_become_spaces() -> None:
    assert for_markdown("<b>\na\nb</b>\n") == "<b> a b</b>"
