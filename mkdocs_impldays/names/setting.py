"""Where and when a site is built: what macros and tags need to know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs_impldays.pages.alternatives import View


@dataclass(frozen=True)
class Setting:
    """Where and when a site is built."""

    view: View
    """The moment it is built for, and whether it is for a look at any other."""
    site_url: str | None
    """Its public address, if it is known."""
    folders: Sequence[str]
    """The folders of the theme's templates, the site's own first."""
    link_class: str
    """The classes that make a link a button in the site's theme."""
    root: str = ""
    """The folder of the language below the site's root, like `fr/`."""
