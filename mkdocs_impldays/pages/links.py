"""Links to addresses of the site, like `/location/#map`, wherever the site lives."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from html import escape, unescape
from typing import NamedTuple, Protocol
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from mkdocs_impldays.pages.front_matter import WRITTEN_BY_ENGINE
from mkdocs_impldays.problems import guess, quoted

URL_ATTRIBUTES = frozenset(
    {"action", "background", "cite", "data", "formaction", "href", "imagesrcset", "longdesc",
     "manifest", "ping", "poster", "src", "srcset", "xlink:href"}
)  # fmt: skip
"""The attributes of HTML and SVG that hold addresses (HTML, index of attributes)."""

_CANDIDATE = re.compile(r"([^\s,](?:\S*[^\s,])?)(?:,++|[^,]*+)")
_LISTS = {"imagesrcset": _CANDIDATE, "srcset": _CANDIDATE, "ping": re.compile(r"(\S++)")}
"""How an address is found in the attributes that hold several; a picture of a `srcset` has its
width after it (HTML, 4.8.4.2.1)."""

_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)
    | <(?P<element>[a-z][^\s/>]*+)
      (?P<attributes>(?>(?:[\s/]++|[^\s/>][^\s/>=]*+(?>(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?))*))""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
"""A comment, or an element's name and its attributes, as browsers part them."""

_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>][^\s/>=]*+)(?>(?:\s*+=\s*+(?P<value>"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?)"""
)


class File(Protocol):
    """What links need of a file of the site."""

    @property
    def src_uri(self) -> str:
        """Its path below `docs/`."""
        ...

    @property
    def url(self) -> str:
        """Its address below the site's."""
        ...

    def url_relative_to(self, other: str) -> str:
        """Return its address as seen from another."""
        ...


class Link(NamedTuple):
    """A link in raw HTML, to be checked once all pages are there."""

    source: str
    """The page that has it: its path below `docs/`."""
    href: str
    """As it was typed."""
    target: str
    """The page it leads to, its path below `docs/`."""
    anchor: str
    """The section it leads to; empty for the page itself."""


class Addresses:
    """The addresses of a site and their files.

    Where a language has a folder of its own, `root` is the one of these files, like `fr/`, and
    `others` are those of files that are not known here.
    """

    def __init__(
        self, files: Sequence[File], *, root: str = "", others: Collection[str] = ()
    ) -> None:
        self._every = files
        self.root = root
        self._others = others

    @cached_property
    def _files(self) -> dict[str, File]:
        return {_key(file.url): file for file in self._every}

    @cached_property
    def _sources(self) -> dict[str, File]:
        return {file.src_uri: file for file in self._every}

    def file_at(self, path: str) -> File | None:
        """Return the file of an address like `/location/`, in the language's folder or not."""
        own = self._files.get(_key(f"{self.root}{path.lstrip('/')}"))
        return own or self._files.get(_key(path))

    def is_elsewhere(self, path: str) -> bool:
        """Return whether an address is of another language, whose files are not known here."""
        return path.strip("/").partition("/")[0] in self._others

    def file_of(self, source: str) -> File | None:
        """Return the file with a path below `docs/`."""
        return self._sources.get(source)

    def missing(self, href: str) -> str:
        """Say that an address leads to nothing."""
        pages = (url for url, f in self._files.items() if f.src_uri.endswith((".md", ".markdown")))
        known = [f"/{url}/" if url else "/" for url in pages]
        advice = guess(urlsplit(href).path, known) or " Correct it."
        return f"{quoted(href)} leads to no page of this site.{advice}"


def _key(address: str) -> str:
    """Return what `/a/`, `/a/index.html` and `/a.html` have in common."""
    path = unquote(address).removeprefix("./").strip("/")
    return path.removesuffix("index.html").rstrip("/").removesuffix(".html")


def is_site_address(href: str) -> bool:
    """Return whether a link begins at the site's root, like `/location/`, and is not a host's."""
    return re.match(r"/(?![\t\n\r]*[/\\])", href) is not None


def is_url(element: str, attribute: str) -> bool:
    """Return whether an attribute of an element holds links; both in lower case."""
    if attribute == "data":
        return element == "object"
    return attribute in URL_ATTRIBUTES and element != "base"


def urls_in(attribute: str, value: str) -> list[str]:
    """Return the addresses in the value of an attribute, of which a `srcset` has several."""
    pattern = _LISTS.get(attribute)
    return [url[1] for url in pattern.finditer(value)] if pattern else [value.strip()]


class _Attribute(NamedTuple):
    name: str
    """In lower case."""
    typed: str
    """Its value, in its quotation marks if it has any."""


@lru_cache(maxsize=256)  # the same macros are on many pages
def _parted(html: str) -> tuple[str | _Attribute, ...]:
    """Return HTML in parts: the values of attributes that hold links, and the text between."""
    parts: list[str | _Attribute] = []
    done = 0
    for tag in _TAG.finditer(html):
        element = (tag["element"] or "").lower()
        for each in _ATTRIBUTE.finditer(html, *tag.span("attributes")) if element else ():
            if each["value"] and is_url(element, name := each["name"].lower()):
                parts += [html[done : each.start("value")], _Attribute(name, each["value"])]
                done = each.end()
    return (*parts, html[done:])


_OTHER_HOSTS = ("https://", "http://", "mailto:")
"""How most addresses begin that stay as they are."""

FROM_ROOT = re.compile(r'(\s(href|src|srcset|poster|action)=")(/[^"/][^"]*)(?=")')
"""A site address in an attribute of HTML, as templates write it."""


class PageLinks:
    """Resolves the links of a page to pages of its site, and keeps what it finds."""

    def __init__(self, page: File, addresses: Addresses) -> None:
        self.page = page
        """The page that they are on; its address may change from one conversion to the next."""
        self.addresses = addresses
        self.found: list[Link] = []
        """Links of raw HTML, which MkDocs passes over."""
        self.dead: list[str] = []
        """Links into the site, as they were typed, that lead nowhere."""

    def rewritten(self, name: str, value: str) -> str:
        """Return the value of an attribute with links that lead to the right place from this page.

        The value is without entities.
        """

        def right(url: re.Match[str]) -> str:
            start, end = (place - url.start() for place in url.span(1))
            return url[0][:start] + self._address(url[1]) + url[0][end:]

        pattern = _LISTS.get(name)
        return pattern.sub(right, value) if pattern else self._address(value.strip())

    def as_source(self, href: str) -> str | None:
        """Write a site address as the relative link to a source file, for MkDocs to resolve.

        `None` where it is not a site address, or leads nowhere. What Python cannot read, like
        `https://[`, is written so that MkDocs does not stop at it.
        """
        if not _is_readable(href):
            return quote(href, safe="/:?#%")
        if not is_site_address(href):
            return self._of_language(href)
        file = self._target(href)
        if file is None:
            self._judge(href)
            return None
        folder = posixpath.dirname(self.page.src_uri) or "."
        return quote(posixpath.relpath(file.src_uri, folder)) + _rest(href)

    def _of_language(self, href: str) -> str | None:
        """Write a relative link to a file that only the folder of the page's language has.

        A page like `about.fr.md` lies beside `about.en.md`, and what is made for it in `fr/`.
        """
        path = unquote(urlsplit(href).path)
        if not self.addresses.root or not path or urlsplit(href).scheme or urlsplit(href).netloc:
            return None
        folder = posixpath.dirname(self.page.src_uri)
        target = posixpath.normpath(posixpath.join(folder, path))
        own = self.addresses.file_of(f"{self.addresses.root}{target}")
        if own is None or self.addresses.file_of(target):
            return None
        return quote(posixpath.relpath(own.src_uri, folder or ".")) + _rest(href)

    def resolved(self, html: str) -> str:
        """Return raw HTML with links that lead to the right place from this page."""
        return "".join(
            part if isinstance(part, str) else self._typed(part) for part in _parted(html)
        )

    def resolved_from_root(self, html: str) -> str:
        """Return a page, or a part of it, whose site addresses lead to the right place from it.

        Templates print them: macros that they call do not know the page. The rest stays as it is.
        """
        if '="/' not in html:
            return html
        return FROM_ROOT.sub(
            lambda m: f"{m[1]}{escape(self.rewritten(m[2], unescape(m[3])))}", html
        )

    def _typed(self, attribute: _Attribute) -> str:
        """Return the value of an attribute in quotation marks, or as it was typed."""
        value = unescape(attribute.typed)
        if attribute.typed[0] in "\"'":
            value = unescape(attribute.typed[1:-1])
        right = self.rewritten(attribute.name, value)
        return attribute.typed if right == value.strip() else f'"{escape(right)}"'

    def _address(self, href: str) -> str:
        """Return an address as it is to be written on this page."""
        if href.startswith(_OTHER_HOSTS) or not _is_readable(href):
            return href
        target = self._target(href)
        if target is None:
            self._judge(href)
            return href
        anchor = unquote(urlsplit(href).fragment)
        self.found.append(Link(self.page.src_uri, href, target.src_uri, anchor))
        if href.startswith("#"):
            return href
        return target.url_relative_to(self.page.url) + _rest(href)

    def _target(self, href: str) -> File | None:
        if href.startswith("#"):
            return self.page
        path = unquote(urlsplit(href).path)
        if is_site_address(href):
            return self.addresses.file_at(path) or self.addresses.file_of(path.lstrip("/"))
        if path.endswith(".md") and not urlsplit(href).scheme:
            folder = posixpath.dirname(self.page.src_uri)
            return self.addresses.file_of(posixpath.normpath(posixpath.join(folder, path)))
        return None

    def _judge(self, href: str) -> None:
        """Take note of a link that leads to no page, if it should."""
        path = urlsplit(href).path
        if path.lstrip("/") in WRITTEN_BY_ENGINE:
            return
        if is_site_address(href) and not self.addresses.is_elsewhere(path):
            self.dead.append(href)


def _is_readable(href: str) -> bool:
    try:
        urlsplit(href)
    except ValueError:
        return False
    return True


def _rest(href: str) -> str:
    parts = urlsplit(href)
    return urlunsplit(("", "", "", parts.query, parts.fragment))


def dead_anchors(
    links: Iterable[Link], anchors_of: Callable[[str], Collection[str] | None]
) -> Iterator[tuple[Link, str]]:
    """Find links to sections that are not there; `anchors_of` gives those of a page's source."""
    for link in links:
        if not link.anchor or link.anchor == "top":
            continue
        there = anchors_of(link.target)
        if there is not None and link.anchor not in there:
            known = [f"#{anchor}" for anchor in sorted(there)]
            advice = guess(f"#{link.anchor}", known) or " Correct it."
            yield link, f"{quoted(link.href)} leads to no section of {quoted(link.target)}.{advice}"
