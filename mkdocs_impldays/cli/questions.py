"""What is asked when a fest is begun, how each answer is read, and what is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from mkdocs_impldays.fest.addresses import is_placeholder
from mkdocs_impldays.fest.atlas import country_named, likely_zone, zones_named, zones_of
from mkdocs_impldays.fest.kinds import Country, Text, UrlOrTba, Zone
from mkdocs_impldays.fest.typed import is_tba
from mkdocs_impldays.fest.typed_dates import read_dates
from mkdocs_impldays.problems import quoted

Answers = Mapping[str, str]
"""What is known so far, by the names of the questions; `id` is there from the first."""


class UnfitError(ValueError):
    """An answer that does not fit, with what to do about it."""


@dataclass(frozen=True)
class Question:
    """One thing to know about a fest."""

    name: str
    """Its option's name, without the dashes."""
    words: str
    """What is asked, and said of the option."""
    reader: Callable[[str, Answers], str]
    """Reads an answer that is not empty; see `read`."""
    guess: Callable[[Answers], str | None] = lambda _: None
    """What is taken with --yes; `None` where it has to be answered."""
    offer: Callable[[Answers], str | None] = lambda _: None
    """What is offered to somebody who can still say no, where there is no guess."""

    def read(self, text: str, answers: Answers) -> str:
        """Give the text for the fest file, or raise `UnfitError`."""
        if not text.strip():
            raise UnfitError(f"{quoted(text)} says nothing. Type an answer.")
        return self.reader(text, answers)


def days_of(text: str, fest_id: str) -> tuple[date, ...]:
    """Read the answer about dates; none for `tba`. The year may stand in the fest's id alone."""
    if is_tba(text):
        return ()
    found = re.search(r"(?<!\d)20\d\d(?!\d)", fest_id)
    days, reason = read_dates(text, year=int(found[0]) if found else None)
    if reason:
        advice = "Write them like 2027-05-24 to 2027-05-25, or tba."
        raise UnfitError(f"{quoted(text)} cannot be read: {reason} {advice}")
    return days


def _read_as(kind: Any) -> Callable[[str, Answers], str]:
    adapter = TypeAdapter(kind)

    def read(text: str, _: Answers) -> str:
        try:
            adapter.validate_python(text)
        except ValidationError as error:
            raise UnfitError(error.errors(include_url=False)[0]["msg"]) from None
        return text.strip()

    return read


def _read_country(text: str, answers: Answers) -> str:
    return _read_as(Country)(country_named(text) or text, answers)


def _read_rsvp(text: str, answers: Answers) -> str:
    if is_placeholder(text) and not is_tba(text):
        advice = "Type the real one, or tba while it is not known."
        raise UnfitError(f"{quoted(text)} only holds the place of an address. {advice}")
    return _read_as(UrlOrTba)(text, answers)


def _read_days(text: str, answers: Answers) -> str:
    days_of(text, answers["id"])
    return text.strip()


def _city_in_id(answers: Answers) -> str | None:
    words = re.findall(r"[^\W\d_]+", answers["id"])
    return " ".join(word.capitalize() for word in words) or None


def _country_of_city(answers: Answers) -> str | None:
    codes = {code for code, _ in zones_named(answers["city"])}
    return codes.pop() if len(codes) == 1 else None


def _zone_of_country(answers: Answers) -> str | None:
    return likely_zone(answers["country"], answers["city"])


def _largest_zone(answers: Answers) -> str | None:
    return next(iter(zones_of(answers["country"])), None)


QUESTIONS = (
    Question("city", "The city", _read_as(Text), _city_in_id),
    Question(
        "name", "The name of the fest", _read_as(Text), lambda known: f"impl Days {known['city']}"
    ),
    Question("country", "The country, by name or two letters", _read_country, _country_of_city),
    Question(
        "timezone", "The time zone, like Europe/Paris", _read_as(Zone), _zone_of_country,
        _largest_zone,
    ),
    Question(
        "dates", "The days, like 2027-05-24 to 2027-05-25, or tba", _read_days, lambda _: "tba"
    ),
    Question("venue", "The name of the venue, or tba", _read_as(Text), lambda _: "tba"),
    Question(
        "rsvp", "Where people say that they will come (https:…), or tba", _read_rsvp,
        lambda _: "tba",
    ),
)  # fmt: skip
"""All of them, in the order in which they are asked: each may be guessed from those before it."""
