"""The speakers of a fest on a page of a site."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

from tests.fests import HEAD
from tests.sites.building import Built, built, site

FEST = f"""{HEAD}speakers:
  ada:
    name: Ada & Co
    about: "Writes *parsers*.\\n\\nTeaches <b>Rust</b>."
    photo: img/ada.png
    links: [{{title: Code, url: "https://rustfest.eu/ada"}}]
  bo: {{name: Bo, url: "https://rustfest.eu/bo"}}
  cleo: {{name: Cleo}}
events:
  talks:
    title: Talks
    days: [2018-05-26]
    agenda:
      - {{at: "10:00", what: Errors, speakers: ada}}
      - {{at: "11:00", what: Panel, speakers: [bo, cleo]}}
"""
PAGES = {
    "docs/index.md": "# Home\n",
    "docs/people/all.md": "# Speakers\n\n{{ speakers() }}\n",
    "docs/img/ada.png": "A picture.",
}


def _built(tmp_path: Path, fest: str = FEST, **options: object) -> Built:
    return built(site(tmp_path, PAGES, fest=fest, options={"now": "2018-01-01T12:00", **options}))


def _cards(done: Built) -> list[Element]:
    tree = html5lib.parse(done.page("people/all/index.html"), namespaceHTMLElements=False)
    return list(tree.findall(".//ul[@class='impldays-team impldays-speakers']/li"))


def _address(card: Element, path: str) -> str:
    link = card.find(path)
    assert link is not None
    return link.attrib["href"]


def test_each_speaker_has_a_card_in_the_order_of_the_file(tmp_path: Path) -> None:
    done = _built(tmp_path)
    assert not done.lines
    ada, bo, cleo = _cards(done)
    assert [each.findtext(".//strong/a") for each in (ada, bo, cleo)] == ["Ada & Co", "Bo", "Cleo"]
    assert [_address(each, ".//strong/a") for each in (ada, bo, cleo)] == [
        f"../../fests/paris-2018/speakers/{key}/" for key in ("ada", "bo", "cleo")
    ]
    paragraphs = ada.findall(".//span[@class='impldays-team__about']")
    assert ["".join(each.itertext()) for each in paragraphs] == [
        "Writes parsers.",
        "Teaches <b>Rust</b>.",
    ]
    links = ".//span[@class='impldays-team__links']/a"
    assert _address(ada, links) == "https://rustfest.eu/ada"


def test_a_photo_is_loaded_late_and_has_its_size_and_a_text(tmp_path: Path) -> None:
    ada, bo, _ = _cards(_built(tmp_path))
    photo = ada.find("img")
    assert photo is not None
    assert photo.attrib == {
        "src": "../../img/ada.png",
        "alt": "Ada & Co",
        "width": "96",
        "height": "96",
        "loading": "lazy",
    }
    assert bo.find("img") is None


def test_without_pages_a_name_leads_to_the_speaker_s_own_site(tmp_path: Path) -> None:
    _, bo, cleo = _cards(_built(tmp_path, session_pages=False))
    assert _address(bo, ".//strong/a") == "https://rustfest.eu/bo"
    assert cleo.find(".//a") is None
    assert cleo.findtext(".//strong") == "Cleo"


def test_a_photo_that_is_not_there_is_reported(tmp_path: Path) -> None:
    (line,) = _built(tmp_path, FEST.replace("ada.png", "a.png")).lines
    assert 'speakers.ada.photo: "img/a.png" is not a file' in line


def test_a_fest_without_speakers_shows_nothing(tmp_path: Path) -> None:
    done = _built(tmp_path, f"{HEAD}events:\n  talks: {{title: Talks, days: [2018-05-26]}}\n")
    assert not done.lines
    assert _cards(done) == []
