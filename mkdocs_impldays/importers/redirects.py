"""Files that send a browser on, for addresses that have moved; they need no plugin."""

from __future__ import annotations

import posixpath
from html import escape


def stub(target: str, *, path: str) -> str:
    """Give a page that sends on to an address; one of the same site becomes relative to `path`."""
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
