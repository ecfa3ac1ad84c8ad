"""Messages about a tag in the words that its author typed."""

from __future__ import annotations

import re

_FACT = re.compile(r'"([\w.]+)\.(\w+)" is not (?:known|in the fest file)\.')
_NAME = re.compile(r'"(-?\w+)" is not known\.')


def as_typed(message: str, typed: str) -> str:
    """Give a message with what the author typed, where that is not what the fact is called.

    In `{% for d in fest.days %}` it is `d.date` that the author knows, not `day.date`.
    """
    if fact := _FACT.match(message):
        return _renamed(message, fact[1], fact[2], typed)
    if name := _NAME.match(message):
        return _place_in_list(name[1]) or _without_quotes(name[1], typed) or message
    return message


def _renamed(message: str, group: str, name: str, typed: str) -> str:
    """Put the author's own way to a group of facts in place of its path."""
    ways = set(re.findall(rf"(?<![\w.])([a-z_A-Z][\w.]*(?:\[\d+\])*)\.{name}\b", typed))
    if len(ways) != 1 or group in ways:
        return message
    [way] = ways
    return re.sub(rf"(?<![\w.]){re.escape(group)}(?=\.\w)", way, message)


def _place_in_list(name: str) -> str:
    """Say of a number that no list is as long; no name is one."""
    too_many = f"asks for [{name}], but there are not as many. The first is [0]."
    return too_many if name.lstrip("-").isdecimal() else ""


def _without_quotes(name: str, typed: str) -> str:
    """Say of a text in a call that it lacks quotes: `venue(town-hall)`."""
    call = re.search(rf"\bvenue\(\s*({name}(?:-\w+)*)\s*\)", typed)
    return f'"{call[1]}" has no quotes. Write venue("{call[1]}").' if call else ""
