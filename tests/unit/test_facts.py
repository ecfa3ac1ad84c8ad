"""What a page calls."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from mkdocs_impldays.pages.facts import Macro, PageError


def counting() -> Macro:
    """Return a macro that tells how often it was made to work."""
    calls: Iterator[int] = count(1)
    return Macro("number", lambda text="": f"{text} {next(calls)}")


def test_the_same_call_is_made_once() -> None:
    number = counting()
    assert number("a") == number(text="a") == "a 1"
    assert number("b") == "b 2"


def test_true_is_not_one() -> None:
    number = counting()
    assert (number(1), number(True), number("1")) == ("1 1", "True 2", "1 3")


def test_a_call_with_a_list_is_made_each_time() -> None:
    number = counting()
    assert (number([1]), number([1])) == ("[1] 1", "[1] 2")


def test_wrong_arguments_tell_the_right_ones() -> None:
    with pytest.raises(PageError, match=r"Write number\(text=…\)\."):
        counting()("a", "b")
