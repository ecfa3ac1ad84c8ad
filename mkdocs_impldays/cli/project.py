"""The project that a command is typed in: its mkdocs.yml, and what a new fest needs of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs_impldays.problems import Problem, quoted

_NAMES = ("mkdocs.yml", "mkdocs.yaml")
"""The files that MkDocs looks for, in its order."""


def config_in(folder: Path) -> Path | None:
    """Give the file by which a folder is a project of MkDocs, if it is one."""
    return next((folder / name for name in _NAMES if (folder / name).is_file()), None)


def hints_about(config: Path) -> Iterator[Problem]:
    """Tell why the pages of a project would not show the fest that is on or comes next."""
    text = config.read_text("utf-8", "replace")
    if "impldays" not in text:
        message = "does not name the plugin. Write “- impldays: {fests: fests/}” below “plugins:”."
        yield Problem(config.name, None, message, "hint")
    if (folder := _option("fests", text)) and folder[1].strip("./") != "fests":
        message = (
            f"fests: {quoted(folder[1])} is where fest files are read. Move the new one there."
        )
        yield Problem(config.name, _line(folder), message, "hint")
    if chosen := _option("fest", text):
        what = "Delete it" if folder else "Write “fests: fests/” for it"
        message = f"fest: {quoted(chosen[1])} is the one that pages show. {what}, and they show"
        what_then = f"{message} the one that is on or comes next."
        yield Problem(config.name, _line(chosen), what_then, "hint")


def _option(name: str, text: str) -> re.Match[str] | None:
    """Find an option of the plugin in a configuration that nobody has to be able to read whole."""
    return re.search(rf"^[^#\n]*\b{name}:\s*([\w./-]+)", text, re.MULTILINE)


def _line(found: re.Match[str]) -> int:
    return found.string.count("\n", 0, found.start(1)) + 1
