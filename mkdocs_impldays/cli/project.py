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
    elif chosen := re.search(r"^[^#\n]*\bfest:\s*([\w./-]+)", text, re.MULTILINE):
        line = text.count("\n", 0, chosen.start(1)) + 1
        what = "Delete it" if re.search(r"\bfests:", text) else "Write “fests: fests/” for it"
        message = f"fest: {quoted(chosen[1])} is the one that pages show. {what}, and they show"
        yield Problem(config.name, line, f"{message} the one that is on or comes next.", "hint")
