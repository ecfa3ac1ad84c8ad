"""The W3C's checker of HTML (Nu) judges whole pages, with all that goes into their heads."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.fests import HEAD
from tests.judges.programs import need, need_npm, run
from tests.judges.samples import PATHS, ROOT
from tests.sites.building import PARIS, built, site, write

OF_THE_THEMES = (
    "Attribute “autocomplete” is only allowed when the input type is",
    "Bad value “” for attribute “tabindex” on element “label”",
    "The value of the “for” attribute of the “label” element must be the ID",
    "Element “a” is missing required attribute “href”",
    "The heading “h4” (with computed level 4) follows the heading",
)
"""What Material 9.8 (the first three) and the theme `mkdocs` 1.6 write on their pages."""
OF_THE_SEED = ("about_impl_days/index.html", "The heading “h3” (with computed level 3) follows")
"""What the organisers of Paris wrote on a page that has to stay as it is."""

PAGE = """\
---
title: "`impl Days` & <co>"
description: 'A "sentence" <b> & more.'
---

# {{ fest.name }}

{% if fest.description %}{{ fest.description }}{% endif %}

{{ rsvp_button() }}

{{ calendar_links() }}

{{ calendar_links("impl_days") }}

{{ schedule() }}

{{ venue() }}

{{ fests_list() }}
"""


def faults_of_pages(*folders: Path) -> Iterator[str]:
    """Return what Nu finds wrong in the pages below folders, without what the theme brings."""
    jar = need_npm("vnu-jar") / "build/dist/vnu.jar"
    options = ["--errors-only", "--skip-non-html", "--format", "json", "--exit-zero-always"]
    done = run(need("java"), "-jar", jar, *options, *folders)
    for fault in json.loads(done.stderr or done.stdout)["messages"]:
        message, page = fault["message"], fault["url"].split("/site/")[-1]
        of_the_seed = page == OF_THE_SEED[0] and message.startswith(OF_THE_SEED[1])
        if not of_the_seed and not message.startswith(OF_THE_THEMES):
            yield f"{page}:{fault.get('lastLine')}: {message}"


def test_the_pages_of_this_site_are_html(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert '!ENV [SITE_URL, ""]' in config
    config = config.replace('!ENV [SITE_URL, ""]', "https://paris.rustfest.eu/")
    write(tmp_path, {"mkdocs.yml": config})
    for name in ("docs", "fests", "overrides"):
        (tmp_path / name).symlink_to(ROOT / name)
    assert built(tmp_path).lines == ()
    faults = list(faults_of_pages(tmp_path / "site"))
    pages = len(list((tmp_path / "site").rglob("*.html")))
    record_property("figure", f"vnu: {len(faults)} faults of ours on {pages} pages")
    assert faults == []


SITES = {"hostile-2019": "mkdocs", "lisbon-2022": "material", "kyiv-2021": "mkdocs"}


def test_a_page_with_any_fest_on_it_is_html(tmp_path: Path) -> None:
    pages = ("index", "über uns", "про-нас")
    for name, theme in SITES.items():
        folder = site(
            tmp_path / name,
            {f"docs/{page}.md": PAGE for page in pages},
            fest=PATHS[name].read_text("utf-8"),
            theme={"name": theme},
        )
        done = built(folder)
        assert not done.stopped
        assert ">None<" not in done.page()
    assert list(faults_of_pages(tmp_path)) == []


PROGRAMME = """\
tracks: {lang: {name: Language}, tools: {name: Tools & more}}
speakers:
  ada: {name: Ada <Beispiel>, about: Writes *parsers*., url: https://ada.example/}
events:
  impl_days:
    title: impl Days
    days:
      - date: 2018-05-28
        opens: "09:00"
        closes: "18:00"
        agenda:
          - {at: "10:00", until: "11:00", what: A "talk" & <more>, id: talk, track: lang,
             speakers: [ada], about: "One.\n\nTwo [links](https://a.example/).",
             slides: https://a.example/slides, language: de}
          - {at: "11:00", until: "12:00", what: Lunch, kind: break}
          - {at: "12:00", until: "13:00", what: Debuggers, track: tools, status: cancelled}
      - {date: 2018-05-29, opens: "09:00", closes: "18:00"}
"""
LISTS = "# A\n\n{{ now_and_next() }}\n\n{{ schedule_filter() }}\n\n{{ schedule() }}\n"
SCREEN = "---\ntitle: Now\ntemplate: now.html\n---\n\n{{ notice() }}\n\n{{ now_and_next() }}\n"


def test_the_pages_of_a_programme_are_html(tmp_path: Path) -> None:
    fest = HEAD + PROGRAMME
    for theme in ("material", "mkdocs", "readthedocs"):
        files = {"docs/a.md": LISTS, "docs/now.md": SCREEN}
        done = built(site(tmp_path / theme, files, fest=fest, theme={"name": theme}))
        assert not done.stopped, done.lines
        assert "impldays-session" in done.page("fests/paris-2018/sessions/talk/index.html")
        assert "impldays-speaker" in done.page("fests/paris-2018/speakers/ada/index.html")
        assert "impldays-screen" in done.page("now/index.html")
    assert list(faults_of_pages(tmp_path)) == []


def test_pages_in_other_languages_are_html(tmp_path: Path) -> None:
    """Nu also knows in which direction and language a text is written."""
    turned = PARIS + "status: cancelled\n"
    for language, theme in (("he", "material"), ("ar", "mkdocs"), ("fr", "readthedocs")):
        fest = turned.replace("language: en\n", f"language: {language}\n")
        done = built(
            site(tmp_path / language, {"docs/a.md": PAGE}, fest=fest, theme={"name": theme})
        )
        assert not done.stopped
    tongues = [{"locale": "en", "name": "E", "default": True}, {"locale": "de", "name": "D"}]
    plugins = ["search", {"i18n": {"languages": tongues}}, {"impldays": {"fest": "paris-2018"}}]
    files = {"docs/a.md": PAGE, "docs/a.de.md": PAGE}
    done = built(site(tmp_path / "two", files, plugins=plugins, theme={"name": "material"}))
    assert not done.stopped
    assert list(faults_of_pages(tmp_path)) == []


def test_a_page_with_a_fault_is_refused(tmp_path: Path) -> None:
    head = '<!doctype html><html lang="en"><head><title>x</title>{}</head><body>{}</body></html>'
    broken = {
        "element": head.format("", "<h1>RustFest<Zurich></h1>"),
        "titles": head.format("<title>y</title>", "<p>x</p>"),
        "links": head.format("", '<a href="/"><a href="/x">x</a></a>'),
        "script": head.format('<script type="application/ld+json">{"a": "</script>"}</script>', ""),
        "meta": head.format('<meta property="og:title">', ""),
    }
    write(tmp_path, {f"{name}.html": page for name, page in broken.items()})
    found = {fault.split("/")[-1].split(".html")[0] for fault in faults_of_pages(tmp_path)}
    assert found == set(broken)
