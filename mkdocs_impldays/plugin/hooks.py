"""The hooks of MkDocs."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config.base import ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import clean_directory
from mkdocs.utils.templates import TemplateContext

from mkdocs_impldays.build import Build
from mkdocs_impldays.cache import Cache
from mkdocs_impldays.disk import texts_beside
from mkdocs_impldays.document import at_end, in_language, without_alternates
from mkdocs_impldays.names.filters import filters_in_templates
from mkdocs_impldays.pages.errors import template_problem
from mkdocs_impldays.pages.extension import ConvertedPage, PageExtension
from mkdocs_impldays.pages.render import add_names, watch_names
from mkdocs_impldays.pages.search import for_search
from mkdocs_impldays.pages.tags import PhaseBlocks
from mkdocs_impldays.plugin.config import ImplDaysConfig, site_of
from mkdocs_impldays.plugin.files import (
    SiteFiles,
    anchors_of,
    page_of_site,
    private_files,
    watch,
    watch_files,
)
from mkdocs_impldays.plugin.navigation import render_titles
from mkdocs_impldays.plugin.other_plugins import Sources, plugin_problems, posts_of, print_page
from mkdocs_impldays.plugin.publishing import (
    Command,
    WarningLog,
    engine_problem,
    refuse_warnings,
    stop_at,
)
from mkdocs_impldays.plugin.theme import ship_theme, template_finder
from mkdocs_impldays.problems import Problem, in_order, problems_box, seen_from
from mkdocs_impldays.revision import latest_changes
from mkdocs_impldays.static_i18n import LanguageBuild, common_source

_OURS = (PageExtension, PhaseBlocks)
log = get_plugin_logger("impldays")
engine_log = logging.getLogger(log.logger.name.partition(".")[0])
"""The parent of all loggers of a build, which ProperDocs names differently."""


class ImplDaysPlugin(BasePlugin[ImplDaysConfig]):
    """The plugin: renders pages with the facts of a fest."""

    command: Command = "build"
    root: Path
    """The folder of mkdocs.yml."""
    mkdocs: MkDocsConfig | None = None
    """The configuration, from our first hook on."""
    warning_log: WarningLog
    build: Build
    cache: Cache | None = None
    """The cache of earlier builds."""
    extension: PageExtension
    language_build: LanguageBuild
    site_files: SiteFiles
    earlier: list[Problem]
    """The problems of the builds for other languages of static-i18n before this one."""
    generated: TemporaryDirectory[str] | None = None
    """The folder of generated files, until they are copied into the site."""
    is_dirty: bool = False
    """Whether only changed pages are built."""
    asked: str | None = None
    """The moment of `impldays check`, which overrides the environment."""

    def __init__(self) -> None:
        """Make a log of warnings; `serve` keeps one plugin for all builds."""
        self.warning_log = WarningLog(engine_log)

    def load_config(
        self, options: dict[str, object], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Read the options; with `enabled: false` MkDocs finds no hooks."""
        found = super().load_config(options, config_file_path)
        for name in (name for name in dir(type(self)) if name.startswith("on_")):
            self.__dict__.pop(name, None)
            if self.config.enabled is False:
                setattr(self, name, None)
        return found

    def on_startup(self, *, command: Command, dirty: bool) -> None:
        """Store the command: `serve` shows problems in the browser, `gh-deploy` allows none.

        `mike deploy`, which publishes, runs `mkdocs build` with its version in the environment.
        """
        is_mike = command == "build" and "MIKE_DOCS_VERSION" in os.environ
        self.command = "gh-deploy" if is_mike else command
        self.is_dirty = dirty

    @property
    def is_preview(self) -> bool:
        """Whether `serve` asked for the build."""
        return self.command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the fest files, and begin a build; `serve` keeps the cache of the last one."""
        self.warning_log = WarningLog(engine_log)
        self.mkdocs = config
        if LanguageBuild.of(config.plugins.get("i18n")).is_first:
            self.earlier = []
        if self.command == "gh-deploy" or config.strict:
            self.warning_log.begin()
        self.root = Path(config.config_file_path or "mkdocs.yml").parent
        ship_theme(config, is_preview=self.is_preview)
        watch(config, self.root / self.config.where)
        self.box = (0, "")
        self.cache = self.cache or Cache(self.root / ".cache/impldays")
        site, problems = site_of(
            config, self.config, command=self.command, now=self.asked, cache=self.cache
        )
        watch_files(config, map(self.root.joinpath, site.sources))
        self.build = Build(site, problems, self.config.checks)
        if not self.is_preview:
            stop_at(self.build.errors())
        self.extension = PageExtension(self.build.site.stash)
        others = [each for each in config.markdown_extensions if not isinstance(each, _OURS)]
        config.markdown_extensions[:] = [*others, self.extension, PhaseBlocks()]  # type: ignore[list-item]
        if config.validation.links.anchors == logging.INFO:  # the default, which nobody reads
            config.validation.links.anchors = logging.WARNING
        return config

    @event_priority(50)  # Early: an address has to be known before others ask for it.
    def _place_pages(self, /, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a page for each fest, and move each page to the address of its front matter."""
        self.language_build = LanguageBuild.of(config.plugins.get("i18n"))
        self.build.site = self.build.site.localized(
            self.language_build.root, url=config.site_url or None, name=config.site_name
        )
        self._remove_generated()
        self.generated = TemporaryDirectory(prefix="impldays-")
        self.site_files = SiteFiles(
            config,
            self.build,
            of=self.language_build,
            folder=Path(self.generated.name),
            is_preview=self.is_preview,
        )
        self.site_files.place(
            files, self.build.site.fests.values(), has_sessions=self.config.session_pages
        )
        return files

    @event_priority(-150)  # After static-i18n, which creates all files again at -100.
    def _add_files(self, /, files: Files, *, config: MkDocsConfig) -> Files:  # noqa: ARG002
        """Move the pages that other plugins have added since, and add generated files."""
        self.site_files.place_late(files)
        self.site_files.add(files, self._generated_files(files))
        if self.is_dirty:
            self.site_files.build_all_older_than(self._changed_on_disk(), files)
        return files

    on_files = CombinedEvent(_place_pages, _add_files)

    def _changed_on_disk(self) -> float:
        """Return when a fest file was last changed, added or removed, in seconds since 1970."""
        paths = [self.root / self.config.where, *map(self.root.joinpath, self.build.site.sources)]
        return max((path.stat().st_mtime for path in paths if path.exists()), default=0)

    def _remove_generated(self) -> None:
        """Remove the generated files of the last build; the site has copies."""
        if self.generated:
            self.generated.cleanup()
            self.generated = None

    def _generated_files(self, files: Files) -> Mapping[str, bytes]:
        root = self.language_build.root
        pages = {common_source(each): each.url.removeprefix(root) for each in files}
        site = self.build.site.with_pages(pages)
        if site.current is None:
            return {}
        stamps = latest_changes(self.root, site.fests.values())
        return site.context(language=self.language_build.language).files(stamps=stamps)

    @event_priority(-50)  # Late: other plugins have added and moved their files by now.
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Store the addresses of all files, find private ones, render the titles of the menu."""
        written = [(file.src_uri, file.dest_uri) for file in files]
        self.build.settle_addresses(list(files), written, of=self.language_build)
        is_publishing = self.command == "gh-deploy" or config.strict
        self.build.problems += private_files(files, config, is_publishing=is_publishing)
        render_titles(nav, self.build, config, files)

    @event_priority(100)  # First: what another plugin gives a page wins.
    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:  # noqa: ARG002
        """Return the text of a page that was already read; `None` if another plugin has set it."""
        source = self.build.sources.get(page.file.src_uri)
        return source.raw if source and page.file.abs_src_path else None

    @event_priority(60)  # Early: the lines are the author's. Static-i18n joins them again at 50.
    def on_page_markdown(
        self,
        markdown: str,
        *,
        page: Page,
        config: MkDocsConfig,
        files: Files,  # noqa: ARG002
    ) -> str:
        """Render the variables and tags of a page, and set its title and template."""
        src_uri = page.file.src_uri
        self.extension.page = ConvertedPage(
            self.build.links_of(page.file),
            lambda text: self.build.render_included(text, src_uri),
        )
        prepared = self.build.prepare(
            markdown, src_uri, meta=page.meta, has_template=template_finder(config)
        )
        if prepared is None:
            return markdown
        page.meta = prepared.meta
        return prepared.markdown

    @event_priority(100)  # First: others, like feeds, read the Markdown from here on.
    def _write_out(self, /, html: str, *, page: Page, **_: object) -> str:
        """Replace our marks in the page's Markdown by HTML, for other plugins that read it."""
        self._marked = page.markdown
        page.markdown = self.build.site.stash.without_marks(page.markdown or "")
        return html

    @event_priority(0)
    def _complete(self, /, html: str, *, page: Page, **_: object) -> str:
        """Return the page with its heading and banners."""
        self.build.check_meta(page.file.src_uri, page.meta)
        converted = self.extension.page
        links = converted.links if converted else self.build.links_of(page.file)
        return self.build.content(html, links, meta=page.meta)

    @event_priority(-100)  # Last: feeds have read it, and the list of posts is made later.
    def _restore_blocks(
        self, /, html: str, *, page: Page, config: MkDocsConfig, **_: object
    ) -> str:
        """Restore the marks in the Markdown of a post, from which lists of posts are made.

        Links in its excerpt are relative to the page with the list.
        """
        if page in posts_of(config):
            page.markdown = self._marked
            if self.extension.page and (excerpt := getattr(page, "excerpt", None)):
                self.extension.page.links.page = excerpt.file  # whose URL is that of the list
        return html

    on_page_content = CombinedEvent(_write_out, _complete, _restore_blocks)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Log all problems of the pages before any is written; add our names to the templates."""
        self.build.check_site(
            anchors_of=lambda source: anchors_of(files, source),
            has_file=lambda path: path in files.src_uris,
            texts=texts_beside([config.theme.custom_dir, config.docs_dir]),
        )
        if self.build.errors():
            self.build.problems += plugin_problems(config)
        if self.is_preview:
            for problem in self.build.errors():
                log.error("%s", problem)
        else:
            stop_at(self.build.errors())
        for problem in self.build.warnings():
            if problem not in self.earlier:  # else logged in the build of another language
                log.warning("%s", problem)
        env.bytecode_cache = env.bytecode_cache or self.build.site.cache.templates
        if context := self.build.context():
            add_names(env, context.template_names)
            env.filters = {**filters_in_templates(), **env.filters}  # those of a theme win
            watch_names(env, self._report_template)
        return env

    @event_priority(0)
    def _of_its_fest(
        self, /, context: TemplateContext, *, page: Page, **_: object
    ) -> TemplateContext:
        """Return the context of a page's template, with its fest if not the current one."""
        own = self.build.context(page.file.src_uri)
        if own and own is not self.build.context():
            context |= own.template_names  # type: ignore[typeddict-item]
        return context

    @event_priority(100)  # First: others, like search, get only what is shown now.
    def _hide(self, /, context: TemplateContext, *, page: Page, **_: object) -> TemplateContext:
        self._whole = page.content
        page.content = for_search(page.content or "")
        return context

    @event_priority(-100)  # Last: the page itself has all states.
    def _restore(self, /, context: TemplateContext, *, page: Page, **_: object) -> TemplateContext:
        page.content = self._whole
        return context

    on_page_context = CombinedEvent(_hide, _of_its_fest, _restore)

    @event_priority(-100)  # Last: tags that others have added to the head are not repeated.
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Complete the page, in `serve` with a box of problems."""
        about = page_of_site(page, site_url=config.site_url, root=self.language_build.root)
        document = self.build.document(page.file, about)
        box = self._problems_box() if self.is_preview else ""
        return document.complete(output, problems=box) if document else at_end(output, box)

    def on_post_template(
        self,
        output_content: str,
        *,
        template_name: str,
        config: MkDocsConfig,
    ) -> str:
        """Complete 404.html, which a site has only in its default language."""
        context = self.build.context()
        if context is None or not template_name.endswith(".html"):
            return output_content
        if self.language_build.root:
            return ""  # so that MkDocs writes nothing
        html = self.build.shown_anywhere(output_content, root=urlsplit(config.site_url or "/").path)
        return in_language(without_alternates(html), context.fest.language)

    def _problems_box(self) -> str:
        count = len(self.build.problems)
        if self.box[0] != count:  # a template has added one
            self.box = count, problems_box(self.build.serious())
        return self.box[1]

    def _report_template(self, path: str, line: int, message: str) -> None:
        self.build.problems.append(Problem(seen_from(self.root, Path(path)), line, message))

    @event_priority(-90)  # Late: warnings of others count; but static-i18n then builds once more.
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Stop if templates have mistakes, or a site with warnings would be published."""
        self.earlier += self.build.problems
        if page := print_page(config):  # for which MkDocs calls no hook
            path = Path(config.site_dir, page.file.dest_uri)
            html = self.on_post_page(path.read_text("utf-8"), page=page, config=config)
            path.write_text(html, "utf-8")
        if not self.is_preview and self.build.errors():
            clean_directory(config.site_dir)  # it looks right, and is not
            stop_at(self.build.errors())
        if (self.command == "gh-deploy" or config.strict) and "i18n" not in config.plugins:
            self._log_built_site(config)  # static-i18n has more pages to build
        refuse_warnings(
            self.warning_log,
            command=self.command,
            is_strict=config.strict,
            publish_checks=self.config.publish_checks,
        )
        self.warning_log.end()
        self._remove_generated()

    def _log_built_site(self, config: MkDocsConfig) -> None:
        of_engine = [engine_problem(line, self.build.sources) for line in self.warning_log.lines]
        for problem in in_order(self.site_problems([*of_engine, *self.build.problems], config)):
            if problem.severity == "warning":
                log.warning("%s", problem)

    def site_problems(self, known: list[Problem], config: MkDocsConfig) -> Iterator[Problem]:
        """Yield the problems of the built site that are not `known`."""
        from mkdocs_impldays.built_site import built_site_problems  # noqa: PLC0415 - not for all

        return built_site_problems(
            Path(config.site_dir),
            known,
            build=self.build,
            docs=Sources(config).docs,
            site_url=config.site_url or None,
        )

    @event_priority(-100)  # Last: plugins after us would not be checked.
    def on_build_error(self, error: Exception) -> None:
        """End the log of warnings; report a mistake in the site's own template with its line."""
        self.warning_log.end()
        self._remove_generated()
        if self.mkdocs is None or not (problem := self._template_problem(error, self.mkdocs)):
            return
        self.build.problems.append(problem)
        if not self.is_preview:
            clean_directory(self.mkdocs.site_dir)  # it is incomplete
        log.error("%s", problem)
        raise Abort("The site was not built.") from None  # `serve` prints no traceback for it

    def _template_problem(self, error: Exception, config: MkDocsConfig) -> Problem | None:
        folder = config.theme.custom_dir
        if folder is None:
            return None
        context = self.build.context()
        names = context.template_names if context else ()
        return template_problem(error, root=self.root, folder=Path(folder), names=names)
