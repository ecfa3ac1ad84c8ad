"""What the schedule of a large conference weighs on its page."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.sessions import programme_of, session_source
from mkdocs_impldays.site import Site, SiteOptions
from tests.fests import HEAD, ROOT, fest_of

SESSIONS = 300
MOST_BYTES = 20_000
"""Of a schedule of so many sessions with its filter, as sent with gzip."""

_TEXT = """
async await borrow build cache cargo channel closure compile crate debug derive drop embed enum
error ferris future generic heap impl index iterate kernel lifetime linker loop macro match memory
module mutex network option panic parse pattern pin pointer print queue reduce release result safe
scope send slice stack static stream string struct sync tensor test thread trait tuple type unsafe
unwrap update vector verify wasm window yield zero
"""


def _large() -> Fest:
    """Return a fest of four days with 25 times and three rooms, and as many titles and speakers."""
    chance, words = Random(1), _TEXT.split()

    def title(count: int) -> str:
        return " ".join(chance.choice(words) for _ in range(count)).capitalize()

    people = [f"{title(1)} {title(1)}" for _ in range(150)]
    speakers = "".join(f"  s{n}: {{name: {name}}}\n" for n, name in enumerate(people))
    days = ""
    for day in range(4):
        days += f"      - date: 2027-06-{7 + day:02}\n        agenda:\n"
        for slot in range(25):
            for room in "abc":
                days += (
                    f"          - {{at: '{9 + slot // 3:02}:{slot % 3 * 20:02}', for: 20 min,"
                    f" what: {title(5)}, room: {room}, track: {chance.choice(['x', 'y', 'z'])},"
                    f" speakers: [s{chance.randrange(150)}], kind: talk, language: en}}\n"
                )
    return fest_of(
        f"{HEAD}venues: {{hall: {{name: Hall, rooms: {{a: {{name: Main hall}}, b: {{name: Attic}},"
        f" c: {{name: Garden room}}}}}}}}\ntracks: {{x: {{name: Language}}, y: {{name: Tools}},"
        f" z: {{name: Community}}}}\nspeakers:\n{speakers}events:\n  talks:\n    title: Talks\n"
        f"    venue: hall\n    days:\n{days}"
    )


def test_the_schedule_of_a_large_conference_is_light(
    record_property: Callable[[str, object], None],
) -> None:
    fest = _large()
    names = [session.id for session in programme_of(fest).sessions]
    assert len(names) == SESSIONS
    options = SiteOptions(template_folders=[str(ROOT / "mkdocs_impldays/theme")])
    moment = datetime(2027, 6, 1, tzinfo=UTC)  # so that every now and next is still to come
    site = Site({fest.id: fest}, fest, moment, is_moment_set=False, sources={}, options=options)
    sources = [session_source(fest, name) for name in names]
    pages = {source: f"{source.removesuffix('.md')}/" for source in sources}
    macros = site.with_pages(pages).context().macros.programme
    html = f"{macros.schedule_filter()}{macros.schedule()}"
    assert html.count('<a href="/fests/a-fest/sessions/') == SESSIONS
    size = len(gzip.compress(html.encode(), mtime=0))
    record_property(
        "figure", f"A schedule of {SESSIONS} sessions with its filter: {size} bytes with gzip"
    )
    assert size <= MOST_BYTES
