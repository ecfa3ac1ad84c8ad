"""Follows a tutorial of the manual word for word, in an empty folder.

`python -m tests.tutorial PACKAGE` follows all of them, each in an empty environment into which it
installs that sdist or wheel.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import yaml

from tests.serving import served

ROOT = Path(__file__).parent.parent
MANUAL = ROOT / "docs/organisers"
TUTORIALS = (MANUAL / "tutorial.md", MANUAL / "how-to/by-hand.md")

INSTALL = 'pip install -q "$OLDPWD"'
"""How the tutorials install the package: from the clone in which their first line is typed."""
DECEMBER = "1796083200"
"""The moment at which they are followed, 1 December 2026, for SOURCE_DATE_EPOCH."""
PATIENCE = 60
"""Seconds after which a command is taken for stuck."""

_BLOCK = re.compile(r'^(`{3,})\w+ title="([^"]+)"\n(.*?)^\1$', re.DOTALL | re.MULTILINE)
_SNIPPET = re.compile(r'^--8<-- "([^:"]+):(\w+)"$', re.MULTILINE)
_PART = "part of "
_QUESTIONS_AFTER_DAYS = 5
_QUESTIONS_BEFORE_DAYS = 6


class Block(NamedTuple):
    """A block of code with a title: what is typed, or what a file holds."""

    title: str
    text: str


def blocks(page: Path) -> list[Block]:
    """Return the blocks of a page of the manual, those of its snippets too."""
    text = _SNIPPET.sub(_snippet, page.read_text("utf-8"))
    return [Block(title, each) for _, title, each in _BLOCK.findall(text)]


def _snippet(found: re.Match[str]) -> str:
    text = (ROOT / found[1]).read_text("utf-8")
    return text.split(f"[start:{found[2]}] -->\n")[1].split(f"<!-- --8<-- [end:{found[2]}]")[0]


def merged(whole: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Return a fest file with a part of it typed again."""
    below = {
        key: merged(whole[key], value)
        for key, value in part.items()
        if isinstance(value, dict) and isinstance(whole.get(key), dict)
    }
    return whole | part | below


@dataclass
class Reader:
    """Someone who types what a tutorial says."""

    folder: Path
    """Where the next line is typed; first the folder of a clone."""
    package: Path | None = None
    """What is installed in place of the clone; `None` uses the packages of the running Python."""
    output: list[str] = field(default_factory=list)
    """What each line printed."""
    answers: str = "\n" * 20
    came_from: Path | None = None

    def follow(self, page: Path) -> None:
        """Do all that a page says, in its order."""
        every = blocks(page)
        for title, text in every:
            if title == "Answer":
                self.answers = "\n" * _QUESTIONS_BEFORE_DAYS + text + "\n" * _QUESTIONS_AFTER_DAYS
        for title, text in every:
            if title == "Terminal":
                for line in text.splitlines():
                    self.type(line)
            elif title.startswith(_PART):
                self.edit(self.folder / title.removeprefix(_PART), text)
            elif "/" in title or title == "mkdocs.yml":
                file = self.folder / title
                file.parent.mkdir(exist_ok=True)
                file.write_text(text, "utf-8")

    def edit(self, file: Path, part: str) -> None:
        """Type a part of a YAML file again."""
        whole = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
        whole = merged(whole, yaml.load(part, yaml.BaseLoader))
        file.write_text(yaml.safe_dump(whole, sort_keys=False, allow_unicode=True), "utf-8")

    def type(self, line: str) -> None:
        """Run a line as a shell does; raise `AssertionError` where it fails."""
        command = self._here(line)
        if "mkdocs serve" in command:
            serve = ["bash", "-c", f'exec {command} "$@"', line]
            with served(self.folder, serve, env=self.env) as wait:
                wait("", "<title>")
            return
        state = f'set -e; {command}\nprintf "%s\\n" "$PWD" "$OLDPWD" >&3'
        read, write = os.pipe()
        with os.fdopen(read, encoding="utf-8") as lines:
            done = subprocess.run(
                ["bash", "-c", f"exec 3>&{write}; {state}"],
                cwd=self.folder, env=self.env, check=False, text=True, input=self.answers,
                capture_output=True, timeout=None if self.package else PATIENCE, pass_fds=[write],
            )  # fmt: skip
            os.close(write)
            assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
            now, before = lines.read().splitlines()
        self.folder, self.came_from = Path(now), Path(before) if before else None
        self.output.append(done.stdout + done.stderr)

    @property
    def env(self) -> Mapping[str, str]:
        """The environment of the commands: of someone who uses git, on a day in December."""
        who = {"NAME": "Ana", "EMAIL": "ana@impldays.test"}
        git = {
            f"GIT_{role}_{key}": each
            for role in ("AUTHOR", "COMMITTER")
            for key, each in who.items()
        }
        clock = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": DECEMBER}
        came_from = {"OLDPWD": str(self.came_from)} if self.came_from else {}
        return {**os.environ, **git, **clock, **came_from}

    def _here(self, line: str) -> str:
        if self.package:
            return line.replace('"$OLDPWD"', f'"{self.package}"')
        if "-m venv" in line or "pip install" in line:
            assert "-m venv" in line or INSTALL in line, line
            return "true"  # it is here already
        return line.replace(".venv/bin/", f"{Path(sys.executable).parent}/")


def follow_all(package: Path) -> Iterator[str]:
    """Follow each tutorial with a package; yield the name of each that succeeds."""
    for page in TUTORIALS:
        with TemporaryDirectory() as folder:
            clone = Path(folder, "clone")
            clone.mkdir()
            Reader(clone, package.resolve()).follow(page)
        yield page.name


if __name__ == "__main__":
    for name in follow_all(Path(sys.argv[1])):
        sys.stdout.write(f"{name}: every line worked.\n")
