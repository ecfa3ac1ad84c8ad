"""All that the pages and templates of a site may use: names, macros, filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from jinja2.ext import Extension
from markupsafe import Markup

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.phases import is_over
from mkdocs_impldays.names.archive import banner_text
from mkdocs_impldays.names.filters import filters
from mkdocs_impldays.names.macros import Macros
from mkdocs_impldays.names.names import names_of
from mkdocs_impldays.names.partials import Partials
from mkdocs_impldays.names.setting import Setting
from mkdocs_impldays.pages.alternatives import View
from mkdocs_impldays.pages.facts import Facts, for_html
from mkdocs_impldays.pages.inline import inline_html
from mkdocs_impldays.pages.phase_tags import phase_tags
from mkdocs_impldays.words.words import Words

Seen = Callable[..., Mapping[str, object]]
"""Gives what pages see of a fest, as `names_of` does."""


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
    told = partial(_told, words=words, moment=setting.view.moment, seen=seen)
    names, every = told(fest), {each.id: _fest(told(each)) for each in fests}
    helpers = _helpers(words, setting)
    partials = Partials(setting.folders, {**names, **helpers})
    macros = Macros(fest, names, every, pages, words, setting, partials.render)
    shared = {**names, "fests": list(every.values()), **macros.by_name()}
    ready = {name: for_html(fact) for name, fact in {**shared, **helpers}.items()}
    tags = phase_tags(fest, setting.view)
    banner = None
    if fest.id != current.id:
        banner = _banner(fest, current, partials=partials, view=setting.view, words=words)
    return Vocabulary(shared, ready, filters(fest.language), tags, banner, cache(macros.notice))


def _told(fest: Fest, *, words: Words, moment: datetime, seen: Seen) -> Mapping[str, object]:
    """Give what pages see of a fest, with the words for what is not known at an aware moment."""
    is_past = is_over(fest, moment) and fest.status_of() != "postponed"
    return seen(fest, tba=words.say("tba.over" if is_past else "tba"))


def _fest(names: Mapping[str, object]) -> Facts:
    fest = names["fest"]
    assert isinstance(fest, Facts)
    return fest


def _helpers(words: Words, setting: Setting) -> dict[str, object]:
    """Give what only templates may use."""
    return {
        "say": words.phrase,
        "inline": inline_html,
        "foreign": words.attributes,
        "root": setting.root,
    }


def _banner(fest: Fest, current: Fest, *, partials: Partials, view: View, words: Words) -> Markup:
    """Say of which fest a page is, with the way to the current one."""
    text = banner_text(fest, view=view, words=words)
    return partials.render("archive", text=text, go=words.phrase("archive.go", fest=current.name))
