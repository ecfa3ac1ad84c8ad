"""What every calendar file must pass: byte rules, libical in two ways, and ical.js."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.judges.programs import HERE, need, need_npm, run

_TEXT = re.compile(rb"(?m)^(?:SUMMARY|DESCRIPTION|LOCATION|NAME|X-WR-CALNAME|TZNAME)[:;][^\n]*")
_ESCAPE = re.compile(rb"\\\\|\\[;,nN]")


def byte_faults(data: bytes) -> list[str]:
    """Check what parsers forgive: line ends, lengths, characters, no mark at the beginning."""
    faults = []
    if data.startswith(b"\xef\xbb\xbf"):
        faults.append("begins with a byte order mark")
    if not data.endswith(b"\r\n"):
        faults.append("does not end with CRLF")
    for number, line in enumerate(data.split(b"\r\n"), 1):
        if b"\n" in line or b"\r" in line:
            faults.append(f"line {number}: a bare CR or LF")
        if len(line) > 75:
            faults.append(f"line {number}: {len(line)} octets")
        try:
            line.decode()
        except UnicodeDecodeError:
            faults.append(f"line {number}: broken UTF-8")
    texts = _TEXT.findall(data.replace(b"\r\n ", b""))
    unescaped = [text for text in texts if re.search(rb"[\\,;]", _ESCAPE.sub(b"", text))]
    return faults + [f"a text with a sign that is not escaped: {text!r}" for text in unescaped]


def libical_faults(data: bytes, program: Path, folder: Path) -> list[str]:
    """Let libical check a file as it is, and as if published, which it checks more strictly."""
    begin = b"\r\nBEGIN:VEVENT\r\n"
    published = data.replace(begin, begin + b"ORGANIZER:mailto:a@b.eu\r\n")
    published = published.replace(b"\r\nVERSION:", b"\r\nMETHOD:PUBLISH\r\nVERSION:", 1)
    paths = [folder / "as-it-is.ics", folder / "published.ics"]
    for path, content in zip(paths, (data, published), strict=True):
        path.write_bytes(content)
    return run(program, *paths).stdout.splitlines()


def as_ical_js_reads(files: Mapping[str, bytes], folder: Path) -> dict[str, Any]:
    """Let ical.js read files, by their names."""
    need_npm("ical.js")
    paths = []
    for number, content in enumerate(files.values()):
        paths.append(folder / f"{number}.ics")
        paths[-1].write_bytes(content)
    done = run(need("node"), HERE / "ical.mjs", *paths)
    assert done.returncode == 0, done.stderr
    return dict(zip(files, json.loads(done.stdout), strict=True))
