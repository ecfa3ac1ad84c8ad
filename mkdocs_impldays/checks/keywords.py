"""Whether a page holds any word that a check could find fault with; most pages hold none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mkdocs_impldays.checks.dates import month_names
from mkdocs_impldays.checks.leftovers import host_of
from mkdocs_impldays.checks.placeholders import link_problem
from mkdocs_impldays.checks.prose import names_of
from mkdocs_impldays.checks.reading import folded, words_of
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known

_WAITING = ("tba", "tbd", "todo", "fixme", "xxx", "lorem ipsum", "be announced", "be confirmed")
_OPENING = ("door", "doors", "open", "opens", "start", "starts", "begin", "begins")
_NUMBER = re.compile(r"[0-9][0-9\s()/.:`-]*(?:[aApP]\.?[mM])?")  # IGNORECASE would be slow
_NOTHING = re.compile("")
_DIGIT = re.compile("[0-9]")
_YEAR = re.compile("(?:19|20)[0-9][0-9]")
_HOUR = re.compile(r"[0-9](?:[:.][0-9][0-9]|[\s`]?[aApP]\.?[mM])")
_DATE = re.compile("[12][0-9]{3}-[01][0-9]-[0-3][0-9]")
_PHONE = re.compile(r"[0-9][0-9\s()/.-]{6,}[0-9]")

_ADDRESSES = {
    "](": re.compile(r"\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)"),
    "]:": re.compile(r"\]:[ \t]*<?([^\s<>]+)"),
    "=": re.compile(r"""=\s*(?:["']([^"']*)|([^\s"'<>]+))"""),
    "<": re.compile(r"<([a-zA-Z][\w+.-]*:[^\s<>]*)>"),
}
"""What is before an address, and how far it goes. Looking for a text is quicker than `re`."""


class _Keyword(NamedTuple):
    words: frozenset[bytes]
    """What must all be there together, in small letters without accents."""
    beside: re.Pattern[str]
    """What has to be among the numbers as well."""

    def is_in(self, words: frozenset[bytes], numbers: str) -> bool:
        return self.words <= words and self.beside.search(numbers) is not None


class Keywords:
    """What to look for on the pages of a site before any of its sentences is read.

    A page is read when a sign is there; that a sign is there says no more than that.
    """

    def __init__(self, fest: Fest, others: Sequence[Fest]) -> None:
        self._keywords = _by_longest(
            {
                _NOTHING: _words_of(fest, others),
                _DIGIT: month_names(fest.language),
                _YEAR: tuple(filter(None, (fest.city, fest.name))),
                _HOUR: _OPENING,
            }
        )
        self._asks_for_phones = any(other.site for other in others)

    def are_in(self, text: str) -> bool:
        """Return whether a text has to be read; in time that grows with its words."""
        words = frozenset(folded(text))
        numbers = "|".join(_NUMBER.findall(text))
        if _DATE.search(numbers) or (self._asks_for_phones and _PHONE.search(numbers)):
            return True
        for word in self._keywords.keys() & words:
            if any(sign.is_in(words, numbers) for sign in self._keywords[word]):
                return True
        return any(map(link_problem, _addresses_in(text)))


def _words_of(fest: Fest, others: Sequence[Fest]) -> Iterator[str]:
    yield from (*_WAITING, "edition")
    for each in (fest, *others):
        for venue in each.venues.values():
            yield from (fact for fact in (known(venue.name), known(venue.street)) if fact)
    for other in others:
        yield from names_of(other, fest)
        yield from (url for call in other.every_call.values() if (url := known(call.url)))
        if host := host_of(other):
            yield host


def _by_longest(texts: Mapping[re.Pattern[str], Iterable[str]]) -> dict[bytes, list[_Keyword]]:
    """Return signs by their longest word, which is the rarest, as a rule."""
    found: dict[bytes, list[_Keyword]] = {}
    for beside, group in texts.items():
        for words in filter(None, map(words_of, group)):
            found.setdefault(max(sorted(words), key=len), []).append(_Keyword(words, beside))
    return found


def _addresses_in(text: str) -> Iterator[str]:
    for begin, pattern in _ADDRESSES.items():
        at = text.find(begin)
        while at != -1:
            if match := pattern.match(text, at):
                address = "".join(match.groups(""))
                yield address
                if begin == "=":  # a `srcset` has several
                    yield from address.replace(",", " ").split()[1:]
            at = text.find(begin, at + 1)
