"""A browser, and a small server for the pages of one test."""

from __future__ import annotations

import mimetypes
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.fests import ROOT
from tests.judges.conftest import icalcheck  # noqa: F401 - a fixture
from tests.sites.building import built
from tests.sites.building import site as written

ASSETS = [ROOT / "mkdocs_impldays/theme", ROOT / "mkdocs_impldays/preview"]
SLOW = "<!-- The network is slow here. -->"
SCREEN = "---\ntitle: Now\ntemplate: now.html\n---\n\n{{ notice() }}\n\n{{ now_and_next() }}\n"
"""The page for the screen in the hall."""
FORBIDDEN = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
"""What makes storage fail, as in a private window."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """Open the browser of a visitor in the venue's own time zone."""
    with browser.new_context(timezone_id="Europe/Paris") as context:
        yield context


def open_at(visitor: BrowserContext, address: str, moment: datetime) -> Page:
    """Open a page at a moment; its clock stays there until the test moves it."""
    page = visitor.new_page()
    # A clock that runs while the test waits for the page is late by as much as the machine is slow.
    page.clock.install(time=moment - timedelta(minutes=1))
    page.clock.pause_at(moment)
    page.goto(address)
    return page


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, site: Site, *args: object) -> None:
        self.site = site
        super().__init__(*args)  # type: ignore[arg-type] # socketserver's own three

    def do_GET(self) -> None:
        """Answer with a page of the test, or one of the files that the package ships."""
        path = self.path.partition("?")[0]
        body = self.site.pages.get(path, b"") or _asset(path)
        self.send_response(200 if body or path == "/favicon.ico" else 404)
        kind = mimetypes.guess_type(path)[0] or "text/html"
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", self.site.policy)
        self.end_headers()
        first, pause, rest = body.partition(SLOW.encode())
        self.wfile.write(first)
        if pause:
            time.sleep(0.5)
            self.wfile.write(rest)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name upstream
        """Keep quiet."""


def _asset(path: str) -> bytes:
    files = (folder / path.removeprefix("/") for folder in ASSETS if path.startswith("/assets/"))
    return next((file.read_bytes() for file in files if file.is_file()), b"")


class Site:
    """Pages under their paths, all served with a strict Content-Security-Policy."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.address = ""
        self.policy = "default-src 'self'"

    def put(self, body: str, *, path: str = "/", now: str = "", more: str = "") -> str:
        """Put a page on the site, with the script where the plugin puts it; give its address."""
        moment = f' data-now="{now}"' if now else ""
        page = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>'
            '<link rel="stylesheet" href="/assets/impldays/impldays.css">'
            f'<script src="/assets/impldays/impldays.js"{moment}></script>{more}</head>'
            f"<body><main><h1>A page</h1>{body}</main></body></html>"
        )
        self.pages[path] = page.encode()
        return self.address + path

    def put_folder(self, folder: Path) -> str:
        """Put a built site on it; give its address."""
        for file in folder.rglob("*.*"):
            path = f"/{file.relative_to(folder).as_posix()}".removesuffix("index.html")
            self.pages[path] = file.read_bytes()
        return self.address + "/"


def pages_of(files: Mapping[str, str | bytes], theme: Mapping[str, object]) -> dict[str, bytes]:
    """Build a site with `fests/a-fest.yml` among its files; return all that it serves, by paths."""
    with TemporaryDirectory() as folder:
        options = {"fest": "fests/a-fest.yml"}
        done = built(written(Path(folder), dict(files), options=options, theme=dict(theme)))
        assert not done.stopped, done.lines
        site = Site()
        site.put_folder(Path(folder) / "site")
        return site.pages


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve the pages that a test puts on a site."""
    site = Site()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, site)) as server:
        site.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        server.shutdown()
        thread.join()
