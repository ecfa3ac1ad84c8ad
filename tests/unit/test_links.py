from urllib.parse import parse_qs, urlsplit

import pytest

from mkdocs_impldays.output.calendar_links import calendar_links, calendar_path
from tests.fests import EVENT, HEAD, fest_of
from tests.judges.samples import FESTS

PARIS = FESTS["paris-2018"]
IMPL_DAYS = PARIS.events["impl_days"]
WAYS = ["download", "subscribe", "google", "outlook", "address"]


def test_a_calendar_can_be_downloaded_subscribed_to_and_taken_to_google_and_outlook() -> None:
    links = {
        link.way: link.url
        for link in calendar_links(PARIS, IMPL_DAYS, site_url="https://rustfest.eu/paris")
    }
    path = "calendar/paris-2018-impl_days.ics"
    assert list(links) == WAYS
    assert links["subscribe"].removeprefix("webcal:") == links["address"].removeprefix("https:")
    assert links["download"] == path == calendar_path(PARIS, IMPL_DAYS)
    assert links["subscribe"] == f"webcal://rustfest.eu/paris/{path}"
    google, outlook = (parse_qs(urlsplit(links[way]).query) for way in ("google", "outlook"))
    assert google == {"cid": [f"webcal://rustfest.eu/paris/{path}"]}
    assert outlook == {
        "url": [f"https://rustfest.eu/paris/{path}"],
        "name": ["RustFest Paris: impl Days"],
    }


def test_a_whole_fest_has_a_calendar_too() -> None:
    links = calendar_links(PARIS, site_url="https://rustfest.eu/")
    assert links[1].url == "webcal://rustfest.eu/calendar/paris-2018.ics"


def test_without_a_public_address_there_is_only_the_download() -> None:
    for site_url, ways in ((None, 1), ("http://127.0.0.1:8000/", 1), ("https://rustfest.eu/", 5)):
        links = calendar_links(PARIS, IMPL_DAYS, site_url=site_url)
        assert [link.way for link in links] == WAYS[:ways]


def test_there_are_no_links_while_no_day_is_known() -> None:
    fest = FESTS["unknown-2031"]
    assert calendar_links(fest, site_url="https://rustfest.eu/") == ()
    assert calendar_links(fest, fest.events["talks"], site_url="https://rustfest.eu/") == ()
    assert calendar_links(PARIS, PARIS.events["talks"], site_url="https://rustfest.eu/") != ()


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_there_are_no_links_to_what_is_not_held(status: str) -> None:
    url = "https://rustfest.eu/"
    assert calendar_links(fest_of(HEAD + EVENT), site_url=url) != ()
    whole = fest_of(f"{HEAD}status: {status}\n{EVENT}")
    assert calendar_links(whole, site_url=url) == ()
    assert calendar_links(whole, whole.events["impl_days"], site_url=url) == ()
    part = fest_of(
        f"{HEAD}{EVENT}    status: {status}\n  talks: {{title: Talks, days: 2018-05-26}}\n"
    )
    assert calendar_links(part, part.events["impl_days"], site_url=url) == ()
    assert calendar_links(part, part.events["talks"], site_url=url) != ()
    assert calendar_links(part, site_url=url) != ()


def test_a_name_with_an_ampersand_stays_one_parameter() -> None:
    fest = FESTS["hostile-2019"]
    url = calendar_links(fest, site_url="https://rustfest.eu/")[3].url
    assert parse_qs(urlsplit(url).query)["name"] == [fest.name]
