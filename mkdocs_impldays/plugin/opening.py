"""What a build begins with: its fests, its moment and its setting."""

from __future__ import annotations

import os
from datetime import datetime
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_build_datetime

from mkdocs_impldays.build import Build
from mkdocs_impldays.checks.leftovers import site_problem
from mkdocs_impldays.desks import Desks
from mkdocs_impldays.fest.chosen import Chosen, read_chosen
from mkdocs_impldays.names.setting import Setting
from mkdocs_impldays.names.vocabularies import Vocabularies
from mkdocs_impldays.pages.alternatives import View
from mkdocs_impldays.pages.segments import segments_of
from mkdocs_impldays.plugin.config import ImplDaysConfig
from mkdocs_impldays.plugin.gate import Command, stop_at
from mkdocs_impldays.plugin.kept import Kept
from mkdocs_impldays.plugin.theme import link_class, speak, theme_language
from mkdocs_impldays.problems import Problem, Severity, quoted


def build_clock() -> datetime:
    """Give the aware moment of the build, by the clock or SOURCE_DATE_EPOCH.

    Stops where that is no number of seconds, at which MkDocs would end in a traceback.
    """
    try:
        return get_build_datetime()
    except (ValueError, OverflowError, OSError):
        typed = quoted(os.environ.get("SOURCE_DATE_EPOCH", ""))
        message = f"{typed} is no moment. Write the seconds since 1970, or take it away."
        stop_at([Problem("SOURCE_DATE_EPOCH", None, message)])
        raise


def choose(
    root: Path, options: ImplDaysConfig, *, command: Command, asked: str | None
) -> tuple[Chosen, list[Problem]]:
    """Read the fest files of the site at `root`, and choose its fest and moment.

    The moment is the one that is `asked` for, that of the environment, or that of mkdocs.yml.
    """
    now = asked or os.environ.get("IMPLDAYS_NOW") or options.now
    chosen, problems = read_chosen(
        root,
        where=options.where,
        name=options.fest and Path(options.fest).stem,
        now=now,
        clock=build_clock(),
    )
    if now and command != "serve" and not asked:
        problems.append(_set_moment_problem(now, command))
    return chosen, problems


def _set_moment_problem(now: str, command: Command) -> Problem:
    """Say that a moment is set, which is for looking at: with it nothing is published."""
    message = f"the moment is set to {quoted(now)}."
    advice = "Take “now” and IMPLDAYS_NOW away before you publish."
    severity: Severity = "error" if command == "gh-deploy" else "warning"
    return Problem("mkdocs.yml", None, f"{message} {advice}", severity)


def begin(
    config: MkDocsConfig,
    chosen: Chosen,
    problems: list[Problem],
    *,
    kept: Kept,
    is_preview: bool,
) -> Build:
    """Begin a build with the problems that the fest files have.

    The theme speaks the language of the fest, where the organiser chose none for it.
    """
    if chosen.fest is None:
        return Build(None, problems)
    others = chosen.fests.values()
    if found := site_problem(config.site_url or "", chosen.fest, others=others):
        problems = [*problems, found]
    language = theme_language(config)
    if language is None and "i18n" not in config.plugins:
        speak(config, chosen.fest.language)
    setting = _setting_of(config, chosen, is_preview=is_preview)
    desks = Desks(
        Vocabularies(chosen.fests, current=chosen.fest, setting=setting),
        language=language,
        checks=partial(kept.checks, moment=chosen.moment),
        cut=kept.cut if is_preview else segments_of,
    )
    return Build(desks, problems)


def _setting_of(config: MkDocsConfig, chosen: Chosen, *, is_preview: bool) -> Setting:
    """Give where and when the site is built."""
    return Setting(
        view=View(chosen.moment, is_preview=is_preview),
        site_url=config.site_url or None,
        folders=config.theme.dirs,
        link_class=link_class(config),
    )
