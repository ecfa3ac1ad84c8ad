"""The names of a site in templates: what is not there is told, as it is in pages."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, Template, Undefined

from mkdocs_impldays.pages.facts import Facts

Report = Callable[[str, int, str], None]
"""Takes a template's file, the line in it and what is wrong there."""


def watch_names(environment: Environment, report: Report) -> None:
    """Have an environment tell of facts that a template prints and the fest file does not have.

    A fact that is not there is false in `if`, as everywhere in Jinja; other names are not ours.
    """

    class Unknown(Undefined):
        __slots__ = ()

        @property
        def _undefined_message(self) -> str:
            facts, name = self._undefined_obj, self._undefined_name
            if not isinstance(facts, Facts):
                return super()._undefined_message
            return facts.not_given(name) if name in facts.facts else facts.not_known(name)

        def __str__(self) -> str:
            if isinstance(self._undefined_obj, Facts):
                report(*running_template(), self._undefined_message)
            return ""

    environment.undefined = Unknown


def running_template() -> tuple[str, int]:
    """Give the file, and the line in it, of the template that is being rendered right now."""
    frame = sys._getframe()  # noqa: SLF001 - the only way to ask where a running template is
    while frame.f_back:
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            line = template.get_corresponding_lineno(frame.f_lineno)
            return str(Path(template.filename or template.name or "")), line
        frame = frame.f_back
    return "", 0
