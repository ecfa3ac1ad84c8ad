"""Links to addresses of the site, like `/location/#map`, whatever its root is."""

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
"""The patterns of addresses in attributes that have several; in a `srcset`, a width may follow
(HTML, 4.8.4.2.1)."""

_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)
    | <(?P<element>[a-z][^\s/>]*+)
      (?P<attributes>(?>(?:[\s/]++|[^\s/>][^\s/>=]*+(?>(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?))*))""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
"""A comment, or the name and the attributes of an element, as browsers parse them."""

_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>][^\s/>=]*+)(?>(?:\s*+=\s*+(?P<value>"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?)"""
)


class File(Protocol):
    """A file of the site, as far as links need it."""

    @property
    def src_uri(self) -> str:
        """Its path below `docs/`."""
        ...

    @property
    def url(self) -> str:
        """Its address below the site's."""
        ...

    def url_relative_to(self, other: str) -> str:
        """Return its address relative to another."""
        ...


class Link(NamedTuple):
    """A link in raw HTML, to be checked when all pages are known."""

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

    In a site with a folder for each language, `root` is that of these files, like `fr/`, and
    `others` are the folders of languages whose files are not known here.
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
        """Return the file at an address like `/location/`, first in the language's folder."""
        own = self._files.get(_key(f"{self.root}{path.lstrip('/')}"))
        return own or self._files.get(_key(path))

    def is_elsewhere(self, path: str) -> bool:
        """Return whether an address is in the folder of another language."""
        return path.strip("/").partition("/")[0] in self._others

    def file_of(self, source: str) -> File | None:
        """Return the file with a path below `docs/`."""
        return self._sources.get(source)

    def missing(self, href: str) -> str:
        """Return the message for an address of no page, which suggests a similar one."""
        pages = (url for url, f in self._files.items() if f.src_uri.endswith((".md", ".markdown")))
        known = [f"/{url}/" if url else "/" for url in pages]
        advice = guess(urlsplit(href).path, known) or " Correct it."
        return f"{quoted(href)} leads to no page of this site.{advice}"


def _key(address: str) -> str:
    """Return the common key of `/a/`, `/a/index.html` and `/a.html`."""
    path = unquote(address).removeprefix("./").strip("/")
    return path.removesuffix("index.html").rstrip("/").removesuffix(".html")


def is_site_address(href: str) -> bool:
    """Return whether a link starts at the site's root, like `/location/`, and not at a host."""
    return re.match(r"/(?![\t\n\r]*[/\\])", href) is not None


def is_url(element: str, attribute: str) -> bool:
    """Return whether an attribute of an element holds links; both in lower case."""
    if attribute == "data":
        return element == "object"
    return attribute in URL_ATTRIBUTES and element != "base"


def urls_in(attribute: str, value: str) -> list[str]:
    """Return the addresses in the value of an attribute; a `srcset` may have several."""
    pattern = _LISTS.get(attribute)
    return [url[1] for url in pattern.finditer(value)] if pattern else [value.strip()]


class _Attribute(NamedTuple):
    name: str
    """In lower case."""
    typed: str
    """Its value with its quotation marks, if any."""


@lru_cache(maxsize=256)  # the same macros are on many pages
def _parted(html: str) -> tuple[str | _Attribute, ...]:
    """Return HTML as a sequence of attributes with links, and the text between them."""
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
"""An attribute with an address from the site's root, as templates write it."""


class PageLinks:
    """Resolves the links of a page to pages of its site, and collects them."""

    def __init__(self, page: File, addresses: Addresses) -> None:
        self.page = page
        """The page; its address may change between conversions."""
        self.addresses = addresses
        self.found: list[Link] = []
        """The links of raw HTML, which MkDocs does not check."""
        self.dead: list[str] = []
        """The links to addresses of the site that do not exist, as typed."""

    def rewritten(self, name: str, value: str) -> str:
        """Return the value of an attribute, without entities, with its links resolved."""

        def right(url: re.Match[str]) -> str:
            start, end = (place - url.start() for place in url.span(1))
            return url[0][:start] + self._address(url[1]) + url[0][end:]

        pattern = _LISTS.get(name)
        return pattern.sub(right, value) if pattern else self._address(value.strip())

    def as_source(self, href: str) -> str | None:
        """Return a site address as the relative link to a source file, for MkDocs to resolve.

        `None` if it is not a site address, or does not exist. What Python cannot parse, like
        `https://[`, is escaped, since MkDocs would fail.
        """
        if not _is_readable(href):
            return quote(href, safe="/:?#%")
        if not is_site_address(href):
            return self._of_language(href)
        file = self._target(href)
        if file is None:
            self._note_dead(href)
            return None
        folder = posixpath.dirname(self.page.src_uri) or "."
        return quote(posixpath.relpath(file.src_uri, folder)) + _rest(href)

    def _of_language(self, href: str) -> str | None:
        """Return the relative link to a file that only the folder of the page's language has.

        A page like `about.fr.md` is next to `about.en.md`, and files made for it are in `fr/`.
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
        """Return raw HTML with its links resolved."""
        return "".join(
            part if isinstance(part, str) else self._typed(part) for part in _parted(html)
        )

    def resolved_from_root(self, html: str) -> str:
        """Return HTML of templates with the addresses from the site's root resolved.

        Macros in templates do not know the page. All other links stay as they are.
        """
        if '="/' not in html:
            return html
        return FROM_ROOT.sub(
            lambda m: f"{m[1]}{escape(self.rewritten(m[2], unescape(m[3])))}", html
        )

    def _typed(self, attribute: _Attribute) -> str:
        """Return the value of an attribute with quotation marks, or as typed if unchanged."""
        value = unescape(attribute.typed)
        if attribute.typed[0] in "\"'":
            value = unescape(attribute.typed[1:-1])
        right = self.rewritten(attribute.name, value)
        return attribute.typed if right == value.strip() else f'"{escape(right)}"'

    def _address(self, href: str) -> str:
        """Return an address as this page needs it, and collect the link."""
        if href.startswith(_OTHER_HOSTS) or not _is_readable(href):
            return href
        target = self._target(href)
        if target is None:
            self._note_dead(href)
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

    def _note_dead(self, href: str) -> None:
        """Collect a link to an address of the site that does not exist."""
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
    """Find links to missing sections; `anchors_of` returns those of a page, by its source."""
    for link in links:
        if not link.anchor or link.anchor == "top":
            continue
        there = anchors_of(link.target)
        if there is not None and link.anchor not in there:
            known = [f"#{anchor}" for anchor in sorted(there)]
            advice = guess(f"#{link.anchor}", known) or " Correct it."
            yield link, f"{quoted(link.href)} leads to no section of {quoted(link.target)}.{advice}"
