"""Other plugins that read the same braces as we do."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_impldays.problems import Problem, quoted

_READ_BRACES = ("macros", "markdownextradata")


def neighbours(config: MkDocsConfig) -> Iterator[Problem]:
    """Tell which plugins read `{{ }}` too: what one of them knows, we take for a mistake."""
    for name in _READ_BRACES:
        if name in config.plugins:
            message = (
                f"the plugin {quoted(name)} reads {{{{ }}}} too, and only knows its own names."
            )
            advice = "Put those between {% raw %} and {% endraw %}, or take it out."
            yield Problem("mkdocs.yml", None, f"{message} {advice}")
