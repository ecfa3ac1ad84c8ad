"""Blocks of HTML get through Markdown whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from mkdocs_impldays.pages.blocks import Blocks, mark


def html_of(page: str) -> str:
    md = Markdown()
    md.postprocessors.register(Blocks(md, str.upper), "blocks", 6)
    return md.convert(page)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_html_comes_back(html: str) -> None:
    assert html_of(mark(html)) == html.upper().strip()


def test_text_beside_a_block_stands_in_paragraphs_of_its_own() -> None:
    assert html_of(f"before {mark('<div>a</div>')} behind") == (
        "<p>before</p>\n<DIV>A</DIV>\n<p>behind</p>"
    )


@pytest.mark.parametrize("typed", ["\ue014abc\ue015", "\ue01461\ue015", "\ue014\ue015"])
def test_private_characters_of_a_page_stay(typed: str) -> None:
    assert html_of(f"a {typed}").replace("</p>\n", "").replace("<p>", "") == f"a{typed}"
