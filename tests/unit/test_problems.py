import json
import re
from dataclasses import replace
from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_impldays.cli.check import FORMATS
from mkdocs_impldays.problems import (
    Problem,
    Severity,
    counted,
    guess,
    in_order,
    merged,
    problems_box,
    quoted,
    seen_from,
)


def test_a_problem_prints_its_place_and_its_message() -> None:
    assert str(Problem("docs/a.md", 3, "is wrong.")) == "docs/a.md:3: is wrong."


def test_a_problem_of_a_whole_file_prints_no_line() -> None:
    assert str(Problem("docs/a.md", None, "is wrong.")) == "docs/a.md: is wrong."


def test_problems_stand_in_the_order_of_files_and_lines_each_once() -> None:
    late, early = Problem("a", 10, "x"), Problem("a", 2, "x")
    whole, other = Problem("a", None, "x"), Problem("b", 1, "x")
    assert in_order([other, late, early, whole, late]) == [whole, early, late, other]


def test_problems_of_one_line_keep_their_order() -> None:
    first, second = Problem("a", 1, "z"), Problem("a", 1, "b")
    assert in_order([first, second]) == [first, second]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("opnes", ' Did you mean "opens"?'), ("OPENS", ' Did you mean "opens"?'), ("xyz", "")],
)
def test_a_guess_is_a_near_word_or_nothing(word: str, expected: str) -> None:
    assert guess(word, ["opens", "closes"]) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", '"plain"'),
        (7, '"7"'),
        ("two\nlines\t", '"two\\nlines\\t"'),
        ("\u202eright to left", '"\\u202eright to left"'),
        ("é💩", '"é💩"'),
        ("x" * 61, '"' + "x" * 60 + '…"'),
        ("x" * 60, '"' + "x" * 60 + '"'),
    ],
)
def test_what_was_typed_is_quoted_on_one_short_line(value: object, expected: str) -> None:
    assert quoted(value) == expected


@pytest.mark.parametrize(
    ("folder", "path", "seen"),
    [
        (PurePosixPath("/a/site"), PurePosixPath("/a/site/docs/b.md"), "docs/b.md"),
        (PurePosixPath("/a/site"), PurePosixPath("/a/docs"), "../docs"),
        (PurePosixPath("site"), PurePosixPath("site/fests/c.yml"), "fests/c.yml"),
        (PureWindowsPath(r"C:\a\site"), PureWindowsPath(r"c:\A\site\docs\b.md"), "docs/b.md"),
        (PureWindowsPath(r"C:\a\site"), PureWindowsPath(r"C:\a\docs"), "../docs"),
        (PureWindowsPath(r"D:\site"), PureWindowsPath(r"C:\py\base.html"), "C:/py/base.html"),
        (PureWindowsPath(r"\\pc\site"), PureWindowsPath(r"C:\base.html"), "C:/base.html"),
    ],
)
def test_paths_read_alike_on_every_system(folder: PurePath, path: PurePath, seen: str) -> None:
    assert seen_from(folder, path) == seen


_HOSTILE = st.lists(
    st.sampled_from(["\n", "\r", "\u2028", "\x85", "\x1b[2J", "\x9b", "::", "##[error]", "##vso["])
    | st.text(max_size=3)
).map("".join)

_OBEYED = re.compile(
    r"##(?:\[|vso\[|teamcity\[)|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)


@given(_HOSTILE, _HOSTILE, st.sampled_from(["error", "warning", "hint"]))
def test_no_name_key_or_value_begins_a_line_or_holds_a_command(
    path: str, message: str, severity: Severity
) -> None:
    problem = Problem(path, 3, f"{message}: is wrong.", severity)
    lines = [str(problem), *(FORMATS[form]([problem]) for form in ("text", "github"))]
    for line in lines:
        line.encode()
        assert len(line.splitlines()) == 1
        assert not _OBEYED.search(line)
    assert not any(line.lstrip().startswith("::") for line in lines[:2])
    listed = FORMATS["json"]([problem])
    assert not _OBEYED.search(listed)
    assert json.loads(listed)[0]["message"] == problem.message
    assert not _OBEYED.search(problems_box([problem]))


def test_a_file_named_like_a_command_is_named_from_its_folder() -> None:
    assert str(Problem("::error::x.html", None, "is wrong.")) == "./::error::x.html: is wrong."


def test_the_text_form_is_that_of_compilers() -> None:
    problem = Problem("docs/a.md", 3, "is wrong.", "warning", "title")
    assert FORMATS["text"]([problem]) == "docs/a.md:3: warning: is wrong. [title]"


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        (["error"], "1 problem (1 error)"),
        (["hint", "warning", "error", "warning"], "4 problems (1 error, 2 warnings, 1 hint)"),
        (["hint", "hint"], "2 problems (2 hints)"),
    ],
)
def test_problems_are_counted(severities: list[Severity], expected: str) -> None:
    assert counted(Problem("a", 1, "x", each) for each in severities) == expected


def test_what_is_found_at_many_locations_is_one_line() -> None:
    same = [Problem(f"docs/{n}.md", n, "is not encrypted.", "warning") for n in range(1, 7)]
    other = Problem("docs/3.md", 1, "is wrong.", "warning")
    first, second = merged([*same[:2], other, *same[2:]])
    assert str(first) == (
        "docs/1.md:1: is not encrypted. "
        "(6 times: also docs/2.md:2, docs/3.md:3, docs/4.md:4 and 2 more)"
    )
    assert second == other


def test_one_cause_with_many_wordings_is_one_line() -> None:
    links = [Problem("a", n, f"link {n} is old.", subject="http://a.test") for n in (1, 2)]
    assert [each.message for each in merged(links)] == ["link 1 is old. (2 times: also a:2)"]


def test_problems_with_one_cause_are_one_line_with_their_number() -> None:
    cause = "{count} links are old, the first to {subject}."
    links = [
        Problem(f"docs/{n}.md", n, f"{n} is old.", "warning", None, f"http://{n}", cause, n)
        for n in range(1, 7)
    ]
    (only,) = merged(links)
    assert only.marked == (
        'docs/1.md:1: warning: 21 links are old, the first to "http://1".'
        " (also docs/2.md:2, docs/3.md:3, docs/4.md:4 and 2 more)"
    )
    assert merged(links[:1]) == links[:1]
    here = [replace(each, path="docs/1.md", line=1) for each in links[:2]]
    assert merged(here)[0].message == '3 links are old, the first to "http://1".'
