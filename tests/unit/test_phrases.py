"""An organiser's own phrases in the fest file."""

from __future__ import annotations

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest

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
