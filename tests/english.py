"""English words for the button's tests: what the button asks of a language, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

SENTENCES = {
    "rsvp_label": "RSVP for {event}",
    "waitlist_label": "Join the waiting list for {event}",
    "rsvp_closes_closes": "RSVP closes on {closes}.",
    "waitlist_closes_closes": "The waiting list closes on {closes}.",
    "rsvp_closed_closes": "RSVP for {event} closed on {closes}.",
    "rsvp_soon_opens_closes": "RSVP for {event} opens on {opens} and closes on {closes}.",
    "rsvp_soon_opens": "RSVP for {event} opens on {opens}.",
    "rsvp_soon_tba": "RSVP for {event} is not open yet.",
    "event_now_ends": "{event} takes place until {ends}. RSVP is closed.",
    "event_past": "{event} took place on {days}.",
    "event_full": "{event} on {days} is full.",
    "event_full_tba": "{event} is full.",
    "event_cancelled": "{event}, planned for {days}, is cancelled.",
    "event_cancelled_tba": "{event} is cancelled.",
    "event_postponed": "{event}, planned for {days}, is postponed.",
    "event_postponed_tba": "{event} is postponed.",
    "event_moved_online": "{event} on {days} has moved online.",
    "event_moved_online_tba": "{event} has moved online.",
}


class English:
    def say(self, key: str, **values: Markup) -> Markup:
        return Markup(SENTENCES[key]).format(**values)

    def moment(self, moment: datetime) -> Markup:
        written = Markup('<time datetime="{}" data-yours="(… your time)">{}</time>')
        text = f"{moment:%A} {moment.day} {moment:%B %Y} at {moment:%H:%M %Z}"
        return written.format(moment.isoformat(timespec="minutes"), text)

    def days(self, days: Sequence[date]) -> Markup:
        return Markup(" and ").join(f"{day.day} {day:%B %Y}" for day in days)
