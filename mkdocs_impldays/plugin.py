"""The hooks of MkDocs, and nothing else: unpack, call, report."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from mkdocs.utils.meta import get_data

from mkdocs_impldays.build import Build
from mkdocs_impldays.config import ImplDaysConfig
from mkdocs_impldays.facts import for_html
from mkdocs_impldays.fest_file import read_fest_file
from mkdocs_impldays.names import names_of
from mkdocs_impldays.pages.extension import PageExtension, Reading
from mkdocs_impldays.pages.page import Source
from mkdocs_impldays.problems import Problem
from mkdocs_impldays.report import problems_box

log = get_plugin_logger("impldays")

Command = Literal["build", "gh-deploy", "serve"]


class ImplDaysPlugin(BasePlugin[ImplDaysConfig]):
    """Puts the facts of a fest into the pages of a site."""

    command: Command = "build"

    def on_startup(self, *, command: Command, dirty: bool) -> None:  # noqa: ARG002 - MkDocs' names
        """Remember the command: `serve` shows problems in the browser, `gh-deploy` takes none."""
        self.command = command

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the fest file. Nothing of the last build is kept, also where `serve` keeps us."""
        self.root = Path(config.config_file_path or "mkdocs.yml").parent
        path = self.root / self.config.fest
        fest, problems = read_fest_file(path, shown=self.config.fest)
        self.build = Build(names_of(fest) if fest else None, problems)
        if self.command != "serve":
            _raise(self.build.errors())
        _watch(config, path)
        _ship_theme(config)
        self.extension = PageExtension()
        config.markdown_extensions.append(self.extension)  # type: ignore[arg-type]
        if config.validation.links.anchors == logging.INFO:  # the default, which nobody reads
            config.validation.links.anchors = logging.WARNING
        self.counter = CountHandler(level=logging.WARNING)
        if self.command == "gh-deploy":
            logging.getLogger("mkdocs").addHandler(self.counter)
        return config

    @event_priority(50)  # Early: an address has to be known before others ask for it.
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give each page the address that its front matter asks for."""
        for file in files.documentation_pages():
            raw = _raw_text(file, self._shown(file, config), self.build.problems)
            source = Source(self._shown(file, config), raw, *get_data(raw))
            if (destination := self.build.place(source, file.src_uri)) is not None:
                file.dest_uri = destination
                for cached in ("url", "abs_dest_path"):  # another plugin may have asked before
                    file.__dict__.pop(cached, None)
        return files

    @event_priority(-50)  # Late: other plugins have added and moved their files by now.
    def on_nav(self, nav: object, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Take note of where all files are."""
        written = [(file.src_uri, file.dest_uri) for file in files]
        self.build.settle_addresses(files, written)

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
        prepared = self.build.prepare(markdown, src_uri, has_template=_template_finder(config))
        if prepared is None:
            return markdown
        page.meta = prepared.meta
        return prepared.markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Give a title with markup its heading, as MkDocs does with one in the Markdown."""
        if self.extension.reading:
            self.build.note_links(self.extension.reading.links)
        heading = self.build.heading_of(page.file.src_uri)
        return f"<h1>{heading}</h1>\n{html}" if heading and "<h1" not in html else html

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
        env.globals |= {name: for_html(fact) for name, fact in (self.build.names or {}).items()}
        return env

    @event_priority(-100)  # Last: the box lies on top of all that others have made of the page.
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Show the problems in the browser, in `serve` only."""
        problems = self.build.errors() + self.build.warnings()
        if self.command != "serve" or not problems:
            return output
        before, body, after = output.rpartition("</body>")
        return f"{before}{problems_box(problems)}{body}{after}"

    @event_priority(-100)  # Last: other plugins' warnings count too.
    def on_post_build(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Refuse to publish while there is a warning."""
        logging.getLogger("mkdocs").removeHandler(self.counter)
        if self.command == "gh-deploy" and self.config.publish_checks == "refuse":
            _refuse(sum(count for _, count in self.counter.get_counts()))

    def _shown(self, file: File, config: MkDocsConfig) -> str:
        path = Path(config.docs_dir, file.src_uri)
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        )


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise PluginError("\n".join(map(str, problems)))


def _refuse(warnings: int) -> None:
    if warnings:
        noun = "warning" if warnings == 1 else "warnings"
        message = f"Nothing was published: there is {warnings} {noun} above. Mend what they name,"
        raise PluginError(f"{message} or set the option publish_checks: warn of impldays.")


def _raw_text(file: File, shown: str, problems: list[Problem]) -> str:
    try:
        return file.content_string
    except UnicodeDecodeError:
        message = "is not written in UTF-8. Save it anew in that encoding."
        problems.append(Problem(shown, None, message))
        file.content_string = file.content_bytes.decode("utf-8", "replace")
        return file.content_string


def _watch(config: MkDocsConfig, path: Path) -> None:
    folder = path.parent
    if folder.is_dir() and folder != Path(config.config_file_path or "").parent:
        config.watch.append(str(folder))
    elif path.is_file():
        config.watch.append(str(path))


def _ship_theme(config: MkDocsConfig) -> None:
    """Put our templates, styles and scripts behind the site's own and before the theme's."""
    ours = str(Path(__file__).with_name("theme"))
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, ours)


def _template_finder(config: MkDocsConfig) -> Callable[[str], bool]:
    return lambda name: any(Path(folder, name).is_file() for folder in config.theme.dirs)
