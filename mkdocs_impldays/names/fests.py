"""All fests of a site: their list, which is right without a rebuild, and a page for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from itertools import chain
from pathlib import PureWindowsPath
from typing import NamedTuple

from markupsafe import Markup

from mkdocs_impldays.fest.current import Group, begins, groups_of
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.pages.timed import View, shown
from mkdocs_impldays.problems import Problem, guess, quoted

FOLDER = "fests"
"""The folder of those pages below `docs/`, and so of their addresses."""


def fest_of_page(
    meta: Mapping[str, object], fests: Mapping[str, Fest], *, path: str, line: int | None
) -> tuple[Fest | None, list[Problem]]:
    """Return the fest that the front matter of a page names; `None` if it names none.

    `line` is that of `fest:` in the file at `path`. Its value is an id, or the path of a fest file.
    """
    if "fest" not in meta:
        return None, []
    typed = "" if isinstance(meta["fest"], list | dict) else str(meta["fest"] or "")
    name = PureWindowsPath(typed).name  # which knows both kinds of slashes
    fest = fests.get(name.removesuffix(".yml").removesuffix(".yaml"))
    if fest is not None:
        return fest, []
    advice = guess(name, fests) or f" Write one of: {', '.join(fests)}."
    message = f"fest: {quoted(typed)} is not a fest of this site.{advice}"
    return None, [Problem(path, line, message)]


def source_of(fest: Fest) -> str:
    """Return the path, below `docs/`, of the file that holds a fest's own page."""
    return f"{FOLDER}/{fest.id}.md"


def page_text(fest: Fest) -> str:
    """Return the Markdown file of a fest's page, for a fest whose organiser wrote none.

    It has macros only, so that it is right at any time and in any language.
    """
    text = files("mkdocs_impldays.names").joinpath("fest.md").read_text("utf-8")
    return text.replace("FEST", fest.id)


def pages_of(fests: Iterable[Fest], addresses: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses of the fests' own pages, by the fests' ids.

    `addresses` are those of all pages from the site's root, by their files below `docs/`.
    """
    return {
        fest.id: f"/{addresses[source_of(fest)]}" for fest in fests if source_of(fest) in addresses
    }


_LAST = datetime.max.replace(tzinfo=UTC)


class Listing(NamedTuple):
    """A section of the list: the fests that are in a group now, or will be."""

    group: Group
    shown: Markup
    """The attributes that say when any fest is in the group."""
    fests: tuple[tuple[Fest, Markup], ...]
    """Each fest with the attributes that say when it is in the group."""


def latest_first(fests: Iterable[Fest]) -> list[Fest]:
    """Return fests by their first day, the latest first and those without a day before them."""
    return sorted(fests, key=lambda fest: begins(fest) or _LAST, reverse=True)


def listings(fests: Iterable[Fest], view: View) -> tuple[Listing, ...]:
    """Return the groups in order, with their fests at the view's moment and later.

    Current and upcoming fests are by first day, those without one last; past ones latest first.
    """
    latest = latest_first(sorted(fests, key=lambda fest: fest.id, reverse=True))
    next_first = [*reversed(latest)]
    next_first.sort(key=lambda fest: fest.awaits_days() and not fest.month)
    orders = {Group.CURRENT: next_first, Group.UPCOMING: next_first, Group.PAST: latest}
    found = (_listing(group, ordered, view) for group, ordered in orders.items())
    return tuple(listing for listing in found if listing)


def _listing(group: Group, fests: Sequence[Fest], view: View) -> Listing | None:
    spans = {fest.id: [span for span in groups_of(fest) if span.value is group] for fest in fests}
    whole = shown(chain.from_iterable(spans.values()), view)
    times = [(fest, shown(spans[fest.id], view)) for fest in fests]
    listed = tuple((fest, when) for fest, when in times if when is not None)
    return None if whole is None else Listing(group, whole, listed)
