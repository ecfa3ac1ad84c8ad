"""The RSVP button: a link while there is something to do, and words with a date before and after.

Every text is true on paper and without JavaScript too, since it says until when it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from markupsafe import Markup, escape

from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.changes import name_of
from mkdocs_impldays.fest.event import Event, Join
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.time import CallState, Span, call_states
from mkdocs_impldays.pages.facts import Inline
from mkdocs_impldays.pages.timed import View, alternatives
from mkdocs_impldays.words.phrases import Words

LINK_CLASS = "button primary md-button md-button--primary"
"""The classes of the link: those of RustFest's Jekyll sites, and those of Material."""


def rsvp_button(  # noqa: PLR0913 - the caller knows the fest, the page and the language
    fest: Fest,
    *,
    view: View,
    words: Words,
    label_html: Markup | None = None,
    waitlist_label_html: Markup | None = None,
    link_class: str = LINK_CLASS,
) -> Inline:
    """Give the button as inline HTML.

    It shows the state of the view's moment and carries the others left, hidden. The labels are what
    the link says. Raises `ValueError`, with a message for the organiser, where the fest has no
    RSVP.
    """
    labels = {CallState.OPEN: label_html, CallState.WAITLIST: waitlist_label_html}
    spans = _Writer.of(fest, words, labels, link_class).spans(call_states(fest, fest.rsvp))
    return _button(alternatives(spans, view), words)


def every_state(
    fest: Fest, *, words: Words, label_html: Markup | None = None, link_class: str = LINK_CLASS
) -> dict[CallState, Inline]:
    """Give the button in each state that it could be in, if the fest file said so: for a manual.

    Raises `ValueError` as `rsvp_button` does.
    """
    found: dict[CallState, Inline] = {}
    for variant in _variants(fest):
        labels = {CallState.OPEN: label_html, CallState.WAITLIST: None}
        states = call_states(variant, variant.rsvp)
        spans = _Writer.of(variant, words, labels, link_class).spans(states)
        for state, span in zip(states, spans, strict=True):
            found.setdefault(state.value, _button(span.value, words))
    return {state: found[state] for state in CallState if state in found}


def _variants(fest: Fest) -> Iterator[Fest]:
    """Give the fest with each status and availability that a person may type."""
    nothing = {"status": None, "join": None}
    events = {id_: event.model_copy(update=nothing) for id_, event in fest.events.items()}
    plain = fest.model_copy(update={"status": "scheduled", "join": None, "events": events})
    yield plain
    if fest.rsvp:
        for availability in ("open", "waitlist", "full"):
            rsvp = fest.rsvp.model_copy(update={"availability": availability})
            yield plain.model_copy(update={"rsvp": rsvp})
    for status in ("cancelled", "postponed", "moved-online"):
        yield plain.model_copy(update={"status": status})
    if fest.rsvp:
        yield plain.model_copy(update={"join": Join(url=fest.rsvp.url)})


def _button(inner: str, words: Words) -> Inline:
    return Inline(f'<span class="impldays-rsvp"{words.attributes}>{inner}</span>')


@dataclass(frozen=True)
class _Writer:
    """Writes the states; its dates are the spans' own, so that words and clock cannot disagree."""

    rsvp: Call
    event: Event
    join: Join | None
    words: Words
    name: Markup
    labels: dict[CallState, Markup | None]
    link_class: str

    @classmethod
    def of(
        cls,
        fest: Fest,
        words: Words,
        labels: dict[CallState, Markup | None],
        link_class: str,
    ) -> _Writer:
        if fest.rsvp is None:
            message = 'the fest file has no "rsvp:". Add it, or take the button away.'
            raise ValueError(message)
        event = fest.events[fest.rsvp.event]
        name, join = escape(name_of(fest, event)), fest.join_of(event)
        return cls(fest.rsvp, event, join, words, name, labels, link_class)

    def spans(self, states: Sequence[Span[CallState]]) -> list[Span[str]]:
        following = [after for _, after in pairwise([*states, None])]
        return [
            Span(self._state(span, after), span.start, span.end)
            for span, after in zip(states, following, strict=True)
        ]

    def _state(self, span: Span[CallState], after: Span[CallState] | None) -> str:
        state = span.value
        if state is CallState.SOON:
            inner = self._soon(after)
        elif state is CallState.OPEN:
            inner = self._link(state) + self._note(self._dated("rsvp.closes", span.end))
        elif state is CallState.WAITLIST:
            full = self._say("rsvp.waitlist")
            inner = self._link(state) + self._note(full, self._dated("rsvp.closes", span.end))
        elif state is CallState.JOIN:
            inner = self._joining()
        elif state is CallState.CLOSED:
            inner = self._dated("rsvp.closed", span.start)
        elif state is CallState.PAST:
            inner = self._say("event.past", dates=self._days())
        else:
            group = "rsvp" if state is CallState.FULL else "event"
            inner = self._say_with_days(f"{group}.{state.name.lower()}")
        return Markup('<span data-rsvp="{}">{}</span>').format(state, inner)

    def _soon(self, after: Span[CallState] | None) -> Markup:
        if after is None or after.value is CallState.NOW:
            return self._say("rsvp.not_open")
        opens, closes = (
            self._dated("rsvp.opens", after.start),
            self._dated("rsvp.closes", after.end),
        )
        return _together(opens, closes)

    def _link(self, state: CallState) -> Markup:
        waiting = state is CallState.WAITLIST
        url = (self.rsvp.waitlist_url if waiting else None) or known(self.rsvp.url)
        label = self.labels[state]
        if label is None:
            label = self._say("rsvp.waitlist_label" if waiting else "rsvp.label")
        elif self.event.title.casefold() not in label.striptags().casefold():
            label = Markup("{} ({})").format(label, self.name)
        return Markup('<a class="{}" href="{}">{}</a>').format(self.link_class, url, label)

    def _joining(self) -> Markup:
        url = known(self.join.url) if self.join else None
        label = Markup("{} ({})").format(self._say("event.join"), self.name)
        return Markup('<a class="{}" href="{}">{}</a>').format(self.link_class, url, label)

    def _note(self, *sentences: Markup) -> Markup:
        note = _together(*sentences)
        return Markup(' <span class="impldays-note">{}</span>').format(note) if note else note

    def _dated(self, phrase: str, moment: datetime | None) -> Markup:
        return self._say(phrase, date=self.words.moment(moment)) if moment else Markup("")

    def _say_with_days(self, phrase: str) -> Markup:
        """Say it of the event with its days, so that it is true on paper at any time."""
        days = self._days()
        name = Markup("{} ({})").format(self.name, days) if days else self.name
        return self.words.phrase(phrase, event=name)

    def _say(self, phrase: str, **values: Markup) -> Markup:
        return self.words.phrase(phrase, event=self.name, **values)

    def _days(self) -> Markup:
        days = self.event.dates
        return self.words.days(days) if days else Markup("")


def _together(*sentences: Markup) -> Markup:
    return Markup(". ").join(sentence for sentence in sentences if sentence)
