"""Ids and short names: which are valid, and how one is made from a text."""

from __future__ import annotations

import re
import unicodedata

from mkdocs_impldays.fest.model import text_of, wrong
from mkdocs_impldays.problems import quoted


def is_fest_id(text: str) -> bool:
    """Return whether a text is a valid fest id: up to 100 of lower-case `a-z`, digits, `-`, `_`."""
    return re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,99}", text) is not None


def year_of(fest_id: str) -> str | None:
    """Return the year in a fest id, like lisbon-2027; `None` if it has none."""
    found = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", fest_id)
    return found[0] if found else None


def is_key(text: str) -> bool:
    """Return whether a text is a valid short name of an event or a venue."""
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,60}", text) is not None


def slug_of(text: str) -> str:
    """Return a text as lower-case `a-z`, digits and hyphens; empty if it has none of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.casefold()))


def key_of(text: str) -> str:
    """Return a text as a short name of at most 60 characters, or empty if it has no letter."""
    return re.sub(r"^[^a-z]+", "", slug_of(text))[:60].strip("-")


def read_id(value: object) -> str:
    """Read the short name by which one part of the file refers to another."""
    text = text_of(value)
    if not is_key(text):
        raise wrong(f"{quoted(text)} is not a name. Use letters, digits, “-” and “_”.")
    return text


def read_session_id(value: object) -> str:
    """Read the name of a session, a room or a track, which may also be a number or a UUID."""
    text = text_of(value)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}", text):
        raise wrong(f"{quoted(text)} is not a name. Use letters, digits, “-” and “_”.")
    return text
