"""What is on, over or still ahead: each day, the next date of many, the venues of the days left.

Each has the attributes that show it in its time.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import accumulate

from markupsafe import Markup

from mkdocs_impldays.fest.clock import on_clock
from mkdocs_impldays.fest.day import Day, dates_of
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.schedule import FestDay, days_of
from mkdocs_impldays.fest.time import Span
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.pages.timed import View, alternatives, shown
from mkdocs_impldays.words import dates
from mkdocs_impldays.words.phrases import Words


def day_times(fest: Fest, view: View) -> dict[str, Facts]:
    """Return when each day is next, today and over, as attributes, by its date (ISO 8601).

    A day is `next` until it is over, from when the day before it is, and the last one for ever. It
    is `today` from midnight, or the end of the night before, until it is over or the next one is
    today, and `over` until the fest is: the last day never is. What begins in the night of the day
    before begins the day. A day that is not held is only `next`, and over at midnight. `None` is
    what it will not be again.
    """
    days, found = days_of(fest), dict[str, Facts]()
    if not days:
        return found
    firsts, ends = zip(*(_begin_and_end(fest, day) for day in days), strict=True)
    nexts = [min(each) for each in zip(accumulate(ends, max), firsts[1:], strict=False)]
    for day, start, end, after in zip(days, [None, *nexts], ends, [*nexts, None], strict=True):
        midnight = on_clock(day.date, time(), fest.timezone, lenient=True)
        spans = {
            "next": Span(True, start, None if day is days[-1] else end),
            "today": Span(True, max(midnight, start or midnight), min(end, after or end)),
            "over": Span(True, end, fest.end),
        }
        found[day.date.isoformat()] = Facts(
            "times",
            {
                name: shown([span], view) if name == "next" or not day.is_off else None
                for name, span in spans.items()
            },
        )
    return found


def _begin_and_end(fest: Fest, day: FestDay) -> tuple[datetime, datetime]:
    """Return when the first event of a day is known to begin and the last is over, in UTC.

    If none is known to begin, or none is held, it is the midnight that ends the day.
    """
    over = on_clock(day.date + timedelta(days=1), time(), fest.timezone, lenient=True)
    held = [slot for slot in day.slots if fest.is_held(slot.event, slot.day)]
    starts = [slot.first_start or over for slot in held] or [over]
    ends = [slot.end for slot in held] or [over]
    return min(each.astimezone(UTC) for each in starts), max(each.astimezone(UTC) for each in ends)


def dates_ahead(fest: Fest, event: Event, style: str, *, view: View, words: Words) -> Markup | None:
    """Return the dates of an event; of too many to list the next one, and how many follow it.

    The last few are listed, unless they are at different venues: `venues_ahead` is of the next one.
    A phrase says that days are to be announced. `None` if only the month is known, and of an event
    that is not held.
    """
    if not fest.is_held(event) or event.month is not None:
        return None
    if not event.known_days:
        return words.phrase("date.tba")
    if not dates.are_many(event.dates):
        return words.days(event.dates, style)
    days, spans, start = event.days_held, [], None
    for number, day in enumerate(days):
        left = dates_of(days[number:])
        text = words.days(left, style)
        venues = {each.venue for each in days[number:]}
        if dates.are_many(left) or (len(venues) > 1 and len(left) > 2):
            month = dates.Month(left[-1].year, left[-1].month)
            last = dates.month_in_words(month, locale=fest.language)
            first = words.days([day.date], style)
            text = words.phrase("date.more", date=first, count=len(left) - 1, month=last)
        spans.append(Span(str(text), start, day.end))
        start = day.end
    return alternatives([*spans, Span(str(words.days(event.dates, style)), start)], view)


def venues_ahead(
    fest: Fest, event: Event, view: View, *, are_all: bool = False
) -> list[tuple[Venue | None, Markup]]:
    """Return the venues of an event, each with the attributes that show it in its time.

    Where `dates_ahead` names the next date only, or the days are at different venues, they are the
    venues of the days, each while its day is the next, and after the last day that of the event. Of
    any other event it is its own, with no attributes. `None` is a venue that is `tba`.

    With `are_all`, an event of a few days has the venues of all that are left at the same time.
    """
    own, is_many = fest.venue_of(event), dates.are_many(event.dates)
    are_all = are_all and not is_many
    lists = [(day, _venues_of(fest, event, day, are_all=are_all)) for day in event.days_held]
    is_one = len({venue and venue.id for _, venues in lists for venue in venues}) <= 1
    if not fest.is_held(event) or (is_one and not is_many):
        return [(own, Markup())] if own or event.venue else []
    spans: dict[str | None, tuple[Venue | None, list[Span[bool]]]] = {}
    start = None
    for day, venues in [*lists, (None, [own] if own or event.venue else [])]:
        end = day.end if day else None
        for venue in venues:
            first = None if day and venue and known(venue.name) and are_all else start
            found = spans.setdefault(venue.id if venue else None, (venue, []))
            found[1].append(Span(True, first, end))
        start = end
    times = [(venue, shown(each, view)) for venue, each in spans.values()]
    left = [(venue, attributes) for venue, attributes in times if attributes is not None]
    return sorted(left, key=lambda each: "hidden" in each[1])


def _venues_of(fest: Fest, event: Event, day: Day, *, are_all: bool) -> list[Venue | None]:
    """Return the first venue of a day, or all but those for overflow; `None` is `tba`."""
    first = fest.venue_of(event, day)
    if not first and not event.venue and not day.venue:
        return []
    more = [fest.venues[key] for key in day.venue[1:]] if are_all and day.venue else []
    return [first, *more]
