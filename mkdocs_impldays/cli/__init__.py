"""The command `impldays`: each of its commands is a module of this folder."""

from __future__ import annotations

import click

from mkdocs_impldays.cli.check import check
from mkdocs_impldays.cli.files import files
from mkdocs_impldays.cli.import_site import import_jekyll
from mkdocs_impldays.cli.new import new
from mkdocs_impldays.cli.next_change import next_change
from mkdocs_impldays.cli.schema import schema


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
