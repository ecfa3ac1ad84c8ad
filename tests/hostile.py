"""Fest files and programmes whose every text is made to become more than text.

The models are walked for their fields, so that a new field is filled without a change here. Each
field gets the worst value that it takes: a plain text any, an address only one that is an address.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from mkdocs_impldays.fest.agenda import AgendaItem
from mkdocs_impldays.fest.day import Day
from mkdocs_impldays.fest.event import Change, Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import TBA, Model
from mkdocs_impldays.fest.people import Live
from mkdocs_impldays.fest.programme.reader import read_programme
from mkdocs_impldays.words.phrases import english, phrase_problem
from tests.fests import ROOT

MARK = "Zq{}z"
"""A word for a single field of a fest file; its number goes into the braces."""

RESULT = "9876536"
"""What `{{ 1234567 * 8 }}` is, if anything reads it as a template."""

HARMLESS = [
    "Plain words",
    "Some *em*, **strong**, `code` and [a link](https://rustfest.eu/a)",
    "Two\n\nparagraphs",
    "Words " * 60,
]
"""What texts are in a site that every other one is compared with."""

HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)><a href="javascript:alert(1)" style="x:y">',
    "' onmouseover='alert(1)' x='",
    "` onfocus=alert(1) autofocus `",
    "[x](javascript:alert(1)) ![x](https://evil.rustfest.eu/x.png) <javascript:alert(1)>",
    '[x](https://a.rustfest.eu/"onclick="alert(1)) [y]: data:text/html,x',
    "*x*{: onclick=alert(1) style=color:red } {#id .class onclick=alert(1)}",
    "</style></script></title></textarea></noscript><script>alert(1)</script>",
    "--><!-- <![CDATA[ ]]><script>alert(1)</script> --> <?xml?>",
    "x;}body{background:url(javascript:alert(1));width:expression(alert(1))}/*",
    "{{ 1234567 * 8 }} {% raw %}{% endraw %} {{ fest.__class__ }} {# x #} ${1234567*8}",
    "a\r\nATTENDEE:mailto:eve@evil.rustfest.eu\r\nEND:VEVENT\r\n\r\nBEGIN:VEVENT\nX-A:1",
    'a";X-PARAM="b:c\nDESCRIPTION;ALTREP="cid:x":d\\',
    "a\u2028::warning file=x::b\u2029 \x1b[31mred\x1b]0;t\x07 \x9b31m ##[error]x \x00\x08\x7f",
    "\u202eesrever\u202d \u2066isolate \u200f\u200e \u05e9\u05dc\u05d5\u05dd \ufeff\ud7ff",
    "| a | b |\n|---|---|\n# heading\n\n    code\n\n- list\n> quote\n\n***\n:smile: www.x.eu",
    "../../../../etc/passwd\\..\\..\\C:\\x CON $(id) `id` %2e%2e%2f && rm -rf /; #",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#106;avascript:alert(1) &colon; %3Cscript%3E",
    "\ue014\ue015\ue016\ue020 \x02klzzwxh:0000\x03 STX0ETX wzxhzdk:0 $& $1 $` \\1 {0} %s",
    "x" * 6_000 + "<b>",
]
"""Each tries to get out of something that an output puts texts into."""

SAMPLES: dict[str, list[str]] = {
    "": [
        *("https://rustfest.eu/a", "/a/", "img/a.png", "+33 1 23 45 67 89", "hello@rustfest.eu"),
        *("80 EUR", "en", "FR", "2027-06-05", "10:00", "2027-06-05 10:00", "#1f3a5f", "30 min"),
        *("Europe/Paris", "5", "plain", "open", "48.8"),
    ],
    "primary": ["#1f3a5f"],
    "accent": ["#f4b860"],
    "opens": ["09:00", "2027-01-01 10:00"],
    "closes": ["18:00", "2027-05-01 10:00"],
    "from": ["2027-01-01 10:00"],
    "until": ["2027-07-01 10:00"],
    "waitlist_opens": ["2027-01-01 10:00"],
    "waitlist_closes": ["2027-05-01 10:00"],
}
"""What fields can be, by their keys; the first that a field takes is its value."""

OMITTED = {
    (Fest, "new_start"),
    (Fest, "status"),
    (Event, "new_start"),
    (Event, "programme"),  # a file beside the fest file
    (Event, "delay"),
    (Day, "agenda"),  # instead of the event's
    (Day, "delay"),
    (Live, "document"),  # instead of a stream
    (AgendaItem, "until"),  # instead of `for`
    (Change, "previous_start"),
}
"""Fields that exclude others. Other fields have their types too."""

MANY = {AgendaItem: 3, Day: 2}
"""How many parts of a kind there are; of others one."""

_CONTEXT = {"zone": ZoneInfo("Europe/Paris"), "own": "en"}


SCENES = 6
"""How many fests there are that differ in what became of them."""


def fest_data(texts: list[str], turn: int) -> dict[str, Any]:
    """Return a fest file with every field; which field has which text depends on the turn.

    What becomes of the fest depends on the turn too: it moves online, is held as planned, is
    cancelled or postponed, is over, or has moved to other days.
    """
    filler = _Filler(texts, turn)
    data = _in_scene(filler.model(Fest, 0), turn % SCENES)
    data["phrases"] = {key: filler.phrase(key, words) for key, words in english().items()}
    data["site"] = {"plain": filler.text(), "group": {"inner": [filler.text(), filler.text()]}}
    return data


def _in_scene(data: dict[str, Any], scene: int) -> dict[str, Any]:
    event, rsvp = data["events"]["plain"], data["rsvp"]
    if scene > 0:
        del data["join"], event["join"]
    if scene == 2:
        event["status"] = "cancelled"
        event["agenda"][0]["status"], event["agenda"][1]["status"] = "cancelled", "moved"
        rsvp["availability"] = "closed"
    for item in event["agenda"]:
        if item["status"] != "moved":
            del item["was"]
    if scene == 3:
        data["status"] = "postponed"
        rsvp["tickets"][0]["availability"] = "full"
    if scene == 4:
        rsvp["availability"], data["calls"]["plain"]["availability"] = "full", "full"
    if scene == 5:
        event["new_start"], event["attendance"] = "2027-06-12", "hybrid"
        rsvp["availability"], data["calls"]["plain"]["availability"] = "waitlist", "waitlist"
    return data


def fest_text(texts: list[str], turn: int) -> str:
    """Return `fest_data` as YAML, of which JSON is a part."""
    return json.dumps(fest_data(texts, turn), ensure_ascii=False)


def _printed(text: str) -> str:
    """Return a text without the characters that no fest file may have."""
    return re.sub("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", "", text)


def fields_of(model: type[Model]) -> Iterator[tuple[str, str, Any]]:
    """Yield each field's name and key with its type, as it is annotated."""
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        yield name, field.alias or name, hints[name]


class _Filler:
    def __init__(self, texts: list[str], turn: int) -> None:
        self.texts, self.count, self.turn = [*map(_printed, texts)], 0, turn

    def text(self) -> str:
        """Return the next text, with a mark of its own."""
        self.count += 1
        return f"{MARK.format(self.count)} {self.texts[(self.count + self.turn) % len(self.texts)]}"

    def phrase(self, key: str, words: str) -> str:
        """Return the words of a phrase with the next text, whose braces would be placeholders."""
        phrase = f"{words} {self.text().replace('{', '').replace('}', '')}"
        assert phrase_problem(key, phrase) is None
        return phrase

    def model(self, model: type[Model], number: int) -> dict[str, Any]:
        return {
            key: value
            for name, key, kind in fields_of(model)
            if (model, name) not in OMITTED and (value := self.value(kind, key, number)) is not None
        }

    def value(self, kind: Any, key: str, number: int) -> Any:
        """Return a value for a field of a type."""
        origin = get_origin(kind)
        if origin is Annotated and (found := self.typed(kind, key, number)) is not None:
            return found
        if origin in (Annotated, Union, UnionType):
            return self.value(get_args(kind)[0], key, number)
        if origin is Literal:
            return get_args(kind)[0]
        if isinstance(kind, type) and issubclass(kind, Model):
            return self.model(kind, number)
        if origin is dict:
            part = get_args(kind)[1]
            if not _is_model(part):
                return None  # filled by `fest_data`
            return {self.key(each): self.value(part, key, each) for each in range(_many(part))}
        if origin is tuple:
            part = get_args(kind)[0]
            return [self.value(part, key, each) for each in range(_many(part))]
        raise AssertionError(f"a type that this does not know how to fill: {key}: {kind}")

    def key(self, number: int) -> str:
        return "plain" if number == 0 else f"plain{number}"

    def typed(self, kind: Any, key: str, number: int) -> Any:
        """Return the worst of what a type that reads text takes; `None` if it reads no text."""
        named = ["plain"] if number == 0 or key != "id" else [self.key(number)]
        samples = [*SAMPLES.get(key, []), *named, *SAMPLES[""]]
        if key == "date":
            samples = [f"2027-06-{5 + number:02}"]
        if key == "at":
            samples = [f"{10 + number}:00"]
        if takes(kind, "Any text at all: ä"):
            return self.text()
        good = next((each for each in samples if takes(kind, each)), None)
        if good is None:
            return None
        text = self.texts[(self.count + self.turn) % len(self.texts)]
        if key in ("date", "at", *SAMPLES) or takes(kind, "plain"):
            return good
        worst = [f"{good}{text}", f"{good}{text.split()[0]}", f"{text}{good}"]
        return next((each for each in worst if takes(kind, each)), good)


def takes(kind: Any, value: str) -> bool:
    """Return whether a type takes a text."""
    try:
        return _adapter(kind).validate_python(value, context=_CONTEXT) is not TBA
    except ValidationError:
        return False


_ADAPTERS: list[tuple[Any, TypeAdapter[Any]]] = []
"""Types cannot be looked up in a dictionary: what the schema says of them is one."""


def _adapter(kind: Any) -> TypeAdapter[Any]:
    for known, adapter in _ADAPTERS:
        if known is kind:
            return adapter
    _ADAPTERS.append((kind, TypeAdapter(kind)))
    return _ADAPTERS[-1][1]


def _is_model(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, Model)


def _many(part: Any) -> int:
    inner = get_args(part)[0] if get_origin(part) is Annotated else part
    return MANY.get(inner, 1)


PROGRAMMES = ("pretalx.json", "frab.xml", "sessionize.json")
"""Files of which every text is replaced."""


def programme_file(name: str, texts: list[str], turn: int) -> bytes:
    """Return a programme with other texts wherever the number of its sessions stays the same."""
    raw = (ROOT / "tests/golden/programme" / name).read_text("utf-8")
    count = 0

    def replaced(number: int, leaf: str) -> str:
        nonlocal count
        if number not in _free(name):
            return leaf
        count += 1
        text = f"{MARK.format(count)} {texts[(count + turn) % len(texts)]}"
        return f"{leaf}{text}" if leaf.startswith("https:") and count % 2 else text

    return _with_leaves(raw, replaced)


@cache
def _free(name: str) -> frozenset[int]:
    """Return the numbers of the texts of a programme that may be any."""
    raw = (ROOT / "tests/golden/programme" / name).read_text("utf-8")
    leaves: list[str] = []

    def noted(_: int, leaf: str) -> str:
        leaves.append(leaf)
        return leaf

    _with_leaves(raw, noted)
    whole, free = _count(raw.encode()), set[int]()
    for number in range(len(leaves)):

        def changed(each: int, leaf: str, chosen: set[int] = free | {number}) -> str:
            return "A" if each in chosen else leaf

        if _count(_with_leaves(raw, changed)) == whole:
            free.add(number)
    return frozenset(free)


def _count(raw: bytes) -> int:
    found, _ = read_programme(raw, path="a", zone=ZoneInfo("Europe/Lisbon"))
    return len(found.sessions) if found else 0


def _with_leaves(raw: str, replaced: Callable[[int, str], str]) -> bytes:
    """Return JSON or XML with each of its texts as a function has it, by its number."""
    numbers = itertools.count()

    def walk(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            names = key == "rooms"
            return {
                replaced(next(numbers), name) if names else name: walk(each, name)
                for name, each in value.items()
            }
        if isinstance(value, list):
            return [walk(each) for each in value]
        return replaced(next(numbers), value) if isinstance(value, str) else value

    if not raw.lstrip().startswith("<"):
        return json.dumps(walk(json.loads(raw))).encode()
    root = ET.fromstring(raw)
    for element in root.iter():
        element.text = _in_xml(replaced(next(numbers), element.text or ""))
        for name, value in element.attrib.items():
            element.set(name, _in_xml(replaced(next(numbers), value)))
    return ET.tostring(root)


def _in_xml(text: str) -> str:
    return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
