"""HTML that carries every state it can reach, each with the time in which it is shown.

The script `impldays.js` picks by the visitor's clock what the build picked by its own. Both look at
the same instants, written in UTC (ISO 8601): a part is shown from each instant of `data-from` on,
and no longer from each instant of `data-until` on. Where one of the two is missing, it was there
from the beginning of time, or stays to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypeVar

from markupsafe import Markup, escape

from mkdocs_impldays.fest.time import Span, merged

T = TypeVar("T")


def instant(moment: datetime) -> str:
    """Write an aware moment in UTC, to the second, as the script reads it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True)
class View:
    """The moment that a page is built for, and whether it can show any other."""

    moment: datetime
    """It is aware."""
    is_preview: bool = False
    """Whether the page carries what is over then too, for a preview of any moment."""

    def left(self, spans: Iterable[Span[T]]) -> tuple[Span[T], ...]:
        """Leave out what is over, and let what holds now hold from the beginning of time.

        No visitor comes before the build, but a clock may be wrong: it then shows what was built.
        A preview keeps all as it is.
        """
        if self.is_preview:
            return tuple(spans)
        moment = self.moment.astimezone(UTC)  # two times of one zone compare blind to the fold
        return tuple(
            Span(span.value, None if span.holds(moment) else span.start, span.end)
            for span in spans
            if span.end is None or moment < span.end
        )


def alternatives(spans: Iterable[Span[str]], view: View) -> Markup:
    """Return inline HTML: the text of the view's moment, and the others that are left, hidden.

    The spans' values are HTML. One that holds always is given as it is, with nothing around it.
    """
    texts = merged(view.left(spans))
    if len(texts) == 1 and texts[0].is_always:
        return Markup(texts[0].value)  # noqa: S704 - the values are HTML
    parts = "".join(f"<span{shown([text], view) or ''}>{text.value}</span>" for text in texts)
    return Markup(f'<span class="impldays">{parts}</span>')  # noqa: S704 - as above


def shown(spans: Iterable[Span[T]], view: View) -> Markup | None:
    """Return the attributes of a part that is shown in some spans, to follow the tag's name.

    They are empty if it is always shown from the view's moment on. `None` means that it is never
    shown again and belongs on no page. The spans may come in any order, touch and overlap. Nothing
    else writes these attributes: the script and the built HTML can agree only if all three do.
    """
    left = view.left(_united(spans))
    if not left:
        return None
    lists = {
        "data-from": " ".join(instant(span.start) for span in left if span.start),
        "data-until": " ".join(instant(span.end) for span in left if span.end),
    }
    written = [f' {name}="{escape(text)}"' for name, text in lists.items() if text]
    if not any(span.holds(view.moment) for span in left):
        written.append(" hidden")
    return Markup("").join(map(Markup, written))


_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


def _united(spans: Iterable[Span[T]]) -> list[Span[bool]]:
    """Return spans in order, those that overlap or touch as one, without those of no length."""
    united: list[tuple[datetime, datetime]] = []
    for start, end in sorted(map(_bounds, spans)):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        elif start < end:
            united.append((start, end))
    return [
        Span(True, None if start == _FIRST else start, None if end == _LAST else end)
        for start, end in united
    ]


def _bounds(span: Span[T]) -> tuple[datetime, datetime]:
    start = span.start.astimezone(UTC) if span.start else _FIRST
    return start, span.end.astimezone(UTC) if span.end else _LAST


_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                   "source", "track", "wbr"})  # fmt: skip
"""Elements without an end (HTML, 13.1.2)."""

_MARK = " hidden"
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>"']|"[^"]*"|'[^']*')*+)>""")
_VALUE = re.compile(r""""[^"]*"|'[^']*'""")
_ATTRIBUTE = re.compile(r"\shidden(?=[\s=]|$)", re.IGNORECASE)


def without_hidden(html: str) -> str:
    """Leave out every element with the attribute `hidden`, and all that is in it.

    A search must not find, and show as true, what will be true at another time.
    """
    shown: list[str] = []
    kept = at = 0
    while (mark := html.find(_MARK, at)) != -1:
        at = mark + len(_MARK)
        start = html.rfind("<", kept, mark)
        if start != -1 and (end := _end_of_hidden(html, start, mark)):
            shown.append(html[kept:start])
            kept = at = end
    return "".join([*shown, html[kept:]])


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

_TAGS_AND_TEXT = re.compile(r"""(?:[^<]++|<(?:[^>"']|"[^"]*"|'[^']*')*+>)*+""")


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
    rest = r"""((?:[^>"']|"[^"]*"|'[^']*')*+)>"""
    return re.compile(rf"<(/?){re.escape(name)}(?![^\s/>]){rest}", re.IGNORECASE)
