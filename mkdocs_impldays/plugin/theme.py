"""What we bring to the site's theme: templates, styles and scripts, and names for templates."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_impldays.head import STYLES
from mkdocs_impldays.pages.facts import for_html
from mkdocs_impldays.vocabulary.whole import Vocabulary

_BUTTON_CLASSES = {"mkdocs": "btn btn-primary", "readthedocs": "btn btn-neutral"}
"""What makes a link a button in MkDocs' own themes."""


def ship_theme(config: MkDocsConfig, *, is_preview: bool) -> None:
    """Put our templates, styles and scripts behind the site's own and before the theme's."""
    folders = ["theme", "preview"] if is_preview else ["theme"]
    first = 1 if config.theme.custom_dir else 0
    config.theme.dirs[first:first] = [str(files("mkdocs_impldays") / name) for name in folders]
    config.extra_css[:0] = STYLES  # before the site's own, which win
    config.theme.static_templates.add(STYLES[-1])  # it holds the colours of the fests


def link_class(config: MkDocsConfig) -> str:
    """Give the classes that make a link a button: the Jekyll sites' and the theme's."""
    of_theme = _BUTTON_CLASSES.get(config.theme.name or "", "md-button md-button--primary")
    return f"button primary {of_theme}"


def template_finder(config: MkDocsConfig) -> Callable[[str], bool]:
    """Give what tells whether the theme has a template of a name."""
    return lambda name: any(Path(folder, name).is_file() for folder in config.theme.dirs)


def in_templates(vocabulary: Vocabulary) -> dict[str, object]:
    """Give the names that templates may use, ready for an engine that escapes nothing."""
    return {name: for_html(fact) for name, fact in vocabulary.in_templates.items()}
