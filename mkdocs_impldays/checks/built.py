"""Checks of the pages of a built site, whichever engine has built them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urljoin, urlsplit

from mkdocs_impldays.fest.addresses import as_browsers_read
from mkdocs_impldays.pages.links import URL_ATTRIBUTES, is_url, urls_in
from mkdocs_impldays.problems import Problem, quoted

HOME = "index.html"

_READ = URL_ATTRIBUTES | {"alt", "aria-label", "content", "label", "placeholder", "title", "value"}
"""The attributes that people, browsers and search engines read; others are for scripts."""

_CODE = {"code", "pre", "kbd", "samp", "script", "style", "textarea", "template", "svg"}
_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{[{%].*")
"""A variable or a tag, or its beginning if its end is on another line or after an element."""
_SCRIPT_SCHEMES = ("javascript:", "vbscript:", "data:text/html")
"""How addresses begin that browsers run, or ran, instead of following them."""
_REFRESH = re.compile(r"^\s*+(?:\d++\s*+)?(?:;\s*+)?url\s*+=\s*+", re.IGNORECASE)


class BuiltPage(HTMLParser):
    """A page of HTML, with what the checks need of it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)  # a brace as an entity is intended
        self.titles = 0
        """The number of `<title>` elements."""
        self.language = ""
        """The value of `<html lang>`."""
        self.canonical: str | None = None
        """Its canonical address, if it has one."""
        self.links: list[tuple[str, int]] = []
        """The addresses of its links, each with its line."""
        self.anchors: set[str] = set()
        """The ids and names of its elements, which links can lead to."""
        self.braces: list[tuple[str, int]] = []
        """The variables and tags that are left outside of code, each with its line."""
        self.has_button = False
        """Whether it has the RSVP button."""
        self.is_whole = False
        """Whether it is a whole document, not a fragment that other programs include."""
        self.leads_to: str | None = None
        """The target of its redirect, if it is one."""
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what the checks need of an element."""
        given = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if tag == "title" and "svg" not in self._open:
            self.titles += 1
        self._look_for_braces(given.get(name, "") for name in _READ & given.keys())
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.leads_to = _REFRESH.sub("", given.get("content", "")).strip()
            self.links.append((self.leads_to, line))
        self.is_whole |= tag in {"html", "body", "head"}
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given.get("href")
        else:
            addresses = (urls_in(name, given[name]) for name in given if is_url(tag, name))
            self.links += [(each, line) for each in chain.from_iterable(addresses) if each]
        self.has_button |= "impldays-rsvp" in given.get("class", "").split()
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag in _CODE or (tag == "span" and given.get("class") == "filename"):  # a title of code
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an element of code."""
        if tag in self._open:
            del self._open[self._open.index(tag) :]

    def handle_data(self, data: str) -> None:
        """Look for braces in text that is not code."""
        self._look_for_braces([data])

    def _look_for_braces(self, texts: Iterable[str]) -> None:
        for text in () if self._open else texts:
            for match in _BRACES.finditer(text):
                line = self.getpos()[0] + text.count("\n", 0, match.start())
                self.braces.append((match[0], line))


def built_problems(
    pages: Mapping[str, str],
    *,
    files: Collection[str],
    site_url: str | None = None,
    button_of: str | None = None,
    raw: str = "",
) -> Iterator[Problem]:
    """Find what is wrong with built pages, given their HTML by their paths in the site.

    `files` are the paths of all files of the site; `site_url` is its public address, by default the
    canonical address of the home page; `button_of` is the fest file that has an RSVP. `raw` is the
    text between `raw` tags of all pages: menus may show the braces of another page.
    """
    site_url = f"{site_url.rstrip('/')}/" if site_url else None  # mike removes the slash
    read = {path: BuiltPage(html) for path, html in pages.items()}
    home = read.get(HOME)
    address = site_url or (home.canonical if home else None)
    site = _Site(read, frozenset(files), urlsplit(address or "").path or "/")
    if button_of and not any(page.has_button for page in read.values()):
        message = "rsvp is on no page. Write {{ rsvp_button() }} into one."
        yield Problem(button_of, None, message, "hint", "no-button")
    for path, page in read.items():
        yield from _braces(path, page, raw)
        if page.is_whole and page.leads_to is None:
            yield from _head(path, page, site_url)
        yield from _script_links(path, page)
        yield from site.dead_links(path, page)
        yield from site.circles(path, page)
    if site.lacks_home:
        message = "the home page is missing, and other pages link to it. Write one."
        yield Problem(HOME, None, message, "warning", "no-home")


def _braces(path: str, page: BuiltPage, raw: str) -> Iterator[Problem]:
    for text, line in page.braces:
        if text not in raw:
            advice = "Put it between {% raw %} and {% endraw %} if readers are to see it."
            message = f"{quoted(text)} was not rendered. {advice}"
            yield Problem(path, line, message, "warning", "left-braces", text)


def _head(path: str, page: BuiltPage, site_url: str | None) -> Iterator[Problem]:
    if page.titles != 1:
        count = "no <title>" if not page.titles else f"{page.titles} times <title>"
        message = f"has {count}. Write one in its template."
        yield Problem(path, None, message, "warning", "title")
    if not page.language:
        message = "does not say its language. Write <html lang=…> in its template."
        yield Problem(path, None, message, "warning", "language")
    own = urljoin(site_url, re.sub(r"(^|/)index\.html$", r"\1", path)) if site_url else None
    same = {own, f"{own}index.html", (own or "").removesuffix(".html")}
    if page.canonical and own and path != "404.html" and unquote(page.canonical) not in same:
        message = f"{quoted(page.canonical)} is not its own address, {quoted(own)}."
        advice = "Correct the canonical link in its template."
        yield Problem(path, None, f"{message} {advice}", "warning", "canonical")


def _script_links(path: str, page: BuiltPage) -> Iterator[Problem]:
    for href, line in dict(reversed(page.links)).items():
        if as_browsers_read(href).lower().startswith(_SCRIPT_SCHEMES):
            message = f"{quoted(href)} runs a script. Write an address that begins with https://"
            yield Problem(path, line, message, "warning", "script-link", href)


class _Site:
    def __init__(self, pages: Mapping[str, BuiltPage], files: Collection[str], root: str) -> None:
        self.pages = pages
        self.files = files
        self.root = root
        self.lacks_home = False
        """Whether a link was found that leads to a home page, and there is none."""

    def dead_links(self, path: str, page: BuiltPage) -> Iterator[Problem]:
        """Yield a problem for each link to a file or a section that the site does not have."""
        for href, line in dict(reversed(page.links)).items():
            parts = urlsplit(href) if "[" not in href else None
            if parts is None or parts.scheme or parts.netloc or path == "404.html":
                continue
            target = self._target(path, unquote(parts.path))
            if target is None:
                message = f"{quoted(href)} leads to nothing on this site. Correct it."
                yield Problem(path, line, message, "warning", "dead-link", href)
            elif target == HOME and HOME not in self.files:
                self.lacks_home = True
            elif target == "404.html":  # its links are not checked
                continue
            elif self._is_dead(target, unquote(parts.fragment)):
                message = f"{quoted(href)} leads to no section of {quoted(target)}. Correct it."
                yield Problem(path, line, message, "warning", "dead-anchor", href)

    def circles(self, path: str, page: BuiltPage) -> Iterator[Problem]:
        """Find that a page sends its readers back to itself, at once or by way of others."""
        passed: set[str] = set()
        at: str | None = path
        while at and at not in passed and (sender := self.pages.get(at)) and sender.leads_to:
            passed.add(at)
            parts = urlsplit(sender.leads_to) if "[" not in sender.leads_to else None
            is_here = parts and not parts.scheme and not parts.netloc
            at = self._target(at, unquote(parts.path)) if parts and is_here else None
        if passed and at == path:
            message = f"{quoted(page.leads_to)} redirects to this page again. Correct the address."
            yield Problem(
                path,
                dict(reversed(page.links))[str(page.leads_to)],
                message,
                "warning",
                "dead-link",
            )

    def _target(self, path: str, address: str) -> str | None:
        if not address:
            return path
        if address.startswith("/"):
            if not f"{address}/".startswith(self.root):
                return ""
            place = normpath(address[len(self.root) :].lstrip("/") or ".")
        else:
            place = normpath(join(dirname(path), address))
        if place in {".", HOME}:
            return HOME
        found = (place, join(place, "index.html"), f"{place}.html")
        return next((each for each in map(normpath, found) if each in self.files), None)

    def _is_dead(self, target: str, anchor: str) -> bool:
        page = self.pages.get(target)
        is_text = ":~:" in anchor or anchor.startswith("__") or anchor == "top"
        return bool(page and anchor and not is_text and anchor not in page.anchors)


def folder_problems(
    folder: Path,
    *,
    site_url: str | None = None,
    button_of: str | None = None,
    raw: str = "",
) -> list[Problem]:
    """Return the problems of the built pages in a folder, like `built_problems`.

    A folder without any page was not built, or is not the right one.
    """
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path for path in paths}
    pages = {
        name: path.read_text("utf-8", "replace")
        for name, path in files.items()
        if name.endswith(".html")
    }
    if not pages:
        advice = "Build the site, or name the folder that it is built into."
        return [Problem(folder.as_posix(), None, f"has no HTML page in it. {advice}")]
    found = built_problems(pages, files=files, site_url=site_url, button_of=button_of, raw=raw)
    return list(found)
