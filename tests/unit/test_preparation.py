"""What a build by Zensical writes besides the site, and how nothing of it is left."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_impldays.project import COPY, Project, read_project
from mkdocs_impldays.zensical.preparation import prepared
from tests.sites.building import write

FEST = """\
name: RustFest
city: Lisbon
country: PT
timezone: Europe/Lisbon
venues:
  hall: {name: Hall}
speakers:
  ada: {name: Ada}
  grace: {name: Grace}
events:
  talks:
    title: Talks
    days: [2027-06-06]
    venue: hall
    agenda:
      - {at: '10:00', what: Types, speakers: [ada], about: More.}
"""
CONFIG = """\
site_name: RustFest
site_url: !ENV [URL, 'https://rustfest.eu/']
markdown_extensions:
  - mkdocs_impldays
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
"""


def project(folder: Path, config: str = CONFIG, name: str = "mkdocs.yml") -> Project:
    write(folder, {name: config, "fests/lisbon-2027.yml": FEST, "docs/index.md": "# Home\n"})
    found = read_project(folder)
    assert found is not None
    return found


def listed(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def copy_of(site: Project) -> dict[str, Any]:
    with prepared(site) as preparation:
        assert preparation.problems == []
        text = preparation.config.read_text("utf-8")
    copied: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return copied


def test_what_is_not_changed_stays_as_it_was_typed(tmp_path: Path) -> None:
    with prepared(project(tmp_path)) as preparation:
        text = preparation.config.read_text("utf-8")
    assert "!ENV [URL, 'https://rustfest.eu/']" in text
    assert "!!python/name:material.extensions.emoji.twemoji" in text


def test_the_same_of_a_zensical_toml(tmp_path: Path) -> None:
    toml = '[project]\nsite_name = "Rust"\n[project.markdown_extensions.mkdocs_impldays]\n'
    copied = copy_of(project(tmp_path, toml, "zensical.toml"))
    assert copied["site_name"] == "Rust"
    assert "mkdocs_impldays" in copied["markdown_extensions"]


def test_generated_pages_are_there_meanwhile_and_not_in_the_menu(tmp_path: Path) -> None:
    site = project(tmp_path)
    before = listed(tmp_path)
    with prepared(site):
        made = [path for path in listed(tmp_path) if path not in before]
        assert COPY in made
        assert "docs/fests/lisbon-2027.md" in made
        assert any("speakers/ada" in path for path in made)
    assert listed(tmp_path) == before
    patterns = copy_of(site)["not_in_nav"].splitlines()
    assert "/fests/lisbon-2027.md" in patterns
    assert len(patterns) == len(made) - 1


def test_drafts_are_excluded_besides_what_the_author_excludes(tmp_path: Path) -> None:
    site = project(tmp_path, f"{CONFIG}exclude_docs: |\n  /private/\n")
    write(tmp_path, {"docs/new.md": "---\npublished: false\n---\n", "docs/a.md": "published\n"})
    assert copy_of(site)["exclude_docs"].splitlines() == ["/private/", "/new.md"]


def test_the_configuration_that_it_inherits_from_counts(tmp_path: Path) -> None:
    write(tmp_path, {"base.yml": f"{CONFIG}exclude_docs: /private/\nextra: {{a: b}}\n"})
    write(tmp_path, {"docs/new.md": "---\npublished: false\n---\n"})
    site = project(tmp_path, "INHERIT: base.yml\nsite_name: Other\nextra: {c: d}\n")
    assert site.engine == "zensical"
    assert site.extension == {}
    assert site.settings["extra"] == {"a": "b", "c": "d"}
    assert site.settings["site_name"] == "Other"
    copied = copy_of(site)
    assert copied["INHERIT"] == "base.yml"
    assert copied["exclude_docs"].splitlines() == ["/private/", "/new.md"]


def test_a_configuration_that_inherits_from_none_is_read_alone(tmp_path: Path) -> None:
    write(tmp_path, {"heir.yml": "INHERIT: mkdocs.yml\n"})
    for name in ("mkdocs.yml", "heir.yml", "nothing.yml", "."):
        site = project(tmp_path, f"INHERIT: {name}\nsite_name: Rust\n")
        assert site.settings["site_name"] == "Rust"


def test_a_configuration_that_cannot_be_read_is_left_to_zensical(tmp_path: Path) -> None:
    site = project(tmp_path, "site_name: [\n")
    with prepared(site) as preparation:
        assert preparation.config == site.file


def build_and_die(site: Project, writes: int, patch: pytest.MonkeyPatch) -> int:
    """Prepare a build in another process, which dies before a write; return its exit code."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = iter(range(writes))

    def dying(do: Callable[..., Any]) -> Callable[..., Any]:
        def dies(*args: Any, **options: Any) -> Any:
            if next(left, None) is None:
                os._exit(9)
            return do(*args, **options)

        return dies

    for name in ("write_bytes", "replace", "mkdir", "unlink", "rmdir"):
        patch.setattr(Path, name, dying(getattr(Path, name)))
    with prepared(site):
        pass
    os._exit(0)


def test_a_killed_build_leaves_nothing_that_the_next_does_not_remove(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the two the fest gets another speaker and another name."""
    site = project(tmp_path)
    before = listed(tmp_path)
    file = tmp_path / "fests/lisbon-2027.yml"
    left = set()
    for writes in range(100):
        file.write_text(FEST, "utf-8")
        code = build_and_die(site, writes, monkeypatch)
        left |= {*listed(tmp_path)} - {*before}
        file.write_text(FEST.replace("[ada]", "[grace]").replace("Lisbon", "Porto"), "utf-8")
        with prepared(site) as preparation:
            assert preparation.problems == [], writes
        assert listed(tmp_path) == before, writes
        assert [*(tmp_path / "docs").iterdir()] == [tmp_path / "docs/index.md"], writes
        if code == 0:
            break
    assert writes > 10
    assert "docs/fests/lisbon-2027.md" in left


def test_a_page_that_its_author_has_changed_since_is_kept(tmp_path: Path) -> None:
    site = project(tmp_path)
    page = tmp_path / "docs/fests/lisbon-2027.md"
    with prepared(site):
        page.write_text("# Mine\n", "utf-8")
    assert page.read_text("utf-8") == "# Mine\n"
    with prepared(site):
        pass
    assert page.read_text("utf-8") == "# Mine\n"
