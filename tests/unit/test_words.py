"""The plugin's own phrases: complete in every language, and open to the organiser's words."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from markupsafe import Markup

import mkdocs_impldays
from mkdocs_impldays.phrases import english, phrase_problem, placeholders
from mkdocs_impldays.words import Words

PACKAGE = Path(mkdocs_impldays.__file__).parent
SHIPPED = ["ca", "de", "es", "fr", "it", "nl"]
USE = re.compile(r"""\b(?:say|markup)\(\s*f?["']([a-z_.]+)({?)""")
"""A phrase by its name in code or template; a brace makes it all names that begin so."""


def messages_of(language: str) -> Catalog:
    name = "phrases.pot" if language == "en" else f"{language}.po"
    with files("mkdocs_impldays").joinpath("locales", name).open("rb") as file:
        return read_po(file)


def said_in(text: str) -> set[str]:
    """Find the names of phrases in a text; a name that does not exist is found as well."""
    said = set()
    for name, brace in USE.findall(text):
        said |= {key for key in english() if key.startswith(name)} if brace else {name}
    return said


def said_in_code() -> set[str]:
    sources = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".html"}]
    return {key for path in sources for key in said_in(path.read_text("utf-8"))}


def test_every_language_we_promise_is_shipped() -> None:
    assert sorted(path.stem for path in (PACKAGE / "locales").glob("*.po")) == SHIPPED


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
    for phrase in Words.of(language).phrases.values():
        assert "'" not in phrase
        assert phrase == phrase.strip()
        assert "  " not in phrase


def test_french_keeps_high_punctuation_with_its_word() -> None:
    assert [
        phrase for phrase in Words.of("fr").phrases.values() if re.search(" [:;!?]", phrase)
    ] == []


def test_code_says_no_phrase_that_does_not_exist() -> None:
    assert said_in_code() <= set(english())


def test_a_room_that_says_phrases_of_a_group_says_them_all() -> None:
    said = said_in_code()
    groups = {key.partition(".")[0] for key in said}
    assert {key for key in english() if key.partition(".")[0] in groups} == said


def test_phrases_are_found_in_code_and_templates() -> None:
    text = """words.say("tba"); {{ words.markup('rsvp.opens', date=d) }}; say(f"tense.{tense}")"""
    assert said_in(text) == {"tba", "rsvp.opens", "tense.future", "tense.present", "tense.past"}


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
    said = words.markup("event.past", event="A<b>", dates=Markup("<time>Monday</time>"))
    assert said == Markup("A&lt;b&gt; &lt;was&gt; on <time>Monday</time>")


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
        ("tba", "{x}", '"{x}" has {x}, which is not filled in here. Take it out.'),
        ("rsvp.opens", "Soon", '"Soon" lacks {date}. Put it where it is to be shown.'),
        (
            "rsvp.opens",
            "{date.x}",
            '"{date.x}" has a brace that is no placeholder like {date}. Write {{ for a brace.',
        ),
        ("tba", "}", '"}" has a brace that is no placeholder. Write {{ for a brace.'),
    ],
)
def test_an_organisers_phrase_is_checked(key: str, phrase: str, problem: str | None) -> None:
    assert phrase_problem(key, phrase) == problem
