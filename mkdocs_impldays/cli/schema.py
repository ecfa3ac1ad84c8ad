"""`impldays schema`: what editors need to complete and check a fest file."""

from __future__ import annotations

import click

from mkdocs_impldays.feeds.files import as_json
from mkdocs_impldays.feeds.schema import fest_schema


@click.command()
def schema() -> None:
    """Print the JSON Schema of a fest file.

    The first line of a fest file names the file that holds it: impldays schema >
    fests/fest.schema.json
    """
    click.echo(as_json(fest_schema()), nl=False)
