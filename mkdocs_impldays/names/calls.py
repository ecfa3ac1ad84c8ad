"""The calls of a fest as lists: those open now, those that open later, and their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from markupsafe import Markup, escape

from mkdocs_impldays.fest.call_states import CallState
from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.deadlines import Deadline, deadlines_of
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.time import Span, tenses_of
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.pages.printing import inline_html
from mkdocs_impldays.pages.timed import View, alternatives, shown
from mkdocs_impldays.words.phrases import Words

GROUPS: Mapping[str, frozenset[CallState]] = {
    "open": frozenset({CallState.OPEN, CallState.WAITLIST, CallState.JOIN}),
    "soon": frozenset({CallState.SOON}),
}
"""The two lists of `calls()`, each with the states in which a call is in it."""

Buttons = Mapping[str, list[tuple[CallState, Span[str]]]]
"""Each state of each call with the HTML of its button, by the call's key."""


def call_lists(fest: Fest, buttons: Buttons, *, view: View, words: Words) -> list[Facts]:
    """Return the list of open calls and that of calls that open later.

    The latter are in order, those without a known date last.
    """
    groups = []
    for name, wanted in GROUPS.items():
        parts = [
            (call, [span for state, span in buttons[key] if state in wanted])
            for key, call in fest.every_call.items()
        ]
        if name == "soon":
            parts.sort(key=lambda part: _end(part[1]))
        lines = [line for call, spans in parts if (line := _line(call, spans, view))]
        times = shown((span for _, spans in parts for span in spans), view)
        if lines and times is not None:
            facts = {"shown": times, "label": words.say(f"calls.{name}"), "lines": lines}
            groups.append(Facts("group", facts))
    return groups


def _end(spans: list[Span[str]]) -> datetime:
    ends = [span.end.astimezone(UTC) for span in spans if span.end]
    return min(ends, default=datetime.max.replace(tzinfo=UTC))


def _line(call: Call, spans: list[Span[str]], view: View) -> Facts | None:
    times = shown(spans, view)
    if times is None:
        return None
    note = inline_html(call.note, links=True) if call.note else None
    return Facts("line", {"shown": times, "note": note}, text=alternatives(spans, view))


class _Row(NamedTuple):
    """A row of the table of dates."""

    what: Markup
    moment: datetime
    when: Markup
    is_early: bool = False


def deadline_rows(fests: Iterable[Fest], *, view: View, words: Words) -> list[Facts]:
    """Return the rows of the table of dates: the deadlines and the events of fests, in order.

    Each row has the name of the fest if there are several.
    """
    chosen = list(fests)
    rows = [(fest, row) for fest in chosen for row in (*_calls(fest, words), *_events(fest, words))]
    rows.sort(key=lambda pair: pair[1].moment.astimezone(UTC))
    names = [fest.name if len(chosen) > 1 else None for fest, _ in rows]
    return [
        Facts("row", {"fest": name, "what": row.what, "when": _when(row, view, words)})
        for name, (_, row) in zip(names, rows, strict=True)
    ]


def _when(row: _Row, view: View, words: Words) -> Markup:
    """Return the date, struck through once it is over, with a text for screen readers."""
    form = Markup('<s>{}</s> <span class="impldays-over">({})</span>')
    over = form.format(row.when, words.say("deadline.over"))
    if row.is_early:
        return form.format(row.when, words.say("deadline.early"))
    return alternatives([Span(row.when, None, row.moment), Span(over, row.moment)], view)


def _calls(fest: Fest, words: Words) -> Iterator[_Row]:
    for deadline in deadlines_of(fest):
        write = words.opening if deadline.kind == "opens" else words.until
        when = write(deadline.moment)
        yield _Row(what_of(deadline, words), deadline.moment, when, deadline.is_early)


def what_of(deadline: Deadline, words: Words) -> Markup:
    """Return the name of a deadline, like “Call for proposals: deadline”."""
    name = deadline.call.name or words.say("deadline.rsvp")
    return words.phrase(f"deadline.{deadline.kind}", call=name)


def _events(fest: Fest, words: Words) -> Iterator[_Row]:
    for event in fest.events.values():
        if event.start and event.dates and fest.is_held(event):
            days = words.days(event.dates, "weekdays")
            yield _Row(escape(event.title), _over(fest, event), days)


def _over(fest: Fest, event: Event) -> datetime:
    """Return when an event is over, and its row is struck through."""
    end = next((span.start for span in tenses_of(fest, event) if span.value == "past"), None)
    assert end is not None  # it has days, and is held
    return end
