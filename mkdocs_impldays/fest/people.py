"""Who makes a fest possible: its sponsors and its team."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from mkdocs_impldays.fest.agenda import Link
from mkdocs_impldays.fest.model import Model
from mkdocs_impldays.fest.values import Markdown, Picture, SitePath, Text, Url


class Sponsor(Model):
    """A company or group that supports the fest."""

    name: Text
    """What it is called."""
    level: Text | None = None
    """What its support is called, like Gold; levels are shown in the order of the file."""
    url: Url | None = None
    """Its own site."""
    logo: Picture | None = None
    """Its logo, a file in the folder of your pages, like img/acme.svg."""
    logo_dark: Picture | None = None
    """Its logo for a dark background, if the other cannot be read there."""
    about: Markdown | None = None
    """A sentence on it: inline Markdown, also links."""


class Member(Model):
    """A person of the team that runs the fest."""

    name: Text
    """What the person is called."""
    role: Text | None = None
    """What the person does, like Programme."""
    about: Markdown | None = None
    """A sentence on the person: inline Markdown, also links."""
    photo: Picture | None = None
    """A picture, a file in the folder of your pages, like img/ada.jpg."""
    url: Url | None = None
    """The person's own page."""
    links: tuple[Link, ...] = ()
    """Further addresses."""


class Pages(Model):
    """Pages of the site that every page leads to."""

    code_of_conduct: SitePath | None = None
    """The address of the code of conduct, like /code-of-conduct/."""
    contact: SitePath | None = None
    """The address of the page by which people get in touch."""
    imprint: SitePath | None = None
    """The address of the page that says who is responsible for the site."""


def by_level(sponsors: Sequence[Sponsor]) -> list[tuple[str | None, list[Sponsor]]]:
    """Return sponsors by level, the levels in the order of their first sponsor."""
    order = list(dict.fromkeys(sponsor.level for sponsor in sponsors))
    ordered = sorted(sponsors, key=lambda sponsor: order.index(sponsor.level))
    groups = groupby(ordered, key=lambda sponsor: sponsor.level)
    return [(level, list(group)) for level, group in groups]
