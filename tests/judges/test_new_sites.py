"""Every judge over the sites that `impldays new` begins, one for each kind of fest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.axe import violations
from tests.judges.gate import as_ical_js_reads, byte_faults, libical_faults
from tests.judges.test_pages import faults_of_pages
from tests.judges.test_structured_data import (
    Node,
    from_page,
    shacl_faults,
    time_faults,
    tsc_faults,
)
from tests.pictures.screens import served
from tests.sites.test_kinds import CASES

# rdflib 7.6 uses it within its own reader of JSON-LD
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

NewSite = Callable[[str], Path]


def _pages(site: Path) -> list[Path]:
    return sorted(path for path in site.rglob("*.html") if path.name != "404.html")


def _nodes(site: Path) -> Iterator[tuple[str, Node]]:
    """Yield the events that search engines read on the pages of a site, each once."""
    found: dict[str, str] = {}
    for path in _pages(site):
        for text in from_page(path.read_text("utf-8")):
            found.setdefault(text, path.relative_to(site).as_posix())
    for text, page in found.items():
        node = json.loads(text)
        if node["@type"] != "Person":
            yield page, node


@pytest.mark.parametrize("name", CASES)
def test_a_browser_finds_no_barrier_on_its_pages(
    new_site: NewSite, browser: Browser, name: str
) -> None:
    site = new_site(name)
    found: list[str] = []
    with served(site) as address, browser.new_context(reduced_motion="reduce") as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time("2027-02-01T12:00:00+01:00")
        for path in _pages(site):
            page.goto(address + path.relative_to(site).as_posix())
            found += [f"{path}: {rule}: {node['html']}" for rule, node in violations(page)]
    assert found == []


def test_their_pages_are_html(new_site: NewSite) -> None:
    folders = [new_site(name) for name in CASES]
    assert [*faults_of_pages(*folders)] == []


def test_their_calendars_are_read_by_others(
    new_site: NewSite, icalcheck: Path, tmp_path: Path
) -> None:
    paths = [path for name in CASES for path in sorted(new_site(name).rglob("*.ics"))]
    calendars = {path.as_posix(): path.read_bytes() for path in paths}
    assert len(calendars) > 2 * len(CASES)
    for path, data in calendars.items():
        assert byte_faults(data) == [], path
        assert libical_faults(data, icalcheck, tmp_path) == [], path
    read = as_ical_js_reads(calendars, tmp_path)
    assert {path: each["faults"] for path, each in read.items() if each["faults"]} == {}


def test_search_engines_find_all_that_they_ask_for(new_site: NewSite, tmp_path: Path) -> None:
    nodes = {
        f"{name}: {page} {number}": node
        for name in CASES
        for number, (page, node) in enumerate(_nodes(new_site(name)))
    }
    assert {key.partition(":")[0] for key in nodes} == {*CASES}
    for node in nodes.values():
        assert shacl_faults(node) == []
        assert time_faults(node) == []
    assert tsc_faults(nodes, tmp_path) == []
