"""The words of a text without capitals and accents, to see at once which names it cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from unicodedata import combining, normalize

_TO_WORDS = bytes(
    n if n >= 128 else ord(chr(n).lower()) if chr(n).isalnum() else ord(" ") for n in range(256)
)
"""Makes small letters of capitals and spaces of all that is not in words; UTF-8 stays."""


def folded(text: str) -> Iterable[bytes]:
    """Give the words of a text as bytes, which are the quickest to cut, in their order."""
    words = text.encode("utf-8", "surrogatepass").translate(_TO_WORDS).split()
    return words if text.isascii() else _without_accents(words)


@cache
def words_of(name: str) -> frozenset[bytes]:
    """Give the words that a text must hold, wherever, to name this."""
    return frozenset(folded(name))


def _without_accents(words: Iterable[bytes]) -> Iterator[bytes]:
    for word in words:
        if word.isascii():
            yield word
        else:
            yield from _folded(word)


@lru_cache(maxsize=4096)
def _folded(word: bytes) -> tuple[bytes, ...]:
    """Take accents off a word, and quotation marks and dashes out of it."""
    text = normalize("NFD", word.decode("utf-8", "replace").casefold()).replace("ø", "o")
    plain = (c if c.isalnum() else "" if combining(c) else " " for c in text)
    return tuple("".join(plain).encode().split())
