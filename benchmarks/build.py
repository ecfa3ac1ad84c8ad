"""Builds one site in a process of its own and prints, as JSON, what that took.

All times are seconds of this process's CPU, which other work on the machine changes little.
"""

from __future__ import annotations

import cProfile
import gc
import io
import json
import logging
import pstats
import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from timeit import repeat
from typing import Any

import markdown.extensions
import markdown.util
import mkdocs.config.config_options  # markdownextradata takes it for loaded
import mkdocs.config.defaults  # noqa: F401 - every build loads it, without a plugin too
from markdown.core import Markdown
from mkdocs.commands.build import build
from mkdocs.config import load_config

_MODULES = {"impldays": "mkdocs_impldays", "macros": "mkdocs_macros", "extradata": "markdownextra"}
_PROCESSORS = ("run", "handleMatch", "extendMarkdown", "reset")
_REBUILDS = 3
"""Builds before the one that is measured in `serve`: what is kept is kept by then."""


class Stopwatch:
    """Adds up the time in functions; one that another of them calls is counted once.

    The collection of garbage is left out: it strikes whoever makes one object too many, be the
    others whose they are. It is in the time of the whole build.
    """

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._is_running = False
        self._collected = self._since = 0.0
        gc.callbacks.append(self._collecting)
        clock = time.process_time
        self._own = min(repeat(clock, timer=clock, number=1000)) / 1000
        """What looking at the clock takes, to be taken off."""

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Give the function with the watch around it."""

        def timed(*args: Any, **kwargs: Any) -> Any:
            if self._is_running:
                return function(*args, **kwargs)
            self._is_running = True
            self._collected = 0
            start = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                took = time.process_time() - start
                self.spent[name] += took - self._own - self._collected
                self._is_running = False

        return timed

    def _collecting(self, phase: str, _info: object) -> None:
        now = time.process_time()
        if phase == "stop":
            self._collected += now - self._since
        self._since = now


def watch(config: Any, package: str, stopwatch: Stopwatch) -> None:
    """Put the watch around a plugin's handlers and the parts of its Markdown extensions."""
    for event, handlers in config.plugins.events.items():
        for number, handler in enumerate(handlers):
            if _module_of(handler).startswith(package):
                handlers[number] = stopwatch.around(f"on_{event}", handler)
    for base in (markdown.util.Processor, markdown.extensions.Extension):
        for kind in _below(base):
            for method in set(_PROCESSORS) & vars(kind).keys():
                name = f"{kind.__name__.strip('_')}.{method}"
                function = vars(kind)[method]
                if kind.__module__.startswith(package) and not hasattr(function, "is_watched"):
                    timed = stopwatch.around(name, function)
                    timed.is_watched = True  # type: ignore[attr-defined]
                    setattr(kind, method, timed)


def _module_of(handler: Callable[..., Any]) -> str:
    return type(getattr(handler, "__self__", handler)).__module__


def _below(kind: type) -> set[type]:
    return set(kind.__subclasses__()).union(*map(_below, kind.__subclasses__()))


def edit(config: Path, what: str, number: int) -> None:
    """Change one page, or the fest file, as an organiser does while `serve` runs."""
    if what == "page":
        with (config.parent / "docs/page-00000.md").open("a", encoding="utf-8") as page:
            page.write(f"\nOne more line, {number}.\n")
    else:
        file = config.parent / "fests/paris-2018.yml"
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"capacity: \d+", f"capacity: {200 + number}", text), "utf-8")


def measure(path: str, plugin: str, what: str) -> dict[str, Any]:
    """Build once for `build`; else as `serve` does, and measure the last after an edit."""
    package = _MODULES.get(plugin, "-")
    start = time.process_time()
    for point in entry_points(group="mkdocs.plugins"):
        if point.value.startswith(package):
            point.load()
    imports = time.process_time() - start
    stopwatch = Stopwatch()
    times: list[float] = []
    command: Any = "build" if what == "build" else "serve"
    for number in range(1 + (_REBUILDS if command == "serve" else 0)):
        if number:
            edit(Path(path), what, number)
        gc.collect()
        stopwatch.spent.clear()
        start = time.process_time()
        config = load_config(path)
        watch(config, package, stopwatch)
        if not times:
            config.plugins.on_startup(command=command, dirty=False)
        build(config)
        times.append(time.process_time() - start)
    if command == "serve":  # what it has loaded at its beginning
        imports = 0
    return {
        "imports": imports,
        "handlers": sum(stopwatch.spent.values()),
        "by_handler": dict(stopwatch.spent),
        "whole": times[-1] + imports,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def profile(path: str, package: str) -> str:
    """Give a build's profile by function, of those of our package alone."""
    config = load_config(path)
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(build, config)
    out = io.StringIO()
    pstats.Stats(profiler, stream=out).sort_stats("cumulative").print_stats(package, 30)
    folder = str(Path(__file__).parent.parent)
    return out.getvalue().replace(folder + "/", "")


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    site, name, what = sys.argv[1:]
    Markdown()  # its modules are loaded at the first use, by whoever comes first
    if what == "profile":
        sys.stdout.write(profile(site, _MODULES[name]))
    else:
        json.dump(measure(site, name, what), sys.stdout)
