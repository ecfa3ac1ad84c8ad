"""Find links of a page that are not valid or not encrypted, and placeholders in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from html import unescape

from mkdocs_impldays.checks.text import Page
from mkdocs_impldays.fest.addresses import address_problem, as_browsers_read, is_placeholder
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.missing import is_soon, time_left
from mkdocs_impldays.fest.time import is_over
from mkdocs_impldays.pages.links import URL_ATTRIBUTES, urls_in
from mkdocs_impldays.problems import Problem, Severity, in_order, quoted

_LINK = re.compile(
    rf"""\]\(\s*<?(?P<inline>[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)>?   # [text](address)
    | \b(?P<name>{"|".join(sorted(URL_ATTRIBUTES))})\s*+=\s*+
      (?:(?P<quote>["'])(?P<html>.*?)(?P=quote) | (?P<bare>[^\s"'<>]++))
    | ^[ ]{{0,3}}\[[^\]\n^]+\]:[ \t]*<?(?P<reference>[^\s<>]+)
    | <(?P<auto>[a-z][a-z0-9+.-]*:[^\s<>]*)>""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_ADDRESSES = ("inline", "html", "bare", "reference", "auto")
"""The groups of `_LINK` that match an address."""

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_ALSO_GOOD = re.compile(r"(webcal|tel|geo):[\w+@.,;=?/:-]*", re.IGNORECASE)
_MOST_UNENCRYPTED = 2
"""The most `http:` links of a page that are reported one by one."""
_UNENCRYPTED = (
    "{count} links are not encrypted, the first to {subject}. Write https: instead of http:."
)
_WAITING = re.compile(
    r"\b(TBA|TBD|TODO|FIXME|XXX|[Ll]orem ipsum|[Tt]o be (?:announced|confirmed))\b"
)


def placeholder_problems(page: Page, fest: Fest, *, moment: datetime) -> list[Problem]:
    """Find placeholders, and addresses that do not work as links.

    Words like “to do” are hints until `fest.missing.SOON` days before the fest, and warnings from
    then on; `moment` is aware. Addresses of the site itself are checked elsewhere.
    """
    return in_order([*_links(page), *_words(page, fest, moment)])


def _links(page: Page) -> Iterator[Problem]:
    text = page.linked
    unencrypted: list[tuple[int, str, str]] = []
    for match in _LINK.finditer(text):
        group = next(group for group in _ADDRESSES if match[group] is not None)
        place = match.start(group)
        for each in urls_in((match["name"] or "").lower(), match[group]):
            if message := link_problem(each):
                if as_browsers_read(each.strip()).lower().startswith("http:"):
                    unencrypted.append((place, each.strip(), message))
                else:
                    yield page.problem(place, message, subject=each.strip())
    if len(unencrypted) <= _MOST_UNENCRYPTED:
        for place, address, message in unencrypted:
            found = page.problem(place, message, subject=address)
            yield replace(found, cause=_UNENCRYPTED)
        return
    place, first, _ = unencrypted[0]
    message = f"{quoted(first)} and {len(unencrypted) - 1} more links of this page are not"
    message = f"{message} encrypted. Write https: instead of http:."
    found = page.problem(place, message, subject=first)
    yield replace(found, cause=_UNENCRYPTED, count=len(unencrypted))


@lru_cache(maxsize=4096)
def link_problem(address: str) -> str | None:
    """Return what is wrong with the address of a link to another site; `None` if valid."""
    address = address.strip()
    if address == "#":
        return '"#" leads nowhere. Write the address, or that of a section like #venue.'
    if is_placeholder(address) and address:
        message = f"{quoted(address)} is a placeholder."
        return f"{message} Write the real one, or remove the link."
    if variable := re.search(r"\{[{%]", address):
        is_open = address[: variable.start()].lower().startswith("http:")
        return f"{quoted(address)} is not encrypted. Write https: for http:." if is_open else None
    meant = unescape(address) if address.startswith("https:") else address
    is_elsewhere = _ELSEWHERE.match(as_browsers_read(address)) and not _ALSO_GOOD.fullmatch(address)
    if is_elsewhere and (problem := address_problem(meant)):
        return f"{quoted(address)} {problem}"
    return None


def _words(page: Page, fest: Fest, moment: datetime) -> Iterator[Problem]:
    left = time_left(fest, moment)
    severity: Severity = "warning" if is_soon(fest, moment) or is_over(fest, moment) else "hint"
    for match in _WAITING.finditer(page.words):
        if page.linked[match.start()] == " ":
            continue  # it is in code
        message = f"{quoted(match[0])} is still a placeholder. {left}"
        yield page.problem(match.start(), message, severity)
