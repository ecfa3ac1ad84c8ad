"""While `mkdocs serve` runs, a change of the fest file is on screen soon, and mistakes are too."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests import engine
from tests.sites.building import PARIS, site, write

PATIENCE = 30
"""Seconds after which the server is taken for dead."""


class Server:
    """`mkdocs serve` for one site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        command = [*engine.COMMAND, "serve", "-a", self.address]
        env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        self.log = (folder / "log").open("wb")
        self.process = subprocess.Popen(command, cwd=folder, env=env, stderr=self.log)

    def page_with(self, text: str, address: str = "") -> str:
        """Wait until a page holds a text, and give it."""
        until = time.monotonic() + PATIENCE
        page = ""
        while time.monotonic() < until:
            assert self.process.poll() is None, (self.folder / "log").read_text()
            try:
                with urlopen(f"http://{self.address}/{address}", timeout=5) as answer:
                    page = answer.read().decode()
            except OSError:
                page = ""
            if text in page:
                return page
            time.sleep(0.1)
        raise AssertionError(page or (self.folder / "log").read_text())

    def write(self, name: str, text: str) -> None:
        """Change a file of the site."""
        (self.folder / name).write_text(text, "utf-8")

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.log.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Serve a site with one page that names the venue."""
    page = "# About\n\nAt {{ site.location.impl_days }}.\n"
    serving = Server(site(tmp_path, {"docs/about.md": page}))
    yield serving
    serving.stop()


def test_a_change_shows_and_a_mistake_shows_and_mending_brings_the_page_back(
    server: Server,
) -> None:
    server.page_with("At Mozilla Paris.", "about/")
    server.write("fests/paris-2018.yml", PARIS.replace("name: Mozilla Paris", "name: La Gaîté"))
    server.page_with("At La Gaîté.", "about/")
    server.write("fests/paris-2018.yml", PARIS.replace("Europe/Paris", "Europe/Pariss"))
    assert 'role="alert"' in server.page_with("fests/paris-2018.yml:6: ", "about/")
    server.write("fests/paris-2018.yml", PARIS)
    page = server.page_with("At Mozilla Paris.", "about/")
    assert 'role="alert"' not in page
    server.write("docs/about.md", "{{ nope }}\n")
    server.page_with("docs/about.md:1: ", "about/")


def test_a_fest_file_that_is_broken_from_the_beginning_shows_too(tmp_path: Path) -> None:
    server = Server(site(tmp_path, {"docs/index.md": "In {{ fest.city }}.\n"}, fest="name: [\n"))
    try:
        server.page_with("fests/paris-2018.yml:")
        server.write("fests/paris-2018.yml", PARIS)
        assert 'role="alert"' not in server.page_with("In Paris.")
    finally:
        server.stop()


def test_a_new_fest_file_shows_while_it_runs(tmp_path: Path) -> None:
    plugins = ["search", {"impldays": {"fests": "fests/", "now": "2018-05-01T12:00"}}]
    server = Server(site(tmp_path, {"docs/fests.md": "{{ fests_list() }}\n"}, plugins=plugins))
    try:
        assert "Lyon" not in server.page_with("Paris", "fests/")
        lyon = PARIS.replace("RustFest Paris", "RustFest Lyon").replace("city: Paris", "city: Lyon")
        write(tmp_path, {"fests/lyon-2018.yml": lyon.replace("2018-05", "2018-09")})
        server.page_with('<a href="lyon-2018/">Lyon</a>', "fests/")
        server.page_with("This is a page of RustFest Lyon", "fests/lyon-2018/")
    finally:
        server.stop()


def test_a_draft_shows_while_it_is_written(tmp_path: Path) -> None:
    server = Server(
        site(tmp_path, {"docs/draft.md": "In {{ fest.city }}.\n"}, draft_docs="draft.md")
    )
    try:
        assert "In Paris." in server.page_with("In ", "draft/")
    finally:
        server.stop()
