"""The additions to the head of a page: the script, JSON-LD, the tags of link previews."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape, unescape
from typing import NamedTuple

from markupsafe import Markup

from mkdocs_impldays import timebar
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.sessions import AgendaLine, lines_of, session_source, speaker_source
from mkdocs_impldays.names.fests import source_of
from mkdocs_impldays.output.card import card_path, card_picture
from mkdocs_impldays.output.jsonld import event_node, fest_node, script, session_node, speaker_node
from mkdocs_impldays.output.opengraph import Preview, Previews

SCRIPT = "assets/impldays/impldays.js"
STYLES = ("assets/impldays/impldays.css", "assets/impldays/impldays-site.css")
"""The styles in the theme, by their paths from the site's root."""


class PageOfSite(NamedTuple):
    """The facts of a page that its head needs."""

    title: str
    description: str | None
    url: str
    """Its address from the root of the site in its language, without the slash before it."""
    canonical_url: str | None
    source: str
    """Its file, below `docs/`."""
    is_home: bool
    """Whether it is the home page."""
    root: str
    """The address of the site's root, relative to the page."""
    translations: Mapping[str, str]
    """The absolute addresses of the page by language (BCP 47), including its own."""


@dataclass(frozen=True)
class Head:
    """Writes the heads of a site's pages."""

    fest: Fest
    sources: Collection[str]
    """The files, below `docs/`, of the pages about the whole fest, like the home page."""
    site_name: str
    site_url: str | None
    moment: datetime
    clock: datetime | None
    """A fixed moment for the script; `None` for the visitor's clock."""
    is_preview: bool
    """Whether the page has the time bar."""
    addresses: Mapping[str, str]
    """The addresses of pages below `fests/`, from the root, by their files below `docs/`."""

    def lines(self, page: PageOfSite, *, head: str = "") -> str:
        """Return the additions to a page's head, of which `head` is the theme's."""
        return "".join(self._lines(page, head))

    @cached_property
    def _fixed_moment(self) -> str:
        """The attribute of the script that fixes its clock; empty for the visitor's clock."""
        return f' data-now="{self.clock.isoformat()}"' if self.clock else ""

    def _lines(self, page: PageOfSite, head: str) -> Iterator[str]:
        src = f"{escape(page.root)}{SCRIPT}"
        yield f'<script src="{src}" data-impldays{self._fixed_moment}></script>\n'
        if self.is_preview:
            style, behaviour = (escape(page.root) + file for file in timebar.FILES)
            yield f'<link rel="stylesheet" href="{style}">\n<script src="{behaviour}"></script>\n'
        if len(page.translations) > 1:
            for tag, address in page.translations.items():
                link = f'href="{escape(address)}" hreflang="{escape(tag)}"'
                yield f'<link rel="alternate" {link}>\n'
        yield f"{self._previews.tags(self._preview(page), head=head)}\n"
        if (node := self._node(page)) is not None:
            yield f"{script(node)}\n"

    def _preview(self, page: PageOfSite) -> Preview:
        return Preview(
            title=self.fest.name if page.is_home else unescape(page.title),
            description=unescape(page.description) if page.description else self.fest.description,
            page_url=page.canonical_url,
        )

    @cached_property
    def _previews(self) -> Previews:
        return Previews(
            site_name=self.site_name,
            language=self.fest.language,
            picture=card_picture(self.fest),
            site_url=self.site_url,
        )

    def bar(self, page: str) -> Markup:
        """Return the time bar for the HTML of a page in a preview."""
        moments = timebar.moments_in(page)
        if moments not in self._bars:
            self._bars[moments] = timebar.timebar(self.fest, moments)
        return self._bars[moments]

    @cached_property
    def _bars(self) -> dict[frozenset[str], Markup]:
        """The time bars by the moments of pages, which are mostly the same."""
        return {}

    def _node(self, page: PageOfSite) -> dict[str, object] | None:
        fest, image = self.fest, card_path(self.fest)
        if page.is_home or page.source in self.sources:
            return fest_node(
                fest,
                site_url=self.site_url,
                moment=self.moment,
                image=image,
                addresses=self.addresses,
                has_sessions=page.source == source_of(fest),
            )
        if (line := self._sessions.get(page.source)) is not None:
            return session_node(
                fest,
                line,
                page_url=page.canonical_url,
                site_url=self.site_url,
                moment=self.moment,
                image=image,
                addresses=self.addresses,
            )
        if (name := self._speakers.get(page.source)) is not None:
            return speaker_node(fest, name, page_url=page.canonical_url)
        event = self._events.get(page.url.strip("/").removesuffix("index.html"))
        if event is None:
            return None
        return event_node(fest, event, site_url=self.site_url, moment=self.moment, image=image)

    @cached_property
    def _sessions(self) -> dict[str, AgendaLine]:
        """The lines of the agendas, by the files of the pages of their sessions."""
        lines = lines_of(self.fest).items()
        return {session_source(self.fest, key): line for key, line in lines}

    @cached_property
    def _speakers(self) -> dict[str, str]:
        """The ids of the speakers, by the files of their pages."""
        return {speaker_source(self.fest, key): key for key in self.fest.speakers}

    @cached_property
    def _events(self) -> dict[str, Event]:
        """The events that have pages, by their addresses; of several on one page, the first."""
        events = reversed(self.fest.events.values())
        return {event.page.strip("/"): event for event in events if event.page}
