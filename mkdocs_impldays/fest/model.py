"""What all parts of a fest file have in common: frozen models, `tba`, texts in languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    """A part of a fest file: frozen, no key but the documented ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @property
    def private(self) -> dict[str, Any]:
        """Its private attributes by their names: what is not a key of the file.

        Pydantic looks for a private attribute by its name only after all else, which takes ten
        times as long; calendars and pages ask for each day's hours again and again.
        """
        return self.__pydantic_private__ or {}


class Reader:
    """Says of a type how it is read from what was typed, and what the JSON Schema says of that.

    What it reads is of that type, so pydantic need not check it. Its own annotations look into the
    signature of the function again at each field, which takes longer than to read a fest file.
    """

    def __init__(
        self,
        read: Callable[[object], object] | Callable[[object, ValidationInfo], object],
        schema: Mapping[str, object],
        *,
        has_info: bool = False,
    ) -> None:
        """`has_info` says that the function takes pydantic's context too."""
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
    """The mark of a fact that is not known yet, typed `tba`."""

    TBA = "tba"


TBA = Tba.TBA

T = TypeVar("T")


def is_tba(value: object) -> bool:
    """Return whether `tba` was typed, in any case of letters."""
    return value is TBA or (isinstance(value, str) and value.strip().casefold() == "tba")


def known(fact: T | Tba | None) -> T | None:
    """Return a fact's value, or `None` where it is not there or still `tba`."""
    return None if isinstance(fact, Tba) else fact


def wrong(message: str, *, at: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """Make the error that carries a message for the organiser through pydantic.

    `at` leads from the part that finds the mistake to the key it is at.
    """
    return PydanticCustomError("impldays", "{message}", {"message": message, "at": at})


def text_of(value: object) -> str:
    """Return a value's text without the space around it; what is not text is a mistake."""
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
    """Return whether a text for each language was typed: a group whose every key is a language."""
    return isinstance(value, dict) and bool(value) and all(map(is_language, value))


def pick(texts: Mapping[str, str], language: str) -> str | None:
    """Return the text in a language, or in the nearest: `pt` will do for `pt-BR`."""
    by_tag = {tag.casefold(): text for tag, text in texts.items()}
    wanted = language.casefold()
    near = (text for tag, text in by_tag.items() if plain(tag) == plain(wanted))
    return by_tag.get(wanted) or by_tag.get(plain(wanted)) or next(near, None)


def read_translated(value: object, info: ValidationInfo) -> object:
    """Read what may be typed in several languages; `read_text` reads what this gives.

    It is in the language that pydantic's context asks for, else in the fest's own, which is
    required.
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
    """Read a text, or the one for the language of the reader."""
    return text_of(read_translated(value, info))


def speaks(value: object, language: str, *, own: str) -> bool:
    """Return whether something typed is in a language; a plain text is in the fest's `own`."""
    if isinstance(value, dict):
        return pick(value, language) is not None
    return plain(language) == plain(own)
