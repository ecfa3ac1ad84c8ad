"""Words that must not come back, each with what to write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fests import ROOT

WORDS = {
    r"(?<!there )\b(?:is|are|was|were) no (?!longer\b|more\b)\w+": "is not a …",
    r"\banew\b": "again",
    r"\bmend(?:s|ed|ing)?\b": "fix",
    r"\bbehind the colon\b": "after the colon",
    r"\b(?:leave|left|leaves) away\b": "omit",
    r"\bnot to be had\b": "not available",
    r"\bfor want of\b": "because … is missing",
    r"\breckon(?:s|ed)? with\b": "calculate with",
    r"\bholds? the place of\b": "is a placeholder for",
    r"\bof which fest\b": "which fest",
    r"\bstands? (?:above|at|before|behind|below|beside|between|on|over|under)\b": "is at, in …",
    r"\bbehind (?:an?|each|its|the|what)\b": "after",
    r"\b(?:is|are|was|were) told\b": "is reported, has",
    r"\btells? (?:apart|it|of|that|them|when|whether|which)\b": "says, reports",
    r"\btold (?:apart|of)\b": "distinguished, announced",
    r"\banswers? for (?:it|the)\b": "organises",
    r"\bcarr(?:y|ies) (?:it )?on\b": "continue",
    r"\bon the net\b": "online",
    r"\bnot typed right\b": "a usage error",
    r"\bthe own\b": "their own",
    r"\bhas to be there\b": "is required",
    r"\bhears? of\b": "gets, reads",
    r"\bsmall letters\b": "lower case",
    r"\b(?:goes|go|nests) too deep\b": "is nested too deeply",
    r"\basks? for too much\b": "does too much work: nobody asks",
    r"\bask first\b": "test for it first, as in a program",
    r"\bkeeps for itself\b": "reserves, the word of YAML",
    r"\b(?:waits?|waiting) for a fact\b": "is a placeholder",
    r"\bno \w+ can have\b": "out of range",
    r"\bwhat (?:it|the person) is called\b": "its name, the person's name",
    r"\bhow people say that\b": "how people sign up",
    r"\bfurther addresses\b": "further links",
    r"\bon the clocks of the fest\b": "in the fest's time zone, the word of the manual",
    r"\bwhat became of (?:it|a plan)\b": "its status, the word of schema.org",
    r"\bnothing is wrong\b": "no problems",
    r"\b(?:is|are) lit\b": "is highlighted",
    r"\bin (?:the words|other words) you like\b": "in another style",
    r"\bdates to keep\b": "dates",
}
SUFFIXES = {".css", ".html", ".js", ".md", ".pot", ".py", ".toml", ".yml"}


def texts() -> Iterator[tuple[str, str]]:
    """Yield what a user or developer reads, by its path; not the tests, which quote mistakes."""
    folders = [ROOT / name for name in ("mkdocs_impldays", "docs", "benchmarks", ".ci")]
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in SUFFIXES]
    files.remove(ROOT / "docs/about_impl_days.md")  # which stays as its authors wrote it
    for file in [*files, *ROOT.glob("*.md")]:
        yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")


def found(text: str) -> Iterator[tuple[str, str]]:
    """Yield each of the words in a text, and what to write."""
    line = re.sub(r"\s+(?:# |\* )?", " ", text)
    for pattern, advice in WORDS.items():
        for match in re.finditer(pattern, line, re.IGNORECASE):
            yield match[0], advice


@pytest.mark.same_everywhere
def test_no_word_of_the_list_is_written() -> None:
    read = dict(texts())
    assert {Path(name).suffix for name in read} >= {".py", ".md", ".html"}
    assert {name: words for name, text in read.items() if (words := list(found(text)))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "It is no\nvenue.",
        "drawn anew",
        "Mend it",
        "is no such file",
        "the value behind its key",
        "where a value stands at first",
        "search engines are told",
        "what tells them apart",
        "who answers for the fest",
        "It has to be there.",
        "has a year no fest can have",
        "Use small letters",
        "asks for too much work",
        "What it is called.",
        "when it begins, on the clocks of the fest",
    ],
)
def test_a_word_of_the_list_is_found(text: str) -> None:
    assert len(list(found(text))) == 1


@pytest.mark.parametrize("text", ["There is no server.", "is no longer open", "ask again"])
def test_good_english_is_not_found(text: str) -> None:
    assert list(found(text)) == []
