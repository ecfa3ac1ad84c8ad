"""Write a programme as frab schedule files, JSON and XML, for apps and info screens.

Both have the same data, in the shape that pretalx writes. For facts without a field: sessions in
all rooms are in a room of their own, titles have a prefix for the status, and slides, recording and
stream are links with fixed titles. `fest/programme/frab.py` reads them back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote
from uuid import UUID
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from mkdocs_impldays.fest.ids import slug_of
from mkdocs_impldays.fest.programme.frab import LINK_TITLES, STATUS_PREFIXES
from mkdocs_impldays.fest.programme.model import (
    ALL_ROOMS,
    DAY_STARTS,
    Link,
    Programme,
    Room,
    Session,
    Speaker,
    guid_of,
)
from mkdocs_impldays.output.texts import line, paragraph

Data = dict[str, object]

_SCHEMA = "https://c3voc.de/schedule/schema.json"
_TIMESLOT = "00:05"
_NO_ID = 2**31 - 1
"""Ids are at most this: some readers store them in 32 bits."""


class FrabSchedule:
    """A programme as frab writes it."""

    def __init__(
        self,
        programme: Programme,
        *,
        acronym: str,
        zone: ZoneInfo,
        site_url: str | None,
        all_rooms: str = "All rooms",
    ) -> None:
        """`acronym` is the fest's id, from which UUIDs are made for ids that are none.

        Moments are written in `zone`, photos with the site's address, if known. `all_rooms` is the
        name of the room for sessions in all rooms.
        """
        self._programme, self._acronym, self._zone = programme, acronym, zone
        self._site = f"{site_url.rstrip('/')}/" if site_url else None
        rooms = {room.name: room for room in programme.rooms}
        for session in programme.sessions:
            if session.room:
                rooms.setdefault(session.room, Room(name=session.room))
        self._for_all = line(all_rooms)
        while self._for_all in rooms:
            self._for_all += " *"
        if any(session.room is None for session in programme.sessions):
            rooms[self._for_all] = Room(name=self._for_all, id=ALL_ROOMS)
        self._rooms = rooms
        self._speakers = {speaker.id: speaker for speaker in programme.speakers}
        self._session_ids = _numbers(self._guid(each.id) for each in programme.sessions)
        self._speaker_ids = _numbers(self._person_guid(each) for each in programme.speakers)

    def as_json(self) -> bytes:
        """Return the schedule as JSON in UTF-8."""
        generator = {"name": "mkdocs-impldays"}
        whole = {"$schema": _SCHEMA, "generator": generator, "schedule": self._schedule()}
        return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"

    def as_xml(self) -> bytes:
        """Return the schedule as XML in UTF-8."""
        root = _xml(self._schedule())
        ET.indent(root)
        text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return text + b"\n"

    def _schedule(self) -> Data:
        return {
            "version": line(self._programme.version),
            "base_url": self._site,
            "url": self._site,
            "conference": self._conference(),
        }

    def _conference(self) -> Data:
        days: dict[date, list[Session]] = {}
        for session in sorted(self._programme.sessions, key=lambda each: each.start.timestamp()):
            days.setdefault(_day_of(session.start.astimezone(self._zone)), []).append(session)
        span = {"start": min(days).isoformat(), "end": max(days).isoformat()} if days else {}
        rooms = enumerate(self._rooms.values(), 1)
        tracks = enumerate(self._programme.tracks, 1)
        return {
            "acronym": self._acronym,
            "title": line(self._programme.title),
            **span,
            "daysCount": len(days),
            "timeslot_duration": _TIMESLOT,
            "time_zone_name": self._zone.key,
            "rooms": [
                {
                    "name": room.name,
                    "slug": f"{number}-{slug_of(room.name)}",
                    "guid": guid_of(room.id or room.name, within=f"{self._acronym}/rooms"),
                    "description": room.about or None,
                    "capacity": room.capacity,
                }
                for number, room in rooms
            ],
            "tracks": [
                {
                    "name": track.name,
                    "slug": f"{number}-{slug_of(track.name)}",
                    "color": track.color,
                }
                for number, track in tracks
            ],
            "days": [self._day(number, *day) for number, day in enumerate(days.items(), 1)],
        }

    def _day(self, number: int, when: date, sessions: Collection[Session]) -> Data:
        start = datetime.combine(when, DAY_STARTS, self._zone)
        rooms: dict[str, list[Data]] = {
            name: [] for name in self._rooms if any(self._room(each) == name for each in sessions)
        }
        for session in sessions:
            rooms[self._room(session)].append(self._session(session))
        return {
            "index": number,
            "date": when.isoformat(),
            "day_start": start.isoformat(),
            "day_end": (start + timedelta(days=1, minutes=-1)).isoformat(),
            "rooms": rooms,
        }

    def _session(self, session: Session) -> Data:
        start = session.start.astimezone(self._zone)
        guid = self._guid(session.id)
        number = self._session_ids[guid]
        title = line(session.what)
        prefixes = {status: prefix for prefix, status in reversed(STATUS_PREFIXES.items())}
        abstract, description = _parted(paragraph(session.about))
        links = [
            _link(LINK_TITLES[what][0].capitalize(), url)
            for what, url in (("recording", session.recording), ("stream", session.stream))
            if url
        ]
        return {
            "guid": guid,
            "code": session.code or (None if guid == session.id else session.id),
            "id": number,
            "date": start.isoformat(),
            "start": f"{start:%H:%M}",
            "duration": _duration(session),
            "room": self._room(session),
            "slug": "-".join(filter(None, [self._acronym, f"{number}", slug_of(title)[:60]])),
            "url": session.url,
            "title": f"{prefixes[session.status]}{title}" if session.status else title,
            "subtitle": line(session.subtitle),
            "track": session.track or "",
            "type": session.kind or "",
            "language": session.language or "",
            "abstract": abstract,
            "description": description,
            "recording_license": "",
            "do_not_record": False,
            "persons": [
                self._person(self._speakers[key])
                for key in session.speakers
                if key in self._speakers
            ],
            "links": [*links, *_links(session.links)],
            "attachments": [_link("Slides", session.slides)] if session.slides else [],
        }

    def _person(self, speaker: Speaker) -> Data:
        guid, name = self._person_guid(speaker), line(speaker.name)
        photo = f"{self._site}{quote(speaker.photo)}" if self._site and speaker.photo else None
        return {
            "id": self._speaker_ids[guid],
            "guid": guid,
            "code": speaker.code or (None if guid == speaker.id else speaker.id),
            "name": name,
            "public_name": name,
            "avatar": photo,
            "biography": paragraph(speaker.about) or None,
            "url": speaker.url,
            "links": _links(speaker.links),
        }

    def _room(self, session: Session) -> str:
        return session.room or self._for_all

    def _guid(self, name: str) -> str:
        return guid_of(name, within=self._acronym)

    def _person_guid(self, speaker: Speaker) -> str:
        return guid_of(speaker.id, within=f"{self._acronym}/speakers")


def _numbers(guids: Iterable[str]) -> Mapping[str, int]:
    """Return a positive number for each UUID, which is the same in every build."""
    numbers: dict[str, int] = {}
    taken = set()
    for guid in guids:
        number = UUID(guid).int % _NO_ID + 1
        while number in taken:
            number = number % _NO_ID + 1
        taken.add(number)
        numbers[guid] = number
    return numbers


def _day_of(start: datetime) -> date:
    """Return the date of the day that a moment belongs to; days start at `DAY_STARTS`."""
    return start.date() - timedelta(days=start.time() < DAY_STARTS)


def _duration(session: Session) -> str:
    """Return the duration of a session as HH:MM, or HH:MM:SS; 00:00 if it is not known."""
    end = session.end or session.start
    length = end.astimezone(UTC) - session.start.astimezone(UTC)
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{hours}:{seconds:02}" if seconds else hours


def _parted(about: str) -> tuple[str, str]:
    """Return the first paragraph of a text, and the rest."""
    found = re.search(r"\n\n(?=\S)", about)
    return (about[: found.start()], about[found.end() :]) if found else (about, "")


def _link(title: str, url: str) -> Data:
    return {"url": url, "title": title}


def _links(links: Iterable[Link]) -> list[Data]:
    return [_link(line(link.title), link.url) for link in links]


def _xml(schedule: Data) -> ET.Element:
    """Return the JSON schedule as an XML element."""
    conference = schedule["conference"]
    assert isinstance(conference, dict)
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", {"name": "mkdocs-impldays"})
    _texts(root, {"version": schedule["version"]})
    top = ET.SubElement(root, "conference")
    keys = ("title", "acronym", "start", "end")
    _texts(top, {key: conference[key] for key in keys if key in conference})
    _texts(top, {"days": conference["daysCount"], "timeslot_duration": _TIMESLOT})
    if schedule["base_url"]:
        _texts(top, {"base_url": schedule["base_url"]})
    _texts(top, {"time_zone_name": conference["time_zone_name"]})
    for track in conference["tracks"]:
        ET.SubElement(top, "track", _attributes(track, ("name", "slug", "color")))
    guids = {room["name"]: room["guid"] for room in conference["rooms"]}
    for day in conference["days"]:
        _xml_day(root, day, guids)
    return root


def _xml_day(root: ET.Element, day: Data, guids: Mapping[str, str]) -> None:
    bounds = {"start": f"{day['day_start']}", "end": f"{day['day_end']}"}
    element = ET.SubElement(root, "day", {**_attributes(day, ("index", "date")), **bounds})
    rooms = day["rooms"]
    assert isinstance(rooms, dict)
    for name, sessions in rooms.items():
        room = ET.SubElement(element, "room", {"name": name, "guid": guids[name]})
        for session in sessions:
            _xml_event(room, session)


_PLAIN = (
    *("date", "start", "duration", "room", "slug", "url", "title", "subtitle", "track", "type"),
    *("language", "abstract", "description"),
)


def _xml_event(room: ET.Element, session: Data) -> None:
    event = ET.SubElement(room, "event", _attributes(session, ("id", "guid", "code")))
    left_out = {"url"} if not session["url"] else set()
    if session["subtitle"] and not session["description"]:
        left_out.add("description")  # pretalx-downstream fails at an empty one beside a subtitle
    _texts(event, {key: session[key] for key in _PLAIN if key not in left_out})
    recording = ET.SubElement(event, "recording")
    _texts(recording, {"license": "", "optout": "false"})
    persons = ET.SubElement(event, "persons")
    for person in _each(session["persons"]):
        element = ET.SubElement(persons, "person", _attributes(person, ("id", "guid")))
        element.text = f"{person['name']}"
    for key in ("links", "attachments"):
        group = ET.SubElement(event, key)
        for link in _each(session[key]):
            ET.SubElement(group, key[:-1], {"href": f"{link['url']}"}).text = f"{link['title']}"


def _each(items: object) -> Iterator[Data]:
    assert isinstance(items, list)
    return iter(items)


def _texts(parent: ET.Element, texts: Mapping[str, object]) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = f"{text}"


def _attributes(data: Data, keys: Iterable[str]) -> dict[str, str]:
    return {key: f"{data[key]}" for key in keys if data[key] is not None}
