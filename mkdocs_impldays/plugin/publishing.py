"""What keeps a site from being built or published: warnings, also those that `--quiet` hides."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Literal

from mkdocs.exceptions import PluginError

from mkdocs_impldays.pages.page import Source
from mkdocs_impldays.problems import Problem, line_with

Command = Literal["build", "gh-deploy", "serve"]
"""What MkDocs was asked to do."""


class WarningLog(logging.Handler):
    """Collects the warnings and errors of a logger from `begin` to `end`, whatever is printed."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        """What was said, each a line or more."""
        self._logger = logger
        self._level: int | None = None
        """That of the logger, where it has been changed."""
        self._levels: dict[logging.Handler, int] = {}
        """Those of its handlers, then."""

    def begin(self) -> None:
        """Start to collect. A logger that is set to errors alone prints no more than before."""
        level = self._logger.level
        if level > logging.WARNING:
            self._levels = {handler: handler.level for handler in self._logger.handlers}
            for handler in self._printing():
                handler.setLevel(max(handler.level, level))
            self._level = level
            self._logger.setLevel(logging.WARNING)
        self._logger.addHandler(self)

    def end(self) -> None:
        """Leave everything as it was; a second time does nothing."""
        self._logger.removeHandler(self)
        if self._level is not None:
            self._logger.setLevel(self._level)
        for handler, before in self._levels.items():
            handler.setLevel(before)
        self._level, self._levels = None, {}

    @property
    def is_quiet(self) -> bool:
        """Whether warnings are kept and not printed."""
        return self._level is not None

    def emit(self, record: logging.LogRecord) -> None:
        """Take note of what was said."""
        self.lines.append(record.getMessage())

    def _printing(self) -> list[logging.Handler]:
        """Return the handlers that print; what counts, as for `--strict`, is to count on."""
        return [each for each in self._logger.handlers if isinstance(each, logging.StreamHandler)]


def stop_at(problems: list[Problem]) -> None:
    """Stop the build where there are problems, with a line for each."""
    if problems:
        raise PluginError("\n".join(map(str, problems)))


def refuse_warnings(
    warnings: WarningLog, *, command: Command, is_strict: bool, publish_checks: str
) -> None:
    """Stop a site with warnings from being published, or built without a word of them."""
    if command == "gh-deploy" and publish_checks == "refuse":
        advice = "Fix what they name, or set the option publish_checks: warn of impldays."
        _refuse(warnings, "Nothing was published", advice)
    if is_strict and warnings.is_quiet:  # else MkDocs refuses, and does not say why
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
"""Where a second sentence begins."""


def engine_problem(line: str, sources: Mapping[str, Source]) -> Problem:
    """Return a warning of MkDocs with its file, and the line of the link that it quotes.

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
    """Return a message of MkDocs with what to do; most of them lack it."""
    return message if _ADVICE.search(message) else f"{message.rstrip('.')}. Correct it."
