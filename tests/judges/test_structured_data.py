import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib

from mkdocs_impldays.fest.call_states import call_states
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.sessions import lines_of, session_source, speaker_source
from mkdocs_impldays.output.card import card_path
from mkdocs_impldays.output.jsonld import event_node, fest_node, script, session_node
from tests.judges.programs import HERE, need, need_npm, run
from tests.judges.samples import FESTS, ROOT, SITE, read_fest

# rdflib 7.6 uses it within its own reader of JSON-LD
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

Node = dict[str, Any]
SHAPES = rdflib.Graph().parse(HERE / "event.ttl")


def _moments(fest: Fest) -> list[datetime]:
    """Return a moment of each state of the RSVP."""
    spans = call_states(fest, fest.rsvp)
    starts = [span.start or datetime(2015, 1, 1, tzinfo=UTC) for span in spans]
    return starts or [datetime(2018, 1, 1, tzinfo=UTC)]


def _nodes() -> Iterator[tuple[str, Node]]:
    for fest in FESTS.values():
        for number, moment in enumerate(_moments(fest)):
            parts: list[Event | None] = [None, *fest.events.values()]
            for event in parts:
                about = {"site_url": SITE, "moment": moment, "image": card_path(fest)}
                node = event_node(fest, event, **about) if event else fest_node(fest, **about)  # type: ignore[arg-type]  # one dict for both calls
                if node:
                    yield f"{fest.id} {event.id if event else ''} {number}", node


def _session_nodes() -> Iterator[tuple[str, Node]]:
    """Yield each session as its page has it, and each fest with its sessions."""
    for fest in [*FESTS.values(), TYPED]:
        about = {"site_url": SITE, "moment": _moments(fest)[0], "image": card_path(fest)}
        lines = lines_of(fest)
        sources = [session_source(fest, key) for key in lines]
        sources += [speaker_source(fest, key) for key in fest.speakers]
        pages = {each: f"{each.removesuffix('.md')}/" for each in sources}
        for key, each in lines.items():
            page = f"{SITE}{pages[session_source(fest, key)]}"
            node = session_node(fest, each, page_url=page, addresses=pages, **about)  # type: ignore[arg-type]  # as above
            yield f"{fest.id} session {key}", node
        whole = fest_node(fest, has_sessions=True, addresses=pages, **about)  # type: ignore[arg-type]  # as above
        if whole:
            yield f"{fest.id} with sessions", whole


class _Scripts(HTMLParser):
    """Collects what a browser takes for the text of scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and ("type", "application/ld+json") in attrs
        if self._inside:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


def from_page(element: str) -> list[str]:
    reader = _Scripts()
    reader.feed(f"<html><head>{element}</head><body></body></html>")
    return reader.texts


def shacl_faults(node: Node) -> list[str]:
    data = json.dumps({**node, "@context": {"@vocab": "http://schema.org/"}})
    graph = rdflib.Graph().parse(data=data, format="json-ld")
    good, _, text = pyshacl.validate(graph, shacl_graph=SHAPES)
    return [] if good else str(text).splitlines()


def time_faults(node: Node) -> list[str]:
    """Find ends before starts, at every depth; a date stands for its whole day."""
    start, end = node["startDate"], node.get("endDate", node["startDate"][:10])
    days = end[:10] < start[:10] or ("endDate" in node and "T" in start and end == start[:10])
    moments = "T" in start and "T" in end
    early = moments and datetime.fromisoformat(end) <= datetime.fromisoformat(start)
    faults = [f"{start} to {end}"] if days or early else []
    return faults + [fault for part in node.get("subEvent", []) for fault in time_faults(part)]


def tsc_faults(nodes: dict[str, Node], folder: Path) -> list[str]:
    """Let TypeScript check nodes against schema.org's vocabulary."""
    need("node")
    packages = need_npm("schema-dts").parent
    (folder / "node_modules").symlink_to(packages)
    for number, node in enumerate(nodes.values()):
        text = json.dumps(node, ensure_ascii=False)
        code = f"const node: WithContext<Event> = {text}\nexport default node\n"
        head = 'import type { Event, WithContext } from "schema-dts"\n'
        (folder / f"node{number}.ts").write_text(head + code, encoding="utf-8")
    files = [f"node{number}.ts" for number in range(len(nodes))]
    options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2020"]
    options += ["--module", "nodenext"]
    compiler = packages / "typescript" / "bin" / "tsc"
    done = run("node", compiler, *options, *[folder / name for name in files])
    return done.stdout.splitlines()


TYPED = read_fest(ROOT / "tests/golden/programme/typed.yml")
NODES = dict(_nodes()) | dict(_session_nodes())


@pytest.mark.parametrize("name", NODES)
def test_an_event_has_all_that_search_engines_ask_for(name: str) -> None:
    assert shacl_faults(NODES[name]) == []
    assert time_faults(NODES[name]) == []


def test_events_are_written_in_the_words_of_schema_org(tmp_path: Path) -> None:
    assert tsc_faults(NODES, tmp_path) == []


@pytest.mark.parametrize("name", NODES)
def test_a_page_gives_back_the_event_that_was_put_into_its_head(name: str) -> None:
    element = script(NODES[name])
    assert [json.loads(text) for text in from_page(element)] == [NODES[name]]


def test_names_with_markup_arrive_as_typed() -> None:
    node = NODES["hostile-2019 impl_days 0"]
    name = 'RustFest<Zurich> & "Freunde", Teil 2; C:\\neu'
    assert node["name"] == f"{name}: `impl Days`, *die* Tage; BEGIN:VEVENT"
    text = NODES["hostile-2019  0"]["description"]
    assert text.startswith("Erste Zeile, mit Komma; Strichpunkt\nzweite Zeile </script><!-- <b>")


GOOD = NODES["paris-2018 impl_days 1"]
Change = Callable[[Node], None]

SHACL_MUTANTS: dict[str, Change] = {
    "no startDate": lambda node: node.pop("startDate"),
    "no location": lambda node: node.pop("location"),
    "a location that is a text": lambda node: node.update(location="Paris"),
    "no address": lambda node: node["location"].pop("address"),
    "no offers.url": lambda node: node["offers"].pop("url"),
    "28/05/2018": lambda node: node.update(startDate="28/05/2018"),
    "a time without offset": lambda node: node.update(startDate="2018-05-28T09:00:00"),
    "€0": lambda node: node["offers"].update(price="€0"),
    "a performer without a name": lambda node: node.update(performer=[{"@type": "Person"}]),
    "a price in a currency without code": lambda node: node["offers"].update(priceCurrency="€"),
    "&lt; in the name": lambda node: node.update(name="RustFest&lt;Paris&gt;"),
    "an eventStatus that is none": lambda node: node.update(eventStatus="https://schema.org/Off"),
    "a relative image": lambda node: node.update(image="assets/card.png"),
    "no organizer.name": lambda node: node["organizer"].pop("name"),
    "a day without startDate": lambda node: node["subEvent"][2].pop("startDate"),
}
TSC_MUTANTS: dict[str, Change] = {
    "@type typo": lambda node: node.update({"@type": "Evnet"}),
    "property typo": lambda node: node.update(organiser=node.pop("organizer")),
    "an eventStatus that is none": lambda node: node.update(eventStatus="https://schema.org/Off"),
    "an availability that is none": lambda node: node["offers"].update(availability="free"),
}


def _changed(change: Change) -> Node:
    node = deepcopy(GOOD)
    change(node)
    assert node != GOOD
    return node


@pytest.mark.parametrize("name", SHACL_MUTANTS)
def test_the_shapes_stop_an_event_with_one_fault(name: str) -> None:
    assert shacl_faults(_changed(SHACL_MUTANTS[name])) != []


def test_the_vocabulary_stops_each_event_with_one_fault(tmp_path: Path) -> None:
    nodes = {name: _changed(change) for name, change in TSC_MUTANTS.items()}
    found = {
        number
        for line in tsc_faults(nodes, tmp_path)
        for number in re.findall(r"node(\d+)\.ts\(", line)
    }
    assert found == {str(number) for number in range(len(nodes))}


def test_an_end_before_the_start_is_found() -> None:
    early = datetime.fromisoformat(GOOD["startDate"]) - timedelta(minutes=1)
    assert time_faults({**GOOD, "endDate": early.isoformat()}) != []


def test_a_script_that_a_text_could_close_is_found() -> None:
    element = script({"name": "</script>"})
    assert len(from_page(element)) == 1
    naive = element.replace("\\u003c", "<")
    with pytest.raises(json.JSONDecodeError):
        json.loads(from_page(naive)[0])
