"""A project by its configuration file, whichever engine builds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml

from mkdocs_impldays.problems import Problem, Severity, guess, quoted, typed

Engine = Literal["mkdocs", "zensical"]

CONFIG_FILES = ("zensical.toml", "mkdocs.yml", "mkdocs.yaml")
"""The names of configuration files, in the order in which Zensical looks for them."""

EXTENSION = "mkdocs_impldays"
"""The name of the Markdown extension, which renders pages under Zensical."""

PLUGIN = "impldays"
"""The name of the plugin, which renders pages under MkDocs."""

COPY = ".built.yml"
"""The copy of the configuration while `impldays build` runs Zensical, in the same folder, which
Zensical reads as the project's."""

OPTIONS = {
    "enabled": bool,
    "fest": str,
    "fests": str,
    "now": str,
    "session_pages": bool,
    "feed_deadlines": bool,
    "publish_checks": str,
    "checks": dict,
}
"""The options of the plugin and of the extension, with their types."""


class _Loader(yaml.SafeLoader):
    """Reads an mkdocs.yml; values with tags such as `!ENV` are `None`."""


_Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


@dataclass(frozen=True)
class Project:
    """A site's folder and its configuration."""

    file: Path
    """The configuration file."""
    settings: Mapping[str, Any]
    """Its settings; empty if it cannot be read."""

    @property
    def root(self) -> Path:
        """The folder of the configuration file."""
        return self.file.parent

    @cached_property
    def text(self) -> str:
        """The text of the configuration file."""
        return self.file.read_text("utf-8", "replace")

    @cached_property
    def plugin(self) -> Mapping[str, Any] | None:
        """The options of the plugin; `None` if the project does not use it."""
        return _options(self.settings.get("plugins"), PLUGIN)

    @cached_property
    def extension(self) -> Mapping[str, Any] | None:
        """The options of the Markdown extension; `None` if the project does not use it."""
        return _options(self.settings.get("markdown_extensions"), EXTENSION)

    @property
    def has_languages(self) -> bool:
        """Whether mkdocs-static-i18n is to build the project in several languages."""
        return _options(self.settings.get("plugins"), "i18n") is not None

    @property
    def options(self) -> Mapping[str, Any]:
        """The options of the extension, or else those of the plugin."""
        return self.extension or self.plugin or {}

    @property
    def engine(self) -> Engine:
        """The program that builds the project: MkDocs if it uses the plugin."""
        is_toml = self.file.suffix == ".toml"
        return "zensical" if is_toml or self.plugin is None else "mkdocs"

    @property
    def language(self) -> str | None:
        """The language that the organiser chose for the theme (BCP 47); `None` without one."""
        return theme_language(self.settings)


def theme_language(settings: Mapping[str, Any]) -> str | None:
    """Return the language (BCP 47) that the settings choose for the theme, if any."""
    theme = settings.get("theme")
    tag = theme.get("language") or theme.get("locale") if isinstance(theme, dict) else None
    return str(tag).replace("_", "-") if tag else None


def where_of(fest: str | None, fests: str | None) -> str:
    """Return the fest file or folder to read, by the options `fest` and `fests`."""
    is_path = fest is not None and ("/" in fest or Path(fest).suffix != "")
    return fest if fest and is_path else fests or "fests"


def config_in(folder: Path) -> Path | None:
    """Return the configuration file in a folder; `None` without one."""
    return next((folder / name for name in CONFIG_FILES if (folder / name).is_file()), None)


def read_project(root: Path) -> Project | None:
    """Return the project of a folder; `None` if it has no configuration file."""
    file = config_in(root)
    return Project(file, settings_of(file)) if file else None


def settings_of(file: Path, *, heirs: frozenset[Path] = frozenset()) -> Mapping[str, Any]:
    """Return the settings of a configuration file, with those that it inherits.

    Empty if it cannot be read. `heirs` are the files that inherit from it.
    """
    text = file.read_text("utf-8", "replace")
    try:
        if file.suffix == ".toml":
            import tomllib  # noqa: PLC0415 - slow to import, and few sites need it

            settings = tomllib.loads(text)
            settings = settings.get("project", settings)
        else:
            settings = yaml.load(text, _Loader)  # noqa: S506 - derived from the safe one
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    if not isinstance(settings, dict):
        return {}
    parent = file.parent / str(settings.get("INHERIT") or "")
    heirs |= {file.resolve()}
    if not parent.is_file() or parent.resolve() in heirs:
        return settings
    return _merged(settings_of(parent, heirs=heirs), settings)


def _merged(parent: Mapping[str, Any], child: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a parent, overridden by those of a child."""
    merged = {**parent, **child}
    for key in parent.keys() & child.keys():
        if isinstance(parent[key], dict) and isinstance(child[key], dict):
            merged[key] = _merged(parent[key], child[key])
    return merged


def _options(listed: object, name: str) -> Mapping[str, Any] | None:
    """Return the options of a plugin or extension in a list or group of them, if it is there."""
    items = [listed] if isinstance(listed, dict) else listed if isinstance(listed, list) else []
    for item in items:
        if item == name:
            return {}
        if isinstance(item, dict) and name in item:
            options = item[name]
            return options if isinstance(options, dict) else {}
    return None


def option_problems(options: Mapping[str, Any], *, path: str) -> list[Problem]:
    """Return what is wrong with the names and types of options, in the file at `path`."""
    problems = []
    for name, value in options.items():
        kind = OPTIONS.get(name)
        if kind is None:
            advice = guess(name, OPTIONS) or f" The options are {', '.join(OPTIONS)}."
            problems.append(Problem(path, None, f"{quoted(name)} is not an option.{advice}"))
        elif value is not None and not isinstance(value, kind):
            message = f"{name}: {quoted(typed(value))} has the wrong type."
            problems.append(Problem(path, None, f"{message} Write {_KINDS[kind]}."))
    return problems


def set_moment_problem(now: str, *, path: str, severity: Severity = "warning") -> Problem:
    """Return the problem that the moment is set, with which a site must not be published."""
    message = f"the moment is set to {quoted(now)}."
    advice = "Remove “now” and unset IMPLDAYS_NOW before you publish."
    return Problem(path, None, f"{message} {advice}", severity)


_KINDS: Mapping[type, str] = {
    bool: "true or false",
    str: "text, between quotation marks",
    dict: "a group of checks, like “title: off”",
}
