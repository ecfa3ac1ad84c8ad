"""The first files of a site, rendered from the templates in this folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from mkdocs_impldays.fest.values import key_of
from mkdocs_impldays.project import Engine

FEST = "fest.yml"
"""The template of a fest file."""

SITE = {
    "mkdocs.yml": "mkdocs.yml",
    "docs/index.md": "docs/index.md",
    "docs/about.md": "docs/about.md",
    "docs/schedule.md": "docs/schedule.md",
    "docs/location.md": "docs/location.md",
    "docs/fests.md": "docs/fests.md",
    ".github/workflows/publish.yml": "publish.yml",
    ".gitignore": "gitignore",
}
"""The files of a new site, each with its template."""


OF_ZENSICAL = {"overrides/main.html": "overrides/main.html"}
"""The files that a site for Zensical has besides, each with its template."""


@dataclass(frozen=True)
class Beginning:
    """What is known when a fest is begun; texts are those of its file, so one may be `tba`."""

    id: str
    """The name of its file without the ending."""
    name: str
    city: str
    country: str
    """Two letters (ISO 3166)."""
    timezone: str
    """A name of the IANA database."""
    days: tuple[date, ...] = ()
    """The days of its impl Days; none while they are not known."""
    venue: str = "tba"
    rsvp: str = "tba"
    page: str | None = "/about/"
    """The page that tells most of its impl Days; `None` where the site has none."""

    @property
    def venue_id(self) -> str:
        """The venue's short name, made of its name where that has Latin letters."""
        key = key_of(self.venue)
        return "main-venue" if key in {"", "tba"} else key


def fest_file(fest: Beginning) -> str:
    """Return the text of a fest file, complete and with comments."""
    return _render(FEST, fest)


def site_files(fest: Beginning, engine: Engine = "mkdocs") -> dict[str, str]:
    """Return the texts of a new site's files around the fest file, by their paths."""
    templates = SITE | (OF_ZENSICAL if engine == "zensical" else {})
    return {path: _render(template, fest, engine) for path, template in templates.items()}


def config_file(name: str) -> str:
    """Return an mkdocs.yml for pages that are there already, which MkDocs puts into the menu."""
    return (
        _environment()
        .get_template("mkdocs.yml")
        .render(fest={"name": name}, has_nav=False, engine="mkdocs")
    )


def _render(template: str, fest: Beginning, engine: Engine = "mkdocs") -> str:
    day = fest.days[0] if fest.days else date(int(_year_of(fest.id)), 5, 24)
    example = day - timedelta(days=1) if fest.days else day
    release = ".".join(version("mkdocs-impldays").split(".")[:2])
    return (
        _environment()
        .get_template(template)
        .render(fest=fest, example=example, version=release, has_nav=True, engine=engine)
    )


def _year_of(fest_id: str) -> str:
    match = re.search(r"(20\d\d)", fest_id)
    return match[1] if match else "2027"


@cache
def _environment() -> Environment:
    """Make the Jinja that leaves the braces of pages and workflows alone."""
    environment = Environment(
        loader=PackageLoader("mkdocs_impldays", "scaffold"),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - YAML and Markdown, no HTML
    )
    environment.filters["yaml"] = as_yaml
    return environment


def as_yaml(text: str) -> str:
    """Write a text as a YAML scalar, between double quotes where it needs any."""
    plain = yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=10**9)[1:-2]
    if plain == text:
        return plain
    quoted = yaml.safe_dump(
        [text], default_flow_style=True, default_style='"', allow_unicode=True, width=10**9
    )
    return quoted[1:-2]
