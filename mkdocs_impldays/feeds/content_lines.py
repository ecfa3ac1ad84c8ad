"""Content lines, of which an iCalendar file is made (RFC 5545 §3.1)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_LONGEST = 74
"""Octets of a line without its end; RFC 5545 §3.1 allows one more."""

_SPECIAL = re.compile(r"[\\;,]")
_END = b"\r\n"


def component(name: str, *lines: bytes) -> bytes:
    """Give a component with its content lines and the components in it."""
    return b"".join([content_line("BEGIN", name), *lines, content_line("END", name)])


def content_line(name: str, value: str) -> bytes:
    """Give one property, folded into lines that no program finds too long.

    `name` may have parameters. No line ends within a character or an escape.
    """
    rest = f"{name}:{value}".encode()
    parts = []
    while len(rest) > _LONGEST:
        end = _LONGEST
        while rest[end] & 0b1100_0000 == 0b1000_0000:  # UTF-8 goes on there
            end -= 1
        if rest[end - 1 : end] == b"\\":
            end -= 1
        parts.append(rest[:end])
        rest = rest[end:]
    return b"\r\n ".join([*parts, rest]) + _END


def text(value: str) -> str:
    r"""Put `\` before what means something in a calendar, and `\n` for line breaks (§3.3.11)."""
    return _SPECIAL.sub(r"\\\g<0>", value).replace("\n", "\\n")


def date_time(moment: datetime) -> str:
    """Give what the clocks show at a moment, without their zone (§3.3.5)."""
    return f"{moment:%Y%m%dT%H%M%S}"


def in_utc(moment: datetime) -> str:
    """Give an aware moment in UTC, in whole seconds (§3.3.5)."""
    return date_time(moment.astimezone(UTC)) + "Z"


def when(name: str, on: date) -> bytes:
    """Give a property that is a day, or an aware moment with its zone (§3.3.4, §3.3.5)."""
    if not isinstance(on, datetime):
        return content_line(f"{name};VALUE=DATE", f"{on:%Y%m%d}")
    zone = str(on.tzinfo)
    if zone == "UTC":
        return content_line(name, in_utc(on))
    return content_line(f"{name};TZID={zone}", date_time(on))
