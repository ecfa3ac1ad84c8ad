"""Open Graph (ogp.me) and Twitter tags for link previews.

The themes of MkDocs write none. Tags that another plugin or a template of the site has written are
not written again, and the others are consistent with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from html import escape, unescape
from typing import NamedTuple

from babel import Locale
from babel.core import get_global

from mkdocs_impldays.output.texts import absolute, line

_META = re.compile(
    r"""<!--(?:(?!<!--).)*?-->|<meta\b((?>(?:[^<>"']|"[^"<]*"|'[^'<]*')*))>""",
    re.DOTALL | re.IGNORECASE,
)
"""A comment, or a tag without `<` in its attributes, where themes escape it."""
_KINDS = ("og:", "twitter:")
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]++)\s*+=\s*+("[^"]*"|'[^']*'|[^\s"'>]+)""")


class Picture(NamedTuple):
    """The picture of a preview."""

    path: str
    """Its path from the site's root; it must be a PNG."""
    alt: str
    """What it shows, for those who cannot see it."""
    width: int
    """In pixels."""
    height: int
    """In pixels."""


class Preview(NamedTuple):
    """The texts of the preview of a page."""

    title: str
    description: str | None
    page_url: str | None
    """The canonical address of the page; `None` if the site's address is not known."""


@dataclass(frozen=True)
class Previews:
    """Writes the tags for the previews of a site's pages."""

    site_name: str
    language: str
    """The language of the pages (BCP 47)."""
    picture: Picture | None = None
    site_url: str | None = None
    """The site's public address; without it there are no pictures, whose addresses are absolute."""

    def tags(self, page: Preview, *, head: str = "") -> str:
        """Return the tags for a page's head, one per line, without those that `head` has."""
        there = _written(head)
        own = {
            "og:title": page.title,
            "og:description": page.description,
            "og:url": page.page_url,
            "twitter:title": there.get("og:title", page.title),
            "twitter:description": there.get("og:description", page.description),
        }
        return f"{self._shared(there) if there else self._usual}\n{_lines(own, there)}"

    @cached_property
    def _usual(self) -> str:
        return self._shared({})

    def _shared(self, there: Mapping[str, str]) -> str:
        """Return the tags that do not depend on the page, without those in `there`."""
        picture = None if "og:image" in there else self.picture
        image = absolute(picture.path, self.site_url) if picture else there.get("og:image")
        values = {
            "og:type": "website",
            "og:site_name": self.site_name,
            "og:locale": _locale(self.language),
            "og:image": image,
            "twitter:card": "summary_large_image" if image else "summary",
            "twitter:image": image,
        }
        if picture and image:
            values |= {
                "og:image:type": "image/png",
                "og:image:width": str(picture.width),
                "og:image:height": str(picture.height),
                "og:image:alt": picture.alt,
            }
        if "twitter:image" not in there:
            values["twitter:image:alt"] = {**values, **there}.get("og:image:alt")
        return _lines(values, there)


def _lines(values: Mapping[str, str | None], there: Mapping[str, str]) -> str:
    return "\n".join(
        _tag(name, value) for name, value in values.items() if value and name not in there
    )


def _tag(name: str, value: str) -> str:
    attribute = "property" if name.startswith("og:") else "name"
    return f'<meta {attribute}="{name}" content="{_content(value)}">'


@lru_cache(maxsize=64)  # two tags have the same text, and so do most pages
def _content(text: str) -> str:
    return escape(line(text))


def _written(head: str) -> dict[str, str]:
    """Return the tags that a head has, by their names."""
    found: dict[str, str] = {}
    if not any(kind in head for kind in _KINDS):  # most heads have none
        return found
    for meta in _META.finditer(head):
        pairs = _ATTRIBUTE.findall(meta[1] or "")
        given = {name.lower(): unescape(value.strip("\"'")) for name, value in pairs}
        name = given.get("property", given.get("name", "")).lower()
        if name.startswith(_KINDS):
            found.setdefault(name, given.get("content", ""))
    return found


@cache
def _locale(language: str) -> str:
    """Return `en_US` for `en`: with the territory that Open Graph requires, by CLDR."""
    locale = Locale.parse(language, sep="-")
    if locale.territory:
        return f"{locale.language}_{locale.territory}"
    likely = get_global("likely_subtags").get(locale.language, "")
    return f"{locale.language}_{likely.split('_')[-1]}" if likely else locale.language
