"""Stop builds with errors, and publishing with warnings, including those that `--quiet` hides."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Literal

from mkdocs.exceptions import PluginError

from mkdocs_impldays.pages.page import PageSource
from mkdocs_impldays.problems import Problem, line_with

Command = Literal["build", "gh-deploy", "serve"]
"""The command of MkDocs."""


class WarningLog(logging.Handler):
    """Collects the warnings and errors of a logger from `begin` to `end`, whatever is printed."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        """The messages, each of one or more lines."""
        self._logger = logger
        self._level: int | None = None
        """The original level of the logger, if it was changed."""
        self._levels: dict[logging.Handler, int] = {}
        """The original levels of its handlers."""

    def begin(self) -> None:
        """Start to collect. A logger for errors only still prints no warnings."""
        level = self._logger.level
        if level > logging.WARNING:
            self._levels = {handler: handler.level for handler in self._logger.handlers}
            for handler in self._logger.handlers:  # except the counter of `--strict`
                if isinstance(handler, logging.StreamHandler):
                    handler.setLevel(max(handler.level, level))
            self._level = level
            self._logger.setLevel(logging.WARNING)
        self._logger.addHandler(self)

    def end(self) -> None:
        """Stop, and restore the levels; a second call does nothing."""
        self._logger.removeHandler(self)
        if self._level is not None:
            self._logger.setLevel(self._level)
        for handler, before in self._levels.items():
            handler.setLevel(before)
        self._level, self._levels = None, {}

    @property
    def is_quiet(self) -> bool:
        """Whether warnings are collected and not printed."""
        return self._level is not None

    def emit(self, record: logging.LogRecord) -> None:
        """Collect a message."""
        self.lines.append(record.getMessage())


def stop_at(problems: list[Problem]) -> None:
    """Raise `PluginError` with a line for each problem, if there are any."""
    if problems:
        raise PluginError("\n".join(map(str, problems)))


def refuse_warnings(
    warnings: WarningLog, *, command: Command, is_strict: bool, publish_checks: str
) -> None:
    """Raise `PluginError` if a site with warnings would be published, or hide them."""
    if command == "gh-deploy" and publish_checks == "refuse":
        advice = "Fix what they name, or set the option publish_checks: warn of impldays."
        _refuse(warnings, "Nothing was published", advice)
    if is_strict and warnings.is_quiet:  # MkDocs would not print them
        _refuse(warnings, "The site was not built", "Fix what they name.")


def _refuse(warnings: WarningLog, what: str, advice: str) -> None:
    if warnings.lines:
        count = len(warnings.lines)
        those = "is a warning" if count == 1 else f"are {count} warnings"
        message = f"{what}: there {those} above. {advice}"
        unseen = warnings.lines if warnings.is_quiet else []
        raise PluginError("\n".join([*unseen, message]))


_OF_PAGE = re.compile(r"Doc file '([^']+)' (contains .*?'([^']*)'.*)", re.DOTALL)
_ADVICE = re.compile(r"[.?] [A-Z]")
"""The beginning of a second sentence."""


def engine_problem(line: str, sources: Mapping[str, PageSource]) -> Problem:
    """Return a warning of MkDocs as a problem, at the line of the link that it quotes.

    `sources` are the pages of the site by their paths below `docs/`.
    """
    match = _OF_PAGE.match(line)
    page = sources.get(match[1]) if match else None
    if not match or not page:
        return Problem("mkdocs.yml", None, line, "warning")
    message = with_advice(match[2].replace("'", '"'))
    at = line_with(page.raw, match[3])
    return Problem(page.path, at, message, "warning", subject=match[3])


def with_advice(message: str) -> str:
    """Return a message of MkDocs with an advice, which most lack."""
    return message if _ADVICE.search(message) else f"{message.rstrip('.')}. Correct it."
