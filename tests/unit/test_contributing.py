"""CONTRIBUTING.md names files and commands that there are."""

from __future__ import annotations

import re

from tests.fests import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PACKAGE = ROOT / "mkdocs_impldays"


def test_every_file_of_the_map_exists() -> None:
    table = TEXT.partition("| To change | Look into |")[2].partition("\n\n")[0]
    named = re.findall(r"`([\w/]+(?:/|\.\w+))`", table)
    assert len(named) > 30
    assert [path for path in named if not (PACKAGE / path).exists()] == []


def test_every_function_of_the_trace_exists() -> None:
    table = TEXT.partition("| Step | Functions |")[2].partition("\n\n")[0]
    rows = [row.rpartition(" | ")[2] for row in table.splitlines()]
    named = [name for row in rows for name in re.findall(r"`([\w.]+)`", row)]
    assert len(named) > 30
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    there = set(re.findall(r"^ *(?:def|class) (\w+)", code, re.MULTILINE))
    assert [name for name in named if not set(name.split(".")) <= there] == []


def test_every_package_of_the_first_table_exists() -> None:
    table = TEXT.partition("| Package or module |")[2].partition("\n\n")[0]
    named = [
        name
        for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)
        for name in re.findall(r"`([\w/]+)`", row)
    ]
    assert len(named) > 20
    there = {path.name.removesuffix(".py") for path in PACKAGE.iterdir()}
    assert [name for name in named if name.rstrip("/") not in there] == []
    hidden = {"__init__", "__pycache__", "py.typed"}
    assert there - {name.rstrip("/") for name in named} - hidden == set()
