"""All that the pages and templates of a site may use: names, macros, filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from jinja2.ext import Extension

from mkdocs_impldays.fest import Fest
from mkdocs_impldays.macros import Macros, filters
from mkdocs_impldays.names import fest_facts, names_of
from mkdocs_impldays.pages.inline import inline_html
from mkdocs_impldays.pages.phase_tags import phase_tags
from mkdocs_impldays.partials import Partials
from mkdocs_impldays.words import Words


@dataclass(frozen=True)
class Setting:
    """Where and when a site is built."""

    moment: datetime
    """The aware moment it is built for."""
    site_url: str | None
    """Its public address, if it is known."""
    folders: Sequence[str]
    """The folders of the theme's templates, the site's own first."""
    link_class: str
    """The classes that make a link a button in the site's theme."""
    is_preview: bool
    """Whether states that are over are carried along, for a look at any moment."""


@dataclass(frozen=True)
class Vocabulary:
    """What pages and templates may use."""

    names: Mapping[str, object]
    """Facts and macros, by name."""
    in_templates: Mapping[str, object]
    """The same and two more: `say` gives our own phrases, `inline` HTML of inline Markdown."""
    filters: Mapping[str, Callable[..., object]]
    """What can stand behind `|`."""
    tags: type[Extension]
    """What can stand between `{%` and `%}`, for what is shown at its time."""


def vocabulary_of(fest: Fest, *, fests: Iterable[Fest], setting: Setting) -> Vocabulary:
    """Give the vocabulary of a site about one fest, which knows `fests` of its folder too."""
    words = Words.of(fest.language, fest.phrases)
    tba = words.say("tba")
    names = names_of(fest, tba=tba)
    helpers = {"say": words.phrase, "inline": inline_html}
    others = [fest_facts(each, tba=tba) for each in _latest_first(fests)]
    macros = Macros(
        fest=fest,
        names=names,
        fests=others,
        words=words,
        moment=setting.moment,
        site_url=setting.site_url,
        render=Partials(setting.folders, {**names, **helpers}).render,
        link_class=setting.link_class,
        whole=setting.is_preview,
    )
    shared = {**names, "fests": others, **macros.by_name()}
    tags = phase_tags(fest, setting.moment, whole=setting.is_preview)
    return Vocabulary(shared, {**shared, **helpers}, filters(fest.language), tags)


def _latest_first(fests: Iterable[Fest]) -> list[Fest]:
    known = [(fest.start, fest) for fest in fests if fest.start]
    return [fest for _, fest in sorted(known, key=lambda pair: pair[0], reverse=True)]
