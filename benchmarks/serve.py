"""Runs `mkdocs serve` on a site, edits it in place of a user, and prints what rebuilds take."""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path
from statistics import median

from mkdocs.commands.serve import serve
from mkdocs.livereload import LiveReloadServer
from sites import edit

_EDITS = 3
"""How often each is edited; the first rebuild after each is not measured."""


def rebuild(server: LiveReloadServer, *, folder: Path, variant: str) -> dict[str, float]:
    """Return the median CPU seconds of a rebuild, by what was edited."""
    took: dict[str, list[float]] = {"page": [], "facts": []}
    for number in range(_EDITS):
        for what, times in took.items():
            edit(folder, variant, what, number=number)
            start = time.process_time()
            server.builder()
            times.append(time.process_time() - start)
    return {what: median(times[1:]) for what, times in took.items()}


def main(folder: Path, variant: str) -> None:
    """Serve a site, but in place of waiting for a browser and for edits, make them."""
    logging.disable(logging.WARNING)

    def run(server: LiveReloadServer, **_: object) -> None:
        json.dump(rebuild(server, folder=folder, variant=variant), sys.stdout)

    LiveReloadServer.serve = run  # type: ignore[method-assign, assignment]
    LiveReloadServer.shutdown = lambda *_, **__: None  # type: ignore[method-assign]
    serve(str(folder / "mkdocs.yml"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
