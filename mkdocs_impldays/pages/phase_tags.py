"""Jinja's tags for what is shown at its time: `{% today %} … {% endtoday %}` and the like.

They leave marks in the page's Markdown, which `phase_blocks` turns into elements: only Markdown
knows what is a block and what a line.
"""

from __future__ import annotations

import json
import re
from typing import ClassVar

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.pages.alternatives import View, attributes
from mkdocs_impldays.pages.facts import PageError
from mkdocs_impldays.pages.phase_blocks import CLOSING, opening, turning
from mkdocs_impldays.pages.when import TAGS, Spans, otherwise, when

_NAMES = "|".join(TAGS)
_SHORT = re.compile(r"""\{%([-+]?)\s*(?:(from|until)\s*(?=["'])|end(?:from|until)\b)""")
_TAG = re.compile(
    rf"\{{%([-+]?)\s*+(?:({_NAMES})\b|(end(?:{_NAMES})))((?:(?!%\}}|\{{%).)*+)%\}}", re.DOTALL
)
_WORD = re.compile(r""""([^"]*)"|'([^']*)'|([^\s"']+)""")


class TagError(PageError):
    """Tags that are understood, but ask for what is not there."""

    def __init__(self, mistakes: list[tuple[int, str]]) -> None:
        super().__init__(mistakes[0][1])
        self.mistakes = mistakes
        """The line of each in the template, and what is wrong with it."""


def phase_tags(fest: Fest, view: View) -> type[Extension]:
    """Make the tags of a fest, for a page's view."""
    return type("PhaseTags", (_PhaseTags,), {"fest": fest, "view": view})


class _PhaseTags(Extension):
    tags = set(TAGS)  # noqa: RUF012 - Jinja's own form
    fest: ClassVar[Fest]
    view: ClassVar[View]

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's signature
        """Write the tags so that Jinja keeps the lines and spaces around them.

        Each has in the place of its words when its two parts are shown: all that a fest and a
        moment have to do with it, so that what is made of that text is the same for all.
        Raises `TagError` with all that are wrong.
        """
        mistakes: list[tuple[int, str]] = []

        def written(match: re.Match[str]) -> str:
            try:
                return self._written(match)
            except PageError as error:
                line = match.string.count("\n", 0, match.start()) + 1
                mistakes.append((line, str(error)))
                return ""

        text = _TAG.sub(written, _SHORT.sub(_long, source))
        if mistakes:
            raise TagError(mistakes)
        return text

    def _written(self, match: re.Match[str]) -> str:
        before, name, end, words = match.groups()
        after = words[-1] if words.endswith(("-", "+")) else ""
        words = words.removesuffix(after).strip()
        if end and words:
            return match[0]  # Jinja reports it
        parts = f" {json.dumps(json.dumps(self._parts(name, words)))}" if name else ""
        lines = "\n" * match[0].count("\n")
        return f"{{%{before or '+'} {name or end}{parts}{lines} {after or '+'}%}}"

    def _parts(self, tag: str, words: str) -> list[str | None]:
        """Give the attributes of the part in a tag, and of the one behind `else`.

        They are `None` for one that is over, and empty for one that always shows.
        """
        spans = when(tag, ["".join(groups) for groups in _WORD.findall(words)], self.fest)
        left = (self.view.left(part) for part in (spans, otherwise(spans)))
        return [self._attributes(part) if part else None for part in left]

    def _attributes(self, spans: Spans) -> str:
        return "" if spans[0].is_always else attributes(spans, self.view.moment)

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Put the marks around the parts of a tag."""
        tag = next(parser.stream)
        shown: list[str | None] = json.loads(parser.stream.expect("string").value)
        end = f"name:end{tag.value}"
        bodies = [parser.parse_statements(("name:else", end))]
        if next(parser.stream).value == "else":
            bodies.append(parser.parse_statements((end,), drop_needle=True))
        written: list[nodes.Node] = []
        mark = opening
        for part, body in zip(shown, bodies, strict=False):  # there may be no `else`
            if part is None:
                written.append(_unseen(body))
            elif part:
                written += [_text(mark(part)), *body]
                mark = turning
            else:
                written += body
        return [*written, _text(CLOSING)] if mark is turning else written


def _long(match: re.Match[str]) -> str:
    """Write `from "…"` and `until "…"` as the tag they are short for."""
    return f"{{%{match[1]} " + (f"show {match[2]} " if match[2] else "endshow")


def _text(text: str) -> nodes.Node:
    return nodes.Output([nodes.TemplateData(text)])


def _unseen(body: list[nodes.Node]) -> nodes.Node:
    """Work out what is not shown any more: its mistakes are told, and its facts count as used."""
    return nodes.AssignBlock(nodes.Name("_", "store"), None, body)
