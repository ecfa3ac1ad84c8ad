"""The plugin's own phrases: complete in every language, and open to the organiser's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from markupsafe import Markup

import mkdocs_impldays
from mkdocs_impldays.fest.current import Group
from mkdocs_impldays.fest.deadlines import Kind
from mkdocs_impldays.fest.event import NOT_HELD
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.names.button import call_button
from mkdocs_impldays.names.calls import GROUPS
from mkdocs_impldays.names.macros import TENSES
from mkdocs_impldays.output.calendar_links import Way
from mkdocs_impldays.pages.timed import View
from mkdocs_impldays.words.phrases import Words, english, phrase_problem, placeholders
from tests.fests import rsvp_of

PACKAGE = Path(mkdocs_impldays.__file__).parent
SHIPPED = ["ca", "de", "es", "fr", "it", "nl"]
CALL = re.compile(r"""\b_?(?:say|phrase)\(\s*["']([a-z_.]+)["'](?!\s*~)""")
"""A phrase that code or a template says, by its name."""

BUTTON = ("closed", "closes", "full", "is_closed", "not_open", "opens", "waitlist")
"""The phrases that an RSVP without a title has in words of its own: `rsvp.full`, `call.full`."""

COMPOSED = {
    "event.now",
    *(f"filter.{name}" for name in ("day", "track", "room", "language")),
    *(f"page.{name}" for name in ("code_of_conduct", "contact", "imprint")),
    *(f"calendar.{status}" for status in NOT_HELD),
    *(f"calendar.{way}" for way in get_args(Way)),
    *(f"calendar.{status}" for status in NOT_HELD),
    *(f"fests.{group}" for group in Group),
    *(f"tense.{tense}" for tense in TENSES),
    *(f"{kind}.{phrase}" for kind in ("call", "rsvp") for phrase in BUTTON),
    *(f"{kind}.waitlist_label" for kind in ("call", "rsvp")),
    *(f"{kind}.{name}_day" for kind in ("call", "rsvp") for name in ("closed", "closes")),
    *(f"ticket.{name}" for name in ("closed", "full", "not_open", "opens", "waitlist")),
    "ticket.closes",
    "ticket.closes_day",
    *(f"calls.{group}" for group in GROUPS),
    *(f"deadline.{kind}" for kind in get_args(Kind)),
    "rsvp.label",
}
"""Phrases that are named nowhere: code puts their names together of these."""


def messages_of(language: str) -> Catalog:
    name = "phrases.pot" if language == "en" else f"{language}.po"
    with files("mkdocs_impldays.words").joinpath("locales", name).open("rb") as file:
        return read_po(file)


def sources() -> Iterator[str]:
    for path in PACKAGE.rglob("*"):
        if path.suffix in {".py", ".html"}:
            yield path.read_text("utf-8")


def test_every_language_we_promise_is_shipped() -> None:
    assert sorted(path.stem for path in (PACKAGE / "words/locales").glob("*.po")) == SHIPPED


@pytest.mark.parametrize("language", SHIPPED)
def test_a_language_has_every_phrase_once_and_none_is_doubtful(language: str) -> None:
    expected = {(message.context, message.id) for message in messages_of("en") if message.id}
    messages = [message for message in messages_of(language) if message.id]
    assert {(message.context, message.id) for message in messages} == expected
    assert [message.context for message in messages if message.fuzzy or not message.string] == []
    assert messages_of(language).obsolete == {}


@pytest.mark.parametrize("language", SHIPPED)
def test_a_translation_has_the_placeholders_of_the_english(language: str) -> None:
    phrases = Words.of(language).phrases
    assert {key: placeholders(phrase) for key, phrase in phrases.items()} == {
        key: placeholders(phrase) for key, phrase in english().items()
    }


@pytest.mark.parametrize("language", ["en", *SHIPPED])
def test_phrases_are_typeset(language: str) -> None:
    phrases = Words.of(language).phrases
    assert set(phrases) == set(english())
    for phrase in phrases.values():
        assert "'" not in phrase
        assert phrase == phrase.strip()
        assert "  " not in phrase


def test_french_keeps_high_punctuation_with_its_word() -> None:
    phrases = "".join(Words.of("fr").phrases.values())
    high = re.findall("(.)[:;!?»]|«(.)", phrases)
    high = [before or after for before, after in high]
    assert "\xa0" in high
    assert " " not in high


def test_code_says_no_phrase_that_does_not_exist() -> None:
    said = {name for text in sources() for name in CALL.findall(text)}
    assert said - set(english()) == set()
    assert "hours.yours" in said


def test_no_phrase_is_new_and_unsaid() -> None:
    code = "\n".join(sources())
    unsaid = {name for name in english() if f'"{name}"' not in code and f"'{name}'" not in code}
    assert unsaid - COMPOSED == set()
    assert COMPOSED - set(english()) == set()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "RSVP opens on Monday"),
        ("en-US", "RSVP opens on Monday"),
        ("fr", "Les inscriptions ouvrent le Monday"),
        ("fr-CA", "Les inscriptions ouvrent le Monday"),
        ("de_AT", "Die Anmeldung beginnt am Monday"),
    ],
)
def test_a_phrase_comes_in_the_language_without_regard_to_its_region(
    language: str, said: str
) -> None:
    assert Words.of(language).say("rsvp.opens", date="Monday") == said


def test_a_language_without_translation_is_english_and_says_so() -> None:
    words = Words.of("pl")
    assert words.language == "en"
    assert words.say("tba") == "to be announced"


def test_an_organisers_own_words_win() -> None:
    words = Words.of("fr", {"rsvp.opens": "Billets dès {date}"})
    assert words.say("rsvp.opens", date="lundi") == "Billets dès lundi"
    assert words.say("tba") == "à préciser"


def test_facts_and_phrases_are_text_within_markup() -> None:
    words = Words.of("en", {"event.past": "{event} <was> on {dates}"})
    said = words.phrase("event.past", event="A<b>", dates=Markup("<time>Monday</time>"))
    assert said == Markup("A&lt;b&gt; &lt;was&gt; on <time>Monday</time>")


def test_a_moment_carries_the_words_for_the_visitors_own_time() -> None:
    moment = datetime(2018, 5, 27, 18, tzinfo=ZoneInfo("Europe/Paris"))
    assert Words.of("fr").moment(moment) == Markup(
        '<time datetime="2018-05-27T18:00+02:00" data-yours="(… dans votre fuseau horaire)">'
        "dimanche 27 mai 2018 à 18:00 UTC+2</time>"
    )


def test_dates_are_in_the_language_of_the_phrases_around_them() -> None:
    assert Words.of("pl").days([date(2018, 5, 28)]) == Markup(
        '<time datetime="2018-05-28">28 May 2018</time>'
    )
    both = [date(2018, 5, 28), date(2018, 5, 29)]
    assert Words.of("en-US").days(both, "ordinal").striptags() == "May 28th and 29th, 2018"
    assert Words.of("de").days(both).striptags() == "28.–29. Mai 2018"


def test_each_date_has_an_element_of_its_own() -> None:
    days = [date(2018, 4, 30), *(date(2018, 5, day) for day in (5, 11, 12))]
    assert Words.of("en-GB").days(days) == Markup(
        '<time datetime="2018-04-30">30 April</time>, <time datetime="2018-05-05">5 May</time>'
        ' and <time datetime="2018-05-11">11</time>\u2009–\u2009'
        '<time datetime="2018-05-12">12</time> May 2018'
    )


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match='"xx" is not a known language'):
        Words.of("xx")


@pytest.mark.parametrize("language", ["en", *SHIPPED])
def test_the_button_finds_all_its_words(language: str) -> None:
    paris = Path(__file__).parents[2] / "fests" / "paris-2018.yml"
    fest, _ = load_fest(paris.read_bytes(), path="paris.yml", fest_id="paris-2018")
    assert fest is not None
    assert fest.rsvp is not None
    for status in ("scheduled", "cancelled", "postponed", "moved-online"):
        for availability in ("open", "waitlist", "full"):
            rsvp = fest.rsvp.model_copy(update={"availability": availability})
            turned = fest.model_copy(update={"status": status, "rsvp": rsvp})
            view = View(datetime(2018, 1, 1, tzinfo=fest.timezone), is_preview=True)
            html = call_button(turned, rsvp_of(turned), view=view, words=Words.of(language))
            assert "impl Days" in html
            assert "{" not in html


@pytest.mark.parametrize(
    ("key", "phrase", "problem"),
    [
        ("rsvp.opens", "From {date}", None),
        ("rsvp.label", "I will come", None),
        ("tba", "soon {{we hope}}", None),
        ("rsvp.opns", "x", 'is not a known phrase. Did you mean "rsvp.opens"?'),
        ("qqq", "x", 'is not a known phrase. Write one like "rsvp.opens".'),
        (
            "rsvp.opens",
            "From {dates}",
            '"From {dates}" has {dates}, which is not filled in here. Did you mean "date"?',
        ),
        (
            "rsvp.opens",
            "{x} and {date}",
            '"{x} and {date}" has {x}, which is not filled in here. It can have {date}.',
        ),
        ("tba", "{x}", '"{x}" has {x}, which is not filled in here. Remove it.'),
        ("rsvp.opens", "Soon", '"Soon" lacks {date}. Put it where it is to be shown.'),
        (
            "rsvp.opens",
            "{date.x}",
            '"{date.x}" has a brace that is not a placeholder like {date}. Write {{ for a brace.',
        ),
        ("tba", "}", '"}" has a brace that is not a placeholder. Write {{ for a brace.'),
    ],
)
def test_an_organisers_phrase_is_checked(key: str, phrase: str, problem: str | None) -> None:
    assert phrase_problem(key, phrase) == problem
