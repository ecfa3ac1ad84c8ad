"""Write what each fest file makes of a site, at several moments, for tests/sites/test_frozen.py.

    .venv/bin/python -m tests.frozen

A change of the plugin that is meant shows as a diff in `tests/golden/frozen`; any other fails.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from difflib import unified_diff
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest.mock import patch

import yaml

from mkdocs_impldays.fest.fest import Fest
from tests.fests import ROOT, fest_of
from tests.reference import names
from tests.sites.building import Built, built, site
from tests.sites.test_manual import MANUAL, examples, first
from tests.tutorial import TUTORIALS, merged

FOLDER = ROOT / "tests/golden/frozen"
ALL = ("before", "open", "day 1", "after", "changed plans")
SOME = ("open", "day 1", "after")
"""The moments at which parts of the manual's fest file are built."""
SAME = "(the same)"
KINDS = ("html", "jsonld", "ics", "json")
CHANGED = {"SOURCE_DATE_EPOCH": "1500000000"}
"""When all files were last changed, which calendars tell."""


Moments = dict[str, dict[str, list[str]]]
"""The lines of each kind at each moment."""


class Case(NamedTuple):
    """A fest file, as data, and what it is called in the folder of golden files."""

    name: str
    fest_id: str
    data: dict[str, Any]
    base: dict[str, Any]
    """The fest file that this one is told as the difference from, if any."""


def cases() -> list[Case]:
    """Return the fests that took place, and the manual's with each of its parts."""
    found = [
        Case(file.stem, file.stem, _read(file.read_text("utf-8")), {})
        for file in sorted((ROOT / "fests").glob("*-201?.yml"))
    ]
    fest_id, title = "lisbon-2027", "fests/lisbon-2027.yml"
    lisbon = _read(first(title))
    found.append(Case(fest_id, fest_id, lisbon, {}))
    for page in sorted({*MANUAL} - {*TUTORIALS}, key=MANUAL.index):
        for example in examples(page):
            if example.title in (title, f"part of {title}") and example.text != first(title):
                part = _read(example.text)
                if _has_programme(part):  # which is a file beside it
                    continue
                name = f"{fest_id}-{_page_name(page)}-{'-'.join(_path(part)[-2:])}"
                again = sum(case.name.startswith(name) for case in found)
                name += f"-{again + 1}" if again else ""
                found.append(Case(name, fest_id, merged(lisbon, part), lisbon))
    return found


def _page_name(page: Path) -> str:
    """Return the path of a page below its part of the manual, as `fest-file-calls`."""
    return "-".join(page.relative_to(ROOT / "docs/organisers").with_suffix("").parts[1:])


def _has_programme(part: dict[str, Any]) -> bool:
    events = part.get("events", {}).values()
    return any(isinstance(event, dict) and "programme" in event for event in events)


def _path(part: dict[str, Any]) -> list[str]:
    key, value = list(part.items())[-1]
    return [key, *(_path(value) if isinstance(value, dict) and value else [])]


def _read(text: str) -> dict[str, Any]:
    data = yaml.load(text, yaml.BaseLoader)
    assert isinstance(data, dict)
    return data


def frozen(case: Case) -> dict[str, str]:
    """Return the text of each golden file of a case, by its name.

    The first moment is told whole, each later one as what differs from the first. A part of the
    manual's fest file is told as what differs from that file at the same moment; where nothing
    does, there is no golden file.
    """
    shown = _moments(case.data, case.fest_id, ALL if not case.base else SOME)
    plain = _lisbon(case.fest_id) if case.base else None
    texts: dict[str, str] = {}
    for kind in KINDS:
        first_lines = next(iter(shown.values()))[kind]
        sections: list[str] = []
        for title, kinds in shown.items():
            if plain:
                told = _differences(plain[title][kind], kinds[kind])
            else:
                told = _differences(first_lines, kinds[kind]) if sections else kinds[kind]
            sections.append("\n".join([f"=== {title}", *told]))
        if all(section.endswith(SAME) for section in sections):
            continue
        texts[f"{case.name}.{kind}.txt"] = "\n\n".join(sections) + "\n"
    return texts


def _differences(old: list[str], new: list[str]) -> list[str]:
    """Return what differs, without line numbers: those change with every line above them."""
    lines = list(unified_diff(old, new, n=0, lineterm=""))[2:]
    return [re.sub(r"^@@.*", "@@", line) for line in lines] or [SAME]


@cache
def _lisbon(fest_id: str) -> Moments:
    return _moments(_read(first(f"fests/{fest_id}.yml")), fest_id, SOME)


def _moments(data: dict[str, Any], fest_id: str, wanted: Sequence[str]) -> Moments:
    """Return the lines of each kind at each moment."""
    fest = _fest(data)
    start = fest.main_event.start or fest.start
    assert start is not None
    assert fest.end is not None
    opens = fest.rsvp.opens if fest.rsvp and isinstance(fest.rsvp.opens, datetime) else None
    before = opens - timedelta(days=1) if opens else start - timedelta(days=60)
    assert fest.start is not None
    soon = fest.start - timedelta(days=7)
    moments = {
        "before": before,
        "open": soon,
        "day 1": start.replace(hour=12, minute=15),
        "after": fest.end + timedelta(days=30),
    }
    shown = {title: _built(data, fest_id, moments[title]) for title in wanted if title in moments}
    if "changed plans" in wanted:
        shown["changed plans"] = _built(_changed(data, fest), fest_id, soon)
    return shown


def _fest(data: dict[str, Any]) -> Fest:
    return fest_of(yaml.safe_dump(data, sort_keys=False))


def _changed(data: dict[str, Any], fest: Fest) -> dict[str, Any]:
    """Return the fest with talks that are late, other days, and all other events cancelled."""
    main, start = fest.main_event, fest.start
    assert start is not None
    first_day = (main.start or start).date()
    events: dict[str, Any] = {key: {"status": "cancelled"} for key in fest.events}
    events["talks"] = {"delay": "20"}
    events[main.id] = {"new_start": str(first_day + timedelta(days=28))}
    told = {"date": str((start - timedelta(days=10)).date()), "what": "The house was not free."}
    return merged(data, {"events": events, "changes": [told]})


def _built(data: dict[str, Any], fest_id: str, moment: datetime) -> dict[str, list[str]]:
    """Return the lines of each kind of what a build makes at a moment."""
    path = f"fests/{fest_id}.yml"
    fest = _fest(data)
    files = {
        "docs/index.md": "---\ntitle: Home\nlayout: home\n---\n\nText.\n",
        "docs/all.md": page_of_all(fest),
        path: yaml.safe_dump(data, sort_keys=False),
    }
    pages = [event.page for event in fest.events.values() if event.page]
    files |= {f"docs/{page.strip('/')}.md": "# About\n" for page in pages}
    with TemporaryDirectory() as folder, patch.dict(os.environ, CHANGED):
        options = {"fest": path, "now": moment.isoformat()}
        settings = site(
            Path(folder),
            files,
            fest=files[path],
            options=options,
            theme={"name": "material", "font": False},
            markdown_extensions=["attr_list", "md_in_html"],
        )
        (settings / "fests/paris-2018.yml").unlink(missing_ok=fest_id != "paris-2018")
        (settings / path).write_text(files[path], "utf-8")
        done = built(settings)
        assert not done.stopped, done.lines
        return _kinds(done, fest_id)


def _kinds(done: Built, fest_id: str) -> dict[str, list[str]]:
    addresses = ("index.html", "all/index.html", f"fests/{fest_id}/index.html")
    shown: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for address in addresses:
        shown["html"] += [f"--- {address}", *_html(done.page(address)), ""]
        shown["jsonld"] += [f"--- {address}", *_jsonld(done.page(address)), ""]
    for file in sorted((done.folder / "site").rglob("*.ics")):
        if file.parent.name == "sessions":  # which the programme holds too
            continue
        unfolded = re.sub(r"\r?\n[ \t]", "", file.read_bytes().decode())
        name = file.relative_to(done.folder / "site").as_posix()
        shown["ics"] += [f"--- {name}", *unfolded.splitlines(), ""]
    shown["json"] = _pretty(done.page(f"fests/{fest_id}.json"))
    return shown


def _html(page: str) -> list[str]:
    """Return the lines above and in the text of a page of Material, one for each tag.

    A space at the beginning of a line stands between it and the line above.
    """
    above = page.split('data-md-component="container">')[1].split("<main", maxsplit=1)[0]
    text = page.split("<article")[1].split(">", 1)[1].split("</article>", maxsplit=1)[0]
    begun = re.sub(r"(?<=\S)( ?)<(?!/)", r"\n\1<", f"{above}\n{text}")
    return [line.rstrip() for line in begun.splitlines() if line.strip()]


def _jsonld(page: str) -> list[str]:
    found = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)
    return [line for text in found for line in _pretty(text)]


def _pretty(text: str) -> list[str]:
    return json.dumps(json.loads(text), indent=1, ensure_ascii=False).splitlines()


def page_of_all(fest: Fest) -> str:
    """Return a page with every variable, macro, tag and filter that the manual names."""
    lines = ["# All", "", "## Variables", ""]
    for group in ("fest", "rsvp"):
        lines += [_printed(f"{group}.{name}", f"{group}.{name}") for name in names(group)]
    lines += ["", "{% for each in events %}"]
    lines += [_printed(f"{{{{ each.id }}}}.{n}", f"each.{n}") for n in names("events.impl_days")]
    lines += ["{% for day in each.days %}"]
    lines += [_printed(f"day.{name}", f"day.{name}") for name in names("day")]
    lines += ["{% endfor %}", "{% endfor %}", "", "{% for each in venues %}"]
    lines += [_printed(f"{{{{ each.id }}}}.{n}", f"each.{n}") for n in names('venues["town-hall"]')]
    last = len(fest.events["impl_days"].days_held)
    lines += ["{% endfor %}", "", (FOLDER / "all.md").read_text("utf-8").replace("LAST", str(last))]
    if fest.rsvp:
        lines.append((FOLDER / "rsvp.md").read_text("utf-8"))
    return "\n".join(lines)


_PARTS = {
    "fest.organizer": "fest.organizer.name",
    "fest.look": "fest.look.motif",
    "changes": 'map(attribute="what")',
    "fest.pages": "fest.pages.imprint",
    "fest.sponsors": 'map(attribute="name")',
    "fest.team": 'map(attribute="name")',
    "fest.links": 'map(attribute="title")',
    "fest.days": "length",
    "runs": "length",
    "days": 'map(attribute="date") | map("string")',
    "rooms": 'map(attribute="name")',
    "tracks": 'map(attribute="name")',
    "speakers": 'map(attribute="name")',
    "overflow": 'map(attribute="name")',
    "other_venues": 'map(attribute="name")',
    "agenda": 'map(attribute="what")',
    "performers": "list",
    "tickets": 'map(attribute="name")',
}
"""What a page prints of names that are groups or lists: a name in them, or filters."""


def _printed(name: str, expression: str) -> str:
    part = _PARTS.get(expression) or _PARTS.get(expression.rpartition(".")[2])
    if part and "." in part:
        expression = part
    elif part:
        expression += f" | {part}" if part == "length" else f' | {part} | join("; ")'
    return f'- {name}: {{{{ {expression} | default("(none)") }}}}'


def main() -> None:
    """Write every golden file, and remove those that no case has."""
    for file in FOLDER.glob("*.txt"):
        file.unlink()
    for case in cases():
        for name, text in frozen(case).items():
            (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
