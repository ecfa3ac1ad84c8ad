"""What each fest file makes of a site stays as it is, but for what is meant to change."""

from __future__ import annotations

from difflib import unified_diff

import pytest

from mkdocs_impldays.pages.sandbox import PageEnvironment
from mkdocs_impldays.pages.stash import Stash
from tests.fests import macros, paris
from tests.frozen import FOLDER, Case, cases, frozen, page_of_all

CASES = cases()
pytestmark = pytest.mark.exact


@pytest.mark.parametrize(
    "case",
    [
        # What a part of the manual's fest file changes is the same with every engine.
        pytest.param(case, id=case.name, marks=pytest.mark.same_everywhere if case.base else ())
        for case in CASES
    ],
)
def test_it_makes_what_it_made(case: Case) -> None:
    now = frozen(case)
    old = {file.name: file.read_text("utf-8") for file in FOLDER.glob(f"{case.name}.*.txt")}
    differences: list[str] = []
    for name in sorted({*now, *old}):
        lines = old.get(name, "").splitlines(), now.get(name, "").splitlines()
        differences += unified_diff(*lines, f"frozen/{name}", "now", n=1, lineterm="")
    shown = "\n".join(differences)
    assert not differences, f"If this is meant: .venv/bin/python -m tests.frozen\n{shown}"


def test_no_golden_file_is_left_over() -> None:
    kept = {file.name.partition(".")[0] for file in FOLDER.glob("*.txt")}
    assert kept == {case.name for case in CASES}
    assert len(kept) == len(CASES)


def test_its_page_has_every_macro_and_filter() -> None:
    page = page_of_all(paris())
    filters = {name for name in PageEnvironment({}, print, Stash()).filters if "__" not in name}
    assert {name for name in macros() if f"{name}(" not in page} == set()
    assert {name for name in filters if f"| {name}" not in page} == set()
