"""Facts with an end: people to call, streams and documents, each for as long as it is of use."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from mkdocs_impldays.fest.kinds import Deadline, Email, Moment, Phone, Text, Url
from mkdocs_impldays.fest.model import Model
from mkdocs_impldays.fest.typed import wrong


class Limited(Model):
    """What is shown from one moment until another, and is gone from the pages after it."""

    starts: Moment | None = Field(None, alias="from")
    """From when it is shown; at once, if not given. A date means its first minute."""
    until: Deadline | None = None
    """Until when; until the fest is over, if not given. A date means its last minute."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        starts, until = self.starts, self.until
        if starts and until and until <= starts:
            message = f'"{until:%Y-%m-%d %H:%M}" is not after "from", {starts:%Y-%m-%d %H:%M}.'
            raise wrong(f"{message} Correct one of them.", at=("until",))
        return self


class Contact(Limited):
    """Someone who can be reached."""

    name: Text
    """Who, or for what, like Code of Conduct team."""
    phone: Phone | None = None
    """The number with its country's code, like "+33 1 23 45 67 89"."""
    email: Email | None = None
    """The mail address."""
    url: Url | None = None
    """Their page, or where they are written to."""

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if not (self.phone or self.email or self.url):
            no_way = "has no way to reach them. Add phone, email or url."
            raise wrong(no_way)
        return self


class Live(Limited):
    """A stream to watch, or a document that all write in."""

    title: Text | None = None
    """What it is called, if not by the plugin's own word."""
    stream: Url | None = None
    """Where it is watched."""
    document: Url | None = None
    """Where it is read and written."""

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if bool(self.stream) == bool(self.document):
            one = "needs one address. Write stream or document in each item."
            raise wrong(one)
        return self
