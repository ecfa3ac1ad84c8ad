"""Markdown that kramdown reads otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.importers.page import with_https, with_lists


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("We bring:\n- a\n- b", "We bring:\n\n- a\n- b"),
        ("We bring:\r\n1. a\r\n", "We bring:\r\n\r\n1. a\r\n"),
        ("one\ntwo\n2) b", "one\ntwo\n\n2) b"),
        ("- a\n  more\n- b", "- a\n  more\n- b"),
        ("- a\nlazy\n- b", "- a\nlazy\n- b"),
        ("# Heading\n- a", "# Heading\n- a"),
        ('<div markdown="1">\n- a', '<div markdown="1">\n- a'),
        ("<pre>\ntext\n- a\n</pre>\ntext\n- b", "<pre>\ntext\n- a\n</pre>\ntext\n\n- b"),
        ("~~~\ntext\n- a\n~~~\ntext\n- b", "~~~\ntext\n- a\n~~~\ntext\n\n- b"),
        ("    code\n- a", "    code\n- a"),
        ("text\n-a\n*b*\n1.5", "text\n-a\n*b*\n1.5"),
    ],
)
def test_a_list_after_its_sentence_gets_an_empty_line(typed: str, written: str) -> None:
    assert with_lists(typed)[0] == written


@given(
    st.lists(st.sampled_from(["- a", "text", "", "```", "<pre>", "</pre>", "1. b", "  c", "# d"]))
)
def test_nothing_but_empty_lines_is_added_and_only_once(lines: list[str]) -> None:
    text = "\n".join(lines)
    written, found = with_lists(text)
    kept = [line for line in written.split("\n") if line]
    assert kept == [line for line in lines if line]
    assert written.count("\n") == text.count("\n") + len(found)
    assert with_lists(written) == (written, [])


def test_only_the_own_host_is_written_with_https() -> None:
    text = "http://a.eu/x http://a.eu.org http://b.a.eu (http://a.eu) http://a.eu"
    assert with_https(text, "a.eu") == (
        "https://a.eu/x http://a.eu.org http://b.a.eu (https://a.eu) https://a.eu"
    )
