"""The problems of a built site, at the lines where its author can correct them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from mkdocs_impldays.build import Build
from mkdocs_impldays.checks.built import folder_problems
from mkdocs_impldays.fest.time import is_over
from mkdocs_impldays.pages.scanner import text_in_raw
from mkdocs_impldays.problems import Problem, Severity, line_with
from mkdocs_impldays.site import Site

_COMMENT = re.compile(r"^[ \t]*#.*", re.MULTILINE)
"""A comment line of a fest file."""


def built_site_problems(
    folder: Path,
    known: Iterable[Problem],
    *,
    build: Build,
    docs: str,
    site_url: str | None,
) -> Iterator[Problem]:
    """Yield the problems of the pages that a build has written, except those that are `known`.

    `folder` is that of the built site, `docs` that of the pages. A problem of what is typed on a
    page or in a fest file is at its line there.
    """
    known_links = {_link_in(each) for each in known} - {None}
    texts = {path: text.decode("utf-8", "replace") for path, text in build.site.sources.items()}
    facts = {path: _COMMENT.sub("", text) for path, text in texts.items()}
    sources = build.sources_by_file()
    pages = build.sources.values()  # those of all languages
    rsvp_file, severity = _rsvp_file(build.site)
    found = folder_problems(
        folder,
        site_url=site_url,
        button_of=rsvp_file,
        raw="\n".join(text_in_raw(page.raw) for page in pages if "raw" in page.raw),
    )
    for each in found:
        page = sources.get(each.path)
        if rsvp_file and each.path == rsvp_file:
            problem = replace(each, severity=severity)
        elif each.check == "no-home":
            problem = replace(each, path=f"{docs}/index.md")
        elif _link_in(each) in known_links:
            continue
        else:
            problem = _as_typed(each, {**({page.path: page.raw} if page else {}), **facts})
        if build.left_on(page, [each]):
            yield from build.left_on(page, [problem])


def _rsvp_file(site: Site) -> tuple[str | None, Severity]:
    """Return the fest file that has an RSVP, and the severity of no page having its button."""
    fest = site.current
    if fest is None or fest.rsvp is None:
        return None, "hint"
    return fest.source.path, "hint" if is_over(fest, site.moment) else "warning"


def _as_typed(problem: Problem, texts: Mapping[str, str]) -> Problem:
    """Return a problem of a built page at the line of `texts` where its subject is typed."""
    if problem.subject and problem.line:
        for path, text in texts.items():
            if line := line_with(text, problem.subject):
                return replace(problem, path=path, line=line)
    return replace(problem, path=f"site/{problem.path}")


def _link_in(problem: Problem) -> str | None:
    """Return the part of a link that is the same as typed and in the built page."""
    if problem.subject is None:
        return None
    path, _, anchor = problem.subject.partition("#")
    return anchor or path.rstrip("/").rpartition("/")[2].removesuffix(".md")
