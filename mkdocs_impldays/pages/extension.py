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
from mkdocs_impldays.pages.search import visible_text, without_hidden
from mkdocs_impldays.pages.stash import Blocks, Parts, Stash

_BY_ENGINE = {("a", "href"), ("img", "src")}
"""The attributes whose relative links MkDocs resolves."""

_TEXTS = {"alt", "title"}
"""The attributes that Markdown makes of text."""

_OPENING = {"{{": "\x02impldays[\x03", "{%": "\x02impldays(\x03"}
"""Replacements, which no author can type, of braces that stay while includes are rendered."""


class ConvertedPage(NamedTuple):
    """The page that is being converted."""

    links: PageLinks
    """Resolves the links of the page and collects them."""
    render: Callable[[str], str] = str
    """Renders the variables in text that another extension has included."""


class PageExtension(Extension):
    """The Markdown extension of our pages. `page` is set before each page is converted."""

    def __init__(self, stash: Stash) -> None:
        """`stash` has the HTML of rendered pages."""
        super().__init__()
        self._stash = stash
        self.page: ConvertedPage | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Register the processors, with priorities relative to Markdown's and other extensions'."""
        self._md = md
        md.registerExtension(self)
        # After links and images (130), whose texts may not have HTML, before HTML (90).
        md.inlinePatterns.register(Parts(md, self._stash), "impldays_parts", 125)
        # After code spans (190), before HTML (90).
        md.inlinePatterns.register(_Generic(_Generic.PATTERN, md), "impldays_generic", 95)
        if self.page:
            # After attribute lists (8) have completed the links, before MkDocs (0) resolves them.
            attributes = _Attributes(md, self._stash, self.page.links)
            md.treeprocessors.register(attributes, "impldays_attributes", 7)
            # After raw HTML is restored (30), which may have blocks too.
            blocks = Blocks(md, self._stash, self.page.links.resolved)
            md.postprocessors.register(blocks, "impldays_blocks", 6)
            # After all that restores our HTML; the last are the elements of phases (5).
            shown = _Shown(md)
            md.postprocessors.register(shown, "impldays_shown", 4)
            # After all that reads the text of headings: `toc` (5) and MkDocs' title (1).
            md.treeprocessors.register(PageIsNext(md, shown), "impldays_whole", -100)

    def reset(self) -> None:
        """Register what renders included text, if any extension includes some."""
        processors = self._md.preprocessors
        first = "normalize_whitespace"
        nothing_before = first in processors and processors.get_index_for_name(first) == 0
        if self.page and not nothing_before:
            mask = _Mask(self._md)
            # Around snippets (32), before Markdown's own (30).
            processors.register(mask, "impldays_mask", 33)
            processors.register(_Included(self._md, self.page, mask), "impldays_included", 31)


class _Generic(InlineProcessor):
    """Shows `RustFest<Zurich>` as typed; in HTML it would be an element."""

    # It begins with a literal character, which makes `re` 20 times as fast.
    PATTERN = r"<(?<=\w<)[A-Z]\w*>"

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - Markdown's signature
    ) -> tuple[str, int, int]:
        return self.md.htmlStash.store(escape(m[0])), m.start(0), m.end(0)


class _Attributes(Treeprocessor):
    """Resolves links, and replaces our HTML in attributes by its text."""

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
                    element.set(name, self._stash.restored(value, visible_text))
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
        # If all of it is hidden, the entry and the id still need a text.
        return text if shown != text and not visible_text(shown) else shown


class _Mask(Preprocessor):
    """Hides the braces that are left on a rendered page, which readers are to see."""

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
    """Renders the variables in included text, and restores the hidden braces."""

    def __init__(self, md: Markdown, page: ConvertedPage, mask: _Mask) -> None:
        super().__init__(md)
        self.render = page.render
        self.mask = mask

    def run(self, lines: list[str]) -> list[str]:
        if lines is self.mask.masked:  # nothing was included
            return self.mask.typed
        text = self.render("\n".join(lines))
        for opening, mark in _OPENING.items():
            text = text.replace(mark, opening)
        return text.split("\n")
