"""What Jinja and Python say of a page's tags, in words for the page's author."""

from __future__ import annotations

import re

from jinja2 import TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2.tests import TESTS

from mkdocs_impldays.pages.facts import PageError
from mkdocs_impldays.pages.filters import FILTERS
from mkdocs_impldays.pages.limits import OverworkError
from mkdocs_impldays.pages.when import TAGS
from mkdocs_impldays.problems import guess

UNWORKABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    PageError,
    RecursionError,
    SyntaxError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    OverworkError,
    TypeError,
    UndefinedError,
    ValueError,
)
"""All that a page's tags can raise through no fault of ours."""

_TAGS = (
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "set",
    "endset",
    "macro",
    "endmacro",
    "raw",
    *(word for tag in TAGS for word in (tag, f"end{tag}")),
)
_FILTERS = (*FILTERS, "dates", "join", "string", "tojson")
_AS_IT_IS = " Remove it, or put it between {% raw %} and {% endraw %}."


def complaint(error: Exception, typed: str = "") -> str:
    """Say what is wrong and what to do; the author's own text is put before it.

    Where that is known already, a tag that was `typed` tells more.
    """
    if isinstance(error, PageError | UndefinedError):
        return str(error)
    if isinstance(error, TemplateSyntaxError | TemplateRuntimeError):
        return _syntax(error.message or "", typed)
    if isinstance(error, OverworkError | MemoryError | OverflowError):
        return "asks for too much work. A page's loops turn some hundred times, not millions."
    if isinstance(error, RecursionError):
        return "calls itself, or goes too deep. Write it flat."
    if isinstance(error, SyntaxError):
        return "stands in too many tags. Take some of them away."
    return "cannot be worked out. Check that it fits what it is used for."


def _syntax(message: str, typed: str) -> str:
    if unknown := re.search(r"unknown tag '(\w+)'", message):
        if unknown[1] == "end":
            return f"is not a known tag. {_in_one_word(typed)}"
        if unknown[1] in _TAGS:
            opening = unknown[1].removeprefix("end")
            opening = "if" if opening in {"else", "elif"} else opening
            return f"stands where none is open. Write {{% {opening} … %}} before it, or delete it."
        return f"is not a known tag.{guess(unknown[1], _TAGS) or _AS_IT_IS}"
    if unknown := re.search(r"No (filter|test) named '(.*?)'", message):
        near = guess(unknown[2], _FILTERS if unknown[1] == "filter" else TESTS)
        listed = " See the list in the manual." if unknown[1] == "filter" else " Take it out."
        return f"uses “{unknown[2]}”, no known {unknown[1]}.{near or listed}"
    return "cannot be read. Check its quotes, dots and brackets."


def _in_one_word(typed: str) -> str:
    """Say how an `end` is written that stands apart from what it ends."""
    apart = re.search(r"end\s+(\w+)", typed)
    if apart and f"end{apart[1]}" in _TAGS:
        return f"Write {{% end{apart[1]} %}}, in one word."
    return "Write what it ends in the same word, like {% endif %}."
