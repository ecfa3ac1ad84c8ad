"""English words for the button's tests: what the button asks of a language, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

PHRASES = {
    "rsvp.label": "RSVP for {event}",
    "rsvp.waitlist_label": "Waiting list for {event}",
    "rsvp.not_open": "RSVP is not open yet",
    "rsvp.opens": "RSVP opens on {date}",
    "rsvp.closes": "RSVP closes on {date}",
    "rsvp.waitlist": "{event} is full; there is a waiting list",
    "rsvp.full": "{event} is full",
    "rsvp.closed": "RSVP closed on {date}",
    "event.now": "{event} is on now",
    "event.past": "{event} took place on {dates}",
    "event.cancelled": "{event} has been cancelled",
    "event.postponed": "{event} has been postponed; the new date is not known yet",
    "event.moved_online": "{event} takes place online",
}


class English:
    def phrase(self, name: str, **values: Markup) -> Markup:
        return Markup(PHRASES[name]).format(**values)

    def moment(self, moment: datetime) -> Markup:
        written = Markup('<time datetime="{}" data-yours="(… your time)">{}</time>')
        text = f"{moment:%A} {moment.day} {moment:%B %Y} at {moment:%H:%M %Z}"
        return written.format(moment.isoformat(timespec="minutes"), text)

    def days(self, days: Sequence[date]) -> Markup:
        return Markup(" and ").join(f"{day.day} {day:%B %Y}" for day in days)
