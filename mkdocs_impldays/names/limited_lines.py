"""Facts with an end as lines of a list: hidden before they begin, and gone when they are over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.limited import Contact, Live
from mkdocs_impldays.fest.phases import shown
from mkdocs_impldays.pages.alternatives import View, attributes
from mkdocs_impldays.pages.facts import Facts
from mkdocs_impldays.words.words import Words


def limited_lines(
    facts: Sequence[Contact | Live], fest: Fest, *, view: View, words: Words
) -> list[Facts]:
    """Give those that are left in a view, as HTML.

    `shown` are the attributes of each.
    """
    lines = []
    for fact in facts:
        if left := view.left([shown(fact, fest)]):
            parts = _contact(fact) if isinstance(fact, Contact) else _live(fact, words)
            text = Markup(" ").join(parts)
            lines.append(Facts("line", {"shown": attributes(left, view.moment)}, text=text))
    return lines


def _contact(contact: Contact) -> Iterator[Markup]:
    name = contact.name
    yield _link(contact.url, name) if contact.url else Markup("<span>{}</span>").format(name)
    if contact.phone:
        yield _link("tel:" + re.sub(r"[^+0-9]", "", contact.phone), contact.phone)
    if contact.email:
        yield _link(f"mailto:{contact.email}", contact.email)


def _live(live: Live, words: Words) -> Iterator[Markup]:
    kind = "live.stream" if live.stream else "live.document"
    yield _link(live.stream or live.document or "", live.title or words.say(kind))


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}" rel="noopener">{}</a>').format(address, text)
