"""Markdown that kramdown, which Jekyll uses, reads otherwise than Python-Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ITEM = re.compile(r" {0,3}(?:[*+-]|\d{1,9}[.)])[ \t]+\S")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RAW_HTML = re.compile(r"<(/?)(pre|script|style|textarea)\b", re.IGNORECASE)
_NO_PARAGRAPH = re.compile(r"\s*$| {4}|\t| {0,3}(?:[#<>|=]|-{3}|\{[%:])|.*>\s*$|\s*\|")
"""Lines that are no sentence: a heading, HTML, a quotation, a table, code, a tag."""


def with_lists(text: str) -> tuple[str, list[int]]:
    """Put an empty line before each list that follows a sentence directly.

    kramdown makes a list of it, as GitHub does; Python-Markdown one paragraph. Returns the text and
    the lines, counted from 0, before which a line was put.
    """
    lines = text.split("\n")
    found = list(_lists_after_sentences(lines))
    ending = "\r" if "\r\n" in text else ""
    for number in reversed(found):
        lines.insert(number, ending)
    return "\n".join(lines), found


def _lists_after_sentences(lines: list[str]) -> Iterator[int]:
    fence, in_html, in_list, before = "", False, False, ""
    for number, line in enumerate(lines):
        is_mark = _FENCE.match(line)
        if fence:
            if is_mark and is_mark[1].startswith(fence) and not line.strip(" \r`~"):
                fence = ""
            before = ""
            continue
        if is_mark:
            fence, before = is_mark[1], ""
            continue
        for tag in _RAW_HTML.finditer(line):
            in_html = not tag[1]
        is_item = not in_html and _ITEM.match(line) is not None
        if is_item and not (in_list or _NO_PARAGRAPH.match(before)):
            yield number
        in_list = bool(line.strip()) and (in_list or is_item)
        before = line


def with_https(text: str, host: str) -> str:
    """Write the addresses of a site's own host with `https:`."""
    return re.sub(rf"\bhttp(?=://{re.escape(host)}(?:[/\s)\"'>#?]|$))", "https", text)
