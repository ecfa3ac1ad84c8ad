"""Build a whole site with Zensical: without its cache, with all files and checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from urllib.parse import urlsplit

from mkdocs_impldays.built_site import built_site_problems
from mkdocs_impldays.checks.built import BuiltPage
from mkdocs_impldays.disk import texts_beside, write_over
from mkdocs_impldays.pages.facts import PageError
from mkdocs_impldays.pages.front_matter import (
    destination,
    listed,
    redirect_page,
    redirect_to,
    target_problem,
)
from mkdocs_impldays.pages.page import PageSource
from mkdocs_impldays.problems import Problem, in_order, quoted
from mkdocs_impldays.project import Project
from mkdocs_impldays.revision import removed_since
from mkdocs_impldays.zensical.preparation import prepared
from mkdocs_impldays.zensical.site import SitePage, ZensicalSite, begin, last_site, log

_OF_THEME = ("__init__.py", "__pycache__", "mkdocs_theme.yml")
"""What Zensical 0.0.73 copies from the folder of our templates into the site."""

NOT_FOUND_FOOTER = '<aside class="impldays-footer"></aside>'
"""What our templates print in 404.html instead of the footer of pages."""


def build_site(
    project: Project, *, strict: bool = False, moment: str | None = None
) -> list[Problem]:
    """Build the whole site with its generated files, and return all problems.

    Zensical's cache is not used, since it ignores the clock. `moment` is like the option `now`, and
    overrides it.
    """
    try:
        import zensical  # noqa: PLC0415 - only where it is installed
    except ImportError:
        message = "Zensical is not installed. Install it: pip install zensical==0.0.73"
        return [Problem(project.file.name, None, message)]
    begin(moment)
    stopped: list[Problem] = []
    was_disabled, log.disabled = log.disabled, True  # all problems are returned
    try:
        options = {"clean": True, "strict": strict}
        with prepared(project) as preparation:
            stopped += preparation.problems
            zensical.build(str(preparation.config.resolve()), options)
    except Exception as error:  # noqa: BLE001 - Zensical raises many types
        stopped += [_stopped(project, str(error))]
    finally:
        log.disabled = was_disabled
    site = last_site()
    if site is None and stopped:
        return stopped
    if site is None:
        advice = "Write “- mkdocs_impldays” under “markdown_extensions:”."
        message = f"no page was rendered with the fest file. {advice}"
        return [Problem(project.file.name, None, message)]
    for name in _OF_THEME:
        path = site.out / name
        if path.is_dir():
            rmtree(path)
        elif not (site.docs / name).exists():
            path.unlink(missing_ok=True)
    if not site.is_enabled:
        return stopped
    if any(each.severity == "error" for each in stopped):
        return in_order([*stopped, *site.build.problems])  # not all pages are written
    problems = [*stopped, *_redirect(site), *_complete_not_found(site)]
    problems += _check(site)
    of_fests = site.build.site
    problems += removed_since(site.root, of_fests.fests.values(), moment=of_fests.moment)
    return in_order([*site.build.problems, *problems])


def _stopped(project: Project, message: str) -> Problem:
    """Return why Zensical stopped; with `strict`, it stops at warnings after all pages."""
    path = project.file.name
    if "--strict" in message:
        return Problem(path, None, "Zensical warns of what is above. Correct it.", "warning")
    what = " ".join(message.split()).rstrip(".")
    return Problem(path, None, f"Zensical stopped: {what}. Correct it.")


def _redirect(site: ZensicalSite) -> Iterator[Problem]:
    """Write the redirects, also from a `permalink`, since Zensical ignores that."""
    files = {page.file for page in site.pages.values()}
    made: dict[str, bytes] = {}
    for src_uri, source in site.build.sources.items():
        page = site.pages[src_uri]
        for key, place, target in _redirects(source, page):
            if wrong := target_problem(target):
                yield _warning(source, key, f"{key} {wrong}")
            elif place in files and place != page.file:
                message = f"{key}: {quoted(place)} is already a page. Remove one of them."
                yield _warning(source, key, message)
            elif place != page.file or key == "redirect_to":
                made[place] = redirect_page(target, path=place).encode()
    yield from write_over(site.out, made)


def _complete_not_found(site: ZensicalSite) -> Iterator[Problem]:
    """Write the footer into 404.html, which is shown at any address, and is not a page."""
    path, context = site.out / "404.html", site.build.context()
    if context is None or not path.is_file():
        return
    try:
        footer = context.partial("footer", page={"is_homepage": False, "meta": {}})
    except PageError:
        return  # the other pages report it
    shown = site.build.shown_anywhere(footer, root=urlsplit(site.url or "/").path)
    html = path.read_text("utf-8").replace(NOT_FOUND_FOOTER, shown)
    yield from write_over(site.out, {path.name: html.encode()})


def _redirects(source: PageSource, page: SitePage) -> Iterator[tuple[str, str, str]]:
    """Yield the key, the file and the target of each redirect of a page."""
    meta = source.merged_meta
    if target := redirect_to(meta):
        yield "redirect_to", page.file, target
        return
    for key in ("redirect_from", "permalink"):
        for old in listed(meta.get(key)):
            place, _ = destination(old, key=key)
            if place:
                yield key, place, f"/{page.url}"


def _warning(source: PageSource, key: str, message: str) -> Problem:
    return Problem(*source.location(key), message, "warning")


def _check(site: ZensicalSite) -> Iterator[Problem]:
    """Yield the problems that only a whole site shows."""
    build = site.build
    if build.site.current is None:
        return  # the fest files have errors, so pages are not rendered
    build.check_site(
        anchors_of=lambda source: _anchors(site, source),
        has_file=site.pages.__contains__,
        texts=texts_beside([str(site.root / "overrides"), str(site.docs)]),
    )
    if build.errors():
        return  # the built pages have the same mistakes
    docs = site.docs.relative_to(site.root).as_posix()
    yield from built_site_problems(
        site.out, build.problems, build=build, docs=docs, site_url=site.url
    )


def _anchors(site: ZensicalSite, source: str) -> set[str] | None:
    page = site.pages.get(source)
    path = site.out / page.file if page else Path()
    return BuiltPage(path.read_text("utf-8", "replace")).anchors if path.is_file() else None
