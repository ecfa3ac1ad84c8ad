"""mkdocs-rss-plugin: a feed of the pages of a site."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import fromstring

from tests.compat.plugins import OURS, needs
from tests.sites.building import built, site

pytestmark = needs("rss")

PAGE = "# Home\n\n{{ schedule() }}\n\nWe meet in **{{ fest.city }}**. {{ rsvp_button() }}\n"


def _feed(folder: Path, page: str, **options: object) -> str:
    site(folder, {"docs/index.md": page}, plugins=["search", OURS, {"rss": options}])
    result = built(folder)
    assert not result.stopped
    assert result.lines == (), result.lines
    return result.page("feed_rss_created.xml")


def test_a_site_is_built_with_the_defaults_of_the_plugin(tmp_path: Path) -> None:
    channel = fromstring(_feed(tmp_path, "# Home\n\n{{ fest.city }}\n")).find("channel")
    assert channel is not None
    titles = {item.findtext("title") for item in channel.findall("item")}
    assert titles == {"Home", "RustFest Paris"}
    texts = {item.findtext("title"): item.findtext("description") for item in channel.iter("item")}
    assert "Paris" in str(texts["Home"])


def test_a_schedule_is_text_in_the_feed(tmp_path: Path) -> None:
    feed = _feed(tmp_path, PAGE, abstract_chars_count=5000)
    assert "We meet in" in feed
    assert "Lunch break 17:00" in feed
    assert [character for character in feed if "\ue000" <= character <= "\uf8ff"] == []


def test_a_short_abstract_has_no_piece_of_a_schedule(tmp_path: Path) -> None:
    feed = _feed(tmp_path, "# Home\n\nWelcome.\n\n{{ schedule() }}\n", abstract_chars_count=30)
    assert "Welcome." in feed
    assert "data-from" not in feed
