"""Facts as plain data for the site's own templates, which Zensical renders without Python."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from mkdocs_impldays.checks.handovers import later_problems, reported
from mkdocs_impldays.pages.facts import Facts, PageError
from mkdocs_impldays.problems import Problem, seen_from
from mkdocs_impldays.site import Site

NAMES = ("site", "fest", "events", "venues", "rsvp", "calls", "fests")
"""The names that `impldays.html` provides to templates that extend it."""

_OF_MACROS = "partials/impldays"
"""The folder of the templates that this package renders itself."""


class OwnTemplates:
    """The templates of a site that Zensical renders."""

    def __init__(self, root: Path, folders: Sequence[Path]) -> None:
        """`root` is the folder of the project."""
        paths = [path for folder in folders for path in sorted(folder.rglob("*.html"))]
        self._texts = {
            seen_from(root, path): path.read_text("utf-8", "replace")
            for path in paths
            if path.is_file() and _OF_MACROS not in path.as_posix()
        }
        self._text = "\n".join(self._texts.values())
        self._used = [name for name in NAMES if re.search(rf"\b{name}\b", self._text)]

    def facts(self, names: Mapping[str, object]) -> dict[str, object]:
        """Return the facts of `names` that the templates use, as plain data."""
        return {name: self._plain(names[name]) for name in self._used if name in names}

    def _plain(self, fact: object, *, is_whole: bool = False) -> object:
        """Return a fact as a text, a dict or a list.

        What is both a text and a group is a text, unless the templates use a part of it.
        """
        if isinstance(fact, Facts):
            is_whole |= bool(re.search(rf"(?<![\w.]){re.escape(fact.path)}[.\[]", self._text))
            if fact.text is not None and not is_whole:
                return str(fact.text)
            found = {name: self._plain(each) for name, each in fact.facts.items()}
            return {name.replace("-", "_"): each for name, each in found.items()}
        if isinstance(fact, list | tuple):
            return [self._plain(each, is_whole=True) for each in fact]
        return str(fact) if isinstance(fact, str | date) else fact

    def problems(self, site: Site) -> Iterator[Problem]:
        """Yield a problem for each fact that templates print and the fest file does not have.

        For the fests that become current later, they are warnings.
        """
        if not self._used or site.current is None:
            return
        now = [*self._problems(site.context().template_names)]
        yield from now
        before = reported(now)
        for moment, fest in site.handovers:
            found = self._problems(site.context(fest.id).template_names)
            for each in later_problems(found, before, moment=moment, fest=fest):
                yield replace(each, severity="warning")

    def _problems(self, names: Mapping[str, object]) -> Iterator[Problem]:
        for path, text in self._texts.items():
            try:
                template = Environment(autoescape=False).parse(text)  # noqa: S701 - never rendered
            except TemplateSyntaxError:
                continue  # Zensical reports it
            assigned = {each.name for each in template.find_all(nodes.Name) if each.ctx == "store"}
            known = {name: fact for name, fact in names.items() if name not in assigned}
            for output in template.find_all(nodes.Output):
                for node in output.nodes:
                    try:
                        _fact(node, known)
                    except PageError as error:
                        yield Problem(path, node.lineno, str(error))


def _fact(node: nodes.Node, names: Mapping[str, object]) -> object:
    """Return the fact that an expression names; `None` for other expressions.

    Raises `PageError` if a group does not have it.
    """
    if isinstance(node, nodes.Name):
        return names.get(node.name)
    if not isinstance(node, nodes.Getattr):
        return None
    group = _fact(node.node, names)
    if not isinstance(group, Facts):
        return None
    try:
        return group[node.attr]
    except KeyError:
        is_known = node.attr in group.facts
        raise (group.not_given if is_known else group.not_known)(node.attr) from None
