"""The paths of calendar files, and the links with which visitors add them to their calendars.

The links need no script, and contact no third party before a click.
"""

from __future__ import annotations

from typing import Literal, NamedTuple
from urllib.parse import quote, urlsplit

from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.sessions import has_sessions
from mkdocs_impldays.output.texts import absolute, event_name, line

Way = Literal["download", "subscribe", "google", "outlook", "address"]


class CalendarLink(NamedTuple):
    """One way to add a calendar."""

    way: Way
    url: str
    """A path from the site's root for `download`, else an absolute address.

    That of `address` is shown to be copied, for programs that do not open the link to subscribe.
    """


def calendar_path(fest: Fest, event: Event | None = None) -> str:
    """Return the path, from the site's root, of the calendar file of a fest or an event."""
    return f"calendar/{fest.id}-{event.id}.ics" if event else f"calendar/{fest.id}.ics"


def session_calendar_path(fest: Fest, name: str) -> str:
    """Return the path, from the site's root, of the calendar file of a session, by its id."""
    return f"fests/{fest.id}/sessions/{name}.ics"


def programme_calendar_path(fest: Fest, event: Event | None = None) -> str:
    """Return the path of the calendar file of all sessions of a fest, or of one of its events."""
    return f"fests/{fest.id}/programme" + (f"-{event.id}.ics" if event else ".ics")


def calendar_links(
    fest: Fest, event: Event | None = None, *, site_url: str | None
) -> tuple[CalendarLink, ...]:
    """Return the links for a fest or one of its events.

    Only the download, if the site's address is not known or not encrypted. None if no day is known,
    or the event is not held.
    """
    if (event or fest).start is None or not fest.is_held(event):
        return ()
    name = event_name(fest, event) if event else line(fest.name)
    return _links(calendar_path(fest, event), name, site_url)


def programme_links(fest: Fest, *, site_url: str | None) -> tuple[CalendarLink, ...]:
    """Return the links for all sessions of a fest, as `calendar_links` does.

    None if no line of its agendas has a room, a track or speakers.
    """
    if not has_sessions(fest) or not fest.is_held():
        return ()
    return _links(programme_calendar_path(fest), line(fest.name), site_url)


def _links(path: str, name: str, site_url: str | None) -> tuple[CalendarLink, ...]:
    whole = absolute(path, site_url)
    download = CalendarLink("download", path)
    if whole is None or urlsplit(whole).scheme != "https":
        return (download,)
    webcal = "webcal:" + whole.removeprefix("https:")
    google = f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"
    outlook = "https://outlook.live.com/calendar/0/addfromweb"
    outlook += f"?url={quote(whole, safe='')}&name={quote(name, safe='')}"
    return (
        download,
        CalendarLink("subscribe", webcal),
        CalendarLink("google", google),
        CalendarLink("outlook", outlook),
        CalendarLink("address", whole),
    )
