"""What is made of a heading that follows time: title, table of contents, ids, search."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.sites.building import Built, built, site

BEFORE, DURING, AFTER = "2018-05-01T12:00", "2018-05-28T12:00", "2018-06-20T12:00"
TODAY = "{% today %}Today{% else %}Another day{% endtoday %}"
ID = r'<h\d id="([^"]*)"'


def built_at(now: str, folder: Path, page: str, **files: str) -> Built:
    extensions = ["attr_list", {"toc": {"permalink": True}}]
    pages = {"docs/a.md": page, **{f"docs/{name}.md": text for name, text in files.items()}}
    return built(site(folder, pages, options={"now": now}, markdown_extensions=extensions))


def contents_of(html: str) -> list[tuple[str, str]]:
    """Return the entries of the table of contents, each with where it leads."""
    return re.findall(r'<a href="#([^"]+)" class="nav-link">(.*?)</a>', html)


@pytest.mark.parametrize(
    ("now", "title"),
    [
        (BEFORE, "impl Days will take place"),
        (DURING, "impl Days takes place"),
        (AFTER, "impl Days took place"),
    ],
)
def test_a_page_is_called_what_its_heading_shows(tmp_path: Path, now: str, title: str) -> None:
    done = built_at(now, tmp_path, "# impl Days {{ takes_place() }}\n\nText.\n")
    html = done.page("a/index.html")
    assert f"<title>{title} - impl Days</title>" in html
    assert re.search(rf'<a href="[^"]*" class="nav-link[^>]*>{title}</a>', html)
    titles = [each["title"] for each in json.loads(done.page("search/search_index.json"))["docs"]]
    assert titles.count(title) == 2  # the page, and its first section


@pytest.mark.parametrize(
    ("now", "entries"),
    [
        (BEFORE, [("another-day", "Another day"), ("another-day_1", "Another day")]),
        (DURING, [("today", "Today"), ("today_1", "Today")]),
        (AFTER, [("another-day", "Another day"), ("another-day_1", "Another day")]),
    ],
)
def test_a_section_is_called_what_its_heading_shows(
    tmp_path: Path, now: str, entries: list[tuple[str, str]]
) -> None:
    done = built_at(now, tmp_path, f"# A\n\n## {TODAY}\n\nText.\n\n## {TODAY}\n\nText.\n")
    html = done.page("a/index.html")
    ids = [id_ for id_, _ in entries]
    assert contents_of(html)[-2:] == entries
    assert re.findall(ID, html)[1:] == ids
    assert re.findall(r'class="headerlink" href="#([^"]*)"', html)[1:] == ids
    found = json.loads(done.page("search/search_index.json"))["docs"]
    sections = [(each["location"], each["title"]) for each in found]
    for id_, title in entries:
        assert (f"a/#{id_}", title) in sections


def test_the_button_in_a_heading_gives_it_only_what_it_shows(tmp_path: Path) -> None:
    html = built_at(DURING, tmp_path, "# A\n\n## {{ rsvp_button() }}\n").page("a/index.html")
    ((id_, text),) = contents_of(html)[1:]
    assert text == "On now: impl Days Paris (28–29 May 2018)"
    assert re.findall(ID, html)[1:] == [id_] == ["on-now-impl-days-paris-2829-may-2018"]


def test_the_heading_itself_carries_every_state(tmp_path: Path) -> None:
    html = built_at(BEFORE, tmp_path, f"# {TODAY}\n\nIt {{{{ takes_place() }}}}.\n")
    body = html.body("a/index.html")
    assert re.search(r"<h1[^>]*>.* hidden>Today</span><span [^>]*>Another day</span>", body)
    assert re.search(r"<p>.*will take place</span>.* hidden>takes place</span>", body)


@pytest.mark.parametrize("now", [BEFORE, DURING, AFTER])
def test_an_id_of_its_own_stays(tmp_path: Path, now: str) -> None:
    page = f"# A\n\n## {TODAY} {{#when}}\n\nText.\n"
    done = built_at(now, tmp_path, page, b="[When](a.md#when), [and here](/a/#when)\n")
    assert done.lines == ()
    shown = "Today" if now == DURING else "Another day"
    assert contents_of(done.page("a/index.html"))[-1] == ("when", shown)


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("The *big* hidden `door` & <b>more</b>", "The big hidden door &amp; more"),
        ("`<p hidden>` and &lt;i hidden&gt;", "&lt;p hidden&gt; and &lt;i hidden&gt;"),
    ],
)
def test_other_headings_stay_as_they_were(tmp_path: Path, typed: str, entry: str) -> None:
    html = built_at(BEFORE, tmp_path, f"# A\n\n## {typed}\n").page("a/index.html")
    assert contents_of(html)[1][1] == entry


def test_a_heading_of_which_nothing_is_shown_yet_keeps_its_words(tmp_path: Path) -> None:
    page = "# A\n\n## {% today %}Only today{% endtoday %}\n"
    html = built_at(BEFORE, tmp_path, page).page("a/index.html")
    assert contents_of(html)[-1] == ("only-today", "Only today")
