"""What a build takes from the builds before it: in memory within `mkdocs serve`, else on disk.

What is on disk is keyed by all that it is made from, and by the versions that make it, so that it
is never out of date; whoever deletes the folder loses time and nothing else. A folder that cannot
be written to means a slower build. Stored are bytes, with their digest: files, and compiled code in
the format of `marshal`, which is read only from a folder that is this user's own. The checks of
pages and their segments are kept in memory only.
"""

from __future__ import annotations

import json
import marshal
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from mkdocs_impldays.checks.pages import PageChecks
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.pages.scanner import segments_of

MOST_PAGES = 2000
"""How many pages are kept; each takes as much as its text."""

MOST_BYTES = 50_000_000
"""How much is kept in memory: `mkdocs serve` may run for days."""

LARGEST_CODE = 20_000
"""Bytes of a page's compiled tags that are stored; the text around many tags changes often."""

KEPT_FOR = 30 * 24 * 3600
"""Seconds after which what no build has used is deleted."""


class Store:
    """Bytes by key, in memory and, with a folder, on disk."""

    def __init__(self, folder: Path | None = None) -> None:
        self._parent = folder
        self._memory: dict[str, bytes] = {}
        self._size = 0

    def get(self, key: str) -> bytes | None:
        """Return what is stored for a key, or `None`."""
        if (value := self._memory.get(key)) is not None or self._folder is None:
            return value
        with suppress(OSError):
            stored = (self._folder / key).read_bytes()
            digest, value = stored[:32], stored[32:]
            if digest == sha256(value).digest():  # else it is damaged
                self._keep(key, value)
                return value
        return None

    def put(self, key: str, value: bytes) -> None:
        """Store a value, completely or not at all."""
        self._keep(key, value)
        if self._folder is None:
            return
        with suppress(OSError), NamedTemporaryFile(dir=self._folder, delete=False) as file:
            file.write(sha256(value).digest() + value)
            file.close()
            Path(file.name).replace(self._folder / key)

    def _keep(self, key: str, value: bytes) -> None:
        """Keep a value in memory, and drop the oldest beyond `MOST_BYTES`."""
        self._size += len(value) - len(self._memory.pop(key, b""))
        self._memory[key] = value
        while self._size > MOST_BYTES and len(self._memory) > 1:
            self._size -= len(self._memory.pop(next(iter(self._memory))))

    @cached_property
    def _folder(self) -> Path | None:
        """The folder for these versions; `None` if there is none that only this user can change."""
        if self._parent is None:
            return None
        folder = self._parent / _versions()
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True, mode=0o700)
                (self._parent / ".gitignore").write_text("*\n", "utf-8")
                self._clean()
            os.utime(folder)
            return folder if _is_own(folder) else None
        except OSError:
            return None

    def _clean(self) -> None:
        """Delete what belongs to versions that are no longer used."""
        assert self._parent is not None
        for folder in self._parent.iterdir():
            if folder.is_dir() and folder.stat().st_mtime < time.time() - KEPT_FOR:
                shutil.rmtree(folder, ignore_errors=True)


def _is_own(folder: Path) -> bool:
    """Return whether only this user can write to a folder; Windows has no such bits."""
    status = folder.stat()
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


@lru_cache
def _versions() -> str:
    """Return a name for the versions of Python, of all that is installed and of this package.

    Installed packages are known by the names of their folders of metadata, which have the version:
    to read the metadata of a few takes longer than to list all.
    """
    parts = [sys.implementation.cache_tag or ""]
    for folder in filter(os.path.isdir, sys.path):
        names = sorted(each.name for each in os.scandir(folder))
        parts += [name for name in names if name.endswith((".dist-info", ".egg-info"))]
    for folder, _, _ in sorted(os.walk(Path(__file__).parent)):
        for file in sorted(os.scandir(folder), key=lambda each: each.name):
            if file.is_file() and not file.name.endswith(".pyc"):
                status = file.stat()
                parts.append(f"{file.name} {status.st_size} {status.st_mtime_ns}")
    return key_of(parts)[:16]


def key_of(parts: Iterable[object]) -> str:
    """Return a key made from texts and other values with a stable `repr`."""
    return sha256("\0".join(map(repr, parts)).encode("utf-8", "surrogatepass")).hexdigest()


class CompiledTemplates(BytecodeCache):
    """Jinja's compiled templates, by their source and by what an environment compiles them with.

    MkDocs makes a new environment for each build, and compiling Material's templates is a fifth of
    the build of a small site. Jinja works out constant expressions when it compiles, with the
    filters and tests of the environment. One from another package than `_KNOWN` may change without
    its name: then nothing is stored.
    """

    _KNOWN = ("builtins", "jinja2", "markupsafe", "mkdocs", "mkdocs_impldays", "_operator")
    _SYNTAX = (
        "block_start_string",
        "block_end_string",
        "variable_start_string",
        "variable_end_string",
        "comment_start_string",
        "comment_end_string",
        "line_statement_prefix",
        "line_comment_prefix",
        "trim_blocks",
        "lstrip_blocks",
        "newline_sequence",
        "keep_trailing_newline",
        "optimized",
        "is_async",
    )

    def __init__(self, store: Store) -> None:
        self._store = store
        self._code: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template's code from the store, if it is there."""
        if (key := self._key(bucket)) is None:
            return
        bucket.code = self._code.get(key)
        if bucket.code is None and (value := self._store.get(key)):
            bucket.code = self._code[key] = marshal.loads(value)  # noqa: S302 - of the same user

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a template's code."""
        assert bucket.code is not None  # Jinja has just compiled it
        if key := self._key(bucket):
            self._code[key] = bucket.code
            self._store.put(key, marshal.dumps(bucket.code))

    def _key(self, bucket: Bucket) -> str | None:
        environment = bucket.environment
        functions = [*environment.filters.values(), *environment.tests.values()]
        modules = {_module(each) for each in [*functions, *environment.extensions.values()]}
        packages = {module.partition(".")[0] for module in modules}
        if not packages <= set(self._KNOWN) or callable(environment.autoescape):
            return None
        syntax = [getattr(environment, name) for name in self._SYNTAX]
        names = [sorted(environment.filters), sorted(environment.tests)]
        kind = (
            type(environment).__qualname__,
            environment.autoescape,
            environment.finalize is None,
        )
        extensions = sorted(environment.extensions)
        return key_of([bucket.key, bucket.checksum, kind, syntax, names, extensions])


def _module(value: object) -> str:
    return str(getattr(value, "__module__", None) or type(value).__module__)


class Cache:
    """What builds keep: compiled templates, files, checks and pages cut into segments."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` keeps them on disk; without it they last as long as this object."""
        self._store = Store(folder)
        self.templates = CompiledTemplates(self._store)
        self._checks: dict[tuple[str, str], PageChecks] = {}
        self.cut = lru_cache(MOST_PAGES)(segments_of)
        """Cuts a page into its segments; a page that was not edited, once."""

    def files(self, key: str, make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
        """Return files by their paths, as `make` returns them where none are stored for the key."""
        if (value := self._store.get(key)) is not None:
            return _unpacked(value)
        files = make()
        self._store.put(key, _packed(files))
        return files

    def code(self, parts: Iterable[object], make: Callable[[], CodeType]) -> CodeType:
        """Return the code that `make` compiles from these parts, or the stored code."""
        key = key_of(["code", *parts])
        if (value := self._store.get(key)) is not None:
            code: CodeType = marshal.loads(value)  # noqa: S302 - of the same user
            return code
        code = make()
        if len(value := marshal.dumps(code)) <= LARGEST_CODE:
            self._store.put(key, value)
        return code

    def checks(self, fest: Fest, fests: Sequence[Fest], *, moment: datetime) -> PageChecks:
        """Return the checks of the pages of one of the fests, with what they found before."""
        others = [each for each in fests if each.id != fest.id]
        key = (fest.id, fest.language)
        known = self._checks.get(key)
        if known is None or not known.are_of(fest, others, moment):
            known = self._checks[key] = PageChecks(fest, others, moment)
        return known


def _packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as one value: a line of JSON with their lengths, and then their contents."""
    lengths = {path: len(content) for path, content in files.items()}
    return b"\n".join([json.dumps(lengths).encode(), b"".join(files.values())])


def _unpacked(value: bytes) -> dict[str, bytes]:
    lengths, _, contents = value.partition(b"\n")
    files, start = {}, 0
    for path, length in json.loads(lengths).items():
        files[path] = contents[start : start + length]
        start += length
    return files
