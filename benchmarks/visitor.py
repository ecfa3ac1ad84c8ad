"""Measures what our script takes on a phone, four times as slow as this machine, in two time zones.

The pages are built by the plugin with Material: one with a button, one with a schedule of 300
sessions. Of each figure the one without our script is taken off, so that Material does not count.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

import yaml
from playwright.sync_api import Browser, CDPSession, sync_playwright

_ROUNDS = 7
_ZONES = {"the venue's zone": "Europe/Lisbon", "another zone": "America/New_York"}
_PAGES = {"one button": "{{ rsvp_button() }}", "300 sessions": "{{ schedule() }}"}
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
_TASKS = """\
window.tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)))
  .observe({ type: "longtask", buffered: true });
"""


def main() -> int:
    """Print the milliseconds of script, and of the longest task, by page and zone."""
    with (
        TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        served(build(Path(folder))) as address,
    ):
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=_FLAGS)
        print("| page | zone | script, ms | longest task, ms |")
        print("| --- | --- | --: | --: |")
        for number, page in enumerate(_PAGES):
            for name, zone in _ZONES.items():
                url = f"{address}/page-{number}/"
                runs = [visit(browser, url, zone, has_script=each) for each in (True, False)]
                script = runs[0][0] - runs[1][0]
                print(f"| {page} | {name} | {script:.0f} | {runs[0][1]:.0f} |", flush=True)
        browser.close()
    return 0


def build(folder: Path) -> Path:
    """Build a site with the pages; its fest has four days with three tracks."""
    rooms = [f"room-{number}" for number in range(3)]
    days = [
        {
            "date": f"2027-06-{day:02}",
            "agenda": [
                {"at": f"{9 + slot // 3:02}:{slot % 3 * 20:02}", "for": "20 min", "room": room}
                | {"what": f"Session {slot} of {day} in {room}"}
                for slot in range(25)
                for room in rooms
            ],
        }
        for day in range(7, 11)
    ]
    fest = {
        "name": "Example Days Lisbon",
        "city": "Lisbon",
        "country": "PT",
        "timezone": "Europe/Lisbon",
        "venues": {
            "hall": {"name": "Example Hall", "rooms": {room: {"name": room} for room in rooms}}
        },
        "events": {"days": {"title": "Example Days", "venue": "hall", "days": days}},
        "rsvp": {"event": "days", "url": "https://tickets.example.org/"},
    }
    settings = {
        "site_name": "Example Days",
        "site_url": "https://example.org/",
        "theme": {"name": "material", "font": False},
        "plugins": ["search", "impldays"],
    }
    for path in (folder / "fests", folder / "docs"):
        path.mkdir()
    (folder / "fests/lisbon-2027.yml").write_text(yaml.safe_dump(fest, sort_keys=False), "utf-8")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    (folder / "docs/index.md").write_text("# Home\n", "utf-8")
    for number, text in enumerate(_PAGES.values()):
        (folder / f"docs/page-{number}.md").write_text(f"# Page\n\n{text}\n", "utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True)
    return folder / "site"


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder; yield its address."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def visit(browser: Browser, url: str, zone: str, *, has_script: bool) -> tuple[float, float]:
    """Return the median milliseconds of all scripts, and of the longest task above 50 ms."""
    scripts, longest = [], []
    for _ in range(_ROUNDS):
        with browser.new_context(
            timezone_id=zone, viewport={"width": 390, "height": 800}
        ) as visitor:
            if not has_script:
                visitor.route("**/impldays/*.js", lambda route: route.abort())
            visitor.add_init_script(_TASKS)
            page = visitor.new_page()
            session = visitor.new_cdp_session(page)
            session.send("Performance.enable")
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.goto(url)
            page.wait_for_timeout(1500)
            scripts.append(_script_milliseconds(session))
            longest.append(max(page.evaluate("tasks"), default=0))
    return median(scripts), median(longest)


def _script_milliseconds(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(1000 * next(each["value"] for each in metrics if each["name"] == "ScriptDuration"))


if __name__ == "__main__":
    sys.exit(main())
