"""Open Graph (ogp.me) and Twitter tags, which messengers show as a link's preview.

MkDocs' themes write the title, the description and the canonical address; none of these tags. A
plugin like Material's social cards or a template of the site's own may write some: what is there is
not written again, and the others follow it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape, unescape

from babel import Locale
from babel.core import get_global

from mkdocs_impldays.feeds.places import absolute
from mkdocs_impldays.feeds.texts import line

_META = re.compile(
    r"""<!--.*?-->|<meta\b((?:[^>"']|"[^"]*"|'[^']*')*)>""", re.DOTALL | re.IGNORECASE
)
_KINDS = ("og:", "twitter:")
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")


@dataclass(frozen=True)
class Picture:
    """The picture of a preview."""

    path: str
    """Its path from the site's root; it must be a PNG."""
    alt: str
    """What it shows, for those who cannot see it."""
    width: int
    """In pixels."""
    height: int
    """In pixels."""


@dataclass(frozen=True)
class Preview:
    """What a preview of one page tells."""

    title: str
    description: str | None
    page_url: str | None
    """The canonical address of the page itself; `None` where the site's address is not known."""
    site_name: str
    language: str
    """The page's language (BCP 47)."""
    picture: Picture | None = None


def meta_tags(preview: Preview, *, site_url: str | None, head: str = "") -> str:
    """Give the tags for a page's head, one a line, without those that `head` has already.

    An address must be absolute; where the site's is not known, those that need one are left out.
    """
    there = _written(head)
    picture = None if "og:image" in there else preview.picture
    image = absolute(picture.path, site_url) if picture else there.get("og:image")
    values = {
        "og:type": "website",
        "og:title": preview.title,
        "og:description": preview.description,
        "og:url": preview.page_url,
        "og:site_name": preview.site_name,
        "og:locale": _locale(preview.language),
        "og:image": image,
        "twitter:card": "summary_large_image" if image else "summary",
        "twitter:title": there.get("og:title", preview.title),
        "twitter:description": there.get("og:description", preview.description),
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
    return "\n".join(
        _tag(key, value) for key, value in values.items() if value and key not in there
    )


def _written(head: str) -> dict[str, str]:
    """Give the tags that a head has already, by their names."""
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


@lru_cache(maxsize=64)  # most tags are the same on all pages of a site
def _tag(key: str, value: str) -> str:
    attribute = "property" if key.startswith("og:") else "name"
    return f'<meta {attribute}="{key}" content="{escape(line(value))}">'


@cache
def _locale(language: str) -> str:
    """Give `en_US` for `en`: Open Graph wants a territory, by CLDR the likely one."""
    locale = Locale.parse(language, sep="-")
    if locale.territory:
        return f"{locale.language}_{locale.territory}"
    likely = get_global("likely_subtags").get(locale.language, "")
    return f"{locale.language}_{likely.split('_')[-1]}" if likely else locale.language
