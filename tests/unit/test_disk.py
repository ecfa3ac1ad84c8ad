"""Writing files: complete or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

import pytest
from click.testing import CliRunner, Result

from mkdocs_impldays import disk
from mkdocs_impldays.cli import main

OSLO = Path(__file__).parents[1] / "sites" / "jekyll-oslo"
COMMANDS = {
    "new": ["new", "lisbon-2027", "--yes"],
    "import": ["import", str(OSLO)],
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes()
            for p in folder.rglob("*") if p.is_file()}  # fmt: skip


def killed_after(steps: int, work: Callable[[], object]) -> bool:
    """Do work in a process that is killed at a step of the writing; return whether it was."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    left = steps

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal left
        callers = [frame, frame.f_back, frame.f_back and frame.f_back.f_back]
        if event.startswith("c_") and any(
            each and each.f_code.co_filename == disk.__file__ for each in callers
        ):
            left -= 1
            if left == 0:
                os._exit(9)

    sys.setprofile(count)
    try:
        work()
    finally:
        os._exit(0)


@pytest.mark.same_everywhere
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(("name", "stride"), [("new", 89), ("import", 97)])
def test_a_command_killed_at_any_step_leaves_no_partial_file_and_can_run_again(
    name: str, stride: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "whole").mkdir()
    monkeypatch.chdir(tmp_path / "whole")
    run(*COMMANDS[name])
    whole = tree(Path())
    steps, was_killed, kills = 1, True, 0
    while was_killed:
        folder = tmp_path / str(steps)
        folder.mkdir()
        monkeypatch.chdir(folder)
        was_killed = killed_after(steps, lambda: run(*COMMANDS[name]))
        kills += was_killed
        left = {path: text for path, text in tree(folder).items() if not path.endswith(".part")}
        assert left.items() <= whole.items(), steps
        if was_killed and left.keys() != whole.keys():
            again = run(*COMMANDS[name])
            assert again.exit_code == 0, (steps, again.stderr)
        assert tree(folder) == whole, steps
        steps += stride
    assert kills > 4


@pytest.mark.same_everywhere
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_writing_killed_at_every_step_leaves_no_partial_file(tmp_path: Path) -> None:
    files = {"a/b.md": b"1" * 9, "a/.c": b"2" * 9, "d.yml": b"3" * 9}
    steps, was_killed = 0, True
    while was_killed:
        steps += 1
        folder = tmp_path / str(steps)
        folder.mkdir()
        was_killed = killed_after(steps, partial(disk.write_new, folder, files))
        assert {p: t for p, t in tree(folder).items() if p[-5:] != ".part"}.items() <= files.items()
        assert disk.write_new(folder, files)[1] == []
        assert tree(folder) == files
    assert steps > 20


def test_a_second_import_lists_every_file_that_was_changed_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(*COMMANDS["import"])
    for path in ("docs/about.md", "fests/oslo-2027.yml"):
        (tmp_path / path).write_text("mine")
    before = tree(tmp_path)
    again = run(*COMMANDS["import"])
    assert again.exit_code == 1
    listed = [line for line in again.stderr.splitlines() if "already exists" in line]
    assert [line.partition(":")[0] for line in listed] == ["fests/oslo-2027.yml", "docs/about.md"]
    assert tree(tmp_path) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["schema"], ["new", "lisbon-2027", "--yes"], ["--help"]])
def test_output_to_a_full_device_is_one_line(arguments: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from mkdocs_impldays.cli import main; main()", *arguments],
            cwd=tmp_path,
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr == "the output: cannot be read or written: No space left on device.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["files", "taken/out", "--fests", "fests"],
        ["schema", "-o", "taken/fest.schema.json"],
        ["new", "lisbon-2027", "--yes", "--folder", "taken/site"],
        ["import", str(OSLO), "--folder", "taken/site"],
    ],
)
def test_a_folder_that_cannot_be_made_is_one_line(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("taken").write_text("")
    Path("fests").mkdir()
    Path("fests/rome-2018.yml").write_text(
        "name: A\ncity: Rome\ncountry: IT\ntimezone: Europe/Rome\n"
        "events: {a: {title: A, days: tba}}\n"
    )
    result = run(*arguments)
    assert result.exit_code == 1
    last = result.stderr.splitlines()[-1]
    assert "cannot be" in last
    assert "Not a directory" in last
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fests", "taken"]


def test_the_schema_is_written_over_an_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.json").write_text("old")
    assert run("schema", "-o", "a.json").exit_code == 0
    assert Path("a.json").read_text() == run("schema").stdout
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
