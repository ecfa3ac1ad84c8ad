"""Texts of a fest file that are typed once for each language."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.missing import untranslated
from mkdocs_impldays.fest.model import pick
from mkdocs_impldays.names.variables import variables_of
from tests.fests import fest_of
from tests.unit.test_schema import schema_faults

WHOLE = """\
name: {en: Fest of Paris, fr: Fête de Paris}
city: {en: Paris, it: Parigi}
country: FR
timezone: Europe/Paris
description: {en: Come, fr: Venez}
thanks: {en: Thanks, fr: Merci}
organizer: {name: {en: The team, fr: L’équipe}}
changes: [{date: 2018-05-01, what: {en: New, fr: Nouveau}}]
contacts: [{name: {en: Help, fr: Aide}, phone: "+33 1 23 45 67 89"}]
live: [{title: {en: Hall, fr: Salle}, stream: https://stream.rustfest.eu/}]
events:
  days:
    title: {en: Days, fr: Journées}
    description: {en: Hack, fr: Coder}
    venue: hall
    days:
      - date: 2018-05-28
        agenda: [{at: "09:00", what: {en: Doors, fr: Portes}}]
    changes: [{date: 2018-05-01, what: {en: Other, fr: Autre}}]
    agenda: [{at: "09:00", what: {en: Lunch, fr: Repas}}]
venues:
  hall:
    name: {en: The hall, fr: La salle}
    street: {en: 1 Street, fr: 1 rue}
    postcode: {en: "75009", fr: F-75009}
    city: {en: Paris 9, fr: Paris IX}
    directions: {en: Walk, fr: À pied}
    access: {en: Lift, fr: Ascenseur}
rsvp:
  event: days
  url: https://rsvp.rustfest.eu/
  label: {en: Come, fr: Venir}
  waitlist_label: {en: Wait, fr: Attendre}
phrases:
  tba: {en: soon, fr: bientôt}
  hours.now: At once
site:
  motto: {en: Come all, fr: Venez tous}
  links: {en: /en/, de: /de/}
  plain: {left: 1, right: 2}
"""


def _texts(part: object) -> list[str]:
    """Return every text that a person typed, in the order of the fields."""
    if isinstance(part, BaseModel):
        shown = {name: getattr(part, name) for name in type(part).model_fields}
        return [text for name in shown if name != "site" for text in _texts(shown[name])]
    if isinstance(part, dict):
        return [text for each in part.values() for text in _texts(each)]
    if isinstance(part, tuple):
        return [text for each in part for text in _texts(each)]
    return [part] if isinstance(part, str) else []


def test_every_text_that_readers_see_can_be_typed_in_several_languages() -> None:
    english, french = fest_of(WHOLE), fest_of(WHOLE).in_language("fr")
    pairs = dict(zip(_texts(english), _texts(french), strict=False))
    assert pairs["Fest of Paris"] == "Fête de Paris"
    assert pairs["Doors"] == "Portes"
    rest = {"Come", "Thanks", "The team", "New", "Help", "Hall", "Days", "Hack", "Other", "Lunch"}
    rest |= {"The hall", "1 Street", "75009", "Paris 9", "Walk", "Lift", "Wait"}
    assert not rest & set(_texts(french))


def test_the_schema_lets_every_text_be_typed_in_several_languages() -> None:
    assert schema_faults(WHOLE.encode()) == []
    assert schema_faults(WHOLE.replace("{en: Come, fr: Venir}", "{French: Venir}").encode()) != []


def test_a_text_that_is_not_there_in_a_language_is_that_of_the_fest() -> None:
    italian = fest_of(WHOLE).in_language("it")
    assert (italian.language, italian.city, italian.name) == ("it", "Parigi", "Fest of Paris")


def test_a_fest_comes_back_from_another_language() -> None:
    fest = fest_of(WHOLE)
    assert fest.in_language("fr").in_language("en") == fest
    assert fest.in_language("fr").in_language("it") == fest.in_language("it")
    assert fest.in_language("fr").id == fest.id


def test_a_language_without_its_region_is_that_of_the_fest() -> None:
    fest = fest_of(WHOLE + "language: en-US\n")
    assert fest.in_language("en") is fest
    assert fest.in_language("en-GB").language == "en-GB"


def test_own_phrases_are_only_said_in_the_languages_they_were_typed_in() -> None:
    fest = fest_of(WHOLE)
    assert fest.phrases == {"tba": "soon", "hours.now": "At once"}
    assert fest.in_language("fr").phrases == {"tba": "bientôt"}
    assert fest.in_language("de").phrases == {}
    assert fest.in_language("en-GB").phrases == fest.phrases


def test_free_data_by_language_reads_as_the_readers_and_keeps_its_keys() -> None:
    site = variables_of(fest_of(WHOLE).in_language("fr"))["site"]
    assert str(site["motto"]) == "Venez tous"
    assert str(site["motto"]["en"]) == "Come all"  # type: ignore[index]
    assert str(site["links"]) == "/en/"
    assert site["plain"].text is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("language", "text"),
    [("pt-BR", "brasileiro"), ("pt", "português"), ("pt-AO", "português"), ("zh", "繁體")],
)
def test_the_nearest_text_is_taken(language: str, text: str) -> None:
    texts = {"pt": "português", "pt-BR": "brasileiro", "zh-Hant": "繁體"}
    assert pick(texts, language) == text


def test_there_is_no_nearest_text_in_another_language() -> None:
    assert pick({"pt": "português"}, "es") is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("{fr: Fête}", 'name has no text in the fest\'s own language. Add "en" to it.'),
        ("{en: Fest, fr: }", "name.fr is not text. Write the text after the colon."),
        ("{en: Fest, fr: [Fête]}", "name.fr is not text. Write the text after the colon."),
        (
            "{en: Fest, pt_BR: Festa}",
            'name.pt_BR: "pt_BR" is not the code of a known language. Write one like "pt-BR",',
        ),
        (
            "{en: Fest, French: Fête}",
            'name.French: "French" is not the code of a known language. Write one like "en",',
        ),
    ],
)
def test_a_mistake_in_a_text_by_language_is_told(name: str, message: str) -> None:
    text = WHOLE.replace("{en: Fest of Paris, fr: Fête de Paris}", name)
    fest, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert fest is None
    told = [str(problem).removesuffix(" with its text after the colon.") for problem in problems]
    assert told == [f"f.yml:1: {message}"]


def test_a_mistake_in_a_phrase_is_told_in_each_language() -> None:
    text = WHOLE.replace("fr: bientôt", 'fr: "{bientôt}"')
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    message = "has {bientôt}, which is not filled in here. Remove it."
    assert list(map(str, problems)) == [f'f.yml:35: phrases.tba.fr: "{{bientôt}}" {message}']


def test_a_text_that_lacks_a_language_of_the_others_is_hinted_at() -> None:
    text = WHOLE.replace("fr: Fête de Paris", "it: Festa di Parigi")
    fest, _ = load_fest(text.encode(), path="f.yml", fest_id="f")
    assert fest is not None
    hints = list(untranslated(fest))
    assert {each.severity for each in hints} == {"hint"}
    told = [str(each) for each in hints]
    assert 'f.yml:1: name has no text in "fr", which other texts have. Add it.' in told
    assert 'f.yml:2: city has no text in "fr", which other texts have. Add it.' in told
    assert not any('name has no text in "it"' in each for each in told[:2])
