"""Indented code stays as typed, wherever Markdown takes lines for it."""

from __future__ import annotations

import re
from itertools import product

import markdown
import pytest

from mkdocs_impldays.pages.scanner import Code

LINES = ("a", "- a", "    - b", "1. a", "!!! note", "    t", "", "        X", "    X", "X", "> q")
EXTENSIONS = ["admonition", "def_list", "pymdownx.tabbed", "footnotes", "sane_lists"]


def test_it_is_code_where_markdown_makes_code_of_it() -> None:
    """A list right below a sentence is none to Markdown; we take it for one, and render there."""
    engine = markdown.Markdown(extensions=EXTENSIONS)
    pages = (
        "\n".join(lines) + "\n" for count in (2, 3, 4) for lines in product(LINES, repeat=count)
    )
    checked = 0
    for page in pages:
        if page.count("X") != 1 or re.search(r"(?m)^(\s*t|a|> q)\n(- |1\. |    - )", page):
            continue
        is_code = bool(re.search("<pre><code>[^<]*X", engine.reset().convert(page)))
        assert Code(page).is_indented(page.index("X")) == is_code, page
        checked += 1
    assert checked > 4_000


@pytest.mark.parametrize(
    ("page", "is_code"),
    [
        (":   a\n\n        X\n", True),
        (":   a\n\n    X\n", False),
        ('=== "T"\n\n    a\n\n        X\n', True),
        ('=== "T"\n\n    - a\n\n        X\n', False),
        ("[^1]: a\n\n        X\n", True),
        ("- a\n\n\t\tX\n", True),
        ("- a\n\n\tX\n", False),
        ("- a\n  - b\n    X\n", False),
        ("- a\n    - b\n\n            X\n", True),
        ("> - a\n>\n>         X\n", True),
        (">     X\n", True),
        ("> - a\n>\n>     X\n", False),
        ("<div>\n\n    X\n</div>\n", False),
    ],
)
def test_it_is_code_in_other_parts_too(page: str, *, is_code: bool) -> None:
    assert Code(page).is_indented(page.index("X")) is is_code
