"""The banner on pages of a fest that is not the current one."""

from __future__ import annotations

from markupsafe import Markup, escape

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.phases import Span, tenses_of
from mkdocs_impldays.fest.plan import NOT_HELD
from mkdocs_impldays.pages.alternatives import View, alternatives
from mkdocs_impldays.words.words import Words


def banner_text(fest: Fest, *, view: View, words: Words) -> Markup:
    """Give the sentence that says of which fest a page is; from its end on, that it was."""
    days = [day.date for day in fest.known_days]
    facts = {"fest": escape(fest.name), "dates": words.days(days) if days else words.say("tba")}
    other, past = words.phrase("archive.other", **facts), words.phrase("archive.banner", **facts)
    spans = [
        Span(str(past if span.value == "past" else other), span.start, span.end)
        for span in tenses_of(fest)
    ]
    if fest.status_of() in NOT_HELD:
        spans = [Span(str(other))]
    return alternatives(spans, view)
