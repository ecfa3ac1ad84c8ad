"""A fest file on its way from a Jekyll site, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mkdocs_impldays.fest.source import Path, Source
from mkdocs_impldays.problems import Problem, Severity

CONFIG = "_config.yml"
"""Where a Jekyll site is configured."""


@dataclass
class Draft:
    """A fest file on its way: what it will hold, and what is to be said of it."""

    source: Source
    given: Mapping[str, str]
    """What the command was told: `id`, `name`, `city`, `country`, `timezone`."""
    used: set[str]
    """The paths, like `site.social.github`, that pages print."""
    data: dict[str, Any] = field(default_factory=dict)
    site: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)
    """Dates and places that are no event and no venue, and that no page prints."""

    def say(self, where: Path, message: str, severity: Severity = "hint") -> None:
        """Tell something about a line of the configuration."""
        line = self.source.line(where) if where else None
        self.problems.append(Problem(CONFIG, line, message, severity))

    def group(self, key: str) -> dict[str, str]:
        """Give the texts of a group of keys."""
        value = self.source.data.get(key)
        pairs = value.items() if isinstance(value, dict) else ()
        return {name: str(item or "") for name, item in pairs if isinstance(item, str | None)}

    def is_used(self, where: Path) -> bool:
        """Tell whether a page prints what stands there."""
        return ".".join(["site", *map(str, where)]) in self.used

    def keep(self, where: Path, value: object) -> None:
        """Keep a value as it was typed, reachable as `site.…`."""
        group = self.site
        for part in where[:-1]:
            group = group.setdefault(str(part), {})
        group[str(where[-1])] = value
