"""Organiser, sponsors, team, contacts, streams and links of a fest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Self

from pydantic import Field, model_validator

from mkdocs_impldays.fest.agenda import Link
from mkdocs_impldays.fest.clock import as_typed
from mkdocs_impldays.fest.model import Model, known, wrong
from mkdocs_impldays.fest.values import (
    Deadline,
    Email,
    Markdown,
    MomentOrTba,
    Phone,
    Picture,
    SitePath,
    Text,
    Url,
)


class Organizer(Model):
    """Who organises the fest."""

    name: Text
    """A person or a group."""
    url: Url | None = None
    """Their website."""
    email: Email | None = None
    """Their email address."""


class Sponsor(Model):
    """A company or group that supports the fest."""

    name: Text
    """Its name."""
    level: Text | None = None
    """Its level, like Gold; levels are shown in the order of the file."""
    url: Url | None = None
    """Its website."""
    logo: Picture | None = None
    """Its logo, a file in the folder of your pages, like img/acme.svg."""
    logo_dark: Picture | None = None
    """Its logo for a dark background, if the other cannot be read there."""
    about: Markdown | None = None
    """A sentence on it: inline Markdown, also links."""


class Member(Model):
    """A member of the team that organises the fest."""

    name: Text
    """The person's name."""
    role: Text | None = None
    """The person's role, like Programme."""
    about: Markdown | None = None
    """A sentence on the person: inline Markdown, also links."""
    photo: Picture | None = None
    """A picture, a file in the folder of your pages, like img/ada.jpg."""
    url: Url | None = None
    """The person's own website."""
    links: tuple[Link, ...] = ()
    """Further links."""


class Pages(Model):
    """Pages of the site that every page links to."""

    code_of_conduct: SitePath | None = None
    """The address of the code of conduct, like /code-of-conduct/."""
    contact: SitePath | None = None
    """The address of the contact page."""
    imprint: SitePath | None = None
    """The address of the page that says who is responsible for the site."""


class Limited(Model):
    """What pages show only from one moment until another."""

    starts: MomentOrTba | None = Field(None, alias="from")
    """From when it is shown; by default, at once. A date means its first minute."""
    until: Deadline | None = None
    """Until when; by default, until the fest is over. A date means its last minute."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        starts, until = known(self.starts), self.until
        if starts and until and until <= starts:
            typed = as_typed(until, is_deadline=True)
            message = f'"{typed}" is not after "from", {as_typed(starts)}.'
            raise wrong(f"{message} Correct one of them.", at=("until",))
        return self


class Contact(Limited):
    """A person or team who can be reached."""

    name: Text
    """Who, or for what, like Code of Conduct team."""
    phone: Phone | None = None
    """The number with its country code, like "+33 1 23 45 67 89"."""
    email: Email | None = None
    """Their email address."""
    url: Url | None = None
    """Their website or contact form."""

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if not (self.phone or self.email or self.url):
            raise wrong("has no way to reach them. Add phone, email or url.")
        return self


class Live(Limited):
    """A stream to watch, or a shared document."""

    title: Text | None = None
    """Its name, instead of the plugin's own word."""
    stream: Url | None = None
    """The address of the stream."""
    document: Url | None = None
    """The address of the document."""

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if bool(self.stream) == bool(self.document):
            raise wrong("needs one address. Write stream or document in each item.")
        return self


def by_level(sponsors: Sequence[Sponsor]) -> list[tuple[str | None, list[Sponsor]]]:
    """Return sponsors by level, the levels in the order of their first sponsor."""
    order = list(dict.fromkeys(sponsor.level for sponsor in sponsors))
    ordered = sorted(sponsors, key=lambda sponsor: order.index(sponsor.level))
    groups = groupby(ordered, key=lambda sponsor: sponsor.level)
    return [(level, list(group)) for level, group in groups]
