"""A site: its fests, the current one, and the moment it is built for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from mkdocs_impldays.cache import Cache
from mkdocs_impldays.context import PageContext
from mkdocs_impldays.disk import read_sources
from mkdocs_impldays.fest.agenda_checks import early_recordings
from mkdocs_impldays.fest.clock import read_now
from mkdocs_impldays.fest.current import current, handovers
from mkdocs_impldays.fest.editions import repeated_facts, without_pages_of
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.load import load_fests
from mkdocs_impldays.fest.missing import early_changes, unknown_facts
from mkdocs_impldays.names.button import LINK_CLASS
from mkdocs_impldays.names.fests import FOLDER, latest_first, pages_of
from mkdocs_impldays.pages.stash import Stash
from mkdocs_impldays.problems import Problem, guess, quoted
from mkdocs_impldays.words.languages import is_language


class SiteOptions(NamedTuple):
    """Facts of a site from the engine and its configuration."""

    name: str = ""
    """The name of the site."""
    url: str | None = None
    """The public address of the site; `None` if it is not known."""
    language: str | None = None
    """The language of all pages (BCP 47); `None` for that of each fest."""
    template_folders: Sequence[str] = ()
    """The folders of the theme's templates, the site's own first."""
    picture_folder: str | None = None
    """The folder of pages and pictures; `None` if the size of pictures is not needed."""
    link_class: str = LINK_CLASS
    """The classes that make a link a button in the site's theme."""
    is_preview: bool = False
    """Whether pages have the states of all moments, for the time bar of `mkdocs serve`."""
    feed_deadlines: bool = False
    """Whether the calendar of all fests has their deadlines too."""
    root: str = ""
    """The folder of the language below the site's root, like `fr/`."""


@dataclass(frozen=True, eq=False)
class Site:
    """The fests of a site at a moment; frozen, so that a change makes a new one."""

    fests: Mapping[str, Fest]
    """All fests that can be read, by their ids."""
    current: Fest | None
    """The fest of every page that names no other; `None` if any fest file has an error."""
    moment: datetime
    """The aware moment that the site is built for."""
    is_moment_set: bool
    """Whether that moment was set, so that visitors' clocks are ignored."""
    sources: Mapping[str, bytes]
    """The contents of the fest files, by their paths relative to the site's folder."""
    options: SiteOptions = field(default_factory=SiteOptions)
    follows_clock: bool = True
    """Whether the current fest depends on the moment, and was not chosen."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """The addresses of the fests' own pages, by the ids of the fests."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """The addresses of the pages below `fests/`, by their files below `docs/`."""
    stash: Stash = field(default_factory=Stash)
    """The HTML of pages that Markdown must not change."""
    cache: Cache = field(default_factory=Cache)
    _contexts: dict[tuple[str, str], PageContext] = field(default_factory=dict, init=False)
    _translations: dict[tuple[str, str], Fest] = field(default_factory=dict, init=False)

    @cached_property
    def handovers(self) -> list[tuple[datetime, Fest]]:
        """Each moment at which another fest becomes current, in order, with that fest."""
        if not self.follows_clock or self.current is None:
            return []
        return handovers(self.fests.values(), self.moment)

    def localized(self, root: str, *, url: str | None, name: str) -> Site:
        """Return the same site in a language with the folder `root`, like `fr/`, and a site name.

        `url` is the public address of the whole site.
        """
        url = f"{url.rstrip('/')}/{root}" if url else None
        return replace(self, options=self.options._replace(root=root, url=url, name=name))

    def with_pages(self, addresses: Mapping[str, str]) -> Site:
        """Return the same site with the addresses of its pages, by their files below `docs/`."""
        below = {name: url for name, url in addresses.items() if name.startswith(f"{FOLDER}/")}
        return replace(self, pages=pages_of(self.fests.values(), addresses), addresses=below)

    def context(self, fest_id: str | None = None, language: str | None = None) -> PageContext:
        """Return the context of a fest's pages in a language; of the current fest without an id.

        Raises `LookupError` while no fest is current.
        """
        fest = self.fests.get(fest_id or "", self.current)
        if fest is None:
            raise LookupError
        fest = self.in_language(fest, language or self.options.language or fest.language)
        key = (fest.id, fest.language)
        if key not in self._contexts:
            self._contexts[key] = PageContext(fest, self)
        return self._contexts[key]

    def contexts(self, language: str) -> list[PageContext]:
        """Return the contexts of all fests in a language, in the order of the list of fests."""
        return [self.context(fest.id, language) for fest in self._listed]

    @cached_property
    def _listed(self) -> list[Fest]:
        """All fests in the order of their list, sorted once for the pages of each."""
        return latest_first(self.fests.values())

    def in_language(self, fest: Fest, language: str) -> Fest:
        """Return a fest in a language, or unchanged if CLDR does not know the language."""
        key = (fest.id, language)
        if key not in self._translations:
            known = is_language(language)
            self._translations[key] = fest.in_language(language) if known else fest
        return self._translations[key]

    def fests_in(self, language: str) -> list[Fest]:
        """Return all fests in a language, in the order of their ids."""
        return [self.in_language(fest, language) for fest in self.fests.values()]


def read_site(  # noqa: PLR0913 - all that a site depends on
    root: Path,
    *,
    where: str,
    fest_id: str | None,
    now: str | None,
    clock: datetime,
    options: SiteOptions | None = None,
    cache: Cache | None = None,
) -> tuple[Site, list[Problem]]:
    """Return the site of the fest file or folder `where`, relative to `root`, and its problems.

    `fest_id` is the current fest, if it does not depend on the moment. `now` is the moment to build
    for (ISO 8601), in the fest's time zone if it has no offset; by default, the aware `clock`.
    """
    sources, problems = read_sources(root, where=where)
    fests, found = load_fests(sources)
    problems += found
    asked, found = _read_now(now)
    problems += found
    moment = asked or clock
    fest = None
    if not any(problem.severity == "error" for problem in problems):
        at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        fest, found = _choose(fests, fest_id, moment=at)
        problems += found
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=fest.timezone if fest else UTC)
    for each in fests.values():
        problems += unknown_facts(each, moment=moment)
        problems += early_recordings(each, moment=moment)
        problems += early_changes(each, moment=moment)
    problems += repeated_facts(fests.values())
    site = Site(
        without_pages_of(fest, fests) if fest else fests,
        fest,
        moment,
        asked is not None,
        sources,
        options or SiteOptions(),
        follows_clock=fest_id is None,
        cache=cache or Cache(),
    )
    return site, problems


def _choose(
    fests: dict[str, Fest], fest_id: str | None, *, moment: datetime
) -> tuple[Fest | None, list[Problem]]:
    if fest_id is None:
        return current(fests.values(), moment), []
    if fest_id in fests:
        return fests[fest_id], []
    advice = guess(fest_id, fests) or f" Write one of: {', '.join(fests)}."
    message = f"fest: {quoted(fest_id)} is not the name of a fest file.{advice}"
    return None, [Problem("mkdocs.yml", None, message)]


def _read_now(text: str | None) -> tuple[datetime | None, list[Problem]]:
    moment = read_now(text) if text else None
    if isinstance(moment, str):
        return None, [Problem("mkdocs.yml", None, f"now: {moment}")]
    return moment, []
