from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.output.texts import line, paragraph, without_markup


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Yes I want to code at `impl Days` Paris!", "Yes I want to code at impl Days Paris!"),
        ("``a `b` c``", "a `b` c"),
        ("*one* **two** ***three***", "one two three"),
        ("[the page](https://rustfest.eu/) and ![a picture](x.png)", "the page and a picture"),
        ("RustFest<Paris> & <b>", "RustFest<Paris> & <b>"),
        ("snake_case_name __init__", "snake_case_name __init__"),
        ("2 * 3 * 4 = 24", "2 * 3 * 4 = 24"),
        ("*nix and *BSD", "*nix and *BSD"),
        ("a lone ` backtick", "a lone ` backtick"),
        ("C:\\new; a, b", "C:\\new; a, b"),
    ],
)
def test_inline_markup_is_taken_out_and_all_else_kept(typed: str, read: str) -> None:
    assert without_markup(typed) == read
    assert line(typed) == typed


def test_a_paragraph_keeps_its_lines_however_they_were_broken() -> None:
    assert paragraph("a\r\nb\rc\u2028d\n\ne") == "a\nb\nc\nd\n\ne"


def test_a_line_has_no_break_and_single_spaces() -> None:
    assert line(" a\n b\u00a0\u2009c\t d ") == "a b c d"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_text_comes_out_as_it_went_in(text: str) -> None:
    plain = "".join(c for c in text if c not in "\u2028\u2029\ufeff\ufffe\uffff")
    assert paragraph(plain) == plain.strip()


@given(st.text(st.characters(categories=["Cc", "Cs", "L"])))
def test_no_control_character_or_half_character_is_left(text: str) -> None:
    kept = paragraph(text)
    assert all(category(c) not in {"Cc", "Cs"} or c in "\n\t" for c in kept)
    letters = [c for c in text if category(c) not in {"Cc", "Cs"}]
    assert [c for c in kept if category(c) not in {"Cc", "Cs"}] == letters
    kept.encode()
