"""Add our templates, styles and scripts to the theme."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.localization import parse_locale

from mkdocs_impldays.head import STYLES

_BUTTON_CLASSES = {"mkdocs": "btn btn-primary", "readthedocs": "btn btn-neutral"}
"""The CSS classes of buttons in MkDocs' own themes."""


def ship_theme(config: MkDocsConfig, *, is_preview: bool) -> None:
    """Add our templates, styles and scripts, after the site's own and before the theme's.

    A second call, as for a site in several languages, does nothing.
    """
    folders = ["theme", "preview"] if is_preview else ["theme"]
    folders += ["material"] if config.theme.name == "material" else []
    ours = [str(files("mkdocs_impldays") / name) for name in folders]
    if ours[0] in config.theme.dirs:
        return
    first = 1 if config.theme.custom_dir else 0
    config.theme.dirs[first:first] = ours
    config.extra_css[:0] = STYLES  # before the site's own, which override them
    config.theme.static_templates.add(STYLES[-1])  # it has the colours of the fests


def set_theme_language(config: MkDocsConfig, language: str) -> None:
    """Set the theme's language, with or without its region, if the theme has a translation."""
    tags = [language, language.partition("-")[0]]
    for folder in config.theme.dirs:
        for tag in tags:
            if Path(folder, "partials/languages", f"{tag}.html").is_file():
                config.theme["language"] = tag
                return
            if Path(folder, "locales", tag.replace("-", "_")).is_dir():
                config.theme["locale"] = parse_locale(tag.replace("-", "_"))
                return


def link_class(config: MkDocsConfig) -> str:
    """Return the CSS classes of buttons: those of the Jekyll sites, and those of the theme."""
    of_theme = _BUTTON_CLASSES.get(config.theme.name or "", "md-button md-button--primary")
    return f"button primary {of_theme}"


_OWN_TEMPLATES = str(files("mkdocs_impldays") / "theme")


def template_finder(config: MkDocsConfig) -> Callable[[str, str], bool]:
    """Return a function that returns whether a page may use a template, by its key.

    `template` may be any of the theme's, `layout`, which is Jekyll's, only the site's or ours.
    """
    own = [config.theme.custom_dir, _OWN_TEMPLATES]

    def has_template(name: str, key: str) -> bool:
        folders = filter(None, own) if key == "layout" else config.theme.dirs
        return "\0" not in name and any(Path(folder, name).is_file() for folder in folders)

    return has_template
