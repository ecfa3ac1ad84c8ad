"""What CLDR holds of languages and countries."""

from __future__ import annotations

import pytest

from mkdocs_impldays.words.languages import country_name, direction, locale_of


def test_plain_english_is_that_of_europe() -> None:
    assert str(locale_of("en")) == "en_150"
    assert str(locale_of("en-US")) == "en_US"


def test_tags_are_read_with_hyphen_or_underscore() -> None:
    assert locale_of("pt_PT") == locale_of("pt-PT")


def test_an_unknown_language_is_guessed() -> None:
    with pytest.raises(
        ValueError, match=r'"en-GBR" is not a known language\. Did you mean "en-GB"'
    ):
        locale_of("en-GBR")


@pytest.mark.parametrize(("language", "way"), [("ar", "rtl"), ("he", "rtl"), ("fr", "ltr")])
def test_a_language_runs_in_the_direction_of_its_script(language: str, way: str) -> None:
    assert direction(language) == way


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Germany"), ("fr", "Allemagne"), ("ja", "ドイツ"), ("ca", "Alemanya")],
)
def test_a_country_is_named_in_the_language(language: str, name: str) -> None:
    assert country_name("DE", language) == name


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(ValueError, match='"QX" is not a country'):
        country_name("QX", "en")
