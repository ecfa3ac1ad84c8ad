"""Builds the sites in turn, each in a process of its own, and prints what every plugin costs.

`python benchmarks/run.py --help` tells the options. All times are of the CPU; the sites are built
one after another in each round, so that what slows the machine slows all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from compileall import compile_dir
from datetime import UTC, datetime
from importlib.metadata import version
from operator import truediv
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, NamedTuple

from sites import PLUGINS, ROOT, write_fests, write_site

Result = dict[str, Any]
"""What `build.py` has measured in one process."""

_BUILD = Path(__file__).with_name("build.py")
_VERSIONS = (
    "mkdocs",
    "mkdocs-material",
    "jinja2",
    "mkdocs-macros-plugin",
    "mkdocs-markdownextradata-plugin",
)


class Case(NamedTuple):
    """A site, and what is done to it."""

    config: Path
    plugin: str
    command: str = "build"

    def run(self) -> str:
        """Give what a new process prints about it."""
        command = [sys.executable, str(_BUILD), *map(str, self)]
        env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        return subprocess.run(
            command, env=env, stdout=subprocess.PIPE, text=True, check=True
        ).stdout


def measured(cases: Sequence[Case], rounds: int) -> list[list[Result]]:
    """Run the cases so many times, one after another in every round; give each case's results."""
    runs = [[json.loads(case.run()) for case in cases] for _ in range(rounds)]
    return [list(results) for results in zip(*runs, strict=True)]


def spread(values: Iterable[float], *, unit: float = 1, digits: int = 2) -> str:
    """Give minimum, median and maximum, in so many of a unit."""
    held = [value * unit for value in values]
    return " / ".join(f"{of(held):.{digits}f}" for of in (min, median, max))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table in Markdown."""
    print(f"\n| {' | '.join(heads)} |")
    print(f"| --- |{' --: |' * (len(heads) - 1)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)


class Benchmark:
    """The sites of one run."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self._folder = folder
        self._pages: int = options.pages
        self._rounds: int = options.rounds
        self._theme: str = options.theme

    def _case(
        self, plugin: str, pages: int, *, command: str = "build", kind: str = "plain"
    ) -> Case:
        folder = Path(mkdtemp(prefix=f"{plugin}-{pages}-{command}-{kind}-", dir=self._folder))
        config = write_site(folder, plugin, pages=pages, theme=self._theme, kind=kind)
        return Case(config, plugin, command)

    def plugins(self) -> None:
        """Compare all plugins, on the same pages."""
        cases = [self._case(plugin, pages) for plugin in PLUGINS for pages in self._few_and_many]
        results = measured(cases, self._rounds)
        heads = ("", "ms a page", "% of bare's page", "ms once", "whole build, s", "MB")
        rows = []
        for plugin, few, many in zip(PLUGINS, results[::2], results[1::2], strict=True):
            a_page = self._a_page(few, many)
            bare = [each["whole"] / self._pages for each in results[1]]
            rows.append(
                (
                    plugin,
                    spread(a_page, unit=1000, digits=3),
                    spread(map(truediv, a_page, bare), unit=100, digits=1),
                    spread(map(self._once, many, a_page), unit=1000, digits=0),
                    spread(each["whole"] for each in many),
                    spread((each["memory"] for each in many), digits=0),
                )
            )
        print(f"\n## {self._pages} pages of 60 lines, three variables and a button")
        table(heads, rows)

    @property
    def _few_and_many(self) -> tuple[int, int]:
        return self._pages // 10, self._pages

    def _a_page(self, few: list[Result], many: list[Result]) -> list[float]:
        """Give what each page costs: what a site of more pages costs more."""
        fewer, more = self._few_and_many
        return [
            (large["handlers"] - small["handlers"]) / (more - fewer)
            for small, large in zip(few, many, strict=True)
        ]

    def _once(self, result: Result, a_page: float) -> float:
        spent: float = result["imports"] + result["handlers"]
        return spent - self._pages * a_page

    def kinds(self) -> None:
        """Tell what pages cost that hold more than a few variables."""
        rows = []
        for kind, name in _KINDS.items():
            cases = [self._case("impldays", pages, kind=kind) for pages in self._few_and_many]
            rows.append((name, spread(self._a_page(*measured(cases, self._rounds)), unit=1000)))
        print("\n## Other pages")
        table(("", "ms a page"), rows)

    def sizes(self) -> None:
        """Tell whether ten times the pages cost more than ten times the time."""
        sizes = [self._pages // 10, self._pages, self._pages * 10]
        cases = [self._case(plugin, n) for n in sizes for plugin in ("bare", "impldays")]
        results = [result for (result,) in measured(cases, 1)]
        bare, ours = results[::2], results[1::2]
        spent = [each["handlers"] for each in ours]
        more = [large["memory"] - small["memory"] for small, large in zip(bare, ours, strict=True)]
        a_page = [
            f"{(spent[at] - spent[at - 1]) / (sizes[at] - sizes[at - 1]) * 1000:.3f}" if at else ""
            for at in range(len(sizes))
        ]
        rows = [
            (str(size), f"{took:.2f}", each, f"{megabytes:.0f}")
            for size, took, each, megabytes in zip(sizes, spent, a_page, more, strict=True)
        ]
        print("\n## Few pages and many, one round")
        heads = ("pages", "s, all handlers", "ms for each page more", "MB more than bare")
        table(heads, rows)

    def serve(self) -> None:
        """Tell what is added to a rebuild after an edit."""
        rows = []
        for edited, name in {"page": "the page", "fest": "the fest file"}.items():
            cases = [self._case("impldays", n, command=edited) for n in self._few_and_many]
            few, many = measured(cases, self._rounds)
            a_page = self._a_page(few, many)
            share = [each["handlers"] / (each["whole"] - each["handlers"]) for each in many]
            rows.append(
                (
                    name,
                    spread(share, unit=100, digits=1),
                    spread(a_page, unit=1000, digits=3),
                    spread(map(self._once, many, a_page), unit=1000, digits=0),
                )
            )
        print(f"\n## A rebuild in `serve`, {self._pages} pages")
        table(("edited", "% added to it", "ms a page", "ms once"), rows)

    def fests(self) -> None:
        """Tell what a hundred fests cost."""
        case = self._case("impldays", 1)
        write_fests(case.config.parent / "fests", fests=100, events=30)
        (results,) = measured([case], self._rounds)
        print("\n## 100 fests of 30 events, one page")
        heads = ("", "s")
        names = ("on_config", "on_files")
        rows = [(name, spread(each["by_handler"][name] for each in results)) for name in names]
        table(heads, [*rows, ("all handlers", spread(each["handlers"] for each in results))])

    def profile(self) -> None:
        """Tell where the time goes, by function."""
        print("\n## Profile by function\n")
        case = self._case("impldays", self._pages, command="profile")
        print("\n".join(f"    {line}".rstrip() for line in case.run().splitlines()))


_KINDS = {
    "blocks": "full of blocks",
    "typed": "with dates, hours and names typed in prose",
}
PARTS: dict[str, Callable[[Benchmark], None]] = {
    "plugins": Benchmark.plugins,
    "kinds": Benchmark.kinds,
    "sizes": Benchmark.sizes,
    "serve": Benchmark.serve,
    "fests": Benchmark.fests,
    "profile": Benchmark.profile,
}


def main() -> None:
    """Run the parts that are asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS) + "; or all")
    parser.add_argument("--pages", type=int, default=1000, help="pages of a site (1000)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is built (5)")
    parser.add_argument("--theme", default="material")
    options = parser.parse_args()
    versions = ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {_machine()}")
    print(f"{versions}.\nThree numbers are minimum / median / maximum of {options.rounds} rounds.")
    compile_dir(ROOT / "mkdocs_impldays", quiet=1)  # as pip does with what it installs
    with TemporaryDirectory() as folder:
        benchmark = Benchmark(Path(folder), options)
        for part in options.parts or PARTS:
            PARTS[part](benchmark)


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return f"{len(names)} cores of {names[0]}" if names else platform.processor()


if __name__ == "__main__":
    main()
