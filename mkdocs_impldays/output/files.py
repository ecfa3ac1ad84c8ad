"""All files of a site for other programs, by their paths from the site's root."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from io import BytesIO

import segno

from mkdocs_impldays.fest.deadlines import deadlines_of
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.sessions import programme_of
from mkdocs_impldays.output.calendar_links import calendar_path
from mkdocs_impldays.output.card import card_path, card_png
from mkdocs_impldays.output.export import export_schema, fest_json
from mkdocs_impldays.output.frab import FrabSchedule
from mkdocs_impldays.output.ics import Calendars
from mkdocs_impldays.output.texts import line
from mkdocs_impldays.words.phrases import Words


def qr_svg(address: str, *, title: str) -> bytes:
    """Return the QR code of an address as SVG, black on white, with a title for screen readers.

    It has a quiet zone of four modules and error correction level M (15 %). A module is 1 mm wide
    unless the page scales it.
    """
    picture = BytesIO()
    segno.make_qr(address, error="m").save(
        picture, kind="svg", unit="mm", border=4, light="#fff", title=title, xmldecl=False
    )
    return picture.getvalue()


Lasting = Callable[..., Mapping[str, bytes]]
"""A function that returns files of a fest, as `lasting_files` does."""

FEED = "calendar/fests.ics"
"""The calendar of all fests, to subscribe to."""

DEADLINES = "calendar/deadlines.ics"
"""The calendar of the deadlines of all fests, if there are any."""

EXPORT_SCHEMA = "fests/fest.schema.json"
"""The JSON Schema of the `.json` files beside it."""


def files_of(  # noqa: PLR0913 - all that the files depend on
    fest: Fest,
    *,
    fests: Iterable[Fest],
    site_url: str | None,
    stamps: Mapping[str, datetime],
    addresses: Mapping[str, str] | None = None,
    lasting: Lasting | None = None,
    has_deadlines: bool = False,
) -> dict[str, bytes]:
    """Return all files of a site about its current fest and all other `fests`.

    `stamps` are the aware moments at which the fest files last changed, by the ids of the fests;
    the same arguments give the same bytes. `addresses` are those of pages from the site's root, by
    their files below `docs/`. `lasting` may cache `lasting_files`. With `has_deadlines`, the
    calendar of all fests has their deadlines too.
    """
    lasting = lasting or lasting_files
    every = {each.id: each for each in [fest, *fests]}
    calendars = Calendars(site_url=site_url, stamps=stamps)
    files: dict[str, bytes] = {}
    for each in every.values():
        files |= _calendars(each, calendars)
        stamp = stamps[each.id]
        files |= lasting(each, site_url=site_url, stamp=stamp, addresses=addresses or {})
    name = fest.organizer.name if fest.organizer else fest.name
    files[FEED] = calendars.of_fests(every.values(), name=line(name), has_deadlines=has_deadlines)
    if any(map(deadlines_of, every.values())):
        files[DEADLINES] = calendars.of_deadlines(every.values(), name=line(name))
    files[EXPORT_SCHEMA] = export_schema()
    return dict(sorted(files.items()))


def lasting_files(
    fest: Fest, *, site_url: str | None, stamp: datetime, addresses: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the files of a fest that depend on no other fest.

    `stamp` is the aware moment at which the fest file last changed; `addresses` as in `files_of`.
    """
    calendars = Calendars(site_url=site_url, stamps={fest.id: stamp}, addresses=addresses)
    files = {
        **calendars.of_sessions(fest),
        f"fests/{fest.id}.json": fest_json(fest, site_url=site_url),
        card_path(fest): card_png(fest),
    }
    files |= _programme(fest, site_url, stamp)
    if address := fest.rsvp.address if fest.rsvp else None:
        files[f"assets/impldays/{fest.id}-rsvp.svg"] = qr_svg(address, title=address)
    return files


def _programme(fest: Fest, site_url: str | None, stamp: datetime) -> dict[str, bytes]:
    """Return the schedule files for apps and info screens; none without a session.

    Their version, by which apps detect a change, is the moment of the last change of the fest file.
    """
    programme = programme_of(fest)
    if not programme.sessions:
        return {}
    version = f"{stamp.astimezone(fest.timezone):%Y-%m-%d %H:%M:%S}"
    programme = programme._replace(version=version)
    words = Words.of(fest.language, fest.phrases)
    schedule = FrabSchedule(
        programme,
        acronym=fest.id,
        zone=fest.timezone,
        site_url=site_url,
        all_rooms=words.say("session.all_rooms"),
    )
    path = f"fests/{fest.id}/schedule"
    return {f"{path}.json": schedule.as_json(), f"{path}.xml": schedule.as_xml()}


def _calendars(fest: Fest, calendars: Calendars) -> dict[str, bytes]:
    files = {calendar_path(fest): calendars.of_fest(fest)}
    for event in fest.events.values():
        files[calendar_path(fest, event)] = calendars.of_event(fest, event)
    return files
