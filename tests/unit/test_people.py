"""Sponsors, the team and links, in pages and in what search engines read."""

from __future__ import annotations

from datetime import UTC, datetime

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.people import by_level
from mkdocs_impldays.output.jsonld import fest_node
from tests.fests import EVENT, HEAD, fest_of

SPONSORS = """\
sponsors:
  - level: Gold
    name: Acme & Sons
    url: https://acme.test/
    logo: img/a.svg
    logo_dark: img/b.svg
  - {level: Silver, name: Initech}
  - {level: Gold, name: Hooli, logo: img/hooli.png}
organizer: {name: Crew}
team: [{name: Ada, role: Programme, links: [{title: Mastodon, url: "https://social.test/@ada"}]}]
links: [{title: Mastodon, url: "https://social.test/@fest"}]
"""


def _fest() -> Fest:
    return fest_of(HEAD + EVENT + SPONSORS)


def test_levels_have_the_order_of_their_first_sponsor() -> None:
    sponsors = _fest().sponsors
    later = sponsors[1:]
    levels = [(level, [each.name for each in group]) for level, group in by_level(sponsors)]
    assert levels == [("Gold", ["Acme & Sons", "Hooli"]), ("Silver", ["Initech"])]
    levels = [(level, [each.name for each in group]) for level, group in by_level(later)]
    assert levels == [("Silver", ["Initech"]), ("Gold", ["Hooli"])]


def test_search_engines_read_who_supports_and_who_runs_it() -> None:
    node = fest_node(
        _fest(), site_url="https://fest.test/", moment=datetime(2018, 1, 1, tzinfo=UTC)
    )
    assert node is not None
    assert node["sponsor"][0] == {
        "@type": "Organization",
        "name": "Acme & Sons",
        "url": "https://acme.test/",
        "logo": "https://fest.test/img/a.svg",
    }
    assert node["sameAs"] == ["https://social.test/@fest"]
    assert node["organizer"]["member"][0]["sameAs"] == ["https://social.test/@ada"]


def test_a_logo_from_another_host_is_refused() -> None:
    text = HEAD + EVENT + SPONSORS.replace("img/hooli.png", '"https://hooli.test/logo.png"')
    _, problems = load_fest(text.encode(), path="f.yml", fest_id="f")
    errors = [problem for problem in problems if problem.severity == "error"]
    assert [problem.line for problem in errors] == [18]
    assert "sponsors[2].logo" in str(errors[0])
