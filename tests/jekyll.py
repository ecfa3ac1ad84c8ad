"""The Jekyll sites of the tests, and the command that imports one."""

from __future__ import annotations

from click.testing import CliRunner, Result

from mkdocs_impldays.cli import main
from tests.fests import ROOT

OSLO = ROOT / "tests/sites/jekyll-oslo"
PORTO = ROOT / "tests/sites/jekyll-porto"


def run(*arguments: object) -> Result:
    """Run `impldays import`."""
    return CliRunner().invoke(main, ["import", *map(str, arguments)], catch_exceptions=False)
