"""What the judges need to be built first."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.judges.programs import HERE, need, run
from tests.sites.building import built
from tests.sites.test_kinds import CASES, begin


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


@pytest.fixture(scope="session")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that builds a new site of a kind, once, and returns the built folder."""

    @cache
    def build(name: str) -> Path:
        folder = tmp_path_factory.mktemp(name.replace(" ", "-"))
        begin(folder, CASES[name])
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("NO_MKDOCS_2_WARNING", "1")
            patched.setenv("SOURCE_DATE_EPOCH", "1801000000")
            assert built(folder).lines == ()
        return folder / "site"

    return build
