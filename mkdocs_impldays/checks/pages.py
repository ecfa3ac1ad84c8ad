"""All checks of the Markdown of pages, with a quick test of which pages need them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from mkdocs_impldays.checks.dates import month_names
from mkdocs_impldays.checks.leftovers import host_of, leftover_problems
from mkdocs_impldays.checks.placeholders import link_problem, placeholder_problems
from mkdocs_impldays.checks.prose import names_of, prose_problems
from mkdocs_impldays.checks.text import Page, folded, words_of
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.pages.front_matter import front_matter_end, line_of
from mkdocs_impldays.problems import Problem, in_order, quoted


def page_problems(
    page: Page, *, fest: Fest, others: Sequence[Fest], moment: datetime
) -> list[Problem]:
    """Return what on a page contradicts or repeats facts of its fest, or is of another one.

    `others` are the other fests of the site; `moment` is aware.
    """
    return in_order(
        [
            *prose_problems(page, fest, others=others),
            *leftover_problems(page, fest, others=others),
            *placeholder_problems(page, fest, moment=moment),
        ]
    )


_ITEM = re.compile(r"^(?:[-*+] +\S|\d{1,3}[.)] +\S)", re.MULTILINE)
_NO_TEXT = re.compile(r"[-*+#>|<:=\s`~]|\d{1,3}[.)] |!!!|\?\?\?|\[[^\]]*\]:|\{")
"""The beginnings of lines that are not text of a paragraph."""


def list_problems(path: str, raw: str) -> Iterator[Problem]:
    """Find lists without a blank line before them, which Markdown reads as text."""
    if not any(_goes_on(raw, item.start()) for item in _ITEM.finditer(raw)):
        return
    page = _page_in(path, raw)
    place, is_first, is_text = 0, True, False
    for line in page.linked.splitlines(keepends=True):
        if not line.strip() or line.startswith("#"):
            is_first, is_text = True, False
        elif is_first:
            is_first, is_text = False, not _NO_TEXT.match(line)
        elif is_text and _ITEM.match(line):
            is_text = False  # report a list once
            message = f"{quoted(line.strip())} is part of the text above it, and not a list."
            yield page.problem(place, f"{message} Add an empty line before it.", check="list")
        place += len(line)


def _page_in(path: str, raw: str) -> Page:
    """Return the Markdown of a page's file, below its front matter."""
    start = front_matter_end(raw)
    return Page(path, raw[start:], raw.count("\n", 0, start))


def _goes_on(raw: str, item: int) -> bool:
    """Return whether the line above an item is neither blank nor an item."""
    above = raw[raw.rfind("\n", 0, max(item - 1, 0)) + 1 : item]
    return bool(above.strip()) and not _ITEM.match(above)


class PageChecks:
    """The checks of the pages of one fest on one day, with a cache of their results."""

    def __init__(self, fest: Fest, others: Sequence[Fest], moment: datetime) -> None:
        self._fest = fest
        self._others = list(others)
        self._moment = moment
        self._keywords = Keywords(fest, others)
        self._known: dict[str, tuple[int, list[Problem]]] = {}

    def are_of(self, fest: Fest, others: Sequence[Fest], moment: datetime) -> bool:
        """Return whether the results are the same for these fests at a moment."""
        days = {each.astimezone(fest.timezone).date() for each in (self._moment, moment)}
        return len(days) == 1 and fest == self._fest and list(others) == self._others

    def problems(self, path: str, raw: str, meta: Mapping[str, object]) -> list[Problem]:
        """Return the problems of the file of a page, by its whole text and its front matter.

        Fast for a page that has not changed, or has no keyword. Only a hash of the text is stored.
        """
        text_known, found = self._known.get(path, (None, []))
        if text_known != (text_hash := hash(raw)):
            found = list(self._read(path, raw, meta)) if self._keywords.are_in(raw) else []
            found += list_problems(path, raw)
            self._known[path] = text_hash, found
        return found

    def _read(self, path: str, raw: str, meta: Mapping[str, object]) -> Iterator[Problem]:
        yield from self._problems(_page_in(path, raw))
        for key in ("title", "description"):
            if isinstance(text := meta.get(key), str):
                yield from self._problems(Page(path, text, line_of(raw, key) - 1))

    def _problems(self, page: Page) -> list[Problem]:
        if not self._keywords.are_in(page.text):
            return []
        return page_problems(page, fest=self._fest, others=self._others, moment=self._moment)


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
"""The patterns of addresses, by the text before them: `str.find` is faster than `re`."""


class _Keyword(NamedTuple):
    words: frozenset[bytes]
    """Words that must all occur, in lower case without accents."""
    beside: re.Pattern[str]
    """A pattern that must match one of the numbers."""

    def is_in(self, words: frozenset[bytes], numbers: str) -> bool:
        return self.words <= words and self.beside.search(numbers) is not None


class Keywords:
    """Words and numbers without which a page cannot have a problem, so that it is not read."""

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
        """Return whether a text has a keyword, in time proportional to its length."""
        words = frozenset(folded(text))
        numbers = "|".join(_NUMBER.findall(text))
        if _DATE.search(numbers) or (self._asks_for_phones and _PHONE.search(numbers)):
            return True
        for word in self._keywords.keys() & words:
            if any(keyword.is_in(words, numbers) for keyword in self._keywords[word]):
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
    """Return keywords by their longest word, which is usually the rarest."""
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
