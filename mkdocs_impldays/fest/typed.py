"""What an organiser typed for a value, before anything is made of it."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from pydantic_core import PydanticCustomError


class Tba(Enum):
    """The mark of a fact that is not known yet, typed `tba`."""

    TBA = "tba"


TBA = Tba.TBA

T = TypeVar("T")


def is_tba(value: object) -> bool:
    """Tell whether `tba` was typed, in any case of letters."""
    return value is TBA or (isinstance(value, str) and value.strip().casefold() == "tba")


def known(fact: T | Tba | None) -> T | None:
    """Give a fact's value, or `None` where it is not there or still `tba`."""
    return None if isinstance(fact, Tba) else fact


def wrong(message: str, *, at: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """Make the error that carries a message for the organiser through pydantic.

    `at` leads from the part that finds the mistake to the key it stands at.
    """
    return PydanticCustomError("impldays", "{message}", {"message": message, "at": at})


def text_of(value: object) -> str:
    """Give a value's text without the space around it; what is not text is a mistake."""
    if isinstance(value, str) and _is_seen(value):
        return value.strip()
    if isinstance(value, list):
        message = "is a list where one value belongs. Write one value behind the colon."
    elif isinstance(value, dict):
        message = "is a group of keys where one value belongs. Write a value behind the colon."
    else:
        message = "is empty. Write its value behind the colon."
    raise wrong(message)


def _is_seen(text: str) -> bool:
    if text.isprintable():  # as most is: told in one go
        return text.strip() != ""
    return any(character.isprintable() and character != " " for character in text)
