"""One build of a site: what is known of it, and all that was found wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from html import unescape
from itertools import chain
from urllib.parse import urlsplit

from markupsafe import Markup

from mkdocs_impldays.checks.handovers import handover, later_problems, reported
from mkdocs_impldays.checks.leftovers import site_problem
from mkdocs_impldays.checks.prose import facts_problems
from mkdocs_impldays.checks.switches import (
    Switches,
    front_matter_mistakes,
    is_silenced,
    off_on_page,
)
from mkdocs_impldays.checks.unused import missing_pictures, unused_facts
from mkdocs_impldays.context import PageContext
from mkdocs_impldays.document import Document
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.head import PageOfSite
from mkdocs_impldays.names.fests import fest_of_page
from mkdocs_impldays.pages import front_matter
from mkdocs_impldays.pages.facts import PageError
from mkdocs_impldays.pages.front_matter import syntax_problems, type_problems
from mkdocs_impldays.pages.links import FROM_ROOT, Addresses, File, Link, PageLinks, dead_anchors
from mkdocs_impldays.pages.page import PageSource, Prepared, prepare
from mkdocs_impldays.pages.printing import as_text, inline_html
from mkdocs_impldays.pages.search import visible_text
from mkdocs_impldays.problems import Problem, in_order, line_with, quoted
from mkdocs_impldays.site import Site
from mkdocs_impldays.static_i18n import LanguageBuild, common_source, language_of


class Build:
    """One build of a site: its pages, their links, and every problem found so far.

    Each build makes a new one, so that nothing of the last one is left.
    """

    def __init__(
        self, site: Site, problems: Sequence[Problem], switches: Switches | None = None
    ) -> None:
        self.site = site
        self.switches = switches or Switches()
        """The checks that mkdocs.yml switches off."""
        self.problems = list(problems)
        """All that was found, in the order it was found."""
        self._fest_ids: dict[str, str] = {}
        """The fests of the pages that name one, by the paths of the pages."""
        self._asked: dict[str, object] = {}
        """What pages typed as their `fest`, by the paths of the pages."""
        self._languages: dict[str, str] = {}
        """The languages (BCP 47) of the pages of a site in several."""
        self._language: str | None = None
        """The language that is built, of a site in several."""
        self._tags: frozenset[str] = frozenset()
        """The folders of the languages, of a site in several."""
        self.addresses = Addresses([])
        """The addresses of all files, from `settle_addresses` on."""
        self.destinations: dict[str, str] = {}
        """The files that pages ask to be written to, by the paths of the pages."""
        self.sources: dict[str, PageSource] = {}
        """The pages as their authors wrote them, by their paths below `docs/`."""
        self._written: dict[str, str] = {}
        self._links: list[Link] = []
        self._headings: dict[str, str] = {}
        self._titles: list[tuple[str, str, str, int]] = []
        """The titles with variables in them that are not in Markdown: page, text, file, line."""

    def add_page(self, page: PageSource, src_uri: str) -> str | None:
        """Add a page with its fest; return the file to write it to, if its front matter says so."""
        self.sources[src_uri] = page
        meta = page.merged_meta
        self._choose_fest(page, src_uri, meta)
        self.destinations.pop(src_uri, None)
        if "permalink" not in meta:
            return None
        path, message = front_matter.destination(meta["permalink"])
        if message:
            self.problems.append(Problem(*page.location("permalink"), message))
        if path:
            self.destinations[src_uri] = path
        return path

    def _choose_fest(self, page: PageSource, src_uri: str, meta: Mapping[str, object]) -> None:
        self._asked[src_uri] = meta.get("fest")
        if self.site.current is None or "fest" not in meta:
            return
        path, line = page.location("fest")
        fest, found = fest_of_page(meta, self.site.fests, path=path, line=line)
        self.problems += found
        if fest is not None:
            self._fest_ids[src_uri] = fest.id

    def context(self, src_uri: str = "") -> PageContext | None:
        """Return the context of a page; without a page, that of the site's templates.

        `None` while the fest files have errors.
        """
        if self.site.current is None:
            return None
        language = self._languages.get(src_uri) or self._language
        return self.site.context(self._fest_ids.get(src_uri), language)

    def settle_addresses(
        self,
        files: Sequence[File],
        written: Iterable[tuple[str, str]],
        *,
        of: LanguageBuild | None = None,
    ) -> None:
        """Take note of where everything is; `written` are pairs of source and file."""
        of = of or LanguageBuild()
        self.addresses = Addresses(files, root=of.root, others=of.languages)
        self._language = of.language
        self._tags = frozenset(of.languages)
        if of.languages:
            tags = {file.src_uri: language_of(file) for file in files}
            self._languages = {name: tag for name, tag in tags.items() if tag is not None}
        self.site = self.site.with_pages({common_source(file): file.url for file in files})
        self._written = dict(written)
        for source, other, path in front_matter.clashes(self._written.items()):
            pages = [self.sources[name] for name in (source, other) if name in self.sources]
            for page in sorted(pages, key=lambda page: "permalink" not in page.meta)[:1]:
                line = front_matter.line_of(page.raw, "permalink")
                message = f'"{source}" and "{other}" would both be written to "{path}".'
                self.problems.append(
                    Problem(page.path, line, f"{message} Give one of them another permalink.")
                )

    def sources_by_file(self) -> dict[str, PageSource]:
        """Return the pages by the files of the site that they become."""
        pages = self.sources.items()
        return {self._written[name]: page for name, page in pages if name in self._written}

    def prepare(
        self,
        markdown: str,
        src_uri: str,
        *,
        meta: Mapping[str, object],
        has_template: Callable[[str, str], bool],
    ) -> Prepared | None:
        """Render a page with its front matter; `None` while the fest file cannot be read."""
        # Of a page that another plugin has added since, nothing but this is known.
        page = self.sources.setdefault(src_uri, PageSource(src_uri, markdown, meta))
        page.meta = meta
        page.meta = page.merged_meta
        if page.meta.get("fest") != self._asked.get(src_uri):
            self._choose_fest(page, src_uri, page.meta)
        self._check_permalink(page, src_uri)
        context = self.context(src_uri)
        page.remade = None if page.raw.endswith(markdown) else markdown
        self.problems += syntax_problems(page.raw, markdown, path=page.path)
        self.problems += type_problems(page.meta, page.raw, path=page.path)
        if context is None:
            return None
        prepared = prepare(page, markdown, context.renderer, has_template=has_template)
        self.problems += self.left_on(page, prepared.problems)
        if prepared.heading:
            self._headings[src_uri] = prepared.heading
        return prepared

    def _check_permalink(self, page: PageSource, src_uri: str) -> None:
        """Report an address that another plugin wrote over, or that came too late."""
        if "permalink" not in page.meta:
            return
        wanted, message = front_matter.destination(page.meta["permalink"])
        written = self._written.get(src_uri, "")
        if message and src_uri not in self.destinations and not page.raw.startswith("---"):
            self.problems.append(Problem(*page.location("permalink"), message))
        elif wanted and self._without_language(wanted) != self._without_language(written):
            message = f'permalink: the page is written to "{written}", since another plugin'
            advice = "sets its address after this one. Remove the permalink, or that plugin's."
            path, line = page.location("permalink")
            self.problems.append(Problem(path, line, f"{message} {advice}", "warning"))

    def _without_language(self, path: str) -> str:
        folder, _, rest = path.partition("/")
        return rest if folder in self._tags else path

    def check_meta(self, src_uri: str, meta: Mapping[str, object]) -> None:
        """Report what another plugin wrote into a page's front matter when it was too late."""
        page = self.sources[src_uri]
        for key in ("fest", "permalink"):
            if meta.get(key) != page.meta.get(key) and "{" not in str(page.meta.get(key)):
                message = f"{key}: {quoted(meta.get(key))} comes from a plugin or hook that runs"
                advice = "too late. Write it in the front matter, or set it in on_page_read_source."
                self.problems.append(Problem(page.path, None, f"{message} {advice}", "warning"))

    def rendered_text(self, text: str, src_uri: str, *, path: str, line: int = 1) -> str:
        """Return a text that is not part of a page's Markdown, like a title, with its variables."""
        context = self.context(src_uri)
        if context is None or "{" not in text:
            return text
        self._titles.append((src_uri, text, path, line))
        renderer = context.renderer
        rendered, found = renderer.render(text, path=path, first_line=line)
        self.problems += found
        html = inline_html(
            renderer.stash.restored(rendered, lambda html: as_text(visible_text(html)))
        )
        return unescape(str(html.striptags()))

    def render_included(self, text: str, src_uri: str) -> str:
        """Render what another extension put into a page, which has no line of its own."""
        context = self.context(src_uri)
        if context is None:
            return text
        page = self.sources[src_uri]
        rendered, found = context.renderer.render(text, path=page.path, page=page.meta)
        for problem in found:
            message = f"in an included file: {problem.message}"
            self.problems.append(Problem(page.path, None, message))
        return rendered

    def links_of(self, file: File) -> PageLinks:
        """Return what resolves the links of a page."""
        return PageLinks(file, self.addresses)

    def note_links(self, links: PageLinks) -> None:
        """Take note of a page's links; the fest file answers for those not typed on it."""
        self._links += links.found
        page = self.sources[links.page.src_uri]
        for href in links.dead:
            if href in page.raw:
                self._report_link(page, href, self.addresses.missing(href), "dead-link")

    def check_site(
        self,
        *,
        anchors_of: Callable[[str], set[str] | None],
        has_file: Callable[[str], bool],
        texts: Iterable[str],
    ) -> None:
        """Find what only a site with all its pages shows, before it is published.

        `anchors_of` returns the names of a page's sections, `has_file` whether the site has a file;
        `texts` are those in which facts may be used, besides pages.
        """
        self.check_anchors(anchors_of)
        self.check_pages()
        self.check_handovers()
        fest = self.site.current
        if fest is None:
            return
        found: list[Problem] = []
        for each in self.site.fests.values():
            found += missing_pictures(each, is_there=has_file)
        if fest.site:
            pages = (source.raw for source in self.sources.values())
            found += unused_facts(fest, texts=chain(pages, texts))
        self.problems += self.left_on(None, found)

    def check_pages(self) -> None:
        """Find what on the pages contradicts their fests: all at once, which is quicker by half."""
        for src_uri, page in self.sources.items():
            for message in front_matter_mistakes(page.meta):
                line = front_matter.line_of(page.raw, "checks")
                self.problems.append(Problem(page.path, line, message, "warning"))
            if context := self.context(src_uri):
                self.problems += self._text_problems(page, context)
        for fest in self.site.fests.values():
            self.problems += facts_problems(fest)

    def _text_problems(self, page: PageSource, context: PageContext) -> list[Problem]:
        """Return what in the text of a page contradicts the fest of a context."""
        if is_silenced(page.meta):
            return []
        text = page.raw if page.remade is None else page.remade
        return self.left_on(page, context.checks.problems(page.path, text, page.meta))

    def check_handovers(self) -> None:
        """Report what will be wrong, and a lost button, once another fest is current.

        What would stop a build then is a warning. What would only keep the site from being
        published is a hint: what a page says of the current fest is right today.
        """
        before = reported(self.problems)
        for moment, fest in self.site.handovers:
            found, has_button = self._problems_with(fest)
            self.problems += later_problems(found, before, moment=moment, fest=fest)
            if fest.rsvp and not has_button:
                message = "rsvp is on no page. Write {{ rsvp_button() }} into one."
                message = f"{handover(moment, fest)}, {message}"
                path = fest.source.path
                self.problems.append(Problem(path, None, message, "warning", "no-button"))

    def _problems_with(self, fest: Fest) -> tuple[list[Problem], bool]:
        """Return what would be wrong if a fest were current, and whether it would have a button."""
        stopping: list[Problem] = []
        refused: list[Problem] = []
        has_button = False
        for src_uri, page in self.sources.items():
            if own := self._fest_ids.get(src_uri):
                has_button |= own == fest.id and "rsvp_button" in page.raw
                continue
            context = self.site.context(fest.id, self._languages.get(src_uri))
            later = prepare(page, page.markdown, context.renderer, has_template=lambda *_: True)
            html = context.renderer.stash.restored(later.markdown, lambda html: html)
            has_button |= "impldays-rsvp" in html
            stopping += later.problems
            refused += self._text_problems(page, context)
        for src_uri, title, path, line in self._titles:
            if src_uri not in self._fest_ids:
                renderer = self.site.context(fest.id, self._languages.get(src_uri)).renderer
                stopping += renderer.render(title, path=path, first_line=line)[1]
        url, others = self.site.options.url, self.site.fests.values()
        if url and (wrong := site_problem(url, fest, others=others)):
            refused.append(wrong)
        found = [replace(each, severity="warning") for each in stopping]
        later_on = [each for each in refused if each.severity != "hint"]
        return found + [replace(each, severity="hint") for each in later_on], has_button

    def left_on(self, page: PageSource | None, problems: Iterable[Problem]) -> list[Problem]:
        """Return the problems of a page without those of checks that are off on it."""
        off = off_on_page(page.meta) if page else frozenset()
        on = [each for each in problems if each.check not in off]
        return self.switches.left(on, source=page.path if page else None)

    def check_anchors(self, anchors_of: Callable[[str], set[str] | None]) -> None:
        """Find links of raw HTML that lead to no section; `anchors_of` gives those of a page."""
        for link, message in dead_anchors(self._links, anchors_of):
            self._report_link(self.sources[link.source], link.href, message, "dead-anchor")

    def content(self, html: str, links: PageLinks, *, meta: Mapping[str, object]) -> str:
        """Return the HTML of a page's Markdown with its heading and banners, and note its links.

        A title with markup is the heading of a page without one.
        """
        self.note_links(links)
        heading = self._headings.get(links.page.src_uri)
        html = f"<h1>{heading}</h1>\n{html}" if heading and "<h1" not in html else html
        banner = self._banner(links, html, meta)
        return f"{banner}\n{html}" if banner else html

    def shown_anywhere(self, html: str, *, root: str) -> str:
        """Return a page that is shown at any address, as 404.html is, with links that lead right.

        `root` is the path of the site on its host, like `/2027/`.
        """

        def right(attribute: re.Match[str]) -> str:
            if self.addresses.file_at(urlsplit(attribute[3]).path) is None:
                return attribute[0]
            return f"{attribute[1]}{root.rstrip('/')}{attribute[3]}"

        return FROM_ROOT.sub(right, html)

    def document(self, file: File, page: PageOfSite) -> Document | None:
        """Return what a page gets as a whole; `None` while the fest files have errors."""
        context = self.context(file.src_uri)
        if context is None:
            return None
        return Document(page, context.fest, context.words, context.head, self.links_of(file))

    def _banner(self, links: PageLinks, html: str, meta: Mapping[str, object]) -> str:
        """Return the HTML at the top of a page: that its fest is not the current one, or changed.

        A page that has the notice already does without it; `hide: [fest]` hides both.
        """
        src_uri = links.page.src_uri
        context = self.context(src_uri)
        if context is None or _hides_fest(meta):
            return ""
        notice = self._notice(context, src_uri)
        parts = context.banner, notice if notice and not _has_notice(html, meta) else None
        return "\n".join(links.resolved(each) for each in parts if each)

    def _notice(self, context: PageContext, src_uri: str) -> Markup | None:
        try:
            return context.notice
        except PageError as error:  # in the site's own template of it
            path = self.sources[src_uri].path
            self.problems.append(Problem(path, None, f"the notice {error}"))
            return None

    def _report_link(self, page: PageSource, typed: str, message: str, check: str) -> None:
        if line := line_with(page.raw, typed):
            problem = Problem(page.path, line, message, "warning", check, typed)
            self.problems += self.left_on(page, [problem])

    def errors(self) -> list[Problem]:
        """Return what stops every build."""
        return in_order(p for p in self.problems if p.severity == "error")

    def warnings(self) -> list[Problem]:
        """Return what stops what gets published."""
        return in_order(p for p in self.problems if p.severity == "warning")

    def serious(self) -> list[Problem]:
        """Return errors, then warnings: all problems but hints."""
        return self.errors() + self.warnings()


def _has_notice(html: str, meta: Mapping[str, object]) -> bool:
    """Return whether a page has the notice already, as the template of the home page does."""
    return "impldays-notice" in html or meta.get("template") == "home.html"


def _hides_fest(meta: Mapping[str, object]) -> bool:
    """Return whether the front matter of a page has `hide: [fest]`."""
    hidden = meta.get("hide")
    return isinstance(hidden, list) and "fest" in hidden
