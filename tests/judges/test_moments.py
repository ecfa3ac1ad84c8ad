"""What Python writes for a part of a page, and what the script then shows, at any moment."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_impldays.fest.time import Span
from mkdocs_impldays.pages.timed import View, shown
from tests.fests import ROOT
from tests.judges.programs import HERE, need, run

SCRIPT = ROOT / "mkdocs_impldays/theme/assets/impldays/impldays.js"
PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2018, 10, 28, 12, tzinfo=UTC)
"""On the day when an hour came twice in Paris."""

MOMENTS = st.integers(-24, 24).map(lambda hours: (NOON + timedelta(hours=hours)).astimezone(PARIS))
SPANS = st.builds(Span, st.just(True), st.none() | MOMENTS, st.none() | MOMENTS)


class Case(NamedTuple):
    """Parts of a page that is built at one moment and visited at a later one, or at any other."""

    parts: list[list[Span[bool]]]
    built: datetime
    wait: timedelta
    is_preview: bool

    @property
    def visited(self) -> datetime:
        return (self.built.astimezone(UTC) + self.wait).astimezone(PARIS)


CASES = st.builds(
    Case,
    st.lists(st.lists(SPANS, max_size=4), min_size=1, max_size=4),
    MOMENTS,
    st.integers(0, 48).map(lambda hours: timedelta(hours=hours)),
    st.booleans(),
)


def holds(spans: Sequence[Span[bool]], moment: datetime) -> bool:
    """Return whether any span holds; one that ends before it begins never does."""
    return any(span.holds(moment) for span in spans)


def read(html: str) -> dict[str, object]:
    """Read the attributes as a browser does."""
    found: dict[str, object] = {"from": None, "until": None, "hidden": " hidden" in html}
    return found | dict(re.findall(r' data-(from|until)="([^"]*)"', html))


def script_shows(cases: Sequence[Case], folder: Path) -> list[list[bool]]:
    """Return which of the parts that are still on the page the script shows to the visitor."""
    told = []
    for case in cases:
        view = View(case.built, is_preview=case.is_preview)
        written = [shown(spans, view) for spans in case.parts]
        parts = [read(html) for html in written if html is not None]
        told.append({"now": case.visited.isoformat(), "parts": parts})
    (folder / "cases.json").write_text(json.dumps(told), encoding="utf-8")
    done = run(need("node"), HERE / "moments.mjs", SCRIPT, folder / "cases.json")
    assert done.returncode == 0, done.stderr
    shows: list[list[bool]] = json.loads(done.stdout)
    return shows


@given(st.lists(CASES, min_size=30, max_size=60))
@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
def test_the_script_shows_what_python_means(tmp_path: Path, cases: list[Case]) -> None:
    for case, shows in zip(cases, script_shows(cases, tmp_path), strict=True):
        view = View(case.built, is_preview=case.is_preview)
        kept = [spans for spans in case.parts if shown(spans, view) is not None]
        gone = [spans for spans in case.parts if shown(spans, view) is None]
        assert shows == [holds(spans, case.visited) for spans in kept]
        assert not any(holds(spans, case.visited) for spans in gone)


@given(CASES)
def test_what_is_built_shows_the_moment_of_the_build(case: Case) -> None:
    view = View(case.built, is_preview=case.is_preview)
    for spans in case.parts:
        html = shown(spans, view)
        is_shown = html is not None and " hidden" not in html
        assert is_shown == holds(spans, case.built)
