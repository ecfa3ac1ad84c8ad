"""The pages of sessions and speakers that a site gets from a programme."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.fests import HEAD
from tests.sites.building import Built, built, site

FEST = f"""{HEAD}venues: {{casa: {{name: Casa, rooms: {{big: {{name: Main hall}}}}}}}}
tracks: {{tools: {{name: Tools}}}}
speakers: {{ada: {{name: Ada & Co, about: Writes `Vec<T>`.}}, eve: {{name: Eve}}}}
events:
  talks:
    title: Talks
    days: [2027-06-05]
    venue: casa
    agenda:
      - {{at: "09:00", what: Doors}}
      - {{at: "10:00", for: 45 min, what: Errors <in> Rust, id: errors, room: big, track: tools,
         speakers: ada, about: "Why *errors* help.\\n\\nAnd [more](https://rustfest.eu/)."}}
      - {{at: "11:00", what: Lunch, kind: break, about: Soup., url: "https://rustfest.eu/soup/"}}
      - {{at: "12:00", what: Off, about: Not now., status: cancelled}}
"""
PAGE = "fests/{}/index.html"
OPTIONS = {"fest": "fests/a-fest.yml", "now": "2027-06-04T12:00"}


def _built(tmp_path: Path, files: dict[str, str] | None = None, **options: object) -> Built:
    pages = {"docs/index.md": "# Home\n\n{{ schedule() }}\n"}
    made = {"fests/a-fest.yml": FEST, **pages, **(files or {})}
    done = built(site(tmp_path, made, options={**OPTIONS, **options}))
    assert not done.stopped, done.lines
    assert done.lines == ()
    return done


def _node(page: str) -> dict[str, object]:
    found = re.search(r"ld\+json\" data-impldays>\n(.*?)\n</script>", page, re.DOTALL)
    assert found
    node = json.loads(found[1])
    assert isinstance(node, dict)
    return node


def test_a_link_to_a_session_has_a_preview_of_its_own(tmp_path: Path) -> None:
    done = _built(tmp_path)
    told = {
        "sessions/errors": ("Errors &lt;in&gt; Rust", "Why errors help. And more."),
        "sessions/off": ("Off", "Not now."),
    }
    for path, texts in told.items():
        page = done.page(f"fests/a-fest/{path}/index.html")
        for name, text in zip(("title", "description"), texts, strict=True):
            assert f'<meta property="og:{name}" content="{text}">' in page
        assert (
            f'<meta property="og:url" content="https://impldays.test/fests/a-fest/{path}/">' in page
        )
        assert '<meta property="og:image" content="https://impldays.test/assets/' in page


def test_a_session_that_says_more_than_its_line_has_a_page(tmp_path: Path) -> None:
    done = _built(tmp_path)
    folder = tmp_path / "site/fests/a-fest"
    assert {each.parent.name for each in folder.glob("sessions/*/index.html")} == {"errors", "off"}
    assert {each.name for each in (folder / "speakers").iterdir()} == {"ada"}
    page = done.page("fests/a-fest/sessions/errors/index.html")
    assert "<h1" in page
    assert "<p>Why <em>errors</em> help.</p>" in page
    assert 'href="../../speakers/ada/"' in page
    assert 'content="Why errors help. And more."' in page
    assert "<title>Errors &lt;in&gt; Rust" in page
    home = done.page()
    assert 'href="fests/a-fest/sessions/errors/"' in home
    assert 'href="https://rustfest.eu/soup/"' in home
    assert "sessions/doors" not in home


def test_a_session_is_an_event_of_its_fest(tmp_path: Path) -> None:
    node = _node(_built(tmp_path).page("fests/a-fest/sessions/errors/index.html"))
    assert node["name"] == "Errors <in> Rust"
    assert str(node["startDate"]).startswith("2027-06-05T10:00:00")
    url = "https://impldays.test/fests/a-fest/speakers/ada/"
    ada = {"@type": "Person", "@id": f"{url}#speaker", "name": "Ada & Co", "url": url}
    assert node["performer"] == [ada]
    above = node["superEvent"]
    assert isinstance(above, dict)
    assert above["@id"] == "https://impldays.test/#a-fest"


def test_the_page_of_the_fest_tells_of_its_sessions_and_the_home_page_does_not(
    tmp_path: Path,
) -> None:
    done = _built(tmp_path)
    (session,) = _parts(_node(done.page("fests/a-fest/index.html")))
    assert session["@id"] == "https://impldays.test/fests/a-fest/sessions/errors/#session"
    assert session["name"] == "Errors <in> Rust"
    assert _parts(_node(done.page())) == []


def _parts(node: dict[str, object]) -> list[dict[str, object]]:
    parts = node.get("subEvent", [])
    assert isinstance(parts, list)
    return parts


def test_what_is_cancelled_says_so_on_its_page(tmp_path: Path) -> None:
    page = _built(tmp_path).page("fests/a-fest/sessions/off/index.html")
    assert _node(page)["eventStatus"] == "https://schema.org/EventCancelled"
    assert "Cancelled" in page


def test_a_speaker_is_a_person_with_sessions(tmp_path: Path) -> None:
    page = _built(tmp_path).page("fests/a-fest/speakers/ada/index.html")
    node = _node(page)
    assert (node["@type"], node["name"]) == ("Person", "Ada & Co")
    assert 'href="../../sessions/errors/"' in page


def test_the_page_of_a_speaker_leads_to_the_same_person_elsewhere(tmp_path: Path) -> None:
    ours, theirs = "https://ada.rustfest.eu/", "https://rustfest.global/@ada"
    person = f"Writes `Vec<T>`., url: {ours}, links: [{{title: Mastodon, url: {theirs}}}]}}, eve:"
    fest = FEST.replace("Writes `Vec<T>`.}, eve:", person)
    assert fest != FEST
    done = _built(tmp_path, {"fests/a-fest.yml": fest})
    page = done.page("fests/a-fest/speakers/ada/index.html")
    assert re.findall(r'<a href="([^"]*)" rel="me noopener">', page) == [ours, theirs]
    assert _node(page)["sameAs"] == [ours, theirs]


def test_a_page_that_the_author_wrote_wins(tmp_path: Path) -> None:
    text = "---\nfest: a-fest\npermalink: /errors/\n---\n# My page\n"
    done = _built(tmp_path, {"docs/fests/a-fest/sessions/errors.md": text})
    assert "My page" in done.page("errors/index.html")
    assert 'href="errors/"' in done.page()


def test_search_finds_sessions(tmp_path: Path) -> None:
    index = json.loads(_built(tmp_path).page("search/search_index.json"))
    places = {each["location"] for each in index["docs"] if "Why errors help" in each["text"]}
    assert any(each.startswith("fests/a-fest/sessions/errors/") for each in places)


def test_an_option_leaves_the_pages_out(tmp_path: Path) -> None:
    done = _built(tmp_path, session_pages=False)
    assert not [*tmp_path.glob("site/fests/a-fest/sessions/**/*.html")]
    assert "sessions/errors" not in done.page()


def test_a_past_fest_keeps_its_pages(tmp_path: Path) -> None:
    later = FEST.replace("2027", "2031").replace("Paris", "Rome")
    done = _built(tmp_path, {"fests/later.yml": later}, fest="later")
    page = done.page("fests/a-fest/sessions/errors/index.html")
    assert "Why <em>errors</em> help." in page


def test_now_and_next_is_on_a_page_on_the_days_of_the_fest(tmp_path: Path) -> None:
    files = {"docs/index.md": "# Home\n\n{{ now_and_next() }}\n"}
    body = _built(tmp_path, files, now="2027-06-05T10:10").body()
    assert re.search(
        r"<li data-until=\"[^\"]*\"><time[^>]*>10:00</time> <span><a [^>]*>Errors", body
    )
    assert body.index("<noscript>") < body.index("<s>")
    assert "impldays-current" not in _built(tmp_path, files, now="2027-06-08T10:10").body()


def test_pages_lead_to_the_calendars_of_sessions_while_they_are_to_come(tmp_path: Path) -> None:
    done = _built(tmp_path)
    page = done.page("fests/a-fest/sessions/errors/index.html")
    link = re.search(r'data-until="([^"]*)" href="([^"]*)">Add to calendar', page)
    assert link
    assert link[1] == "2027-06-05T08:45:00Z"
    folder = tmp_path / "site/fests/a-fest/sessions"
    data = (folder / "errors" / link[2]).resolve().read_bytes()
    assert b"URL:https://impldays.test/fests/a-fest/sessions/errors/\r\n" in data
    assert "Add to calendar" not in done.page("fests/a-fest/sessions/off/index.html")
    home = done.page()
    assert 'href="fests/a-fest/programme.ics">Add the whole programme to your calendar' in home
    assert 'href="webcal://impldays.test/fests/a-fest/programme.ics">Subscribe' in home
    assert (tmp_path / "site/fests/a-fest/programme.ics").is_file()


def test_nobody_is_led_to_the_calendar_of_a_programme_that_is_over_or_only_says_when(
    tmp_path: Path,
) -> None:
    over = _built(tmp_path / "over", now="2027-06-07T12:00")
    assert "whole programme" not in over.page()
    assert "Add to calendar" not in over.page("fests/a-fest/sessions/errors/index.html")
    plain = re.sub(r", room: big, track: tools,\n *speakers: ada", "", FEST)
    assert plain != FEST
    done = _built(tmp_path / "plain", {"fests/a-fest.yml": plain})
    assert "whole programme" not in done.page()
