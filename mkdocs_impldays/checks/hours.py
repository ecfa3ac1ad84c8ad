"""Hours typed in prose at which something opens or begins that the fest file does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.typed import known

_OPENING = re.compile(
    r"\b(?:doors?|opens?|starts?|begins?)\b[^.;()\d]{0,30}?\b(?:at|from)\s+"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap]\.?m\b)?",
    re.IGNORECASE,
)


def unknown_openings(text: str, fest: Fest) -> Iterator[tuple[int, str]]:
    """Find hours at which a text says that something opens, and that the fest file has nowhere.

    Gives each with its place in the text, counted from 0. A fest without any hour is not asked.
    """
    matches = list(_OPENING.finditer(text))
    hours = set(_hours(fest)) if matches else set()
    for match in matches:
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if match["half"]:
            hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
        elif not match["minute"]:
            continue
        if hours and hour < 24 and minute < 60 and time(hour, minute) not in hours:
            start = match.start("hour")
            yield start, text[start : match.end()].strip()


def _hours(fest: Fest) -> Iterator[time]:
    """Give every hour the fest file knows: of doors, of plans, and of the RSVP."""
    for event in fest.events.values():
        for day in event.known_days:
            if known(day.opens) is not None:
                yield day.start.timetz().replace(tzinfo=None)
            if known(day.closes) is not None:
                yield day.end.timetz().replace(tzinfo=None)
            yield from (item.at for item in event.agenda_of(day))
    for moment in (fest.rsvp.opens, fest.rsvp.closes) if fest.rsvp else ():
        if isinstance(moment, datetime):
            yield moment.timetz().replace(tzinfo=None)
