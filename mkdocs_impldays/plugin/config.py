"""The plugin's options in mkdocs.yml, and the site that they describe."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config import config_options as c
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load

from mkdocs_impldays.cache import Cache
from mkdocs_impldays.checks.leftovers import site_problem
from mkdocs_impldays.checks.switches import CHECKS, Switches, switches_of
from mkdocs_impldays.plugin.publishing import Command, stop_at
from mkdocs_impldays.plugin.theme import link_class, set_theme_language
from mkdocs_impldays.problems import Problem, Severity, quoted
from mkdocs_impldays.project import set_moment_problem, theme_language, where_of
from mkdocs_impldays.revision import build_clock, epoch_problem
from mkdocs_impldays.site import Site, SiteOptions, read_site


class _Text(c.Type[str]):
    """An option of one line of text, even if YAML reads it as a date."""

    def __init__(self, advice: str, default: str | None = None) -> None:
        super().__init__(str)
        self.default = default
        self.advice = advice

    def run_validation(self, value: object) -> str:
        """Return the text; raise `ValidationError` if it is not valid."""
        text = value.isoformat() if isinstance(value, date) else value
        if isinstance(text, str) and text.isprintable() and len(text) < _LONGEST:
            return text
        raise ValidationError(f"{quoted(value)} does not fit here. {self.advice}")


class _Checks(BaseConfigOption[Switches]):
    """The option of checks that are off, everywhere or at some paths."""

    default = None

    def run_validation(self, value: object) -> Switches:
        """Return the switches; raise `ValidationError` if they are not valid."""
        switches, wrong = switches_of(value)
        if wrong:
            raise ValidationError(" ".join(wrong))
        return switches


_LONGEST = 200


class ImplDaysConfig(Config):
    """What `plugins: - impldays: {…}` may hold."""

    enabled = c.Type(bool, default=True)
    """Whether the plugin does anything; without it, pages keep their `{{ }}` as typed."""
    fest = c.Optional(_Text("Write a fest file, like fests/paris-2018.yml."))
    """The fest file as seen from mkdocs.yml, or the id of a fest in the folder `fests`."""
    fests = _Text("Write a folder, like fests/.", default="fests")
    """The folder of fest files. Without `fest`, the one that is on or comes next is chosen."""
    now = c.Optional(_Text("Write a moment, like 2018-05-01T12:00."))
    """A moment to build for, like 2018-05-01T12:00; in the fest's time zone if none is given."""
    session_pages = c.Type(bool, default=True)
    """Whether each session and each speaker of a programme gets a page of its own."""
    feed_deadlines = c.Type(bool, default=False)
    """Whether the calendar of all fests has their deadlines too."""
    publish_checks = c.Choice(("refuse", "warn"), default="refuse")
    """What `mkdocs gh-deploy` does with warnings: publish nothing, or publish all the same."""
    checks = _Checks()
    """The checks that are off: `{title: off, dead-link: {except: [old/]}}`."""

    @property
    def where(self) -> str:
        """The fest file or folder to read, relative to mkdocs.yml."""
        return where_of(self.fest, self.fests)


def option_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each option, by its name."""
    return {name: _schema_of(option) for name, option in ImplDaysConfig()._schema}  # noqa: SLF001 - MkDocs has no other way


def _schema_of(option: object) -> dict[str, Any]:
    if isinstance(option, c.Optional):
        return _schema_of(option.option)
    if isinstance(option, c.Choice):
        return {"enum": list(option.choices), "default": option.default}
    if isinstance(option, c.Type):
        name = {bool: "boolean", str: "string"}[option._type]  # noqa: SLF001 - as above
        return {"type": name} | ({} if option.default is None else {"default": option.default})
    off = {"enum": ["off", False]}
    paths = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    some = {"properties": {"except": paths}, "required": ["except"], "additionalProperties": False}
    setting = {"anyOf": [off, {"enum": ["on", True, None]}, {"type": "object", **some}]}
    checks = {name: {**setting, "description": text} for name, text in CHECKS.items()}
    return {"type": "object", "properties": checks, "additionalProperties": False}


def site_of(
    config: MkDocsConfig,
    options: ImplDaysConfig,
    *,
    command: Command,
    now: str | None,
    cache: Cache,
) -> tuple[Site, list[Problem]]:
    """Return the site of the fest files that mkdocs.yml names, and its problems.

    Its moment is `now`, else IMPLDAYS_NOW, else the option `now`, else the real one. If mkdocs.yml
    has no language for the theme, it becomes the fest's.
    """
    typed, language = os.environ.get("IMPLDAYS_NOW") or options.now, None
    file = Path(config.config_file_path or "mkdocs.yml")
    with suppress(FileNotFoundError), file.open("rb") as opened:
        language = theme_language(yaml_load(opened))  # `config.theme` has English by default
    if problem := epoch_problem():
        stop_at([problem])  # MkDocs would end in a traceback
    site, problems = read_site(
        file.parent,
        where=options.where,
        fest_id=options.fest and Path(options.fest).stem,
        now=now or typed,
        clock=build_clock(),
        options=SiteOptions(
            name=config.site_name,
            url=config.site_url or None,
            language=language,
            template_folders=config.theme.dirs,
            picture_folder=config.docs_dir,
            link_class=link_class(config),
            is_preview=command == "serve",
            feed_deadlines=options.feed_deadlines,
        ),
        cache=cache,
    )
    if typed and command != "serve" and not now:
        severity: Severity = "error" if command == "gh-deploy" else "warning"
        problems.append(set_moment_problem(typed, path="mkdocs.yml", severity=severity))
    if site.current is not None:
        found = site_problem(config.site_url or "", site.current, others=site.fests.values())
        problems += [found] if found else []
        if language is None and "i18n" not in config.plugins:
            set_theme_language(config, site.current.language)
    return site, problems
