"""Everything needed to render the pages, templates and files of a fest in a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from importlib.resources import files as files_of_package
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2.ext import Extension
from markupsafe import Markup

from mkdocs_impldays.cache import key_of
from mkdocs_impldays.checks.pages import PageChecks
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.time import Span, is_over
from mkdocs_impldays.head import STYLES, Head
from mkdocs_impldays.names.ahead import dates_ahead, venues_ahead
from mkdocs_impldays.names.banners import banner_text
from mkdocs_impldays.names.fests import FOLDER, source_of
from mkdocs_impldays.names.filters import filters
from mkdocs_impldays.names.macros import Macros
from mkdocs_impldays.names.partials import Partials
from mkdocs_impldays.names.variables import variables_of
from mkdocs_impldays.output.image import size_attributes
from mkdocs_impldays.pages.facts import CalledFacts, Facts, for_html
from mkdocs_impldays.pages.printing import inline_html
from mkdocs_impldays.pages.render import Renderer
from mkdocs_impldays.pages.tags import phase_tags
from mkdocs_impldays.pages.timed import View, shown
from mkdocs_impldays.words.phrases import Words

if TYPE_CHECKING:
    from mkdocs_impldays.site import Site


class PageContext:
    """Everything needed to render the pages of a fest in a language, each made when first used.

    There is one for each fest and language, which `Site.context` returns.
    """

    def __init__(self, fest: Fest, site: Site) -> None:
        """`fest` is already in the language of the pages."""
        self.fest = fest
        self.site = site
        self.view = View(site.moment, is_preview=site.options.is_preview)

    @cached_property
    def words(self) -> Words:
        """Phrases and dates in the language of the pages."""
        return Words.of(self.fest.language, self.fest.phrases)

    @cached_property
    def _is_over(self) -> bool:
        return is_over(self.fest, self.site.moment)

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """The variables `site`, `fest`, `events`, `venues`, `rsvp` and `calls`."""
        never = self.words.say("tba.over")
        tba = never if self._is_over else self.words.say("tba")
        return variables_of(self.fest, tba=tba, never=never, addresses=self.site.addresses)

    @cached_property
    def fests(self) -> dict[str, Facts]:
        """The facts of every fest of the site, by the ids of the fests."""
        return {each.fest.id: each.facts["fest"] for each in self.site.contexts(self.fest.language)}

    @cached_property
    def names(self) -> dict[str, object]:
        """Facts and macros, by the names that pages use."""
        macros = self.macros.by_name()
        names = {**self.facts, "fests": list(self.fests.values()), **macros}
        return {**names, "calls": CalledFacts(self.facts["calls"], macros["calls"])}

    @cached_property
    def template_names(self) -> dict[str, object]:
        """The names of pages, escaped for templates that do not escape, and `_template_helpers`."""
        names = {**self.names, **self._template_helpers}
        return {name: for_html(fact) for name, fact in names.items()}

    @cached_property
    def _template_helpers(self) -> dict[str, object]:
        """Names that only templates have.

        `say` returns a phrase of ours, `inline` the HTML of inline Markdown; `foreign` are the
        attributes of an element with our phrases, if they are in another language; `root` is the
        folder of the language below the site's root. `during` returns the attributes of an element
        that is shown from one moment until another, or `None` if it is over. `dates_ahead` returns
        the dates of an event, of many the next one, or `None`; `venues_ahead` its venues, each with
        the attributes that show it in its time; one that is `tba` is a phrase until all is over.
        `size` returns the attributes of a picture of the site that say how wide and high it is.
        """

        def ahead(event: Facts, style: str) -> Markup | None:
            assert isinstance(event.value, Event)
            return dates_ahead(self.fest, event.value, style, view=self.view, words=self.words)

        def places(event: Facts) -> list[tuple[object, Markup]]:
            assert isinstance(event.value, Event)
            found, venues = venues_ahead(self.fest, event.value, self.view), self.facts["venues"]
            assert isinstance(venues, Facts)
            tba = self.words.phrase("place.tba")
            return [
                (for_html(venues[venue.id]) if venue else tba, times)
                for venue, times in found
                if venue or not self._is_over
            ]

        def during(start: object, end: object) -> Markup | None:
            moments = [each.value if isinstance(each, Facts) else each for each in (start, end)]
            first, last = (each if isinstance(each, datetime) else None for each in moments)
            return shown([Span(True, first, last)], self.view)

        def size(picture: object) -> Markup:
            folder = self.site.options.picture_folder
            return size_attributes(Path(folder, str(picture))) if folder else Markup()

        return {
            "say": self.words.phrase,
            "size": size,
            "during": during,
            "dates_ahead": ahead,
            "venues_ahead": places,
            "inline": inline_html,
            "foreign": self.words.attributes,
            "root": self.site.options.root,
        }

    @cached_property
    def partials(self) -> Partials:
        """The partial templates that macros are rendered with."""
        folders = self.site.options.template_folders
        names = {**self.facts, **self._template_helpers}
        return Partials(folders, names, self.site.cache.templates)

    @cached_property
    def macros(self) -> Macros:
        """The macros of pages and templates."""
        options = self.site.options
        return Macros(
            self.fest,
            self.facts,
            self.fests,
            self.site.pages,
            self.words,
            self.view,
            options.url,
            options.link_class,
            self.partials.render,
        )

    @cached_property
    def filters(self) -> dict[str, Callable[..., object]]:
        """The filters of pages."""
        return filters(self.fest.language)

    @cached_property
    def tags(self) -> type[Extension]:
        """The tags of pages, like `{% before %}`."""
        return phase_tags(self.fest, self.view)

    @cached_property
    def renderer(self) -> Renderer:
        """The renderer of the variables, macros and tags of pages."""
        return Renderer(
            self.names,
            filters=self.filters,
            extensions=[self.tags],
            cut=self.site.cache.cut,
            compiled=self.site.cache.code,
            stash=self.site.stash,
        )

    @cached_property
    def checks(self) -> PageChecks:
        """The checks of the text of pages against the facts of the fests."""
        fests = self.site.fests_in(self.fest.language)
        return self.site.cache.checks(self.fest, fests, moment=self.site.moment)

    @cached_property
    def head(self) -> Head:
        """The writer of the heads of pages."""
        site = self.site
        return Head(
            self.fest,
            sources=frozenset({"index.md", "README.md", source_of(self.fest)}),
            site_name=site.options.name,
            site_url=site.options.url,
            moment=site.moment,
            clock=site.moment if site.is_moment_set else None,
            is_preview=site.options.is_preview,
            addresses={
                source: address.removeprefix(site.options.root)
                for source, address in site.addresses.items()
            },
        )

    @cached_property
    def banner(self) -> Markup | None:
        """The HTML at the top of pages of a fest that is not the current one; else `None`.

        It follows the clock on a site that is not rebuilt when another fest becomes current.
        """
        if self.site.current is None:
            return None
        pages = self.site.pages
        later = [(at, fest, pages.get(fest.id) or fest.url) for at, fest in self.site.handovers]
        ends = [at for at, _, _ in later]
        banners = [
            self._banner(fest, address=address, shown=times)
            for (at, fest, address), end in zip_longest(
                [(None, self.site.current, "/"), *later], ends
            )
            if address and fest.id != self.fest.id
            if (times := shown([Span(True, at, end)], self.view)) is not None
        ]
        html = Markup("\n").join(banners)
        if later and html:
            return Markup('<div class="impldays">{}</div>').format(html)
        return html or None

    def _banner(self, current: Fest, *, address: str, shown: Markup) -> Markup:
        name = self.site.in_language(current, self.fest.language).name
        if name == self.fest.name:  # another edition, which the ID tells while no day is known
            text = str(current.dates[0]) if current.dates else current.id
            year = re.search(r"(?<!\d)20\d\d(?!\d)", text)
            name = f"{name} {year[0]}" if year else name
        return self.partials.render(
            "archive",
            text=banner_text(self.fest, view=self.view, words=self.words),
            go=self.words.phrase("archive.go", fest=name),
            address=address,
            shown=shown,
        )

    @cached_property
    def notice(self) -> Markup:
        """The HTML that says what is not as planned; empty if everything is.

        Raises `PageError` if the site's own template of it has an error.
        """
        return self.macros.notice()

    def partial(self, name: str, **names: object) -> Markup:
        """Return the HTML of a partial, like that of the drawing at the top of the home page.

        `names` are those that it needs besides the names of pages. Raises `PageError` if a template
        of the site's own has an error.
        """
        return self.partials.render(name, **{**self.names, **names})

    def assets(self) -> dict[str, bytes]:
        """Return the scripts and styles by path, for an engine whose theme does not have them."""
        folder = "assets/impldays"
        parts = ("theme", "preview") if self.view.is_preview else ("theme",)
        found = {
            f"{folder}/{file.name}": file.read_bytes()
            for part in parts
            for file in files_of_package("mkdocs_impldays").joinpath(part, folder).iterdir()
        }
        return found | {STYLES[-1]: self.partials.text(STYLES[-1], **self.names).encode()}

    def files(self, *, stamps: Mapping[str, datetime]) -> Mapping[str, bytes]:
        """Return the calendars and other files of all fests, by their paths from the site's root.

        The aware `stamps` say when the fest files last changed, by the ids of the fests.
        """
        site, fests = self.site, self.site.fests_in(self.fest.language)
        url, feed = site.options.url, site.options.feed_deadlines

        def make() -> dict[str, bytes]:
            from mkdocs_impldays.output.files import files_of  # noqa: PLC0415 - slow to import

            return files_of(
                self.fest,
                fests=fests,
                site_url=url,
                stamps=stamps,
                addresses=site.addresses,
                lasting=self._lasting_files,
                has_deadlines=feed,
            )

        about = [*sorted(stamps.items()), *site.sources.items(), *site.addresses.items()]
        key = key_of(["files", self.fest.id, self.fest.language, url, feed, *about])
        return site.cache.files(key, make)

    def _lasting_files(
        self,
        fest: Fest,
        *,
        site_url: str | None,
        stamp: datetime,
        addresses: Mapping[str, str],
    ) -> Mapping[str, bytes]:
        """Return the files that depend on one fest only, cached for each fest."""
        theirs = {
            source: address
            for source, address in addresses.items()
            if source.startswith(f"{FOLDER}/{fest.id}/")
        }

        def make() -> dict[str, bytes]:
            from mkdocs_impldays.output.files import lasting_files  # noqa: PLC0415 - as above

            return lasting_files(fest, site_url=site_url, stamp=stamp, addresses=theirs)

        sources = [self.site.sources[path] for path in fest.paths]
        about = [fest.id, fest.language, site_url, stamp, *sorted(theirs.items()), *sources]
        key = key_of(["lasting files", *about])
        return self.site.cache.files(key, make)
