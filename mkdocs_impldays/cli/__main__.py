"""`python -m mkdocs_impldays.cli`: the command `impldays` of this Python."""

from mkdocs_impldays.cli import main

main(prog_name="impldays")
