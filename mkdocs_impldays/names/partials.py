"""Templates of the theme as blocks of a page: `schedule()`, `venue()`, `fests_list()`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, TemplateError
from jinja2.bccache import Bucket

from mkdocs_impldays.names.filters import filters_in_templates
from mkdocs_impldays.pages.facts import Block, PageError, for_html
from mkdocs_impldays.pages.render import watch_names
from mkdocs_impldays.problems import quoted

_FOLDER = "partials/impldays"


class _Compiled(BytecodeCache):
    """Keeps templates compiled, as long as their text is the same, for all fests and builds."""

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept of a template, if that is still its text."""
        checksum, code = self._code.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        assert bucket.code is not None  # Jinja has just compiled it
        self._code[bucket.key] = bucket.checksum, bucket.code


_COMPILED = _Compiled()


class Partials:
    """Renders the partials of a site, each found in the first folder that has it."""

    def __init__(self, folders: Sequence[str], names: Mapping[str, object]) -> None:
        self._environment = Environment(  # noqa: S701 - the names are ready for HTML
            loader=FileSystemLoader(folders),
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        watch_names(self._environment, _refuse)
        self._environment.filters |= {**filters_in_templates(), "url": _from_root}
        self._environment.globals |= {name: for_html(fact) for name, fact in names.items()}

    def render(self, name: str, **facts: object) -> Block:
        """Give a partial as a block of HTML, which Markdown passes on as it is."""
        ready = {key: for_html(fact) for key, fact in facts.items()}
        path = f"{_FOLDER}/{name}.html"
        try:
            html = self._environment.get_template(path).render(ready)
        except TemplateError as error:
            told = str(error).rstrip(".")
            raise PageError(f"cannot be shown: {quoted(path)}: {told}.") from None
        return Block(re.sub(r"(?<!\s)\s*\n\s*", "\n", html.strip()))


def _refuse(_path: str, line: int, message: str) -> None:
    raise PageError(f"cannot be shown: line {line} of its template has {message}")


def _from_root(address: str) -> str:
    """Give an address of the site from its root; the page's links are resolved later."""
    return address if re.match(r"[a-z]+:|/|#", address) else f"/{address}"
