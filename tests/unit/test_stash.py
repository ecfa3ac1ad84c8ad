"""HTML gets through Markdown whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from mkdocs_impldays.pages.facts import Block, Inline
from mkdocs_impldays.pages.stash import Blocks, Parts, Stash

STASH = Stash()
mark = STASH.mark


def html_of(page: str, *extensions: str) -> str:
    md = Markdown(extensions=extensions)
    md.inlinePatterns.register(Parts(md, STASH), "parts", 125)
    md.postprocessors.register(Blocks(md, STASH, str.upper), "blocks", 6)
    return md.convert(page)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_html_comes_back(html: str) -> None:
    assert html_of(mark(Block(html))) == html.upper().strip()


def test_text_beside_a_block_stands_in_paragraphs_of_its_own() -> None:
    assert html_of(f"before {mark(Block('<div>a</div>'))} behind") == (
        "<p>before</p>\n<DIV>A</DIV>\n<p>behind</p>"
    )


@pytest.mark.parametrize(
    ("page", "made"),
    [
        ("a {} c", "<p>a <b>b</b> c</p>"),
        ("# A {}", "<h1>A <b>b</b></h1>"),
        ("- *a {}*", "<ul>\n<li><em>a <b>b</b></em></li>\n</ul>"),
        ("[a {}](c)", '<p><a href="c">a <b>b</b></a></p>'),
        ("<div>{}</div>", "<div><B>B</B></div>"),
        ("a\\\n{}", "<p>a\\\n<b>b</b></p>"),
    ],
)
def test_a_part_of_a_line_stays_one(page: str, made: str) -> None:
    assert html_of(page.format(mark(Inline("<b>b</b>")))) == made


def test_a_block_and_a_part_of_the_same_html_differ() -> None:
    assert mark(Inline("<i>a</i>")) != mark(Block("<i>a</i>"))


def test_marks_in_text_that_markdown_does_not_see_become_html() -> None:
    assert STASH.restored(f"a {mark(Inline('<b>b</b>'))}", str.upper) == "a <B>B</B>"


@pytest.mark.parametrize("typed", ["\ue014abc\ue015", "\ue016abc\ue015", "\ue014\ue015"])
def test_private_characters_of_a_page_stay(typed: str) -> None:
    assert typed in html_of(f"a {typed}")


def test_no_abbreviation_is_found_in_a_mark() -> None:
    digits = "\n".join(f"*[{digit}]: a digit" for digit in range(10))
    assert html_of(f"{mark(Block('<i>c</i>'))}\n\n{digits}", "abbr") == "<I>C</I>"


def test_the_same_html_is_put_aside_once() -> None:
    assert mark(Block("<b>b</b>")) == mark(Block("<b>b</b>"))
