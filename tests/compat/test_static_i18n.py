"""mkdocs-static-i18n: a site in several languages; `tests/sites/test_languages.py` has more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner

from mkdocs_impldays.cli import main
from tests.compat.plugins import OURS, needs
from tests.sites.building import PARIS, Built, built, site

pytestmark = needs("i18n")

LANGUAGES = [
    {"locale": "en", "name": "English", "default": True},
    {"locale": "fr", "name": "Français"},
]


def _i18n(structure: str) -> dict[str, object]:
    return {"i18n": {"docs_structure": structure, "languages": LANGUAGES}}


def _built(
    folder: Path,
    structure: Literal["folder", "suffix"],
    page: str,
    *others: object,
    fest: str = PARIS,
) -> Built:
    pages = {
        "folder": {"docs/en/index.md": page, "docs/fr/index.md": page},
        "suffix": {"docs/index.en.md": page, "docs/index.fr.md": page},
    }
    plugins = ["search", OURS, *others, _i18n(structure)]
    site(folder, pages[structure], fest=fest, plugins=plugins)
    (folder / "docs/index.md").unlink()
    return built(folder, strict=not others)


@pytest.mark.parametrize("structure", ["folder", "suffix"])
@pytest.mark.parametrize("link", ["calendar/paris-2018.ics", "/calendar/paris-2018.ics"])
def test_a_link_to_a_calendar_leads_to_that_of_the_language(
    tmp_path: Path, structure: Literal["folder", "suffix"], link: str
) -> None:
    result = _built(tmp_path, structure, f"# Home\n\n[calendar]({link})\n")
    assert (result.lines, result.stopped) == ((), False)
    assert '<a href="calendar/paris-2018.ics">' in result.page("fr/index.html")
    assert '<a href="calendar/paris-2018.ics">' in result.page("index.html")
    assert "BEGIN:VCALENDAR" in result.page("fr/calendar/paris-2018.ics")


@pytest.mark.parametrize("structure", ["folder", "suffix"])
def test_a_feed_of_the_languages_is_built_too(
    tmp_path: Path, structure: Literal["folder", "suffix"]
) -> None:
    result = _built(tmp_path, structure, "# Home\n\n{{ schedule() }}\n", {"rss": {}})
    # The plugin warns of its own option when the second language is built.
    assert [line for line in result.lines if "date_from_meta.default_time" not in line] == []
    assert "RustFest Paris" in result.page("feed_rss_created.xml")


def test_a_new_site_works_in_several_languages(tmp_path: Path) -> None:
    command = ["new", "lyon-2030", "--city", "Lyon", "--country", "France", "--yes"]
    command += ["--timezone", "Europe/Paris", "--folder", str(tmp_path)]
    assert CliRunner().invoke(main, command).exit_code == 0
    config = tmp_path / "mkdocs.yml"
    i18n = json.dumps(_i18n("suffix"))
    text = config.read_text("utf-8").replace("  - search\n", f"  - search\n  - {i18n}\n")
    config.write_text(text, "utf-8")
    result = built(tmp_path)
    assert not result.stopped
    assert [line for line in result.lines if not line.startswith(("docs/", "fests/"))] == []
    assert "Lyon" in result.page("fr/index.html")


@pytest.mark.parametrize("structure", ["folder", "suffix"])
def test_the_calendar_of_a_session_is_that_of_the_language(
    tmp_path: Path, structure: Literal["folder", "suffix"]
) -> None:
    fest = """name: RustFest
city: Paris
country: FR
timezone: Europe/Paris
speakers: {ada: {name: Ada}}
events:
  talks:
    title: {en: Talks, fr: Conférences}
    days: [2090-06-05]
    agenda: [{at: "10:00", for: 45 min, what: Erreurs, id: errors, speakers: ada}]
"""
    page = "# Home\n\n{{ schedule() }}\n"
    result = _built(tmp_path, structure, page, fest=fest)
    for root, url in (("", ""), ("fr/", "fr/")):
        calendar = f"{root}fests/paris-2018/sessions/errors.ics"
        home = result.page(f"{root}index.html")
        assert 'href="fests/paris-2018/programme.ics"' in home
        assert f'href="webcal://impldays.test/{url}fests/paris-2018/programme.ics"' in home
        session = result.page(f"{root}fests/paris-2018/sessions/errors/index.html")
        assert 'href="../errors.ics"' in session
        address = f"URL:https://impldays.test/{url}fests/paris-2018/sessions/errors/"
        assert address in result.page(calendar).replace("\n ", "")
        whole = result.page(f"{root}fests/paris-2018/index.html")
        part = f'"@id": "https://impldays.test/{url}fests/paris-2018/sessions/errors/#session"'
        assert part in whole
    assert "Conférences" in result.page("fr/fests/paris-2018/programme.ics")
