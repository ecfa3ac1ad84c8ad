"""What a fuzzer begins with: real files of each kind, and the words that they are made of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from mkdocs_impldays.cli.schema import fest_schema
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.pages.tags import TAGS
from tests.fests import ROOT
from tests.fuzz.entries import FILE_MARK, site_of_fests

_GOLDEN = ROOT / "tests/golden"
_SIGNS = [
    *("{{ ", " }}", "{% ", " %}", "{#", "#}", "```\n", "~~~\n", "    ", "\n\n", "> ", "- ", "<div"),
    *(
        "---\n",
        "\n---\n",
        ": ",
        "? ",
        "&a ",
        "*a",
        "!!str ",
        "!!bool ",
        "!!int ",
        "!!timestamp ",
        "<<: ",
        "|\n",
        ">-\n",
        "[",
        "{",
        "'",
    ),
    *('"', "#", "\r\n", "\t", "\0", "\u2028", "\ufeff", "\u202e", "\ud7ff", "\ue014", "\ue020"),
    *("\ue015", "\ue016", "0", "-1", "99999999999999999999", "1e999", "2018-05-28", "24:00", "tba"),
    *("2018-02-30", "12:00+14:00", "Europe/Paris", "AoE", "javascript:", "https://", "mailto:"),
    *("true", "~", "../", "//", "&lt;", "<script>", "](", "![", "[^1]", "{: .a}", "*", "_", "\\"),
]
_JINJA = [
    *("set", "for", "in", "endfor", "if", "elif", "else", "endif", "macro", "endmacro", "call"),
    *(
        "endcall",
        "filter",
        "endfilter",
        "raw",
        "endraw",
        "comment",
        "endcomment",
        "with",
        "endwith",
    ),
    *("endset", "loop.index", "loop.cycle", "recursive", "namespace()", "range(9)", "caller()"),
    *("not", "and", "or", "is", "~", "**", "//", "%", "==", "|", "[::-1]", "varargs", "kwargs"),
    *("include", "import", "extends", "block", "endblock", "autoescape", "self", "_"),
]
_LIQUID = [
    *("assign", "capture", "endcapture", "unless", "endunless", "elsif", "include a.html", "case"),
    *(
        "include_relative",
        "site.",
        "page.",
        "include.",
        "prepend:",
        "relative_url",
        "{::",
        "_posts/",
    ),
    *("_includes/", "permalink: ", "redirect_from: ", "published: false", f"\n{FILE_MARK}"),
    *("\n_config.yml", "baseurl: ", "CNAME", "exclude: ", "location: ", "dates: ", ".html", ".md"),
]


@cache
def seeds(name: str) -> list[bytes]:
    """Return the inputs that the fuzzing of an entry begins with."""
    return [text.encode("utf-8", "surrogatepass") for text in dict.fromkeys(_SEEDS[name]())]


def dictionary() -> bytes:
    """Return the words that inputs are made of, in libFuzzer's format."""
    context_names = ["site", "fest", "events", "venues", "rsvp", "page", "rsvp_button()"]
    words = {*_SIGNS, *_JINJA, *_LIQUID, *TAGS, *(f"end{tag}" for tag in TAGS), *_keys()}
    words |= {*FILTERS, *TESTS, "dates", "url", *context_names}
    return b"".join(b'"%s"\n' % _escaped(word) for word in sorted(words))


def _escaped(word: str) -> bytes:
    raw = word.encode()
    return b"".join(
        b"\\x%02X" % byte if byte < 0x20 or byte > 0x7E or byte in b'"\\' else bytes([byte])
        for byte in raw
    )


def _keys() -> set[str]:
    """Return the keys of fest files."""
    found = set(Fest.model_fields)
    rest: list[object] = [fest_schema()]
    while rest:
        part = rest.pop()
        if isinstance(part, dict):
            properties = part.get("properties")
            found |= set(properties) if isinstance(properties, dict) else set()
            rest += part.values()
        elif isinstance(part, list):
            rest += part
    return {f"{key}: " for key in found}


def _fests() -> Iterator[str]:
    yield from _texts((ROOT / "fests").glob("*.yml"))
    yield from _texts((_GOLDEN / "fest/good").glob("*.yml"))
    yield from _texts((ROOT / "tests/judges/fests").glob("*.yml"))
    for path in sorted(_GOLDEN.glob("phases/*.yml")):
        yield yaml.safe_load(path.read_text("utf-8"))["fest"]


def _pages() -> Iterator[str]:
    yield from _texts((ROOT / "docs").rglob("*.md"))
    for folder in ("checks", "phase_blocks", "liquid"):
        for path in sorted((_GOLDEN / folder).glob("*.yml")):
            for case in yaml.safe_load(path.read_text("utf-8")):
                yield from (str(case[key]) for key in ("page", "text", "in") if key in case)
    yield from (
        f"{{{{ {name}() }}}}" for name in site_of_fests(is_preview=False).context().macros.by_name()
    )
    yield from (f"{{{{ fest.name | {name} }}}}" for name in sorted(FILTERS))
    yield from (f"{{% {tag} %}}a{{% else %}}b{{% end{tag} %}}" for tag in sorted(TAGS))


def _heads() -> Iterator[str]:
    for text in _pages():
        if text.startswith("---\n"):
            yield text[4:].partition("\n---\n")[0]
    yield "title: A `title`\npermalink: /a/\nfest: paris-2018\nchecks: {dead-link: false}"
    yield "title: '{{ fest.name }}'\nredirect_from: [/a/, /b]\ntemplate: home.html\nlayout: page"
    yield "a: &a [1, 2]\nb: *a\nc: 2018-05-28\nd: 10:30\ne: 1e9\nf: {g: [h, i]}\npublished: false"


def _sites() -> Iterator[str]:
    for folder in ("jekyll-oslo", "jekyll-porto"):
        base = ROOT / "tests/sites" / folder
        files = sorted(path for path in base.rglob("*") if path.is_file())
        yield "".join(
            f"{FILE_MARK}{path.relative_to(base).as_posix()}\n{text}\n"
            for path in files
            if (text := _text(path)) is not None
        )
    config = "title: A\nlocation: {city: Oslo, country: Norway}\ndates: {party: May 3rd 2027}\n"
    for path in sorted((_GOLDEN / "liquid").glob("*.yml")):
        for case in yaml.safe_load(path.read_text("utf-8")):
            page = f"{FILE_MARK}a.md\n---\ntitle: A\n---\n{case['in']}\n"
            yield f"{config}{page}{FILE_MARK}_includes/banner.html\n{{{{ include.title }}}}"


def _programmes() -> Iterator[str]:
    folder = _GOLDEN / "programme"
    yield from _texts([*folder.glob("*.json"), *folder.glob("*.xml")])
    xml = (folder / "frab.xml").read_text("utf-8")
    for event in re.findall("<event .*?</event>", xml, re.DOTALL):
        yield f"<schedule><day date='2027-06-04'><room name='A'>{event}</room></day></schedule>"
    frab = json.loads((folder / "pretalx.json").read_text("utf-8"))
    for day in frab["schedule"]["conference"]["days"]:
        for name, events in day["rooms"].items():
            for event in events:
                days = [{**day, "rooms": {name: [event]}}]
                yield json.dumps({"schedule": {"conference": {"days": days}}})
    sessionize = json.loads((folder / "sessionize.json").read_text("utf-8"))
    for session in sessionize["sessions"]:
        yield json.dumps({**sessionize, "sessions": [session]})


def _fests_and_programmes() -> Iterator[str]:
    head = "name: A\ncity: Lisbon\ncountry: PT\ntimezone: Europe/Lisbon\n"
    venue = "venues: {v: {name: V, rooms: {hall: {name: Hall}}}}\n"
    event = "title: T, days: [2027-06-04, 2027-06-05], venue: v"
    for text in _programmes():
        name = "b.xml" if text.lstrip().startswith("<") else "b.json"
        fest = f"{head}{venue}events: {{a: {{{event}, programme: {name}}}}}\n"
        yield f"{fest}{FILE_MARK}{name}\n{text}\n"


def _texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in sorted(paths):
        yield path.read_text("utf-8")


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


_SEEDS = {
    "fest": _fests,
    "page": _pages,
    "front-matter": _heads,
    "import": _sites,
    "programme": _programmes,
    "fest-and-programme": _fests_and_programmes,
}
