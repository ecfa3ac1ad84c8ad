"""What became of a plan: its status, its changes, and where it went online."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field

from mkdocs_impldays.fest.kinds import Date, Moment, Text, UrlOrTba
from mkdocs_impldays.fest.model import Model
from mkdocs_impldays.fest.readers import one_of

Status = Literal["scheduled", "cancelled", "postponed", "rescheduled", "moved-online"]
"""What became of a plan, in the terms of schema.org's `EventStatusType`."""

NOT_HELD: frozenset[Status] = frozenset({"cancelled", "postponed"})
"""What can become of a plan so that nothing takes place on its days."""

TypedStatus = Annotated[Status, BeforeValidator(one_of(*get_args(Status)))]


class Change(Model):
    """A change of time, place or status that people were told of; what happened stays listed."""

    date: Date
    """The day on which it was told."""
    what: Text
    """What is different, in a sentence."""
    previous_start: Date | None = None
    """The first day as it was before, if the days moved."""


class Join(Model):
    """How people take part from where they are."""

    url: UrlOrTba
    """Where they meet: an https: address."""
    starts: Moment | None = Field(None, alias="from")
    """From when the link is shown; half an hour before it begins, if not given."""
