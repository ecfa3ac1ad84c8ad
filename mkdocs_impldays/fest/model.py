"""The base of all models of a fest file: frozen, with `tba` and translated texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import (
    no_info_plain_validator_function,
    with_info_plain_validator_function,
)

from mkdocs_impldays.problems import quoted
from mkdocs_impldays.words.languages import is_language


class Model(BaseModel):
    """A part of a fest file: frozen, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @property
    def private(self) -> dict[str, Any]:
        """Its private attributes by their names: what is not a key of the file.

        Ten times as fast as access by name, for which pydantic looks everywhere else first.
        """
        return self.__pydantic_private__ or {}


class Reader:
    """An annotation of a type: the function that reads it from the file, and its JSON Schema.

    Pydantic does not check the result again. Pydantic's own annotations inspect the signature of
    the function for each field, which takes longer than reading a fest file.
    """

    def __init__(
        self,
        read: Callable[[object], object] | Callable[[object, ValidationInfo], object],
        schema: Mapping[str, object],
        *,
        has_info: bool = False,
    ) -> None:
        """`has_info`: whether the function takes pydantic's context too."""
        self._read = read
        self._schema = schema
        self._has_info = has_info

    def __get_pydantic_core_schema__(self, *_: object) -> CoreSchema:
        read: Any = self._read
        if self._has_info:
            return with_info_plain_validator_function(read)
        return no_info_plain_validator_function(read)

    def __get_pydantic_json_schema__(self, *_: object) -> dict[str, object]:
        return dict(self._schema)


class Tba(Enum):
    """The value of a fact that is still `tba`."""

    TBA = "tba"


TBA = Tba.TBA

T = TypeVar("T")


def is_tba(value: object) -> bool:
    """Return whether a value is `tba`, in upper or lower case."""
    return value is TBA or (isinstance(value, str) and value.strip().casefold() == "tba")


def known(fact: T | Tba | None) -> T | None:
    """Return the value of a fact; `None` if it is missing or still `tba`."""
    return None if isinstance(fact, Tba) else fact


def wrong(message: str, *, at: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """Return the exception for a mistake in a value, with a message for the organiser.

    `at` is the path from the model that raises it to the wrong key.
    """
    return PydanticCustomError("impldays", "{message}", {"message": message, "at": at})


@contextmanager
def problems_at(*place: str | int) -> Iterator[None]:
    """Raise a problem of a part of a model as one of the model, with the path to that part."""
    try:
        yield
    except PydanticCustomError as error:
        context = error.context or {}
        raise wrong(context["message"], at=(*place, *context["at"])) from None


def text_of(value: object) -> str:
    """Return the stripped text of a value; raise a problem if it is empty or not text."""
    if isinstance(value, str) and _is_seen(value):
        return value.strip()
    if isinstance(value, list):
        message = "is a list where one value belongs. Write one value after the colon."
    elif isinstance(value, dict):
        message = "is a group of keys where one value belongs. Write a value after the colon."
    else:
        message = "is empty. Write its value after the colon."
    raise wrong(message)


def _is_seen(text: str) -> bool:
    if text.isprintable():  # as most is: checked at once
        return text.strip() != ""
    return any(character.isprintable() and character != " " for character in text)


def plain(language: str) -> str:
    """Return a language's tag without its script and region: `pt` for `pt-BR`."""
    return language.partition("-")[0]


def is_translated(value: object) -> bool:
    """Return whether a value is a text in several languages: all its keys are languages."""
    return isinstance(value, dict) and bool(value) and all(map(is_language, value))


def pick(texts: Mapping[str, str], language: str) -> str | None:
    """Return the text in a language or the closest one, as `pt` is to `pt-BR`; else `None`."""
    by_tag = {tag.casefold(): text for tag, text in texts.items()}
    wanted = language.casefold()
    near = (text for tag, text in by_tag.items() if plain(tag) == plain(wanted))
    return by_tag.get(wanted) or by_tag.get(plain(wanted)) or next(near, None)


def read_translated(value: object, info: ValidationInfo) -> object:
    """Return a value that may be typed in several languages, in that of pydantic's context.

    That is the fest's own, which is required, if the value is not in the other.
    """
    if not isinstance(value, dict) or not any(map(is_language, value)):
        return value
    context = info.context or {}
    own = str(context.get("own", "en"))
    for tag, text in value.items():
        if not is_language(tag):
            dashed = tag.replace("_", "-")
            like = quoted(dashed if is_language(dashed) else own)
            message = f"{quoted(tag)} is not the code of a known language. Write one like {like},"
            raise wrong(f"{message} with its text after the colon.", at=(tag,))
        if not isinstance(text, str) or not text.strip():
            raise wrong("is not text. Write the text after the colon.", at=(tag,))
    if pick(value, own) is None:
        message = f"has no text in the fest's own language. Add {quoted(own)} to it."
        raise wrong(message)
    return pick(value, str(context.get("language", own))) or pick(value, own)


def read_text(value: object, info: ValidationInfo) -> str:
    """Read a text that may be typed in several languages."""
    return text_of(read_translated(value, info))


def speaks(value: object, language: str, *, own: str) -> bool:
    """Return whether a text was typed in a language; a plain text is in the fest's `own`."""
    if isinstance(value, dict):
        return pick(value, language) is not None
    return plain(language) == plain(own)
