"""A page's front matter, as Jekyll means it: its address, its template, its title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

import yaml

from mkdocs_impldays.problems import Problem, quoted

LONGEST_ADDRESS = 200
"""The most characters of an address; some systems cannot write longer paths below a folder."""

_FENCED = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_OPENED = re.compile(r"\ufeff?---[ \t]*\r?\n\s*[\w-]+[ \t]*:(?:\s|$)")
_HEADER_LINE = re.compile(r"\ufeff?[ ]{0,3}([A-Za-z0-9_-]+):(?!//)\s*\S.*")
_USUAL_KEYS = {"author", "authors", "date", "description", "fest", "hide", "icon", "layout",
               "permalink", "search", "status", "subtitle", "tags", "template",
               "title"}  # fmt: skip
_TAKEN = ("404.html", "sitemap.xml", "sitemap.xml.gz")


def syntax_problems(raw: str, markdown: str, *, path: str) -> Iterator[Problem]:
    """Find front matter that would be shown as text, or text that would be swallowed as such.

    `markdown` is what the engine has left of a page's `raw` text.
    """
    if raw.startswith("---") and not markdown.startswith("---"):
        return
    if fenced := _FENCED.match(raw):
        yield from _yaml_problems(fenced[1], path=path)
    elif _OPENED.match(raw):
        advice = 'Write "---" in a line of its own where it ends.'
        yield Problem(path, 1, f'"---" begins a front matter that has no end. {advice}')
    elif (line := _HEADER_LINE.match(raw)) and line[1].lower() not in _USUAL_KEYS:
        message = f"{quoted(line[0])} is taken for front matter and not shown."
        advice = "Leave the first line of the page empty, or begin with a heading."
        yield Problem(path, 1, f"{message} {advice}")


def _yaml_problems(text: str, *, path: str) -> Iterator[Problem]:
    advice = "Write lines like “title: About us”, with quotes around text that holds “: ” or “#”."
    try:
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        lines = text.splitlines()
        marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark]
        at = next((at for at in marks if at < len(lines) and lines[at].strip()), 0)
        line = lines[at] if lines else ""
        yield Problem(path, at + 2, f"{quoted(line.strip())} is no good front matter. {advice}")
    except (yaml.YAMLError, ValueError):
        yield Problem(path, 2, f"the front matter holds what cannot be read. {advice}")
    else:
        if data is not None and not isinstance(data, dict):
            yield Problem(path, 2, f"{quoted(str(data))} is no good front matter. {advice}")


def line_of(raw: str, key: str) -> int:
    """Give the line at which a key of the front matter stands, or the first."""
    for number, line in enumerate(raw.splitlines(), 1):
        if re.match(rf"\s*['\"]?{re.escape(key)}['\"]?\s*:", line):
            return number
    return 1


def destination(permalink: object) -> tuple[str | None, str | None]:
    """Turn a `permalink` into the path of the file to write, below the site's folder.

    Gives `(path, None)`, or `(None, message)` where it cannot be an address of this site.
    """
    if not isinstance(permalink, str) or not permalink.strip():
        shown = "is empty" if permalink in (None, "") else f"is {quoted(permalink)}"
        return None, f"permalink {shown}. Write an address like /about/."
    address = unquote(permalink.strip())
    if wrong := _address_problem(address):
        return None, f"permalink {quoted(permalink)} {wrong}"
    path = address.strip("/")
    if not path:
        return "index.html", None
    if address.endswith("/"):
        return f"{path}/index.html", None
    return path if PurePosixPath(path).suffix else f"{path}.html", None


def _address_problem(address: str) -> str | None:
    if re.match(r"[a-zA-Z][\w+.-]*:|//", address) or "\\" in address:
        return "leads away from the site. Write an address like /about/."
    if placeholder := re.search(r":[a-z_]+", address):
        return f"has {quoted(placeholder[0])}, which stands for nothing here. Write it out."
    parts = address.strip("/").split("/")
    if ".." in parts or "." in parts or address.startswith("~"):
        return "leaves the site's folder. Write an address like /about/."
    if re.search(r"[?#*|<>\"\x00-\x20\x7f]", address) or "%" in address or "" in parts[:-1]:
        return "has a character that an address cannot have. Write letters, digits and “-”."
    if len(address) > LONGEST_ADDRESS:
        return f"has {len(address)} characters. Write {LONGEST_ADDRESS} at most."
    if address.strip("/") in _TAKEN:
        return "is written by MkDocs itself. Choose another."
    return None


def clashes(destinations: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Find files that would be written over each other, given `(source, destination)` of all.

    Gives `(source, other source, destination)`. Small and capital letters are the same, as they
    are on the disks of Windows and macOS; a file cannot stand where another needs a folder.
    """
    taken: dict[str, str] = {}
    for source, path in destinations:
        key = path.casefold()
        if key in taken:
            yield source, taken[key], path
        taken.setdefault(key, source)
    for key, source in taken.items():
        for folder in PurePosixPath(key).parents:
            if str(folder) in taken:
                yield source, taken[str(folder)], str(folder)


def template_name(meta: Mapping[str, object]) -> tuple[str | None, str | None]:
    """Give the template that the front matter asks for, and the key that asks for it.

    `template` is MkDocs' own and must be there; `layout` is Jekyll's and is used if it is.
    """
    if isinstance(name := meta.get("template"), str):
        return name, "template"
    layout = meta.get("layout")
    if isinstance(layout, str) and re.fullmatch(r"[\w-]+", layout):
        return f"{layout}.html", "layout"
    return None, None
