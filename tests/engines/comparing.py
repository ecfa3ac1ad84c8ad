"""What visitors, search engines and scripts find on a built page, the same for every engine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib
import pytest
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config

from mkdocs_impldays.project import read_project
from mkdocs_impldays.zensical.building import build_site
from tests.engine import COMMAND

SITE = "https://impldays.test/repo/"

SERVE = [sys.executable, "-m", "zensical", "serve"]
"""The command by which an organiser writes."""

_MOMENT = re.compile(r'(?<=<script)(?=[^>]* data-impldays)[^>]*? data-now="([^"]*)"')
"""What says in the head of a page for which moment it was built."""

_OF_ENGINE = {"__skip"}
"""The ids that only one of the engines writes into pages."""


class Seen(NamedTuple):
    """What is on a page."""

    language: str | None
    """What `<html lang>` says."""
    words: list[str]
    """All words of the page's own text and of our parts, also those for another moment."""
    links: list[str]
    """Where its links and pictures lead, as whole addresses."""
    states: list[tuple[str | None, ...]]
    """From when until when each part is shown, and whether it is hidden."""
    ids: list[str]
    """The names of its sections."""
    menu: list[str]
    """The titles in its menu."""
    title: str
    head: dict[str, str]
    """Open Graph, previews and description, by their names."""
    data: list[Any]
    """JSON-LD."""
    script: list[str]
    """The moment that our script keeps to."""


def build(engine: str, folder: Path, now: str) -> list[str]:
    """Build a site for a moment in this process, which saves most of its time, and return errors.

    The folder of the site has to be the current one.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name, value in _environment(now).items():
            patch.setenv(name, value)
        if engine == "mkdocs":
            config = load_config(str(folder / "mkdocs.yml"))
            config.plugins.on_startup(command="build", dirty=False)
            build_with_mkdocs(config)
            return []
        project = read_project(folder)
        assert project is not None
        return [str(each) for each in build_site(project) if each.severity == "error"]


def run(engine: str, folder: Path, now: str) -> subprocess.CompletedProcess[str]:
    """Build a site for a moment by the command that an organiser runs."""
    commands = {
        "mkdocs": [*COMMAND, "build", "-q", "-f", "mkdocs.yml"],
        "zensical": [
            *(sys.executable, "-m", "mkdocs_impldays.cli", "build", "--engine", "zensical")
        ],
    }
    environ = os.environ | _environment(now)
    return subprocess.run(
        commands[engine], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )


def _environment(now: str) -> dict[str, str]:
    return {
        "IMPLDAYS_NOW": now,
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": "1500000000",
    }


def pages(folder: Path) -> dict[str, Seen]:
    """Return what is on each page of a built site, by its path."""
    found = {}
    for path in sorted((folder / "site").rglob("*.html")):
        text = path.read_text("utf-8")
        name = path.relative_to(folder / "site").as_posix()
        if "http-equiv" not in text and name != "404.html":
            found[name] = _seen(text, urljoin(SITE, name))
    return found


def files(folder: Path) -> dict[str, bytes]:
    """Return the files that are made of the fests, by their paths; styles without spaces."""
    paths = [path for path in (folder / "site").rglob("*") if path.is_file()]
    named = {path.relative_to(folder / "site").as_posix(): path for path in paths}
    ours = ("calendar/", "fests/", "assets/impldays/")
    return {
        name: b"".join(path.read_bytes().split()) if name.endswith(".css") else path.read_bytes()
        for name, path in sorted(named.items())
        if name.startswith(ours) and not name.endswith(".html")
    }


def _seen(html: str, address: str) -> Seen:
    moments = _MOMENT.findall(html)
    return _parsed(_MOMENT.sub("", html), address)._replace(script=moments)


@cache  # most pages are the same at most moments, and parsing is slow
def _parsed(html: str, address: str) -> Seen:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    text = next(each for each in tree.iter() if _is_text(each))
    parts = [each for each in tree.iter() if each is text or _is_ours(each)]
    head = next(tree.iter("head"))
    metas = {meta.get("property") or meta.get("name"): meta for meta in head.iter("meta")}
    return Seen(
        language=tree.get("lang"),
        words=[word for part in parts for word in " ".join(part.itertext()).split()],
        links=[urljoin(address, link) for part in parts for link in _links(part)],
        states=[state for part in parts for state in _states(part)],
        ids=[
            each
            for element in text.iter()
            if (each := element.get("id")) and each not in _OF_ENGINE
        ],
        menu=[
            " ".join("".join(each.itertext()).split())
            for each in tree.iter()
            if "md-nav__link" in (each.get("class") or "").split() and not _is_of_page(each)
        ],
        title=str(head.findtext("title")).replace(" - ", " ").strip(),
        head={
            name: str(meta.get("content"))
            for name, meta in metas.items()
            if name and name.startswith(("og:", "twitter:", "description"))
        },
        data=[
            json.loads(script.text or "")
            for script in head.iter("script")
            if script.get("type") == "application/ld+json"
        ],
        script=[],
    )


def _is_of_page(link: Element) -> bool:
    """Return whether a link of the menus leads to a section of the page itself."""
    return (link.get("href") or "").startswith("#") or link.get("for") == "__toc"


def _is_text(element: Element) -> bool:
    """Return whether an element holds the text of a page; on the screen of the hall, all of it."""
    return element.tag == "article" or element.get("class") == "impldays-screen"


def _is_ours(element: Element) -> bool:
    """Return whether an element is the announcement, drawing or strip at the top, or the footer."""
    classes = (element.get("class") or "").split()
    return bool({"impldays-hero", "impldays-band", "impldays-footer", "md-banner"} & {*classes})


def _links(part: Element) -> Iterator[str]:
    for element in part.iter():
        for name in ("href", "src", "poster", "action"):
            if (value := element.get(name)) and not value.startswith("data:"):
                yield value


def _states(part: Element) -> Iterator[tuple[str | None, ...]]:
    for element in part.iter():
        state = tuple(element.get(name) for name in ("data-from", "data-until", "hidden"))
        if any(each is not None for each in state):
            yield state
