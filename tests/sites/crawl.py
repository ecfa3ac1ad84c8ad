"""A reader of built sites that finds links which lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

HOST = "https://site.invalid"


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors = {"", "top", "__nothing"}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "link" and given.get("rel") in {"canonical", "preconnect"}:
            return
        self.links += [given[name] for name in ("href", "src") if name in given]


def dead_links(site: Path, *, below: str = "/") -> Iterator[str]:
    """Return each link of a site, served below a path, that leads to no file or section."""
    pages = {file: _Page(file.read_text("utf-8")) for file in site.rglob("*.html")}
    for file, page in pages.items():
        if file.name == "404.html":  # its links begin at the root of the host it will have
            continue
        here = f"{HOST}{below}{file.relative_to(site).as_posix()}"
        for link in page.links:
            parts = urlsplit(urljoin(here, link))
            if f"{parts.scheme}://{parts.netloc}" != HOST:
                continue
            target = _target(site, unquote(parts.path), below)
            anchors = pages[target].anchors if target in pages else {unquote(parts.fragment)}
            if target is None or unquote(parts.fragment) not in anchors:
                yield f"{file.relative_to(site)}: {link}"


def _target(site: Path, path: str, below: str) -> Path | None:
    if not path.startswith(below):
        return None
    file = site / path.removeprefix(below)
    if file.is_dir() or path.endswith("/"):
        file /= "index.html"
    return file if file.is_file() else None
