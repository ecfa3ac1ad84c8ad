"""From nothing to a site, and to the next fest, by the commands that an organiser types."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

PROGRAMS = Path(sys.executable).parent
LISBON = ["--city", "Lisbon", "--country", "PT", "--dates", "2027-06-07 to 2027-06-08"]
ZONE = ["--timezone", "Europe/Lisbon"]
PORTO = [*ZONE, "--city", "Porto", "--country", "PT", "--dates", "2028-05-29 to 2028-05-30"]


def run(folder: Path, *command: str, at: str) -> str:
    """Run a command in a folder as from a terminal; one that fails or warns fails the test."""
    env = {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}", **clock(at, command[0])}
    for name in ("PYTHONPATH", "HOME", "LANG"):
        if name in os.environ:
            env[name] = os.environ[name]
    done = subprocess.run(
        [PROGRAMS / command[0], *command[1:]],
        cwd=folder,
        env={**env, "NO_MKDOCS_2_WARNING": "1"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def clock(at: str, program: str) -> dict[str, str]:
    """Set the clock of a program. A moment asked of MkDocs by name is refused by `--strict`."""
    if program == "impldays":
        return {"IMPLDAYS_NOW": at}
    return {
        "SOURCE_DATE_EPOCH": f"{datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp():.0f}"
    }


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def build(folder: Path, *, at: str) -> dict[str, bytes]:
    run(folder, "mkdocs", "build", "--strict", "--quiet", at=at)
    return files_below(folder / "site")


def test_the_next_fest_takes_one_command_and_the_last_one_keeps_its_addresses(
    tmp_path: Path,
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    run(project, "impldays", "new", "lisbon-2027", "--yes", *LISBON, at="2026-12-01")
    first = build(project, at="2026-12-01")
    assert b"Lisbon" in first["index.html"]
    assert b"Lisbon" in first["fests/lisbon-2027/index.html"]
    assert b"took place" not in first["fests/lisbon-2027/index.html"].partition(b" hidden")[0]

    written = {name: text for name, text in files_below(project).items() if name[:5] != "site/"}
    run(project, "impldays", "new", "porto-2028", "--yes", *PORTO, at="2027-09-01")
    now = {name: text for name, text in files_below(project).items() if name[:5] != "site/"}
    assert set(now) - set(written) == {"fests/porto-2028.yml"}
    assert {name: now[name] for name in written} == written

    second = build(project, at="2027-09-01")
    assert set(first) <= set(second)
    new = {path for path in set(second) - set(first) if path.endswith(".html")}
    assert new == {"fests/porto-2028/index.html"}
    assert b"Porto" in second["index.html"]
    assert b"Lisbon" not in second["index.html"].replace(b"Europe/Lisbon", b"")
    history = second["fests/lisbon-2027/index.html"]
    assert b"impldays-archive" in history
    assert b"took place" in history
    assert b"Porto" in second["fests/porto-2028/index.html"]
    for name in ("lisbon-2027", "porto-2028"):
        assert f'href="{name}/"'.encode() in second["fests/index.html"]
