"""The command `impldays`: each of its commands is a module of this folder."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

_COMMANDS = {
    "build": ("build:build", "Build the site with all its files, and check every page."),
    "check": (
        "check:check",
        "List the problems of a site, its fest files and its pages.",
    ),
    "files": ("files:files", "Write calendars, data and pictures of the fests."),
    "import": ("import_site:import_jekyll", "Import a Jekyll site as a fest file and pages."),
    "new": ("new:new", "Start a fest: write fests/ID.yml, for an ID like lisbon-2027."),
    "next-change": (
        "next_change:next_change",
        "Print when the site changes next.",
    ),
    "schema": ("schema:schema", "Print or write the JSON Schema of a fest file."),
}
"""The module and function of each command, and its line in the list of commands."""


class _Commands(click.Group):
    """The commands; an error of the system, like a full disk, is one line and exit code 1."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Import the command that was typed, and no other, since most imports are slow."""
        name, _, rest = super().resolve_command(ctx, args)
        module, _, function = _COMMANDS[str(name)][0].partition(":")
        command = getattr(import_module(f"{__name__}.{module}"), function)
        return name, command, rest

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
    """Discard the buffer of standard output, which Python would try to write again at exit."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.__stdout__.fileno())  # type: ignore[union-attr]


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mkdocs-impldays", message="%(version)s")
def main() -> None:
    """Start, build and check the site of a fest.

    Exit codes: 0 for success, 1 for problems in the files, 2 for a usage error.
    """


for _name, (_, _help) in _COMMANDS.items():
    main.add_command(click.Command(_name, short_help=_help))
