"""What an organiser meets who builds a site with Zensical."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from mkdocs_impldays.scaffold import fest_file, site_files
from tests.engines.comparing import SERVE, run
from tests.engines.test_same_site import LISBON
from tests.fests import ROOT
from tests.serving import served
from tests.sites.building import write

BEFORE = "2027-05-01T12:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a new site for Zensical."""
    write(
        tmp_path,
        site_files(LISBON, "zensical") | {"fests/lisbon-2027.yml": fest_file(LISBON)},
    )
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def page(folder: Path, name: str) -> str:
    return (folder / "site" / name / "index.html").read_text("utf-8")


def plain(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Build with Zensical's own command."""
    command = [sys.executable, "-m", "zensical", "build", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_whole_list_of_problems_ends_the_build_with_1(folder: Path) -> None:
    for name in ("about", "location"):
        with (folder / f"docs/{name}.md").open("a") as file:
            file.write("\n{{ fest.ctiy }}\n")
    change(folder / "docs/schedule.md", "#", "See [it](/nowhere/).\n\n#")
    done = run("zensical", folder, BEFORE)
    assert done.returncode == 1
    for path in ("docs/about.md:", "docs/location.md:"):
        assert path in done.stderr
    assert 'Did you mean "fest.city"?' in done.stderr
    assert "dead-link" in done.stderr
    assert 'role="alert"' in page(folder, "about")
    assert 'role="alert"' not in page(folder, "schedule")


def test_a_warning_of_zensical_does_not_hide_the_list(folder: Path) -> None:
    for name, text in (("about", "[x](nowhere.md)"), ("location", "{{ fest.ctiy }}")):
        with (folder / f"docs/{name}.md").open("a") as file:
            file.write(f"\n{text}\n")
    command = [sys.executable, "-m", "mkdocs_impldays.cli", "build", "--strict"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Zensical warns of what is above" in done.stderr
    assert 'Did you mean "fest.city"?' in done.stderr
    change(folder / "docs/location.md", "{{ fest.ctiy }}", "")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "[dead-link]" in done.stderr


def test_a_mistake_in_the_fest_file_ends_it_too(folder: Path) -> None:
    change(folder / "fests/lisbon-2027.yml", "timezone:", "timezoen:")
    with (folder / "docs/about.md").open("a") as file:
        file.write('\n<a href="#own">x</a>\n\n## {{ fest.city }} {: #own }\n')
    done = run("zensical", folder, BEFORE)
    assert "dead-anchor" not in done.stderr  # pages are not rendered
    assert done.returncode == 1
    assert 'Did you mean "timezone"?' in done.stderr
    assert "left-braces" not in done.stderr
    assert 'role="alert"' in page(folder, "about")


def test_without_the_extension_nothing_is_called_right(folder: Path) -> None:
    config = folder / "mkdocs.yml"
    lines = config.read_text("utf-8").splitlines(keepends=True)
    config.write_text(
        "".join(each for each in lines if "mkdocs_impldays" not in each and "fests/ " not in each)
    )
    done = run("zensical", folder, BEFORE)
    assert done.returncode == 1
    assert "markdown_extensions" in done.stderr


def test_zensicals_own_command_has_no_stale_page_and_all_files(folder: Path) -> None:
    assert plain(folder).returncode == 0
    change(folder / "fests/lisbon-2027.yml", "Town Hall", "Old Library")
    done = plain(folder)
    assert done.returncode == 0, done.stderr
    assert "Old Library" in page(folder, "location")
    assert "Town Hall" not in page(folder, "location")
    assert (folder / "site/calendar/fests.ics").is_file()
    assert (folder / "site/assets/impldays/impldays.js").is_file()
    again = plain(folder, "--clean")
    assert again.returncode == 0, again.stderr
    assert (folder / "site/assets/impldays/impldays.js").is_file()


def test_addresses_of_the_front_matter_lead_to_the_page(folder: Path) -> None:
    write(
        folder,
        {
            "docs/moved.md": "---\npermalink: /there/\nredirect_from: /old/\n---\n# Moved\n",
            "docs/away.md": "---\nredirect_to: /about/\n---\n",
        },
    )
    done = run("zensical", folder, BEFORE)
    assert done.returncode == 0, done.stderr
    for old in ("there", "old"):
        assert 'url=../moved/"' in page(folder, old)
    assert 'url=../about/"' in page(folder, "away")


def test_pages_of_fests_sessions_and_speakers_are_in_the_site_alone(folder: Path) -> None:
    change(
        folder / "fests/lisbon-2027.yml",
        "events:\n",
        "speakers:\n  ada: {name: Ada}\nevents:\n"
        "  talks:\n    title: Talks\n    days: [2027-06-06]\n    venue: town-hall\n"
        "    agenda:\n      - {at: '10:00', what: Types, speakers: [ada], about: More.}\n",
    )
    before = sorted((folder / "docs").rglob("*"))
    done = run("zensical", folder, BEFORE)
    assert done.returncode == 0, done.stderr
    assert "dead-link" not in done.stderr
    assert "impldays-rsvp" in page(folder, "fests/lisbon-2027")
    assert "Types" in page(folder, "fests/lisbon-2027/speakers/ada")
    assert "Ada" in page(folder, "schedule")
    assert sorted((folder / "docs").rglob("*")) == before


def test_a_site_without_our_templates_is_reported(folder: Path) -> None:
    write(folder, {"overrides/main.html": '{% extends "base.html" %}\n'})
    done = run("zensical", folder, BEFORE)
    assert done.returncode == 0, done.stderr
    assert "overrides/main.html: warning: does not extend impldays.html" in done.stderr
    write(folder, {"overrides/main.html": '{% extends "impldays.html" %}\n'})
    assert "impldays.html" not in run("zensical", folder, BEFORE).stderr
    assert "data-impldays" in page(folder, "about")
    (folder / "overrides/mkdocs_theme.yml").unlink()
    (folder / "overrides/main.html").unlink()
    assert "extends: mkdocs_impldays" in run("zensical", folder, BEFORE).stderr


def test_a_key_among_the_pages_is_an_error(folder: Path) -> None:
    write(folder, {"docs/.env": "x\n"})  # which Zensical does not publish
    assert run("zensical", folder, BEFORE).returncode == 0
    write(folder, {"docs/id_ed25519": "x\n"})
    done = run("zensical", folder, BEFORE)
    assert done.returncode == 1
    assert "docs/id_ed25519: error: looks like a key or password" in done.stderr


def test_a_site_in_several_languages_is_reported(folder: Path) -> None:
    change(folder / "mkdocs.yml", "  - search\n", "  - search\n  - i18n: {languages: []}\n")
    done = run("zensical", folder, BEFORE)
    assert "mkdocs.yml: warning: plugins: i18n: Zensical" in done.stderr


def test_a_second_language_is_a_site_of_its_own(folder: Path) -> None:
    """As on the manual's page of languages."""
    text = (ROOT / "docs/organisers/how-to/languages.md").read_text("utf-8")
    config = re.search(r'```yaml title="pt/mkdocs.yml"\n(.*?)```', text, re.DOTALL)
    assert config is not None
    page_text = "# {{ fest.name }}\n\n{{ rsvp_button() }}\n"
    write(folder, {"pt/mkdocs.yml": config[1], "pt/docs/index.md": page_text})
    fest = folder / "fests/lisbon-2027.yml"
    change(fest, "name: RustFest Lisbon", "name: {en: RustFest Lisbon, pt: RustFest de Lisboa}")
    calendars = []
    for each in (folder, folder / "pt"):
        done = run("zensical", each, BEFORE)
        assert done.returncode == 0, done.stderr
        calendars.append((each / "site/calendar/lisbon-2027.ics").read_text("utf-8"))
    html = page(folder / "pt", "")
    assert '<html lang="pt"' in html
    assert "RustFest de Lisboa</h1>" in html or "RustFest de Lisboa<a" in html
    assert '<link rel="alternate" href="/" hreflang="en">' in html
    one, other = (sorted(re.findall(r"^UID:.*", each, re.MULTILINE)) for each in calendars)
    assert one == other != []


def test_switched_off_it_leaves_pages_as_they_are(folder: Path) -> None:
    change(
        folder / "mkdocs.yml",
        "  - mkdocs_impldays:\n",
        "  - mkdocs_impldays:\n      enabled: false\n",
    )
    done = run("zensical", folder, BEFORE)
    assert done.returncode == 0, done.stderr
    assert "{{ rsvp_button() }}" in page(folder, "about")
    assert not (folder / "site/fests/lisbon-2027").exists()
    assert not (folder / "site/calendar").exists()


def test_templates_of_the_site_have_the_texts_of_facts(folder: Path) -> None:
    template = (
        '{% extends "impldays.html" %}\n{% block announce %}{% if fest %}\n'
        "{{ fest.city }} & {{ fest.name }}, {{ fest.ctiy }}\n"
        "{% for each in fests %}{{ each.name }}{% endfor %}\n{% endif %}{% endblock %}\n"
    )
    write(folder, {"overrides/main.html": template})
    change(folder / "fests/lisbon-2027.yml", "name: RustFest Lisbon", "name: Q & A")
    done = run("zensical", folder, BEFORE)
    assert 'overrides/main.html:3: error: "fest.ctiy" is not known.' in done.stderr
    assert re.search(r"Lisbon & Q &amp; A, *\n\s*Q &amp; A\n", page(folder, "about"))


def test_the_page_for_what_is_not_found_has_the_colours_of_the_fest(folder: Path) -> None:
    assert run("zensical", folder, BEFORE).returncode == 0
    assert "assets/impldays/impldays-site.css" in (folder / "site/404.html").read_text("utf-8")
    assert not [*(folder / "site").glob("__*")]


def test_the_search_finds_only_what_is_shown(folder: Path) -> None:
    assert run("zensical", folder, BEFORE).returncode == 0
    assert "took place on" in page(folder, "about")
    found = json.loads((folder / "site/search.json").read_text("utf-8"))["items"]
    texts = " ".join(item["text"] for item in found if item["location"].startswith("about/"))
    assert "A laptop with its charger" in texts
    assert "took place on" not in texts


def test_pages_that_cannot_be_written_are_reported(folder: Path) -> None:
    write(folder, {"docs/fests": "A file, where a folder has to be.\n"})
    (folder / "docs/fests.md").unlink()
    done = run("zensical", folder, BEFORE)
    assert done.returncode == 1
    assert "docs/fests/lisbon-2027.md: error: cannot be written" in done.stderr


def test_a_title_from_a_heading_is_text(folder: Path) -> None:
    with (folder / "fests/lisbon-2027.yml").open("a", encoding="utf-8") as file:
        file.write("\nsite:\n  ends: A</title><i>B</i> & C\n")
    heading = "# {{ site.ends }}\n\n{{ now_and_next() }}\n"
    screen = f"---\ntemplate: now.html\n---\n{heading}"
    write(folder, {"docs/title.md": heading, "docs/screen.md": screen})
    run("zensical", folder, BEFORE)
    for name in ("title", "screen"):
        head = page(folder, name).partition("</head>")[0]
        assert unescape(head.partition("<title>")[2]).startswith("A</title><i>B</i> & C ")
        assert head.count("</title>") == 1


def test_a_draft_is_not_published(folder: Path) -> None:
    draft = "---\npublished: false\n---\n# Draft\n\n{{ fest.ctiy }}\n"
    write(folder, {"docs/dr[a]ft!.md": draft, "docs/no.md": "# Excluded\n\n{{ fest.ctiy }}\n"})
    with (folder / "mkdocs.yml").open("a") as file:
        file.write("exclude_docs: |\n  no.md\n")
    done = run("zensical", folder, BEFORE)
    assert done.returncode == 0, done.stderr
    assert not (folder / "site/dr[a]ft!").exists()
    assert not (folder / "site/no").exists()
    done = plain(folder)
    assert "docs/dr[a]ft!.md:2: published: " in f"{done.stdout}{done.stderr}"


def test_titles_of_sections_and_links_have_their_variables(folder: Path) -> None:
    text = (folder / "mkdocs.yml").read_text("utf-8")
    menu = (
        'nav:\n  - index.md\n  - "In {{ fest.city }} & near":\n    - "{{ rsvp.ulr }}": about.md\n'
        '    - "{{ fest.name }}": https://rustfest.eu/\n    - "{{ fest.ctiy }}": [location.md]\n'
    )
    before = text.partition("nav:")[0]
    after = text.partition("\n\nmarkdown_extensions:")[2]
    write(folder, {"mkdocs.yml": f"{before}{menu}\nmarkdown_extensions:{after}"})
    done = run("zensical", folder, BEFORE)
    line = before.count("\n") + 6
    assert f'mkdocs.yml:{line}: error: "fest.ctiy" is not known' in done.stderr
    assert f'mkdocs.yml:{line - 2}: error: "rsvp.ulr" is not known' in done.stderr
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("ctiy", "city").replace("ulr", "url"))
    assert run("zensical", folder, BEFORE).returncode == 0
    for name in ("location/index.html", "404.html"):
        html = (folder / "site" / name).read_text("utf-8")
        for title in ("In Lisbon &amp; near", "https://rustfest.eu/lisbon/", "RustFest Lisbon"):
            assert re.search(rf">\s*{title}\s*<", html), title


def test_the_page_for_what_is_not_found_names_the_organiser(folder: Path) -> None:
    with (folder / "mkdocs.yml").open("a") as file:
        file.write("site_url: https://rustfest.eu/2027/\n")
    change(
        folder / "fests/lisbon-2027.yml",
        "events:\n",
        "organizer: {name: Rust Lisbon}\npages: {imprint: /about/}\nevents:\n",
    )
    assert run("zensical", folder, BEFORE).returncode == 0
    html = (folder / "site/404.html").read_text("utf-8")
    assert html.count("Rust Lisbon") == 1
    assert 'href="/2027/about/"' in html.partition("impldays-footer")[2]


def test_the_link_to_the_content_of_the_home_page_leads_to_its_title(folder: Path) -> None:
    assert run("zensical", folder, BEFORE).returncode == 0
    for html in (page(folder, ""), page(folder, "about")):
        assert html.count('href="#__skip"') == html.count('id="__skip"') == 1
    home = page(folder, "")
    assert home.index('id="__skip"') < home.index('id="impldays-title"')


def test_a_site_needs_no_mkdocs(folder: Path) -> None:
    """A module that is `None` cannot be imported."""
    program = (
        "import sys\n"
        "for name in ('mkdocs', 'material', 'properdocs'): sys.modules[name] = None\n"
        "from mkdocs_impldays.cli import main\n"
        "main()"
    )
    for command in (["build"], ["check", "--at", "2027-01-01"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *command],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert 'data-now="2027-01-01T00:00:00+00:00"' in page(folder, "about")


def test_serve_lives_through_mistakes_and_has_the_time_bar(folder: Path) -> None:
    assert run("zensical", folder, BEFORE).returncode == 0  # pages without the bar, in the cache
    with served(folder, SERVE) as wait:
        assert "timebar.js" in wait("about/", 'class="impldays-timebar"')
        wait("assets/impldays/timebar.js", "impldays")
        change(folder / "docs/about.md", "#", "{{ fest.ctiy }} {% today %}\n\n#")
        assert "endtoday" in wait("about/", 'role="alert"')
        change(folder / "docs/about.md", "{{ fest.ctiy }} {% today %}", "Better.")
        wait("about/", "Better.")
        change(folder / "fests/lisbon-2027.yml", "timezone:", "timezoen:")
        wait("about/", "timezoen")
        change(folder / "fests/lisbon-2027.yml", "timezoen:", "timezone:")
        change(folder / "fests/lisbon-2027.yml", "Town Hall", "Old Library")
        wait("location/", "Old Library")
