"""The time bar: every moment of a fest to click on, in the preview of `mkdocs serve` only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from markupsafe import Markup

from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.calls import Call
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.instants import instants_of
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.people import Limited
from mkdocs_impldays.fest.time import Phase, Span, Standing, phases_of, shown, tenses_of
from mkdocs_impldays.pages.timed import instant

FILES = ("assets/impldays/timebar.css", "assets/impldays/timebar.js")
"""What the bar needs, in the order of the head; `timebar.js` belongs after `impldays.js`."""

_CALL = {
    CallState.OPEN: "opens",
    CallState.WAITLIST: "waiting list opens",
    CallState.FULL: "would open",
    CallState.CLOSED: "closes",
    CallState.MOVED_ONLINE: "closes",
}


def named_instants(fest: Fest) -> list[tuple[datetime, str]]:
    """Return every moment at which anything about the fest changes, in order, and what begins then.

    One day before the first of them is the first, so that every state can be looked at.
    """
    names: dict[datetime, list[str]] = {at: [] for at in instants_of(fest)}
    for at, name in _beginnings(fest):
        if name not in names[at]:
            names[at].append(name)
    first = min(names, default=None)
    before = [(first - timedelta(days=1), "Before")] if first else []
    return before + [(at, ", ".join(found)) for at, found in names.items()]


def _beginnings(fest: Fest) -> Iterator[tuple[datetime, str]]:
    for call in fest.every_call.values():
        yield from _call(call, fest)
    yield from _limited(fest)
    named = set()
    for phase in phases_of(fest):
        if phase.start:
            named.add(phase.start)
            yield phase.start, _phase(phase)
    for event in fest.events.values():
        for start, name in _event(event, fest):
            if start not in named:
                yield start, name


def _call(call: Call, fest: Fest) -> Iterator[tuple[datetime, str]]:
    name = call.name or "RSVP"
    for state in call_states(fest, call):
        if state.start and state.value in _CALL:
            yield state.start, f"{name} {_CALL[state.value]}"
        elif state.start and state.value is CallState.JOIN:
            yield state.start, "Link to join"
    if result := known(call.result):
        yield result, f"{name}: results"
    for ticket in call.tickets:
        yield from _call(call.of_ticket(ticket), fest)


def _limited(fest: Fest) -> Iterator[tuple[datetime, str]]:
    named: list[tuple[Limited, str]] = [(each, each.name) for each in fest.contacts]
    named += [(each, each.title or "Live") for each in fest.live]
    for each, name in named:
        span = shown(each, fest)
        if span and span.start:
            yield span.start, name
        if span and each.until:
            yield each.until, f"{name} ends"


def _event(event: Event, fest: Fest) -> Iterator[tuple[datetime, str]]:
    begun = {"present": "begins", "future": "is over for the day", "past": "is over"}
    for tense in tenses_of(fest, event):
        if tense.start:
            yield tense.start, f"{event.title} {begun[tense.value]}"
    for phase in phases_of(fest, event):
        if phase.start and phase.start not in (event.start, event.end):
            yield phase.start, f"{event.title}: {_phase(phase).lower()}"


def _phase(span: Span[Standing]) -> str:
    standing = span.value
    if standing.phase is Phase.TODAY:
        return f"Day {standing.day}"
    return "Between days" if standing.phase is Phase.BETWEEN else "After"


_TIMES = re.compile('data-(?:from|until)="([^"]+)"')


_SESSION = re.compile(
    '<(?:em|p) class="impldays-(?:now|next|current__head)"[^<>]*>'
    '|<p[^<>]*><em class="impldays-now">|<li[^<>]*><time '
)
"""The tags by which our templates show what is on now and next."""


def moments_in(page: str) -> frozenset[str]:
    """Return the moments at which the HTML of a page changes, as its attributes have them.

    Those of sessions, now and next, are left out: a conference has hundreds of them.
    """
    found = _TIMES.findall(_SESSION.sub("", page))
    return frozenset(moment for times in found for moment in times.split())


def timebar(fest: Fest, moments: frozenset[str] = frozenset()) -> Markup:
    """Return the bar's HTML, for the end of the body. It is hidden until its script runs.

    It has the days of the fest and the hours of its main event. `moments` are those of the page:
    the ones of its own tags are in the bar too.
    """
    named = named_instants(fest)
    marked = {instant(at) for at in instants_of(fest, [fest.main_event])}
    marked |= {instant(at) for at, _ in named[:1]} | moments
    kept = [(at, name) for at, name in named if instant(at) in marked]
    typed = marked - {instant(at) for at, _ in named}
    own = [
        (datetime.fromisoformat(moment).astimezone(fest.timezone), "This page") for moment in typed
    ]
    buttons = [_button(at, name) for at, name in sorted([*kept, *own], key=lambda pair: pair[0])]
    return _BAR.format(buttons=Markup("\n").join(buttons))


def _button(at: datetime, name: str) -> Markup:
    time = Markup('<time datetime="{}">{}</time>').format(instant(at), f"{at:%a %d %b %Y, %H:%M}")
    button = Markup(
        '<li><button type="button" data-now="{}" aria-pressed="false">{}<br>{}</button>'
    )
    return button.format(instant(at), name, time)


_BAR = Markup("""\
<section class="impldays-timebar" aria-label="Time bar" hidden>
<p>This page shows <strong role="status">now</strong>. Only the preview has this bar.</p>
<ul>
<li><button type="button" data-now="" aria-pressed="true">Now</button>
{buttons}
</ul>
<label>Another, on your own clock: <input type="datetime-local"></label>
</section>
""")
