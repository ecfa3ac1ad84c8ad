"""The banner: what is not as it was planned, each line while people need to hear of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.phases import Span, joining
from mkdocs_impldays.fest.sentences import name_of, sentence
from mkdocs_impldays.fest.turns import turns_of
from mkdocs_impldays.fest.typed import known
from mkdocs_impldays.language.words import Words
from mkdocs_impldays.pages.alternatives import attributes, from_now_on
from mkdocs_impldays.pages.facts import Facts


def notice_lines(fest: Fest, *, moment: datetime, words: Words, whole: bool = False) -> list[Facts]:
    """Give the lines of the banner at an aware moment, and those to come, hidden.

    Each reads as its HTML, and has `shown`, its attributes. A `whole` banner carries what is over
    too, for a preview of any moment.
    """
    lines: list[Facts] = []
    for turn in turns_of(fest):
        text = sentence(turn, fest, words)
        lines += _line(text, Span(True, turn.start, turn.end), moment, whole)
    lines += _join(fest, moment, words, whole)
    return lines


def _line(text: Markup, span: Span[bool], moment: datetime, whole: bool) -> Iterator[Facts]:
    left = [span] if whole else from_now_on([span], moment)
    if left:
        yield Facts("line", {"shown": attributes(left, moment)}, text=text)


def _join(fest: Fest, moment: datetime, words: Words, whole: bool) -> Iterator[Facts]:
    """Give the link by which people take part online, from when it is due."""
    for event in fest.events.values():
        join = fest.join_of(event)
        url = known(join.url) if join else None
        if url and (span := joining(fest, event)):
            html = Markup('<a href="{}" rel="noopener">{}</a>').format(url, words.say("event.join"))
            text = Markup("{}: {}").format(name_of(fest, event), html)
            yield from _line(text, span, moment, whole)
