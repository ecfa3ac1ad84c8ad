"""The variables of pages and templates, made from a fest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial

from markupsafe import Markup

from mkdocs_impldays.fest.calls import Call, Rsvp
from mkdocs_impldays.fest.changes import STATUS_PHRASES
from mkdocs_impldays.fest.clock import is_date_alone
from mkdocs_impldays.fest.day import Day, dates_of
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import Model, Tba, is_tba, is_translated, pick
from mkdocs_impldays.fest.time import was_never_dated
from mkdocs_impldays.fest.values import markdown_of
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.names.schedule import day_facts, run_facts
from mkdocs_impldays.names.sessions import programme_facts
from mkdocs_impldays.output.texts import postal_line
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.pages.printing import inline_html
from mkdocs_impldays.words import dates, times
from mkdocs_impldays.words.dates import Month
from mkdocs_impldays.words.languages import country_name

_DEADLINES = ("closes", "until", "result")
"""The ends of the paths of moments of which a date alone means the last minute."""


def site_names(fest: Fest, *, tba: str, never: str) -> dict[str, object]:
    """Return `dates`, `location` and the keys under `site` of the fest file, which win.

    `tba` is the text of a fact that is not known yet, `never` that of the dates of an event that
    was cancelled before it had any.
    """
    derived = {"dates": _dates(fest, tba, never), "location": _location(fest, tba)}
    return _merged(derived, fest.site)


def _merged(derived: Mapping[str, object], typed: Mapping[str, object]) -> dict[str, object]:
    """Return derived values updated with typed ones, group by group."""
    both = dict(derived)
    for key, value in typed.items():
        below = both.get(key)
        is_group = isinstance(value, dict) and isinstance(below, dict)
        both[key] = _merged(below, value) if is_group else value  # type: ignore[arg-type]
    return both


def _dates(fest: Fest, tba: str, never: str) -> dict[str, object]:
    facts: dict[str, object] = {}
    for key, event in fest.events.items():
        days = event.dates
        facts[key] = facts[f"{key}_no_br"] = never if was_never_dated(fest, event) else tba
        if event.month and fest.is_held(event):
            month = dates.month_in_words(event.month, locale=fest.language)
            facts[key] = facts[f"{key}_no_br"] = month
        if days:
            facts[key] = _struck_days(fest, event, days)
            facts[f"{key}_no_br"] = dates.jekyll_days(days, locale=fest.language)
    facts["year"] = str(first.year) if (first := fest.start or fest.month) else tba
    return facts


def _struck_days(fest: Fest, event: Event, days: Sequence[date]) -> Markup:
    """Return days as HTML with line breaks, those that are no longer valid struck through."""
    written = _broken(days, fest.language)
    if not fest.is_held(event):
        return Markup("<s>{}</s>").format(written)
    if old := dates_of(event.old_days):
        return Markup("<s>{}</s><br>{}").format(_broken(old, fest.language), written)
    return written


def _broken(days: Sequence[date], language: str) -> Markup:
    return Markup(dates.jekyll_days(days, locale=language, line_break="<br>"))  # noqa: S704 - words


def _location(fest: Fest, tba: str) -> dict[str, object]:
    def shown(fact: object) -> object:
        return tba if isinstance(fact, Tba) else fact

    facts: dict[str, object] = {
        "city": fest.city or None,
        "country": _country(fest.country, fest.language),
    }
    for key, event in fest.events.items():
        venue = fest.venue_of(event)
        facts[key] = shown(venue.name if venue else event.venue)
        overflow = [shown(fest.venues[name].name) for name in event.overflow]
        facts[f"{key}_overflow"] = ", ".join(map(str, overflow)) or None
    facts["venue"] = next((facts[key] for key in fest.events if facts[key]), None)
    return facts


def variables_of(
    fest: Fest,
    *,
    tba: str = "to be announced",
    never: str = "not recorded",
    addresses: Mapping[str, str] | None = None,
) -> dict[str, Facts]:
    """Return `site`, `fest`, `events`, `venues`, `rsvp`, `calls`, as pages and templates see them.

    `tba` and `never` are as for `site_names`; `addresses` are those of pages, by their files below
    `docs/`.
    """
    return _Variables(fest, tba, never, addresses or {}).names()


class _Variables:
    """Makes the variables of a fest; a method ending in `_facts` makes what is inside one.

    `path` is always that of a variable as authors write it, like `rsvp.closes`, for messages.
    """

    def __init__(self, fest: Fest, tba: str, never: str, addresses: Mapping[str, str]) -> None:
        self.fest = fest
        self.addresses = addresses
        self.tba = tba
        self.never = never
        self.locale = fest.language

    def names(self) -> dict[str, Facts]:
        fest = self.fest
        return {
            "site": Facts("site", self.site_facts),
            "fest": Facts("fest", self.whole_facts, text=fest.name, value=fest),
            "events": Facts("events", lambda: self.events),
            "venues": Facts("venues", lambda: self.venues),
            "rsvp": Facts("rsvp", self.rsvp_facts, value=fest.rsvp),
            "calls": Facts("calls", lambda: self.calls),
        }

    @cached_property
    def venues(self) -> dict[str, Facts]:
        return {key: self.venue(venue) for key, venue in self.fest.venues.items()}

    @cached_property
    def events(self) -> dict[str, Facts]:
        return {key: self.event(event) for key, event in self.fest.events.items()}

    def whole_facts(self) -> dict[str, object]:
        fest = self.fest
        elsewhere = {"events", "venues", "rsvp", "calls", "site", "phrases", "contacts", "live"}
        facts = self.plain("fest", fest, without={*elsewhere, "join"}).facts
        fest_days = [day for event in fest.events.values() for day in event.days_held]
        facts |= {
            "id": fest.id,
            "city": fest.city or None,
            "country": _country(fest.country, self.locale),
            "country_code": fest.country or None,
            "attendance": fest.attendance_of(),
            "event": self.events[fest.main_event.id],
            "days": day_facts(fest, self.venues, self.addresses),
            "programme": programme_facts(fest, self.addresses),
            "runs": run_facts(fest),
            "page": fest.main_event.page,
            "status": fest.status_of(),
            "timezone": fest.timezone.key,
            "dates": self.month("fest.dates", fest.month) or self.days("fest.dates", fest.dates),
            "start": self.start("fest.start", fest.start, fest_days),
            "end": self.end("fest.end", fest.end, fest_days),
        }
        return facts

    def event(self, event: Event) -> Facts:
        facts = partial(self.event_facts, event)
        return Facts(f"events.{event.id}", facts, text=event.title, value=event)

    def event_facts(self, event: Event) -> dict[str, object]:
        path, venues = f"events.{event.id}", self.venues
        facts = self.plain(path, event, without={"days", "join", "programme"}).facts
        event_days = (
            self.never
            if was_never_dated(self.fest, event)
            else self.month(f"{path}.dates", event.month) or self.days(f"{path}.dates", event.dates)
        )
        old_dates = self.old_days(path, event)
        is_dated = self.fest.is_held(event) or (self.fest.awaits_days(event) and not old_dates)
        facts |= {
            "id": event.id,
            "dates": event_days,
            "dates_now": event_days if is_dated else None,
            "old_dates": old_dates,
            "is_off": not self.fest.is_held(event),
            "status_phrase": STATUS_PHRASES.get(self.fest.status_of(event)),
            "days": [self.day(path, event, day) for day in event.known_days],
            "status": self.fest.status_of(event),
            "attendance": self.fest.attendance_of(event),
            "venue": self.venue_of(event),
            "old_venue": venues[old.id] if (old := self.fest.old_venue_of(event)) else None,
            "overflow": [venues[key] for key in event.overflow],
            "start": self.start(f"{path}.start", event.start, event.days_held),
            "end": self.end(f"{path}.end", event.end, event.days_held),
        }
        return facts

    def day(self, path: str, event: Event, day: Day) -> Facts:
        venues = self.venues
        place = f"{path}.day"
        venue = self.fest.venue_of(event, day)
        facts = self.plain(place, day).facts
        facts |= {
            "date": self.days(f"{place}.date", day.dates),
            "status": self.fest.status_of(event, day),
            "start": self.start(f"{place}.start", day.start, [day]),
            "end": self.end(f"{place}.end", day.end, [day]),
            "venue": venues[venue.id] if venue else None,
            "other_venues": [venues[each.id] for each in self.fest.other_venues_of(event, day)],
            "agenda": [self.plain(f"{place}.agenda", item) for item in event.agenda_of(day)],
        }
        return Facts(place, facts, text=str(facts["date"]), value=day)

    def venue_of(self, event: Event) -> object:
        """Return the venue of an event; the text for `tba`, or `None` without one."""
        venue = self.fest.venue_of(event)
        return self.venues[venue.id] if venue else self.value("", event.venue)

    def old_days(self, path: str, event: Event) -> Facts | str | None:
        """Return the days that are no longer valid: those before a move, or all; else `None`."""
        days = event.old_days
        if not self.fest.is_held(event):
            days = event.known_days
        return self.days(f"{path}.old_dates", dates_of(days)) if days else None

    def venue(self, venue: Venue) -> Facts:
        text = str(self.value("", venue.name))
        facts = partial(self.venue_facts, venue)
        return Facts(f"venues.{venue.id}", facts, text=text, value=venue)

    def venue_facts(self, venue: Venue) -> dict[str, object]:
        facts = self.plain(f"venues.{venue.id}", venue).facts
        facts |= {
            "id": venue.id,
            "city": facts["city"] or self.fest.city or None,
            "country": _country(venue.country or self.fest.country, self.locale),
            "address": postal_line(venue, self.fest, language=self.locale),
            "map_url": _map_address(venue),
        }
        return facts

    def rsvp_facts(self) -> dict[str, object]:
        rsvp = self.fest.rsvp
        if rsvp is None:
            return dict.fromkeys(Rsvp.model_fields)
        return {**self.plain("rsvp", rsvp).facts, "event": self.events[rsvp.event]}

    @cached_property
    def calls(self) -> dict[str, Facts]:
        return {key: self.call(call) for key, call in self.fest.calls.items()}

    def call(self, call: Call) -> Facts:
        return Facts(f"calls.{call.id}", partial(self.call_facts, call), text=call.name, value=call)

    def call_facts(self, call: Call) -> dict[str, object]:
        event = self.events[call.event] if call.event else None
        facts = self.plain(f"calls.{call.id}", call).facts
        return {**facts, "id": call.id, "title": call.name, "event": event}

    def site_facts(self) -> dict[str, object]:
        names = site_names(self.fest, tba=self.tba, never=self.never)
        return {key: self.free(f"site.{key}", each) for key, each in names.items()}

    def plain(self, path: str, model: Model, *, without: Iterable[str] = ()) -> Facts:
        """Return the fields of a model, each as it is printed."""
        fields = {name: getattr(model, name) for name in type(model).model_fields}
        shown = {
            name: self.value(f"{path}.{name}", value)
            for name, value in fields.items()
            if name not in without
        }
        for name, field in type(model).model_fields.items():
            if isinstance(text := shown.get(name), str) and (mark := markdown_of(field)):
                shown[name] = inline_html(self.tba if is_tba(text) else text, links=mark.links)
        return Facts(path, shown, value=model)

    def value(self, path: str, value: object) -> object:
        """Return a value of a model as it is printed; a duration is its minutes."""
        if isinstance(value, Tba):
            return self.tba
        if isinstance(value, Model):
            return self.plain(path, value)
        if isinstance(value, datetime):
            return self.moment(path, value)
        if isinstance(value, date):
            return self.days(path, [value])
        if isinstance(value, time):
            return times.hour_in_words(value, locale=self.locale)
        if isinstance(value, timedelta):
            return int(value.total_seconds() // 60)
        if isinstance(value, tuple):
            return [self.value(path, each) for each in value]
        if isinstance(value, dict):
            return [self.part(f"{path}.{key}", key, each) for key, each in value.items()]
        return value

    def part(self, path: str, key: str, model: Model) -> Facts:
        """Return a room, a track or a speaker, which is printed as its name."""
        facts = self.plain(path, model).facts
        return Facts(path, {**facts, "id": key}, text=str(facts["name"]), value=model)

    def free(self, path: str, value: object) -> object:
        """Return free data; a text in several languages is printed in that of the page."""
        if isinstance(value, dict):
            facts = {key: self.free(f"{path}.{key}", each) for key, each in value.items()}
            text = None
            if is_translated(value):
                text = pick(value, self.locale) or pick(value, self.fest.own_language)
            return Facts(path, facts, text=text and str(text))
        return [self.free(path, each) for each in value] if isinstance(value, list) else value

    def days(self, path: str, days: Sequence[date]) -> Facts | str:
        """Return days in each style of dates; the text for `tba` if there are none."""
        if not days:
            return self.tba

        def in_style(style: str) -> str:
            return dates.days_in_words(days, style, locale=self.locale)

        styles = partial(_each, in_style, dates.STYLES)
        return Facts(path, styles, text=in_style("weekdays"), value=list(days))

    def month(self, path: str, month: Month | None) -> Facts | None:
        """Return a month in each style of dates."""
        if month is None:
            return None
        in_style = partial(dates.month_in_words, month, locale=self.locale)
        return Facts(path, partial(_each, in_style, dates.STYLES), text=in_style(), value=month)

    def start(self, path: str, moment: datetime | None, days: Sequence[Day]) -> Facts | str:
        """Return the start of some days, as a date alone if it has no opening time."""
        if moment is None or any(day.opening == moment for day in days):
            return self.moment(path, moment)
        return self.day_of(path, moment, moment.date())

    def end(self, path: str, moment: datetime | None, days: Sequence[Day]) -> Facts | str:
        """Return the end of some days, as a date alone if it has no closing time."""
        if moment is None or any(day.closing == moment for day in days):
            return self.moment(path, moment)
        return self.day_of(path, moment, (moment - datetime.resolution).date())

    def day_of(self, path: str, moment: datetime, day: date) -> Facts:
        """Return a moment that is printed as a day."""
        text = dates.days_in_words([day], "weekdays", locale=self.locale)
        return Facts(path, {"iso": day.isoformat()}, text=text, value=moment)

    def moment(self, path: str, moment: datetime | None) -> Facts | str:
        """Return a moment, or only its day if that means the same; the text for `tba` if `None`."""
        if moment is None:
            return self.tba
        facts = {"iso": times.moment_in_words(moment, locale=self.locale, style="iso")}
        text = times.moment_in_words(moment, locale=self.locale)
        if is_date_alone(moment, is_deadline=path.endswith(_DEADLINES)):
            text = dates.days_in_words([moment.date()], "weekdays", locale=self.locale)
            if moment.tzinfo != self.fest.timezone:
                text = f"{text} ({times.zone_in_words(moment, locale=self.locale)})"
        return Facts(path, facts, text=text, value=moment)


def _each(function: Callable[[str], str], names: Iterable[str]) -> dict[str, str]:
    return {name: function(name) for name in names}


def _country(code: str, language: str) -> str | None:
    return country_name(code, language) if code else None


def _map_address(venue: Venue) -> str | None:
    if venue.latitude is None or venue.longitude is None:
        return None
    place = f"{venue.latitude}/{venue.longitude}"
    return f"https://www.openstreetmap.org/?mlat={venue.latitude}&mlon={venue.longitude}#map=18/{place}"
