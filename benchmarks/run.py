"""Compares whole builds with the plugin to bare MkDocs, mkdocs-macros and a plain Jinja hook.

Each build is a process of its own. In each round all variants are built one after another, so that
what slows the machine slows all of them; the table has the ratios of medians to those of bare
MkDocs. Builds are measured in instructions where `perf` or Valgrind counts them, else in seconds
of CPU; rebuilds in `mkdocs serve` in seconds of CPU. Ends with 1 if one is twice as slow as its
target.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sites import PAGE, VARIANTS, write_site

_STEPS = {
    "first": "first build",
    "second": "second build",
    "page": "rebuild, a page edited",
    "facts": "rebuild, the fest file edited",
}
_TARGETS = {
    (24, "first"): 1.4,
    (24, "second"): 1.15,
    (24, "page"): 0.7,
    (24, "facts"): 0.9,
    (1000, "second"): 1.2,
}
"""How much of bare MkDocs each step of a site of so many pages may take."""
_VERSIONS = ("mkdocs", "mkdocs-material", "jinja2", "pydantic", "mkdocs-macros-plugin")
_PERF = ("perf", "stat", "--log-fd", "1", "-x,", "-e", "instructions:u")
_VALGRIND = (
    "valgrind",
    "--tool=cachegrind",
    "--cache-sim=no",
    "--cachegrind-out-file=/dev/null",
    "--log-fd=1",
)

Costs = dict[tuple[str, str], list[float]]
"""What each round took, by variant and step."""


def main() -> int:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    add = parser.add_argument
    add("--pages", type=int, nargs="+", default=[6, 24, 100, 1000], help="sizes of the site")
    add("--rounds", type=int, default=5, help="how often each is measured (default: 5)")
    add("--variants", nargs="+", choices=VARIANTS, default=VARIANTS, metavar="VARIANT")
    add("--steps", nargs="+", choices=_STEPS, default=list(_STEPS), metavar="STEP")
    valgrind = "count instructions; takes 30 times as long, but nothing disturbs it"
    add("--valgrind", action="store_true", help=valgrind)
    options = parser.parse_args()
    counter = _VALGRIND if options.valgrind else _PERF if _can_count() else ()
    unit = "G instructions" if counter else "s of CPU"
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {_machine()}.")
    print(", ".join(f"{name} {version(name)}" for name in _VERSIONS) + ".")
    print(f"Medians of {options.rounds} rounds; builds in {unit}, rebuilds in s of CPU.")
    print("All columns but “bare” are ratios to it.\n")
    print(f"| pages | | bare | {' | '.join(options.variants[1:])} | target |")
    print(f"| --: | --- | {'--: | ' * (len(options.variants) + 1)}".rstrip(), flush=True)
    missed = False
    for pages in options.pages:
        costs = measure(pages, options, counter)
        for step in options.steps:
            bare, *others = (median(costs[variant, step]) for variant in options.variants)
            ratios = dict(zip(options.variants[1:], (each / bare for each in others), strict=True))
            target = _TARGETS.get((pages, step))
            costs_shown = (f"{each:.2f}" for each in (bare, *ratios.values()))
            row = " | ".join((str(pages), _STEPS[step], *costs_shown, str(target or "")))
            print(f"| {row} |", flush=True)
            missed |= target is not None and ratios.get("impldays", 0) > 2 * target
    return int(missed)


def measure(pages: int, options: argparse.Namespace, counter: Sequence[str]) -> Costs:
    """Build a site of so many pages, in all variants one after another, so many times."""
    costs: Costs = defaultdict(list)
    variants, steps = options.variants, options.steps
    with TemporaryDirectory() as folder:
        sites = {variant: Path(folder, variant) for variant in variants}
        for variant, site in sites.items():
            write_site(site, variant, pages=pages)
            build(site, ())  # Python writes its byte code, which pip does when it installs
        for _ in range(options.rounds):
            for site in sites.values():
                shutil.rmtree(site / ".cache", ignore_errors=True)
            for step in ("first", "second"):
                if step in steps or "second" in steps:
                    for variant, site in sites.items():
                        counted = counter if step in steps else ()
                        costs[variant, step].append(build(site, counted))
            if {"page", "facts"} & set(steps):
                for variant, site in sites.items():
                    for step, cost in rebuild(site, variant).items():
                        costs[variant, step].append(cost)
    return costs


def build(site: Path, counter: Sequence[str]) -> float:
    """Return what a whole `mkdocs build` takes, as a program counts it, or in seconds of CPU."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(site / "mkdocs.yml")]
    cost = _instructions(command, counter) if counter else _cpu_seconds(command)
    html = (site / "site" / Path(PAGE).stem / "index.html").read_text("utf-8")
    assert "We meet in Paris, at Mozilla Paris" in html, f"{site.name} has not built its pages"
    return cost


def rebuild(site: Path, variant: str) -> dict[str, float]:
    """Return the CPU seconds of rebuilds in `mkdocs serve`, by what was edited."""
    source = {path: path.read_bytes() for path in _edited(site)}
    command = [sys.executable, str(Path(__file__).with_name("serve.py")), str(site), variant]
    output = subprocess.run(command, env=_environment(), stdout=subprocess.PIPE, check=True).stdout
    for path, content in source.items():
        path.write_bytes(content)
    took: dict[str, float] = json.loads(output)
    return took


def _edited(site: Path) -> Iterator[Path]:
    yield from [site / PAGE, site / "data.yml", *(site / "fests").iterdir()]


def _environment() -> dict[str, str]:
    unset = {"PYTHONDONTWRITEBYTECODE"}  # nor has a user each module compiled again and again
    variables = {name: value for name, value in os.environ.items() if name not in unset}
    return {**variables, "NO_MKDOCS_2_WARNING": "1"}


def _cpu_seconds(command: list[str]) -> float:
    process = os.posix_spawn(command[0], command, _environment())
    _, status, usage = os.wait4(process, 0)
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return usage.ru_utime + usage.ru_stime


def _instructions(command: list[str], counter: Sequence[str]) -> float:
    """Return how many, in thousands of millions."""
    run = subprocess.run(
        [*counter, *command], env=_environment(), stdout=subprocess.PIPE, text=True, check=True
    )
    if counter is _PERF:
        return float(run.stdout.splitlines()[-1].partition(",")[0]) / 1e9
    return float(run.stdout.split("refs:")[-1].split()[0].replace(",", "")) / 1e9


def _can_count() -> bool:
    if not shutil.which("perf"):
        return False
    run = subprocess.run([*_PERF, "true"], stdout=subprocess.PIPE, text=True, check=False)
    return run.returncode == 0 and run.stdout.strip()[:1].isdigit()


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return f"{len(names)} cores of {names[0]}" if names else platform.processor()


if __name__ == "__main__":
    sys.exit(main())
