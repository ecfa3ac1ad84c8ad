"""What search, titles and menus see of a page: its HTML without the parts that are hidden."""

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
    """Leave out every element with the attribute `hidden`, and all that is in it.

    A search must not find, and show as true, what will be true at another time.
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
    """Return a page whose table of contents hides the entries of headings that are hidden.

    `impldays.js` does the same at each later moment. An entry is a link in a list whose item has a
    class, as themes have them and pages do not.
    """
    if not any(part in html for part in _TIMED):
        return html
    hidden = {*_HEADING.findall(html)} - {*_HEADING.findall(without_hidden(html))}
    return _ENTRY.sub(lambda m: f"{m[1]} hidden>" if m[2] in hidden else m[0], html)


def text_of(html: str) -> str:
    """Return what of some HTML is shown, as text."""
    return Markup(without_hidden(html)).striptags()  # noqa: S704 - no HTML is left of it


def _end_of_hidden(html: str, start: int, mark: int) -> int | None:
    """Return the end of an element that is hidden and has one; the mark is where its tag says so.

    Most end in that line, which, from the element on, is the same on many pages.
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
        if depth == 0:  # a whole page would take longer than all else we do with it
            return tag.end()
    return None


_LONGEST = 5000
"""How many characters of a line are remembered."""

_TAGS_AND_TEXT = re.compile(r"""(?>(?:[^<]++|<(?>(?:[^>"']|"[^"]*"|'[^']*')*)>)*)""")


@lru_cache(maxsize=256)
def _end_in_line(line: str, mark: int) -> int | None:
    """Return the end of an element at the beginning of a line, unless it is within another tag."""
    end = _end(line, 0, mark)
    return end if end and _TAGS_AND_TEXT.fullmatch(line, 0, end) else None


def _is_hidden(attributes: str) -> bool:
    at_the_end = attributes.endswith(_MARK)  # as all of ours have it
    return at_the_end or _ATTRIBUTE.search(_VALUE.sub("", attributes)) is not None


@lru_cache(maxsize=64)
def _tags_named(name: str) -> re.Pattern[str]:
    """Return a pattern for the tags of a name: others cannot change where the element ends."""
    rest = r"""((?>(?:[^>"']|"[^"]*"|'[^']*')*))>"""
    return re.compile(rf"<(/?){re.escape(name)}(?![^\s/>]){rest}", re.IGNORECASE)
