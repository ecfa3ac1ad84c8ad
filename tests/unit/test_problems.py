from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from mkdocs_impldays.problems import Problem, guess, in_order, quoted, seen_from


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
