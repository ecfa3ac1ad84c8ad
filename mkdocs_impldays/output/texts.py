"""Text as other programs want it: no control characters, and no markup where it may hold some."""

from __future__ import annotations

import re

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"(?<![\\*\w])(\*{1,3})(?![\s*])([^*\n]*[^\s*])\1(?![*\w])")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def paragraph(text: str) -> str:
    r"""Give text that may have several lines, broken by `\n`.

    Drops what no calendar can carry: control characters and halves of characters.
    """
    if text.isprintable():  # as most are, and quickly told
        return text.strip()
    text = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text)
    return _UNPRINTABLE.sub("", text).strip()


def line(text: str) -> str:
    """Give text as one line, each run of blanks as one."""
    return " ".join(paragraph(text).split())


def without_markup(text: str) -> str:
    """Give a paragraph without the inline Markdown that labels and notes may hold.

    That is code, links, and emphasis by stars.
    """
    text = _CODE.sub(lambda code: code[2].strip(), paragraph(text))
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text)).strip()
