"""A Jekyll site's `_config.yml` as a fest file, with a report of what was read as what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import yaml

from mkdocs_impldays.fest.addresses import address_problem
from mkdocs_impldays.fest.atlas import country_named, likely_zone, zones_named, zones_of
from mkdocs_impldays.fest.slugs import slug_of
from mkdocs_impldays.fest.source import Path, Source, dotted
from mkdocs_impldays.importers.draft import Draft
from mkdocs_impldays.importers.program import add_events, add_venues
from mkdocs_impldays.problems import Problem, quoted

_KNOWN = {
    *("title", "description", "email", "owner", "url", "baseurl", "lang", "dates", "location"),
    *("collections", "defaults", "exclude", "plugins", "gems", "markdown", "permalink"),
}
"""Keys that are read for the fest file, or that only Jekyll needs."""


def draft_of(
    source: Source, *, given: Mapping[str, str], host: str | None, used: set[str]
) -> tuple[str, str | None, list[Problem]]:
    """Make a fest file of a configuration.

    `given` wins over what the configuration says; `host` is the name in the file CNAME; `used` are
    the paths, like `site.social.github`, that pages print. Gives the fest's id, its file's text,
    or nothing where a fact is missing that no fest can be without, and the report.
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
        draft.say((), f"the {key} is missing. Give it with --{key}.{choice}", "error")
    if missing:
        return fest_id, None, draft.problems
    return fest_id, _text(draft), draft.problems


def _place(draft: Draft) -> None:
    said, given = draft.group("location"), draft.given
    title = str(draft.source.data.get("title") or "")
    city = given.get("city") or said.get("city")
    if name := given.get("name") or title or city:
        draft.data["name"] = name
    if name == title and city and city not in title:
        message = f"title: {quoted(title)} is used as the fest's name. Give another with --name."
        draft.say(("title",), message)
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


def _address(draft: Draft, host: str | None) -> None:
    url = str(draft.source.data.get("url") or "")
    own = f"https://{host}/" if host else url
    if host and host not in url:
        draft.say(("url",), f"url: {quoted(url)} is not the host in CNAME; {quoted(own)} is used.")
    if own and (problem := address_problem(own)):
        message = f"url: {quoted(own)} was not imported: it {problem}"
        draft.say(("url",), message, "warning")
    elif own:
        draft.data["url"] = own
    if description := str(draft.source.data.get("description") or "").strip():
        draft.data["description"] = " ".join(description.split())
    if owner := str(draft.source.data.get("owner") or ""):
        email = draft.source.data.get("email")
        draft.data["organizer"] = {"name": owner, **({"email": str(email)} if email else {})}


def leaves(value: object) -> Iterator[tuple[Path, str]]:
    """Give every single value of a configuration, and its place; not those of lists."""
    for place, item in _parts(value):
        if not isinstance(item, list):
            yield place, str(item or "")


def _parts(value: object, where: Path = ()) -> Iterator[tuple[Path, object]]:
    """Give every value of a configuration that is no group of others, and its place."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _parts(item, (*where, key))
    elif where:
        yield where, value


def _rest(draft: Draft) -> None:
    """Keep what pages print and nothing else provides; tell of the rest."""
    left: list[str] = []
    for where, value in _parts(draft.source.data):
        is_text = not isinstance(value, list)
        is_fact = where[0] in {"dates", "location"}
        if is_fact and not (is_text and len(where) == 2):
            message = (
                f"{dotted(where)} is not text, so it was not imported. Add it to the fest file."
            )
            draft.say(where, message, "warning")
        elif not is_fact and is_text and draft.is_used(where):
            _keep(draft, where, str(value or ""))
        elif where[0] not in _KNOWN or where in draft.unread:
            left.append(dotted(where))
    if left:
        draft.say((), f"no page prints these values, so they were not imported: {', '.join(left)}.")


def _keep(draft: Draft, where: Path, value: str) -> None:
    """Keep what pages print; addresses are those of the site from now on."""
    if where == ("url",):
        value = str(draft.data.get("url", value)).rstrip("/")
    elif where == ("baseurl",) and value:
        message = f"baseurl: {quoted(value)} is now empty: links are relative to the site."
        draft.say(where, message)
        value = ""
    elif "<" in value:
        message = f"{dotted(where)} holds HTML, which pages print as text."
        draft.say(where, message, "warning")
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
