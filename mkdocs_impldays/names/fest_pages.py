"""Which fest a page is about, and the page that each fest has for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import PureWindowsPath

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.problems import Problem, guess, quoted

FOLDER = "fests"
"""The folder of those pages below `docs/`, and so of their addresses."""


def fest_of_page(
    meta: Mapping[str, object], fests: Mapping[str, Fest], *, path: str, line: int | None
) -> tuple[Fest | None, list[Problem]]:
    """Give the fest that a page's front matter asks for; `None` where it asks for none.

    `line` is that of `fest:` in the file at `path`. A fest file's path is as good as its id.
    """
    if "fest" not in meta:
        return None, []
    typed = "" if isinstance(meta["fest"], list | dict) else str(meta["fest"] or "")
    name = PureWindowsPath(typed).name  # which knows both kinds of slashes
    fest = fests.get(name.removesuffix(".yml").removesuffix(".yaml"))
    if fest is not None:
        return fest, []
    advice = guess(name, fests) or f" Write one of: {', '.join(fests)}."
    message = f"fest: {quoted(typed)} is no fest of this site.{advice}"
    return None, [Problem(path, line, message)]


def source_of(fest: Fest) -> str:
    """Give the path, below `docs/`, of the file that holds a fest's own page."""
    return f"{FOLDER}/{fest.id}.md"


def page_text(fest: Fest) -> str:
    """Give the whole file of a fest's page, for a fest whose organiser wrote none.

    It holds no fact and no word of its own, so that it is true at every time in every language.
    """
    text = files("mkdocs_impldays.names").joinpath("fest.md").read_text("utf-8")
    return text.replace("FEST", fest.id)


def pages_of(fests: Iterable[Fest], addresses: Mapping[str, str]) -> dict[str, str]:
    """Give the addresses of the fests' own pages, by the fests' ids.

    `addresses` are those of all pages from the site's root, by their files below `docs/`.
    """
    return {
        fest.id: f"/{addresses[source_of(fest)]}" for fest in fests if source_of(fest) in addresses
    }
