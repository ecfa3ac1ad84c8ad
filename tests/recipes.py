"""Runs the commands of the files by which a site is built and published outside of GitHub.

`python -m tests.recipes FOLDER` runs them with real programs, each file's in an empty environment.
pip finds the package among the sdists and wheels in FOLDER.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

WRITTEN = {
    "gitlab": "public/index.html",
    "codeberg": "site/index.html",
    "netlify": "site/index.html",
    "cloudflare": "site/index.html",
}
"""The home page that each service gets, by what `impldays new --ci` calls it."""
BEGIN = ["impldays", "new", "lisbon-2090", "--yes", "--ci"]
"""The command that begins a site; the name of a service follows."""

PUSH = """\
git init -q --bare -b main ../rustfest/site.git
git init -q -b main .
git add .
git commit -q -m Begin
git push -q ../rustfest/site.git main
"""
"""What puts a new site where its service finds it."""


def commands(file: Path) -> Iterator[str]:
    """Return what a file runs, as it would be typed in a shell."""
    text = file.read_text("utf-8")
    if file.suffix == ".sh":
        yield text
    elif file.suffix == ".toml":
        yield tomllib.loads(text)["build"]["command"]
    else:
        data = yaml.safe_load(text)
        for job in data.get("jobs", {}).values():
            yield from (step["run"] for step in job["steps"] if "run" in step)
        yield from data.get("before_script", ())
        for job in (data[key] for key in ("check", "pages") if key in data):
            yield from job["script"]


def variables(file: Path) -> dict[str, str]:
    """Return the variables that a file sets."""
    if file.suffix not in {".yml", ".yaml"}:
        return {}
    data = yaml.safe_load(file.read_text("utf-8"))
    return {**data.get("env", {}), **data.get("variables", {})}


def programs(folder: Path, scripts: Mapping[str, str]) -> Path:
    """Write programs into a folder, and return it."""
    folder.mkdir()
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (folder / name).chmod(0o755)
    return folder


def run(site: Path, file: Path, *, path: list[Path], more: Mapping[str, str] | None = None) -> None:
    """Run what a file of a site runs, where its service would; raise `AssertionError` if it fails.

    The site is committed and pushed first, as the service gets it. `path` has the programs.
    """
    folders = [*map(str, path), os.environ["PATH"]]
    who = {f"GIT_{role}_{key}": "ana@impldays.test" for role in ("AUTHOR", "COMMITTER")
           for key in ("NAME", "EMAIL")}  # fmt: skip
    environment = {**os.environ, **who, **variables(file), **(more or {})}
    environment["PATH"] = os.pathsep.join(folders)
    environment["NO_MKDOCS_2_WARNING"] = "1"
    _typed(PUSH, site, environment)
    lines = list(commands(file))
    if any("git init" in line for line in lines):  # it fetches the repository itself
        done = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=site, check=True, capture_output=True, text=True
        )
        environment |= {
            "GITHUB_SERVER_URL": f"file://{site.parent}",
            "GITHUB_REPOSITORY": "rustfest/site",
            "GITHUB_SHA": done.stdout.strip(),
            "TOKEN": "none",
        }
        site = site.parent / "runner"
        site.mkdir()
    for line in lines:
        _typed(line, site, environment)


def _typed(line: str, folder: Path, environment: Mapping[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-euc", line], cwd=folder, env=environment, check=False, capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"


def run_all(packages: Path) -> Iterator[str]:
    """Run the file of each service with what is in a folder of packages; yield their names."""
    found = {"PIP_FIND_LINKS": str(packages.resolve()), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    with TemporaryDirectory() as tools:
        venv.create(tools, with_pip=True)
        environment = {**os.environ, **found}
        _typed(f"{tools}/bin/pip install -q mkdocs-impldays", Path(tools), environment)
        for name, home in WRITTEN.items():
            with TemporaryDirectory() as folder:
                site = Path(folder, "site")
                site.mkdir()
                _typed(f"{tools}/bin/{' '.join(BEGIN)} {name}", site, environment)
                empty = Path(folder, "venv")
                venv.create(empty, with_pip=True)
                path = [empty / "bin", programs(Path(folder, "bin"), {"apt-get": "exit 0"})]
                run(site, _file_of(site), path=path, more=found)
                assert list(Path(folder).glob(f"*/{home}")), name
            yield name


def _file_of(site: Path) -> Path:
    """Return the file of a new site that says how it is published."""
    paths = (".gitlab-ci.yml", ".forgejo/workflows/publish.yml", "netlify.toml",
             ".cloudflare/build.sh")  # fmt: skip
    (file,) = (site / path for path in paths if (site / path).exists())
    return file


if __name__ == "__main__":
    for each in run_all(Path(sys.argv[1])):
        sys.stdout.write(f"{each}: every command worked.\n")
