"""What Zensical itself cannot do, without this package: why the manual's list of differences is so.

Where a newer Zensical fails here, it can do more, and so can this package.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.sites.building import write


def build(folder: Path, files: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Build a site of two pages, to which `files` are added."""
    pages = {"docs/index.md": "# Home\n", "docs/about.md": "# About\n"}
    write(folder, {"mkdocs.yml": "site_name: Rust\n"} | pages | dict(files))
    command = [sys.executable, "-m", "zensical", "build", "--clean"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_template_calls_no_python_code(tmp_path: Path) -> None:
    config = "site_name: Rust\nplugins: [macros]\ntheme: {name: material, custom_dir: overrides}\n"
    template = '{% extends "base.html" %}{% block announce %}{{ button() }}{% endblock %}'
    macros = "def define_env(env):\n    env.macro(lambda: 'x', 'button')\n"
    files = {"mkdocs.yml": config, "main.py": macros, "overrides/main.html": template}
    done = build(tmp_path, files)
    assert done.returncode != 0
    assert "unknown function: button is unknown" in f"{done.stdout}{done.stderr}"


def test_the_page_for_what_is_not_found_has_no_page(tmp_path: Path) -> None:
    config = "site_name: Rust\ntheme: {name: material, custom_dir: overrides}\n"
    template = '{% extends "base.html" %}{% block announce %}<{{ page.meta }}>{% endblock %}'
    done = build(tmp_path, {"mkdocs.yml": config, "overrides/main.html": template})
    assert done.returncode == 0, done.stderr
    assert "<>" in (tmp_path / "site/404.html").read_text("utf-8")
    assert "<{" in (tmp_path / "site/index.html").read_text("utf-8")


def test_a_site_has_one_language(tmp_path: Path) -> None:
    languages = "[{locale: en, name: English, default: true}, {locale: de, name: Deutsch}]"
    config = (
        "site_name: Rust\nplugins:\n  - search\n"
        f"  - i18n: {{docs_structure: suffix, languages: {languages}}}\n"
    )
    done = build(tmp_path, {"mkdocs.yml": config, "docs/about.de.md": "# Wir\n"})
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "site/de").exists()
    html = (tmp_path / "site/about.de/index.html").read_text("utf-8")
    assert '<html lang="en"' in html
    assert "hreflang" not in html


def test_titles_of_sections_are_printed_as_they_are_typed(tmp_path: Path) -> None:
    """An extension can only give a page another title."""
    config = (
        "site_name: Rust\nplugins: [macros]\nextra: {city: Lisbon}\n"
        'nav:\n  - "{{ city }}": [about.md]\n'
    )
    done = build(tmp_path, {"mkdocs.yml": config})
    assert done.returncode == 0, done.stderr
    assert "{{ city }}" in (tmp_path / "site/about/index.html").read_text("utf-8")


def test_the_front_matter_makes_no_draft_and_no_address(tmp_path: Path) -> None:
    page = "---\npublished: false\npermalink: /there/\nredirect_from: /old/\n---\n# Draft\n"
    done = build(tmp_path, {"docs/new.md": page})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site/new/index.html").is_file()
    assert not (tmp_path / "site/there").exists()
    assert not (tmp_path / "site/old").exists()
