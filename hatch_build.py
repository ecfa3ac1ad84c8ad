"""Minifies style sheets and scripts in wheels; in an editable install they stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from rcssmin import cssmin
from rjsmin import jsmin

_MINIFY = {".css": cssmin, ".js": jsmin}
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_MARKS = ("{{", "{%", "{#")
"""What begins something of Jinja: one style sheet is a template."""


class MinifyHook(BuildHookInterface):
    """Puts minified copies in the place of the package's style sheets and scripts."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the copies; `version` is `editable` where files are used from where they are."""
        if version == "editable":
            return
        self._folder = TemporaryDirectory()  # deleted with the hook, after the wheel is written
        root = Path(self.root)
        for file in sorted((root / "mkdocs_impldays").rglob("*")):
            if minify := _MINIFY.get(file.suffix):
                path = file.relative_to(root)
                copy = Path(self._folder.name, path)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text(_minified(file, minify), "utf-8")
                build_data["force_include"][str(copy)] = path.as_posix()


def _minified(file: Path, minify: Callable[[str], str]) -> str:
    """Return the text of a file, minified; the same is of Jinja in it as before.

    Minifying joins a brace of CSS to one of Jinja that follows it, which would mean another thing.
    """
    text = file.read_text("utf-8")
    if file.suffix == ".css":
        text = _COMMENT.sub("", text)
    done = minify(text)
    if file.suffix == ".css" and any(done.count(mark) != text.count(mark) for mark in _MARKS):
        message = f"{file.name}: minifying changes what Jinja reads. Write it in another way."
        raise ValueError(message)
    return done
