"""Plain links by which a visitor takes a calendar along; no script, no third party before a click.

The words for the links belong to the page, in its language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit

from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.output.entries import event_name
from mkdocs_impldays.output.places import absolute
from mkdocs_impldays.output.texts import line

Way = Literal["download", "subscribe", "google", "outlook"]


@dataclass(frozen=True)
class CalendarLink:
    """One way to take a calendar along."""

    way: Way
    url: str
    """A path from the site's root for `download`, else a whole address."""


def calendar_path(fest: Fest, event: Event | None = None) -> str:
    """Give the path, from the site's root, of the calendar file of a fest or one of its events."""
    return f"calendar/{fest.id}-{event.id}.ics" if event else f"calendar/{fest.id}.ics"


def calendar_links(
    fest: Fest, event: Event | None = None, *, site_url: str | None
) -> tuple[CalendarLink, ...]:
    """Give the links for a fest or one of its events.

    Only the download works without the site's public address, or on one that is not encrypted.
    None where no day is known: the calendar would be empty.
    """
    if (event or fest).start is None:
        return ()
    path = calendar_path(fest, event)
    whole = absolute(path, site_url)
    download = CalendarLink("download", path)
    if whole is None or urlsplit(whole).scheme != "https":
        return (download,)
    webcal = "webcal:" + whole.removeprefix("https:")
    name = event_name(fest, event) if event else line(fest.name)
    google = f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"
    outlook = "https://outlook.live.com/calendar/0/addfromweb"
    outlook += f"?url={quote(whole, safe='')}&name={quote(name, safe='')}"
    return (
        download,
        CalendarLink("subscribe", webcal),
        CalendarLink("google", google),
        CalendarLink("outlook", outlook),
    )
