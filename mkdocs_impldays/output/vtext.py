"""Text as calendars want it: with escapes (RFC 5545 §3.3.11)."""

from __future__ import annotations

import re

import icalendar


class Text(icalendar.vText):
    r"""Text that is written as it is; icalendar 7.3 takes a typed `\N` for a line break."""

    def to_ical(self) -> bytes:
        r"""Put `\` before what means something in a calendar, and `\n` for line breaks."""
        return re.sub(r"[\\;,]", r"\\\g<0>", str(self)).replace("\n", "\\n").encode()
