"""The hooks of MkDocs, and nothing else: unpack, call, report."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import clean_directory, get_build_datetime, get_relative_url
from mkdocs.utils.meta import get_data
from mkdocs.utils.templates import TemplateContext

from mkdocs_impldays.build import Build
from mkdocs_impldays.checks.pages import PageChecks
from mkdocs_impldays.config import ImplDaysConfig
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.fest_file import choose, read_fests
from mkdocs_impldays.fest.revision import changed_at
from mkdocs_impldays.head import STYLES, Head, PageOfSite
from mkdocs_impldays.hearing import Hearing
from mkdocs_impldays.pages.extension import PageExtension, Reading
from mkdocs_impldays.pages.facts import for_html
from mkdocs_impldays.pages.hidden import without_hidden
from mkdocs_impldays.pages.page import Source
from mkdocs_impldays.pages.phase_blocks import PhaseBlocks
from mkdocs_impldays.pages.templates import watch_names
from mkdocs_impldays.problems import Problem, quoted
from mkdocs_impldays.report import problems_box
from mkdocs_impldays.timebar import timebar
from mkdocs_impldays.vocabulary.fest_pages import page_text, source_of
from mkdocs_impldays.vocabulary.vocabularies import Vocabularies
from mkdocs_impldays.vocabulary.whole import Setting, Vocabulary

log = get_plugin_logger("impldays")
engine_log = logging.getLogger(log.logger.name.partition(".")[0])
"""Where all warnings of a build arrive; ProperDocs calls its own differently."""

Command = Literal["build", "gh-deploy", "serve"]

_BUTTON_CLASSES = {"mkdocs": "btn btn-primary", "readthedocs": "btn btn-neutral"}
"""What makes a link a button in MkDocs' own themes."""


class ImplDaysPlugin(BasePlugin[ImplDaysConfig]):
    """Puts the facts of a fest into the pages of a site."""

    command: Command = "build"
    feeds: tuple[object, dict[str, bytes]] | None = None
    """What the feeds were made of, and the feeds: in `serve` they rarely change."""
    checks: dict[str, PageChecks] | None = None
    """The checks of the last build's pages, by the ids of their fests, with what they found."""
    asked: str | None = None
    """The moment that `impldays check` asks for; it wins over the environment."""

    def on_startup(self, *, command: Command, dirty: bool) -> None:  # noqa: ARG002 - MkDocs' names
        """Remember the command: `serve` shows problems in the browser, `gh-deploy` takes none."""
        self.command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the fest files. Where `serve` keeps us, what rarely changes is kept."""
        self.hearing = Hearing(engine_log)
        if self.command == "gh-deploy" or config.strict:
            self.hearing.begin()
        self.root = Path(config.config_file_path or "mkdocs.yml").parent
        _ship_theme(config, is_preview=self.command == "serve")
        self._read_fests(config)
        if self.command != "serve":
            _raise(self.build.errors())
        self.extension = PageExtension()
        config.markdown_extensions += [self.extension, PhaseBlocks()]  # type: ignore[list-item]
        if config.validation.links.anchors == logging.INFO:  # the default, which nobody reads
            config.validation.links.anchors = logging.WARNING
        return config

    def _read_fests(self, config: MkDocsConfig) -> None:
        fests, problems = read_fests(self.root, where=self.where())
        _watch(config, self.root / self.where())
        name = self.config.fest and Path(self.config.fest).stem
        now = self._set_moment(problems)
        moment = now or get_build_datetime()
        fest = None
        if not any(problem.severity == "error" for problem in problems):
            at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            fest, more = choose(fests, name, moment=at, path="mkdocs.yml")
            problems += more
        self.fest, self.fests = fest, fests
        self.build = Build(None, problems)
        if fest:
            zoned = moment if moment.tzinfo else moment.replace(tzinfo=fest.timezone)
            self.moment = zoned
            setting = self._setting(config, zoned)
            vocabularies = Vocabularies(fests, current=fest, setting=setting)
            self.build = Build(
                vocabularies, problems, checks=lambda each: self._page_checks(each, zoned)
            )
            self.head = Head(
                fest,
                site_name=config.site_name,
                site_url=config.site_url or None,
                moment=zoned,
                clock=zoned if now else None,
                is_preview=self.command == "serve",
            )

    def _page_checks(self, fest: Fest, moment: datetime) -> PageChecks:
        """Give the checks of a fest's pages: those of the last one, where nothing has changed."""
        others = [each for each in self.fests.values() if each.id != fest.id]
        self.checks = self.checks or {}
        known = self.checks.get(fest.id)
        if known is None or not known.are_of(fest, others, moment):
            known = self.checks[fest.id] = PageChecks(fest, others, moment)
        return known

    def where(self) -> str:
        """Give the fest file or folder to read, as seen from mkdocs.yml."""
        fest = self.config.fest
        is_path = fest is not None and ("/" in fest or Path(fest).suffix != "")
        return fest if fest and is_path else self.config.fests

    def _set_moment(self, problems: list[Problem]) -> datetime | None:
        """Read the moment that the option or the environment sets; one is never published."""
        text = self.asked or os.environ.get("IMPLDAYS_NOW") or self.config.now
        if not text:
            return None
        if self.command == "gh-deploy":
            message = f"the moment is set to {quoted(text)}. Take “now” and IMPLDAYS_NOW away."
            problems.append(Problem("mkdocs.yml", None, message))
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            message = f"now: {quoted(text)} is not a moment. Write it like 2018-05-27T18:00."
            problems.append(Problem("mkdocs.yml", None, message))
            return None

    def _setting(self, config: MkDocsConfig, moment: datetime) -> Setting:
        theme_class = _BUTTON_CLASSES.get(config.theme.name or "", "md-button md-button--primary")
        return Setting(
            moment=moment,
            site_url=config.site_url or None,
            folders=config.theme.dirs,
            link_class=f"button primary {theme_class}",
            is_preview=self.command == "serve",
        )

    @event_priority(50)  # Early: an address has to be known before others ask for it.
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give each page the address that its front matter asks for, and add our own files."""
        folder = self._from_here(Path(config.docs_dir))
        for fest in self.fests.values():
            if files.get_file_from_path(source_of(fest)) is None:  # the author's own page wins
                files.append(_fest_page(fest, config))
        for file in files.documentation_pages():
            shown = f"{folder}/{file.src_uri}"
            raw = _raw_text(file, shown, self.build.problems)
            asks = "permalink" in raw or "fest:" in raw  # most pages do not: read those once
            meta = get_data(raw)[1] if asks else {}
            source = Source(shown, raw, "", meta)
            if (destination := self.build.place(source, file.src_uri)) is not None:
                file.dest_uri = destination
                for cached in ("url", "abs_dest_path"):  # another plugin may have asked before
                    file.__dict__.pop(cached, None)
        for path, content in self._feeds(config).items():
            if files.get_file_from_path(path) is None:  # the author's own file wins
                files.append(File.generated(config, path, content=content))
        return files

    def _feeds(self, config: MkDocsConfig) -> dict[str, bytes]:
        if self.fest is None:
            return {}
        from mkdocs_impldays.feeds.files import files_of  # noqa: PLC0415 - slow to import

        stamp = changed_at(self.root / self.where())
        made_of = (self.fest, self.fests, config.site_url or None, stamp)
        if self.feeds is None or self.feeds[0] != made_of:
            fest, fests, site_url, _ = made_of
            made = files_of(fest, fests=fests.values(), site_url=site_url, stamp=stamp)
            self.feeds = (made_of, made)
        return self.feeds[1]

    @event_priority(-50)  # Late: other plugins have added and moved their files by now.
    def on_nav(self, nav: object, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Take note of where all files are."""
        written = [(file.src_uri, file.dest_uri) for file in files]
        self.build.settle_addresses(list(files), written)

    @event_priority(50)  # Early: line numbers are still the author's.
    def on_page_markdown(
        self,
        markdown: str,
        *,
        page: Page,
        config: MkDocsConfig,
        files: Files,  # noqa: ARG002
    ) -> str:
        """Render the page's variables and tags, and settle its title and template."""
        src_uri = page.file.src_uri
        self.extension.reading = Reading(
            self.build.links_of(page.file),
            lambda text: self.build.render_included(text, src_uri),
        )
        prepared = self.build.prepare(
            markdown, src_uri, meta=page.meta, has_template=_template_finder(config)
        )
        if prepared is None:
            return markdown
        page.meta = prepared.meta
        return prepared.markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Give a title with markup its heading, as MkDocs does with one in the Markdown."""
        if self.extension.reading:
            self.build.note_links(self.extension.reading.links)
        heading = self.build.heading_of(page.file.src_uri)
        html = f"<h1>{heading}</h1>\n{html}" if heading and "<h1" not in html else html
        banner = self.build.banner_of(page.file)
        return f"{banner}\n{html}" if banner else html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Tell all problems of the pages at once, before anything is written."""
        pages = [file.page for file in files.documentation_pages() if file.page]
        anchors = {page.file.src_uri: page.present_anchor_ids or set() for page in pages}
        self.build.check_anchors(anchors)
        if self.command == "serve":
            for problem in self.build.errors():
                log.error("%s", problem)
        else:
            _raise(self.build.errors())
        for problem in self.build.warnings():
            log.warning("%s", problem)
        if vocabulary := self.build.vocabulary_of():
            env.globals |= _in_templates(vocabulary)
            watch_names(env, self._report_template)
        return env

    @event_priority(0)  # Of no matter: a page's templates are rendered after all of these.
    def _of_its_fest(
        self, /, context: TemplateContext, *, page: Page, **_: object
    ) -> TemplateContext:
        """Give the templates of a page the facts of its fest, where that is another."""
        vocabulary = self.build.vocabulary_of(page.file.src_uri)
        if vocabulary and vocabulary is not self.build.vocabulary_of():
            context |= _in_templates(vocabulary)  # type: ignore[typeddict-item]
        return context

    @event_priority(100)  # First: others, like search, are to see only what is shown now.
    def _hide(self, /, context: TemplateContext, *, page: Page, **_: object) -> TemplateContext:
        self._whole = page.content
        page.content = without_hidden(page.content or "")
        return context

    @event_priority(-100)  # Last: the page itself carries every state.
    def _bring_back(
        self, /, context: TemplateContext, *, page: Page, **_: object
    ) -> TemplateContext:
        page.content = self._whole
        return context

    on_page_context = CombinedEvent(_hide, _of_its_fest, _bring_back)

    @event_priority(-100)  # Last: what others have put into the head is not put there again.
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Complete the page's head, and in `serve` show the problems in the browser."""
        fest = self.build.fest_of(page.file.src_uri)
        if fest:
            output = replace(self.head, fest=fest).into(output, _page_of_site(page, fest))
        return self._with_preview(output, fest) if self.command == "serve" else output

    def _with_preview(self, output: str, fest: Fest | None) -> str:
        before, end, after = output.rpartition("</body>")
        bar = timebar(fest) if fest else ""
        return f"{before}{bar}{problems_box(self.build.told())}{end}{after}"

    def _report_template(self, path: str, line: int, message: str) -> None:
        self.build.problems.append(Problem(self._from_here(Path(path)), line, message))

    @event_priority(-100)  # Last: other plugins' warnings count too.
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Refuse a site whose templates hold mistakes, and to publish while there is a warning."""
        if self.command != "serve" and self.build.errors():
            clean_directory(config.site_dir)  # it looks fine and is not
            _raise(self.build.errors())
        if self.command == "gh-deploy" and self.config.publish_checks == "refuse":
            _refuse(self.hearing)
        self.hearing.end()

    def on_build_error(self, error: Exception) -> None:  # noqa: ARG002 - MkDocs' name
        """Stop listening, so that what follows is printed as before."""
        self.hearing.end()

    def _from_here(self, path: Path) -> str:
        """Give a path as seen from mkdocs.yml."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise PluginError("\n".join(map(str, problems)))


def _refuse(heard: Hearing) -> None:
    if heard.lines:
        count = len(heard.lines)
        those = "is a warning" if count == 1 else f"are {count} warnings"
        message = f"Nothing was published: there {those} above. Mend what they name,"
        message += " or set the option publish_checks: warn of impldays."
        unseen = heard.lines if heard.is_quiet else []
        raise PluginError("\n".join([*unseen, message]))


def _raw_text(file: File, shown: str, problems: list[Problem]) -> str:
    try:
        return file.content_string
    except UnicodeDecodeError:
        message = "is not written in UTF-8. Save it anew in that encoding."
        problems.append(Problem(shown, None, message))
        file.content_string = file.content_bytes.decode("utf-8", "replace")
        return file.content_string


def _watch(config: MkDocsConfig, path: Path) -> None:
    folder = path if path.is_dir() else path.parent
    if folder.is_dir() and folder != Path(config.config_file_path or "").parent:
        config.watch.append(str(folder))
    elif path.is_file():
        config.watch.append(str(path))


def _ship_theme(config: MkDocsConfig, *, is_preview: bool) -> None:
    """Put our templates, styles and scripts behind the site's own and before the theme's."""
    folders = ["theme", "preview"] if is_preview else ["theme"]
    first = 1 if config.theme.custom_dir else 0
    config.theme.dirs[first:first] = [str(Path(__file__).with_name(name)) for name in folders]
    config.extra_css[:0] = STYLES  # before the site's own, which win
    config.theme.static_templates.add(STYLES[-1])  # it holds the colours of the fests


def _template_finder(config: MkDocsConfig) -> Callable[[str], bool]:
    return lambda name: any(Path(folder, name).is_file() for folder in config.theme.dirs)


def _fest_page(fest: Fest, config: MkDocsConfig) -> File:
    return File.generated(
        config, source_of(fest), content=page_text(fest), inclusion=InclusionLevel.NOT_IN_NAV
    )


def _in_templates(vocabulary: Vocabulary) -> dict[str, object]:
    return {name: for_html(fact) for name, fact in vocabulary.in_templates.items()}


def _page_of_site(page: Page, fest: Fest) -> PageOfSite:
    return PageOfSite(
        title=str(page.meta.get("title") or page.title or ""),
        description=page.meta.get("description"),
        url=page.url,
        canonical_url=page.canonical_url,
        is_of_fest=page.is_homepage or page.file.src_uri == source_of(fest),
        root=get_relative_url(".", page.url).rstrip("/") + "/",
    )
