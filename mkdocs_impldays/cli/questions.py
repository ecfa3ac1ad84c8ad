"""The questions of `impldays new`: how answers are read, and what is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from mkdocs_impldays.fest.addresses import is_placeholder
from mkdocs_impldays.fest.event import Attendance, TypedAttendance
from mkdocs_impldays.fest.look import Look, Motif, TypedMotif
from mkdocs_impldays.fest.model import is_tba
from mkdocs_impldays.fest.time_zones import country_named, likely_zone, zones_named, zones_of
from mkdocs_impldays.fest.typed_dates import read_dates
from mkdocs_impldays.fest.values import Country, Text, UrlOrTba, Zone
from mkdocs_impldays.problems import guess, quoted
from mkdocs_impldays.scaffold.kinds import COLOURS, KINDS, MAIN_KIND

Answers = Mapping[str, str]
"""The answers so far, by the names of the questions; `id` is always there."""


class UnfitError(ValueError):
    """An answer is not valid; the message says what to do."""


@dataclass(frozen=True)
class Question:
    """A question about a new fest."""

    name: str
    """Its option's name, without the dashes."""
    words: str
    """The text of the prompt, and the help of the option."""
    reader: Callable[[str, Answers], str]
    """Reads an answer that is not empty; see `read`."""
    guess: Callable[[Answers], str | None] = lambda _: None
    """Returns the answer for --yes; `None` if it is required."""
    offer: Callable[[Answers], str | None] = lambda _: None
    """Returns the default of the prompt if there is no guess."""

    def read(self, text: str, answers: Answers) -> str:
        """Return the text for the fest file, or raise `UnfitError`."""
        if not text.strip():
            raise UnfitError(f"{quoted(text)} is empty. Type an answer.")
        return self.reader(text, answers)


def days_of(text: str, fest_id: str) -> tuple[date, ...]:
    """Return the days of an answer; none for `tba`. The year may be in the fest's id only."""
    if is_tba(text):
        return ()
    found = re.search(r"(?<!\d)20\d\d(?!\d)", fest_id)
    days, reason = read_dates(text, year=int(found[0]) if found else None)
    if reason:
        advice = "Write them like 2027-05-24 to 2027-05-25, or tba."
        raise UnfitError(f"{quoted(text)} cannot be read: {reason} {advice}")
    if days and days[0].year != days[-1].year and not re.search(r"\d{4}", text):
        advice = f"Write it, like {days[0]} to {days[-1]}."
        raise UnfitError(f"{quoted(text)} runs over New Year and names no year. {advice}")
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
    try:
        return _read_as(Country)(country_named(text) or text.strip().upper(), answers)
    except UnfitError:
        advice = "Type its name in English, or its two letters, like FR."
        raise UnfitError(f"{quoted(text)} is not a country. {advice}") from None


def _read_rsvp(text: str, answers: Answers) -> str:
    if is_placeholder(text) and not is_tba(text):
        advice = "Type the real one, or tba while it is not known."
        raise UnfitError(f"{quoted(text)} is a placeholder. {advice}")
    return _read_as(UrlOrTba)(text, answers)


def _read_days(text: str, answers: Answers) -> str:
    days_of(text, answers["id"])
    return text.strip()


def _read_kind(text: str, _: Answers) -> str:
    name = text.strip().casefold().replace(" ", "-")
    if name not in KINDS:
        unknown = guess(name, KINDS) or f" Type one of {', '.join(KINDS)}."
        raise UnfitError(f"{quoted(text)} is not a kind of fest.{unknown}")
    return name


def _read_colours(text: str, _: Answers) -> str:
    """Read the name of a pair of colours, or two colours, and return both."""
    named = COLOURS.get(text.strip().casefold())
    colours = [named.primary, named.accent] if named else re.findall(r"[^\s,\"']+", text)
    if len(colours) != 2:
        unknown = guess(text, COLOURS) or f" Type one of {', '.join(COLOURS)},"
        both = 'or a dark and a light one, like "#26323f #f2b84b".'
        raise UnfitError(f"{quoted(text)} is not a pair of colours.{unknown} {both}")
    try:
        look = Look.model_validate({"primary": colours[0], "accent": colours[1]})
    except ValidationError as error:
        raise UnfitError(error.errors(include_url=False)[0]["msg"]) from None
    return f"{look.primary} {look.accent}"


def _words_of_id(answers: Answers) -> list[str]:
    return [word.capitalize() for word in re.findall(r"[^\W\d_]+", answers["id"])]


def _city_in_id(answers: Answers) -> str | None:
    """Return the city at the end of an ID like `hack-days-lisbon-2027`; else its last word."""
    words = _words_of_id(answers)
    ends = (" ".join(words[first:]) for first in range(len(words)))
    return next((end for end in ends if zones_named(end)), words[-1] if words else None)


def _name_in_id(answers: Answers) -> str | None:
    """Return the words of an ID, after the kind of fest if they are only a city."""
    words = " ".join(_words_of_id(answers))
    if words == (_city_in_id(answers) or ""):
        return f"{KINDS[answers['kind']].series} {answers['city'] or words}"
    return words


def _country_of_city(answers: Answers) -> str | None:
    codes = {code for code, _ in zones_named(answers["city"])}
    return codes.pop() if len(codes) == 1 else None


def _zone_of_country(answers: Answers) -> str | None:
    if not answers["country"]:
        return None
    return likely_zone(answers["country"], answers["city"])


QUESTIONS = (
    Question("kind", f"The kind of fest: {', '.join(KINDS)}", _read_kind, lambda _: MAIN_KIND),
    Question(
        "attendance", f"Where people take part: {', '.join(get_args(Attendance))}",
        _read_as(TypedAttendance), lambda _: "on-site",
    ),
    Question("city", "The city", _read_as(Text), _city_in_id),
    Question("name", "The name of the fest", _read_as(Text), _name_in_id),
    Question(
        "country", "The country, by its English name or two letters", _read_country,
        _country_of_city,
    ),
    Question(
        "timezone", "The time zone, like Europe/Paris", _read_as(Zone), _zone_of_country,
        lambda known: next(iter(zones_of(known["country"])), None),
    ),
    Question(
        "dates", "The days, like 2027-05-24 to 2027-05-25, or tba", _read_days, lambda _: "tba"
    ),
    Question("venue", "The name of the venue, or tba", _read_as(Text), lambda _: "tba"),
    Question(
        "rsvp", "Where people sign up (https:…), or tba", _read_rsvp, lambda _: "tba"
    ),
    Question(
        "description", "A sentence about it for search engines", _read_as(Text),
        lambda known: KINDS[known["kind"]].description,
    ),
    Question(
        "colours", f"The colours: {', '.join(COLOURS)}, or two like #26323f #f2b84b",
        _read_colours, lambda _: next(iter(COLOURS)),
    ),
    Question(
        "motif", f"The shape of its days: {', '.join(get_args(Motif))}", _read_as(TypedMotif),
        lambda known: KINDS[known["kind"]].motif,
    ),
)  # fmt: skip
"""All questions in order: an answer may be guessed from those before it."""
