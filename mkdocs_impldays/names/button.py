"""The button of a call: a link while there is something to do, else a text with the date.

Every text is also right on paper and without JavaScript, since it says until when it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from markupsafe import Markup, escape

from mkdocs_impldays.fest.call_states import OPENED, CallState, call_states
from mkdocs_impldays.fest.calls import Call, Rsvp
from mkdocs_impldays.fest.changes import name_of
from mkdocs_impldays.fest.event import Event, Join
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import TBA, known
from mkdocs_impldays.fest.time import Span, tenses_of, within
from mkdocs_impldays.pages.facts import Inline
from mkdocs_impldays.pages.printing import inline_html
from mkdocs_impldays.pages.timed import View, alternatives
from mkdocs_impldays.words.phrases import Words

LINK_CLASS = "button primary md-button md-button--primary"
"""The CSS classes of the link: those of RustFest's Jekyll sites, and those of Material."""

State = Span[CallState]
"""A state of a call while it lasts."""


def call_button(  # noqa: PLR0913 - the caller has the fest, the page and the language
    fest: Fest,
    call: Call,
    *,
    view: View,
    words: Words,
    label: str | None = None,
    link_class: str = LINK_CLASS,
) -> Inline:
    """Return the button of a call as inline HTML.

    It shows the state of the view's moment and has the later ones, hidden. A label, in inline
    Markdown, replaces the call's own.
    """
    states = states_of(fest, call, view=view, words=words, label=label, link_class=link_class)
    return _button(alternatives([span for _, span in states], view), words)


def states_of(  # noqa: PLR0913 - as above
    fest: Fest,
    call: Call,
    *,
    view: View | None,
    words: Words,
    label: str | None = None,
    link_class: str = LINK_CLASS,
) -> list[tuple[CallState, Span[str]]]:
    """Return each state of a call, with the HTML of its button.

    With a view, a page that is built before the call opens has a link in `<noscript>`.
    """
    typed = {
        CallState.OPEN: call.label if label is None else label,
        CallState.WAITLIST: call.waitlist_label,
    }
    labels = {state: inline_html(text) if text else None for state, text in typed.items()}
    return _ButtonWriter(fest, call, words, labels, link_class, view).spans()


def ticket_line(fest: Fest, kind: Call, *, view: View, words: Words, link_class: str) -> Inline:
    """Return inline HTML of a kind of ticket, given as a call: its name, price and state."""
    none: dict[CallState, Markup | None] = {CallState.OPEN: None, CallState.WAITLIST: None}
    writer = _TicketWriter(fest, kind, words, none, link_class, view)
    return _button(alternatives([span for _, span in writer.spans()], view), words)


def every_state(
    fest: Fest, *, words: Words, link_class: str = LINK_CLASS
) -> dict[CallState, Inline]:
    """Return the RSVP button in each state that it can have, for a manual.

    Raises `ValueError`, with a message for the organiser, if the fest has no RSVP.
    """
    if fest.rsvp is None:
        raise ValueError('the fest file has no "rsvp:". Add it, or remove the button.')
    found: dict[CallState, Inline] = {}
    for variant in _variants(fest, fest.rsvp):
        call = variant.rsvp or fest.rsvp
        for state, span in states_of(variant, call, view=None, words=words, link_class=link_class):
            found.setdefault(state, _button(span.value, words))
    return {state: found[state] for state in CallState if state in found}


def _variants(fest: Fest, rsvp: Rsvp) -> Iterator[Fest]:
    """Yield the fest with each status and availability."""
    nothing = {"status": None, "join": None, "attendance": None}
    events = {id_: event.model_copy(update=nothing) for id_, event in fest.events.items()}
    plain = fest.model_copy(
        update={"status": "scheduled", "join": None, "events": events, "attendance": "on-site"}
    )
    yield plain
    for availability in ("open", "waitlist", "full"):
        yield plain.model_copy(
            update={"rsvp": rsvp.model_copy(update={"availability": availability})}
        )
    for status in ("cancelled", "postponed", "moved-online"):
        yield plain.model_copy(update={"status": status})
    yield plain.model_copy(update={"join": Join(url=rsvp.url)})


def _button(inner: str, words: Words) -> Inline:
    return Inline(f'<span class="impldays-rsvp"{words.attributes}>{inner}</span>')


_NOTHING = Markup()


@dataclass(frozen=True)
class _ButtonWriter:
    """Writes the states with the dates of their spans, so that text and clock cannot differ."""

    fest: Fest
    call: Call
    words: Words
    labels: Mapping[CallState, Markup | None]
    link_class: str
    view: View | None = None
    """The moment of the page, if visitors without JavaScript are to have a link."""

    @cached_property
    def event(self) -> Event | None:
        """The event of the call."""
        return self.fest.events[self.call.event] if self.call.event else None

    @cached_property
    def names(self) -> Mapping[str, Markup]:
        """The names of the event and the call, by their placeholders in phrases."""
        event = escape(name_of(self.fest, self.event))
        return {"event": event, "call": escape(self.call.name or "")}

    def spans(self) -> list[tuple[CallState, Span[str]]]:
        """Return each state with its HTML."""
        states = call_states(self.fest, self.call)
        around = zip([None, *states], states, [*states[1:], None], strict=False)
        return [
            (span.value, _marked(part, span.value))
            for before, span, after in around
            for part in self._parts(span, self._state(span, before, after))
        ]

    def _parts(self, span: State, html: Markup) -> Iterator[Span[Markup]]:
        """Yield a state; if closed, first with the date of the results, then without.

        The link to join says when the event itself is on.
        """
        if span.value is CallState.JOIN:
            yield from self._joining_in_time(span, html)
            return
        result = known(self.call.result) if span.value is CallState.CLOSED else None
        if result is None or not span.holds(result) or result == span.start:
            yield Span(html, span.start, span.end)
            return
        answer = self.words.phrase("call.result", date=self.words.until(result))
        yield Span(_together(html, answer), span.start, result)
        yield Span(html, result, span.end)

    def _state(self, span: State, before: State | None, after: State | None) -> Markup:
        match span.value:
            case CallState.SOON:
                return self._soon(after) + self._way_in(span, after)
            case CallState.OPEN:
                note = self._note(self._until(span.end), where=self._moved())
                return self._link(span.value) + note
            case CallState.WAITLIST:
                notes = self._worded("waitlist"), self._until(span.end)
                return self._link(span.value) + self._note(*notes, where=self._moved())
            case CallState.JOIN:
                return self._joining()
            case CallState.CLOSED:
                return self._closed(span.start, before)
            case CallState.FULL:
                return self._say_with_days("full")
            case CallState.NEXT:
                return self._next(span.end)
            case CallState.PAST:
                return self._phrase("event.past", dates=self._days()) + self._recording()
            case state:
                return self._say_with_days(f"event.{state.name.lower()}")

    def _next(self, start: datetime | None) -> Markup:
        assert start is not None  # another day follows
        return self._phrase("event.next", date=self.words.days([start.date()], "weekdays"))

    def _soon(self, after: State | None) -> Markup:
        if after is None or after.start is None or after.value not in OPENED:
            return self._worded("not_open")
        return self._worded("opens", date=self.words.opening(after.start))

    def _closed(self, since: datetime | None, before: State | None) -> Markup:
        """Return that it is closed, and since when, unless it closed early or with its month."""
        is_undated = self.event is not None and not self.event.known_days
        is_undated = is_undated or (since is not None and self._is_unknown(since))
        if since is None or is_undated or (before and before.value is CallState.SOON):
            return self._worded("is_closed")
        return self.words.deadline(self._name_of("closed"), since, **self.names)

    def _way_in(self, span: State, after: State | None) -> Markup:
        """Return the link for visitors without JavaScript, on a page built before it opens."""
        is_built = self.view and not self.view.is_preview and span.holds(self.view.moment)
        if not is_built or after is None or after.value not in self.labels:
            return Markup()
        return Markup("<noscript> {}</noscript>").format(self._link(after.value))

    def _link(self, state: CallState) -> Markup:
        waiting = state is CallState.WAITLIST
        urls = [known(self.call.url), *(ticket.url for ticket in self.call.tickets)]
        url = (self.call.waitlist_url if waiting else None) or next(filter(None, urls), None)
        label = self.labels[state]
        if label is None:
            label = self._label(waiting)
        return Markup('<a class="{}" href="{}">{}</a>').format(self.link_class, url, label)

    def _label(self, waiting: bool) -> Markup:
        if waiting:
            return self._worded("waitlist_label")
        return self._worded("label") if self.call.name is None else self.names["call"]

    def _joining(self) -> Markup:
        join = self.fest.join_of(self.event)
        url = known(join.url) if join else None
        label = Markup("{} ({})").format(self._phrase("event.join"), self.names["event"])
        return Markup('<a class="{}" href="{}">{}</a>').format(self.link_class, url, label)

    def _joining_in_time(self, span: State, link: Markup) -> Iterator[Span[Markup]]:
        now = link + self._note(self._phrase("event.now"))
        for tense in tenses_of(self.fest, self.event):
            for part in within(span, tense):
                yield Span(now if tense.value == "present" else link, part.start, part.end)

    def _recording(self) -> Markup:
        join = self.fest.join_of(self.event)
        url = known(join.recording) if join else None
        if url is None or self.fest.attendance_of(self.event) == "on-site":
            return Markup()
        label = self._phrase("event.recording")
        return Markup(' <a href="{}" rel="noopener">{}</a>').format(url, label)

    def _moved(self) -> Markup:
        """Return that the event takes place online, for a link by which people sign up."""
        if self.event and self.fest.status_of(self.event) == "moved-online":
            return self._phrase("event.moved_online")
        if self.event and self.fest.attendance_of(self.event) != "on-site":
            is_online = self.fest.is_online(self.event)
            return self._phrase("place.online" if is_online else "place.also_online")
        return Markup()

    def _note(self, *sentences: Markup, where: Markup = _NOTHING) -> Markup:
        """Return sentences below a link; `where` comes first, in an element of its own."""
        note = _together(*sentences)
        if where:
            stop = ". " if note else ""
            place = Markup('<span class="impldays-note__where">{}{}</span>').format(where, stop)
            note = place + note
        return Markup(' <span class="impldays-note">{}</span>').format(note) if note else note

    def _until(self, moment: datetime | None) -> Markup:
        """Return until when it is open; nothing while that is still to be announced."""
        if moment is None or self._is_unknown(moment):
            return Markup()
        return self.words.deadline(self._name_of("closes"), moment, **self.names)

    def _is_unknown(self, moment: datetime) -> bool:
        """Return whether a moment is not the deadline, but used while that is `tba`."""
        return self.call.closes is TBA and moment != known(self.call.waitlist_closes)

    def _say_with_days(self, phrase: str) -> Markup:
        """Return a phrase with the days of the event, so that it is right on paper at any time."""
        days, name = self._days(), self.names["event"]
        aside = Markup(' <span class="impldays-rsvp__days">({})</span>').format(days)
        named = name + aside if days else name
        return self._worded(phrase, **{**self.names, "event": named})

    def _worded(self, phrase: str, **values: Markup) -> Markup:
        return self._phrase(self._name_of(phrase), **values)

    def _name_of(self, phrase: str) -> str:
        """Return the full name of a phrase: an RSVP without a title has its own."""
        return phrase if "." in phrase else f"{self._kind}.{phrase}"

    @property
    def _kind(self) -> str:
        return "rsvp" if self.call.name is None else "call"

    def _phrase(self, phrase: str, **values: Markup) -> Markup:
        return self.words.phrase(phrase, **{**self.names, **values})

    def _days(self) -> Markup:
        days = (self.event or self.fest).dates
        return self.words.days(days) if days else Markup("")


class _TicketWriter(_ButtonWriter):
    """Writes the name and price of a kind of ticket, and its state."""

    @property
    def _kind(self) -> str:
        return "ticket"

    def _state(self, span: State, before: State | None, after: State | None) -> Markup:
        name, note, more = self.names["call"], Markup(), Markup()
        match span.value:
            case CallState.SOON:
                note = self._soon(after)
                more = self._way_in(span, after)
            case CallState.OPEN:
                name, note = self._link(span.value), self._until(span.end)
            case CallState.WAITLIST:
                name, note = self._link(span.value), self._worded("waitlist")
            case CallState.FULL:
                note = self._worded("full")
            case CallState.CANCELLED | CallState.POSTPONED:
                note = super()._state(span, before, after)
            case _:
                note = self._worded("closed")
        if price := self.call.price:
            amount = self.words.price(price)
            name += Markup(' <span class="impldays-price">{}</span>').format(amount)
        return name + self._note(note) + more

    def _label(self, waiting: bool) -> Markup:
        return self._phrase("call.waitlist_label") if waiting else self.names["call"]


def _marked(span: Span[Markup], state: CallState) -> Span[str]:
    html = Markup('<span data-rsvp="{}">{}</span>').format(state, span.value)
    return Span(html, span.start, span.end)


def _together(*sentences: Markup) -> Markup:
    return Markup(". ").join(sentence for sentence in sentences if sentence)
