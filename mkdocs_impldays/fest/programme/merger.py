"""Add the sessions of programme files to the agendas of a fest.

The fest file takes precedence: its lines with the id, code or guid of a session, its rooms and
tracks of the same name, and its speakers with the same id, code or name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import ValidationError

from mkdocs_impldays.fest.agenda import AgendaItem, Speaker, Track
from mkdocs_impldays.fest.ids import slug_of
from mkdocs_impldays.fest.programme import model
from mkdocs_impldays.fest.programme.values import Report
from mkdocs_impldays.fest.venue import Room
from mkdocs_impldays.problems import Problem, Severity, quoted

if TYPE_CHECKING:
    from mkdocs_impldays.fest.day import Day
    from mkdocs_impldays.fest.event import Event
    from mkdocs_impldays.fest.fest import Fest


Part = TypeVar("Part", AgendaItem, Speaker)


class ProgrammeFile(NamedTuple):
    """A programme and the file that it was read from."""

    path: str
    """The file, as problems name it."""
    programme: model.Programme


def key_of_name(name: str) -> str:
    """Return the short name of a room, track or speaker of a programme file."""
    return slug_of(name)[:80] or model.guid_of(name, within="")


def names_in(files: Iterable[ProgrammeFile]) -> dict[str, set[str]]:
    """Return the short names that programme files add: of rooms, tracks and speakers."""
    names: dict[str, set[str]] = {"room": set(), "track": set(), "speakers": set()}
    for file in files:
        names["room"] |= {key_of_name(each.name) for each in file.programme.rooms}
        names["track"] |= {key_of_name(each.name) for each in file.programme.tracks}
        names["speakers"] |= {key_of_name(each.name) for each in file.programme.speakers}
    return names


def add_programmes(fest: Fest, files: Mapping[str, ProgrammeFile]) -> list[Problem]:
    """Add programme files, by the ids of their events, to a fest that is being read.

    Returns what does not fit the fest: one problem for each cause, with its location.
    """
    problems: list[Problem] = []
    mergers: dict[str, _Merger] = {}
    for key, file in files.items():
        event = fest.events.get(key)
        if event:
            before = mergers.get(file.path)
            mergers[file.path] = _Merger(fest, event, file)
            problems += mergers[file.path].merge(before.left if before else None)
    for merger in mergers.values():
        problems += merger.report_left()
    return problems


class _Merger:
    """Merges one programme file into one event of a fest.

    Where several events name the same file, each takes the sessions on its days from those `left`.
    """

    def __init__(self, fest: Fest, event: Event, file: ProgrammeFile) -> None:
        self._fest, self._event, self._file = fest, event, file
        self._report = Report(file.path)
        self.left: list[model.Session] = []
        self._days = {on: day for day in event.known_days for on in day.dates}
        self._days |= {day.date: day for day in event.known_days}
        self._tracks: dict[str, str] = {}
        self._speakers: dict[str, str] = {}
        self._known = {each.name.casefold(): key for key, each in fest.speakers.items()}
        self._known |= {model.as_guid(key) or key: key for key in fest.speakers}
        self._capacities = {each.name: each.capacity for each in file.programme.rooms}
        self._track_keys = {each.name.casefold(): key for key, each in fest.tracks.items()}
        self._rooms: dict[str, dict[str, str]] = {}
        """The keys of rooms by their names and themselves, by the keys of venues."""
        self._room_keys = {key for each in fest.venues.values() for key in each.rooms}
        self._typed_rooms = {
            key
            for key, venue in fest.venues.items()
            if any(not room.is_from_file for room in venue.rooms.values())
        }
        self._numbers: Counter[str] = Counter()

    def merge(self, sessions: Iterable[model.Session] | None = None) -> list[Problem]:
        """Add tracks, speakers, rooms and sessions, all if `None`; return what does not fit."""
        programme = self._file.programme
        for track in programme.tracks:
            self._tracks[track.name] = self._track(track)
        for speaker in programme.speakers:
            self._speakers[speaker.id] = self._speaker(speaker)
        if sessions is None:
            self._report_silent()
        typed = self._typed_lines()
        lines: dict[date, list[AgendaItem]] = {}
        for session in programme.sessions if sessions is None else sessions:
            found = self._day_of(session)
            own = typed.get(session.id) or typed.get(session.code or "")
            if found is None and not own:
                self.left.append(session)
                continue
            line = self._line(session, found[0] if found else None)
            if line is None:
                continue
            if own:
                for item in own:
                    _complete(item, line)
            elif found:
                day, line._days_later = found  # noqa: SLF001 - it is made here
                line._location = str(session.location)  # noqa: SLF001 - as above
                lines.setdefault(day.date, []).append(line)
        self._event.add_lines({day: tuple(items) for day, items in lines.items()})
        return self._report.problems()

    def _typed_lines(self) -> dict[str, list[AgendaItem]]:
        """Return the lines of the fest file's agendas that have an id, by their ids."""
        found: dict[str, list[AgendaItem]] = {}
        for event in self._fest.events.values():
            for agenda in (event.agenda, *(day.agenda or () for day in event.planned_days)):
                for item in agenda:
                    if item.id:
                        found.setdefault(model.as_guid(item.id) or item.id, []).append(item)
        return found

    def _day_of(self, session: model.Session) -> tuple[Day, int] | None:
        """Return the day that a session belongs to, and how many days later it begins.

        A session before 04:00 belongs to the evening before, as in frab. `None` without such a day.
        """
        when = session.start.date()
        evening = self._days.get(when - timedelta(days=1))
        if evening and session.start.time() < model.DAY_STARTS:
            return evening, (when - evening.date).days
        day = self._days.get(when)
        return (day, (when - day.date).days) if day else None

    def _report_silent(self) -> None:
        """Report speakers of the file without a session in it."""
        speaking = {key for each in self._file.programme.sessions for key in each.speakers}
        for speaker in self._file.programme.speakers:
            if speaker.id not in speaking:
                message = f"{quoted(speaker.name)} has no session."
                self._report.add("silent", speaker.location, message, "hint")

    def report_left(self) -> list[Problem]:
        """Return a problem for the sessions that are on a day of no event."""
        report = Report(self._file.path)
        for session in self.left:
            message = (
                f"{quoted(session.what)} is on {session.start.date()}, which is not a day of "
                f"events.{self._event.id}. It is left out; correct the days, or the file."
            )
            report.add("day", session.location, message)
        return report.problems()

    def _line(self, session: model.Session, day: Day | None) -> AgendaItem | None:
        length = session.end - session.start if session.end else None
        if session.end and session.start.utcoffset() != session.end.utcoffset():
            length = timedelta(seconds=session.end.timestamp() - session.start.timestamp())
        facts = {
            "at": f"{session.start:%H:%M}",
            "what": session.what,
            "id": _id_of(session),
            "for": length,
            "room": self._room(session, day) if session.room else None,
            "track": self._tracks.get(session.track or ""),
            "speakers": [self._speakers[key] for key in session.speakers if key in self._speakers],
            "subtitle": session.subtitle or None,
            "about": session.about or None,
            "kind": session.kind,
            "language": session.language,
            "url": session.url,
            "slides": session.slides,
            "recording": session.recording,
            "stream": session.stream,
            "links": _links(session.links),
            "status": session.status,
        }
        return self._read(AgendaItem, facts, session.location)

    def _read(
        self, kind: type[Part], facts: dict[str, Any], location: model.Location
    ) -> Part | None:
        """Return a model of the valid facts, and report the others; `None` if one is required."""
        facts = {key: fact for key, fact in facts.items() if fact is not None and fact != []}
        try:
            return kind.model_validate(facts)
        except ValidationError as error:
            wrong = {str(each["loc"][0]) for each in error.errors() if each["loc"]}
        for key in sorted(wrong):
            message = f"{key} {quoted(facts.pop(key, ''))} is not valid. It is left out."
            self._report.add(f"invalid {key}", location, message)
        try:
            return kind.model_validate(facts)
        except ValidationError:  # a required fact is not valid
            return None

    def _track(self, track: model.Track) -> str:
        key = self._track_keys.get(track.name.casefold())
        if key is None:
            key = self._free(key_of_name(track.name), self._fest.tracks)
            self._fest.tracks[key] = Track(name=track.name, color=track.color)
            self._track_keys[track.name.casefold()] = key
        return key

    def _speaker(self, speaker: model.Speaker) -> str:
        facts = {
            "name": speaker.name,
            "about": speaker.about or None,
            "photo": speaker.photo,
            "url": speaker.url,
            "links": _links(speaker.links),
        }
        person = self._read(Speaker, facts, speaker.location)
        speakers = self._fest.speakers
        names = (speaker.id, speaker.code or "", speaker.name.casefold())
        found = next((self._known[name] for name in names if name in self._known), None)
        if found:
            if person:
                _complete(speakers[found], person)
            return found
        key = self._free(key_of_name(speaker.name), speakers)
        speakers[key] = person or Speaker(name=speaker.name)
        self._known[speaker.name.casefold()] = key
        return key

    def _report_room(self, name: str, session: model.Session) -> None:
        event = f"events.{self._event.id}"
        severity: Severity = "hint"
        if self._fest.is_online(self._event):
            reason = f"{event} is online. Rooms are left out."
        elif self._event.venue:
            reason = f"the venue of {event} is not known yet. Rooms are left out until then."
        else:
            severity = "warning"
            reason = (
                f"{event} has no venue that it could be in. Rooms are left out; name the event's "
                "venue in the fest file."
            )
        message = f"{quoted(name)} is a room, and {reason}"
        self._report.add("venue", session.location, message, severity)

    def _room(self, session: model.Session, day: Day | None) -> str | None:
        """Return the short name of a session's room, which is added to its venue if needed."""
        name = session.room or ""
        venue = self._fest.venue_of(self._event, day)
        if venue is None:
            self._report_room(name, session)
            return None
        known = self._rooms.get(venue.id)
        if known is None:
            known = self._rooms[venue.id] = {}
            for key, room in venue.rooms.items():
                known.setdefault(room.name.casefold(), key)
        if (found := known.get(name.casefold())) or name in venue.rooms:
            return found or name
        if venue.id in self._typed_rooms:
            message = (
                f"{quoted(name)} is not a room of venues.{venue.id}. It is added; write the same "
                "name there, or add it."
            )
            self._report.add("room of venue", session.location, message, "hint", of=name)
        key = self._free(key_of_name(name), self._room_keys)
        venue.add_room(key, Room(name=name, capacity=self._capacities.get(name)))
        known[name.casefold()] = key
        self._room_keys.add(key)
        return key

    def _free(self, key: str, taken: Container[str]) -> str:
        """Return a key that is not taken yet, with a number added if necessary."""
        free = key
        while free in taken:
            self._numbers[key] += 1
            free = f"{key}-{self._numbers[key] + 1}"
        return free


def _id_of(session: model.Session) -> str:
    """Return the id of a session if an address may have it, else a UUID made from it."""
    if len(session.id) <= 100 and session.id.isascii():
        plain = session.id.replace("-", "").replace("_", "")
        if plain.isalnum() and session.id[0].isalnum():
            return session.id
    return model.guid_of(session.id, within="")


def _complete(typed: AgendaItem | Speaker, other: AgendaItem | Speaker) -> None:
    """Add the facts that only the programme file has to a model of the fest file."""
    given = set(typed.model_fields_set)
    if given & {"until", "lasts"}:
        given |= {"until", "lasts"}
    given -= {"id"}  # the programme file's, so that calendars have the same guid for a code
    missing = {key: getattr(other, key) for key in other.model_fields_set - given}
    typed.__dict__.update(missing)  # frozen, but the fest is still being read


def _links(links: Iterable[model.Link]) -> list[dict[str, str]]:
    return [{"title": each.title or each.url, "url": each.url} for each in links]
