"""Two editions in one site, at every midnight: nothing breaks that was not reported before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mkdocs_impldays import build as build_module
from mkdocs_impldays.build import Build
from mkdocs_impldays.cache import Cache
from mkdocs_impldays.disk import texts_beside
from mkdocs_impldays.pages.front_matter import read_meta
from mkdocs_impldays.pages.page import PageSource
from mkdocs_impldays.problems import Problem
from mkdocs_impldays.site import SiteOptions, read_site
from mkdocs_impldays.zensical.site import SitePage
from tests.sites.test_kinds import ADDRESSES, CASES, Case, filled, run

THEME = Path(build_module.__file__).parent / "theme"
DAY = timedelta(days=1)
LATER = re.compile(r"from \S+ on, when \".*?\" is the current fest: ")
"""How a problem begins that will be one later."""


def problems_at(root: Path, moment: datetime, cache: Cache) -> list[Problem]:
    """Return what is wrong with the pages and fest files of a site when it is built."""
    options = SiteOptions(
        "Hack Ghent",
        "https://hackghent.org/",
        template_folders=[str(root / "overrides"), str(THEME)],
    )
    site, found = read_site(
        root, where="fests/", fest_id=None, now=None, clock=moment, options=options, cache=cache
    )
    build = Build(site, found)
    names = [path.name for path in (root / "docs").glob("*.md")]
    files = [SitePage(name, "" if name == "index.md" else f"{name[:-3]}/") for name in names]
    for file in files:
        raw = (root / "docs" / file.src_uri).read_text("utf-8")
        build.add_page(PageSource(f"docs/{file.src_uri}", raw, read_meta(raw)), file.src_uri)
    build.settle_addresses(files, [(file.src_uri, file.file) for file in files])
    for uri, page in build.sources.items():
        build.prepare(page.markdown, uri, meta=page.meta, has_template=lambda *_: True)
    build.check_site(
        anchors_of=lambda _: None,
        has_file=lambda path: (root / "docs" / path).exists(),
        texts=texts_beside([str(root / "overrides")]),
    )
    return build.problems


def two_editions(root: Path, case: Case) -> tuple[Path, Path]:
    """Begin a fest and its next edition, five weeks later; return both files."""
    place = ("--country", "BE", "--timezone", "Europe/Brussels")
    assert run("new", "hack-ghent-2027", "--yes", *place, *case.options).exit_code == 0
    paths = root / "fests/hack-ghent-2027.yml", root / "fests/hack-ghent-2028.yml"
    text = paths[0].read_text("utf-8").replace("url: tba", f"url: {ADDRESSES[1]}2027", 1)
    paths[0].write_text(filled(text, case), "utf-8")
    assert run("new", "hack-ghent-2028", "--yes").exit_code == 0
    days = re.sub(r"2027-\d\d-\d\d", lambda day: five_weeks_after(day[0]), case.days)
    speakers = case.end.partition("\n")[2]  # the tracks are taken over
    following = replace(case, days=days, end=speakers)
    paths[1].write_text(filled(paths[1].read_text("utf-8"), following), "utf-8")
    return paths


def five_weeks_after(day: str) -> str:
    return str((datetime.fromisoformat(day) + 35 * DAY).date())


def midnights(case: Case) -> Iterator[datetime]:
    """Yield every midnight from a month before the first edition to a month after the second."""
    days = [datetime.fromisoformat(f"{day}T00:00+02:00") for day in dates_in(case)]
    moment = min(days) - 30 * DAY
    while moment < max(days) + (35 + 30) * DAY:
        yield moment
        moment += DAY


def dates_in(case: Case) -> list[str]:
    return re.findall(r"2027-\d\d-\d\d", case.days)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.same_everywhere
@pytest.mark.parametrize("name", CASES)
def test_nothing_breaks_at_any_midnight(folder: Path, name: str) -> None:
    two_editions(folder, CASES[name])
    cache = Cache()
    for moment in midnights(CASES[name]):
        assert problems_at(folder, moment, cache) == [], moment


BREAKS = {
    "a fact of its own": "{{ site.hotline }}",
    "an event": "{{ events.party.title }}",
    "an event in a tag": '{% today "party" %}Today.{% endtoday %}',
    "an event of a macro": '{{ tense("will", "is", "was", event="party") }}',
    "a call": '{{ call_button("help") }}',
    "a venue": "{{ venues.annex.name }}",
    "the venue of a macro": '{{ venue("annex") }}',
    "the edition": "{{ fest.edition }}",
    "a link typed": f"[Sign up]({ADDRESSES[1]}2027)",
    "a venue typed": "The party is at the Old Annex.",
    "a number typed": "Call +32 9 123 45 67.",
}
"""What a page may have that is right for the first edition and not for the second."""
FIRST = """\
edition: 3
site: {hotline: "+32 9 123 45 67"}
calls: {help: {title: Help, url: https://help.hackghent.org/2027}}
"""


def write_first(path: Path) -> None:
    """Give the first edition facts of its own."""
    text = path.read_text("utf-8")
    party = "  party: {title: Party, days: [2027-06-05], venue: annex}\n"
    text = text.replace("events:\n", f"events:\n{party}", 1)
    annex = "  annex: {name: Old Annex, street: Annexstraat 4}\n"
    path.write_text(text.replace("venues:\n", f"venues:\n{annex}", 1) + FIRST, "utf-8")


def breaking(problems: list[Problem]) -> set[tuple[str, int | None, str]]:
    """Return what stops a build or publishing, or will."""
    return {
        (each.path, each.line, LATER.sub("", each.message))
        for each in problems
        if each.severity != "hint" or LATER.match(each.message)
    }


@pytest.mark.same_everywhere
@pytest.mark.parametrize("what", BREAKS)
@pytest.mark.parametrize("where", ["text", "title"])
def test_what_will_break_is_reported_a_month_before(folder: Path, what: str, where: str) -> None:
    case = CASES["hack days"]
    path, _ = two_editions(folder, case)
    write_first(path)
    about = folder / "docs/about.md"
    text = about.read_text("utf-8")
    typed = BREAKS[what].replace('"', "'")
    new = (
        text.replace("title: About", f'title: "{typed}"')
        if where == "title"
        else f"{text}\n{typed}\n"
    )
    about.write_text(new, "utf-8")
    every = list(midnights(case))
    reported = breaking(problems_at(folder, every[0], Cache()))
    later = breaking(problems_at(folder, every[40], Cache()))
    assert [each for each in later if each[0] == "docs/about.md"] != []
    assert later - reported == set()


@pytest.mark.same_everywhere
def test_a_logo_of_the_next_edition_is_looked_for_today(folder: Path) -> None:
    _, path = two_editions(folder, CASES["hack days"])
    text = path.read_text("utf-8") + "sponsors:\n  - {name: Acme, logo: img/acme.svg}\n"
    path.write_text(text, "utf-8")
    (problem,) = problems_at(folder, next(midnights(CASES["hack days"])), Cache())
    assert problem.severity == "warning"
    assert problem.location == f"fests/hack-ghent-2028.yml:{text.count(chr(10))}"


@pytest.mark.same_everywhere
def test_of_two_editions_with_one_name_the_id_is_told(folder: Path) -> None:
    case = CASES["hack days"]
    path, _ = two_editions(folder, case)
    write_first(path)
    about = folder / "docs/about.md"
    about.write_text(about.read_text("utf-8") + "\nThe party is at the Old Annex.\n", "utf-8")
    messages = [each.message for each in problems_at(folder, next(midnights(case)), Cache())]
    assert any('"Old Annex" belongs to Hack Ghent (hack-ghent-2027).' in each for each in messages)
