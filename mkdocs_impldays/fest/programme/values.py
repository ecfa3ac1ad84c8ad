"""Read the values of a programme file, which is not trusted.

Nothing is raised but `RefusedError`, for a list that is too long: a value that cannot be used is
omitted and reported, once for all values with the same cause.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from babel import Locale

from mkdocs_impldays.fest.addresses import address_problem
from mkdocs_impldays.fest.ids import slug_of
from mkdocs_impldays.fest.programme.model import Location, as_guid, guid_of
from mkdocs_impldays.fest.values import LONGEST_URL
from mkdocs_impldays.problems import Problem, Severity, quoted
from mkdocs_impldays.words.languages import is_language

LONGEST_LINE = 500
"""The most characters of a title or a name; the rest is cut."""

LONGEST_TEXT = 20_000
"""The most characters of a description; the rest is cut."""

MOST_ITEMS = 6_000
"""The most sessions, persons, rooms or links that a list may have."""

LONGEST_SESSION = timedelta(days=31)

_YEARS = range(1970, 2100)
_DURATION = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_PHOTO = re.compile(r"\w[\w. -]*(?:/\w[\w. -]*)*\.(?:avif|gif|jpe?g|png|webp)", re.IGNORECASE)
_TAG = re.compile(
    r"(([A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?)(?:-.*)?", re.ASCII
)
"""Language, script and region (BCP 47), then pretalx's own variants, like `de-formal`."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".lan")
_MOST_CAUSES = 10
_MOST_LOCATIONS = 3


class RefusedError(Exception):
    """A file that is not read: the line, where there is one, and why and what to do."""

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class _Group:
    problem: tuple[str, Severity]
    locations: list[Location] = field(default_factory=list)
    count: int = 0
    last: Location | None = None


class Report:
    """The problems of a file: one for each cause, with the first few locations."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._groups: dict[tuple[str, str], _Group] = {}

    def add(
        self,
        cause: str,
        location: Location,
        message: str,
        severity: Severity = "warning",
        *,
        of: str = "",
    ) -> None:
        """Add a mistake; all with the same cause and the same `of` become one problem."""
        if (cause, of) not in self._groups:
            known = sum(kind == cause for kind, _ in self._groups)
            of = of if known < _MOST_CAUSES else ""
        group = self._groups.setdefault((cause, of), _Group((message, severity)))
        if group.last != location:  # the same value may be read more than once
            group.last = location
            group.count += 1
            if len(group.locations) <= _MOST_LOCATIONS:
                group.locations.append(location)

    def problems(self) -> list[Problem]:
        """Return the problems in the order in which they were found."""
        return [self._problem(group) for group in self._groups.values()]

    def _problem(self, group: _Group) -> Problem:
        first, *others = group.locations
        message, severity = group.problem
        if first.key:
            message = f"{first.key}: {message}"
        if others:
            also = ", ".join(dict.fromkeys(map(str, others)))
            more = group.count - len(group.locations)
            rest = f" and {more} more" if more else ""
            message = f"{message} ({group.count} times: also {also}{rest})"
        return Problem(self._path, first.line, message, severity)


@dataclass(frozen=True)
class Item:
    """An object of JSON, or an element of XML with its attributes and children as keys."""

    values: Mapping[str, object]
    key: str = ""
    """Its path of keys in JSON, or its name in XML."""
    line: int | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    """The lines of its children in XML, by their names."""

    def location(self, key: str | None = None) -> Location:
        """Return the location of the item, or of one of its keys."""
        if self.line is not None:
            line = self.lines.get(key, self.line) if key else self.line
            return Location(key or self.key, line)
        return Location(".".join(filter(None, [self.key, key])))

    def child(self, key: str) -> Item:
        """Return the object at a key; an empty one if there is none."""
        return self._item(self.values.get(key), self.location(key).key) or Item({}, key)

    def items(self, key: str) -> Iterator[Item]:
        """Yield the objects in the list at a key; other items are skipped."""
        return self.listed(self.values.get(key), key)

    def listed(self, values: object, key: str) -> Iterator[Item]:
        """Yield the objects in `values`, a list that this item has at a key.

        A list of more than `MOST_ITEMS` raises `RefusedError`.
        """
        if isinstance(values, list):
            if len(values) > MOST_ITEMS:
                where = self.location(key)
                message = f"{where.key}: has {len(values):,} entries, and may have {MOST_ITEMS:,}."
                raise RefusedError(where.line, f"{message} Export only this event.")
            for number, value in enumerate(values):
                item = self._item(value, f"{self.location(key).key}[{number}]")
                if item:
                    yield item

    @staticmethod
    def _item(value: object, key: str) -> Item | None:
        if isinstance(value, Item):
            return value
        return Item(value, key) if isinstance(value, dict) else None


def step(name: str) -> str:
    """Return the part of a path of keys for a name, which may have any characters."""
    return f"[{json.dumps(name[:60], ensure_ascii=False)}]"


@dataclass
class ValueReader:
    """Reads the values of one file, and reports those that are not valid."""

    report: Report
    zone: ZoneInfo
    """The event's zone, in which all moments are returned."""
    local_zone: ZoneInfo | None = None
    """The zone of moments without an offset, if it is not the event's."""
    base_url: str | None = None
    """The address that relative ones are resolved against."""

    def line(self, item: Item, *keys: str) -> str:
        """Return the first value that is not empty, as one line; else an empty text."""
        for key in keys:
            text = " ".join(self._text(item, key, longest=LONGEST_LINE).split())
            if text:
                return text
        return ""

    def id(self, item: Item, *keys: str, name: str) -> str:
        """Return the first value that is not empty, else an id made from a name.

        A UUID is returned in its usual spelling.
        """
        text = self.line(item, *keys)
        return as_guid(text) or text or slug_of(name) or guid_of(name, within="")

    def text(self, item: Item, key: str) -> str:
        """Return a text of any number of paragraphs, with one empty line between them."""
        lines = self._text(item, key, longest=LONGEST_TEXT).split("\n")
        kept: list[str] = []
        for line in lines:
            if line.strip():
                kept.append(line)
            elif kept and kept[-1]:
                kept[-1] = kept[-1].rstrip()
                kept.append("")
        return "\n".join(kept).strip()

    def _text(self, item: Item, key: str, *, longest: int | None) -> str:
        value = item.values.get(key)
        if value is None or isinstance(value, bool):
            return ""
        if isinstance(value, int | float):
            value = repr(value)
        if not isinstance(value, str):
            message = "is not text. It is left out."
            self.report.add("text", item.location(key), message, "hint", of=key)
            return ""
        text = printable(value)
        if longest and len(text) > longest:
            message = f"has more than {longest:,} characters. The rest is left out."
            self.report.add("long", item.location(key), message, "hint", of=key)
        return text[:longest]

    def moment(self, item: Item, key: str) -> datetime | None:
        """Return a moment in the event's zone; `None` if it is missing or not valid.

        A moment without an offset is read in the file's own zone.
        """
        text = self.line(item, key)
        try:
            typed = datetime.fromisoformat(text) if len(text) > len("2027-06-05") else None
        except ValueError:
            return None
        if typed is None or typed.year not in _YEARS:
            return None
        moment = self.local(typed, item.location(key)) if typed.tzinfo is None else typed
        return moment.astimezone(self.zone).replace(microsecond=0)

    def local(self, typed: datetime, location: Location) -> datetime:
        """Return a local time as a moment in the file's own zone; report one that clocks skip."""
        zone = self.local_zone or self.zone
        moment = typed.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
        if moment.replace(tzinfo=None) != typed:
            message = (
                f"{quoted(f'{typed:%Y-%m-%d %H:%M}')} does not exist in {zone.key}: the clocks "
                f"change then. It is taken for {moment:%H:%M}; correct it."
            )
            self.report.add("gap", location, message)
        return moment

    def end(self, item: Item, key: str, start: datetime) -> datetime | None:
        """Return `start` plus a duration, HH:MM or HH:MM:SS; `None` if it is not valid."""
        text = self.line(item, key)
        found = _DURATION.fullmatch(text)
        if not found:
            if text:
                message = f"{quoted(text)} is not a duration like 00:45. The end is left out."
                self.report.add("duration", item.location(key), message)
            return None
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        duration = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        if duration > LONGEST_SESSION:
            message = f"{quoted(text)} is longer than {LONGEST_SESSION.days} days. It is left out."
            self.report.add("duration", item.location(key), message)
            return None
        return (start.astimezone(UTC) + duration).astimezone(self.zone) if duration else None

    def url(self, item: Item, key: str) -> str | None:
        """Return an address that a link may have; `None` if it is missing or not valid."""
        text, location = self._address(item, key), item.location(key)
        address = self._absolute(text, location) if text else None
        if address is None or not self._is_public(address, location):
            return None
        if len(address) > LONGEST_URL or address_problem(address):
            self._report_address(address, location)
            return None
        return address

    def _address(self, item: Item, key: str) -> str:
        text = " ".join(self._text(item, key, longest=None).split())
        if len(text) > LONGEST_URL:
            self._report_address(text, item.location(key))
            return ""
        return text

    def _report_address(self, text: str, location: Location) -> None:
        message = f"{quoted(text)} is not a valid address. It is left out."
        self.report.add("address", location, message, "hint")

    def _absolute(self, text: str, location: Location) -> str | None:
        if _SCHEME.match(text):
            return text
        address = _joined(self.base_url, text) if self.base_url else None
        if address is None:
            message = (
                f"{quoted(text)} is a relative address, and the file has no valid base_url. "
                "It is left out."
            )
            self.report.add("relative", location, message, "hint")
        return address

    def _is_public(self, address: str, location: Location) -> bool:
        host = host_of(address)
        if host and is_local(host):
            message = (
                f"{quoted(address)} leads to the machine on which the file was made. It is left "
                "out; set the public address in the program that exports the file."
            )
            self.report.add("local", location, message, of=host)
            return False
        if address[:5].lower() == "http:":
            message = f"{quoted(address)} is not encrypted. It is left out; it needs https."
            self.report.add("http", location, message, "hint", of=host)
            return False
        return True

    def language(self, item: Item, text: str, key: str) -> str | None:
        """Return the language that a text at a key names, as a BCP 47 tag; else `None`."""
        tag = language_tag(text) if text else None
        if text and tag is None:
            message = f"{quoted(text)} is not a known language. It is left out."
            self.report.add("language", item.location(key), message, "hint", of=text.casefold())
        return tag

    def photo(self, item: Item, key: str) -> str | None:
        """Return the path of a photo in the folder of pages; `None` for one of another host.

        Visitors' browsers must not contact third parties.
        """
        text, location = self._address(item, key), item.location(key)
        if not text:
            return None
        if ".." not in text and _PHOTO.fullmatch(text):
            return text
        address = self._absolute(text, location)
        if address is None:
            return None
        host = host_of(address)
        message = (
            f"{quoted(address)} is not on this site, and visitors' browsers are not sent to other "
            'hosts. It is left out; save the picture below docs and write its path at "photo".'
        )
        self.report.add("photo", location, message, "hint", of=host)
        return None


def printable(text: str) -> str:
    """Return a text without control characters, with line feeds as its only line breaks."""
    return _UNPRINTABLE.sub("", re.sub("\r\n?|[\x85\u2028\u2029]", "\n", text))


def _joined(base: str, address: str) -> str | None:
    try:
        return urljoin(f"{base.rstrip('/')}/" if base else "", address)
    except ValueError:
        return None


def host_of(address: str) -> str:
    """Return the host of an address in lower case; empty if it has none."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_local(host: str) -> bool:
    """Return whether a host can be reached only from its own machine or network."""
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        return host == "localhost" or host.endswith(_LOCAL_NAMES)


def whole(value: object) -> int | None:
    """Return a positive number below ten million; `None` for anything else."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,7}", value, re.ASCII):
        value = int(value)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and isinstance(value, int) and 0 < value < 10**7 else None


def language_tag(text: str) -> str | None:
    """Return the BCP 47 tag of a language by its tag or its English name; else `None`."""
    found = _TAG.fullmatch(text.replace("_", "-"))
    if found:
        return next(filter(is_language, (found[1], found[2])), None)
    return _languages().get(text.casefold())


@cache
def _languages() -> Mapping[str, str]:
    """Return the BCP 47 tags of languages by their English names in lower case (CLDR)."""
    return {name.casefold(): tag.replace("_", "-") for tag, name in Locale("en").languages.items()}


def joined(texts: Sequence[str]) -> str:
    """Return texts as one, with an empty line between those that are not empty."""
    return "\n\n".join(filter(None, texts))
