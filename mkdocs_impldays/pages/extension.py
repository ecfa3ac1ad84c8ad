"""The Markdown extension: `RustFest<Zurich>`, links to site addresses, snippets, headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from mkdocs_impldays.pages.links import PageLinks, is_url
from mkdocs_impldays.pages.search import text_of, without_hidden
from mkdocs_impldays.pages.stash import Blocks, Parts, Stash

_BY_ENGINE = {("a", "href"), ("img", "src")}
"""The links that MkDocs resolves, from their source files."""

_TEXTS = {"alt", "title"}
"""The attributes that Markdown makes of text."""

_OPENING = {"{{": "\x02impldays[\x03", "{%": "\x02impldays(\x03"}
"""Braces that stay, as what Markdown lets no author type while included text is rendered."""


class ConvertedPage(NamedTuple):
    """The page that Markdown converts now."""

    links: PageLinks
    """Resolves the links of the page and keeps what it finds."""
    render: Callable[[str], str] = str
    """Renders the variables in text that another extension put in."""


class PageExtension(Extension):
    """What our pages can do beyond Markdown. `page` is set before each page is converted."""

    def __init__(self, stash: Stash) -> None:
        """Begin; what renders the pages has put its HTML into the stash."""
        super().__init__()
        self._stash = stash
        self.page: ConvertedPage | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Register the processors; each number says when, by Markdown's and others' own."""
        self._md = md
        md.registerExtension(self)
        # Behind links and images (130), in whose texts no HTML may be, before HTML (90).
        md.inlinePatterns.register(Parts(md, self._stash), "impldays_parts", 125)
        # Behind code spans (190), before HTML (90).
        md.inlinePatterns.register(_Generic(_Generic.PATTERN, md), "impldays_generic", 95)
        if self.page:
            # After attribute lists (8) have completed the links, before MkDocs (0) resolves them.
            attributes = _Attributes(md, self._stash, self.page.links)
            md.treeprocessors.register(attributes, "impldays_attributes", 7)
            # Behind raw HTML's return (30), which may hold blocks too.
            blocks = Blocks(md, self._stash, self.page.links.resolved)
            md.postprocessors.register(blocks, "impldays_blocks", 6)
            # Behind all that makes HTML of ours, of which the last are the phases' elements (5).
            shown = _Shown(md)
            md.postprocessors.register(shown, "impldays_shown", 4)
            # Behind all that asks for a heading's text: `toc` (5) and MkDocs' title (1).
            md.treeprocessors.register(PageIsNext(md, shown), "impldays_whole", -100)

    def reset(self) -> None:
        """Register what renders included text, now that all extensions are there, if one may."""
        processors = self._md.preprocessors
        first = "normalize_whitespace"
        nothing_before = first in processors and processors.get_index_for_name(first) == 0
        if self.page and not nothing_before:
            mask = _Mask(self._md)
            # Around snippets (32), before Markdown's own (30), of which this is the first.
            processors.register(mask, "impldays_mask", 33)
            processors.register(_Included(self._md, self.page, mask), "impldays_included", 31)


class _Generic(InlineProcessor):
    """Shows `RustFest<Zurich>`, which HTML takes for an element, as it was typed."""

    # It begins with a plain character, to which `re` skips: others take 20 times as long.
    PATTERN = r"<(?<=\w<)[A-Z]\w*>"

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - Markdown's signature
    ) -> tuple[str, int, int]:
        return self.md.htmlStash.store(escape(m[0])), m.start(0), m.end(0)


class _Attributes(Treeprocessor):
    """Resolves links, and leaves the text of HTML of ours, where Markdown makes an attribute."""

    def __init__(self, md: Markdown, stash: Stash, links: PageLinks) -> None:
        super().__init__(md)
        self._stash = stash
        self.links = links

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in element.items():
                if (element.tag, name) in _BY_ENGINE:
                    if value and (source := self.links.as_source(unescape(value))):
                        element.set(name, source)
                elif is_url(element.tag, name):
                    element.set(name, self.links.rewritten(name, unescape(value)))
                elif name in _TEXTS:
                    element.set(name, self._stash.restored(value, text_of))
        blocks: list[Any] = self.md.htmlStash.rawHtmlBlocks
        for number, block in enumerate(blocks):
            if isinstance(block, str) and "=" in block:
                blocks[number] = self.links.resolved(block)


class PagePostprocessor(Postprocessor):
    """A postprocessor that treats the page itself otherwise than its headings.

    Extensions run the postprocessors on each heading while the page is still a tree. `PageIsNext`
    runs after all of them.
    """

    is_page_next = False
    """Whether the next text is that of the page itself."""


class PageIsNext(Treeprocessor):
    """Marks the end of the headings for a postprocessor."""

    def __init__(self, md: Markdown, postprocessor: PagePostprocessor) -> None:
        super().__init__(md)
        self._postprocessor = postprocessor

    def run(self, root: Element) -> None:  # noqa: ARG002 - Markdown's signature
        """Let the postprocessor know."""
        self._postprocessor.is_page_next = True


class _Shown(PagePostprocessor):
    """Removes hidden parts from headings, for titles, entries and ids; the page keeps them."""

    def run(self, text: str) -> str:
        if self.is_page_next:
            self.is_page_next = False
            return text
        shown = without_hidden(text)
        # Where nothing is shown yet, an entry and an id still need words.
        return text if shown != text and not text_of(shown) else shown


class _Mask(Preprocessor):
    """Hides the braces that are left on a rendered page: they are meant to be seen."""

    typed: list[str]
    """The lines as they were."""
    masked: list[str]
    """The same lines without braces."""

    def run(self, lines: list[str]) -> list[str]:
        self.typed = self.masked = lines
        text = "\n".join(lines)
        if any(opening in text for opening in _OPENING):
            for opening, mark in _OPENING.items():
                text = text.replace(opening, mark)
            self.masked = text.split("\n")
        return self.masked


class _Included(Preprocessor):
    """Renders the variables in text that snippets put in, and shows the hidden braces again."""

    def __init__(self, md: Markdown, page: ConvertedPage, mask: _Mask) -> None:
        super().__init__(md)
        self.render = page.render
        self.mask = mask

    def run(self, lines: list[str]) -> list[str]:
        if lines is self.mask.masked:  # nobody has put anything in between
            return self.mask.typed
        text = self.render("\n".join(lines))
        for opening, mark in _OPENING.items():
            text = text.replace(mark, opening)
        return text.split("\n")
