"""The blocks of a page: what they hold, and that one file of a site's own replaces each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fests import HEAD, ROOT
from tests.sites.building import PARIS, built, site

PARTIALS = sorted((ROOT / "mkdocs_impldays/theme/partials/impldays").glob("*.html"))


@pytest.mark.parametrize(
    ("call", "partial", "own"),
    [
        ("schedule()", "schedule", "{{ fest.days[2] }}, {{ 'with' if has_agenda }} agenda"),
        ("venue()", "venue", "{{ venue.name }} on {{ venue.street }}"),
        ("fests_list()", "fests_list", "{{ groups[0][2][0][0].name }}"),
    ],
)
@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_one_file_replaces_a_block(
    tmp_path: Path, theme: str, call: str, partial: str, own: str
) -> None:
    overrides = {"name": theme, "custom_dir": str(tmp_path / "overrides")}
    files = {
        "docs/a.md": f"# A\n\n{{{{ {call} }}}}\n",
        f"overrides/partials/impldays/{partial}.html": f"<p class='own'>{own}</p>\n",
    }
    done = built(site(tmp_path, files, theme=overrides))
    assert done.lines == ()
    found = re.findall("<p class='own'>(.*)</p>", done.page("a/index.html"))
    expected = {
        "schedule": "Monday, May 28th, with agenda",
        "venue": "Mozilla Paris on 16bis Boulevard Montmartre",
        "fests_list": "RustFest Paris",
    }
    assert found == [expected[partial]]


@pytest.mark.parametrize("partial", PARTIALS, ids=lambda path: path.stem)
def test_the_manual_names_every_file_that_can_be_replaced(partial: Path) -> None:
    assert f"| `{partial.name}` |" in (ROOT / "docs/organisers/how-to/look.md").read_text("utf-8")


def test_what_is_not_known_of_a_venue_is_said_in_words(tmp_path: Path) -> None:
    fest = PARIS.replace("    name: Mozilla Paris\n", "    name: Mozilla Paris\n    access: tba\n")
    html = built(site(tmp_path, {"docs/a.md": "{{ venue() }}\n"}, fest=fest)).page("a/index.html")
    assert "<dt>Accessibility</dt><dd>not recorded</dd>" in html


@pytest.mark.parametrize(("days", "years"), [("tba", []), ("2029-06", ["2029"])])
def test_a_fest_without_days_has_no_empty_drawing(
    tmp_path: Path, days: str, years: list[str]
) -> None:
    files = {
        "docs/a.md": "{{ fests_list() }}\n",
        "fests/next.yml": f"{HEAD}events: {{talks: {{title: Talks, days: {days}}}}}\n",
    }
    html = built(site(tmp_path, files, options={"fests": "fests/"})).page("a/index.html")
    item = re.findall('<li data-fest="next".*?</li>', html, re.DOTALL)[0]
    assert "impldays-fests__drawing" not in item
    assert re.findall('impldays-fests__year">(.*?)<', item) == years


def test_a_schedule_at_a_glance_has_the_step_that_is_on_and_no_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-01T12:00")
    files = {"docs/a.md": "{{ schedule() }}\n", "docs/b.md": "{{ schedule(agenda=false) }}\n"}
    done = built(site(tmp_path, files))
    whole, glance = done.body("a/index.html"), done.body("b/index.html")
    assert whole.count("<ol") == 2
    assert "<ol" not in glance
    for html in (whole, glance):
        assert html.count("Monday, May 28th") >= 1
        assert re.search(
            r'data-from="2018-05-28T10:00:00Z" data-until="2018-05-28T15:00:00Z" hidden>', html
        )


NOW = '<em class="impldays-now"'
"""What marks the line of a plan that is on."""


@pytest.mark.parametrize(
    ("moment", "shown", "kept"),
    [("05-28T13:00", 1, 6), ("05-28T20:00", 0, 4), ("05-30T12:00", 0, 0)],
)
def test_what_is_on_is_marked_in_built_pages_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, shown: int, kept: int
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", f"2018-{moment}")
    html = built(site(tmp_path, {"docs/a.md": "{{ schedule() }}\n"})).body("a/index.html")
    marks = re.findall(f"{NOW}([^>]*)>Now<", html)
    assert len(marks) == kept
    assert len([mark for mark in marks if "hidden" not in mark]) == shown
    if shown:
        (line,) = re.findall(rf"what.>([^<]*)</span> {NOW} data-until=[^ >]*>", html)
        assert line == "Lunch break"


HOME = "---\nlayout: home\n---\n\nText.\n"
OFFERS = ("impldays-hero__calendar", "impldays-hero__code", "webcal:")


@pytest.mark.parametrize(
    ("moment", "turn", "is_offered"),
    [
        ("05-01T12:00", "", True),
        ("05-29T17:59", "", True),
        ("05-29T18:00", "", False),
        ("06-30T12:00", "", False),
        ("05-01T12:00", "status: cancelled\n", False),
        ("05-01T12:00", "status: postponed\n", False),
        ("05-01T12:00", "join: {url: https://live.example/}\n", True),
    ],
)
def test_a_page_without_javascript_offers_only_what_is_held_and_to_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, turn: str, is_offered: bool
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", f"2018-{moment}")
    page = HOME + '{{ calendar_links("impl_days") }}\n'
    done = built(
        site(tmp_path, {"docs/index.md": page}, fest=PARIS + turn, theme={"name": "material"})
    )
    html = done.page().partition("</head>")[2]
    assert [name in html for name in OFFERS] == [is_offered] * 3
    for name in OFFERS[:2] if is_offered else ():
        assert re.search(rf"{name}[^<]*(<img [^>]*)?data-until=", html)
    assert "BEGIN:VEVENT" in done.page("calendar/paris-2018-impl_days.ics")


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_nothing_is_on_of_what_is_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-28T13:00")
    extra = "contacts:\n  - {name: Hotline, phone: '+33 1 23', from: 2018-05-28}\n"
    extra += "  - {name: Office, email: office@rustfest.eu}\n"
    extra += "live:\n  - {stream: https://stream.example/}\n"
    files = {"docs/a.md": "{{ schedule() }}\n\n{{ contacts() }}\n\n{{ live() }}\n"}
    html = built(site(tmp_path, files, fest=PARIS + extra)).body("a/index.html")
    assert all(text in html for text in (NOW, "Hotline", "Office", "stream.example"))
    done = built(site(tmp_path, files, fest=f"{PARIS}{extra}status: {status}\n"))
    html = done.body("a/index.html")
    assert [text in html for text in (NOW, "Hotline", "stream.example")] == [False] * 3
    assert "Office" in html


@pytest.mark.parametrize("features", [[], ["impldays.band"]])
def test_a_feature_puts_the_days_at_the_top_of_all_pages_but_the_home_page(
    tmp_path: Path, features: list[str]
) -> None:
    files = {"docs/a.md": "# A\n", "docs/b.md": "---\nhide: [fest]\n---\n# B\n"}
    theme = {"name": "material", "features": features}
    done = built(site(tmp_path, files, theme=theme))
    assert done.lines == ()
    band = '<section class="impldays-band"'
    pages = [done.page(f"{page}index.html").count(band) for page in ("", "a/", "b/")]
    assert pages == [0, len(features), 0]
    assert band not in done.page("404.html")


def test_a_sites_own_template_wins_over_ours(tmp_path: Path) -> None:
    own = '{% extends "base.html" %}{% block hero %}<p class="own"></p>{% endblock %}'
    theme = {
        "name": "material",
        "custom_dir": str(tmp_path / "overrides"),
        "features": ["impldays.band"],
    }
    done = built(site(tmp_path, {"docs/a.md": "# A\n", "overrides/main.html": own}, theme=theme))
    assert '<p class="own">' in done.page("a/index.html")
    assert "impldays-band" not in done.page("a/index.html")


def test_a_schedule_shows_a_closing_hour_without_an_opening_hour(tmp_path: Path) -> None:
    fest = (ROOT / "fests/paris-2018.yml").read_text("utf-8").replace('opens: "09:00", ', "")
    files = {"docs/a.md": "{{ schedule() }}\n", "fests/paris-2018.yml": fest}
    page = built(site(tmp_path, files)).page("a/index.html")
    assert re.findall(r'slot__hours">(?:<[^>]*>)*([^<]+)', page)[-2:] == [
        "until 18:00",
        "until 18:00",
    ]


def _home(tmp_path: Path, fest: str, **files: str) -> str:
    theme = {"name": "material", "features": ["impldays.band"]}
    pages = {"docs/index.md": HOME, "docs/a.md": "# A\n"}
    done = built(site(tmp_path, {**pages, **files}, fest=fest, theme=theme))
    assert done.lines == ()
    return done.page().partition("</head>")[2]


@pytest.mark.parametrize(
    ("name", "title", "event"),
    [
        ("Hack Ghent", "impl Days", "impl Days"),
        ("Hack Ghent", "Hack Ghent", None),
        ("Hack Ghent", "hack", None),
    ],
)
def test_the_heading_of_the_home_page_is_the_name_of_the_fest(
    tmp_path: Path, name: str, title: str, event: str | None
) -> None:
    fest = PARIS.replace("name: RustFest Paris", f"name: {name}")
    fest = fest.replace("title: impl Days", f"title: {title}").replace("edition: 4\n", "")
    html = _home(tmp_path, fest)
    assert re.findall("<h1[^>]*>(.*?)</h1>", html) == [name]
    assert re.findall('hero__event">(.*?)</p>', html) == ([event] if event else [])
    band = (tmp_path / "site/a/index.html").read_text("utf-8")
    assert f"<strong>{name}</strong>" in band


def test_the_strip_carries_the_button(tmp_path: Path) -> None:
    _home(tmp_path, PARIS)
    html = (tmp_path / "site/a/index.html").read_text("utf-8")
    assert 'class="impldays-rsvp"' in html.partition('class="impldays-band__join"')[2]


@pytest.mark.parametrize("count", range(1, 8))
def test_names_of_events_at_once_do_not_pile_up_below_the_drawing(
    tmp_path: Path, count: int
) -> None:
    events = "events:\n" + "".join(
        f"  event{n}:\n    title: Event {n}\n    days: [2018-05-28]\n" for n in range(count)
    )
    start, end = PARIS.index("events:"), PARIS.index("rsvp:")
    html = _home(tmp_path, PARIS[:start] + events + PARIS[end:].replace("impl_days", "event0"))
    names = re.findall(r'<g class="impldays-run.*?</g>', html, re.DOTALL)
    assert [re.findall("<text[^>]*>(.*?)</text>", each) for each in names] == [["Event 0"]]


def test_a_picture_stands_in_place_of_the_drawing(tmp_path: Path) -> None:
    fest = PARIS.replace("motif: roofs", "picture: img/hall.svg")
    picture = {"docs/img/hall.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
    html = _home(tmp_path, fest, **picture)
    assert '<img class="impldays-hero__picture" src="img/hall.svg" alt="">' in html
    assert "impldays-drawing" not in html


def test_a_screen_reader_skips_to_the_title_and_hears_what_is_struck(tmp_path: Path) -> None:
    index = {"docs/index.md": HOME + "\n## When\n"}
    _home(tmp_path, PARIS + "status: cancelled\n", **index)
    html = (tmp_path / "site/index.html").read_text("utf-8")
    assert '<a href="#impldays-title" class="md-skip">' in html
    assert '<s><span class="impldays-words">no longer: </span>' in html
    assert html.count("<s>") == html.count("<s><span")


def test_a_preview_of_the_home_page_names_the_fest(tmp_path: Path) -> None:
    _home(tmp_path, PARIS)
    for page, title in (("index.html", "RustFest Paris"), ("a/index.html", "A")):
        html = (tmp_path / "site" / page).read_text("utf-8")
        assert f'<meta property="og:title" content="{title}">' in html


@pytest.mark.parametrize(
    ("moment", "shown"), [("05-01T12:00", False), ("05-28T12:00", True), ("06-30T12:00", None)]
)
def test_a_heading_stands_only_above_contacts_that_can_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, shown: bool | None
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", f"2018-{moment}")
    contact = "contacts:\n  - {name: Hotline, phone: '+33 1 23', from: 2018-05-28}\n"
    files = {"docs/a.md": '{{ contacts("Who to call") }}\n'}
    html = built(site(tmp_path, files, fest=PARIS + contact)).body("a/index.html")
    found = re.findall("<h2([^>]*)>Who to call</h2>", html)
    if shown is None:
        assert found == []
    else:
        assert [" hidden" not in attributes for attributes in found] == [shown]


def test_a_map_is_a_link_until_it_is_asked_for(tmp_path: Path) -> None:
    html = built(site(tmp_path, {"docs/a.md": "{{ venue() }}\n"})).body("a/index.html")
    assert "<iframe" not in html
    link = (
        r'<a class="md-button" data-map="Map: Mozilla Paris" href="https://www.openstreetmap.org/'
    )
    assert re.search(link, html)
    assert 'href="https://www.google.com/maps/search/?api=1&amp;query=48.871971%2C2.34122"' in html


def test_links_to_calendars_say_of_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-01T12:00")
    files = {"docs/a.md": '{{ calendar_links("impl_days") }}\n'}
    html = built(site(tmp_path, files)).body("a/index.html")
    names = re.findall('<a aria-label="([^"]*)"', html)
    assert names[:2] == ["Download: impl Days Paris", "Subscribe: impl Days Paris"]


def test_the_footer_leads_to_those_who_answer_for_the_fest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPLDAYS_NOW", "2018-05-01T12:00")
    extra = "contacts:\n  - {name: Office, email: office@rustfest.eu}\n"
    html = _home(tmp_path, PARIS + extra)
    footer = html.partition('class="impldays-footer ')[2]
    assert "office@rustfest.eu" in footer
    assert '<a href="https://rustfest.global/" rel="noopener">RustFest</a>' in footer
