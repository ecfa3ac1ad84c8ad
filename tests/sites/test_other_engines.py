"""A site as `impldays new` begins it, built by another engine with the change the manual names."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import html5lib
import pytest
import yaml

from mkdocs_impldays.scaffold import Beginning, fest_file, site_files
from tests.fests import ROOT
from tests.sites.building import built, write
from tests.sites.test_bridge import run
from tests.sites.test_manual import examples

SITE = "https://impldays.test/lisbon/"
LISBON = Beginning(
    "lisbon-2027",
    "RustFest Lisbon",
    "Lisbon",
    "PT",
    "Europe/Lisbon",
    days=(date(2027, 6, 7), date(2027, 6, 8)),
    venue="Town Hall",
    rsvp="https://rustfest.eu/lisbon/",
)
FILES = site_files(LISBON) | {
    "fests/lisbon-2027.yml": fest_file(LISBON),
    "docs/fests/lisbon-2027.md": "# Lisbon\n",  # which the plugin would add by itself
}


def change() -> dict[str, object]:
    """Return the lines that the manual's chapter has for them."""
    chapter = ROOT / "docs/organisers/how-to/engines.md"
    (text,) = [each.text for each in examples(chapter) if each.title == "mkdocs.yml"]
    lines: dict[str, object] = yaml.safe_load(text)
    return {key: lines[key] for key in ("plugins", "extra", "extra_css", "extra_javascript")}


def new_site(folder: Path, *, lines: dict[str, object]) -> Path:
    """Write the new site, with these lines in place of its own."""
    settings = yaml.safe_load(FILES["mkdocs.yml"]) | {"site_url": SITE} | lines
    write(folder, FILES | {"mkdocs.yml": yaml.safe_dump(settings)})
    return folder


def read(folder: Path) -> dict[str, list[str]]:
    """Return what is read on each page of a built site: its words, then where its links lead."""
    found = {}
    for page in sorted((folder / "site").rglob("*.html")):
        tree = html5lib.parse(page.read_text("utf-8"), namespaceHTMLElements=False)
        article = next(tree.iter("article"), None)
        address = urljoin(SITE, page.relative_to(folder / "site").as_posix())
        if article is not None:
            links = [href for link in article.iter("a") if (href := link.get("href"))]
            words = " ".join(article.itertext()).split()
            found[address] = [*words, *(urljoin(address, link) for link in links)]
    return found


@pytest.fixture
def by_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    monkeypatch.setenv("IMPLDAYS_NOW", "2027-05-01T12:00")
    folder = new_site(tmp_path / "own", lines={})
    assert not built(folder).stopped
    return read(folder)


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_every_page_reads_the_same(
    engine: str, by_plugin: dict[str, list[str]], tmp_path: Path
) -> None:
    folder = new_site(tmp_path / "other", lines=change())
    done = run(engine, folder, now="2027-05-01T12:00")
    assert done.returncode == 0, done.stderr
    found = read(folder)
    home = found[f"{SITE}index.html"]
    assert home.pop(0) == "Home"  # the title, which the drawn home page does not show
    assert found == by_plugin


def test_the_canary_is_content_with_what_the_change_gives(tmp_path: Path) -> None:
    folder = new_site(tmp_path, lines=change())
    assert run("zensical", folder).returncode == 0
    impldays(folder, "files", "site", "--site-url", SITE)
    assert impldays(folder, "check", "site") == "The built pages: nothing is wrong.\n"


def test_the_canary_finds_what_nothing_has_rendered(tmp_path: Path) -> None:
    folder = new_site(tmp_path, lines={})
    assert run("zensical", folder).returncode == 0  # passes over our plugin without a word
    told = impldays(folder, "check", "site", fails=True)
    assert "schedule/index.html:" in told
    assert '"{{ schedule() }}" was left as it is.' in told


def impldays(folder: Path, *arguments: str, fails: bool = False) -> str:
    """Run our own command where MkDocs cannot be imported; give what it says."""
    program = "import sys; sys.modules['mkdocs'] = None; import mkdocs_impldays.cli as c; c.main()"
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == fails, done.stderr
    return done.stdout + done.stderr
