"""Read programme files: JSON and XML of pretalx and frab, JSON of Sessionize."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from mkdocs_impldays.fest.programme.frab import read_frab, read_xml
from mkdocs_impldays.fest.programme.model import MAX_BYTES, Location, Programme, Session, is_break
from mkdocs_impldays.fest.programme.sessionize import read_sessionize
from mkdocs_impldays.fest.programme.values import Item, RefusedError, Report, ValueReader
from mkdocs_impldays.problems import Problem, quoted

MOST_SESSIONS = 2_000
"""The most sessions of a programme; each takes time, on pages and in calendars."""

_FORMATS = "Export the schedule of pretalx or frab as JSON or XML, or Sessionize's view All."
_NOT_PROGRAMMES = (
    ((b"<!doctype html", b"<html"), "is an HTML page, not a programme."),
    ((b"begin:vcalendar",), "is a calendar, which has no rooms and speakers."),
    ((b"%pdf-",), "is a PDF."),
    ((b"pk\x03\x04", b"\x1f\x8b"), "is packed."),
)
"""Files that are saved by mistake: how they begin, in lower case, and the message."""


def read_programme(
    raw: bytes, *, path: str, zone: ZoneInfo
) -> tuple[Programme | None, list[Problem]]:
    """Return the programme in a file and every problem found in it.

    `path` is the file's in the problems. Moments are returned in `zone`, the event's; times without
    an offset are in it too, unless the file names a zone. The programme is `None` if the file
    cannot be read at all.
    """
    report = Report(path)
    try:
        data = _data(raw)
        reader = ValueReader(report, zone)
        programme = _checked(_programme(data, reader), report)
    except RefusedError as error:
        return None, [Problem(path, error.line, str(error))]
    _check_zone(programme, reader)
    return programme, report.problems()


def _data(raw: bytes) -> object:
    if len(raw) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1_000_000} MB. Export only this event."
        raise RefusedError(None, message)
    start = raw[:100].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginnings, message in _NOT_PROGRAMMES:
        if start.startswith(beginnings):
            raise RefusedError(None, f"{message} {_FORMATS}")
    if start.startswith((b"<", b"\xff\xfe<\x00", b"\xfe\xff\x00<")):
        return {"schedule": read_xml(raw)}
    try:
        return json.loads(raw)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RefusedError(line, f"is not text in UTF-8. {_FORMATS}") from None
    except json.JSONDecodeError as error:
        message = f"is not valid JSON: {error.msg}. {_FORMATS}"
        raise RefusedError(error.lineno, message) from None
    except RecursionError:
        raise RefusedError(None, f"is nested too deeply for a programme. {_FORMATS}") from None
    except ValueError:
        raise RefusedError(None, f"has a number of too many digits. {_FORMATS}") from None


def _programme(data: object, reader: ValueReader) -> Programme:
    if isinstance(data, list):
        raise RefusedError(None, f"is a list, as Sessionize's other views are. {_FORMATS}")
    top = Item(data if isinstance(data, dict) else {})
    if isinstance(top.values.get("schedule"), dict | Item):
        return read_frab(top.child("schedule"), reader)
    if isinstance(top.values.get("conference"), dict):
        return read_frab(top, reader)
    if isinstance(top.values.get("sessions"), list):
        return read_sessionize(top, reader)
    message = 'has neither "schedule" nor "sessions" at its top.'
    raise RefusedError(None, f"{message} {_FORMATS}")


def _checked(programme: Programme, report: Report) -> Programme:
    """Return a programme with unique ids and sessions in order; report what is missing."""
    order = {room.name: number for number, room in enumerate(programme.rooms)}
    found = sorted(
        programme.sessions,
        key=lambda each: (each.start.timestamp(), order.get(each.room or "", -1), each.what),
    )
    sessions = list(_once(found, report))
    if len(sessions) > MOST_SESSIONS:
        message = f"has more than {MOST_SESSIONS:,} sessions. Export only this event."
        raise RefusedError(sessions[MOST_SESSIONS].location.line, message)
    if not sessions and not report.problems():
        report.add("empty", Location(""), "has no sessions. Publish the schedule, then export it.")
    for session in sessions:
        if not session.room and programme.rooms and not is_break(session.kind):
            message = f"{quoted(session.what)} has no room. It is shown for all rooms."
            report.add("room", session.location, message, "hint")
        if not session.speakers and programme.speakers and not is_break(session.kind):
            message = f"{quoted(session.what)} has no speaker. It is shown without one."
            report.add("person", session.location, message, "hint")
    return programme._replace(sessions=tuple(sessions))


def _once(sessions: Iterable[Session], report: Report) -> Iterator[Session]:
    """Yield sessions in order; the second with the same id gets another one.

    pretalx gives the same guid to a session that is held twice.
    """
    sessions = list(sessions)
    taken = {session.id for session in sessions}
    first_of: dict[str, Session] = {}
    slots: dict[str, set[_Slot]] = {}
    for session in sessions:
        same = slots.setdefault(session.id, set())
        if not same:
            first_of[session.id] = session
            yield session
        elif _slot(session) in same:
            message = f"{quoted(session.what)} occurs twice. The second is left out; remove it."
            report.add("twice", session.location, message)
            continue
        else:
            first = first_of[session.id]
            if first.what != session.what:
                _report_shared(session, first, report)
            numbers = (f"{session.id}-{number}" for number in count(len(same) + 1))
            key = next(key for key in numbers if key not in taken)
            taken.add(key)
            yield replace(session, id=key)
        same.add(_slot(session))


_Slot = tuple[str, datetime, str | None]


def _slot(session: Session) -> _Slot:
    return session.what, session.start, session.room


def _report_shared(session: Session, first: Session, report: Report) -> None:
    message = (
        f"{quoted(session.what)} has the id {quoted(session.id)} of another session, "
        f"{quoted(first.what)} ({first.location}). Give it one of its own."
    )
    report.add("shared", session.location, message)


def _check_zone(programme: Programme, reader: ValueReader) -> None:
    zone = reader.local_zone
    for session in programme.sessions if zone else ():
        if session.start.utcoffset() != session.start.astimezone(zone).utcoffset():
            message = (
                f"has its times in {zone}, the event's are in {reader.zone}. "
                "They are converted; check that both are right."
            )
            reader.report.add("zones", Location(""), message, "hint")
            return
