"""A build of a site into a folder that is thrown away, for all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from mkdocs_impldays.fest.untranslated import untranslated
from mkdocs_impldays.plugin.finished import told_by_engine
from mkdocs_impldays.plugin.hearing import Hearing
from mkdocs_impldays.plugin.hooks import ImplDaysPlugin, engine_log
from mkdocs_impldays.problems import Problem, in_order

_REPEATS = ("impldays: ", "Error building page ", "Error reading page ")
"""How what MkDocs says begins where the mistake itself is told elsewhere."""


def site_problems(config_file: Path, *, moment: str | None = None) -> list[Problem]:
    """Build the site of an mkdocs.yml, publish nothing, and give all that is wrong with it.

    `moment` is written like the plugin's option `now`, and wins over it.
    """
    name = config_file.name
    with TemporaryDirectory() as folder:
        try:
            config = load_config(str(config_file), site_dir=folder, strict=False)
        except (ConfigurationError, Abort, ValueError) as error:
            return [Problem(name, None, f"cannot be read: {error}")]
        plugin = next((p for p in config.plugins.values() if isinstance(p, ImplDaysPlugin)), None)
        if plugin is None:
            return [Problem(name, None, "has no plugin “impldays”. Add it below “plugins:”.")]
        plugin.asked = moment  # MkDocs keeps the plugin: the next build in this process has it too
        try:
            return in_order(_built(config, plugin))
        finally:
            plugin.asked = None


def _built(config: MkDocsConfig, plugin: ImplDaysPlugin) -> Iterator[Problem]:
    heard, stopped = _build(config)
    ours = list(dict.fromkeys([*plugin.told, *plugin.build.problems]))
    docs = Path(config.docs_dir)
    lines = {str(each) for each in ours}
    told = [told_by_engine(line, docs) for line in heard if not _is_ours(line, lines)]
    yield from (*ours, *told)
    if stopped is None:
        yield from plugin.finished([*told, *ours], config)
        yield from _untranslated(plugin)
    elif not any(each.severity == "error" for each in ours):
        yield Problem("mkdocs.yml", None, stopped or "the site cannot be built.")


def _is_ours(heard: str, lines: set[str]) -> bool:
    """Tell whether MkDocs repeats what we said, as a warning or as why it stopped."""
    return heard.startswith(_REPEATS) or set(heard.splitlines()) <= lines


def _build(config: MkDocsConfig) -> tuple[list[str], str | None]:
    """Build without a word; give what would have been said, and why the build stopped."""
    logger = engine_log
    before, logger.propagate = logger.propagate, False
    hearing = Hearing(logger)
    hearing.begin()
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    except (Abort, BuildError) as error:
        return hearing.lines, str(error)
    finally:
        config.plugins.on_shutdown()
        hearing.end()
        logger.propagate = before
    return hearing.lines, None


def _untranslated(plugin: ImplDaysPlugin) -> Iterator[Problem]:
    for path, raw in plugin.chosen.raw.items():
        if Path(path).stem in plugin.chosen.fests:
            yield from untranslated(raw, path=path)
