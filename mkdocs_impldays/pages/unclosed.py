"""The tag that is not closed: Jinja tells where it gave up, an author wants to know what began."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinja2 import TemplateSyntaxError

from mkdocs_impldays.pages.when import TAGS

_GAVE_UP = re.compile(
    r"(?:unknown tag 'end(\w+)'|Unexpected end of template)"
    r"(?:(?!unknown tag|Unexpected end).)*block that needs to be closed",
    re.DOTALL,
)
_NAME = re.compile(r"\{%[-+]?\s*(end)?(\w+)")
_BLOCKS = frozenset(
    {"autoescape", "block", "call", "filter", "for", "from", "if", "macro", "set", "until", "with"}
    | set(TAGS)
)


def unclosed(error: TemplateSyntaxError, tags: Iterable[tuple[int, str]]) -> tuple[int, str] | None:
    """Give the line of the tag that an error is about, and how it was typed.

    `tags` are all that there are, in their order. `None` where something else has ended it.
    """
    gave_up = _GAVE_UP.search(error.message or "")
    if gave_up is None:
        return None
    still_open: list[tuple[str, tuple[int, str]]] = []
    for tag in tags:
        name = _NAME.match(tag[1])
        if name and name[1]:
            if not still_open or _closed_as(name[2]) != still_open[-1][0]:
                break  # as Jinja does
            still_open.pop()
        elif name and _is_block(name[2], tag[1]):
            still_open.append((_closed_as(name[2]), tag))
    is_end_of_one = gave_up[1] is None or gave_up[1] in (name for name, _ in still_open)
    return still_open[-1][1] if still_open and is_end_of_one else None


def how_to_close(typed: str) -> str:
    """Say how to close a tag that was typed."""
    name = _NAME.match(typed)
    return f"is not closed. Write {{% end{name[2] if name else ''} %}} where it ends."


def _is_block(name: str, typed: str) -> bool:
    """Tell whether a tag is to be closed; `{% set a = 1 %}` is not, nor is Jinja's `from`."""
    if name == "set":
        return "=" not in typed
    return name in _BLOCKS and not (name == "from" and " import " in typed)


def _closed_as(name: str) -> str:
    """Give the tag that a tag is short for, as whose end Jinja knows it."""
    return "show" if name in {"from", "until"} else name
