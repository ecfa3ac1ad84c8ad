"""A theme's table of contents, whose entries follow the clock as their headings do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from mkdocs_impldays.fest.time import Span, without
from mkdocs_impldays.pages.timed import View, shown

_PART = "<div data-"
_TAG = re.compile(r'<(?:(/?)div\b([^<>]*+)>|h[1-6]\b[^<>]*?\sid="([^"<>]++)")')
_TIMES = re.compile(r'\bdata-(from|until)="([^"]*+)"')
_ENTRY = re.compile(
    r'<li(?=[^<>]*\sclass=")([^<>]*+)>(\s*+)<a(?=[^<>]*\sclass=)([^<>]*?\shref="#([^"<>]++)"[^<>]*+)>'
)
_CLASS = re.compile(r'(\sclass=")')


def timed_contents(html: str, view: View) -> str:
    """Return a page whose table of contents shows an entry only while its heading is shown.

    An entry is a link in a list, both with classes, as themes have them and pages do not.
    """
    if _PART not in html:
        return html
    times = dict(_headings(html))

    def entry(match: re.Match[str]) -> str:
        item, blank, link, name = match.groups()
        if name not in times:
            return match[0]
        when = shown(times[name], view)
        attributes = " hidden" if when is None else when
        item = _CLASS.sub(r"\1impldays ", item, count=1)
        return f"<li{item}>{blank}<a{link}{attributes}>"

    return _ENTRY.sub(entry, html) if times else html


def _headings(html: str) -> Iterator[tuple[str, list[Span[bool]]]]:
    """Yield the id of each heading that is not shown always, and when it is."""
    around: list[list[Span[bool]] | None] = []
    for tag in _TAG.finditer(html):
        closing, attributes, name = tag.groups()
        if name:
            if times := [spans for spans in around if spans is not None]:
                yield name, _common(times)
        elif not closing:
            around.append(_spans(attributes))
        elif around:
            around.pop()


def _spans(attributes: str) -> list[Span[bool]] | None:
    """Return when an element is shown, by its attributes; `None` if they do not say."""
    times = {
        name: [datetime.fromisoformat(each) for each in instants.split()]
        for name, instants in _TIMES.findall(attributes)
    }
    if not times:
        return None
    starts: list[datetime | None] = [*times.get("from", [])]
    ends: list[datetime | None] = [*times.get("until", [])]
    if not starts or (ends and ends[0] and starts[0] and ends[0] < starts[0]):
        starts.insert(0, None)
    if len(ends) < len(starts):
        ends.append(None)
    return [Span(True, start, end) for start, end in zip(starts, ends, strict=True)]


def _common(times: list[list[Span[bool]]]) -> list[Span[bool]]:
    """Return when all of them are shown."""
    common = [Span(True)]
    for spans in times:
        common = without(common, without([Span(True)], spans))
    return common
