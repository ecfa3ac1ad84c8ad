"""The HTML of a page without hidden parts, for search, titles and menus."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                   "source", "track", "wbr"})  # fmt: skip
"""Elements without an end (HTML, 13.1.2)."""

_MARK = " hidden"
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?>(?:[^>"']|"[^"]*"|'[^']*')*))>""")
_HEADING = re.compile(r'<h[1-6] id="([^"<>]++)"')
_ENTRY = re.compile(r'(<li(?=[^<>]*\sclass=)[^<>]*+)>(?=\s*+<a href="#([^"<>]++)")')
_TIMED = ("<div data-from", "<div data-until")
"""How the parts of a page begin that are shown for a time."""
_EXCLUDED = "data-search-exclude"
_NOTICE = re.compile(
    rf'<div class="impldays impldays-notice" {_EXCLUDED}[^<>]*+>(?>(?:(?!</?div).)*)</div>',
    re.DOTALL,
)
_WRAPPER = re.compile(r"""</?(?:noscript|span|time)(?>\s(?:[^<>"']|"[^"]*"|'[^']*')*)?>""")
"""Tags that no search keeps, of which highlighted code and buttons have many."""
_VALUE = re.compile(r""""[^"]*"|'[^']*'""")
_ATTRIBUTE = re.compile(r"\shidden(?=[\s=]|$)", re.IGNORECASE)


def without_hidden(html: str) -> str:
    """Return HTML without the elements that have the attribute `hidden`.

    Search must not find what is true at another time.
    """
    if _MARK not in html:
        return html
    shown: list[str] = []
    kept = at = 0
    while (mark := html.find(_MARK, at)) != -1:
        at = mark + len(_MARK)
        start = html.rfind("<", kept, mark)
        if start != -1 and (end := _end_of_hidden(html, start, mark)):
            shown.append(html[kept:start])
            kept = at = end
    return "".join([*shown, html[kept:]])


def for_search(html: str) -> str:
    """Return of a page's HTML what a search has to read, which Python parses tag by tag.

    Left out are what is hidden, the notice, which all pages have, and tags around parts of a text.
    """
    shown = _NOTICE.sub("", without_hidden(html))
    return shown if _EXCLUDED in shown else _WRAPPER.sub("", shown)


def hide_entries(html: str) -> str:
    """Return a page with `hidden` at the entries of hidden headings in its table of contents.

    `impldays.js` does the same later. An entry is a link in a list item with a class, which themes
    have and pages do not.
    """
    if not any(part in html for part in _TIMED):
        return html
    hidden = {*_HEADING.findall(html)} - {*_HEADING.findall(without_hidden(html))}
    return _ENTRY.sub(lambda m: f"{m[1]} hidden>" if m[2] in hidden else m[0], html)


def visible_text(html: str) -> str:
    """Return the text of HTML without hidden elements."""
    return Markup(without_hidden(html)).striptags()  # noqa: S704 - no HTML is left of it


def _end_of_hidden(html: str, start: int, mark: int) -> int | None:
    """Return the end of a hidden element, at whose `hidden` the `mark` is; else `None`.

    Most end in their line, which is cached, since it is the same on many pages.
    """
    line = html.find("\n", mark, start + _LONGEST)
    if line != -1 and (length := _end_in_line(html[start:line], mark - start)):
        return start + length
    return _end(html, start, mark)


def _end(html: str, start: int, mark: int) -> int | None:
    opening = _TAG.match(html, start)
    if opening is None or opening.end() <= mark:
        return None
    if opening[1] or opening[3].endswith("/") or not _is_hidden(opening[3]):
        return None
    if opening[2].lower() in _VOID:
        return opening.end()
    depth = 1
    for tag in _tags_named(opening[2]).finditer(html, opening.end()):
        if not tag[2].endswith("/"):
            depth += -1 if tag[1] else 1
        if depth == 0:  # parsing the whole page would take too long
            return tag.end()
    return None


_LONGEST = 5000
"""The most characters of a line that is cached."""

_TAGS_AND_TEXT = re.compile(r"""(?>(?:[^<]++|<(?>(?:[^>"']|"[^"]*"|'[^']*')*)>)*)""")


@lru_cache(maxsize=256)
def _end_in_line(line: str, mark: int) -> int | None:
    """Return the end of an element at the beginning of a line, unless it is in another tag."""
    end = _end(line, 0, mark)
    return end if end and _TAGS_AND_TEXT.fullmatch(line, 0, end) else None


def _is_hidden(attributes: str) -> bool:
    at_the_end = attributes.endswith(_MARK)  # as in all of ours
    return at_the_end or _ATTRIBUTE.search(_VALUE.sub("", attributes)) is not None


@lru_cache(maxsize=64)
def _tags_named(name: str) -> re.Pattern[str]:
    """Return a pattern for the tags with a name, which decide where the element ends."""
    rest = r"""((?>(?:[^>"']|"[^"]*"|'[^']*')*))>"""
    return re.compile(rf"<(/?){re.escape(name)}(?![^\s/>]){rest}", re.IGNORECASE)
