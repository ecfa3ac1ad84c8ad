"""Texts in several languages: typed once for all, or once for each language of the site."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationInfo

from mkdocs_impldays.fest.typed import text_of, wrong
from mkdocs_impldays.problems import quoted
from mkdocs_impldays.words.languages import is_language


def plain(language: str) -> str:
    """Give a language's tag without its script and region: `pt` for `pt-BR`."""
    return language.partition("-")[0]


def is_translated(value: object) -> bool:
    """Tell whether a text for each language was typed: a group whose every key is a language."""
    return isinstance(value, dict) and bool(value) and all(map(is_language, value))


def pick(texts: Mapping[str, str], language: str) -> str | None:
    """Give the text in a language, or in its nearest kin: `pt` will do for `pt-BR`."""
    by_tag = {tag.casefold(): text for tag, text in texts.items()}
    wanted = language.casefold()
    near = (text for tag, text in by_tag.items() if plain(tag) == plain(wanted))
    return by_tag.get(wanted) or by_tag.get(plain(wanted)) or next(near, None)


def read_translated(value: object, info: ValidationInfo) -> object:
    """Read what may be typed in several languages; `read_text` reads what this gives.

    It is in the language that pydantic's context asks for, else in the fest's own, which has to be
    there.
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
            raise wrong(f"{message} with its text behind the colon.", at=(tag,))
        if not isinstance(text, str) or not text.strip():
            empty = "is no text. Write the text behind the colon."
            raise wrong(empty, at=(tag,))
    if pick(value, own) is None:
        message = f"has no text in the fest's own language. Add {quoted(own)} to it."
        raise wrong(message)
    return pick(value, str(context.get("language", own))) or pick(value, own)


def read_text(value: object, info: ValidationInfo) -> str:
    """Read a text, or the one for the language of the reader."""
    return text_of(read_translated(value, info))


def speaks(value: object, language: str, *, own: str) -> bool:
    """Tell whether something typed is in a language; a plain text is in the fest's `own`."""
    if isinstance(value, dict):
        return pick(value, language) is not None
    return plain(language) == plain(own)
