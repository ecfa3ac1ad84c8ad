"""Import `_config.yml` of a Jekyll site as a fest file, with a report of each fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from mkdocs_impldays.fest.addresses import address_problem
from mkdocs_impldays.fest.ids import is_key, key_of, slug_of
from mkdocs_impldays.fest.source import Path, Source, dotted
from mkdocs_impldays.fest.time_zones import country_named, likely_zone, zones_named, zones_of
from mkdocs_impldays.fest.typed_dates import read_dates
from mkdocs_impldays.problems import Problem, Severity, quoted

CONFIG = "_config.yml"
"""The configuration file of Jekyll."""


@dataclass
class Draft:
    """A fest file that is being made, and the report."""

    source: Source
    given: Mapping[str, str]
    """The options of the command: `id`, `name`, `city`, `country`, `timezone`."""
    used: set[str]
    """The paths, like `site.social.github`, that pages use."""
    data: dict[str, Any] = field(default_factory=dict)
    site: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)
    """Dates and places that are neither an event nor a venue, and that no page uses."""

    def report(self, where: Path, message: str, severity: Severity = "hint") -> None:
        """Report a line of the configuration."""
        line = self.source.line(where) if where else None
        self.problems.append(Problem(CONFIG, line, message, severity))

    def group(self, key: str) -> dict[str, str]:
        """Return the texts of a group of keys."""
        value = self.source.data.get(key)
        pairs = value.items() if isinstance(value, dict) else ()
        return {name: str(item or "") for name, item in pairs if isinstance(item, str | None)}

    def is_used(self, where: Path) -> bool:
        """Return whether a page uses the value."""
        return ".".join(["site", *map(str, where)]) in self.used

    def keep(self, where: Path, value: object) -> None:
        """Keep a value as typed, under `site`."""
        group = self.site
        for part in where[:-1]:
            group = group.setdefault(str(part), {})
        group[str(where[-1])] = value


_NO_EVENT = {"year", "short_form"}
"""Keys of `dates:` that are not events."""


def add_events(draft: Draft, year: int | None) -> None:
    """Add an event for each date; one that cannot be read is `tba`, and kept if pages use it."""
    events: dict[str, Any] = {}
    typed = draft.group("dates")
    for key, text in typed.items():
        if key in _NO_EVENT or key.endswith("_no_br"):
            continue
        if not is_key(key):
            message = f"dates: {quoted(key)} is not a valid event id, so it was not imported."
            draft.report(("dates", key), f"{message} Add the event to the fest file.", "warning")
        elif _is_unknown(text) and not draft.is_used(("dates", key)):
            draft.unread.append(("dates", key))
        else:
            events[key] = {"title": _title(key), "days": _days(draft, key, text, year)}
    for key, text in typed.items():
        if key.endswith("_no_br"):
            _twin(draft, key, text, events, year)
        elif key == "short_form":
            _keep_place(draft, ("dates", key), text)
    if not events:
        title = str(draft.data.get("name") or draft.data.get("city") or "The event")
        events["main"] = {"title": title, "days": "tba"}
        message = "dates: has no date. Write the days under events.main in the fest file."
        draft.report((), message, "warning")
    draft.data["events"] = events


def _title(key: str) -> str:
    words = key.replace("_", " ")
    return "impl Days" if key == "impl_days" else words[:1].upper() + words[1:]


def _is_unknown(text: str) -> bool:
    return text.strip().casefold() in {"", "tba", "tbd"}


def _days(draft: Draft, key: str, text: str, year: int | None) -> list[date] | str:
    where = ("dates", key)
    if _is_unknown(text):
        draft.report(where, f'{dotted(where)}: {quoted(text)} is "tba" in the fest file.')
        return "tba"
    language = str(draft.source.data.get("lang") or "en")
    days, reason = read_dates(text, year=year, language=language)
    if reason:
        message = f"{dotted(where)}: {quoted(text)} cannot be read: {reason}"
        draft.report(
            where, f"{message} Write the days under events.{key} in the fest file.", "warning"
        )
        if draft.is_used(where):
            draft.keep(where, text)
        return "tba"
    shown = ", ".join(map(str, days))
    draft.report(where, f"{dotted(where)}: {quoted(text)} is read as {shown}.")
    return list(days)


def _twin(draft: Draft, key: str, text: str, events: Mapping[str, Any], year: int | None) -> None:
    """Drop a `…_no_br`, which is derived, and report one that differs."""
    where = ("dates", key)
    event = events.get(key.removesuffix("_no_br"))
    if event is None and ("dates", key.removesuffix("_no_br")) in draft.unread:
        draft.unread.append(where)
        return
    if event is None:
        draft.report(
            where, f'{dotted(where)} belongs to no date. It was kept under "site".', "warning"
        )
        draft.keep(where, text)
        return
    days, _ = read_dates(text, year=year)
    if list(days) == event["days"] or event["days"] == "tba":
        draft.report(where, f"{dotted(where)} is now derived from the days.")
    else:
        twin = key.removesuffix("_no_br")
        message = f"{dotted(where)}: {quoted(text)} contradicts dates.{twin}, which was used."
        draft.report(where, message, "warning")


def _keep_place(draft: Draft, where: Path, text: str) -> None:
    """Keep what is neither an event nor a venue, if a page uses it."""
    if draft.is_used(where):
        draft.report(where, f'{dotted(where)} was kept as it is, under "site".')
        draft.keep(where, text)
    else:
        draft.unread.append(where)


def add_venues(draft: Draft) -> None:
    """Add venues for the places, and set those of the events."""
    places, events = draft.group("location"), draft.data["events"]
    venues: dict[str, Any] = {}
    for key, text in places.items():
        if key in {"city", "country"}:
            continue
        event = key.removesuffix("_overflow")
        if key == "venue":
            own = [each for each in events if each not in places]
            _move(draft, venues, text, own, ("location", key))
        elif key in events:
            _move(draft, venues, text, [key], ("location", key))
        elif event in events and text:
            events[event]["overflow"] = [_add_venue(venues, text)]
        else:
            _keep_place(draft, ("location", key), text or "tba")
    if venues:
        draft.data["venues"] = venues


def _move(draft: Draft, venues: dict[str, Any], text: str, events: list[str], where: Path) -> None:
    if not text or text.casefold() == "tba":
        draft.report(where, f'{dotted(where)} is empty: it is "tba" in the fest file.')
    for event in events:
        known = text and text.casefold() != "tba"
        draft.data["events"][event]["venue"] = _add_venue(venues, text) if known else "tba"


def _add_venue(venues: dict[str, Any], name: str) -> str:
    key = key_of(name) or f"venue-{len(venues) + 1}"
    venues[key] = {"name": name}
    return key


_KNOWN = {
    *("title", "description", "email", "owner", "url", "baseurl", "lang", "dates", "location"),
    *("collections", "defaults", "exclude", "plugins", "gems", "markdown", "permalink"),
}
"""Keys that are imported elsewhere, or that only Jekyll needs."""


def draft_of(
    source: Source, *, given: Mapping[str, str], host: str | None, used: set[str]
) -> tuple[str, str | None, list[Problem]]:
    """Return the id of the fest, the text of its file, and the report.

    The text is `None` if a required fact is missing. `given` overrides the configuration; `host` is
    the name in the file CNAME; `used` are the paths, like `site.social.github`, that pages use.
    """
    draft = Draft(source, given, used)
    _place(draft)
    _address(draft, host)
    year = draft.group("dates").get("year", "")
    add_events(draft, int(year) if re.fullmatch(r"20\d\d", year) else None)
    add_venues(draft)
    _rest(draft)
    fest_id = given.get("id") or _id_of(draft)
    missing = [key for key in ("city", "country", "timezone") if key not in draft.data]
    for key in missing:
        zones = zones_of(str(draft.data.get("country", ""))) if key == "timezone" else ()
        choice = f" One of {', '.join(zones)}." if zones else ""
        draft.report((), f"the {key} is missing. Give it with --{key}.{choice}", "error")
    if missing:
        return fest_id, None, draft.problems
    return fest_id, _text(draft), draft.problems


def _place(draft: Draft) -> None:
    places, given = draft.group("location"), draft.given
    title = str(draft.source.data.get("title") or "")
    city = given.get("city") or places.get("city")
    if name := given.get("name") or title or city:
        draft.data["name"] = name
    if name == title and city and city not in title:
        message = f"title: {quoted(title)} is used as the fest's name. Give another with --name."
        draft.report(("title",), message)
    if not city:
        return
    draft.data["city"] = city
    named = given.get("country") or places.get("country", "")
    codes = {code for code, _ in zones_named(city)}
    country = country_named(named) or named or (codes.pop() if len(codes) == 1 else "")
    if not country:
        return
    draft.data["country"] = country
    zone = given.get("timezone") or likely_zone(country, city)
    if zone:
        draft.data["timezone"] = zone


def _address(draft: Draft, host: str | None) -> None:
    url = str(draft.source.data.get("url") or "")
    own = f"https://{host}/" if host else url
    if host and host not in url:
        draft.report(
            ("url",), f"url: {quoted(url)} is not the host in CNAME; {quoted(own)} is used."
        )
    if own and (problem := address_problem(own)):
        message = f"url: {quoted(own)} was not imported: it {problem}"
        draft.report(("url",), message, "warning")
    elif own:
        draft.data["url"] = own
    if description := str(draft.source.data.get("description") or "").strip():
        draft.data["description"] = " ".join(description.split())
    if owner := str(draft.source.data.get("owner") or ""):
        email = draft.source.data.get("email")
        draft.data["organizer"] = {"name": owner, **({"email": str(email)} if email else {})}


def leaves(value: object) -> Iterator[tuple[Path, str]]:
    """Yield every value of a configuration that is not a list, with its location."""
    for place, item in _parts(value):
        if not isinstance(item, list):
            yield place, str(item or "")


def _parts(value: object, where: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield every value of a configuration that is not a group, with its location."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _parts(item, (*where, key))
    elif where:
        yield where, value


def _rest(draft: Draft) -> None:
    """Keep the values that pages use, and report the rest."""
    left: list[str] = []
    for where, value in _parts(draft.source.data):
        is_text = not isinstance(value, list)
        is_fact = where[0] in {"dates", "location"}
        if is_fact and not (is_text and len(where) == 2):
            message = (
                f"{dotted(where)} is not text, so it was not imported. Add it to the fest file."
            )
            draft.report(where, message, "warning")
        elif not is_fact and is_text and draft.is_used(where):
            _keep(draft, where, str(value or ""))
        elif where[0] not in _KNOWN or where in draft.unread:
            left.append(dotted(where))
    if left:
        draft.report(
            (), f"no page prints these values, so they were not imported: {', '.join(left)}."
        )


def _keep(draft: Draft, where: Path, value: str) -> None:
    """Keep a value that pages use; addresses become those of the new site."""
    if where == ("url",):
        value = str(draft.data.get("url", value)).rstrip("/")
    elif where == ("baseurl",) and value:
        message = f"baseurl: {quoted(value)} is now empty: links are relative to the site."
        draft.report(where, message)
        value = ""
    elif "<" in value:
        message = f"{dotted(where)} holds HTML, which pages print as text."
        draft.report(where, message, "warning")
    draft.keep(where, value)


def _id_of(draft: Draft) -> str:
    city = slug_of(str(draft.data.get("city", "fest")))
    days = [day for event in draft.data["events"].values() for day in _listed(event["days"])]
    year = str(min(days).year) if days else draft.group("dates").get("year", "")
    return f"{city}-{year}".strip("-")


def _listed(days: object) -> list[date]:
    return days if isinstance(days, list) else []


def _text(draft: Draft) -> str:
    order = ("name", "city", "country", "timezone", "url", "description", "organizer")
    data = {key: draft.data[key] for key in order if key in draft.data}
    data |= {key: draft.data[key] for key in ("events", "venues") if key in draft.data}
    if draft.site:
        data["site"] = draft.site
    first = "# yaml-language-server: $schema=fest.schema.json\n"
    rsvp = f"\n# RSVP link:\n# rsvp:\n#   event: {next(iter(data['events']))}\n#   url: https://…\n"
    return first + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100) + rsvp
