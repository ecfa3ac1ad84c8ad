"""Countries and zones found by the names of towns and countries."""

from __future__ import annotations

import pytest

from mkdocs_impldays.fest.time_zones import country_named, likely_zone, zones_named, zones_of


def test_a_town_that_names_a_zone_tells_country_and_zone() -> None:
    assert zones_named("Lisbon") == [("PT", "Europe/Lisbon")]
    assert zones_named("Zürich") == [("CH", "Europe/Zurich")]
    assert zones_named("são paulo") == [("BR", "America/Sao_Paulo")]
    assert zones_named("Bielefeld") == []


def test_the_zone_is_likely_where_it_is_the_only_one_or_named_after_the_town() -> None:
    assert likely_zone("IT", "Bologna") == "Europe/Rome"
    assert len(zones_of("PT")) > 1
    assert likely_zone("PT", "Lisbon") == "Europe/Lisbon"
    assert likely_zone("PT", "Porto") is None
    assert likely_zone("FR", "Lisbon") == "Europe/Paris"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("France", "FR"),
        (" italy ", "IT"),
        ("Spain", "ES"),
        ("Côte d'Ivoire", "CI"),
        ("cote d\N{RIGHT SINGLE QUOTATION MARK}ivoire", "CI"),
        ("Bosnia and Herzegovina", "BA"),
        ("Trinidad & Tobago", "TT"),
        ("Guinea Bissau", "GW"),
        ("Nowhere", None),
        ("?", None),
    ],
)
def test_a_country_is_found_by_its_english_name(name: str, code: str | None) -> None:
    assert country_named(name) == code


@pytest.mark.parametrize("town", ["Port-au-Prince", "port au prince", "São Paulo", "Sao_Paulo"])
def test_a_town_is_found_however_it_is_typed(town: str) -> None:
    assert len(zones_named(town)) == 1
