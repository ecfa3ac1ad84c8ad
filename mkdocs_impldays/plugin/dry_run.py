"""A build of a site into a folder that is thrown away, for all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from mkdocs_impldays.checks.built_folder import folder_problems
from mkdocs_impldays.checks.unused import unused_facts
from mkdocs_impldays.fest.fest_file import read_raw
from mkdocs_impldays.fest.unknown import unknown_facts
from mkdocs_impldays.fest.untranslated import untranslated
from mkdocs_impldays.plugin.hearing import Hearing
from mkdocs_impldays.plugin.hooks import ImplDaysPlugin, engine_log
from mkdocs_impldays.problems import Problem, in_order

_OF_PAGE = re.compile(r"Doc file '([^']+)' (contains .*?'([^']*)'.*)", re.DOTALL)
_HREF = re.compile(r'"([^"]*)" leads to|link "([^"]*)"')


def site_problems(config_file: Path, *, moment: str | None = None) -> list[Problem]:
    """Build the site of an mkdocs.yml, publish nothing, and give all that is wrong with it.

    `moment` is written like the plugin's option `now`, and wins over it.
    """
    name = config_file.name
    with TemporaryDirectory() as folder:
        try:
            config = load_config(str(config_file), site_dir=folder, strict=False)
        except (ConfigurationError, Abort) as error:
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
    told = [_of_mkdocs(line, docs) for line in heard if not _is_ours(line, lines)]
    yield from (*ours, *told)
    if stopped is not None:
        if not any(each.severity == "error" for each in ours):
            yield Problem("mkdocs.yml", None, stopped or "the site cannot be built.")
        return
    said = {_end(each.message) for each in (*told, *ours)} - {None}
    yield from (each for each in _of_pages(config, plugin) if _end(each.message) not in said)
    yield from _of_facts(config, plugin)


def _is_ours(heard: str, lines: set[str]) -> bool:
    """Tell whether MkDocs repeats what we said, as a warning or as why it stopped."""
    return heard.startswith("impldays: ") or set(heard.splitlines()) <= lines


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


def _of_mkdocs(line: str, docs: Path) -> Problem:
    """Give a warning of MkDocs the place that it names, with the line of the link it quotes."""
    match = _OF_PAGE.match(line)
    if not match:
        return Problem("mkdocs.yml", None, line, "warning")
    before, found, _ = (docs / match[1]).read_text("utf-8", "replace").partition(match[3])
    number = before.count("\n") + 1 if found else None
    return Problem(f"{docs.name}/{match[1]}", number, match[2].replace("'", '"'), "warning")


def _end(message: str) -> str | None:
    """Give what a link has in common as it was typed and as it was built."""
    match = _HREF.search(message)
    if match is None:
        return None
    path, _, anchor = (match[1] or match[2] or "").partition("#")
    return anchor or path.rstrip("/").rpartition("/")[2].removesuffix(".md")


def _of_pages(config: MkDocsConfig, plugin: ImplDaysPlugin) -> Iterator[Problem]:
    fest = plugin.chosen.fest
    button_of = _file_of(plugin, fest.id) if fest and fest.rsvp else None
    found = folder_problems(
        Path(config.site_dir), site_url=config.site_url or None, button_of=button_of
    )
    for each in found:
        path = each.path if each.path == button_of else f"site/{each.path}"
        yield Problem(path, each.line, each.message, each.severity)


def _file_of(plugin: ImplDaysPlugin, fest_id: str) -> str:
    raw, _ = read_raw(plugin.root, where=plugin.where())
    return next(path for path in raw if Path(path).stem == fest_id)


def _of_facts(config: MkDocsConfig, plugin: ImplDaysPlugin) -> Iterator[Problem]:
    """Find facts that are not known yet, and those that nothing reads."""
    texts = "\n".join(_texts(config))
    for path, raw in read_raw(plugin.root, where=plugin.where())[0].items():
        if fest := plugin.chosen.fests.get(Path(path).stem):
            yield from unknown_facts(raw, path=path, fest=fest, moment=plugin.chosen.moment)
            yield from untranslated(raw, path=path)
            if fest == plugin.chosen.fest:
                yield from unused_facts(raw, path=path, texts=texts)


def _texts(config: MkDocsConfig) -> Iterable[str]:
    folders = [config.docs_dir, *([config.theme.custom_dir] if config.theme.custom_dir else [])]
    for folder in folders:
        for path in Path(folder).rglob("*"):
            if path.suffix in {".md", ".markdown", ".html", ".txt", ".xml", ".json", ".js"}:
                yield path.read_text("utf-8", "replace")
