"""What the judges need to be built first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.judges.programs import HERE, need, run


@pytest.fixture(scope="session")
def icalcheck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile the checker by libical, or skip where there is no libical or no compiler."""
    compiler, flags = need("gcc"), run(need("pkg-config"), "--cflags", "--libs", "libical")
    if flags.returncode:
        pytest.skip("libical is not installed")
    program = tmp_path_factory.mktemp("icalcheck") / "icalcheck"
    built = run(compiler, "-o", program, HERE / "icalcheck.c", *flags.stdout.split())
    assert built.returncode == 0, built.stderr
    return program
