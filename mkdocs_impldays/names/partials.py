"""Render partial templates of the theme as blocks of a page, like that of `schedule()`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jinja2 import BytecodeCache, Environment, FileSystemLoader, TemplateError

from mkdocs_impldays.names.filters import filters_in_templates
from mkdocs_impldays.pages.facts import Block, PageError, for_html
from mkdocs_impldays.pages.render import watch_names
from mkdocs_impldays.problems import quoted

_FOLDER = "partials/impldays"


class Partials:
    """Renders the partials of a site, each found in the first folder that has it."""

    def __init__(
        self, folders: Sequence[str], names: Mapping[str, object], compiled: BytecodeCache
    ) -> None:
        self._environment = Environment(
            autoescape=True,  # the facts are escaped, their typed values are not
            loader=FileSystemLoader(folders),
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=compiled,
        )
        watch_names(self._environment, _refuse)
        self._environment.filters |= {**filters_in_templates(), "url": _from_root}
        self._environment.globals |= {name: for_html(fact) for name, fact in names.items()}

    def render(self, name: str, **facts: object) -> Block:
        """Return a partial as a block of HTML, which Markdown does not change."""
        html = self.text(f"{_FOLDER}/{name}.html", **facts)
        return Block(re.sub(r"(?<!\s)\s*\n\s*", "\n", html.strip()))

    def text(self, path: str, **facts: object) -> str:
        """Return the text of a template of the site; raise `PageError` if it has a mistake."""
        ready = {key: for_html(fact) for key, fact in facts.items()}
        try:
            return self._environment.get_template(path).render(ready)
        except TemplateError as error:
            reason = str(error).rstrip(".")
            raise PageError(f"cannot be shown: {quoted(path)}: {reason}.") from None


def _refuse(_path: str, line: int, message: str) -> None:
    raise PageError(f"cannot be shown: line {line} of its template has {message}")


def _from_root(address: str) -> str:
    """Return an address as one from the site's root; links of the page are resolved later."""
    return address if re.match(r"[a-z]+:|/|#", address) else f"/{address}"
