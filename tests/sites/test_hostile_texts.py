"""No text of a fest file or a programme file becomes more than text in anything that a site has.

A site with harmless texts tells what elements, attributes, properties and keys there are; a site
with any other texts has no further ones.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest
from PIL import Image

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.sessions import programme_of
from mkdocs_impldays.names.sessions import page_texts
from mkdocs_impldays.pages.facts import Facts, Macro
from mkdocs_impldays.pages.links import File
from mkdocs_impldays.problems import Problem, problems_box
from mkdocs_impldays.site import Site, SiteOptions
from tests.conftest import ALL
from tests.fests import ROOT
from tests.hostile import (
    HARMLESS,
    HOSTILE,
    PROGRAMMES,
    RESULT,
    SCENES,
    fest_data,
    fest_text,
    programme_file,
)
from tests.rendering import rendered
from tests.sites.building import built, site

PATH = "fests/a-fest.yml"
STAMP = datetime(2026, 11, 1, tzinfo=UTC)
OPTIONS = SiteOptions(
    name="Fests",
    url="https://fests.rustfest.eu/all/",
    template_folders=[str(ROOT / "mkdocs_impldays/theme")],
)
SCHEMES = {"https", "mailto", "tel", "geo", "webcal"}
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "srcset", "background"}
ADDRESS_KEYS = {"url", "sameAs", "@id", "image", "logo", "item", "contentUrl", "hasMap"}


NOT_IN_A_LINE = re.compile("[\0-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Line ends, the escapes of terminals, and marks that turn the direction of writing."""

TURNS = range(0, len(HOSTILE), 1 if ALL else 4)
"""Every turn where everything must run; elsewhere some, of which each has all texts somewhere."""

MAY_HAVE_NOTHING = {"call-button", "rsvp-button", "button-in"}
"""Pages that are an error while there is nothing to do."""


@dataclass
class Shape:
    """What an output is made of, besides texts."""

    elements: set[tuple[str, str]] = field(default_factory=set)
    """Elements with each of their attributes, and without any."""
    styles: set[str] = field(default_factory=set)
    """The values of `style`, and the texts of `<style>` and `<script>` elements."""
    keys: set[str] = field(default_factory=set)
    """The keys of JSON, the elements of XML, the properties and parameters of calendars."""
    files: set[str] = field(default_factory=set)

    def __or__(self, other: Shape) -> Shape:
        return Shape(
            self.elements | other.elements,
            self.styles | other.styles,
            self.keys | other.keys,
            self.files | other.files,
        )

    def beyond(self, other: Shape) -> list[str]:
        """Return what this has and the other has not."""
        return sorted(
            map(
                str,
                [
                    *(self.elements - other.elements),
                    *(self.styles - other.styles),
                    *(self.keys - other.keys),
                    *(self.files - other.files),
                ],
            )
        )


def shape_of_html(html: str) -> Shape:
    """Return what a browser makes of HTML; refuse addresses that run or fetch something."""
    found = Shape()
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            found.styles.add(f"<!--{element.text}")
            continue
        tag = element.tag.rpartition("}")[2]
        found.elements.add((tag, ""))
        for name, value in element.attrib.items():
            found.elements.add((tag, str(name)))
            if name == "style":
                found.styles.add(value)
            if str(name).rpartition("}")[2].lower() in ADDRESSES:
                check_address(value)
        if tag == "script" and element.get("type") == "application/ld+json":
            found.keys |= keys_of(json.loads(element.text or ""))
        elif tag in ("script", "style"):
            found.styles.add(element.text or "")
    return found


def check_address(address: str) -> None:
    """Look for an address that a browser would not take for a page, a mail or a call."""
    read = re.sub(r"[\x00-\x20\x7f-\x9f]", "", address)
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", read)
    assert not scheme or scheme[1].lower() in SCHEMES, address
    assert not re.match(r"[/\\]{2}", read), address


def keys_of(value: object, key: str = "") -> set[str]:
    """Return the keys of JSON and check what stands at those that hold addresses."""
    if isinstance(value, dict):
        own = set() if key == "rooms" else {f"{name}" for name in value}  # frab has names there
        return own.union(*(keys_of(each, name) for name, each in value.items()))
    if isinstance(value, list):
        return set[str]().union(*(keys_of(each, key) for each in value))
    if isinstance(value, str) and key in ADDRESS_KEYS:
        check_address(value)
    return set()


def shape_of_calendar(raw: bytes) -> Shape:
    """Return the properties of a calendar, its components and parameters."""
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|(?<!\r)\n|\r(?!\n)", raw)
    found = Shape()
    for line in raw.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n"):
        name, *parameters = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', _head(line))
        if name in ("BEGIN", "END"):
            name = line
        found.keys |= {name, *(f"{name};{each.partition('=')[0]}" for each in parameters)}
    return found


def _head(line: str) -> str:
    """Return a property with its parameters, as far as the first colon outside of quotes."""
    match = re.match(r'(?:[^":]|"[^"]*")*', line)
    assert match
    return match[0]


def shape_of_xml(raw: bytes) -> Shape:
    """Return the elements of XML with their attributes."""
    found = Shape()
    for element in ET.fromstring(raw).iter():
        found.keys |= {element.tag, *(f"{element.tag}@{name}" for name in element.attrib)}
    return found


def shape_of_file(name: str, raw: bytes) -> Shape:
    """Return what any file of a site is made of."""
    if name.endswith((".html", ".htm")):
        return shape_of_html(raw.decode())
    if name.endswith(".ics"):
        return shape_of_calendar(raw)
    if name.endswith((".xml", ".svg")):
        return shape_of_xml(raw)
    if name.endswith(".json"):
        return Shape(keys=keys_of(json.loads(raw)))
    if name.endswith(".css"):
        return Shape(styles={raw.decode()})
    if name.endswith(".png"):
        Image.open(io.BytesIO(raw)).verify()
        return Shape()
    raise AssertionError(f"a kind of file that is not looked into: {name}")


def check_problems(problems: list[Problem]) -> None:
    """Look for a message that is more than a line of text, also in a browser."""
    for each in problems:
        for form in (str(each), each.marked):
            assert form.startswith(each.path)
            assert not NOT_IN_A_LINE.search(form), form
            assert "##[" not in form
    assert shape_of_html(problems_box(problems)).beyond(_box()) == []


@cache
def _box() -> Shape:
    return shape_of_html(problems_box([Problem("a", 1, "b")]))


class _Place(File):
    src_uri, url = "index.md", ""

    def url_relative_to(self, other: str) -> str:
        return "../" * other.count("/") or "./"


MOMENTS = [
    datetime(2027, 6, 5, 8, 35, tzinfo=UTC),
    datetime(2026, 12, 1, tzinfo=UTC),
    datetime(2027, 4, 1, tzinfo=UTC),
    datetime(2027, 4, 1, tzinfo=UTC),
    datetime(2027, 6, 20, tzinfo=UTC),
    datetime(2027, 4, 1, tzinfo=UTC),
]
"""When the site of each scene is looked at."""


OTHER = "fests/paris-2018.yml"


@cache
def _other() -> Fest:
    fest, _ = load_fest((ROOT / OTHER).read_bytes(), path=OTHER, fest_id="paris-2018")
    assert fest
    return fest


def outputs(
    text: str, turn: int, programmes: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Return all that is made of a fest file without an engine, by names of files."""
    files = dict(programmes or {})
    fest, problems = load_fest(text.encode(), path=PATH, fest_id="a-fest", files=files)
    assert fest is not None, problems
    check_problems(problems)
    scene = turn % SCENES
    options = OPTIONS._replace(is_preview=scene in (1, 5))
    other = _other()
    sources = {**files, PATH: text.encode(), OTHER: (ROOT / OTHER).read_bytes()}
    site = Site(
        {fest.id: fest, other.id: other},
        fest,
        MOMENTS[scene],
        is_moment_set=False,
        sources=sources,
        options=options,
    )
    context = site.context()
    texts = {"index.md": "# Home\n", "old.md": "---\nfest: paris-2018\n---\n\n# Old\n"}
    texts |= page_texts([fest], has_sessions=True)
    texts |= dict(macro_pages(context.macros.by_name(), fest))
    texts["variables.md"] = "\n\n".join(variables(context.names))
    names = {"title": "fest.name", "event": "fest.event.title", "venue": "fest.event.venue.name"}
    for source, path in names.items():
        head = "".join(f"{key}: '{{{{ {path} }}}}'\n" for key in ("title", "description", "author"))
        texts[f"{source}-of-page.md"] = f"---\n{head}---\n\n# {{{{ {path} }}}}\n"
    done = rendered(site, {path: each.encode() for path, each in texts.items()})
    found = {}
    for path, page in done.items():
        check_problems(page.problems)
        if path.removesuffix(".md") not in MAY_HAVE_NOTHING:
            errors = [str(each) for each in page.problems if each.severity == "error"]
            assert errors == [], path
        found[f"{path}.html"] = page.head.replace("</body>", f"{page.html}</body>").encode()
    for name in ("hero", "band", "screen", "footer", "top"):
        facts = {**context.template_names, "config": {"theme": {}}}
        html = context.partials.text(f"partials/impldays/{name}.html", **facts)
        found[f"{name}.html"] = html.encode()
    found |= {path: raw for path, raw in context.assets().items() if path.endswith(".css")}
    return found | dict(context.files(stamps={fest.id: STAMP, other.id: STAMP}))


def macro_pages(macros: Mapping[str, Macro], fest: Fest) -> Iterator[tuple[str, str]]:
    """Yield a page for each macro."""
    arguments = {
        "session": f'"{programme_of(fest).sessions[0].id}"',
        "speaker": f'"{programme_of(fest).speakers[0].id}"',
        "call_button": '"plain"',
        "button_in": '"open"',
        "tense": '"a", "b", "c"',
        "afterwards": "",
    }
    for name in macros:
        yield (
            f"{name.replace('_', '-')}.md",
            f"# A\n\n{{{{ {name}({arguments.get(name, '')}) }}}}\n",
        )


def variables(names: Mapping[str, object]) -> Iterator[str]:
    """Yield each text of the fest file in each place of a page that it can be printed in."""
    paths = {value: path for path, value in facts_in(names) if re.search("Zq|rustfest", value)}
    for value, path in paths.items():
        name = f"{{{{ {path} }}}}"
        yield f"Text {name} text"
        yield f"### {name}"
        yield f"| a | b |\n|---|---|\n| {name} | c |"
        yield f'<p title="{name}">{name}</p>'
        yield f"[{name}](https://rustfest.eu/) and *{name}*"
        yield f'!!! note "{name}"\n    {name}'
        if value.startswith(("https:", "mailto:")):
            yield f'[a]({name}) <a href="{name}">b</a>'


def facts_in(names: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the facts that pages can print, with their paths."""
    for name, fact in names.items():
        yield from _facts(name, fact)


def _facts(path: str, fact: object) -> Iterator[tuple[str, str]]:
    if isinstance(fact, Facts):
        if fact.text is not None:
            yield path, fact.text
        for name, inner in fact.given().items():
            yield from _facts(f'{path}["{name}"]', inner)
    elif isinstance(fact, list | tuple):
        for number, inner in enumerate(fact):
            yield from _facts(f"{path}[{number}]", inner)
    elif isinstance(fact, str):
        yield path, str(fact)


def whole_shape(files: Mapping[str, bytes]) -> Shape:
    found = Shape(files={*files})
    for name, raw in files.items():
        found |= shape_of_file(name, raw)
        if not name.endswith(".png"):
            assert RESULT not in raw.decode(), name
    return found


@cache
def harmless() -> Shape:
    """Return what a site of harmless texts has."""
    found = Shape()
    for turn in range(SCENES):
        found |= whole_shape(outputs(fest_text(HARMLESS, turn), turn))
    return found


def test_every_text_of_a_fest_file_is_on_a_page() -> None:
    seen: set[str] = set()
    for turn in range(SCENES):
        for name, raw in outputs(fest_text(["Plain"], turn), turn).items():
            if name.endswith(".html"):
                seen |= set(re.findall(r"Zq\d+z", raw.decode()))
    fields = [each for each in marks(fest_data(["Plain"], 0)) if not each[0].startswith(".phrases")]
    assert len(fields) > 50
    assert [path for path, mark in fields if mark not in seen] == []


def marks(data: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield where each mark is in a fest file."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from marks(value, f"{path}.{key}")
    elif isinstance(data, list):
        for value in data:
            yield from marks(value, path)
    elif found := re.search(r"Zq\d+z", str(data)):
        yield path, found[0]


@pytest.mark.same_everywhere
@pytest.mark.parametrize("turn", TURNS)
def test_no_text_of_a_fest_file_becomes_more_than_text(turn: int) -> None:
    found = whole_shape(outputs(fest_text(HOSTILE, turn), turn))
    assert found.beyond(harmless()) == []


def programme_outputs(name: str, texts: list[str], turn: int) -> dict[str, bytes]:
    """Return what is made of a fest with a programme file."""
    data = fest_data(["Plain"], 1)
    event = data["events"]["plain"]
    event |= {"programme": name, "days": ["2027-06-04", "2027-06-05"], "agenda": []}
    files = {f"fests/{name}": programme_file(name, texts, turn)}
    return outputs(json.dumps(data), 1, files)


@cache
def harmless_programmes() -> Shape:
    found = harmless()
    for turn, name in enumerate(PROGRAMMES):
        found |= whole_shape(programme_outputs(name, HARMLESS, turn))
    return found


@pytest.mark.same_everywhere
@pytest.mark.parametrize("turn", TURNS)
def test_no_text_of_a_programme_file_becomes_more_than_text(turn: int) -> None:
    files = programme_outputs(PROGRAMMES[turn % len(PROGRAMMES)], HOSTILE, turn)
    found = whole_shape(files)
    pages = {name for name in files if re.search(r"/(sessions|speakers)/", name)}
    assert len(pages) >= 3
    assert any("Zq" in files[name].decode() for name in pages)
    found.files -= pages
    assert found.beyond(harmless_programmes()) == []


@pytest.mark.same_everywhere
def test_no_text_becomes_more_than_text_in_a_whole_site(tmp_path: Path) -> None:
    plain = _site(tmp_path / "plain", HARMLESS, 1)
    hostile = _site(tmp_path / "hostile", HOSTILE, 7)
    assert {name for name in plain if "/sessions/" not in name and "/speakers/" not in name} <= set(
        hostile
    )
    usual, found = Shape(), Shape()
    for name, raw in plain.items():
        usual |= shape_of_page(name, raw)
    for name, raw in hostile.items():
        found |= shape_of_page(name, raw)
        assert RESULT not in raw.decode(), name
    assert found.beyond(usual | harmless()) == []


def _site(folder: Path, texts: list[str], turn: int) -> dict[str, bytes]:
    """Build a site for Material with all that it can have, and return its pages."""
    data = fest_data(texts, turn)
    event = data["events"]["plain"]
    del event["page"], data["pages"]
    event |= {"days": ["2027-06-04", "2027-06-05"], "agenda": [], "programme": "frab.xml"}
    pages = {
        "index.md": "---\ntemplate: home.html\n---\n\n{{ notice() }}\n\n{{ updates() }}\n",
        "schedule.md": "# S\n\n{{ schedule_filter() }}\n\n{{ schedule() }}\n",
        "now.md": "---\ntitle: Now\ntemplate: now.html\n---\n\n{{ now_and_next() }}\n",
        "who.md": "# Who\n\n{{ sponsors() }}\n\n{{ team() }}\n\n{{ contacts() }}\n\n{{ live() }}\n",
        "where.md": "# {{ fest.name }}\n\n{{ venue() }}\n\n{{ deadlines() }}\n",
    }
    data["site"]["ends"] = "A</title></head><script>x</script>" if texts is HOSTILE else "A"
    pages["title.md"] = "# {{ site.ends }}\n\n{{ site.plain }} {{ site.group.inner | join }}\n"
    files: dict[str, str | bytes] = {f"docs/{name}": text for name, text in pages.items()}
    files["fests/frab.xml"] = programme_file("frab.xml", texts, turn)
    theme = {"name": "material", "font": False, "features": ["impldays.band"]}
    done = built(
        site(
            folder,
            files,
            fest=json.dumps(data, ensure_ascii=False),
            options={"now": "2027-06-04T10:05"},
            theme=theme,
        )
    )
    assert not done.stopped, done.lines
    for line in done.lines:
        assert not NOT_IN_A_LINE.search(line), line
    return {
        path.relative_to(folder / "site").as_posix(): path.read_bytes()
        for path in (folder / "site").rglob("*.html")
    }


def shape_of_page(name: str, raw: bytes) -> Shape:
    """Return what a page of a theme is made of, without the addresses that are in its script."""
    found = shape_of_file(name, raw)
    found.styles = {each for each in found.styles if not each.startswith('{"base"')}
    return found
