"""A Jekyll site's `_config.yml` as a fest file, with a report of what was read as what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from mkdocs_impldays.addresses import address_problem
from mkdocs_impldays.atlas import country_named, likely_zone, zones_named, zones_of
from mkdocs_impldays.problems import Problem, Severity, quoted
from mkdocs_impldays.source import Path, Source, dotted
from mkdocs_impldays.typed_dates import read_dates

CONFIG = "_config.yml"

_NO_EVENT = {"year", "short_form"}
"""Keys of `dates:` that are no event."""

_PLACES = {"city", "country", "venue"}
"""Keys of `location:` that are derived from the fest file under the same names."""

_KNOWN = {
    *("title", "description", "email", "owner", "url", "baseurl", "lang", "dates", "location"),
    *("collections", "defaults", "exclude", "include", "plugins", "gems", "markdown", "permalink"),
}
"""Keys that are read for the fest file, or that only Jekyll needs."""


@dataclass
class Draft:
    """A fest file on its way: what it will hold, and what is to be said of it."""

    source: Source
    given: Mapping[str, str]
    """What the command was told: `id`, `name`, `city`, `country`, `timezone`."""
    data: dict[str, Any] = field(default_factory=dict)
    site: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def say(self, where: Path, message: str, severity: Severity = "hint") -> None:
        """Tell something about a line of the configuration."""
        line = self.source.line(where) if where else None
        self.problems.append(Problem(CONFIG, line, message, severity))

    def group(self, key: str) -> dict[str, str]:
        """Give the texts of a group of keys."""
        value = self.source.data.get(key)
        pairs = value.items() if isinstance(value, dict) else ()
        return {name: str(item or "") for name, item in pairs if isinstance(item, str | None)}

    def keep(self, where: Path, value: object) -> None:
        """Keep a value as it was typed, reachable as `site.…`."""
        group = self.site
        for part in where[:-1]:
            group = group.setdefault(str(part), {})
        group[str(where[-1])] = value


def draft_of(
    source: Source, *, given: Mapping[str, str], host: str | None, used: set[str]
) -> tuple[str, str | None, list[Problem]]:
    """Make a fest file of a configuration.

    `given` wins over what the configuration says; `host` is the name in the file CNAME; `used` are
    the paths, like `site.social.github`, that pages print. Gives the fest's id, its file's text,
    or nothing where a fact is missing that no fest can be without, and the report.
    """
    draft = Draft(source, given)
    _place(draft)
    _address(draft, host)
    year = draft.group("dates").get("year", "")
    _events(draft, int(year) if re.fullmatch(r"20\d\d", year) else None)
    _venues(draft)
    _rest(draft, used)
    fest_id = given.get("id") or _id_of(draft)
    missing = [key for key in ("city", "country", "timezone") if key not in draft.data]
    for key in missing:
        draft.say((), f"says nothing of the {key}. Give it with --{key}.", "error")
    if missing:
        return fest_id, None, draft.problems
    return fest_id, _text(draft), draft.problems


def _place(draft: Draft) -> None:
    said, given = draft.group("location"), draft.given
    title = str(draft.source.data.get("title") or "")
    city = given.get("city") or said.get("city")
    if name := given.get("name") or title or city:
        draft.data["name"] = name
    if not city:
        return
    draft.data["city"] = city
    named = given.get("country") or said.get("country", "")
    codes = {code for code, _ in zones_named(city)}
    country = country_named(named) or named or (codes.pop() if len(codes) == 1 else "")
    if not country:
        return
    draft.data["country"] = country
    zone = given.get("timezone") or likely_zone(country, city)
    if zone:
        draft.data["timezone"] = zone
    elif zones := zones_of(country):
        draft.say((), f"{quoted(named)} has the time zones {', '.join(zones)}.")


def _address(draft: Draft, host: str | None) -> None:
    url = str(draft.source.data.get("url") or "")
    own = f"https://{host}/" if host else url
    if host and host not in url:
        draft.say(("url",), f"url: {quoted(url)} is not the host in CNAME; {quoted(own)} is taken.")
    if own and (problem := address_problem(own)):
        draft.say(("url",), f"url: {quoted(own)} {problem} It was left out.", "warning")
    elif own:
        draft.data["url"] = own
    if description := str(draft.source.data.get("description") or "").strip():
        draft.data["description"] = " ".join(description.split())
    if owner := str(draft.source.data.get("owner") or ""):
        email = draft.source.data.get("email")
        draft.data["organizer"] = {"name": owner, **({"email": str(email)} if email else {})}


def _events(draft: Draft, year: int | None) -> None:
    events: dict[str, Any] = {}
    typed = draft.group("dates")
    for key, text in typed.items():
        if key not in _NO_EVENT and not key.endswith("_no_br"):
            events[key] = {"title": _title(key), "days": _days(draft, key, text, year)}
    for key, text in typed.items():
        if key.endswith("_no_br"):
            _twin(draft, key, text, events, year)
        elif key == "short_form":
            draft.keep(("dates", key), text)
    if not events:
        events["impl_days"] = {"title": "impl Days", "days": "tba"}
        message = "names no dates. Write the days below events.impl_days of the fest file."
        draft.say((), message, "warning")
    draft.data["events"] = events


def _title(key: str) -> str:
    words = key.replace("_", " ")
    return "impl Days" if key == "impl_days" else words[:1].upper() + words[1:]


def _days(draft: Draft, key: str, text: str, year: int | None) -> list[date] | str:
    where = ("dates", key)
    if text.strip().casefold() in {"", "tba", "tbd"}:
        draft.say(where, f"{dotted(where)} is {quoted(text)}: “tba” in the fest file.")
        return "tba"
    language = str(draft.source.data.get("lang") or "en")
    days, reason = read_dates(text, year=year, language=language)
    if reason:
        message = f"{dotted(where)}: {quoted(text)} cannot be read: {reason}"
        draft.say(where, f"{message} Write the days of events.{key} yourself.", "warning")
        draft.keep(where, text)
        return "tba"
    shown = ", ".join(map(str, days))
    draft.say(where, f"{dotted(where)}: {quoted(text)} is read as {shown}.")
    return list(days)


def _twin(draft: Draft, key: str, text: str, events: Mapping[str, Any], year: int | None) -> None:
    """Drop a `…_no_br`, which is derived, and report one that says something else."""
    where = ("dates", key)
    event = events.get(key.removesuffix("_no_br"))
    if event is None:
        draft.say(where, f"{dotted(where)} belongs to no date. It was kept below site:.", "warning")
        draft.keep(where, text)
        return
    days, _ = read_dates(text, year=year)
    if list(days) == event["days"] or event["days"] == "tba":
        draft.say(where, f"{dotted(where)} is derived from now on.")
    else:
        twin = key.removesuffix("_no_br")
        message = f"{dotted(where)}: {quoted(text)} is not what dates.{twin} says, which was taken."
        draft.say(where, message, "warning")


def _venues(draft: Draft) -> None:
    said, events = draft.group("location"), draft.data["events"]
    venues: dict[str, Any] = {}
    for key, text in said.items():
        if key in {"city", "country"}:
            continue
        event = key.removesuffix("_overflow")
        if key == "venue":
            own = [each for each in events if each not in said]
            _move(draft, venues, text, own, ("location", key))
        elif key in events:
            _move(draft, venues, text, [key], ("location", key))
        elif event in events and text:
            events[event]["overflow"] = [_add_venue(venues, text)]
        else:
            draft.say(("location", key), f"location.{key} is kept as it is, below site:.")
            draft.keep(("location", key), text or "tba")
    if venues:
        draft.data["venues"] = venues


def _move(draft: Draft, venues: dict[str, Any], text: str, events: list[str], where: Path) -> None:
    if not text or text.casefold() == "tba":
        draft.say(where, f"{dotted(where)} is empty: “tba” in the fest file.")
    for event in events:
        known = text and text.casefold() != "tba"
        draft.data["events"][event]["venue"] = _add_venue(venues, text) if known else "tba"


def _add_venue(venues: dict[str, Any], name: str) -> str:
    key = re.sub(r"^[^a-z]+", "", _slug(name))[:60].strip("-") or f"venue-{len(venues) + 1}"
    venues[key] = {"name": name}
    return key


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.casefold()))


def leaves(value: object, where: Path = ()) -> Iterator[tuple[Path, str]]:
    """Give every single value of a configuration, and its place."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*where, key))
    elif isinstance(value, str) or (value is None and where):
        yield where, str(value or "")


def _rest(draft: Draft, used: set[str]) -> None:
    """Keep what pages print and nothing else provides; tell of the rest."""
    left: list[str] = []
    for where, value in leaves(draft.source.data):
        path = ".".join(["site", *map(str, where)])
        if where[0] in {"dates", "location"}:
            continue
        if path in used:
            draft.keep(where, value)
            if "<" in value:
                message = f"{dotted(where)} holds HTML, which pages print as text."
                draft.say(where, message, "warning")
        elif where[0] not in _KNOWN:
            left.append(dotted(where))
    if left:
        draft.say((), f"holds what no page prints, and was left out: {', '.join(left)}.")


def _id_of(draft: Draft) -> str:
    city = _slug(str(draft.data.get("city", "fest")))
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
    rsvp = "\n# How people say that they will come:\n# rsvp:\n#   event: impl_days\n#   url: https://…\n"
    return first + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100) + rsvp
