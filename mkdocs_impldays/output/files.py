"""Every file that a site gives to other programs, by its path from the site's root."""

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
    """Return the QR code of an address, black on white, with a title for those who cannot see it.

    It has the quiet zone of four modules that readers need, and still reads with 15 % of it lost.
    A module is a millimetre wide, where the page does not say otherwise.
    """
    picture = BytesIO()
    segno.make_qr(address, error="m").save(
        picture, kind="svg", unit="mm", border=4, light="#fff", title=title, xmldecl=False
    )
    return picture.getvalue()


Lasting = Callable[..., Mapping[str, bytes]]
"""Gives files of a fest, as `lasting_files` does."""

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
    """Return all files of a site about its fest and all `fests`, past and to come.

    `stamps` are the aware moments at which the fest files last changed, by the ids of the fests;
    the same arguments give the same bytes. `addresses` are those of pages from the site's root, by
    their files below `docs/`. `lasting` may keep what `lasting_files` gives.
    With `has_deadlines`, the calendar of all fests has their deadlines too.
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
    """Return a fest's files that stay when another fest changes, which some calendars do not.

    The aware `stamp` says when the fest file last changed; `addresses` are as in `files_of`.
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
    """Return the programme as apps and info screens read it; nothing where no line is known.

    Its version, by which they know that it is another one, is when the fest file changed.
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
