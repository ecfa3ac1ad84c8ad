"""A page's Markdown as a reader sees it: words in sentences, without code, tags and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import combining, normalize

from mkdocs_impldays.problems import Problem, Severity

_TO_WORDS = bytes(
    n if n >= 128 else ord(chr(n).lower()) if chr(n).isalnum() else ord(" ") for n in range(256)
)
"""Makes capitals lower case and all that is not in words spaces; UTF-8 stays."""


def folded(text: str) -> Iterable[bytes]:
    """Return the words of a text as bytes, which are the quickest to cut, in their order."""
    words = text.encode("utf-8", "surrogatepass").translate(_TO_WORDS).split()
    return words if text.isascii() else _without_accents(words)


@cache
def words_of(name: str) -> frozenset[bytes]:
    """Return the words that a text must hold, wherever, to name this."""
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


class Passage(NamedTuple):
    """A stretch of a page's words."""

    text: str
    """Its words; what is not read is replaced by spaces."""
    start: int
    """The place of its first character in the page's Markdown, counted from 0."""


LONGEST = 5_000
"""Characters. What is longer without a blank line is not text that people wrote to be read."""

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
    """The Markdown without its front matter."""
    offset: int = 0
    """How many lines of the file are before it."""

    def problem(
        self,
        place: int,
        message: str,
        severity: Severity = "warning",
        *,
        check: str | None = None,
        subject: str | None = None,
    ) -> Problem:
        """Return a problem at a place in the Markdown, counted in characters from 0."""
        line = self.offset + self.text.count("\n", 0, place) + 1
        return Problem(self.path, line, message, severity, check, subject)

    @cached_property
    def words(self) -> str:
        """What is read, every character at its place; what a comment silences is left out.

        `<!-- checks: off -->` silences all until `<!-- checks: on -->`, or the end of the page.
        """
        text = _SILENCED.sub(_blank, self.text)
        text = _UNREAD.sub(_blank, text)
        return _CODE.sub(_unquoted, text)

    @cached_property
    def linked(self) -> str:
        """The Markdown with its links, every character at its place, without code."""
        text = _SILENCED.sub(_blank, self.text)
        text = re.sub(_FENCE + r"|<!--.*?(?:-->|\Z)", _blank, text, flags=re.DOTALL | re.MULTILINE)
        return _CODE.sub(_blank, text)

    def may_name(self, name: str) -> bool:
        """Return whether all words of a name are on the page: only then is it worth looking for."""
        return words_of(name) <= self._folded

    @cached_property
    def _folded(self) -> frozenset[bytes]:
        return frozenset(folded(self.text))

    @cached_property
    def blocks(self) -> list[Passage]:
        """Paragraphs, headings, list items and rows of tables, in order; none too long."""
        ends = [*(match.start() for match in _BLOCK_END.finditer(self.words)), len(self.words)]
        pieces = (Passage(self.words[at:end], at) for at, end in pairwise([0, *ends]))
        return [each for each in pieces if len(each.text) <= LONGEST and each.text.strip()]

    def sentences(self) -> Iterator[tuple[Passage, Passage]]:
        """Return each sentence with its block."""
        for block in self.blocks:
            at = 0
            for end in [*(match.end() for match in _SENTENCE_END.finditer(block.text)), None]:
                yield Passage(block.text[at:end], block.start + at), block
                at = end or at


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _unquoted(match: re.Match[str]) -> str:
    """Keep the words of short code, since “`impl Days`” is a name; blank what looks like code."""
    if re.fullmatch(r"[A-Za-z]+( [A-Za-z]+)*", match[2].strip()):
        return match[0].replace("`", " ")
    return _blank(match)


def is_silenced(meta: Mapping[str, object]) -> bool:
    """Return whether a page's front matter says `checks: off`, which YAML reads as false."""
    checks = meta.get("checks")
    return checks is False or checks == "off"


def has_digits(text: str) -> bool:
    """Return whether a text may hold a date, a year or an hour."""
    return _DIGIT.search(text) is not None


@cache
def spelt(name: str) -> re.Pattern[str]:
    """Make a pattern for whole words of a name, with or without accents, commas and capitals."""
    words = ["".join(map(_every_accent, word)) for word in re.findall(r"\w+", name)]
    if not words:
        return re.compile(r"(?!)")
    return re.compile(r"(?<!\w)" + r"[^\w]+".join(words) + r"(?!\w)", re.IGNORECASE)


def _every_accent(letter: str) -> str:
    groups = ("aàáâäå", "cç", "eèéêë", "iìíîï", "nñ", "oòóôöø", "uùúûü")
    return next((f"[{group}]" for group in groups if letter.lower() in group), letter)
