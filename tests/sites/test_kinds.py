"""Each kind of fest, begun by the command, filled in, and carried into its second year."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from mkdocs_impldays.cli import main
from tests.sites.building import built, skipped_headings


@dataclass(frozen=True)
class Case:
    """A fest as its organiser begins it and fills it in."""

    options: tuple[str, ...]
    days: str
    """What is written instead of `days: tba`."""
    more: str = ""
    """What is written below the days."""
    end: str = ""
    """What is written at the end of the file."""


TRACKS = """\
tracks: {main: {name: Main track}, beginners: {name: Beginners}}
speakers: {ana: {name: Ana Reis}, rui: {name: Rui Dias}}
"""
AGENDA = """\
    agenda:
      - {at: "09:00", what: Doors open}
      - {at: "10:00", until: "10:45", what: Small teams, speakers: [ana], track: main}
      - {at: "10:00", until: "10:45", what: First steps, speakers: [rui], track: beginners}
"""
CASES = {
    "hack days": Case(
        ("--kind", "hack-days"),
        '[{date: 2027-06-05, opens: "09:00", closes: "18:00"}, 2027-06-06]',
    ),
    "two-track conference": Case(
        ("--kind", "conference"),
        '[{date: 2027-06-05, opens: "09:00", closes: "18:00"}]',
        AGENDA,
        TRACKS,
    ),
    "monthly meetup": Case(
        ("--kind", "meetup"),
        '[2027-04-07, {date: 2027-05-05, opens: "19:00"}]',
    ),
    "online workshop": Case(
        ("--kind", "workshop", "--attendance", "online"),
        '[{date: 2027-06-05, opens: "10:00", closes: "16:00"}]',
    ),
    "hybrid hackathon": Case(
        ("--kind", "hack-days", "--attendance", "hybrid"),
        '[{date: 2027-06-05, opens: "18:00", closes: "2027-06-06 04:00"},'
        ' {date: 2027-06-06, opens: "18:00", closes: "2027-06-07 04:00"}]',
    ),
}
ADDRESSES = ("https://meet.hackghent.org/", "https://tickets.hackghent.org/")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Case], Path]:
    """Return a function that begins a site and fills in all that is `tba`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")

    return partial(begin, tmp_path)


def begin(folder: Path, case: Case) -> Path:
    """Begin a site in a folder and fill in all that is `tba`; return the fest file."""
    place = ("--country", "BE", "--timezone", "Europe/Brussels")
    done = run("new", "hack-ghent-2027", "--yes", "--folder", str(folder), *place, *case.options)
    assert done.exit_code == 0, done.output
    path = folder / "fests/hack-ghent-2027.yml"
    path.write_text(filled(path.read_text("utf-8"), case), "utf-8")
    return path


def filled(text: str, case: Case) -> str:
    text = text.replace("    days: tba\n", f"    days: {case.days}\n{case.more}", 1)
    text = text.replace("    opens: tba", '    opens: "18:30"')  # of each evening
    text = text.replace("    closes: tba", '    closes: "21:30"')
    text = re.sub(r"    name: tba", "    name: De Krook", text)
    text = re.sub(r"    street: tba", "    street: Miriam Makebaplein 1", text)
    text = re.sub(r"    postcode: tba", '    postcode: "9000"', text)
    text = re.sub(r"      url: tba", f"      url: {ADDRESSES[0]}", text)
    return re.sub(r"(?m)^( +)url: tba", rf"\1url: {ADDRESSES[1]}", text) + case.end


@pytest.mark.same_everywhere
@pytest.mark.parametrize("name", CASES)
def test_a_site_that_is_filled_in_has_no_problem(
    begun: Callable[[Case], Path], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = begun(CASES[name])
    monkeypatch.setenv("IMPLDAYS_NOW", "2027-02-01T12:00")
    checked = run("check")
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout == "The site: no problems.\n"
    made = built(path.parents[1])
    assert made.lines == ()
    for page in (path.parents[1] / "site").rglob("*.html"):
        html = page.read_text("utf-8")
        assert skipped_headings(html) == [], page
        assert "md-footer__inner" not in html, page
        text = re.sub(r"<[^>]*>", " ", html)
        assert not re.search(r"rustfest|impl days|ferris|lisbon|paris", text, re.IGNORECASE), page
    assert "Hack Ghent" in made.page()
    settings = yaml.safe_load((path.parents[1] / "mkdocs.yml").read_text("utf-8"))
    assert f'content="{settings["site_description"]}"' in made.page()


@pytest.mark.same_everywhere
def test_a_new_conference_has_all_for_a_phone_and_the_screen_in_the_hall(
    begun: Callable[[Case], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = begun(CASES["two-track conference"])
    monkeypatch.setenv("IMPLDAYS_NOW", "2027-06-05T10:10")
    made = built(path.parents[1])
    for page in ("index.html", "now/index.html"):
        assert "Small teams" in made.page(page).partition("impldays-current__head")[2]
    assert "impldays-screen" in made.page("now/index.html")
    assert "impldays-filter" in made.page("schedule/index.html")


ASKS = ("Will you come?", "Sign up", "Get your ticket", "How to get there", "When it begins")
"""What pages of a fest that is over must not say."""


@pytest.mark.same_everywhere
@pytest.mark.parametrize("name", CASES)
def test_no_page_of_a_fest_that_is_over_asks_to_come(
    begun: Callable[[Case], Path], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = begun(CASES[name])
    asked = {}
    for moment in ("2027-02-01T12:00", "2027-07-01T12:00"):
        monkeypatch.setenv("IMPLDAYS_NOW", moment)
        made = built(path.parents[1])
        pages = [made.page("about/index.html"), made.page("schedule/index.html")]
        if "online" not in CASES[name].options:
            pages.append(made.page("location/index.html"))
        asked[moment] = [each for each in ASKS if any(f">{each}<" in page for page in pages)]
        asked[moment] += re.findall(r"We meet|are (?:in one place|together)", pages[0])
    before, after = asked.values()
    assert before != []
    assert after == []


@pytest.mark.same_everywhere
def test_a_page_without_open_calls_has_no_heading_for_them(
    begun: Callable[[Case], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = begun(CASES["two-track conference"])
    text = path.read_text("utf-8").replace(
        "# closes: 2027-05-23 18:00 ", "closes: 2027-05-23 18:00 "
    )
    text = re.sub(r"# closes: (\S+ \S+ AoE)", r"closes: \1", text)
    path.write_text(text, "utf-8")
    monkeypatch.setenv("IMPLDAYS_NOW", "2027-06-04T12:00")
    body = built(path.parents[1]).page("take-part/index.html").partition("<article")[2]
    assert re.findall(r"<h2 id=\"([^\"]*)", body) == ["dates-that-matter"]


@pytest.mark.same_everywhere
@pytest.mark.parametrize("name", CASES)
def test_the_second_year_breaks_nothing_at_any_change(
    begun: Callable[[Case], Path], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    begun(CASES[name])
    done = run("new", "hack-ghent-2028", "--yes", "--dates", "2028-06-03 to 2028-06-04")
    assert done.exit_code == 0, done.output
    after = [date(2027, 4, 6) + timedelta(days) for days in (0, 61, 62, 63, 200, 424, 427)]
    for day in after:
        monkeypatch.setenv("IMPLDAYS_NOW", f"{day}T00:00")
        lines = run("check").stderr.splitlines()
        assert [line for line in lines if "still “tba”" not in line] == [], day


@pytest.mark.same_everywhere
def test_what_the_second_year_would_break_is_reported_in_the_first(
    begun: Callable[[Case], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = begun(CASES["hack days"])
    monkeypatch.setenv("IMPLDAYS_NOW", "2027-02-01T12:00")
    assert run("new", "hack-ghent-2028", "--yes", "--dates", "2028-06-03").exit_code == 0
    path.write_text(path.read_text("utf-8") + "site: {hotline: 0123}\n", "utf-8")
    about = path.parents[1] / "docs/about.md"
    about.write_text(about.read_text("utf-8") + "\n{{ site.hotline }}\n", "utf-8")
    (line,) = [each for each in run("check").stderr.splitlines() if "hotline" in each]
    assert line.startswith("docs/about.md:")
    assert "from 2027-06-07 on" in line
