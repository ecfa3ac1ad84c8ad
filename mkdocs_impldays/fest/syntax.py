"""What a YAML parser could not read, told in plain words."""

from __future__ import annotations

import re

import yaml

from mkdocs_impldays.problems import Problem, quoted

MAX_DEPTH = 20
"""How deep values may nest; deeper input is a mistake or an attack on the parser's stack."""

TOO_DEEP = f"nests deeper than {MAX_DEPTH} levels. Take brackets or spaces away."

_BEGAN: tuple[tuple[str, str], ...] = (
    ("escape", "has a “\\” that YAML takes for a sign. Put the text between single quotes."),
    ("hexadecimal", "has a “\\” that YAML takes for a sign. Put the text between single quotes."),
    ("hexdecimal", "has a “\\” that YAML takes for a sign. Put the text between single quotes."),
    ("quoted scalar", "opens a quote that is never closed. Close it."),
    ("simple key", 'has no ":" and space behind its key. Write “key: value”.'),
    ("block scalar", "has text behind “|” or “>”. Begin the text in the next line."),
    ("an alias", "begins with “*”, which YAML keeps for itself. Use double quotes."),
    ("an anchor", "begins with “&”, which YAML keeps for itself. Use double quotes."),
    ("directive", "begins with “%”, which YAML keeps for itself. Use double quotes."),
    ("flow sequence", "opens a bracket and does not close it. Write [one, two]; quote texts."),
    ("flow mapping", "opens a brace and does not close it. Write {key: value}; quote texts."),
)
"""What the parser was reading, and what to do at the line where it began to."""

_GAVE_UP: tuple[tuple[str, str], ...] = (
    ("nesting depth", TOO_DEEP),  # the libyaml of PyYAML 6.0.4 counts by itself
    ("cannot start", "has a character that YAML keeps for itself. Put text between double quotes."),
    ("node content", "has a comma or bracket too many. Put text between double quotes."),
    ("block collection", "is neither an item like those above nor a key. Check its spaces."),
    ("document start", "does not stand below the keys above. Check its spaces."),
)
"""What the parser stumbled over, and what to do at that line."""


def syntax_problem(error: yaml.MarkedYAMLError, *, text: str, path: str) -> Problem:
    """Say what is wrong with a text that is no YAML, at the line where the mistake began."""
    lines = text.rstrip().split("\n")
    last = len(lines) - 1
    gave_up = min(error.problem_mark.line, last) if error.problem_mark else last
    began = min(error.context_mark.line, gave_up) if error.context_mark else gave_up
    number, advice = _advice(error, lines=lines, began=began, gave_up=gave_up)
    return Problem(path, number + 1, f"{quoted(lines[number].strip())} {advice}")


def _advice(
    error: yaml.MarkedYAMLError, *, lines: list[str], began: int, gave_up: int
) -> tuple[int, str]:
    said = f"{error.context}; {error.problem}"
    if re.match(r" *\t", lines[gave_up]):
        return gave_up, "begins with a tab. Use spaces."
    if "mapping values" in said:
        return _colon(lines, gave_up)
    if "block mapping" in said:
        return gave_up, _out_of_place(lines[gave_up])
    for sign, advice in _BEGAN:
        if sign in said:
            return began, advice
    for sign, advice in _GAVE_UP:
        if sign in said:
            return gave_up, advice
    return gave_up, f"is not YAML: {error.problem}. Put text between double quotes."


def _colon(lines: list[str], number: int) -> tuple[int, str]:
    """Explain a colon that YAML did not expect: the second of a line, or one line too late."""
    if len(re.findall(r":(?= |$)", lines[number])) > 1:
        return number, 'has a second ":". Put the value between double quotes.'
    before = max((n for n in range(number) if lines[n].strip()), default=number)
    if ": " not in lines[before] and not lines[before].lstrip().startswith("-"):
        return before, 'has no ":" and space behind its key. Write “key: value”.'
    return number, "stands further in than the line above it. Check its spaces."


def _out_of_place(line: str) -> str:
    if re.match(r"""[^:]*:\s+["']""", line):
        return "has text behind its closing quote. Put other quotes around the whole value."
    if re.match(r"""[^:]*:\s+[\[{]""", line):
        return "has text behind its closing bracket. Delete it, or quote the whole value."
    return "does not stand below the keys around it. Check its spaces."
