"""The banner: what is not as it was planned, each line while people need to hear of it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.phases import Span, joining
from mkdocs_impldays.fest.sentences import name_of, sentence
from mkdocs_impldays.fest.turns import turns_of
from mkdocs_impldays.fest.typed import known
from mkdocs_impldays.pages.alternatives import View, attributes
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.words.words import Words


def notice_lines(fest: Fest, *, view: View, words: Words) -> list[Facts]:
    """Give the lines of the banner at the view's moment, and the others left, hidden.

    Each reads as its HTML, and has `shown`, its attributes.
    """
    lines: list[Facts] = []
    for turn in turns_of(fest):
        text = sentence(turn, fest, words)
        lines += _line(text, Span(True, turn.start, turn.end), view)
    lines += _join(fest, view, words)
    return lines


def _line(text: Markup, span: Span[bool], view: View) -> Iterator[Facts]:
    if left := view.left([span]):
        yield Facts("line", {"shown": attributes(left, view.moment)}, text=text)


def _join(fest: Fest, view: View, words: Words) -> Iterator[Facts]:
    """Give the link by which people take part online, from when it is due."""
    for event in fest.events.values():
        join = fest.join_of(event)
        url = known(join.url) if join else None
        if url and (span := joining(fest, event)):
            html = Markup('<a href="{}" rel="noopener">{}</a>').format(url, words.say("event.join"))
            text = Markup("{}: {}").format(name_of(fest, event), html)
            yield from _line(text, span, view)
