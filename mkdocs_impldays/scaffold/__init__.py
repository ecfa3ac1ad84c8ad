"""The files of a new site, rendered from the templates in this folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from mkdocs_impldays.fest.ids import key_of
from mkdocs_impldays.project import Engine
from mkdocs_impldays.scaffold.kinds import COLOURS, KINDS, MAIN_KIND, Kind

FEST = "fest.yml"
"""The template of a fest file."""

SITE = {
    "mkdocs.yml": "mkdocs.yml",
    "docs/index.md": "docs/index.md",
    "docs/schedule.md": "docs/schedule.md",
    "docs/location.md": "docs/location.md",
    "docs/fests.md": "docs/fests.md",
    ".gitignore": "gitignore",
}
"""The files of each new site, with their templates; its kind adds to them."""

CI = {
    "github": (".github/workflows/publish.yml", "publish.yml"),
    "gitlab": (".gitlab-ci.yml", "ci/gitlab.yml"),
    "codeberg": (".forgejo/workflows/publish.yml", "ci/forgejo.yml"),
    "netlify": ("netlify.toml", "ci/netlify.toml"),
    "cloudflare": (".cloudflare/build.sh", "ci/cloudflare.sh"),
}
"""The services that build and publish a site: their file, and its template."""


OF_ZENSICAL = {"overrides/mkdocs_theme.yml": "overrides/mkdocs_theme.yml"}
"""The additional files of a site for Zensical, with their templates."""


@dataclass(frozen=True)
class Beginning:
    """The facts of a new fest, as its file has them: they may be `tba`."""

    id: str
    """The name of its file without the ending."""
    name: str
    city: str
    country: str
    """Two letters (ISO 3166)."""
    timezone: str
    """A name of the IANA database."""
    days: tuple[date, ...] = ()
    """The days of its event; none while they are not known."""
    venue: str = "tba"
    rsvp: str = "tba"
    attendance: str = "on-site"
    """`on-site`, `online` or `hybrid`; if online, city, country and venue are empty."""
    kind: str = MAIN_KIND
    """One of `KINDS`."""
    description: str = KINDS[MAIN_KIND].description
    """A sentence for search engines, for all editions."""
    primary: str = COLOURS["slate"].primary
    accent: str = COLOURS["slate"].accent
    motif: str = KINDS[MAIN_KIND].motif
    page: str | None = "/about/"
    """The address of the page about its event; `None` without one."""
    ci: str = "github"
    """One of `CI`."""

    @property
    def series(self) -> str:
        """The name of all editions: its own without the city of a default name, or the year."""
        general = self.facts.series
        if self.name == f"{general} {self.city}":
            return general
        name, _, last = self.name.rpartition(" ")
        return name.rstrip() if re.fullmatch(r"(19|20)\d\d", last) else self.name

    @property
    def facts(self) -> Kind:
        """The texts of its kind."""
        return KINDS[self.kind]

    @property
    def venue_id(self) -> str:
        """The venue's short name, made from its name if that has Latin letters."""
        key = key_of(self.venue)
        return "main-venue" if key in {"", "tba"} else key


def fest_file(fest: Beginning) -> str:
    """Return the text of a fest file, complete and with comments."""
    return _render(FEST, fest)


def site_files(
    fest: Beginning, engine: Engine = "mkdocs", *, package: str | None = None
) -> dict[str, str]:
    """Return the texts of a new site's files besides the fest file, by their paths.

    `package` is the requirement that its workflow installs with pip; by default, this version.
    """
    templates = {**SITE, **dict([CI[fest.ci]]), "docs/about.md": f"docs/about-{fest.kind}.md"}
    templates |= {f"docs/{name}.md": f"docs/{name}.md" for name in fest.facts.pages}
    templates |= OF_ZENSICAL if engine == "zensical" else {}
    if fest.attendance == "online":
        del templates["docs/location.md"]
    files = {path: _render(each, fest, engine, package) for path, each in templates.items()}
    return dict(sorted(files.items()))


def config_file(name: str) -> str:
    """Return an mkdocs.yml without a menu, for existing pages."""
    return (
        _environment()
        .get_template("mkdocs.yml")
        .render(
            fest={"name": name},
            kind=None,
            logo=KINDS[MAIN_KIND].logo,
            has_nav=False,
            engine="mkdocs",
        )
    )


def _render(
    template: str, fest: Beginning, engine: Engine = "mkdocs", package: str | None = None
) -> str:
    year = re.search(r"20\d\d", fest.id)
    day = fest.days[0] if fest.days else date(int(year[0]) if year else 2027, 5, 24)
    release = ".".join(version("mkdocs-impldays").split(".")[:2])
    return (
        _environment()
        .get_template(template)
        .render(
            fest=fest,
            kind=fest.facts,
            logo=fest.facts.logo,
            example=day,
            example_before=day - timedelta(days=1),
            example_later=day + timedelta(days=28),
            package=package or f"mkdocs-impldays~={release}",
            engine=engine,
            has_nav=True,
            zensical=' "zensical==0.0.73"' if engine == "zensical" else "",
        )
    )


@cache
def _environment() -> Environment:
    """Return the Jinja environment, with delimiters other than those of pages and workflows."""
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
    """Return a text as a YAML scalar, with double quotes if it needs any."""
    plain = yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=10**9)[1:-2]
    if plain == text:
        return plain
    quoted = yaml.safe_dump(
        [text], default_flow_style=True, default_style='"', allow_unicode=True, width=10**9
    )
    return quoted[1:-2]
