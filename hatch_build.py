"""Minifies style sheets and scripts in wheels; in an editable install they stay as they are."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from rcssmin import cssmin
from rjsmin import jsmin

_MINIFY = {".css": cssmin, ".js": jsmin}


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
                copy.write_text(minify(file.read_text("utf-8")), "utf-8")
                build_data["force_include"][str(copy)] = path.as_posix()
