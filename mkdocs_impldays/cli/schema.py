"""`impldays schema`: what editors need to complete and check a fest file."""

from __future__ import annotations

import click

SCHEMA = "fests/fest.schema.json"
"""The schema that the first line of a fest file names, as seen from mkdocs.yml."""


def schema_file() -> bytes:
    """Give the bytes of the schema's file."""
    from mkdocs_impldays.output.files import as_json  # noqa: PLC0415 - slow to import
    from mkdocs_impldays.output.schema import fest_schema  # noqa: PLC0415 - as above

    return as_json(fest_schema())


@click.command()
def schema() -> None:
    r"""Print the JSON Schema of a fest file.

    The first line of a fest file names the file that holds it. Write it anew after an upgrade:

    \b
        impldays schema > fests/fest.schema.json
    """
    click.echo(schema_file(), nl=False)
