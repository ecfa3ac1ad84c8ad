"""The site that Zensical builds: its pages, its fests, and its generated files.

Zensical converts each page separately, so the state of the whole site is in this module.
"""

from __future__ import annotations

import logging
import os
import posixpath
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files as files_of_package
from pathlib import Path
from threading import Thread
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from mkdocs_impldays.build import Build
from mkdocs_impldays.cache import Cache
from mkdocs_impldays.checks.leftovers import site_problem
from mkdocs_impldays.checks.private_files import private_problem
from mkdocs_impldays.checks.switches import switches_of
from mkdocs_impldays.disk import write_over
from mkdocs_impldays.pages.facts import PageError
from mkdocs_impldays.pages.front_matter import read_meta
from mkdocs_impldays.pages.page import PageSource
from mkdocs_impldays.problems import Problem, in_order, line_with, seen_from
from mkdocs_impldays.project import (
    CONFIG_FILES,
    EXTENSION,
    Project,
    option_problems,
    read_project,
    set_moment_problem,
    where_of,
)
from mkdocs_impldays.revision import build_clock, epoch_problem, latest_changes
from mkdocs_impldays.site import SiteOptions, read_site
from mkdocs_impldays.zensical.facts import OwnTemplates

log = logging.getLogger("impldays")

_LONGEST_BUILD = 60
"""The seconds after which `serve` reads the clock again."""

_PAUSE = 2
"""The seconds without a page after which `serve` has finished a build."""

_MOST_TOUCHES = 5
"""The most times that a change is marked until a build begins."""

STARTED = ".built"
"""A file next to the fest files that changes at each start. Since projects watch that folder,
Zensical does not reuse its cache, which depends on neither the clock nor generated files. It is not
in `.cache/`, with which `zensical build --clean` 0.0.73 would fail."""

TEMPLATES = str(files_of_package("mkdocs_impldays") / "zensical/templates")
"""The folder of the templates that print what the extension adds to front matter."""


@dataclass(frozen=True)
class SitePage:
    """A file of the site."""

    src_uri: str
    url: str

    def url_relative_to(self, other: str) -> str:
        """Return its address relative to another."""
        found = posixpath.relpath(self.url or ".", posixpath.dirname(other) or ".")
        return f"{found}/" if self.url.endswith("/") or not self.url else found

    @property
    def file(self) -> str:
        """The path of the written file, below the site's folder."""
        return f"{self.url}index.html" if self.url.endswith("/") or not self.url else self.url


class ZensicalSite:
    """A build of a site by Zensical, shared by all its pages."""

    def __init__(self, config: Mapping[str, Any], options: Mapping[str, object]) -> None:
        """Read the fest files, find the pages, and write the generated files.

        `config` is Zensical's parsed configuration.
        """
        self.root = Path(config["root_dir"])
        self.is_preview = is_preview()
        self.docs = self.root / config["docs_dir"]
        self.out = self.root / config["site_dir"]
        self.url = config.get("site_url") or None
        self.features = config["theme"].get("features") or []
        self._custom_dir = config["theme"].get("custom_dir")
        self.theme_folders: list[str] = config["theme_dirs"]
        self._uses_folders = config.get("use_directory_urls", True)
        self.project = read_project(self.root)
        self.name = self.project.file.name if self.project else CONFIG_FILES[0]
        self._watched = [Path(path).as_posix() for path in config["watch"]]
        options = options or (self.project.options if self.project else {})
        self.is_enabled = options.get("enabled") is not False
        if not self.is_enabled:
            return
        self.pages = {page.src_uri: page for page in self._pages(config.get("exclude_docs") or "")}
        self.build = self._build(config, options)
        self.own_templates = OwnTemplates(self.root, self._own_templates)
        self.build.problems += self.own_templates.problems(self.build.site)
        log_problems(self.build.problems)
        made = {path: text for path, text in self.generated.items() if path not in self.pages}
        self.report(write_over(self.out, made))  # else the author's own file wins

    def _build(self, config: Mapping[str, Any], options: Mapping[str, Any]) -> Build:
        project, name = self.project, self.name
        problems = option_problems(options, path=name)
        if problems:
            options = {}
        switches, wrong = switches_of(options.get("checks"))
        problems += [Problem(name, None, f"checks: {message}") for message in wrong]
        fest, now = options.get("fest"), os.environ.get("IMPLDAYS_NOW") or options.get("now")
        is_published = not self.is_preview and _asked is None
        site, found = read_site(
            self.root,
            where=where_of(fest, options.get("fests")),
            fest_id=fest and Path(fest).stem,
            now=_asked or now,
            clock=build_clock(),
            options=SiteOptions(
                name=config["site_name"],
                url=self.url,
                language=project.language if project else None,
                template_folders=self.template_folders,
                picture_folder=str(self.docs),
                is_preview=self.is_preview,
                feed_deadlines=bool(options.get("feed_deadlines")),
            ),
            cache=_CACHES.setdefault(self.root, Cache(self.root / ".cache/impldays")),
        )
        problems += found
        if site.current is not None:
            wrong_url = site_problem(self.url or "", site.current, others=site.fests.values())
            problems += [wrong_url] if wrong_url else []
            problems += self._language_problems(project, site.current.language)
        if now and is_published:
            problems.append(set_moment_problem(now, path=name))
        problems += [*self._template_problems(), *self._private_files()]
        folder = Path(where_of(fest, options.get("fests")))
        folder = folder.parent if (self.root / folder).is_file() else folder
        _mark_start(self.root / folder, *self._own_templates)
        folders = {folder, *(Path(path).parent for path in site.sources)}
        if unwatched := sorted({each.as_posix() for each in folders} - {*self._watched}):
            listed = ", ".join([*self._watched, *unwatched])
            message = "watch: does not name all folders of fest files, so pages may be out of date."
            advice = f"Write “watch: [{listed}]”."
            problems.append(Problem(name, None, f"{message} {advice}", "warning"))
        build = Build(site, problems, switches)
        self.generated = self._generated(build)
        others = [SitePage(path, path) for path in self.generated if path not in self.pages]
        files = [*self.pages.values(), *others]
        for page in self.pages.values():
            if page.src_uri.endswith(".md"):
                self._read(build, page)
        build.settle_addresses(files, [(page.src_uri, page.file) for page in files])
        return build

    @property
    def template_folders(self) -> list[str]:
        """The folders of templates, the site's own first."""
        ours = str(files_of_package("mkdocs_impldays") / "theme")
        return [*map(str, self._own_templates), ours]

    @property
    def _own_templates(self) -> list[Path]:
        return [self.root / self._custom_dir] if self._custom_dir else []

    def _language_problems(self, project: Project | None, language: str) -> list[Problem]:
        """Return problems of a theme in the wrong language, and of a site in several."""
        if project is None:
            return []
        problems = []
        if project.has_languages:
            message = "plugins: i18n: Zensical 0.0.73 builds a site in one language."
            advice = "Build a site for each language, or use MkDocs."
            problems.append(Problem(project.file.name, None, f"{message} {advice}", "warning"))
        if not project.language and language.partition("-")[0] != "en":
            message = f"theme: the theme is in English, and the fest in {language}."
            advice = f"Write “language: {language}” under “theme:”."
            problems.append(Problem(project.file.name, None, f"{message} {advice}", "warning"))
        return problems

    def _template_problems(self) -> list[Problem]:
        message = "so pages have no script, style or previews."
        folder = self._custom_dir or "overrides"
        if TEMPLATES not in self.theme_folders:
            what = f"theme: does not use the templates of {EXTENSION}, {message}"
            advice = f"Write “extends: {EXTENSION}” into {folder}/mkdocs_theme.yml"
            advice += "." if self._custom_dir else f", and “custom_dir: {folder}” under “theme:”."
            return [Problem(self.name, None, f"{what} {advice}", "warning")]
        path = self.root / folder / "main.html"
        if not path.is_file() or "impldays.html" in path.read_text("utf-8", "replace"):
            return []
        advice = 'Write {% extends "impldays.html" %} in its first line.'
        what = f"does not extend impldays.html, {message}"
        return [Problem(seen_from(self.root, path), None, f"{what} {advice}", "warning")]

    def _private_files(self) -> Iterator[Problem]:
        """Yield an error for each file that must not be published."""
        inside = self.root.resolve()
        for path in map(self.docs.joinpath, self.pages):
            if message := private_problem(path, inside=inside):
                yield Problem(seen_from(self.root, path), None, message)

    def _pages(self, excluded: str) -> list[SitePage]:
        """Return the files of the site, without those that `exclude_docs` matches."""
        patterns = GitIgnoreSpec.from_lines(excluded.splitlines())
        found = []
        for folder, folders, names in os.walk(self.docs):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(name for name in names if not name.startswith(".")):
                src_uri = Path(folder, name).relative_to(self.docs).as_posix()
                if not patterns.match_file(src_uri):
                    found.append(SitePage(src_uri, self._address(src_uri)))
        return found

    def _address(self, src_uri: str) -> str:
        if not src_uri.endswith(".md"):
            return src_uri
        folder, name = posixpath.split(src_uri.removesuffix(".md"))
        folder = f"{folder}/" if folder else ""
        if name in {"index", "README"}:
            return folder if self._uses_folders else f"{folder}index.html"
        return f"{folder}{name}/" if self._uses_folders else f"{folder}{name}.html"

    def _read(self, build: Build, page: SitePage) -> None:
        """Add a page as its author wrote it to a build."""
        path = self.docs / page.src_uri
        try:
            raw = path.read_text("utf-8", "replace")
        except OSError:
            return  # Zensical reports it
        source = PageSource(seen_from(self.root, path), raw, read_meta(raw))
        build.add_page(source, page.src_uri)
        if source.meta.get("published") is False and not self.is_preview:
            message = "published: Zensical's own command publishes this page all the same."
            advice = "Build the site with “impldays build”."
            problem = Problem(*source.location("published"), f"{message} {advice}")
            build.problems.append(problem)

    def _generated(self, build: Build) -> dict[str, bytes]:
        site = build.site.with_pages({page.src_uri: page.url for page in self.pages.values()})
        if site.current is None:
            return {}
        if problem := epoch_problem():
            build.problems.append(problem)
            return {}
        context = site.context()
        try:
            assets = context.assets()
        except PageError as error:
            build.problems.append(Problem("overrides", None, str(error)))
            assets = {}
        stamps = latest_changes(self.root, site.fests.values())
        return {**context.files(stamps=stamps), **assets}

    def title_location(self, title: str, src_uri: str) -> tuple[str, int]:
        """Return the file and the line of the title of a page in the menu."""
        if self.project and (line := line_with(self.project.text, title)):
            return self.name, line
        return self.build.sources[src_uri].path, 1

    def report(self, problems: list[Problem]) -> None:
        """Add problems and log them."""
        self.build.problems += problems
        log_problems(problems)


def log_problems(problems: Iterable[Problem]) -> None:
    """Log problems in order; hints are for `impldays check`."""
    for problem in in_order(problems):
        if problem.severity != "hint":
            level = logging.ERROR if problem.severity == "error" else logging.WARNING
            log.log(level, "%s", problem)


def is_preview() -> bool:
    """Return whether the command is `zensical serve`, which only its arguments show."""
    return sys.argv[1:2] == ["serve"]


def _mark_start(folder: Path, *others: Path) -> None:
    """Touch `STARTED` in the folder of the fest files, once in a process.

    In `serve`, touch it also at each change of a file there or in the `others`.
    """
    if folder in _STARTED or not folder.is_dir():
        return
    _STARTED.add(folder)
    _touch(folder / STARTED)
    if is_preview():
        Thread(target=_follow, args=[folder, *others], daemon=True).start()


def _touch(path: Path) -> None:
    """Set a file's time to now, at least a second later than before, as Zensical requires."""
    last = path.stat().st_mtime if path.exists() else 0
    now = max(time.time(), last + 1)
    new = path.with_name(f"{path.name}.new")
    new.touch()
    os.utime(new, (now, now))
    new.replace(path)  # atomically, with its final time


def _follow(folder: Path, *others: Path) -> None:
    """Touch `STARTED` at each change of a file in folders on which pages depend.

    Zensical misses a second change within a second, changes while it builds, and templates that
    macros use. For each build it reads the configuration again.
    """
    before, touched, left = _stamps(folder, *others), 0.0, 0
    config: object = None
    while True:
        time.sleep(0.5)
        if (now := _stamps(folder, *others)) != before:
            before, config, left = now, _last_call[1], _MOST_TOUCHES
        elif not left or time.monotonic() - max(touched, _last_call[0]) < _PAUSE:
            continue
        elif _last_call[1] is not config:  # a build has begun since
            left = 0
            continue
        left -= 1
        touched = time.monotonic()
        _touch(folder / STARTED)


def _stamps(*folders: Path) -> list[tuple[str, int, int]]:
    """Return the modification time and the size of each file in folders, except `STARTED`."""
    found = []
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        with suppress(OSError):  # an editor has just replaced it
            if path.is_file() and not path.name.startswith(STARTED):
                status = path.stat()
                found.append((str(path), status.st_mtime_ns, status.st_size))
    return found


_STARTED: set[Path] = set()
"""The folders in which `STARTED` was touched in this process."""

_CACHES: dict[Path, Cache] = {}
_asked: str | None = None
"""The moment that was passed to `begin`."""
_last_call: tuple[float, object] = 0.0, None
"""When a page was last converted, and the configuration of that build."""

_current: tuple[object, float, ZensicalSite] | None = None
"""The state it depends on, when it was read, and the site; `None` before the first page."""


def site_of(config: Mapping[str, Any], options: Mapping[str, object]) -> ZensicalSite:
    """Return the current site, read again if anything has changed."""
    global _current, _last_call  # noqa: PLW0603 - Zensical has no object that lasts
    _last_call = time.monotonic(), config
    state = _state(config, options)
    if _current is not None and _current[0] == state:
        is_fresh = not is_preview() or time.monotonic() - _current[1] < _LONGEST_BUILD
        if is_fresh:
            return _current[2]
    site = ZensicalSite(config, options)
    _current = (state, time.monotonic(), site)  # the state before: files may have changed meanwhile
    return site


def begin(moment: str | None = None) -> None:
    """Discard the last site in this process, and set the moment of the next one.

    The moment is like the option `now`, and overrides it.
    """
    global _asked, _current
    _asked, _current = moment, None


def last_site() -> ZensicalSite | None:
    """Return the site that was built last in this process."""
    return _current[2] if _current else None


def _state(config: Mapping[str, Any], options: Mapping[str, object]) -> object:
    """Return the state that a site depends on, except the clock."""
    root = Path(config["root_dir"])
    watched = [root / path for path in config["watch"]]
    folders = [root / str(options.get("fests") or "fests"), root / config["docs_dir"], *watched]
    if own := config["theme"].get("custom_dir"):
        folders.append(root / own)
    stamps = _stamps(*folders) if is_preview() else []
    return id(config), os.environ.get("IMPLDAYS_NOW"), stamps
