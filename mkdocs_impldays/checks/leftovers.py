"""Find text of another fest of the site that was left over on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from mkdocs_impldays.checks.dates import Mention, mentions_in
from mkdocs_impldays.checks.prose import is_about, may_be_about, names_of
from mkdocs_impldays.checks.text import Page, spelt
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.model import known
from mkdocs_impldays.fest.source import walk
from mkdocs_impldays.problems import Problem, in_order, quoted

_ADVICE = "Correct it, or name that fest or its year beside it."
_NO_HOST = re.compile(r"(.*\.)?example\.(com|net|org|edu)")
"""The names that RFC 2606 reserves for examples."""

_ANOTHER_TIME = re.compile(
    r"\b(spoke|held|visited|was|were|had|did|came|went|gave|fell|met|began|became|took|left|back|since|ago|history"
    r"|previous\w*|earlier|former\w*|last|past|once|then|first|before|after|next|future|see you"
    r"|follow\w*|will|other|every|each|all|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""Words about the past or the future, with which another fest may be named."""

_PHONE = re.compile(r"\+?\d[\d\s()./-]{6,}\d")


def leftover_problems(page: Page, fest: Fest, *, others: Sequence[Fest]) -> list[Problem]:
    """Find another fest's venues, streets, phone numbers, addresses, dates and cities.

    They are not reported in a block that names the other fest, or has a heading that does. The name
    itself is a hint, if the page names only one other fest, in a block about the present.
    """
    blocks = list(_blocks(page, fest))
    possible = [other for other in others if may_be_about(other, page, fest)]
    named = [other for other in possible if is_about(other, page.words, fest)]
    found = [each for other in others for each in _problems(page, blocks, fest, other)]
    for other in others:
        found += [*_calls_in(page, fest, other), *_hosts_in(page, blocks, fest, other)]
    if len(named) == 1:
        found += _names_in(page, fest, named[0])
    return in_order(found)


class _Block(NamedTuple):
    """A paragraph, heading, list item or table row."""

    text: str
    start: int
    heading: str
    """The heading above it, or itself."""
    mentions: list[Mention]


def distinct_name(other: Fest, fest: Fest) -> str:
    """Return the name of another fest; with its ID, where both have the same name."""
    return f"{other.name} ({other.id})" if other.name == fest.name else other.name


def _blocks(page: Page, fest: Fest) -> Iterator[_Block]:
    heading = ""
    for text, start in page.blocks:
        if text.lstrip().startswith("#"):
            heading = text
        yield _Block(text, start, heading, list(mentions_in(text, language=fest.language)))


def _problems(page: Page, blocks: Iterable[_Block], fest: Fest, other: Fest) -> Iterator[Problem]:
    facts = {fact for fact in _facts(other) if fact.isdigit() or page.may_name(fact)}
    facts -= set(_facts(fest)) if facts else set()
    for block in blocks:
        found = [*_facts_in(page, block, facts, fest, other), *_dates_in(page, block, fest, other)]
        around = f"{block.heading} {block.text}"
        if found and not is_about(other, around, fest) and not _of_other_years(block, fest, other):
            yield from found


def _of_other_years(block: _Block, fest: Fest, other: Fest) -> bool:
    years = {day.year for day in other.dates} - {day.year for day in fest.dates}
    return any(re.search(rf"\b{year}\b", block.text) for year in years)


def _names_in(page: Page, fest: Fest, other: Fest) -> Iterator[Problem]:
    """Find the name of another fest in a text about the present, unless in lower case."""
    for block in page.blocks:
        if _ANOTHER_TIME.search(block.text) or is_about(fest, block.text, other):
            continue
        for name in names_of(other, fest):
            for match in spelt(name).finditer(block.text):
                if match[0].islower() and not name.islower():
                    continue
                theirs, own = distinct_name(other, fest), distinct_name(fest, other)
                message = f"{quoted(match[0])} is of {theirs}, not of {own}."
                advice = "Correct it, or write <!-- checks: off --> before it."
                yield page.problem(block.start + match.start(), f"{message} {advice}", "hint")


def _facts(fest: Fest) -> Iterator[str]:
    """Yield facts that identify a fest: its venues, streets, and phone numbers in `site`."""
    for venue in fest.venues.values():
        yield from (fact for fact in (known(venue.name), known(venue.street)) if fact)
    for _, text in walk(fest.site):
        if isinstance(text, str):
            yield from (_digits(match[0]) for match in _PHONE.finditer(text))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _facts_in(
    page: Page, block: _Block, facts: Iterable[str], fest: Fest, other: Fest
) -> Iterator[Problem]:
    for fact in facts:
        if fact.isdigit():
            yield from _phones_in(page, block, fact, distinct_name(other, fest))
        elif len(fact) >= 5 and (match := spelt(fact).search(block.text)):
            message = f"{quoted(fact)} belongs to {distinct_name(other, fest)}. {_ADVICE}"
            yield page.problem(block.start + match.start(), message)


def _phones_in(page: Page, block: _Block, digits: str, other: str) -> Iterator[Problem]:
    for match in _PHONE.finditer(block.text):
        if _digits(match[0]).endswith(digits[-9:]):
            message = f"{quoted(match[0])} is a phone number of {other}. {_ADVICE}"
            yield page.problem(block.start + match.start(), message)


def _dates_in(page: Page, block: _Block, fest: Fest, other: Fest) -> Iterator[Problem]:
    if not block.mentions:
        return
    theirs, ours = set(other.dates), {(day.month, day.day) for day in fest.dates}
    for mention in block.mentions:
        dated = {day for year in {day.year for day in theirs} for day in mention.dates(year)}
        of_us = any((mention.month, day) in ours for day in mention.days)
        if mention.year is None and not of_us and dated & theirs:
            message = f"{quoted(mention.text)} is a day of {distinct_name(other, fest)}. {_ADVICE}"
            yield page.problem(block.start + mention.start, message, "hint")


def _calls_in(page: Page, fest: Fest, other: Fest) -> Iterator[Problem]:
    """Find links to the RSVP and the other calls of another fest."""
    ours = {known(call.url) for call in fest.every_call.values()}
    for key, call in other.every_call.items():
        url = known(call.url)
        if not url or url in ours or not urlsplit(url).path.strip("/"):
            continue
        what = "RSVP link" if key == "rsvp" else f"link of {quoted(call.name or key)}"
        macro = "rsvp_button()" if key == "rsvp" else f'call_button("{key}")'
        for match in re.finditer(re.escape(url.rstrip("/")) + r"(?![\w-])", page.text):
            message = f"{quoted(url)} is the {what} of {distinct_name(other, fest)}."
            yield page.problem(match.start(), f"{message} Write {{{{ {macro} }}}}.")


def _hosts_in(page: Page, blocks: Iterable[_Block], fest: Fest, other: Fest) -> Iterator[Problem]:
    """Find links to the site of another fest in blocks that do not name it."""
    host = host_of(other)
    if host is None or host == host_of(fest) or host not in page.text:
        return
    for text, start, heading, _ in blocks:
        typed = page.linked[start : start + len(text)]
        match = re.search(rf"//{re.escape(host)}(?![\w.-])", typed)
        if match and not is_about(other, f"{heading} {text}", fest):
            message = f"{quoted(host)} is the site of {distinct_name(other, fest)}. {_ADVICE}"
            yield page.problem(start + match.start() + 2, message, "hint")


def host_of(fest: Fest) -> str | None:
    """Return the host of a fest's own website; `None` if it has none."""
    return urlsplit(fest.url).hostname if fest.url else None


def site_problem(site_url: str, fest: Fest, *, others: Iterable[Fest]) -> Problem | None:
    """Return the problem of a site's address that is a placeholder or another fest's."""
    host = urlsplit(site_url).hostname
    if host and _NO_HOST.fullmatch(host):
        message = f"site_url: {quoted(site_url)} is a placeholder."
        advice = "Write the real one, or remove it: calendars and previews name it."
        return Problem("mkdocs.yml", None, f"{message} {advice}", "warning")
    if fest.url is None or host == host_of(fest):
        return None
    other = next((other for other in others if host and host == host_of(other)), None)
    if other is None:
        return None
    message = f"site_url: {quoted(site_url)} is the address of {distinct_name(other, fest)}."
    advice = f"The pages are about {distinct_name(fest, other)}. Write {fest.url}"
    return Problem("mkdocs.yml", None, f"{message} {advice}", "warning")
