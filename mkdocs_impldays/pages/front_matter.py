"""A page's front matter, as Jekyll means it: its address, its template, its title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from posixpath import dirname
from unicodedata import normalize
from urllib.parse import unquote

from mkdocs_impldays.problems import quoted

LONGEST_ADDRESS = 200
"""The most bytes of an address; some systems cannot write longer paths below a folder."""

WRITTEN_BY_ENGINE = ("404.html", "search/search_index.json", "sitemap.xml", "sitemap.xml.gz")


def line_of(raw: str, key: str) -> int:
    """Give the line at which a key of the front matter stands, or the first."""
    for number, line in enumerate(raw.splitlines(), 1):
        if _is_line_of(line, key):
            return number
    return 1


def has_line(raw: str, key: str) -> bool:
    """Return whether a front matter has a key."""
    return any(_is_line_of(line, key) for line in raw.splitlines())


def _is_line_of(line: str, key: str) -> bool:
    return re.match(rf"\s*['\"]?{re.escape(key)}['\"]?\s*:", line) is not None


def destination(permalink: object, *, key: str = "permalink") -> tuple[str | None, str | None]:
    """Turn a `permalink` into the path of the file to write, below the site's folder.

    Gives `(path, None)`, or `(None, message)` where it cannot be an address of this site.
    """
    if not isinstance(permalink, str) or not permalink.strip():
        return None, f"{key} {_shown(permalink)}. Write an address like /about/."
    address = unquote(permalink.strip())
    if wrong := _address_problem(address):
        return None, f"{key} {quoted(permalink)} {wrong}"
    path = address.strip("/")
    if not path:
        return "index.html", None
    if address.endswith("/"):
        return f"{path}/index.html", None
    return path if PurePosixPath(path).suffix else f"{path}.html", None


def _shown(value: object) -> str:
    if isinstance(value, list | dict):
        return "is a list or a group of keys"
    return (
        f"is {quoted(str(value).lower())}"
        if value is not None and f"{value}".strip()
        else "is empty"
    )


def _address_problem(address: str) -> str | None:
    if re.match(r"[a-zA-Z][\w+.-]*:|//", address) or "\\" in address:
        return "leads away from the site. Write an address like /about/."
    if placeholder := re.search(r":[a-z_]+", address):
        return f"has {quoted(placeholder[0])}, which stands for nothing here. Write it out."
    parts = address.strip("/").split("/")
    if ".." in parts or "." in parts or address.startswith("~"):
        return "leaves the site's folder. Write an address like /about/."
    if re.search(r"[?#*|<>:\"%\s]", address) or not address.isprintable() or "" in parts[:-1]:
        return "has a character that an address cannot have. Write letters, digits and “-”."
    if any(part.startswith(".") or part.endswith(".") for part in parts):
        return "has a name that begins or ends with a dot. Write letters, digits and “-”."
    if (length := len(address.encode())) > LONGEST_ADDRESS:
        return f"is {length} bytes long. Write {LONGEST_ADDRESS} at most."
    if address.strip("/") in WRITTEN_BY_ENGINE:
        return "is written by MkDocs itself. Choose another."
    return None


def clashes(destinations: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Find files that would be written over each other, given `(source, destination)` of all.

    Gives `(source, other source, destination)`. Small and capital letters are the same, as they
    are on the disks of Windows and macOS; a file cannot stand where another needs a folder.
    """
    taken: dict[str, str] = {}
    for source, path in destinations:
        key = normalize("NFC", path).casefold()
        if key in taken:
            yield source, taken[key], path
        taken.setdefault(key, source)
    for key, source in taken.items():
        folder = dirname(key)
        while folder:
            if folder in taken:
                yield source, taken[folder], folder
            folder = dirname(folder)


def template_name(meta: Mapping[str, object]) -> tuple[str | None, str | None]:
    """Return the template that the front matter asks for, and the key that asks for it.

    `template` is MkDocs' own and must exist; `layout` is Jekyll's, and is used if the site or this
    package has it.
    """
    if isinstance(name := meta.get("template"), str):
        return name, "template"
    layout = meta.get("layout")
    if isinstance(layout, str) and re.fullmatch(r"[\w-]+", layout):
        return f"{layout}.html", "layout"
    return None, None
