"""What a page shows for a value."""

from __future__ import annotations

from markupsafe import Markup

from mkdocs_impldays.fest.addresses import is_address
from mkdocs_impldays.pages.facts import NOT_A_TEXT, Facts, Inline, Macro, PageError
from mkdocs_impldays.pages.inline_html import for_markdown
from mkdocs_impldays.pages.text import as_address, as_text


def as_printed(value: object) -> Markup | None:
    """Return Markdown that reads as the value does; `None` where it cannot be printed."""
    if isinstance(value, Inline):
        return for_markdown(value)
    if isinstance(value, Markup):
        return value
    if isinstance(value, str) and is_address(value):
        return as_address(value)
    text = text_of(value)
    return None if text is None else as_text(text)


def text_of(value: object) -> str | None:
    """Return what a value reads as, not escaped; `None` where it cannot be printed.

    Whatever makes text of a page's values asks this, and never `str`, which shows Python's objects.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return value
    return value.text if isinstance(value, Facts) else None


def refuse_macros(*values: object) -> None:
    """Raise `PageError` for a macro that is not called: its parentheses are missing."""
    for value in values:
        if isinstance(value, Macro):
            raise PageError(not_printable(value))


def not_printable(value: object) -> str:
    """Say why a value cannot be printed, and what to do."""
    if isinstance(value, Facts | Macro):
        return value.not_text()
    if isinstance(value, list | tuple):
        return NOT_A_TEXT
    return "is nothing that can be printed. Print one of its facts."
