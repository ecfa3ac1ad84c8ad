"""Short names, as they stand in addresses and at the keys of a fest file, made of any text."""

from __future__ import annotations

import re
import unicodedata


def is_fest_id(text: str) -> bool:
    """Return whether a text can be a fest's id: up to 100 small letters, digits, `-` and `_`."""
    return re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,99}", text) is not None


def is_key(text: str) -> bool:
    """Tell whether a text can be the name of an event or a venue."""
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,60}", text) is not None


def slug_of(text: str) -> str:
    """Give a text as small Latin letters, digits and hyphens; nothing where it has none of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.casefold()))


def key_of(text: str) -> str:
    """Give a text as a key, which begins with a letter and is not long, or nothing."""
    return re.sub(r"^[^a-z]+", "", slug_of(text))[:60].strip("-")
