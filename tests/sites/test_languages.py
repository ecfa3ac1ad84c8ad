"""Sites in several languages, beside mkdocs-static-i18n, and in other languages than English."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_impldays.cli import main
from tests.sites.building import PARIS, Built, built, site

TOLD_TWICE = PARIS.replace(
    "name: RustFest Paris\n", "name: {en: RustFest Paris, fr: RustFest à Paris}\n"
).replace("title: Talks\n", "title: {en: Talks, fr: Conférences}\n")
NOW = {"now": "2018-05-01T12:00"}
HOME = {"en": "# Home\n", "fr": "# Accueil\n"}
ABOUT = {
    "en": "---\npermalink: /impl/\n---\n# About\n\n",
    "fr": "---\npermalink: /impl/\n---\n# À propos\n\n",
}
FACTS = """\
{{ fest.name }}; {{ events.talks }}; {{ fest.country }}; {{ site.motto }}

{{ events.impl_days.dates }}

{{ rsvp_button() }}

{{ calendar_links() }}

[the way](/location/#metro)
"""
LOCATION = "# Location\n\n## Metro\n\n{{ fest.country }}\n"


def _sources(structure: str, pages: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Lay pages out by their languages, as static-i18n wants it."""
    return {
        f"docs/{tag}/{name}.md" if structure == "folder" else f"docs/{name}.{tag}.md": text
        for name, texts in pages.items()
        for tag, text in texts.items()
    }


def _written(
    folder: Path,
    structure: str,
    *,
    theme: str = "mkdocs",
    last: bool = False,
    fest: str = TOLD_TWICE,
) -> Path:
    pages = {
        "index": HOME,
        "about": {tag: text + FACTS for tag, text in ABOUT.items()},
        "location": {"en": LOCATION},
    }
    i18n = {
        "i18n": {
            "docs_structure": structure,
            "languages": [
                {"locale": "en", "name": "English", "default": True},
                {"locale": "fr", "name": "Français", "site_name": "Les impl Days"},
            ],
        }
    }
    ours = {"impldays": {"fest": "fests/paris-2018.yml", **NOW}}
    plugins = ["search", ours, i18n] if last else ["search", i18n, ours]
    typed = fest.replace("\nsite:\n", "\nsite:\n  motto: {en: Come, fr: Venez}\n")
    site(
        folder,
        _sources(structure, pages),
        fest=typed,
        theme={"name": theme},
        plugins=plugins,
    )
    (folder / "docs/index.md").unlink()
    return folder


@pytest.fixture(params=["suffix", "folder"])
def structure(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site_of_two(tmp_path: Path, structure: str) -> Built:
    return built(_written(tmp_path, structure))


def test_each_page_tells_the_facts_in_its_language(site_of_two: Built) -> None:
    assert site_of_two.lines == ()
    english, french = site_of_two.body("impl/index.html"), site_of_two.body("fr/impl/index.html")
    assert "RustFest Paris; Talks; France; Come" in english
    assert "RustFest à Paris; Conférences; France; Venez" in french
    assert "Monday 28 and Tuesday 29 May 2018" in english
    assert "lundi 28 et mardi 29 mai 2018" in french
    assert "RSVP closes on" in english
    assert "Les inscriptions ferment le" in french
    assert "Download</a>" in english
    assert "Télécharger</a>" in french


def test_the_links_of_a_page_stay_in_its_language(site_of_two: Built) -> None:
    assert 'href="../location/#metro"' in site_of_two.body("impl/index.html")
    assert 'href="../location/#metro"' in site_of_two.body("fr/impl/index.html")
    assert (site_of_two.folder / "site/fr/location/index.html").is_file()


def test_the_calendar_of_a_page_is_in_its_language(site_of_two: Built) -> None:
    page = site_of_two.body("fr/impl/index.html")
    assert 'href="../calendar/paris-2018.ics"' in page
    assert "webcal://impldays.test/fr/calendar/paris-2018.ics" in page
    english = site_of_two.page("calendar/paris-2018.ics")
    french = site_of_two.page("fr/calendar/paris-2018.ics")
    assert "SUMMARY:RustFest Paris: Talks" in english
    assert "SUMMARY:RustFest à Paris: Conférences" in french
    assert re.findall("UID:.*", english) == re.findall("UID:.*", french)


def test_structured_data_and_previews_are_in_the_language_of_the_page(site_of_two: Built) -> None:
    page = site_of_two.page("fr/index.html")
    data = re.findall(r'<script type="application/ld\+json" data-impldays>\n(.*)\n', page)
    assert [json.loads(each)["name"] for each in data] == ["RustFest à Paris"]
    assert [json.loads(each)["inLanguage"] for each in data] == ["fr"]
    assert 'property="og:locale" content="fr_FR"' in page
    assert 'property="og:site_name" content="Les impl Days"' in page
    assert 'content="https://impldays.test/fr/assets/impldays/paris-2018-card.png"' in page
    assert (site_of_two.folder / "site/fr/assets/impldays/paris-2018-card.png").is_file()


def test_each_page_names_its_language(site_of_two: Built) -> None:
    found = {
        path: _language(site_of_two.page(path))
        for path in ("index.html", "fr/index.html", "fr/impl/index.html", "404.html")
    }
    assert found == {
        "index.html": "en",
        "fr/index.html": "fr",
        "fr/impl/index.html": "fr",
        "404.html": "en",
    }


def test_a_page_that_is_not_translated_stays_what_it_is(site_of_two: Built) -> None:
    page = site_of_two.page("fr/location/index.html")
    assert _language(page) == "en"
    assert "hreflang" not in page


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_pages_lead_search_engines_to_their_translations(
    tmp_path: Path, structure: str, theme: str
) -> None:
    there = built(_written(tmp_path, structure, theme=theme))
    assert there.lines == ()
    both = {"en": "https://impldays.test/impl/", "fr": "https://impldays.test/fr/impl/"}
    assert _alternates(there.page("impl/index.html")) == both
    assert _alternates(there.page("fr/impl/index.html")) == both
    assert _alternates(there.page("fr/location/index.html")) == {}
    assert _alternates(there.page("404.html")) == {}


def test_a_fests_own_page_is_there_in_each_language(site_of_two: Built) -> None:
    english = site_of_two.page("fests/paris-2018/index.html")
    french = site_of_two.page("fr/fests/paris-2018/index.html")
    assert ">RustFest Paris</h1>" in english
    assert ">RustFest à Paris</h1>" in french
    both = {
        "en": "https://impldays.test/fests/paris-2018/",
        "fr": "https://impldays.test/fr/fests/paris-2018/",
    }
    assert _alternates(english) == _alternates(french) == both


def test_the_home_page_offers_the_calendar_of_its_language(tmp_path: Path, structure: str) -> None:
    folder = _written(tmp_path, structure, theme="material")
    for page in (folder / "docs").rglob("*.md"):
        if "index" in str(page):
            page.write_text("---\nlayout: home\n---\n\nText.\n", "utf-8")
    there = built(folder, strict=True)
    link = 'href="calendar/paris-2018-impl_days.ics"'
    assert link in there.page("index.html")
    assert link in there.page("fr/index.html")
    assert "RustFest à Paris" in there.page("fr/index.html")


def test_the_plugins_may_stand_in_any_order(tmp_path: Path, structure: str) -> None:
    there = built(_written(tmp_path, structure, last=True))
    assert (there.lines, there.stopped) == ((), False)
    assert "Les inscriptions ferment le" in there.body("fr/impl/index.html")


def test_nothing_is_put_into_a_page_twice(site_of_two: Built) -> None:
    page = site_of_two.page("fr/impl/index.html")
    assert page.count("assets/impldays/impldays.css") == 1
    assert page.count("data-impldays></script>") + page.count("impldays.js") <= 2
    assert page.count('class="impldays-rsvp"') == 1


def test_a_mistake_on_a_translated_page_is_told_with_its_line(
    tmp_path: Path, structure: str
) -> None:
    folder = _written(tmp_path, structure)
    page = next(p for p in (folder / "docs").rglob("*") if "fr" in str(p) and "about" in str(p))
    page.write_text("# À propos\n\n{{ fest.nme }}\n", "utf-8")
    there = built(folder)
    shown = page.relative_to(folder).as_posix()
    assert there.stopped
    assert f'{shown}:3: "fest.nme" is not known. Did you mean "fest.name"?' in there.lines


@pytest.mark.parametrize("last", [False, True])
def test_the_lines_of_the_front_matter_are_counted(
    tmp_path: Path, structure: str, *, last: bool
) -> None:
    folder = _written(tmp_path, structure, last=last)
    page = next(p for p in (folder / "docs").rglob("*") if "fr" in str(p) and "about" in str(p))
    page.write_text("---\ntitle: X\n---\n# X\n\n\n{{ fest.nme }}\n", "utf-8")
    there = built(folder)
    shown = page.relative_to(folder).as_posix()
    assert f'{shown}:7: "fest.nme" is not known. Did you mean "fest.name"?' in there.lines


def test_a_doubt_about_the_fest_file_is_told_once(tmp_path: Path, structure: str) -> None:
    fest = TOLD_TWICE.replace("    overflow: [formeret-clery]\n", "")
    there = built(_written(tmp_path, structure, fest=fest))
    assert [line.partition(": ")[2] for line in there.lines] == [
        'venues: "formeret-clery" is a venue that no event uses. Use it, or delete it.'
    ]


def test_a_link_to_another_language_is_none_of_our_business(tmp_path: Path, structure: str) -> None:
    folder = _written(tmp_path, structure)
    page = next(p for p in (folder / "docs").rglob("*.md") if "index" in str(p) and "en" in str(p))
    page.write_text('# Home\n\n<a href="/fr/">Français</a>\n', "utf-8")
    assert built(folder).lines == ()
    page.write_text('# Home\n\n<a href="/eo/">Esperanto</a>\n', "utf-8")
    assert any('"/eo/"' in line for line in built(folder).lines)


def test_publishing_is_refused_for_a_warning_of_any_language(
    tmp_path: Path, structure: str
) -> None:
    folder = _written(tmp_path, structure)
    text = (folder / "mkdocs.yml").read_text("utf-8").replace("now: 2018-05-01T12:00", "")
    (folder / "mkdocs.yml").write_text(text.replace("now: '2018-05-01T12:00'", ""), "utf-8")
    page = next(p for p in (folder / "docs").rglob("*.md") if "index" in str(p) and "fr" in str(p))
    page.write_text("# Accueil\n\n[ici](https://ti.to/url-to-do)\n", "utf-8")
    there = built(folder, command="gh-deploy")
    assert there.stopped


def test_the_check_tells_what_is_wrong_in_each_language(
    tmp_path: Path, structure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _written(tmp_path, structure)
    pages = [page for page in (folder / "docs").rglob("*.md") if "index" in str(page)]
    for page in pages:
        page.write_text("# Home\n\n[come](https://ti.to/url-to-do)\n", "utf-8")
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(main, ["check"], catch_exceptions=False)
    (line,) = [line for line in done.stderr.splitlines() if "url-to-do" in line]  # one cause
    assert all(page.relative_to(folder).as_posix() in line for page in pages), line


def test_the_check_knows_what_stands_in_raw_in_each_language(
    tmp_path: Path, structure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _written(tmp_path, structure)
    page = next(p for p in (folder / "docs").rglob("*.md") if "index" in str(p) and "en" in str(p))
    monkeypatch.chdir(folder)
    for text, known in (("{% raw %}{{ braces }}{% endraw %}", True), ("{{ braces }}", False)):
        page.write_text(f"# Home\n\n{text}\n", "utf-8")
        done = CliRunner().invoke(main, ["check"], catch_exceptions=False)
        assert ("braces" not in done.stderr) == known


def test_the_check_tells_which_texts_lack_a_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site(tmp_path, {}, fest=TOLD_TWICE.replace(", fr: Conférences", ", de: Vorträge"))
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(main, ["check"], catch_exceptions=False)
    assert 'name has no text in "de", which other texts have. Add it.' in done.stderr


def _language(page: str) -> str:
    found = re.search(r'<html\b[^>]*\blang="([^"]*)"', page)
    return found[1] if found else ""


def _alternates(page: str) -> dict[str, str]:
    links = re.findall(r'<link rel="alternate" href="([^"]*)" hreflang="([^"]*)"', page)
    return {tag: href for href, tag in links}


RIGHT_TO_LEFT = PARIS.replace("language: en\n", "language: he\n")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_a_site_in_hebrew_runs_from_right_to_left(tmp_path: Path, theme: str) -> None:
    files = {"docs/index.md": "# בית\n\n{{ fest.dates }}\n"}
    there = built(site(tmp_path, files, fest=RIGHT_TO_LEFT, theme={"name": theme}))
    assert there.lines == ()
    for path in ("index.html", "404.html"):
        page = there.page(path)
        assert _language(page) == "he"
        assert re.search(r'<html\b[^>]*\bdir="rtl"', page)
        assert re.search(r'<body\b[^>]*\bdir="rtl"', page)
        assert len(re.findall(r'\sdir="', page.partition("<body")[2].partition(">")[0])) == 1


def test_words_of_another_language_than_the_page_say_so(tmp_path: Path) -> None:
    hebrew = RIGHT_TO_LEFT + "status: cancelled\n"
    files = {"docs/index.md": "# בית\n\n{{ rsvp_button() }}\n"}
    page = built(site(tmp_path, files, fest=hebrew)).page()
    assert re.search(r'class="impldays impldays-notice"[^>]* lang="en" dir="ltr"', page)
    assert '<span class="impldays-rsvp" lang="en" dir="ltr">' in page


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_the_theme_speaks_the_language_of_the_fest(tmp_path: Path, theme: str) -> None:
    german = PARIS.replace("language: en\n", "language: de\n")
    there = built(site(tmp_path, {}, fest=german, theme={"name": theme}), strict=True)
    assert _language(there.page()) == _language(there.page("404.html")) == "de"
    assert {"mkdocs": "Suche", "readthedocs": "Dokumentation", "material": "Suche"}[
        theme
    ] in there.page()


def test_a_theme_without_the_language_says_it_all_the_same(tmp_path: Path) -> None:
    catalan = PARIS.replace("language: en\n", "language: ca\n")
    there = built(site(tmp_path, {}, fest=catalan), strict=True)
    assert (there.lines, _language(there.page())) == ((), "ca")


def test_the_language_of_the_theme_wins_where_the_organiser_chose_one(tmp_path: Path) -> None:
    files = {"docs/index.md": "# Accueil\n\n{{ fest.country }}: {{ fest.dates.long }}\n"}
    theme = {"name": "material", "language": "it"}
    there = built(site(tmp_path, files, fest=TOLD_TWICE, theme=theme), strict=True)
    assert _language(there.page()) == "it"
    assert "Francia: 26–29 maggio 2018" in there.page()


def test_a_region_is_that_of_the_fest_where_the_theme_has_none(tmp_path: Path) -> None:
    american = PARIS.replace("language: en\n", "language: en-US\n")
    files = {"docs/index.md": "# Home\n\n{{ fest.dates.long }}\n"}
    theme = {"name": "material", "language": "en"}
    there = built(site(tmp_path, files, fest=american, theme=theme), strict=True)
    assert "May 26\u2009–\u200929, 2018" in there.page()
