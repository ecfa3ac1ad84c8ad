"""Whether a page holds any word that a check could find fault with; most pages hold none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mkdocs_impldays.checks.folding import folded, words_of
from mkdocs_impldays.checks.leftovers import host_of
from mkdocs_impldays.checks.mentions import month_names
from mkdocs_impldays.checks.placeholders import doubt_about
from mkdocs_impldays.checks.prose import names_of
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.typed import known

Sign = frozenset[bytes]
"""Words that have to be on a page all together, in small letters without accents."""

_WAITING = ("tba", "tbd", "todo", "fixme", "xxx", "lorem ipsum", "be announced", "be confirmed")
_OPENING = ("door", "doors", "open", "opens", "start", "starts", "begin", "begins")
_NUMBER = re.compile(r"[0-9][0-9\s()/.:`-]*(?:[ap]\.?m)?", re.IGNORECASE)
_NOTHING = re.compile("")
_DIGIT = re.compile("[0-9]")
_YEAR = re.compile("(?:19|20)[0-9][0-9]")
_HOUR = re.compile(r"[0-9](?:[:.][0-9][0-9]|[\s`]?[ap]\.?m)", re.IGNORECASE)
_DATE = re.compile("[12][0-9]{3}-[01][0-9]-[0-3][0-9]")
_PHONE = re.compile(r"[0-9][0-9\s()/.-]{6,}[0-9]")
_ADDRESS = re.compile(
    r"\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)|\]:[ \t]*<?([^\s<>]+)"
    r"|=\s*[\"']([^\"']*)|=\s*([^\s\"'<>]+)|<([a-zA-Z][\w+.-]*:[^\s<>]*)>"
)


class Signs:
    """What to look for on the pages of a site before any of its sentences is read.

    A page is read when a sign is there; that a sign is there says no more than that.
    """

    def __init__(self, fest: Fest, others: Sequence[Fest]) -> None:
        self._groups = [
            (_by_longest(_words_of(fest, others)), _NOTHING),
            (_by_longest(month_names(fest.language)), _DIGIT),
            (_by_longest((fest.city, fest.name)), _YEAR),
            (_by_longest(_OPENING), _HOUR),
        ]
        self._asks_for_phones = any(other.site for other in others)

    def are_in(self, text: str) -> bool:
        """Tell whether a page's Markdown has to be read; in time that grows with its words."""
        if _has_doubtful_address(text):
            return True
        numbers = "|".join(_NUMBER.findall(text))
        if _DATE.search(numbers) or (self._asks_for_phones and _PHONE.search(numbers)):
            return True
        words = frozenset(folded(text))
        return any(
            _are_there(signs, words) and beside.search(numbers) for signs, beside in self._groups
        )


def _words_of(fest: Fest, others: Sequence[Fest]) -> Iterator[str]:
    yield from (*_WAITING, "edition")
    for each in (fest, *others):
        for venue in each.venues.values():
            yield from (fact for fact in (known(venue.name), known(venue.street)) if fact)
    for other in others:
        yield from names_of(other, fest)
        if other.rsvp and (url := known(other.rsvp.url)):
            yield url
        if host := host_of(other):
            yield host


def _by_longest(texts: Iterable[str]) -> dict[bytes, list[Sign]]:
    """Give signs by their longest word, which is the rarest, as a rule."""
    found: dict[bytes, list[Sign]] = {}
    for text in texts:
        if sign := words_of(text):
            found.setdefault(max(sorted(sign), key=len), []).append(sign)
    return found


def _are_there(signs: dict[bytes, list[Sign]], words: frozenset[bytes]) -> bool:
    return any(sign <= words for word in signs.keys() & words for sign in signs[word])


def _has_doubtful_address(text: str) -> bool:
    if "](" not in text and "]:" not in text and "=" not in text and "<" not in text:
        return False
    return any(doubt_about("".join(match.groups(""))) for match in _ADDRESS.finditer(text))
