"""What a build begins with: its fests, its moment, its setting, and the heads of its pages."""

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
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.head import Head
from mkdocs_impldays.pages.alternatives import View
from mkdocs_impldays.pages.segments import segments_of
from mkdocs_impldays.plugin.config import ImplDaysConfig
from mkdocs_impldays.plugin.gate import Command, stop_at
from mkdocs_impldays.plugin.kept import Kept
from mkdocs_impldays.plugin.theme import language_of_site, link_class
from mkdocs_impldays.problems import Problem, Severity, quoted
from mkdocs_impldays.vocabulary.fest_pages import source_of
from mkdocs_impldays.vocabulary.setting import Setting
from mkdocs_impldays.vocabulary.vocabularies import Vocabularies


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
    """Begin a build with the problems that the fest files have."""
    if chosen.fest is None:
        return Build(None, problems)
    others = chosen.fests.values()
    if found := site_problem(config.site_url or "", chosen.fest, others=others):
        problems.append(found)
    setting = _setting_of(config, chosen, is_preview=is_preview)
    desks = Desks(
        Vocabularies(chosen.fests, current=chosen.fest, setting=setting),
        language=language_of_site(config, chosen.fest.language),
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


class Heads:
    """The heads of a site's pages, one for each fest and language."""

    def __init__(self, chosen: Chosen, *, is_preview: bool) -> None:
        self._chosen = chosen
        self._is_preview = is_preview
        self._made: dict[int, Head] = {}

    def of(self, fest: Fest, config: MkDocsConfig, *, site_url: str | None) -> Head:
        """Give the head of a fest's pages; `site_url` is the public address of its language."""
        head = self._made.get(id(fest))  # which stays its own, since the head holds the fest
        if head is None:
            head = self._made[id(fest)] = Head(
                fest,
                sources=frozenset({"index.md", "README.md", source_of(fest)}),
                site_name=config.site_name,
                site_url=site_url,
                moment=self._chosen.moment,
                clock=self._chosen.moment if self._chosen.is_set else None,
                is_preview=self._is_preview,
            )
        return head
