"""Lighthouse judges the home pages of this site and of new ones, as a phone gets them."""

from __future__ import annotations

import gzip
import json
import mimetypes
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests import engine
from tests.browser.conftest import FLAGS
from tests.judges.programs import need, need_npm, run
from tests.judges.samples import ROOT
from tests.sites.test_kinds import CASES

Report = dict[str, dict[str, dict[str, float]]]
"""The parts that are read: `categories` and `audits`, each by its name."""

JUDGED = ("accessibility", "best-practices", "seo")
"""What has to reach 100 points. Performance, a time that depends on the machine, is shown."""


class _Host(BaseHTTPRequestHandler):
    """Sends files as a host of static sites does: compressed, to be kept, on one connection."""

    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, *args: object) -> None:
        self.folder = folder
        super().__init__(*args)  # type: ignore[arg-type] # socketserver's own three

    def do_GET(self) -> None:
        file = self.folder / self.path.partition("?")[0].lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        body = gzip.compress(file.read_bytes() if file.is_file() else b"")
        kind = mimetypes.guess_type(file.name)[0] or "text/plain"
        self.send_response(200 if file.is_file() else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name upstream
        """Keep quiet."""


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Serve a folder; return its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, folder)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the site for the address that it is then served at."""
    folder = tmp_path_factory.mktemp("site")
    with hosted(folder) as address:
        done = subprocess.run(
            [*engine.COMMAND, "build", "--strict", "-d", str(folder)],
            cwd=ROOT,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": address},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        yield address


def test_lighthouse_finds_nothing_to_better(
    address: str,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setenv("CHROME_PATH", need("chromium"))
    _judge(address, "the home page", record_property)


@pytest.mark.parametrize("name", CASES)
def test_lighthouse_finds_nothing_to_better_on_the_home_page_of_a_new_site(
    new_site: Callable[[str], Path],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setenv("CHROME_PATH", need("chromium"))
    with hosted(new_site(name)) as address:
        _judge(address, name, record_property)


def _judge(address: str, name: str, record_property: Callable[[str, object], None]) -> None:
    report = _report(address)
    points = _points(report)
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
    record_property("figure", f"Lighthouse, {name}: {points}, layout shift {shift}")
    assert {name: points[name] for name in JUDGED} == dict.fromkeys(JUDGED, 100), _lost(report)
    assert shift == 0


def _report(address: str) -> Report:
    program = need_npm("lighthouse") / "cli/index.js"
    done = run(
        need("node"),
        program,
        address,
        "--quiet",
        "--output=json",
        "--no-enable-error-reporting",
        f"--only-categories={','.join(['performance', *JUDGED])}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
    )
    assert done.returncode == 0, done.stderr
    report: Report = json.loads(done.stdout)
    return report


def _points(report: Report) -> dict[str, int]:
    return {name: round(100 * found["score"]) for name, found in report["categories"].items()}


def _lost(report: Report) -> list[str]:
    """Return the audits that cost points."""
    return [name for name, audit in report["audits"].items() if audit["score"] not in (None, 1)]
