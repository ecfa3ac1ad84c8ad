"""What stands on a page for a value."""

from __future__ import annotations

from markupsafe import Markup

from mkdocs_impldays.fest.addresses import is_address
from mkdocs_impldays.pages.facts import Facts, Inline, Macro
from mkdocs_impldays.pages.inline_html import for_markdown
from mkdocs_impldays.pages.text import as_address, as_text
from mkdocs_impldays.problems import quoted


def as_printed(value: object) -> Markup | None:
    """Give Markdown that reads as the value does; `None` where it cannot be printed."""
    if isinstance(value, Inline):
        return for_markdown(value)
    if isinstance(value, Markup):
        return value
    if isinstance(value, bool):
        return Markup("true" if value else "false")  # noqa: S704 - two words
    if isinstance(value, str) and is_address(value):
        return as_address(value)
    if isinstance(value, str | int | float):
        return as_text(str(value))
    if isinstance(value, Facts) and value.text is not None:
        return as_text(value.text)
    return None


def not_printable(value: object) -> str:
    """Say why a value cannot be printed, and what to do."""
    if isinstance(value, Facts):
        return (
            f"{quoted(value.path)} is a group of facts: {', '.join(value.facts)}. Name one of them."
        )
    if isinstance(value, Macro):
        return f"{quoted(value.name)} is a macro. Write {value.name}()."
    if isinstance(value, list | tuple):
        return "is a list. Write {% for item in … %} around what you print of each."
    return "is nothing that can be printed. Print one of its facts."
