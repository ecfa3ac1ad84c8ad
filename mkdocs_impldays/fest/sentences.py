"""What became of the plan, in sentences: for the banner of a page and for calendars."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.plan import Change
from mkdocs_impldays.fest.turns import Turn, turns_of
from mkdocs_impldays.fest.typed import known
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.words.words import Words

FATES = {
    "cancelled": "event.cancelled",
    "postponed": "event.postponed",
    "moved-online": "event.moved_online",
}
"""The phrases for what nobody will find at its place on its days."""

_PHRASES = {
    **FATES,
    "rescheduled": "event.rescheduled",
    "new-venue": "event.new_venue",
    "overflow": "event.overflow",
    "late": "event.late",
    "waitlist": "rsvp.waitlist",
    "full": "rsvp.full",
}


def sentence(turn: Turn, fest: Fest, words: Words) -> Markup:
    """Say what happened, as HTML; its text alone reads right too."""
    if turn.change:
        return update(turn.change, words)
    venue = turn.venue
    days = _days(fest, turn.event)
    facts: dict[str, object] = {
        "event": name_of(fest, turn.event),
        "venue": _in_short(venue, words) if venue else "",
        "dates": words.days(days) if days else words.say("tba"),
        "minutes": turn.day.delay if turn.day else "",
        "date": words.days([turn.day.date], "weekdays") if turn.day else "",
    }
    return words.phrase(_PHRASES[turn.kind], **facts)


def update(change: Change, words: Words) -> Markup:
    """Give a line of the log of changes: Updated 27 May 2018: second venue."""
    return words.phrase("updates.line", date=words.days([change.date]), text=change.what)


def event_sentences(fest: Fest, event: Event, words: Words) -> list[str]:
    """Say as plain text what became of an event, for its entry in a calendar.

    What happened to one day is left to that day, further venues to their own line, and the log to
    the pages.
    """
    return [
        str(sentence(turn, fest, words).striptags())
        for turn in turns_of(fest, event=event)
        if turn.kind not in {"late", "overflow", "update"}
    ]


def name_of(fest: Fest, event: Event | None) -> str:
    """Give what people call an event, with its city, or the whole fest."""
    return f"{event.title} {fest.city}" if event else fest.name


def _days(fest: Fest, event: Event | None) -> list[date]:
    return [day.date for day in (event or fest).known_days]


def _in_short(venue: Venue, words: Words) -> str:
    parts = (known(venue.name), known(venue.street))
    return ", ".join(part for part in parts if part) or words.say("tba")
