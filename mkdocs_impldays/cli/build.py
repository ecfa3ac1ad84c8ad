"""`impldays build`: a site with all its files and checks, by the engine that the project uses."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from mkdocs_impldays.cli.inputs import stop
from mkdocs_impldays.problems import Problem, counted, merged
from mkdocs_impldays.project import COPY, Engine, Project, read_project

_ENGINES: dict[Engine, tuple[str, ...]] = {
    "mkdocs": ("mkdocs", "properdocs"),
    "zensical": ("zensical",),
}
"""The packages for each engine, of which the first that is installed is used."""


@click.command()
@click.option(
    "--engine",
    type=click.Choice(list(_ENGINES)),
    help="The program that builds.  [default: the one that the project is configured for]",
)
@click.option("--strict", is_flag=True, help="End with exit code 1 if there is a warning, too.")
def build(engine: Engine | None, *, strict: bool) -> None:
    """Build the site with all its files, check every page, and list the problems.

    With MkDocs or ProperDocs, this is their own build. With Zensical, every page is built again,
    and the pages of fests, sessions and speakers and the redirects are added. Ends with exit code 1
    if there is an error.
    """
    project = read_project(Path())
    if project is None:
        message = "is not there, and no zensical.toml. Run the command in the site's folder."
        stop([Problem("mkdocs.yml", None, message)])
    engine = engine or project.engine
    package = next(filter(find_spec, _ENGINES[engine]), None)
    if package is None and engine == "mkdocs" and project.extension is not None:
        engine = "zensical"  # a configuration for both
        package = next(filter(find_spec, _ENGINES[engine]), None)
    if package is None:
        advice = f"Install it: pip install {_ENGINES[engine][0]}"
        stop([Problem(project.file.name, None, f"{engine} is not installed. {advice}")])
    if engine == "zensical":
        build_with_zensical(project, strict=strict)
    else:
        if (project.root / COPY).exists():  # a build by Zensical was killed
            from mkdocs_impldays.zensical.preparation import remove_leftovers  # noqa: PLC0415

            remove_leftovers(project)
        command = [sys.executable, "-m", package, "build", "-f", project.file.name]
        command += ["--strict"] if strict else []
        sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603 - fixed words


def build_with_zensical(project: Project, *, strict: bool) -> None:
    """Build a site with Zensical and print its problems; exit with 1 if there is an error."""
    from mkdocs_impldays.zensical.building import build_site  # noqa: PLC0415 - slow to import

    problems = build_site(project, strict=strict)
    for problem in merged(problems):
        click.echo(problem.marked, err=True)
    serious = {"error", "warning"} if strict else {"error"}
    click.echo(f"The site: {counted(problems) if problems else 'no problems'}.")
    if any(problem.severity in serious for problem in problems):
        sys.exit(1)
