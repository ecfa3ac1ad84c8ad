"""What people can do until a date. The first call of a fest is its RSVP."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, model_validator

from mkdocs_impldays.fest.model import Model, known, wrong
from mkdocs_impldays.fest.values import (
    DeadlineOrTba,
    Id,
    Label,
    MomentOrTba,
    Price,
    Url,
    UrlOrTba,
    one_of,
)

Availability = Literal["open", "waitlist", "full"]
"""Whether there is room: the one thing about an RSVP that a clock cannot know."""


class Call(Model):
    """What people can do until a date; of the RSVP, how they say that they will come."""

    event: Id
    """What they come to: a name from `events`."""
    url: UrlOrTba
    """Where they say it: an https: or mailto: address."""
    label: Label | None = None
    """What the button says: inline Markdown without links."""
    price: Price | None = None
    """What it costs to come, like 120 EUR, for search engines; 0 EUR is shown there as free."""
    opens: MomentOrTba | None = None
    """From when; at once, if not given. A date means its first minute."""
    closes: DeadlineOrTba | None = None
    """Until when; until the event begins, if not given. A date means its last minute."""
    availability: Annotated[Availability, BeforeValidator(one_of(*get_args(Availability)))] = "open"
    """`open`, `waitlist` or `full`: the one thing that a clock cannot know."""
    waitlist_url: Url | None = None
    """Where people get on the waiting list, if not at `url`."""
    waitlist_label: Label | None = None
    """What the button says when only the waiting list is open."""

    @property
    def address(self) -> str | None:
        """Where people say it while there is a waiting list only, or else at all times."""
        waiting = self.waitlist_url if self.availability == "waitlist" else None
        return waiting or known(self.url)

    @model_validator(mode="after")
    def _opens_first(self) -> Self:
        opens, closes = known(self.opens), known(self.closes)
        if opens and closes and closes <= opens:
            message = f'"{closes:%Y-%m-%d %H:%M}" is not after it opens, {opens:%Y-%m-%d %H:%M}.'
            raise wrong(f"{message} Correct one of them.", at=("closes",))
        return self
