"""Fests for tests, read from short texts as organisers type them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from mkdocs_impldays.fest.calls import Rsvp
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.pages.facts import Macro
from mkdocs_impldays.site import Site, SiteOptions
from mkdocs_impldays.words.dates import days_in_words

ROOT = Path(__file__).parent.parent

HEAD = "name: RustFest Paris\ncity: Paris\ncountry: FR\ntimezone: Europe/Paris\n"
EVENT = """\
events:
  impl_days:
    title: impl Days
    days:
      - {date: 2018-05-28, opens: "09:00", closes: "18:00"}
      - {date: 2018-05-29, opens: "09:00", closes: "18:00"}
"""
DAYS = days_in_words([date(2018, 5, 28), date(2018, 5, 29)], "long", locale="en-GB")
"""Its days in words, as the CLDR of the installed Babel has them; `golden/dates` knows how."""
SPACED_DAYS = " ".join(DAYS.split())
"""The same where all white space is a single space."""
RSVP = """\
rsvp:
  event: impl_days
  url: https://ti.to/asquera-event-ug/rustfest-paris-2018/
  opens: 2018-04-18 12:00
  closes: 2018-05-27 18:00
"""


def fest_of(text: str) -> Fest:
    """Read a fest; a mistake in it is a mistake of the test."""
    fest, problems = load_fest(text.encode(), path="fests/a-fest.yml", fest_id="a-fest")
    assert fest is not None, "\n".join(map(str, problems))
    return fest


def rsvp_of(fest: Fest) -> Rsvp:
    """Return the RSVP of a fest that has one."""
    assert fest.rsvp is not None
    return fest.rsvp


def macros() -> dict[str, Macro]:
    """Return the macros of the pages about a fest, by their names."""
    fest, moment = paris(), datetime(2018, 5, 1, tzinfo=UTC)
    site = Site(
        {fest.id: fest}, fest, moment, is_moment_set=False, sources={}, options=SiteOptions()
    )
    return site.context().macros.by_name()


def paris() -> Fest:
    """Read the fest of Paris that the repository holds."""
    return fest_of((ROOT / "fests/paris-2018.yml").read_text("utf-8"))
