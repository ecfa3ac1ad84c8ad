"""Build a site into a temporary folder to find all of its problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from mkdocs_impldays.checks.handovers import later_problems, reported
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.missing import untranslated
from mkdocs_impldays.fest.source import excess, invalid_value
from mkdocs_impldays.plugin.hooks import ImplDaysPlugin, engine_log
from mkdocs_impldays.plugin.publishing import WarningLog, engine_problem, with_advice
from mkdocs_impldays.problems import Problem, Severity, in_order, line_with, quoted, seen_from
from mkdocs_impldays.revision import removed_since

_OF_OPTION = re.compile(r"Config value '([^']+)': (.*)", re.DOTALL)

_REPEATS = ("impldays: ", "Error building page ", "Error reading page ")
"""The beginnings of messages of MkDocs about what is reported elsewhere."""


def site_problems(config_file: Path, *, moment: str | None = None) -> list[Problem]:
    """Return the problems of the site of an mkdocs.yml, which is built and discarded.

    `moment` is like the plugin's option `now`, and overrides it. A site with its own templates is
    also built for each moment at which another fest becomes current.
    """
    problems, templates = _problems_at(config_file, moment)
    if templates and not any(each.severity == "error" for each in problems):
        before = reported(problems)
        for at, fest in templates.handovers:
            found = _problems_at(config_file, at.isoformat())[0]
            own = [each for each in found if each.path.startswith(f"{templates.folder}/")]
            later = later_problems(own, before, moment=at, fest=fest)
            problems += [replace(each, severity="warning") for each in later]
    return in_order(problems)


@dataclass(frozen=True)
class _Templates:
    """A site's own templates, and when another fest becomes current."""

    folder: str
    """Their folder, relative to that of mkdocs.yml."""
    handovers: list[tuple[datetime, Fest]]


def _templates(config: MkDocsConfig, plugin: ImplDaysPlugin) -> _Templates | None:
    folder = config.theme.custom_dir
    if folder is None or not any(Path(folder).rglob("*.html")):
        return None
    return _Templates(seen_from(plugin.root, Path(folder)), plugin.build.site.handovers)


def _problems_at(config_file: Path, moment: str | None) -> tuple[list[Problem], _Templates | None]:
    """Return the problems of one build, and the site's own templates unless it failed early."""
    name = config_file.name
    with TemporaryDirectory() as folder:
        try:
            with _quietly() as lines:
                config = load_config(str(config_file), site_dir=folder, strict=False)
        except (ConfigurationError, Abort, ValueError, RecursionError) as error:
            found = _of_options(lines, config_file, "error")
            return found or [_unreadable(config_file, error)], None
        plugin = next((p for p in config.plugins.values() if isinstance(p, ImplDaysPlugin)), None)
        if plugin is None:
            missing = "has no plugin “impldays”. Add it under “plugins:”."
            return [Problem(name, None, missing)], None
        if not plugin.config.enabled:
            message = "the plugin is off: it says “enabled: false”. Remove that to check the site."
            return [Problem(name, None, message)], None
        plugin.asked = moment  # MkDocs keeps the plugin: the next build in this process has it too
        try:
            found = _of_options(lines, config_file, "warning")
            return [*found, *_built(config, plugin)], _templates(config, plugin)
        finally:
            plugin.asked = None


def _unreadable(config_file: Path, error: Exception) -> Problem:
    """Return why an mkdocs.yml cannot be read, with the line if possible."""
    text = config_file.read_text("utf-8", "replace")
    if found := excess(text):
        return Problem(config_file.name, found[0] + 1, found[1])
    message = f"cannot be read: {' '.join(str(error).split())}"
    line = None
    with suppress(yaml.YAMLError):
        if (at := invalid_value(text)) is not None:
            line = at + 1
            typed = quoted(text.splitlines()[at].strip())
            message = f"{typed} has a date or number that is not valid. Correct it, or quote it."
    return Problem(config_file.name, line, message)


@contextmanager
def _quietly() -> Iterator[list[str]]:
    """Suppress what MkDocs prints, and yield the list of its warnings and errors."""
    logger = engine_log
    before, logger.propagate = logger.propagate, False
    warnings = WarningLog(logger)
    warnings.begin()
    try:
        yield warnings.lines
    finally:
        warnings.end()
        logger.propagate = before


def _of_options(lines: Iterable[str], config_file: Path, severity: Severity) -> list[Problem]:
    """Return MkDocs' messages about options as problems at their lines of mkdocs.yml."""
    text = config_file.read_text("utf-8", "replace")
    found = []
    for match in filter(None, map(_OF_OPTION.match, lines)):
        line = line_with(f"\n{text}", f"\n{match[1]}:")
        message = f"{quoted(match[1])}: {with_advice(match[2])}"
        found.append(Problem(config_file.name, line, message, severity))
    return found


def _built(config: MkDocsConfig, plugin: ImplDaysPlugin) -> Iterator[Problem]:
    lines, stopped = _build(config)
    ours = list(dict.fromkeys([*plugin.earlier, *plugin.build.problems]))
    own_lines = {str(each) for each in ours}
    of_engine = [
        engine_problem(line, plugin.build.sources)
        for line in lines
        if not _is_ours(line, own_lines)
    ]
    yield from (*ours, *of_engine)
    if stopped is None:
        yield from plugin.site_problems([*of_engine, *ours], config)
        yield from _hints(plugin)
    elif not any(each.severity == "error" for each in ours):
        yield Problem("mkdocs.yml", None, stopped or "the site cannot be built.")


def _is_ours(message: str, own_lines: set[str]) -> bool:
    """Return whether a message of MkDocs only repeats one of our problems."""
    return message.startswith(_REPEATS) or set(message.splitlines()) <= own_lines


def _build(config: MkDocsConfig) -> tuple[list[str], str | None]:
    """Build silently, and return what MkDocs logs, and why the build stopped, if it did."""
    with _quietly() as lines:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        except (Abort, BuildError) as error:
            return lines, str(error)
        finally:
            config.plugins.on_shutdown()
    return lines, None


def _hints(plugin: ImplDaysPlugin) -> Iterator[Problem]:
    site = plugin.build.site
    for fest in site.fests.values():
        yield from untranslated(fest)
    yield from removed_since(plugin.root, site.fests.values(), moment=site.moment)
