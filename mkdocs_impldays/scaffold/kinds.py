"""The kinds of fest, and the colours, that `impldays new` offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of fest, with texts for the fest file and the pages of a new site."""

    words: str
    """Its description in the prompt."""
    event: str
    """The short name of its event."""
    title: str
    """The title of its event."""
    series: str
    """The name of the fest by default; the city follows."""
    label: str
    """The label of the button."""
    description: str
    """A sentence for search engines, for all editions."""
    logo: str
    """An icon of Material for MkDocs."""
    motif: str
    """The default shape of the drawn days."""
    hours: tuple[str, str]
    """Usual opening and closing times, for examples."""
    offer: str | None = None
    """The word for what people sign up for, like Tickets; `None` for the plugin's own."""
    pages: tuple[str, ...] = ()
    """Pages besides those that each site has, by their names."""


KINDS: Mapping[str, Kind] = {
    "hack-days": Kind(
        words="people work on projects together, for some hours or some days",
        event="hack_days",
        title="Hack days",
        series="Hack Days",
        label="I will come and hack",
        description="Open hacking for everyone, on whatever they would like to work on.",
        logo="material/code-braces",
        motif="blocks",
        hours=("09:00", "18:00"),
    ),
    "conference": Kind(
        words="talks in one or more tracks, a call for proposals, tickets",
        event="talks",
        title="Talks",
        series="Conference",
        label="Get your ticket",
        description="Talks, and time to talk about them, in the open for everyone.",
        logo="material/presentation",
        motif="arches",
        hours=("09:00", "18:00"),
        offer="Tickets",
        pages=("take-part", "now"),
    ),
    "meetup": Kind(
        words="evenings that come back, each with a talk or two",
        event="meetup",
        title="Meetup",
        series="Meetup",
        label="I will be there",
        description="Evenings with a talk or two, and time to meet.",
        logo="material/account-group",
        motif="roofs",
        hours=("18:30", "21:30"),
    ),
    "workshop": Kind(
        words="a small group learns something together",
        event="workshop",
        title="Workshop",
        series="Workshop",
        label="Sign up",
        description="A workshop for a small group: learn by doing, with help at hand.",
        logo="material/school",
        motif="peaks",
        hours=("10:00", "16:00"),
        offer="Registration",
    ),
}
"""All kinds by name; the first is the default."""

MAIN_KIND = next(iter(KINDS))


@dataclass(frozen=True)
class Colours:
    """A dark colour, and a light one that is readable on it."""

    primary: str
    accent: str


COLOURS: Mapping[str, Colours] = {
    "slate": Colours("#26323f", "#f2b84b"),
    "night": Colours("#1f2a5c", "#8fd3ff"),
    "forest": Colours("#1d4033", "#f0d264"),
    "sea": Colours("#0f4557", "#7fe0c4"),
    "plum": Colours("#4a1f4f", "#ffb1c8"),
    "brick": Colours("#5c2018", "#ffc56b"),
}
"""Colours that can be read on light and dark pages, by their names; the first is the default."""
