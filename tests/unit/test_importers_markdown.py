"""Markdown that kramdown reads otherwise."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.importers.page import with_heading_ids, with_https, with_lists


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


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("# A b\n\n## A b\n\n### A *b*\n", "# A b\n\n## A b {#a-b-1}\n\n### A *b* {#a-b-2}\n"),
        ("Day\n---\n\nText\n\nDay\n===\n", "Day\n---\n\nText\n\nDay {#day-1}\n===\n"),
        ("## A\r\n\r\n## A\r\n", "## A\r\n\r\n## A {#a-1}\r\n"),
        ("## A ##\n\n## A ##\n", "## A ##\n\n## A ## {#a-1}\n"),
        ("## [Ä](/b) `c`\n\n## Ä c\n", "## [Ä](/b) `c`\n\n## Ä c {#ä-c-1}\n"),
        ("## A\n\n```\n## A\n```\n", "## A\n\n```\n## A\n```\n"),
        ("## A\n\n## A {#b}\n", "## A\n\n## A {#b}\n"),
        ("## A\n\n## A\n{: #b}\n", "## A\n\n## A\n{: #b}\n"),
        ("## {{ a }}\n\n## {{ a }}\n", "## {{ a }}\n\n## {{ a }}\n"),
        ("## A\n\n## B\n", "## A\n\n## B\n"),
    ],
)
def test_equal_headings_keep_the_ids_that_links_lead_to(typed: str, written: str) -> None:
    assert with_heading_ids(typed) == written
    assert with_heading_ids(written) == written


@given(st.text("#ab =-`~\n{}:[]()*\r\t", max_size=60))
def test_ids_are_added_at_the_ends_of_lines_alone(text: str) -> None:
    lines = with_heading_ids(text).split("\n")
    assert [re.sub(r" \{#[\w-]+-\d+\}(?=\r?$)", "", line).rstrip() for line in lines] == [
        re.sub(r" \{#[\w-]+-\d+\}(?=\r?$)", "", line).rstrip() for line in text.split("\n")
    ]
