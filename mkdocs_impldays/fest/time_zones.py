"""The countries and coordinates of the time zones in the IANA database (`zone.tab`)."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from importlib.resources import files

from babel import Locale

Coordinates = tuple[float, float]
"""Degrees north and east (WGS 84)."""

_FAR = 3000
"""Kilometres: more than from any place in Europe to the city its zone is named after."""

_ANOTHER_CONTINENT = 4500
"""Kilometres: more than from any place to the city its zone is named after."""


@cache
def _table() -> list[tuple[str, str, str]]:
    """Read `zone.tab`: country, coordinates (ISO 6709), zone."""
    text = files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return [(row[0], row[1], row[2]) for row in rows]


def _coordinates(text: str) -> Coordinates:
    north, east = re.findall(r"[+-]\d+", text)
    return _degrees(north, 2), _degrees(east, 3)


def _degrees(text: str, digits: int) -> float:
    sign, rest = text[0], text[1:]
    degrees = int(rest[:digits]) + int(rest[digits : digits + 2]) / 60
    return -degrees if sign == "-" else degrees


def zones_of(country: str) -> list[str]:
    """Return the time zones of a country (ISO 3166-1 alpha-2), the most populous first."""
    return [zone for code, _, zone in _table() if code == country]


def kilometres(one: Coordinates, other: Coordinates) -> float:
    """Return the distance in kilometres of two places on a sphere (haversine formula)."""
    (north1, east1), (north2, east2) = (tuple(map(math.radians, place)) for place in (one, other))
    half = math.sin((north2 - north1) / 2) ** 2
    half += math.cos(north1) * math.cos(north2) * math.sin((east2 - east1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def looks_swapped(latitude: float, longitude: float, zone: str) -> bool:
    """Return whether a place is far from its zone's city, but near it if swapped."""
    town = _town_of(zone)
    if town is None or abs(longitude) > 90:
        return False
    typed = kilometres((latitude, longitude), town)
    return typed > _FAR and kilometres((longitude, latitude), town) < typed / 3


def wrong_sign(latitude: float, longitude: float, zone: str) -> str | None:
    """Return `latitude` or `longitude` if a place is near its zone's city only with its other sign.

    West and south are negative; `None` if neither is wrong, or both are.
    """
    town = _town_of(zone)
    if town is None or kilometres((latitude, longitude), town) < _FAR_FOR_A_SIGN:
        return None
    if kilometres((latitude, -longitude), town) < _NEAR:
        return "longitude"
    return "latitude" if kilometres((-latitude, longitude), town) < _NEAR else None


_FAR_FOR_A_SIGN = 500
"""Kilometres: less than to a place in Madrid with the sign of its longitude forgotten."""

_NEAR = 50
"""Kilometres: more than from a place in a city to its middle."""


def is_far(latitude: float, longitude: float, zone: str) -> bool:
    """Return whether a place is on another continent than its zone's city."""
    town = _town_of(zone)
    return town is not None and kilometres((latitude, longitude), town) > _ANOTHER_CONTINENT


def is_in_table(zone: str) -> bool:
    """Return whether `zone.tab` has a zone: not if it is an old name, like Europe/Kiev."""
    return _town_of(zone) is not None


def _town_of(zone: str) -> Coordinates | None:
    return next((_coordinates(place) for _, place, name in _table() if name == zone), None)


def zones_named(town: str) -> list[tuple[str, str]]:
    """Return the countries and zones named after a city, like `PT, Europe/Lisbon` for Lisbon."""
    wanted = _folded(town)
    return [
        (code, zone) for code, _, zone in _table() if _folded(zone.rpartition("/")[2]) == wanted
    ]


def _folded(name: str) -> str:
    """Return a name without accents, case and punctuation: `São Paulo` is `Sao_Paulo`."""
    letters = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", plain))


def likely_zone(country: str, town: str) -> str | None:
    """Return the only zone of a country, or the one named after a city; else `None`."""
    zones = zones_of(country)
    if len(zones) == 1:
        return zones[0]
    return next((zone for code, zone in zones_named(town) if code == country), None)


def country_named(name: str) -> str | None:
    """Return the code (ISO 3166) of a country by its English name in CLDR; else `None`."""
    wanted = _folded(name)
    for code, known in Locale("en").territories.items():
        if re.fullmatch("[A-Z]{2}", code) and _folded(known) == wanted:
            return str(code)
    return None
