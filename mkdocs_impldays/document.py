"""A page as a whole HTML document: all that is added to its text and the theme.

The plugin has whole pages and calls `Document.complete`; under Zensical, templates print `head`,
`body` and `foot`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.head import Head, PageOfSite
from mkdocs_impldays.pages.links import PageLinks
from mkdocs_impldays.pages.search import hide_entries
from mkdocs_impldays.words.languages import direction
from mkdocs_impldays.words.phrases import Words

TITLE = "impldays-title"
"""The id of the heading at the top of a home page."""

_STRUCK = re.compile(r'<s>(?!(?:(?!</s>).){0,400}</s> <span class="impldays-over")')
"""Struck-through text, except past deadlines, which have a text for screen readers."""
_SKIP = re.compile(r"""(<a href=)"[^"<>]*+"(?= class="md-skip")""")
_ALTERNATE = re.compile(
    r"""(?<!\s)\s*+<link\b(?=[^<>]*\srel=["']?alternate\b)[^<>]*\shreflang=[^<>]*>"""
)
_OPENING = re.compile(r"<(?:html|HTML|body|BODY)\b[^<>]*+>")
_LANG_OR_DIR = re.compile(r"""(?<!\s)\s++(?:lang|dir)=["']?[\w-]*["']?""", re.IGNORECASE)
_DIR = re.compile(r"""(?<!\s)\s++dir=["']?\w*["']?""", re.IGNORECASE)


class Document(NamedTuple):
    """What is added to a page, at each place of its HTML."""

    page: PageOfSite
    fest: Fest
    words: Words
    head_writer: Head
    links: PageLinks

    def complete(self, html: str, *, problems: str = "") -> str:
        """Return a whole page with all additions; a second call adds nothing to the head.

        `problems` is the HTML of the box of problems, for the preview.
        """
        html = with_title_as_text(html, self.page.title)
        head, end, body = html.partition("</head>")
        if end and "data-impldays" not in head:
            if self.page.translations:
                head = without_alternates(head)
            head = with_language(head, self.fest.language) + self.head(head)
            body = with_language(self.body(body), self.fest.language)
        return at_end(f"{head}{end}{body}", self.foot(body, problems=problems))

    def head(self, written: str = "") -> str:
        """Return the additions to a head, of which `written` exists already."""
        return self.head_writer.lines(self.page, head=written)

    def body(self, html: str) -> str:
        """Return the HTML of the body, or of a part of it, with all additions."""
        html = announce_struck(html, self.words)
        if f'id="{TITLE}"' in html:  # Material is to skip to it, not to the first heading below
            html = _SKIP.sub(rf'\g<1>"#{TITLE}"', html)
        html = hide_entries(html)
        return self.links.resolved_from_root(html)

    def foot(self, html: str, *, problems: str = "") -> str:
        """Return what follows the body `html`: in a preview, the time bar and problems."""
        return f"{self.head_writer.bar(html)}{problems}" if self.head_writer.is_preview else ""


def with_title_as_text(html: str, title: str) -> str:
    """Return a page whose `<title>` is text; `title` is HTML, as MkDocs has it from a heading.

    Material prints it with `striptags`, which also removes the escapes.
    """
    printed = str(Markup(title).striptags())  # noqa: S704 - as Jinja does, to find it
    text = escape(printed, quote=False)
    return html if text == printed else html.replace(f"<title>{printed}", f"<title>{text}", 1)


def at_end(html: str, added: str) -> str:
    """Return a page with HTML added at the end of its body."""
    before, close, after = html.rpartition("</body>")
    return f"{before}{added}{close}{after}" if close else f"{html}{added}"


def announce_struck(html: str, words: Words) -> str:
    """Return HTML with a text for screen readers in struck-through elements."""
    struck = f'<s><span class="impldays-words">{escape(words.say("struck"))} </span>'
    return _STRUCK.sub(lambda _: struck, html)


def without_alternates(html: str) -> str:
    """Return a page without the theme's links to other languages."""
    return _ALTERNATE.sub("", html)


def in_language(html: str, language: str) -> str:
    """Return a whole page with the attributes `lang` (BCP 47) and `dir` of a language.

    Themes may not have the language, and only Material supports right-to-left ones.
    """
    head, end, body = html.partition("</head>")
    return f"{with_language(head, language)}{end}{with_language(body, language)}"


def with_language(part: str, language: str) -> str:
    """Return a part of a page with the language (BCP 47) in its first `<html>` or `<body>`."""
    tag = _OPENING.search(part)
    if tag is None:
        return part
    return f"{part[: tag.start()]}{_opened(tag[0], language)}{part[tag.end() :]}"


@lru_cache(maxsize=64)  # most pages of a site have the same tags
def _opened(tag: str, language: str) -> str:
    name, rest = tag[:5], tag[5:]
    way = direction(language)
    if name.lower() == "<body":
        return f'{name} dir="{way}"{_DIR.sub("", rest)}'
    attributes = f' lang="{escape(language)}"' + (' dir="rtl"' if way == "rtl" else "")
    return f"{name}{attributes}{_LANG_OR_DIR.sub('', rest)}"
