"""What a build begins with: its setting, a moment that is set, and the heads of its pages."""

from __future__ import annotations

import os
from datetime import datetime

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_build_datetime

from mkdocs_impldays.fest.chosen import Chosen
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.head import Head
from mkdocs_impldays.plugin.gate import Command, stop_at
from mkdocs_impldays.plugin.theme import link_class
from mkdocs_impldays.problems import Problem, Severity, quoted
from mkdocs_impldays.vocabulary.fest_pages import source_of
from mkdocs_impldays.vocabulary.whole import Setting


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


def set_moment_problem(now: str, command: Command) -> Problem:
    """Say that a moment is set, which is for looking at: with it nothing is published."""
    message = f"the moment is set to {quoted(now)}."
    advice = "Take “now” and IMPLDAYS_NOW away before you publish."
    severity: Severity = "error" if command == "gh-deploy" else "warning"
    return Problem("mkdocs.yml", None, f"{message} {advice}", severity)


def setting_of(config: MkDocsConfig, chosen: Chosen, *, is_preview: bool) -> Setting:
    """Give where and when the site is built."""
    return Setting(
        moment=chosen.moment,
        site_url=config.site_url or None,
        folders=config.theme.dirs,
        link_class=link_class(config),
        is_preview=is_preview,
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
