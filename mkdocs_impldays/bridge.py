"""The same names under mkdocs-macros and Zensical, which both call `define_env`.

In mkdocs.yml: `plugins: - macros: {modules: [mkdocs_impldays.bridge], on_undefined: strict}`. The
fest is named below `extra:`, as `extra: {impldays: {fest: fests/paris-2018.yml}}`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from markupsafe import Markup

from mkdocs_impldays.context import PageContext
from mkdocs_impldays.names.fests import source_of
from mkdocs_impldays.pages.facts import Block, CalledFacts, Facts, Inline, Macro, PageError
from mkdocs_impldays.pages.printing import as_printed, for_markdown
from mkdocs_impldays.problems import Problem
from mkdocs_impldays.site import SiteOptions, read_site

_THEME = Path(__file__).with_name("theme")


class MacrosEnvironment(Protocol):
    """What both engines hand to `define_env`."""

    conf: Any
    """The settings of mkdocs.yml."""
    variables: Any
    """What pages may use, by name."""
    project_dir: str
    """The folder of mkdocs.yml."""

    def macro(self, function: Callable[..., object], name: str) -> object:
        """Let pages call a function."""
        ...

    def filter(self, function: Callable[..., object], name: str) -> object:
        """Let pages put a function behind `|`."""
        ...


class Absent:
    """A fact that the fest file does not hold: false in `if`, and an error where it is printed."""

    def __init__(self, message: str) -> None:
        self._message = message

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        raise PageError(self._message)


def define_env(env: MacrosEnvironment) -> None:
    """Return the pages of another engine our names, macros and filters.

    Raises `PageError` with all problems of the fest files: the engine stops, or shows them.
    """
    site_url = env.conf["site_url"] or None
    context = _context(Path(env.project_dir), env.conf, site_url)
    root = urlsplit(site_url or "/").path.rstrip("/")
    for name, fact in context.names.items():
        if isinstance(fact, Macro):
            env.macro(_printing(fact, root), name)
        elif isinstance(fact, CalledFacts):
            group = Facts(fact.path, partial(_inner, fact))
            env.variables[name] = CalledFacts(group, _printing(fact.macro, root))
        else:
            env.variables[name] = _printable(fact)
    for name, function in context.filters.items():
        env.filter(_printing(function, root), name)


def _context(project: Path, conf: Mapping[str, Any], site_url: str | None) -> PageContext:
    options = (conf["extra"] or {}).get("impldays") or {}
    name, folder = options.get("fest"), options.get("fests", "fests")
    where = name if name and ("/" in name or Path(name).suffix) else folder
    site, problems = read_site(
        project,
        where=where,
        fest_id=name and Path(name).stem,
        now=os.environ.get("IMPLDAYS_NOW"),
        clock=datetime.now(UTC),
        options=SiteOptions(
            url=site_url, template_folders=[str(project / "overrides"), str(_THEME)]
        ),
    )
    _refuse([problem for problem in problems if problem.severity == "error"])
    sources = map(source_of, site.fests.values())
    written = [source for source in sources if (project / "docs" / source).is_file()]
    addresses = {source: f"{source.removesuffix('.md')}/" for source in written}
    return site.with_pages(addresses).context()


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise PageError("\n".join(map(str, problems)))


def _printing(function: Callable[..., object], root: str) -> Callable[..., object]:
    """Have a macro or filter give what stands on a page, with addresses from the site's root."""

    def printing(*args: object, **kwargs: object) -> object:
        given = function(*args, **kwargs)
        if isinstance(given, Markup):
            html = re.sub(r'(\s(?:href|src)=")/(?!/)', rf"\g<1>{root}/", str(given))
            if isinstance(given, Block):
                return f"\n{html}\n"
            return for_markdown(html) if isinstance(given, Inline) else html
        return _printable(given)

    return printing


def _printable(fact: object, *, absent: str = "") -> object:
    """Return the same facts with every text ready for Markdown, where an engine escapes nothing."""
    if isinstance(fact, Facts):
        text = None if fact.text is None else as_printed(fact.text)
        return Facts(fact.path, partial(_inner, fact), text=text, value=fact.value)
    if isinstance(fact, list | tuple):
        return [_printable(each) for each in fact]
    if fact is None:
        return Absent(absent)
    return as_printed(fact) if isinstance(fact, str) else fact


def _inner(facts: Facts) -> dict[str, object]:
    return {
        name: _printable(fact, absent=str(facts.not_given(name)))
        for name, fact in facts.facts.items()
    }
