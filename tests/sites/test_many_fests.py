"""One site, many fests: each page speaks of its own, and history keeps its addresses."""

from __future__ import annotations

import json
import os
import re
from html import unescape
from pathlib import Path

import pytest

from tests.fests import ROOT
from tests.sites.building import Built, built, site, write

FOUR = {
    f"fests/{path.name}": path.read_text("utf-8") for path in (ROOT / "fests").glob("*-201?.yml")
}
"""The fests that were; the one to come is an example."""
PLUGINS = ["search", {"impldays": {"fests": "fests/"}}]
PAGE = "---\nfest: zurich-2017\n---\n# A\n\n{{ fest.city }}: {{ rsvp_button() }}\n"


CREDITS = "The sponsors, the coordinator, the attendance.\n"
"""A page that has a word for each fact that stands below `site:`."""


def four(folder: Path, files: dict[str, str | bytes] | None = None) -> Built:
    pages = {**FOUR, "docs/credits.md": CREDITS, **(files or {})}
    return built(site(folder, pages, plugins=PLUGINS))


def test_each_calendar_entry_has_the_date_of_its_own_fest_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    plugins = ["search", {"impldays": {"fests": "fests/paris-2018.yml"}}]
    folder = site(tmp_path, {**FOUR, "docs/credits.md": CREDITS}, plugins=plugins)
    for number, path in enumerate(sorted(FOUR)):
        os.utime(folder / path, (number * 86400, number * 86400))
    built(folder)
    found = (folder / "site/calendar/fests.ics").read_text("utf-8")
    stamps = re.findall(r"DTSTAMP:(\d{8})T000000Z\r?\n.*?UID:([\w-]+)/", found, re.DOTALL)
    assert {fest: day for day, fest in stamps} == {
        "barcelona-2019": "19700101",
        "paris-2018": "19700102",
        "rome-2018": "19700103",
        "zurich-2017": "19700104",
    }


@pytest.fixture
def in_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-01T12:00")


def node(page: str) -> dict[str, object]:
    match = re.search(r'<script type="application/ld\+json" data-impldays>\n(.*?)\n<', page)
    assert match
    found = json.loads(match[1])
    assert isinstance(found, dict)
    return found


@pytest.mark.usefixtures("in_may")
def test_a_page_speaks_of_the_fest_it_asks_for_and_all_others_of_the_current_one(
    tmp_path: Path,
) -> None:
    timed = "{% after impl_days %}\nIt is over.\n{% endafter %}\n"
    done = four(tmp_path, {"docs/a.md": PAGE + timed, "docs/b.md": "{{ fest.city }}\n\n" + timed})
    assert done.lines == ()
    page = done.body("a/index.html")
    assert "Zürich: " in page
    assert "took place on" in page
    assert "<p>It is over.</p>" in page
    assert " hidden" not in page.rpartition("</aside>")[2]
    other = done.body("b/index.html")
    assert "<p>Paris</p>" in other
    assert " hidden" in other


@pytest.mark.usefixtures("in_may")
def test_a_page_of_another_fest_says_so_with_the_way_home_and_nothing_to_sign_up_for(
    tmp_path: Path,
) -> None:
    done = four(tmp_path, {"docs/deep/a.md": PAGE + "\n{{ calendar_links() }}\n"})
    assert done.lines == ()
    page = done.page("deep/a/index.html")
    banner = page.partition('<aside class="impldays-archive"')[2].partition("</aside>")[0]
    assert "This is a page of RustFest Zurich, which took place on" in banner
    assert '<a href="../..">Go to RustFest Paris</a>' in banner.replace('/"', '"')
    body = done.body("deep/a/index.html")
    assert "ti.to" not in body
    assert "/issues/29" not in body
    assert ".ics" not in body
    assert "noindex" not in page
    for page in (done.page(), done.page("fests/paris-2018/index.html")):
        banners = re.findall('<aside class="impldays-archive"[^>]*>', page)
        assert banners
        assert all(" hidden" in banner for banner in banners)


@pytest.mark.usefixtures("in_may")
def test_the_way_home_leads_to_the_fest_that_is_current_then(tmp_path: Path) -> None:
    done = four(tmp_path)
    found = {}
    for fest in ("zurich-2017", "rome-2018"):
        parts = done.page(f"fests/{fest}/index.html").split('<aside class="impldays-archive"')[1:]
        found[fest] = [
            (
                re.sub(r' data-fest="[^"]*"', "", part.partition(">")[0]),
                re.findall(r">Go to RustFest (\w+)<", part.partition("</aside>")[0])[0],
            )
            for part in parts
        ]
    now, then, last = found["zurich-2017"]
    handover = now[0].split('"')[1]
    assert now == (f' data-until="{handover}"', "Paris")
    assert then[0].startswith(f' data-from="{handover}" data-until=')
    assert (then[1], last[1]) == ("Rome", "Barcelona")
    assert found["rome-2018"] == [now, last]


@pytest.mark.usefixtures("in_may")
def test_a_page_of_a_fest_to_come_does_not_call_it_over(tmp_path: Path) -> None:
    page = four(tmp_path).page("fests/rome-2018/index.html")
    banner = page.partition('<aside class="impldays-archive"')[2].partition("</aside>")[0]
    now, _, later = banner.partition(" hidden>")
    assert "This is a page of RustFest Rome (" in now
    assert "took place" not in now
    assert "which took place on" in later


@pytest.mark.usefixtures("in_may")
def test_each_fest_has_a_page_that_search_engines_and_previews_take_for_its_own(
    tmp_path: Path,
) -> None:
    done = four(tmp_path)
    assert done.lines == ()
    for path in FOUR:
        page = done.page(f"fests/{Path(path).stem}/index.html")
        name = node(page)["name"]
        assert f"<h1>{name}</h1>" in re.sub(r"<h1[^>]*>", "<h1>", page)
        assert f'property="og:title" content="{name}"' in page
        assert f"assets/impldays/{Path(path).stem}-card.png" in page
    assert node(done.page())["name"] == "RustFest Paris"


def test_the_authors_own_page_of_a_fest_wins(tmp_path: Path) -> None:
    done = four(tmp_path, {"docs/fests/rome-2018.md": "---\nfest: rome-2018\n---\nMine.\n"})
    assert done.lines == ()
    assert "<p>Mine.</p>" in done.page("fests/rome-2018/index.html")


@pytest.mark.parametrize(
    ("typed", "advice"),
    [("zurich-2018", 'Did you mean "zurich-2017"?'), ("x", "Write one of: barcelona-2019, ")],
)
def test_a_fest_that_is_none_is_told_at_its_line(tmp_path: Path, typed: str, advice: str) -> None:
    done = four(tmp_path, {"docs/a.md": f"---\ntitle: A\nfest: {typed}\n---\nA\n"})
    assert done.stopped
    first = done.lines[0]
    assert first.startswith(f'docs/a.md:3: fest: "{typed}" is not a fest of this site.')
    assert advice in first


def test_addresses_stay_the_same_when_a_fest_becomes_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = []
    for moment in ("2017-09-01T12:00", "2018-05-28T12:00", "2026-01-01T12:00"):
        monkeypatch.setenv("IMPLDAYS_NOW", moment)
        done = four(tmp_path)
        assert done.lines == ()
        files = (tmp_path / "site").rglob("*")
        addresses.append({path.relative_to(tmp_path) for path in files if path.is_file()})
    assert addresses[0] == addresses[1] == addresses[2]


@pytest.mark.usefixtures("in_may")
def test_the_list_begins_with_what_is_on_and_leads_to_each_fests_page(tmp_path: Path) -> None:
    done = four(tmp_path, {"docs/a.md": "{{ fests_list() }}\n"})
    assert done.lines == ()
    html = done.body("a/index.html")
    shown = re.findall(r'<section aria-label="(\w+)"([^>]*)>', html)
    assert [(name, "hidden" in when) for name, when in shown] == [
        ("Current", True),
        ("Upcoming", False),
        ("Past", False),
    ]
    part = {name: html.partition(f'aria-label="{name}"')[2].partition("</section>")[0]
            for name, _ in shown}  # fmt: skip
    seen = {
        name: re.findall(r'<li data-fest="([\w-]+)"(?![^>]*hidden)', text)
        for name, text in part.items()
    }
    assert seen["Upcoming"] == ["paris-2018", "rome-2018", "barcelona-2019"]
    assert seen["Past"] == ["zurich-2017"]
    for path in FOUR:
        assert f'<a href="../fests/{Path(path).stem}/">' in html


@pytest.mark.usefixtures("in_may")
def test_thanks_and_recordings_wait_for_the_end(tmp_path: Path) -> None:
    more = "\nthanks: Thank you, *all*!\nrecordings: https://media.ccc.de/c/rustfest\n"
    files = {f"fests/{name}.yml": FOUR[f"fests/{name}.yml"] + more
             for name in ("zurich-2017", "paris-2018")}  # fmt: skip
    page = "{{ afterwards() }}\n"
    done = four(tmp_path, {**files, "docs/a.md": page, "docs/b.md": PAGE + page})
    assert done.lines == ()
    assert re.search(
        r'<div class="impldays-afterwards" data-from="[^"]*" hidden>', done.page("a/index.html")
    )
    over = unescape(done.page("b/index.html"))
    assert '<div class="impldays-afterwards">' in over
    assert "<p>Thank you, <em>all</em>!</p>" in over
    assert 'href="https://media.ccc.de/c/rustfest"' in over


def test_without_a_fest_the_folder_asks_for_one(tmp_path: Path) -> None:
    folder = site(tmp_path, {}, plugins=PLUGINS)
    (folder / "fests/paris-2018.yml").unlink()
    done = built(folder)
    assert done.stopped
    assert done.lines == ('fests/: holds no fest file. Make one with "impldays new".',)


def test_of_two_at_once_the_one_that_ends_first_is_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-28T12:00")
    longer = FOUR["fests/paris-2018.yml"].replace("2018-05-29", "2018-05-30")
    lyon = longer.replace("RustFest Paris", "RustFest Lyon").replace("city: Paris", "city: Lyon")
    done = four(tmp_path, {"fests/lyon-2018.yml": lyon, "docs/index.md": "{{ fest.city }}\n"})
    assert done.lines == ()
    assert "<p>Paris</p>" in done.body()
    assert "impldays-archive" in done.page("fests/lyon-2018/index.html")


@pytest.mark.usefixtures("in_may")
def test_a_site_under_another_fests_address_is_told(tmp_path: Path) -> None:
    folder = site(tmp_path, FOUR, plugins=PLUGINS, site_url="https://zurich.rustfest.eu/")
    said = 'mkdocs.yml: site_url: "https://zurich.rustfest.eu/" is the address of RustFest Zurich.'
    write(folder, {"docs/credits.md": CREDITS})
    (line,) = built(folder).lines
    assert line == f"{said} The pages are about RustFest Paris. Write https://paris.rustfest.eu/"
    assert built(site(tmp_path, {}, plugins=PLUGINS, site_url="https://rustfest.eu/")).lines == ()


@pytest.mark.usefixtures("in_may")
def test_what_the_front_matter_says_of_another_fest_is_told_at_its_line(tmp_path: Path) -> None:
    page = "---\ntitle: A\ndescription: In the Centro Congressi Frentani\n---\nText.\n"
    (line,) = four(tmp_path, {"docs/a.md": page}).lines
    assert line.startswith('docs/a.md:3: "Centro Congressi Frentani" belongs to RustFest Rome.')
    silenced = page.replace("title: A", "checks: off")
    assert four(tmp_path, {"docs/a.md": silenced}).lines == ()


@pytest.mark.usefixtures("in_may")
def test_a_page_that_hides_the_fest_does_not_say_that_it_is_another(tmp_path: Path) -> None:
    hidden = PAGE.replace("---\n#", "hide: [fest]\n---\n#")
    done = four(tmp_path, {"docs/a.md": PAGE, "docs/b.md": hidden})
    pages = [done.page(f"{name}/index.html") for name in "ab"]
    assert ["impldays-archive" in page for page in pages] == [True, False]
