"""Words that follow time within a sentence: will take place, takes place, took place."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import escape

from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.phases import Span, tenses_of
from mkdocs_impldays.pages.alternatives import View, alternatives
from mkdocs_impldays.pages.facts import Inline
from mkdocs_impldays.words.words import Words

TENSES = ("future", "present", "past")


def tense(what: Event | Fest, texts: Sequence[str], *, view: View) -> Inline:
    """Give inline HTML with the text for before, while and after something goes on.

    `texts` are those three.
    """
    by_tense = {name: str(escape(text)) for name, text in zip(TENSES, texts, strict=True)}
    spans = [Span(by_tense[span.value], span.start, span.end) for span in tenses_of(what)]
    return Inline(alternatives(spans, view))


def takes_place(what: Event | Fest, *, view: View, words: Words, is_held: bool = True) -> Inline:
    """Give “will take place”, “takes place” or “took place”, whichever is true, as `tense` does.

    Of what is not held, it is “was to take place” at every time.
    """
    if not is_held:
        return Inline(words.phrase("tense.not_held"))
    texts = [words.phrase(f"tense.{name}") for name in TENSES]
    return tense(what, texts, view=view)
