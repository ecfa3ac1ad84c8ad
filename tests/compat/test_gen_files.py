"""mkdocs-gen-files and `hooks:`: pages that no author has written."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_impldays.plugin.dry_run import site_problems
from tests.compat.plugins import OURS, needs
from tests.sites.building import PARIS, Built, built, site

# After a build that was stopped, gen-files leaves its folder to Python.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

ROME = PARIS.replace("RustFest Paris", "RustFest Rome")
TEXT = "---\npermalink: /made/\nfest: rome-2018\n---\n# Made\n\n{{ fest.name }}\n"
SCRIPT = f"""\
import mkdocs_gen_files
with mkdocs_gen_files.open("new.md", "w") as file:
    file.write({TEXT!r})
"""
ON_FILES = f"""\
from mkdocs.structure.files import File
def on_files(files, config):
    files.append(File.generated(config, "new.md", content={TEXT!r}))
"""
ON_SOURCE = f"""\
def on_page_read_source(page, config):
    return {TEXT!r} if page.file.src_uri == "old.md" else None
"""
LATE = """\
def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri == "old.md":
        page.meta["permalink"] = "/late/"
        page.meta["fest"] = "rome-2018"
"""


def _hooked(folder: Path, hook: str, **options: object) -> Path:
    files = {"hook.py": hook, "docs/old.md": "# Old\n", "fests/rome-2018.yml": ROME}
    return site(folder, files, hooks=["hook.py"], **options)  # type: ignore[arg-type]


def _generated(folder: Path, script: str = SCRIPT, **files: str) -> Built:
    plugins = ["search", {"gen-files": {"scripts": [str(folder / "gen.py")]}}, OURS]
    pages = {"gen.py": script, "fests/rome-2018.yml": ROME, "docs/index.md": "[made](new.md)\n"}
    site(folder, {**pages, **files}, plugins=plugins)
    return built(folder)


@needs("gen-files")
def test_a_made_page_has_the_address_and_the_fest_that_it_asks_for(tmp_path: Path) -> None:
    result = _generated(tmp_path)
    assert result.lines == ()
    assert "<p>RustFest Rome</p>" in result.page("made/index.html")
    assert 'href="made/"' in result.page()


@needs("gen-files")
def test_a_page_that_is_made_in_place_of_another_counts(tmp_path: Path) -> None:
    result = _generated(tmp_path, **{"docs/new.md": "---\npermalink: /typed/\n---\n# Typed\n"})
    assert "<p>RustFest Rome</p>" in result.page("made/index.html")
    assert not (tmp_path / "site/typed").exists()


@needs("gen-files")
def test_mistakes_are_told_at_the_line_of_the_made_page(tmp_path: Path) -> None:
    result = _generated(tmp_path, SCRIPT.replace("fest.name", "fest.nam"))
    assert result.lines[0].startswith('docs/new.md:7: "fest.nam"')


@needs("gen-files")
def test_a_dead_link_of_a_made_page_is_a_warning(tmp_path: Path) -> None:
    _generated(tmp_path, SCRIPT.replace("{{ fest.name }}", "[x](nowhere.md)"))
    told = [each for each in site_problems(tmp_path / "mkdocs.yml") if "nowhere" in each.message]
    assert [(each.path, each.line) for each in told] == [("docs/new.md", 7)]


def test_a_page_of_a_hook_has_the_address_and_the_fest_that_it_asks_for(tmp_path: Path) -> None:
    result = built(_hooked(tmp_path, ON_FILES))
    assert result.lines == ()
    assert "<p>RustFest Rome</p>" in result.page("made/index.html")


def test_a_text_that_a_hook_gives_to_a_page_chooses_its_fest_and_is_warned_of(
    tmp_path: Path,
) -> None:
    result = built(_hooked(tmp_path, ON_SOURCE))
    assert "<p>RustFest Rome</p>" in result.page("old/index.html")
    (line,) = result.lines
    assert line.startswith('docs/old.md: permalink: the page is written to "old/index.html"')


@pytest.mark.parametrize("key", ["permalink", "fest"])
def test_what_comes_too_late_is_a_warning(tmp_path: Path, key: str) -> None:
    lines = built(_hooked(tmp_path, LATE)).lines
    assert len(lines) == 2
    assert [line for line in lines if line.startswith(f"docs/old.md: {key}: ")] != [], lines


def test_an_address_that_a_hook_writes_over_is_a_warning(tmp_path: Path) -> None:
    hook = """\
import mkdocs.plugins
@mkdocs.plugins.event_priority(-200)
def on_files(files, config):
    file = files.get_file_from_path("old.md")
    file.dest_uri = "hooked/index.html"
    for name in ("url", "abs_dest_path"):
        file.__dict__.pop(name, None)
"""
    folder = _hooked(tmp_path, hook)
    (folder / "docs/old.md").write_text("---\ntitle: Old\npermalink: /mine/\n---\n# Old\n")
    (line,) = built(folder).lines
    assert line.startswith('docs/old.md:3: permalink: the page is written to "hooked/index.html"')
