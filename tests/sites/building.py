"""Small sites, written from a text and built as `mkdocs` builds them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, BuildError

from tests import engine
from tests.fests import ROOT

_ALL_OF_PARIS = (ROOT / "fests/paris-2018.yml").read_text("utf-8")
PARIS = _ALL_OF_PARIS[: _ALL_OF_PARIS.index("  sponsors:")].replace(
    "    page: /about_impl_days/\n", ""
)
"""The fest of Paris, without the page and the facts that small sites do not have."""


@dataclass(frozen=True)
class Built:
    """What came of a build."""

    folder: Path
    """The folder of mkdocs.yml."""
    lines: tuple[str, ...]
    """The warnings and errors, each a line, as the organiser reads them."""
    stopped: bool
    """Whether the build ended with exit code 1."""

    def page(self, address: str = "index.html") -> str:
        """Return the text of a file of the site."""
        return (self.folder / "site" / address).read_text("utf-8")

    def body(self, address: str = "index.html") -> str:
        """Return what stands on a page of the `mkdocs` theme between its header and footer."""
        page = self.page(address)
        return page.split('role="main">')[1].split("<footer")[0].strip()


def skipped_headings(page: str) -> list[tuple[int, int]]:
    """Return each pair of headings that leaves out a level, as h1 and h3; 0 is a missing h1."""
    levels = [int(level) for level in re.findall(r"<h([1-6])[\s>]", page)]
    return [(one, other) for one, other in pairwise([0, *levels]) if other > one + 1]


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def site(
    folder: Path,
    files: Mapping[str, str | bytes],
    *,
    fest: str = PARIS,
    options: Mapping[str, object] | None = None,
    **config: object,
) -> Path:
    """Write a site with the fest of Paris; `files` are added or take the place of its own."""
    settings = {
        "site_name": "impl Days",
        "site_url": "https://impldays.test/",
        "theme": {"name": "mkdocs"},
        "plugins": ["search", {"impldays": {"fest": "fests/paris-2018.yml", **(options or {})}}],
        **config,
    }
    whole = {
        "mkdocs.yml": yaml.safe_dump(settings),
        "fests/paris-2018.yml": fest,
        "docs/index.md": "# Home\n",
    }
    write(folder, {**whole, **files})
    return folder


Command = Literal["build", "gh-deploy", "serve"]


def built(
    folder: Path, *, command: Command = "build", strict: bool = False, dirty: bool = False
) -> Built:
    """Build a site as `mkdocs build` does, or as another command does before its own work."""
    config = load_config(str(folder / "mkdocs.yml"), strict=strict)
    with heard() as lines:
        stopped = False
        config.plugins.on_startup(command=command, dirty=dirty)
        try:
            build(config, dirty=dirty)
        except (Abort, BuildError):
            stopped = True
        finally:
            config.plugins.on_shutdown()
    return Built(folder, tuple(line for line in lines if SET_MOMENT not in line), stopped)


SET_MOMENT = "the moment is set to"
"""What a warning says that most tests with a moment of their own need not hear."""


@contextmanager
def heard() -> Iterator[list[str]]:
    """Hear the warnings and errors of what is done meanwhile, each a line."""
    lines: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: lines.extend(  # type: ignore[method-assign]
        record.getMessage().removeprefix("impldays: ").splitlines()
    )
    logger = logging.getLogger(engine.NAME)
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
