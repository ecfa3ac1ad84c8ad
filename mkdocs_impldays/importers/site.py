"""A whole Jekyll site, as files, becomes a fest file and the files of `docs/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from mkdocs_impldays.fest.load import load_fest
from mkdocs_impldays.fest.slugs import is_fest_id
from mkdocs_impldays.fest.source import read
from mkdocs_impldays.importers.config import draft_of
from mkdocs_impldays.importers.draft import CONFIG
from mkdocs_impldays.importers.reader import Reader
from mkdocs_impldays.problems import Problem, in_order, quoted


@dataclass
class Imported:
    """What comes of a site."""

    fest_id: str = ""
    name: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    """The files to write, by their paths beside mkdocs.yml; none where a fact is missing."""
    unchanged: list[str] = field(default_factory=list)
    """The pages that are byte for byte what they were."""
    changed: list[str] = field(default_factory=list)


def import_site(
    files: Mapping[str, bytes], *, given: Mapping[str, str]
) -> tuple[Imported, list[Problem]]:
    """Turn the files of a Jekyll site, by their paths in it, into those of a site made here.

    `given` holds what the configuration does not say, or says wrong: `id`, `name`, `city`,
    `country`, `timezone`. Nothing is dropped in silence: what is not carried over is a `warning`
    with its line, what was read as something else a `hint`.
    """
    if CONFIG not in files:
        return Imported(), [Problem(CONFIG, None, "is missing. Give the folder of a Jekyll site.")]
    if (fest_id := given.get("id")) and not is_fest_id(fest_id):
        message = f"{quoted(fest_id)} cannot name a file. Write one like paris-2018."
        return Imported(), [Problem("--id", None, message)]
    source, problems = read(files[CONFIG], path=CONFIG)
    if source is None:
        return Imported(), problems
    host = files.get("CNAME", b"")[:300].decode("utf-8", "replace").strip() or None
    reader = Reader(files, source, host=host or _host_in(source.data.get("url")))
    reader.read()
    fest_id, text, found = draft_of(source, given=given, host=host, used=reader.names.used)
    problems += [*found, *reader.problems]
    done = Imported(fest_id, "", {}, reader.unchanged, reader.changed)
    if text is not None:
        path = f"fests/{fest_id}.yml"
        fest, wrong = load_fest(text.encode(), path=path, fest_id=fest_id)
        problems += wrong
        if fest is not None:
            done.name = fest.name
            done.files = {path: text.encode(), **reader.out}
    return done, in_order(problems)


def _host_in(url: object) -> str | None:
    try:
        return urlsplit(str(url or "")).hostname
    except ValueError:  # such as http://[
        return None
