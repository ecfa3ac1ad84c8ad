"""Words that follow time within a sentence: will take place, takes place, took place."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import escape

from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.phases import Span, tenses_of
from mkdocs_impldays.fest.plan import NOT_HELD
from mkdocs_impldays.pages.alternatives import View, alternatives
from mkdocs_impldays.pages.facts import Inline
from mkdocs_impldays.words.words import Words

TENSES = ("future", "present", "past")


def tense(fest: Fest, texts: Sequence[str], *, view: View, event: Event | None = None) -> Inline:
    """Return inline HTML with the text for before, while and after an event, or the fest, goes on.

    `texts` are those three.
    """
    by_tense = {name: str(escape(text)) for name, text in zip(TENSES, texts, strict=True)}
    spans = [Span(by_tense[span.value], span.start, span.end) for span in tenses_of(fest, event)]
    return Inline(alternatives(spans, view))


def takes_place(fest: Fest, *, view: View, words: Words, event: Event | None = None) -> Inline:
    """Return “will take place”, “takes place” or “took place”, whichever is true, as `tense` does.

    For what is not held, it is “was to take place” at every time.
    """
    if fest.status_of(event) in NOT_HELD:
        return Inline(words.phrase("tense.not_held"))
    texts = [words.phrase(f"tense.{name}") for name in TENSES]
    return tense(fest, texts, view=view, event=event)
