import pytest

from mkdocs_impldays.fest.time_zones import (
    kilometres,
    looks_swapped,
    wrong_sign,
    zones_of,
)

PARIS = (48.8567, 2.3508)


def test_a_country_has_its_zones_with_the_largest_town_first() -> None:
    assert zones_of("PT")[0] == "Europe/Lisbon"
    assert zones_of("FR") == ["Europe/Paris"]
    assert len(zones_of("US")) > 20


def test_what_is_no_country_has_no_zone() -> None:
    assert zones_of("XX") == []


def test_the_distance_is_that_on_the_ground() -> None:
    berlin = (52.5200, 13.4050)
    assert kilometres(PARIS, berlin) == pytest.approx(878, abs=2)
    assert kilometres(PARIS, PARIS) == 0
    assert kilometres((90, 0), (-90, 0)) == pytest.approx(20015, abs=1)


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ((2.3508, 48.8567), "Europe/Paris"),
        ((-9.14, 38.71), "Europe/Lisbon"),
        ((13.405, 52.52), "Europe/Berlin"),
        ((-58.38, -34.6), "America/Argentina/Buenos_Aires"),
    ],
)
def test_swapped_coordinates_are_known_by_their_zone(place: tuple[float, float], zone: str) -> None:
    north, east = place
    assert looks_swapped(north, east, zone)
    assert not looks_swapped(east, north, zone)


@pytest.mark.parametrize(
    ("place", "zone"),
    [((2.35, 48.85), "America/New_York"), ((2.35, 48.85), "UTC")],
)
def test_a_place_that_is_far_away_either_way_is_left_alone(
    place: tuple[float, float], zone: str
) -> None:
    north, east = place
    assert not looks_swapped(north, east, zone)
    assert not looks_swapped(east, north, zone)
    assert looks_swapped(north, east, "Europe/Paris")


@pytest.mark.parametrize(
    ("place", "zone", "wrong"),
    [
        ((38.71, 9.14), "Europe/Lisbon", "longitude"),
        ((40.42, 3.7), "Europe/Madrid", "longitude"),
        ((33.87, 151.2), "Australia/Sydney", "latitude"),
        ((38.71, -9.14), "Europe/Lisbon", None),
        ((48.4, -4.49), "Europe/Paris", None),
        ((-1.29, 36.8), "Africa/Nairobi", None),
        ((51.5, 0.1), "Europe/London", None),
        ((38.71, 9.14), "UTC", None),
    ],
)
def test_a_forgotten_minus_is_known_by_the_zone(
    place: tuple[float, float], zone: str, wrong: str | None
) -> None:
    assert wrong_sign(*place, zone) == wrong
