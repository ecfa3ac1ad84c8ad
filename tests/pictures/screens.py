"""Takes pictures of a new site with the example fest: before, on the day and after.

They show the pages that `impldays new --kind conference` writes, with `fests/ghent-2028.yml` as
their fest. Chromium takes them. They differ from machine to machine, so no test compares them.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import NamedTuple
from unittest.mock import patch

from click.testing import CliRunner
from PIL import Image, ImageOps
from playwright.sync_api import Browser, sync_playwright

from mkdocs_impldays.cli import main
from tests.browser.conftest import FLAGS
from tests.fests import ROOT
from tests.sites.building import built, write

FOLDER = ROOT / "docs/organisers"
EXAMPLE = "ghent-2028"
PHONE, DESKTOP, HALL = (390, 780), (1280, 720), (1280, 720)
MOST_BYTES = 60_000
"""Of each picture: README loads several."""

BEFORE = "2027-11-15T12:00:00+01:00"
TALKS = "2028-06-10T10:20:00+02:00"
CLOSED = "2028-06-09T18:00:00+02:00"
ON_THE_DAY = "2028-06-12T09:00:00+02:00"
AFTER = "2028-06-20T12:00:00+02:00"

SCREEN = "---\ntitle: Now\ntemplate: now.html\n---\n\n{{ notice() }}\n\n{{ now_and_next() }}\n"


class Shot(NamedTuple):
    """What one picture shows."""

    page: str
    moment: str
    size: tuple[int, int]
    at: str = ""
    """The selector of what is at the top of the picture, if not the top of the page."""
    marked: int = 0
    """How many sessions the visitor has marked."""


PICTURES = {
    "phone.png": [Shot("", moment, PHONE) for moment in (BEFORE, ON_THE_DAY, AFTER)],
    "desktop-before.png": [Shot("", BEFORE, DESKTOP)],
    "desktop-day.png": [Shot("schedule/", TALKS, (1280, 1240))],
    "desktop-after.png": [Shot("", AFTER, DESKTOP)],
    "programme.png": [
        Shot("", TALKS, PHONE, at=".impldays-current"),
        Shot("schedule/?room=Main+hall", TALKS, PHONE, at=".impldays-filter"),
        Shot("schedule/?mine=on", TALKS, PHONE, at=".impldays-filter", marked=3),
    ],
    "screen.png": [Shot("now/", TALKS, HALL)],
    "timebar.png": [Shot("preview/", moment, PHONE) for moment in (CLOSED, ON_THE_DAY)],
    "error.png": [Shot("broken/", BEFORE, DESKTOP)],
}
"""The files, each with what it shows side by side."""


def site(folder: Path) -> None:
    """Write a new site with the example as its fest."""
    with chdir(folder):
        place = [
            "--name",
            "Example Fest Ghent",
            "--city",
            "Ghent",
            "--country",
            "BE",
            "--timezone",
            "Europe/Brussels",
        ]
        arguments = ["new", EXAMPLE, "--yes", "--kind", "conference", *place]
        done = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.output
    fest = (ROOT / f"fests/{EXAMPLE}.yml").read_text("utf-8")
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    write(
        folder,
        {
            f"fests/{EXAMPLE}.yml": fest.replace("/about_impl_days/", "/about/")
            .replace("impl Days", "Hack days")
            .replace(f"/fests/{EXAMPLE}/#", "/about/#"),
            "docs/now.md": SCREEN,
            "mkdocs.yml": settings.replace(
                "name: material", "name: material\n  custom_dir: overrides"
            ),
        },
    )
    about = folder / "docs/about.md"
    more = "\n## Code of conduct\n\nBe kind.\n\n## Contact\n\nNobody.\n\n## Imprint\n\nNobody.\n"
    about.write_text(about.read_text("utf-8") + more, "utf-8")
    shutil.copytree(ROOT / "overrides/partials", folder / "overrides/partials")


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name upstream
        """Keep quiet."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; return its address."""
    handler = partial(_Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def taken(browser: Browser, address: str, shot: Shot) -> Image.Image:
    """Return one page at one moment, on the clocks of Ghent."""
    width, height = shot.size
    with browser.new_context(
        viewport={"width": width, "height": height},
        timezone_id="Europe/Brussels",
        reduced_motion="reduce",
    ) as visitor:
        page = visitor.new_page()
        page.clock.set_fixed_time(shot.moment)
        page.goto(address + shot.page)
        page.wait_for_load_state("networkidle")
        for number in range(shot.marked):
            page.locator(".impldays-mark").nth(2 * number).dispatch_event("click")
        if shot.at:
            page.locator(shot.at).first.evaluate(
                "(part) => scrollTo(0, part.getBoundingClientRect().top + scrollY - 80)"
            )
        if shot.page.startswith("preview"):
            moment = datetime.fromisoformat(shot.moment).astimezone(UTC)
            page.locator(f'.impldays-timebar [data-now="{moment:%Y-%m-%dT%H:%M:%SZ}"]').click()
        return Image.open(BytesIO(page.screenshot())).convert("RGB")


def side_by_side(images: list[Image.Image], *, gap: int = 24) -> Image.Image:
    """Return pictures of one height beside each other, each with a thin frame."""
    framed = [ImageOps.expand(image, border=1, fill="#b8bcc4") for image in images]
    width = sum(image.width for image in framed) + gap * (len(framed) - 1)
    whole = Image.new("RGB", (width, framed[0].height), "white")
    left = 0
    for image in framed:
        whole.paste(image, (left, 0))
        left += image.width + gap
    return whole


def packed(image: Image.Image) -> bytes:
    """Return a picture as a PNG with as many colours as it may have."""
    for colours in (128, 64, 32, 16):
        file = BytesIO()
        reduced = image.quantize(colours, dither=Image.Dither.NONE)
        reduced.save(file, "PNG", optimize=True)
        if file.tell() <= MOST_BYTES:
            break
    return file.getvalue()


def build_all(folder: Path) -> Path:
    """Build the site, its preview and a preview with an error; return the folder they are in."""
    site(folder)
    built(folder)
    made, preview = folder / "all", folder / "site"
    shutil.move(preview, made)
    built(folder, command="serve")
    shutil.move(preview, made / "preview")
    fest = folder / f"fests/{EXAMPLE}.yml"
    fest.write_text(
        fest.read_text("utf-8").replace("closes: 2028-06-09", "closs: 2028-06-09"), "utf-8"
    )
    built(folder, command="serve")
    shutil.move(preview, made / "broken")
    return made


def take() -> None:
    """Take all pictures and write their files."""
    program = shutil.which("chromium")
    if program is None:
        sys.exit("tests.pictures: chromium is missing. Install it to take the pictures.")
    epoch = f"{datetime.fromisoformat(BEFORE).timestamp():.0f}"
    with (
        patch.dict(os.environ, SOURCE_DATE_EPOCH=epoch, NO_MKDOCS_2_WARNING="1"),
        TemporaryDirectory() as folder,
        served(build_all(Path(folder))) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for name, shots in PICTURES.items():
            images = [taken(browser, address, shot) for shot in shots]
            (FOLDER / name).write_bytes(packed(side_by_side(images)))
        browser.close()


if __name__ == "__main__":
    take()
