"""The words of a page in blocks and sentences, without code, tags and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import combining, normalize

from mkdocs_impldays.problems import Problem, Severity

_TO_WORDS = bytes(
    n if n >= 128 else ord(chr(n).lower()) if chr(n).isalnum() else ord(" ") for n in range(256)
)
"""A table that lower-cases ASCII and replaces all that is not in words by spaces."""


def folded(text: str) -> Iterable[bytes]:
    """Return the words of a text in order, in lower case without accents, as bytes for speed."""
    words = text.encode("utf-8", "surrogatepass").translate(_TO_WORDS).split()
    return words if text.isascii() else _without_accents(words)


@cache
def words_of(name: str) -> frozenset[bytes]:
    """Return the words that a text must have, anywhere, to contain a name."""
    return frozenset(folded(name))


def _without_accents(words: Iterable[bytes]) -> Iterator[bytes]:
    for word in words:
        if word.isascii():
            yield word
        else:
            yield from _folded(word)


@lru_cache(maxsize=4096)
def _folded(word: bytes) -> tuple[bytes, ...]:
    """Return the parts of a word without accents and punctuation."""
    text = normalize("NFD", word.decode("utf-8", "replace").casefold()).replace("ø", "o")
    plain = (c if c.isalnum() else "" if combining(c) else " " for c in text)
    return tuple("".join(plain).encode().split())


class Passage(NamedTuple):
    """A piece of the words of a page."""

    text: str
    """Its text, with spaces for what is not words."""
    start: int
    """The index of its first character in the Markdown."""


LONGEST = 5_000
"""The most characters of a block; longer ones are not prose."""

_SILENCED = re.compile(
    r"""<!--\s*checks:\s*off\s*-->.*?(<!--\s*checks:\s*on\s*-->|\Z)
    | \{%-?\s*comment\b.*?(\{%-?\s*endcomment\s*-?%\}|\Z)   # what no reader sees
    """,
    re.VERBOSE | re.DOTALL,
)
_FENCE = r"^(?P<fence>[ >]*(?:`{3,}|~{3,})).*?(?:^(?P=fence)[`~]*[ ]*$|\Z)"
_UNREAD = re.compile(
    _FENCE
    + r"""
    | ^(?:[ ]{4}|\t).*$                                              # indented code, or deep text
    | <!--.*?(?:-->|\Z)
    | \{\{.{0,500}?\}\} | \{%.{0,500}?%\} | \{[:\#.][^{}\n]*\}        # variables, tags, attributes
    | <(?P<unseen>script|style)\b.*?(?:</(?P=unseen)>|\Z)
    | </?[a-z][^<>]*>                                                # HTML, but not RustFest<Paris>
    | \]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"\n]*")?\)        # where a link leads
    | ^[ ]{0,3}\[[^\]\n]+\]:.*$
    | (?<![a-z0-9+.-])[a-z][a-z0-9+.-]*+://\S+ | \bmailto:\S+
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_CODE = re.compile(r"(?<!`)(`{1,9})(?!`)(.{1,500}?)(?<!`)\1(?!`)", re.DOTALL)
_BLOCK_END = re.compile(r"\n[ \t>]*(?=\n|[-*+][ ]|\d+[.)][ ]|\#{1,6}[ ]|\||$)|(?<=\n)(?=\#)")
_DIGIT = re.compile(r"\d")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<![A-Z]\.)(?<!\bNov\.|\bDec\.|\bOct\.)\s+(?=[A-Z“\"`*_])")


@dataclass(frozen=True)
class Page:
    """A page's Markdown, as its author typed it."""

    path: str
    """The file, relative to the folder of mkdocs.yml."""
    text: str
    """Its Markdown without front matter."""
    offset: int = 0
    """The number of lines of the file before it."""

    def problem(
        self,
        place: int,
        message: str,
        severity: Severity = "warning",
        *,
        check: str | None = None,
        subject: str | None = None,
    ) -> Problem:
        """Return a problem at an index of the Markdown."""
        line = self.offset + self.text.count("\n", 0, place) + 1
        return Problem(self.path, line, message, severity, check, subject)

    @cached_property
    def words(self) -> str:
        """The Markdown with spaces for all that is not words, so that indexes stay the same.

        So is all from `<!-- checks: off -->` to `<!-- checks: on -->`, or to the end.
        """
        text = _SILENCED.sub(_blank, self.text)
        text = _UNREAD.sub(_blank, text)
        return _CODE.sub(_unquoted, text)

    @cached_property
    def linked(self) -> str:
        """The Markdown with spaces for code and what is switched off, but with its links."""
        text = _SILENCED.sub(_blank, self.text)
        text = re.sub(_FENCE + r"|<!--.*?(?:-->|\Z)", _blank, text, flags=re.DOTALL | re.MULTILINE)
        return _CODE.sub(_blank, text)

    def may_name(self, name: str) -> bool:
        """Return whether all words of a name are on the page, in any order."""
        return words_of(name) <= self._folded

    @cached_property
    def _folded(self) -> frozenset[bytes]:
        return frozenset(folded(self.text))

    @cached_property
    def blocks(self) -> list[Passage]:
        """Paragraphs, headings, list items and table rows of at most `LONGEST`, in order."""
        ends = [*(match.start() for match in _BLOCK_END.finditer(self.words)), len(self.words)]
        pieces = (Passage(self.words[at:end], at) for at, end in pairwise([0, *ends]))
        return [each for each in pieces if len(each.text) <= LONGEST and each.text.strip()]

    def sentences(self) -> Iterator[tuple[Passage, Passage]]:
        """Yield each sentence with its block."""
        for block in self.blocks:
            at = 0
            for end in [*(match.end() for match in _SENTENCE_END.finditer(block.text)), None]:
                yield Passage(block.text[at:end], block.start + at), block
                at = end or at


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _unquoted(match: re.Match[str]) -> str:
    """Return code of words only without its backticks, like “`impl Days`”; blank other code."""
    if re.fullmatch(r"[A-Za-z]+( [A-Za-z]+)*", match[2].strip()):
        return match[0].replace("`", " ")
    return _blank(match)


def has_digits(text: str) -> bool:
    """Return whether a text may have a date, a year or a time."""
    return _DIGIT.search(text) is not None


@cache
def spelt(name: str) -> re.Pattern[str]:
    """Return a pattern for a name in whole words, whatever its accents, punctuation and case."""
    words = ["".join(map(_every_accent, word)) for word in re.findall(r"\w+", name)]
    if not words:
        return re.compile(r"(?!)")
    return re.compile(r"(?<!\w)" + r"[^\w]+".join(words) + r"(?!\w)", re.IGNORECASE)


def _every_accent(letter: str) -> str:
    groups = ("aàáâäå", "cç", "eèéêë", "iìíîï", "nñ", "oòóôöø", "uùúûü")
    return next((f"[{group}]" for group in groups if letter.lower() in group), letter)
