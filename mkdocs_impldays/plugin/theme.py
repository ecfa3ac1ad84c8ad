"""What we bring to the site's theme: templates, styles and scripts."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.localization import parse_locale

from mkdocs_impldays.head import STYLES

_BUTTON_CLASSES = {"mkdocs": "btn btn-primary", "readthedocs": "btn btn-neutral"}
"""What makes a link a button in MkDocs' own themes."""


def ship_theme(config: MkDocsConfig, *, is_preview: bool) -> None:
    """Put our templates, styles and scripts after the site's own and before the theme's.

    A second time, as for a site in several languages, does nothing.
    """
    folders = ["theme", "preview"] if is_preview else ["theme"]
    folders += ["material"] if config.theme.name == "material" else []
    ours = [str(files("mkdocs_impldays") / name) for name in folders]
    if ours[0] in config.theme.dirs:
        return
    first = 1 if config.theme.custom_dir else 0
    config.theme.dirs[first:first] = ours
    config.extra_css[:0] = STYLES  # before the site's own, which win
    config.theme.static_templates.add(STYLES[-1])  # it holds the colours of the fests


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
    """Return the classes that make a link a button: the Jekyll sites' and the theme's."""
    of_theme = _BUTTON_CLASSES.get(config.theme.name or "", "md-button md-button--primary")
    return f"button primary {of_theme}"


_OWN_TEMPLATES = str(files("mkdocs_impldays") / "theme")


def template_finder(config: MkDocsConfig) -> Callable[[str, str], bool]:
    """Return a function that says whether a page may use a template, by the key that names it.

    `template` may name any of the theme's. A `layout` was written for Jekyll: a template of the
    theme that happens to have the same name is not meant, only one of the site's or of ours.
    """
    own = [config.theme.custom_dir, _OWN_TEMPLATES]

    def has_template(name: str, key: str) -> bool:
        folders = filter(None, own) if key == "layout" else config.theme.dirs
        return "\0" not in name and any(Path(folder, name).is_file() for folder in folders)

    return has_template
