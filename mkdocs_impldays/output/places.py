"""Where things are, in one line: postal addresses and addresses of pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit

from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.typed import known
from mkdocs_impldays.fest.venue import Venue
from mkdocs_impldays.output.texts import line
from mkdocs_impldays.words.languages import country_name

_URL_SAFE = "/:?#[]@!$&'()*+,;=%~"


def venue_line(venue: Venue, fest: Fest) -> str:
    """Give a venue's name and postal address in one line, without what is not known."""
    name, address = known(venue.name), postal_line(venue, fest, language=fest.language)
    return ", ".join(line(part) for part in (name, address) if part)


def postal_line(venue: Venue, fest: Fest, *, language: str) -> str:
    """Give a venue's street, town and country in one line, without what is not known."""
    town = " ".join(filter(None, [known(venue.postcode), fest.city_of(venue)]))
    country = country_name(venue.country or fest.country, language)
    return ", ".join(part for part in (known(venue.street), town, country) if part)


def venues_of(fest: Fest, event: Event, day: Day | None = None) -> Iterator[Venue]:
    """Give the venues of an event or one of its days: the main one, then all others."""
    main = fest.venue_of(event, day)
    if main:
        yield main
    yield from fest.other_venues_of(event, day)


@lru_cache(maxsize=256)  # every page asks for the same few
def absolute(path: str, site_url: str | None) -> str | None:
    """Give the absolute address of a path from the site's root, as a URI (RFC 3986).

    `None` where the site's address is not known. A path may be a whole address already.
    """
    if urlsplit(path).scheme == "https":
        return quote(path, safe=_URL_SAFE)
    if not site_url:
        return None
    return quote(urljoin(site_url.rstrip("/") + "/", path.lstrip("/")), safe=_URL_SAFE)


def page_of(fest: Fest, event: Event | None, *, site_url: str | None) -> str | None:
    """Give the absolute address of the page that tells most: the event's, the site's, the fest's.

    A site may hold many fests, so that the fest's own address wins over the home page.
    """
    if event and event.page and (address := absolute(event.page, site_url)):
        return address
    home = fest.url if fest.url and fest.url.startswith("https:") else site_url
    return absolute(home, site_url) if home else None
