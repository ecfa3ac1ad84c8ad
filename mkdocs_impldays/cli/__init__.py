"""The command `impldays`: each of its commands is a module of this folder."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from mkdocs_impldays.cli.check import check
from mkdocs_impldays.cli.files import files
from mkdocs_impldays.cli.import_site import import_jekyll
from mkdocs_impldays.cli.new import new
from mkdocs_impldays.cli.next_change import next_change
from mkdocs_impldays.cli.schema import schema


class _Commands(click.Group):
    """The commands; what the system refuses, like a full disk, is one line and exit code 1."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command that was typed."""
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            name = error.filename if isinstance(error.filename, str) else "the output"
            _leave_unwritten()
            click.echo(f"{name}: cannot be read or written: {error.strerror}.", err=True)
            sys.exit(1)


def _leave_unwritten() -> None:
    """Drop what standard output still holds: Python would try to write it once more at the end."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.__stdout__.fileno())  # type: ignore[union-attr]


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mkdocs-impldays", message="%(version)s")
def main() -> None:
    """Begin, check and carry on the site of a fest.

    Every command ends with 0 when all went well, with 1 when something in the files is wrong and
    with 2 when the command was not typed right.
    """


main.add_command(check)
main.add_command(files)
main.add_command(import_jekyll)
main.add_command(new)
main.add_command(next_change)
main.add_command(schema)
