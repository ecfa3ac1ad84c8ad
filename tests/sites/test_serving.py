"""While `mkdocs serve` runs, a change of the fest file is on screen soon, and mistakes are too."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import engine
from tests.serving import served
from tests.sites.building import PARIS, site, write


@contextmanager
def served_by_mkdocs(folder: Path) -> Iterator[Callable[[str, str], str]]:
    """Serve a site by `mkdocs serve`; give what waits until a page holds a text."""
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    with served(folder, [*engine.COMMAND, "serve"], env=env) as wait:
        yield wait


def test_a_change_shows_and_a_mistake_shows_and_mending_brings_the_page_back(
    tmp_path: Path,
) -> None:
    page = "# About\n\nAt {{ site.location.impl_days }}.\n"
    fest_file = site(tmp_path, {"docs/about.md": page}) / "fests/paris-2018.yml"
    with served_by_mkdocs(tmp_path) as wait:
        wait("about/", "At Mozilla Paris.")
        fest_file.write_text(PARIS.replace("name: Mozilla Paris", "name: La Gaîté"), "utf-8")
        wait("about/", "At La Gaîté.")
        fest_file.write_text(PARIS.replace("Europe/Paris", "Europe/Pariss"), "utf-8")
        assert 'role="alert"' in wait("about/", "fests/paris-2018.yml:6: ")
        fest_file.write_text(PARIS, "utf-8")
        assert 'role="alert"' not in wait("about/", "At Mozilla Paris.")
        write(tmp_path, {"docs/about.md": "{{ nope }}\n"})
        wait("about/", "docs/about.md:1: ")


def test_a_fest_file_that_is_broken_from_the_beginning_shows_too(tmp_path: Path) -> None:
    site(tmp_path, {"docs/index.md": "In {{ fest.city }}.\n"}, fest="name: [\n")
    with served_by_mkdocs(tmp_path) as wait:
        wait("", "fests/paris-2018.yml:")
        write(tmp_path, {"fests/paris-2018.yml": PARIS})
        assert 'role="alert"' not in wait("", "In Paris.")


def test_a_new_fest_file_shows_while_it_runs(tmp_path: Path) -> None:
    plugins = ["search", {"impldays": {"fests": "fests/", "now": "2018-05-01T12:00"}}]
    site(tmp_path, {"docs/fests.md": "{{ fests_list() }}\n"}, plugins=plugins)
    with served_by_mkdocs(tmp_path) as wait:
        assert "Lyon" not in wait("fests/", "Paris")
        lyon = PARIS.replace("RustFest Paris", "RustFest Lyon").replace("city: Paris", "city: Lyon")
        write(tmp_path, {"fests/lyon-2018.yml": lyon.replace("2018-05", "2018-09")})
        wait("fests/", '<a href="lyon-2018/">Lyon</a>')
        wait("fests/lyon-2018/", "This is a page of RustFest Lyon")


def test_a_draft_shows_while_it_is_written(tmp_path: Path) -> None:
    site(tmp_path, {"docs/draft.md": "In {{ fest.city }}.\n"}, draft_docs="draft.md")
    with served_by_mkdocs(tmp_path) as wait:
        assert "In Paris." in wait("draft/", "In ")
