"""All that the pages and templates of a site may use: names, macros, filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from jinja2.ext import Extension
from markupsafe import Markup

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.unknown import is_over
from mkdocs_impldays.language.words import Words
from mkdocs_impldays.pages.alternatives import View
from mkdocs_impldays.pages.facts import Facts, for_html
from mkdocs_impldays.pages.inline import inline_html
from mkdocs_impldays.pages.phase_tags import phase_tags
from mkdocs_impldays.vocabulary.archive import banner_text
from mkdocs_impldays.vocabulary.filters import filters
from mkdocs_impldays.vocabulary.macros import Macros
from mkdocs_impldays.vocabulary.names import names_of
from mkdocs_impldays.vocabulary.partials import Partials

Seen = Callable[..., Mapping[str, object]]
"""Gives what pages see of a fest, as `names_of` does."""


@dataclass(frozen=True)
class Setting:
    """Where and when a site is built."""

    view: View
    """The moment it is built for, and whether it is for a look at any other."""
    site_url: str | None
    """Its public address, if it is known."""
    folders: Sequence[str]
    """The folders of the theme's templates, the site's own first."""
    link_class: str
    """The classes that make a link a button in the site's theme."""
    root: str = ""
    """The folder of the language below the site's root, like `fr/`."""


@dataclass(frozen=True)
class Vocabulary:
    """What pages and templates may use."""

    names: Mapping[str, object]
    """Facts and macros, by name."""
    in_templates: Mapping[str, object]
    """The same, ready for an engine that escapes nothing, and four more.

    `say` gives our own phrases, `inline` HTML of inline Markdown; `foreign` are the attributes of
    an element with our phrases, where they are in another language; `root` is the folder of the
    language below the site's.
    """
    filters: Mapping[str, Callable[..., object]]
    """What can stand behind `|`."""
    tags: type[Extension]
    """What can stand between `{%` and `%}`, for what is shown at its time."""
    banner: Markup | None
    """What stands at the head of pages of a fest that is not the current one, as HTML."""
    notice: Callable[[], Markup]
    """Gives what stands at the head of pages of a fest that is not as it was planned."""


def vocabulary_of(  # noqa: PLR0913 - the site knows its fests, its pages and its setting
    fest: Fest,
    *,
    fests: Iterable[Fest],
    current: Fest,
    pages: Mapping[str, str],
    setting: Setting,
    seen: Seen = names_of,
) -> Vocabulary:
    """Give the vocabulary of pages about one of the `fests` of a site, in the order of its list.

    `current` is the one that the site is about now; `pages` are the addresses of the fests' own
    pages, by the fests' ids. `seen` may keep what it gives, for the pages of other fests.
    """
    words = Words.of(fest.language, fest.phrases)

    def told(each: Fest) -> Mapping[str, object]:
        is_past = is_over(each, setting.view.moment)
        return seen(each, tba=words.say("tba.over" if is_past else "tba"))

    names = told(fest)
    helpers = {
        "say": words.phrase,
        "inline": inline_html,
        "foreign": words.attributes,
        "root": setting.root,
    }
    every = {each.id: _fest(told(each)) for each in fests}
    partials = Partials(setting.folders, {**names, **helpers})
    macros = Macros(
        fest=fest,
        names=names,
        fests=every,
        words=words,
        view=setting.view,
        site_url=setting.site_url,
        render=partials.render,
        link_class=setting.link_class,
        pages=pages,
    )
    shared = {**names, "fests": list(every.values()), **macros.by_name()}
    tags = phase_tags(fest, setting.view)
    banner = None
    if fest.id != current.id:
        text = banner_text(fest, view=setting.view, words=words)
        go = words.phrase("archive.go", fest=current.name)
        banner = partials.render("archive", text=text, go=go)
    ready = {name: for_html(fact) for name, fact in {**shared, **helpers}.items()}
    return Vocabulary(shared, ready, filters(fest.language), tags, banner, cache(macros.notice))


def _fest(names: Mapping[str, object]) -> Facts:
    fest = names["fest"]
    assert isinstance(fest, Facts)
    return fest


def latest_first(fests: Iterable[Fest]) -> list[Fest]:
    """Sort fests by their first days, those without a known one first."""
    last = datetime.max.replace(tzinfo=UTC)
    return sorted(fests, key=lambda fest: fest.start or last, reverse=True)
