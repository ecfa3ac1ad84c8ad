"""What keeps a site from being built or published, also warnings that `--quiet` hides."""

from __future__ import annotations

from typing import Literal

from mkdocs.exceptions import PluginError

from mkdocs_impldays.plugin.warning_log import WarningLog
from mkdocs_impldays.problems import Problem

Command = Literal["build", "gh-deploy", "serve"]
"""What MkDocs was asked to do."""


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
