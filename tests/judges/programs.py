"""The programs that judge what we emit; a test is skipped where its program is not there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def run(*command: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program that is done within two minutes; what it says comes back as text."""
    words = [str(word) for word in command]
    return subprocess.run(
        words, input=text, capture_output=True, text=True, timeout=120, check=False
    )


def need(program: str) -> str:
    """Return the path of a program, or skip the test."""
    path = shutil.which(program)
    return path or pytest.skip(f"the program {program} is not installed")


def need_npm(package: str) -> Path:
    """Return the folder of an npm package, or skip the test."""
    folder = HERE / "node_modules" / package
    if not folder.is_dir():
        pytest.skip(f"the npm package {package} is not installed; run tests/judges/install.sh")
    return folder


def need_c3voc() -> Path:
    """Return the Python that has the schedule tools of c3voc, or skip the test."""
    python = HERE / ".c3voc/bin/python"
    if not python.is_file():
        pytest.skip("c3voc-schedule-tools is not installed; run tests/judges/install.sh")
    return python
