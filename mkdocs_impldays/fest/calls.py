"""Calls: what people can do until a deadline. The first call of a fest is its RSVP."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, PrivateAttr, model_validator

from mkdocs_impldays.fest.model import Model, Tba, known, wrong
from mkdocs_impldays.fest.values import (
    DeadlineOrTba,
    Id,
    Label,
    Markdown,
    MomentOrTba,
    Price,
    Text,
    Url,
    UrlOrTba,
    one_of,
)

Availability = Literal["open", "waitlist", "full", "closed"]
"""Whether places are left: the one fact about a call that no date implies."""

TypedAvailability = Annotated[Availability, BeforeValidator(one_of(*get_args(Availability)))]


class Ticket(Model):
    """A kind of ticket, with dates of its own."""

    name: Text
    """Its name, like Early bird."""
    price: Price | None = None
    """What it costs, like 80 EUR; 0 EUR is free."""
    opens: MomentOrTba | None = None
    """From when it is on sale, if not as long as the others. A date means its first minute."""
    closes: DeadlineOrTba | None = None
    """Until when it is on sale, if not as long as the others. A date means its last minute."""
    availability: TypedAvailability = "open"
    """`open`, `waitlist`, `full` or `closed`: the one thing that a clock cannot know."""
    url: Url | None = None
    """Where people get it, if that differs from the other tickets."""
    about: Markdown | None = None
    """Who it is for, or what is in it: inline Markdown, also links."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.opens, self.closes, "closes")
        return self


class Call(Model):
    """What people can do until a deadline, like submitting a proposal or signing up to help."""

    event: Id | None = None
    """The event that people sign up for: a name from `events`; by default, the whole fest."""
    title: Text | None = None
    """Its title, like Call for proposals; by default, its short name in words."""
    url: UrlOrTba
    """Where people do it: an https: or mailto: address."""
    label: Label | None = None
    """What the button says: inline Markdown without links."""
    price: Price | None = None
    """What it costs, like 120 EUR, for search engines; 0 EUR is shown there as free."""
    opens: MomentOrTba | None = None
    """From when; by default, at once. A date means its first minute."""
    closes: DeadlineOrTba | None = None
    """Until when; by default, until the event begins. A date means its last minute."""
    availability: TypedAvailability = "open"
    """`open`, `waitlist`, `full` or `closed`: the one thing that a clock cannot know."""
    waitlist_url: Url | None = None
    """Where people get on the waiting list, if not at `url`."""
    waitlist_label: Label | None = None
    """What the button says when only the waiting list is open."""
    waitlist_opens: MomentOrTba | None = None
    """From when there is a waiting list, if not from `opens`."""
    waitlist_closes: DeadlineOrTba | None = None
    """Until when there is a waiting list, if not until `closes`."""
    note: Markdown | None = None
    """What else people need to know, beside the button in a list: inline Markdown, also links."""
    result: DeadlineOrTba | None = None
    """When people who sent something in get an answer."""
    tickets: tuple[Ticket, ...] = ()
    """Kinds of ticket, if there are several, each with a price and dates of its own."""

    _id: str = PrivateAttr("rsvp")

    @property
    def id(self) -> str:
        """Its key in `calls`, or `rsvp`."""
        return str(self.private["_id"])

    @property
    def name(self) -> str | None:
        """Its title, or its key in words; `None` for an RSVP without a title."""
        if self.title or isinstance(self, Rsvp):
            return self.title
        words = re.sub(r"[_-]+", " ", self.id).strip()
        return words[:1].upper() + words[1:]

    @property
    def address(self) -> str | None:
        """Its address, or that of the waiting list if only that is open; `None` if unknown."""
        waiting = self.waitlist_url if self.availability == "waitlist" else None
        return waiting or known(self.url)

    def of_ticket(self, ticket: Ticket) -> Call:
        """Return a call for one kind of ticket, open only within the dates of this one."""
        own: dict[str, object] = {
            "title": ticket.name,
            "url": ticket.url or self.url,
            "price": ticket.price,
            "opens": _bound(self.opens, ticket.opens, max),
            "closes": _bound(self.closes, ticket.closes, min),
            "note": ticket.about,
            "tickets": (),
        }
        if self.availability == "open":
            own["availability"] = ticket.availability
        return self.model_copy(update=own)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.opens, self.closes, "closes")
        check_order(self.waitlist_opens, self.waitlist_closes, "waitlist_closes")
        return self


class Rsvp(Call):
    """How people sign up for an event: the first call of a fest."""

    event: Id
    """The event that people sign up for: a name from `events`."""


def _bound(
    whole: datetime | Tba | None,
    own: datetime | Tba | None,
    narrower: Callable[[datetime, datetime], datetime],
) -> datetime | Tba | None:
    """Return when a kind of ticket opens or closes, within the dates of the whole call."""
    if isinstance(whole, datetime) and isinstance(own, datetime):
        return narrower(whole, own)
    return whole if own is None else own


def check_order(opens: datetime | Tba | None, closes: datetime | Tba | None, key: str) -> None:
    """Raise a problem at `key`, that of the end, if a call closes before it opens."""
    first, last = known(opens), known(closes)
    if first and last and last <= first:
        message = f'"{last:%Y-%m-%d %H:%M}" is not after it opens, {first:%Y-%m-%d %H:%M}.'
        raise wrong(f"{message} Correct one of them.", at=(key,))
