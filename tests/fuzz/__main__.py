"""Tries inputs that cover more and more of the code, with Google's atheris.

    .venv/bin/pip install -e '.[fuzz]'
    .venv/bin/python -m tests.fuzz page --seconds 600

It stops at the first finding, with its traceback and the name of a file that holds the input.
`python -m tests.fuzz page FILE` runs that input again, without atheris.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NAMES = ("fest", "page", "front-matter", "import", "programme", "fest-and-programme")
_FOLDER = Path(".cache/fuzz")
_INSTRUMENTED = ["mkdocs_impldays", "jinja2"]
_LONGEST = 8_000
"""In bytes: longer inputs are tried less often, and find little more."""


def main() -> None:
    """Run an entry over a file, or over what atheris makes of the seeds."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("name", choices=NAMES, help="what to try")
    parser.add_argument("files", nargs="*", type=Path, help="inputs to run again, and no others")
    parser.add_argument("--seconds", type=int, default=600, help="how long  [default: 600]")
    parser.add_argument("--folder", type=Path, default=_FOLDER, help=f"[default: {_FOLDER}]")
    asked = parser.parse_args()
    if asked.files:
        from tests.fuzz.entries import ENTRIES  # noqa: PLC0415 - not before atheris

        for file in asked.files:
            ENTRIES[asked.name](file.read_bytes())
        return
    _fuzz(asked.name, asked.folder / asked.name, seconds=asked.seconds)


def _fuzz(name: str, folder: Path, *, seconds: int) -> None:
    import atheris  # noqa: PLC0415 - an extra that the tests do without

    with atheris.instrument_imports(include=_INSTRUMENTED):
        from tests.fuzz.entries import ENTRIES  # noqa: PLC0415 - so that atheris sees them
        from tests.fuzz.seeds import dictionary, seeds  # noqa: PLC0415 - as above

    for part in ("seeds", "corpus", "findings"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(name)):
        (folder / f"seeds/{number}").write_bytes(seed)
    (folder / "words.dict").write_bytes(dictionary())
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={_LONGEST}",
        f"-dict={folder}/words.dict",
        f"-artifact_prefix={folder}/findings/",
        "-len_control=10",
        "-timeout=60",
        "-rss_limit_mb=2000",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, f"{folder}/corpus", f"{folder}/seeds"], ENTRIES[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
