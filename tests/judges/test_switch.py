import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.judges.samples import ROOT

SKIPPED = 'import pytest\n\ndef test_it() -> None:\n    pytest.skip("no such program")\n'


@pytest.mark.parametrize(("switch", "outcome"), [("1", "1 failed"), ("", "1 skipped")])
def test_a_skip_is_a_failure_where_every_program_must_be_there(
    switch: str, outcome: str, tmp_path: Path
) -> None:
    (tmp_path / "test_it.py").write_text(SKIPPED)
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-rfs"]
    command += ["-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)]
    env = {**os.environ, "IMPLDAYS_ALL": switch, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert outcome in done.stdout, done.stdout + done.stderr
    assert "no such program" in done.stdout
