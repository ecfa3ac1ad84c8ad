import pytest

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.output.texts import absolute, page_of, venue_line


def _fest(rest: str) -> Fest:
    head = "name: F\ncity: Paris\ncountry: FR\ntimezone: Europe/Paris\n"
    fest, problems = load_fest((head + rest).encode(), path="f.yml", fest_id="f")
    assert fest is not None, problems
    return fest


@pytest.mark.parametrize(
    ("path", "site_url", "address"),
    [
        ("/about/", "https://rustfest.eu", "https://rustfest.eu/about/"),
        ("about/#x", "https://rustfest.eu/paris/", "https://rustfest.eu/paris/about/#x"),
        ("/über uns/", "https://rustfest.eu/", "https://rustfest.eu/%C3%BCber%20uns/"),
        ("//evil.eu/x", "https://rustfest.eu/", "https://rustfest.eu/evil.eu/x"),
        ("https://other.eu/a b", "https://rustfest.eu/", "https://other.eu/a%20b"),
        ("https://other.eu/", None, "https://other.eu/"),
        ("/about/", None, None),
        ("/50%25/", "https://rustfest.eu/", "https://rustfest.eu/50%25/"),
    ],
)
def test_a_path_becomes_the_address_of_a_page_of_the_site(
    path: str, site_url: str | None, address: str | None
) -> None:
    assert absolute(path, site_url) == address


def test_a_venue_is_told_in_one_line_without_what_is_not_known() -> None:
    fest = _fest(
        "language: fr\nevents: {e: {title: E, days: tba, venue: a, overflow: [b]}}\n"
        "venues:\n  a: {name: Mozilla, street: 16bis, postcode: '75009'}\n"
        "  b: {name: tba, street: tba, city: tba, country: DE}"
    )
    assert venue_line(fest.venues["a"], fest) == "Mozilla, 16bis, 75009 Paris, France"
    assert venue_line(fest.venues["b"], fest) == "Allemagne"


def test_an_event_is_found_at_its_page_then_at_the_fests_site_then_at_this_one() -> None:
    paged = _fest("url: https://f.eu/\nevents: {e: {title: E, days: tba, page: /e/}}")
    plain = _fest("url: https://f.eu/\nevents: {e: {title: E, days: tba}}")
    bare = _fest("events: {e: {title: E, days: tba}}")
    site = "https://all.eu/"
    assert page_of(paged, paged.events["e"], site_url=site) == "https://all.eu/e/"
    assert page_of(paged, paged.events["e"], site_url=None) == "https://f.eu/"
    assert page_of(plain, plain.events["e"], site_url=site) == "https://f.eu/"
    assert page_of(bare, bare.events["e"], site_url=site) == "https://all.eu/"
    assert page_of(bare, bare.events["e"], site_url=None) is None
