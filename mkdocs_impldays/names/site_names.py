"""What stands below `site`, as on RustFest's Jekyll sites: dates and places in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.plan import NOT_HELD
from mkdocs_impldays.fest.typed import Tba
from mkdocs_impldays.words import dates
from mkdocs_impldays.words.languages import country_name


def site_names(fest: Fest, *, tba: str) -> dict[str, object]:
    """Give `dates` and `location`, and what the fest file has below `site`, which wins.

    `tba` is what a fact reads as that is not known yet.
    """
    derived = {"dates": _dates(fest, tba), "location": _location(fest, tba)}
    return _merged(derived, fest.site)


def _merged(derived: Mapping[str, object], typed: Mapping[str, object]) -> dict[str, object]:
    """Let what was typed win over what is derived, key by key."""
    both = dict(derived)
    for key, value in typed.items():
        below = both.get(key)
        is_group = isinstance(value, dict) and isinstance(below, dict)
        both[key] = _merged(below, value) if is_group else value  # type: ignore[arg-type]
    return both


def _dates(fest: Fest, tba: str) -> dict[str, object]:
    facts: dict[str, object] = {}
    for key, event in fest.events.items():
        days = [day.date for day in event.known_days]
        facts[key] = facts[f"{key}_no_br"] = tba
        if days:
            facts[key] = _struck_days(fest, event, days)
            facts[f"{key}_no_br"] = dates.jekyll_days(days, locale=fest.language)
    facts["year"] = str(fest.start.year) if fest.start else tba
    return facts


def _struck_days(fest: Fest, event: Event, days: list[date]) -> Markup:
    """Give days as HTML, a break between them, and what does not hold any more struck."""
    written = _broken(days, fest.language)
    if fest.status_of(event) in NOT_HELD:
        return Markup("<s>{}</s>").format(written)
    if old := [day.date for day in event.old_days]:
        return Markup("<s>{}</s><br>{}").format(_broken(old, fest.language), written)
    return written


def _broken(days: list[date], language: str) -> Markup:
    return Markup(dates.jekyll_days(days, locale=language, line_break="<br>"))  # noqa: S704 - words


def _location(fest: Fest, tba: str) -> dict[str, object]:
    def shown(fact: object) -> object:
        return tba if isinstance(fact, Tba) else fact

    facts: dict[str, object] = {
        "city": fest.city,
        "country": country_name(fest.country, fest.language),
    }
    for key, event in fest.events.items():
        venue = fest.venue_of(event)
        facts[key] = shown(venue.name if venue else event.venue)
        overflow = [shown(fest.venues[name].name) for name in event.overflow]
        facts[f"{key}_overflow"] = ", ".join(map(str, overflow)) or None
    facts["venue"] = next((facts[key] for key in fest.events if facts[key]), None)
    return facts
