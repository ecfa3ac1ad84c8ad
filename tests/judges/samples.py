"""The fests that every judge sees: the real ones, and those that are made to be difficult."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

SITE = "https://fests.rustfest.eu/all/"
STAMP = datetime(2018, 4, 18, 10, 30, tzinfo=UTC)


def read_fest(path: Path) -> Fest:
    """Read a fest file of the tests; a mistake in it is a mistake of the test."""
    shown = f"fests/{path.name}"
    fest, problems = load_fest(path.read_bytes(), path=shown, fest_id=path.stem)
    assert fest is not None, "\n".join(map(str, problems))
    return fest


PATHS = {
    path.stem: path for folder in (ROOT / "fests", HERE / "fests") for path in folder.glob("*.yml")
}
FESTS = {name: read_fest(path) for name, path in sorted(PATHS.items())}
STAMPS = dict.fromkeys(FESTS, STAMP)
