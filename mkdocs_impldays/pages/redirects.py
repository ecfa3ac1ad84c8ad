"""Redirects: what front matter asks for, and the page that sends a browser to a new address."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import escape

from mkdocs_impldays.problems import quoted


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
