"""The front matter of pages with Jekyll's keys: addresses, templates, redirects, mistakes."""

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
"""The most bytes of an address; some systems cannot write longer paths."""

WRITTEN_BY_ENGINE = ("404.html", "search/search_index.json", "sitemap.xml", "sitemap.xml.gz")


def line_of(raw: str, key: object) -> int:
    """Return the line of a key of the front matter, counted from 1; 1 if it is not found.

    Keys may be of any type that YAML has, like numbers.
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
    """Return the path of the file for a `permalink`, below the site's folder, and `None`.

    Returns `(None, message)` if it is not a valid address of this site.
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
    """Find files that would overwrite each other, given `(source, destination)` of all.

    Yields `(source, other source, destination)`. Paths are compared without case, as on Windows and
    macOS; a file cannot be where another needs a folder.
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
    """Return the template that the front matter names, and its key; `(None, None)` without one.

    `template` is MkDocs' key and must exist; `layout` is Jekyll's, and is used if the site or this
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
    """Find front matter that would be shown as text, or text that is read as front matter.

    `markdown` is the text of the page without what the engine has read as front matter.
    """
    if raw.startswith("---") and not markdown.startswith("---"):
        yield from _repeated_keys(raw, path=path)
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
    """Return the index at which the text of a page begins."""
    fenced = _FENCED.match(raw)
    return fenced.end() if fenced else 0


def read_meta(raw: str) -> dict[str, object]:
    """Return the front matter of a page; empty if it cannot be read."""
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
    """Return the problem of front matter that is too large or deep to be loaded; else `None`."""
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


def _repeated_keys(raw: str, *, path: str) -> Iterator[Problem]:
    """Find repeated keys, of which YAML reads the last."""
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
    """Return the line, counted from 0, at which front matter is not valid; else `None`."""
    node: yaml.Node | None = None
    try:
        node = yaml.compose(text, Loader=LOADER)
        load_yaml(text)
    except yaml.MarkedYAMLError as error:
        lines = text.splitlines()
        marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark]
        return next((at for at in marks if at < len(lines) and lines[at].strip()), 0)
    except yaml.reader.ReaderError:  # its position is in bytes or characters
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        return text.count("\n", 0, found.start()) if found else 0
    except LOAD_ERRORS:
        return invalid_value(text) or 0
    return None if node is None or isinstance(node, yaml.MappingNode) else node.start_mark.line


def redirect_to(meta: Mapping[str, object]) -> str | None:
    """Return the target of `redirect_to`, as in jekyll-redirect-from; else `None`."""
    targets = listed(meta.get("redirect_to"))
    return str(targets[0]) if targets else None


def listed(value: object) -> list[object]:
    """Return a list as it is, a single value as a list, and no items for an empty value."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def target_problem(target: str) -> str | None:
    """Return what is wrong with the target of a redirect; `None` if it is valid."""
    if re.fullmatch(r"(https?://[^\s/]++|/(?!/))[^\s\\]*", target):
        return None
    return f"redirects to {quoted(target)}, which is not an address. Write one like /about/."


def redirect_page(target: str, *, path: str) -> str:
    """Return an HTML page that redirects to an address, relative to `path` within the site."""
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
