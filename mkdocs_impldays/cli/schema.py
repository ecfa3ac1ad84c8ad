"""`impldays schema`: what editors need to complete and check a fest file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from mkdocs_impldays.cli.inputs import stop
from mkdocs_impldays.writing import write_over

SCHEMA = "fests/fest.schema.json"
"""The schema that the first line of a fest file names, as seen from mkdocs.yml."""


def schema_file() -> bytes:
    """Give the bytes of the schema's file."""
    from mkdocs_impldays.output.files import as_json  # noqa: PLC0415 - slow to import
    from mkdocs_impldays.output.schema import fest_schema  # noqa: PLC0415 - as above

    return as_json(fest_schema())


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write.  [default: print it]",
)
def schema(output: Path | None) -> None:
    r"""Print or write the JSON Schema of a fest file.

    The first line of a fest file names the schema's file. Write it again after an upgrade:

    \b
        impldays schema -o fests/fest.schema.json
    """
    if output is None:
        click.echo(schema_file(), nl=False)
    elif problems := write_over(output.parent, {output.name: schema_file()}):
        stop(replace(each, path=output.as_posix()) for each in problems)
