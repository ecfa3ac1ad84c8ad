"""An organiser's own phrases in the fest file."""

from __future__ import annotations

import re

import pytest

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.words.phrases import catalogue, english

FEST = """\
name: RustFest Paris
city: Paris
country: FR
timezone: Europe/Paris
events:
  impl_days: {title: impl Days, days: [2018-05-28]}
phrases:
"""


def loaded(phrases: str) -> tuple[Fest | None, list[str]]:
    fest, problems = load_fest((FEST + phrases).encode(), path="paris.yml", fest_id="paris")
    return fest, [str(problem) for problem in problems]


def test_phrases_are_read_by_their_names() -> None:
    fest, problems = loaded('  rsvp.opens: "Tickets from {date}"\n  tba: soon\n')
    assert problems == []
    assert fest is not None
    assert fest.phrases == {"rsvp.opens": "Tickets from {date}", "tba": "soon"}


def test_every_wrong_phrase_is_told_at_its_own_line() -> None:
    fest, problems = loaded('  rsvp.opns: "x"\n  rsvp.opens: "Soon"\n  tba: "{x}"\n')
    assert fest is None
    assert problems == [
        'paris.yml:8: phrases.rsvp.opns is not a known phrase. Did you mean "rsvp.opens"?',
        'paris.yml:9: phrases.rsvp.opens: "Soon" lacks {date}. Put it where it is to be shown.',
        'paris.yml:10: phrases.tba: "{x}" has {x}, which is not filled in here. Remove it.',
    ]


def test_a_group_of_phrases_is_a_mistake() -> None:
    fest, problems = loaded('  rsvp:\n    opens: "From {date}"\n')
    assert fest is None
    assert len(problems) == 1
    assert problems[0].startswith("paris.yml:8: phrases.rsvp is a group of keys")


def test_no_phrase_about_an_event_depends_on_its_number() -> None:
    """An event may be called Workshops: in English the verb before or after it would differ."""
    verbs = re.compile(r"\{(?:event|call|fest)\}[^{]*\b(?:has|have|is|are|was|were|takes|take)\b")
    found = {key: phrase for key, phrase in english().items() if verbs.search(phrase)}
    assert found == {}
    assert english()["event.cancelled"] == "Cancelled: {event}"


@pytest.mark.parametrize("language", ["en", "ca", "de", "es", "fr", "it", "nl"])
def test_only_a_sentence_with_another_after_it_ends_in_a_full_stop(language: str) -> None:
    ending = {key for key, phrase in catalogue(language)[1].items() if phrase.endswith(".")}
    assert ending == {"archive.banner", "archive.other"}
