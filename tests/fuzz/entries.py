"""The places where users' files come in: each entry takes any bytes and returns nothing.

Whatever the bytes are, what is wrong with them must come back as problems. An exception is a
finding, and so are too much time, a line that is not in the file, and the text of a Python object
in what a site would publish.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from html import unescape
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.programme.model import Programme
from mkdocs_impldays.fest.programme.reader import read_programme
from mkdocs_impldays.importers.site import import_site
from mkdocs_impldays.names.sessions import page_texts
from mkdocs_impldays.output.frab import FrabSchedule
from mkdocs_impldays.problems import Problem
from mkdocs_impldays.site import Site, SiteOptions, read_site
from tests.fests import ROOT
from tests.rendering import rendered

MOST_SECONDS = 5.0
"""The most time for one input, in seconds of the processor."""

FILE_MARK = ">>> "
"""How a line begins that names the next file of a site to import."""

_MOMENT = datetime(2018, 5, 28, 10, tzinfo=UTC)

_ZONE = ZoneInfo("Europe/Lisbon")

_OBJECT = re.compile(
    r"<[\w.]+ object at 0x|<(?:bound method|built-in (?:function|method)|class|function|module) "
    r"|<generator object "
    r"|\b(?:Block|Facts|Inline|Macro|Markup|OrderedDict|PosixPath|Undefined|Unknown|"
    r"datetime\.\w+|dict_\w+|frozenset|mappingproxy|range|zoneinfo\.ZoneInfo)\("
)
"""How the text of Python's objects, and of ours, begins."""

_OPTIONS = SiteOptions(
    name="Fests",
    url="https://fests.example/all/",
    template_folders=[str(ROOT / "mkdocs_impldays/theme")],
)
_MOST_PAGES = 5
"""How many pages of sessions and speakers are made of one programme."""

_FEST_FILE = "fests/a-fest.yml"

_PAGE = """\
{{ fest }} {{ fest.dates }} {{ fest.start | dates }} {{ site.city }} {{ rsvp_button() }}
{% for event in events %}{{ event }} {{ event.days }} {{ event.venue }}{% endfor %}
{{ schedule() }} {{ venue() }} {{ fests_list() }} {{ calendar_links() }}
{{ schedule_filter() }} {{ now_and_next() }} {{ sponsors() }} {{ team() }} {{ links() }}
{{ tickets() }} {{ contacts() }} {{ live() }} {{ speakers() }} {{ deadlines() }} {{ calls() }}
"""


class FindingError(AssertionError):
    """What an entry found."""


@cache
def site_of_fests(*, is_preview: bool) -> Site:
    """Return the site of this repository, on the first of the impl Days of Paris."""
    options = _OPTIONS._replace(is_preview=is_preview)
    site, _ = read_site(
        ROOT, where="fests", fest_id="paris-2018", now=None, clock=_MOMENT, options=options
    )
    return site


def fest(data: bytes) -> None:
    """Load a fest file; if it has no error, render a page and write the files of its fest."""
    _load({_FEST_FILE: data}, typed=data)


def fest_and_programme(data: bytes) -> None:
    """Load a fest file and the programme files that it names, and the pages of its sessions.

    Lines that begin with `FILE_MARK` name the programme files.
    """
    files = files_in(data, first="a-fest.yml")
    _load({f"fests/{path}": raw for path, raw in files.items()}, typed=data)


def _load(files: Mapping[str, bytes], *, typed: bytes) -> None:
    raw = files.get(_FEST_FILE, b"")
    found, problems = load_fest(raw, path=_FEST_FILE, fest_id="a-fest", files=files)
    check_problems(problems, files)
    errors = [each for each in problems if each.severity == "error"]
    if (found is None) != bool(errors):
        raise FindingError(f"a fest and its errors at once, or neither: {errors}")
    if found is not None:
        _check_fest(found, files, typed=typed)


def _check_fest(found: Fest, files: Mapping[str, bytes], *, typed: bytes) -> None:
    moment = found.start or _MOMENT
    site = Site(
        {found.id: found},
        found,
        moment,
        is_moment_set=False,
        sources={path: files[path] for path in found.paths},
        options=_OPTIONS,
    )
    pages = {"a.md": _PAGE.encode()}
    for source, text in [*page_texts([found], has_sessions=True).items()][:_MOST_PAGES]:
        pages[source] = text.encode()
    for done in rendered(site, pages).values():
        check_problems(done.problems, {**files, **pages})
        check_text(done.html, typed)
        check_text(done.head, typed)
    for name, raw in site.context().files(stamps={found.id: _MOMENT}).items():
        if not raw.startswith(b"\x89PNG"):
            check_text(raw.decode(), typed)
        if name.endswith(".xml"):
            ET.fromstring(raw)


def page(data: bytes) -> None:
    """Render a page and turn it into HTML."""
    _check_page(site_of_fests(is_preview=len(data) % 2 == 1), data, typed=data)


def front_matter(data: bytes) -> None:
    """Render a page whose front matter is the bytes."""
    data = b"---\n" + data + b"\n---\n\n{{ page.title }} {{ page.a }} {{ page }}\n"
    _check_page(site_of_fests(is_preview=False), data, typed=data)


def _check_page(site: Site, data: bytes, *, typed: bytes) -> None:
    """Take a page through all that a build does with it."""
    done = rendered(site, {"a.md": data})["a.md"]
    check_problems(done.problems, {"docs/a.md": data})
    check_text(done.html, typed)
    check_text(done.head, typed)


def imported(data: bytes) -> None:
    """Import a Jekyll site: lines that begin with `FILE_MARK` name its files."""
    files = files_in(data)
    done, problems = import_site(files, given={"city": "Oslo", "country": "NO"})
    check_problems(problems, files)
    if not done.files and not any(each.severity == "error" for each in problems):
        raise FindingError(f"nothing was imported, without a problem: {problems}")
    for path, raw in done.files.items():
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            raise FindingError(f"a file outside the folder: {path!r}")
        if path.startswith("fests/"):
            fest(raw)
        if raw not in files.values():
            check_text(raw.decode(), data)


def programme(data: bytes) -> None:
    """Read a programme; if it can be read, write it as frab and read that again."""
    found, problems = read_programme(data, path="a.json", zone=_ZONE)
    check_problems(problems, {"a.json": data})
    if found is None:
        if [each.severity for each in problems] != ["error"]:
            raise FindingError(f"no programme, and not one error: {problems}")
        return
    schedule = FrabSchedule(found, acronym="a-fest", zone=_ZONE, site_url=None)
    for raw in (schedule.as_json(), schedule.as_xml()):
        again, _ = read_programme(raw, path="a.json", zone=_ZONE)
        if again is None or _sessions(again) != _sessions(found):
            raise FindingError(f"it came back as another: {raw!r}")


def _sessions(found: Programme) -> list[str]:
    """Return what sessions are, without ids: some files have none that can be written."""
    names = {speaker.id: speaker.name for speaker in found.speakers}
    lines = (
        (
            session.start.isoformat(),
            session.end and session.end.isoformat(),
            *(session.what[:400], session.subtitle, session.room, session.track, session.status),
            *(session.kind, session.language, session.about[:10_000], session.url, session.links),
            *(session.slides, session.recording, session.stream),
            *(names[key] for key in session.speakers),
        )
        for session in found.sessions
    )
    return sorted(map(repr, lines))


def files_in(data: bytes, *, first: str = "_config.yml") -> dict[str, bytes]:
    """Return the files of a site to import, by their paths; what names no file is the `first`."""
    files: dict[str, bytes] = {}
    path = first
    for line in data.splitlines(keepends=True):
        if line.startswith(FILE_MARK.encode()):
            name = PurePosixPath("/", line[len(FILE_MARK) :].decode("utf-8", "replace").strip())
            path = "/".join(part for part in name.parts[1:] if part != "..") or first
        files[path] = files.get(path, b"") + (b"" if line.startswith(FILE_MARK.encode()) else line)
    return files


def check_problems(problems: Iterable[Problem], files: Mapping[str, bytes]) -> None:
    """Look for a problem without words, or in a line that its file does not have."""
    for each in problems:
        if not each.message.strip() or "\n" in str(each):
            raise FindingError(f"a problem is not one line: {str(each)!r}")
        lines = len(re.split(rb"\r\n|\r|\n", files.get(each.path, b"")))
        if each.line is not None and each.path in files and not 1 <= each.line <= lines:
            raise FindingError(f"a problem in a line that its file does not have: {each}")


def check_text(text: str, typed: bytes) -> None:
    """Look for the text of objects that is not in the input itself."""
    for match in _OBJECT.finditer(unescape(text)):
        if match[0] not in unescape(typed.decode("utf-8", "replace")):
            start = max(0, match.start() - 40)
            raise FindingError(f"an object is printed: {text[start : match.end() + 40]!r}")


def _timed(entry: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def timed(data: bytes) -> None:
        start = time.thread_time()
        entry(data)
        if (seconds := time.thread_time() - start) > MOST_SECONDS:
            raise FindingError(f"{seconds:.1f} seconds for one input")

    return timed


ENTRIES: Mapping[str, Callable[[bytes], None]] = {
    "fest": _timed(fest),
    "page": _timed(page),
    "front-matter": _timed(front_matter),
    "import": _timed(imported),
    "programme": _timed(programme),
    "fest-and-programme": _timed(fest_and_programme),
}
"""The entries, by the names that `python -m tests.fuzz` knows them by."""
