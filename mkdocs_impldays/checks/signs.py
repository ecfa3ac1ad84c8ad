"""Whether a page holds any word that a check could find fault with; most pages hold none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from unicodedata import combining, normalize

from mkdocs_impldays.checks.mentions import month_names
from mkdocs_impldays.checks.placeholders import doubt_about
from mkdocs_impldays.checks.prose import names_of
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.typed import known

Sign = frozenset[bytes]
"""Words that have to be on a page all together, in small letters without accents."""

_TO_WORDS = bytes(
    n if n >= 128 else ord(chr(n).lower()) if chr(n).isalnum() else ord(" ") for n in range(256)
)
"""Makes small letters of capitals and spaces of all that is not in words; UTF-8 stays."""

_DIGITS = "0123456789"
_WAITING = ("tba", "tbd", "todo", "fixme", "xxx", "lorem ipsum", "be announced", "be confirmed")
_OPENING = ("door", "doors", "open", "opens", "start", "starts", "begin", "begins")
_DATE = re.compile("[12][0-9]{3}-[01][0-9]-[0-3][0-9]")
_PHONE = re.compile(r"[0-9][0-9\s()/.-]{6,}[0-9]")
_ADDRESS = re.compile(
    r"\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)|\]:[ \t]*<?([^\s<>]+)"
    r"|=\s*[\"']([^\"']*)|<([a-zA-Z][\w+.-]*:[^\s<>]*)>"
)


class Signs:
    """What to look for on the pages of a site before any of its sentences is read.

    A page is read when a sign is there; that a sign is there says no more than that.
    """

    def __init__(self, fest: Fest, others: Sequence[Fest]) -> None:
        self._alone = _by_longest(_words_of(fest, others))
        own = (fest.city, fest.name)
        with_digits = (*own, *_OPENING, *month_names(fest.language))
        self._with_digits = _by_longest(with_digits)
        self._asks_for_phones = any(other.site for other in others)

    def are_in(self, text: str) -> bool:
        """Tell whether a page's Markdown has to be read; in time that grows with its words."""
        if _has_doubtful_address(text):
            return True
        words = list(_words(text))
        if _are_there(self._alone, words):
            return True
        if not any(digit in text for digit in _DIGITS):
            return False
        if _are_there(self._with_digits, words) or _DATE.search(text):
            return True
        return self._asks_for_phones and bool(_PHONE.search(text))


def _words_of(fest: Fest, others: Sequence[Fest]) -> Iterator[str]:
    yield from (*_WAITING, "edition")
    for each in (fest, *others):
        for venue in each.venues.values():
            yield from (fact for fact in (known(venue.name), known(venue.street)) if fact)
    for other in others:
        yield from names_of(other, fest)
        if other.rsvp and (url := known(other.rsvp.url)):
            yield url


def _by_longest(texts: Iterable[str]) -> dict[bytes, list[Sign]]:
    """Give signs by their longest word, which is the rarest, as a rule."""
    found: dict[bytes, list[Sign]] = {}
    for text in texts:
        if sign := frozenset(_words(text)):
            found.setdefault(max(sorted(sign), key=len), []).append(sign)
    return found


def _are_there(signs: dict[bytes, list[Sign]], words: Sequence[bytes]) -> bool:
    if signs.keys().isdisjoint(words):
        return False
    known_words = frozenset(words)
    return any(sign <= known_words for word in signs.keys() & known_words for sign in signs[word])


def _words(text: str) -> Iterable[bytes]:
    """Give the words of a text as bytes, which are the quickest to cut."""
    words = text.encode("utf-8", "surrogatepass").translate(_TO_WORDS).split()
    return words if text.isascii() else _without_accents(words)


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


def _has_doubtful_address(text: str) -> bool:
    if "](" not in text and "]:" not in text and "=" not in text and "<" not in text:
        return False
    return any(doubt_about("".join(match.groups(""))) for match in _ADDRESS.finditer(text))
