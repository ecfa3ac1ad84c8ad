"""Keep a small event's website up to date from one YAML file and the clock: a MkDocs plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_impldays.zensical.extension import ImplDaysExtension


def makeExtension(**options: object) -> ImplDaysExtension:  # noqa: N802 - Markdown's name
    """Return the Markdown extension that `markdown_extensions: [mkdocs_impldays]` loads."""
    from mkdocs_impldays.zensical.extension import (  # noqa: PLC0415 - only for Zensical
        ImplDaysExtension,
    )

    return ImplDaysExtension(options)
