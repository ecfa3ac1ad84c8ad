"""A built site on the disk, whichever engine has built it."""

from __future__ import annotations

from pathlib import Path

from mkdocs_impldays.checks.built import built_problems
from mkdocs_impldays.problems import Problem


def folder_problems(
    folder: Path,
    *,
    site_url: str | None = None,
    button_of: str | None = None,
    raw: str = "",
) -> list[Problem]:
    """Give what is wrong with the built pages of a folder; the rest is as for `built_problems`."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path for path in paths}
    pages = {
        name: path.read_text("utf-8", "replace")
        for name, path in files.items()
        if name.endswith(".html")
    }
    found = built_problems(pages, files=files, site_url=site_url, button_of=button_of, raw=raw)
    return list(found)
