"""A page's front matter, as Jekyll means it: address, template, title, redirects, mistakes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import PurePosixPath
from posixpath import dirname
from unicodedata import normalize
from urllib.parse import unquote

import yaml

from mkdocs_impldays.fest.source import LOAD_ERRORS, LOADER, excess, invalid_value, load_yaml
from mkdocs_impldays.problems import Problem, quoted

LONGEST_ADDRESS = 200
"""The most bytes of an address; some systems cannot write longer paths below a folder."""

WRITTEN_BY_ENGINE = ("404.html", "search/search_index.json", "sitemap.xml", "sitemap.xml.gz")


def line_of(raw: str, key: object) -> int:
    """Return the line of a key of the front matter, or the first.

    Keys may be anything that YAML makes of what was typed, like numbers.
    """
    for number, line in enumerate(raw.splitlines(), 1):
        if _is_line_of(line, key):
            return number
    return 1


def has_line(raw: str, key: object) -> bool:
    """Return whether a front matter has a key."""
    return any(_is_line_of(line, key) for line in raw.splitlines())


def _is_line_of(line: str, key: object) -> bool:
    return re.match(rf"\s*['\"]?{re.escape(str(key))}['\"]?\s*:", line) is not None


def destination(permalink: object, *, key: str = "permalink") -> tuple[str | None, str | None]:
    """Turn a `permalink` into the path of the file to write, below the site's folder.

    Returns `(path, None)`, or `(None, message)` where it cannot be an address of this site.
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
        return f"has {quoted(placeholder[0])}, which means nothing here. Write its value."
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

    Returns `(source, other source, destination)`. Small and capital letters are the same, as they
    are on the disks of Windows and macOS; a file cannot be where another needs a folder.
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


_FENCED = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_OPENED = re.compile(r"\ufeff?---[ \t]*\r?\n\s*[\w-]+[ \t]*:(?:\s|$)")
_HEADER_LINE = re.compile(r"\ufeff?[ ]{0,3}([A-Za-z0-9_-]+):(?!//)\s*\S.*")
_KEY = re.compile(r"^([\w-]+)[ \t]*:(?:\s|$)", re.MULTILINE)
_USUAL_KEYS = {"author", "authors", "date", "description", "fest", "hide", "icon", "layout",
               "permalink", "search", "status", "subtitle", "tags", "template",
               "title"}  # fmt: skip
_ADVICE = "Write lines like “title: About us”, with quotes around text that holds “: ” or “#”."


def syntax_problems(raw: str, markdown: str, *, path: str) -> Iterator[Problem]:
    """Find front matter that would be shown as text, or text that would be swallowed as such.

    `markdown` is what the engine has left of a page's `raw` text.
    """
    if raw.startswith("---") and not markdown.startswith("---"):
        yield from _told_twice(raw, path=path)
    elif fenced := _FENCED.match(raw):
        yield from _yaml_problems(fenced[1], path=path)
    elif _OPENED.match(raw):
        advice = 'Write "---" in a line of its own where it ends.'
        yield Problem(path, 1, f'"---" begins a front matter that has no end. {advice}')
    elif (line := _HEADER_LINE.match(raw)) and line[1].lower() not in _USUAL_KEYS:
        message = f"{quoted(line[0])} is taken for front matter and not shown."
        advice = "Leave the first line of the page empty, or begin with a heading."
        yield Problem(path, 1, f"{message} {advice}")


def front_matter_end(raw: str) -> int:
    """Return the place where a page's text begins, counted from 0."""
    fenced = _FENCED.match(raw)
    return fenced.end() if fenced else 0


def read_meta(raw: str) -> dict[str, object]:
    """Return the front matter of a page; nothing where it cannot be read."""
    end = front_matter_end(raw)
    text = raw[:end].lstrip("\ufeff").strip().removeprefix("---").rstrip("-.")
    if not end or excess(text):
        return {}
    try:
        meta = load_yaml(text)
    except LOAD_ERRORS:
        return {}
    return meta if isinstance(meta, dict) else {}


def excess_problem(raw: str, *, path: str) -> Problem | None:
    """Return what is wrong with front matter that is too large, deep or repetitive to be loaded."""
    if not raw.startswith(("---", "\ufeff---")) or not (fenced := _FENCED.match(raw)):
        return None
    found = excess(fenced[1])
    return Problem(path, found[0] + 2, f"the front matter {found[1]}") if found else None


def type_problems(meta: Mapping[str, object], raw: str, *, path: str) -> Iterator[Problem]:
    """Find a title, description or template that is a list or a group of keys."""
    for key in ("title", "description", "template"):
        if isinstance(meta.get(key), list | dict):
            line = line_of(raw, key)
            typed = raw.splitlines()[line - 1].strip()
            message = f"{quoted(typed)} is not text. Put double quotes around what follows “:”."
            yield Problem(path, line, message)


def _told_twice(raw: str, *, path: str) -> Iterator[Problem]:
    """Find keys that are there twice; of those YAML takes the last."""
    fenced = _FENCED.match(raw)
    keys = _KEY.findall(fenced[1]) if fenced else []
    if fenced is None or len(set(keys)) == len(keys):
        return
    first: dict[str, int] = {}
    for number, line in enumerate(fenced[1].splitlines(), 2):
        if key := _KEY.match(line):
            if at := first.get(key[1]):
                message = f"{quoted(key[1])} occurs twice, first in line {at}. Keep one."
                yield Problem(path, number, message)
            first.setdefault(key[1], number)


def _yaml_problems(text: str, *, path: str) -> Iterator[Problem]:
    if excess(text):
        return  # reported when the page was found
    if (at := _unreadable(text)) is not None:
        lines = text.splitlines()
        line = lines[at].strip() if at < len(lines) else ""
        yield Problem(path, at + 2, f"{quoted(line)} is not valid front matter. {_ADVICE}")


def _unreadable(text: str) -> int | None:
    """Return the line, counted from 0, at which a front matter cannot be read."""
    node: yaml.Node | None = None
    try:
        node = yaml.compose(text, Loader=LOADER)
        load_yaml(text)
    except yaml.MarkedYAMLError as error:
        lines = text.splitlines()
        marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark]
        return next((at for at in marks if at < len(lines) and lines[at].strip()), 0)
    except yaml.reader.ReaderError:  # whose position counts bytes, or characters
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        return text.count("\n", 0, found.start()) if found else 0
    except LOAD_ERRORS:
        return invalid_value(text) or 0
    return None if node is None or isinstance(node, yaml.MappingNode) else node.start_mark.line


def redirect_to(meta: Mapping[str, object]) -> str | None:
    """Return where a page redirects to, as the Jekyll plugin jekyll-redirect-from reads it."""
    targets = listed(meta.get("redirect_to"))
    return str(targets[0]) if targets else None


def listed(value: object) -> list[object]:
    """Return the items of a list, or a single value as one; nothing for an empty value."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def target_problem(target: str) -> str | None:
    """Return what is wrong with the address that a page redirects to, if anything."""
    if re.fullmatch(r"(https?://[^\s/]++|/(?!/))[^\s\\]*", target):
        return None
    return f"redirects to {quoted(target)}, which is not an address. Write one like /about/."


def stub(target: str, *, path: str) -> str:
    """Return a page that redirects to an address; within the site it is relative to `path`."""
    if target.startswith("/") and not target.startswith("//"):
        slash = "/" if target.endswith("/") else ""
        folder = posixpath.dirname(f"/{path}")
        target = posixpath.relpath(target, folder) + slash
    href = escape(target)
    return (
        "<!doctype html>\n"
        '<html lang="en">\n'
        '<meta charset="utf-8">\n'
        "<title>Moved</title>\n"
        f'<meta http-equiv="refresh" content="0; url={href}">\n'
        '<meta name="robots" content="noindex">\n'
        f'<p>This page is <a href="{href}">here</a> now.</p>\n'
        "</html>\n"
    )
