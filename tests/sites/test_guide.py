"""The guide “Your own fest”, followed word for word in an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.fests import ROOT

GUIDE = ROOT / "docs/organisers/index.md"
TERMINAL = re.compile(r'^```sh title="Terminal"\n(.*?)^```$', re.DOTALL | re.MULTILINE)
ANSWERS = "\n\n\n\n\n\n2027-06-07 to 2027-06-08\n\n\n\n\n\n"
"""What a reader types who knows the days; Enter for all that is guessed or not known yet."""
PATIENCE = 60
"""Seconds after which a command is taken for stuck."""


def lines() -> Iterator[str]:
    """Return each line that the guide tells to type."""
    for block in TERMINAL.findall(GUIDE.read_text("utf-8")):
        yield from block.splitlines()


def here(line: str) -> list[str]:
    """Return a line's words, with this checkout and its packages in place of the registry's."""
    words = shlex.split(line)
    if words[:3] == ["python3", "-m", "venv"]:
        return [sys.executable, *words[1:], "--without-pip"]
    return [str(Path(sys.executable).parent / Path(words[0]).name), *words[1:]]


def home(folder: Path, command: list[str], env: dict[str, str]) -> str:
    """Run a server until it answers, and give its first page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    serve = [*command, "-a", address]
    with subprocess.Popen(serve, cwd=folder, env=env, stderr=subprocess.DEVNULL) as it:
        try:
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until and it.poll() is None:
                try:
                    with urlopen(f"http://{address}/", timeout=5) as answer:
                        return str(answer.read().decode())
                except OSError:
                    time.sleep(0.1)
        finally:
            it.terminate()
    return ""


@pytest.mark.same_everywhere
def test_each_line_does_what_the_guide_says(tmp_path: Path) -> None:
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "IMPLDAYS_NOW": "2026-12-01"}
    typed = list(lines())
    for line in typed:
        command = here(line)
        if "pip" in line:
            assert line == ".venv/bin/pip install mkdocs-impldays"  # it is here already
        elif "serve" in line:
            assert "Lisbon" in home(tmp_path, command, env)
        else:
            done = subprocess.run(
                command, cwd=tmp_path, env=env, check=False, text=True,
                input=ANSWERS, capture_output=True, timeout=PATIENCE,
            )  # fmt: skip
            assert done.returncode == 0, (line, done.stdout, done.stderr)
            assert "impldays check" not in line or "still “tba”" in done.stderr
    assert {path.stem for path in (tmp_path / "fests").glob("*.yml")} == {
        "lisbon-2027",
        "porto-2028",
    }
    assert [line.split()[1] for line in typed if "impldays " in line] == ["new", "new", "check"]
