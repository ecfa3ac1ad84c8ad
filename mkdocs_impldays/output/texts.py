"""Texts for other programs: plain, in one line; postal addresses, and absolute URLs."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit

from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.words.languages import country_name

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"(?<![\\*\w])(\*{1,3})(?![\s*])([^*\n]*[^\s*])\1(?![*\w])")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def paragraph(text: str) -> str:
    r"""Return a stripped text with `\n` as its only line break.

    Control characters and lone surrogates, which calendars cannot have, are removed.
    """
    if text.isprintable():  # as most are; quick to check
        return text.strip()
    text = re.sub(r"\r\n?|[\x85\u2028\u2029]", "\n", text)
    return _UNPRINTABLE.sub("", text).strip()


def line(text: str) -> str:
    """Return a text as one line, with single spaces."""
    return " ".join(paragraph(text).split())


def without_markup(text: str) -> str:
    """Return a text without inline Markdown: code, links, and emphasis with asterisks."""
    text = _CODE.sub(lambda code: code[2].strip(), paragraph(text))
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text)).strip()


def event_name(fest: Fest, event: Event) -> str:
    """Return the title of an event with the fest's name, unless it has it."""
    name, title = line(fest.name), line(event.title)
    return title if name.casefold() in title.casefold() else f"{name}: {title}"


_URL_SAFE = "/:?#[]@!$&'()*+,;=%~"


def venue_line(venue: Venue, fest: Fest) -> str:
    """Return a venue's name and postal address in one line, without unknown parts."""
    name, address = known(venue.name), postal_line(venue, fest, language=fest.language)
    return ", ".join(line(part) for part in (name, address) if part)


def postal_line(venue: Venue, fest: Fest, *, language: str) -> str:
    """Return a venue's street, city and country in one line, without unknown parts."""
    if fest.has_town_in_street(venue):
        return known(venue.street) or ""
    town = " ".join(filter(None, [known(venue.postcode), fest.city_of(venue)]))
    code = venue.country or fest.country
    country = country_name(code, language) if code else None
    return ", ".join(part for part in (known(venue.street), town, country) if part)


@lru_cache(maxsize=256)  # every page asks for the same few
def absolute(path: str, site_url: str | None) -> str | None:
    """Return the absolute address of a path from the site's root, as a URI (RFC 3986).

    `None` if the site's address is not known, unless the path is an absolute address.
    """
    if urlsplit(path).scheme == "https":
        return quote(path, safe=_URL_SAFE)
    if not site_url:
        return None
    return quote(urljoin(site_url.rstrip("/") + "/", path.lstrip("/")), safe=_URL_SAFE)


def page_of(fest: Fest, event: Event | None, *, site_url: str | None) -> str | None:
    """Return the absolute address of the event's page, else the fest's, else the home page.

    `None` if none is known.
    """
    if event and event.page and (address := absolute(event.page, site_url)):
        return address
    home = fest.url if fest.url and fest.url.startswith("https:") else site_url
    return absolute(home, site_url) if home else None
