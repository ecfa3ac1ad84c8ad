"""Jinja's tags for what is shown at its time: `{% today %} … {% endtoday %}` and the like.

They leave marks in the page's Markdown, which `phase_blocks` turns into elements: only Markdown
knows what is a block and what a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import ClassVar

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.pages.alternatives import View, attributes
from mkdocs_impldays.pages.phase_blocks import CLOSING, opening, turning
from mkdocs_impldays.pages.when import TAGS, otherwise, when

_NAMES = "|".join(TAGS)
_SHORT = re.compile(r"""\{%([-+]?)\s*(?:(from|until)\s*(?=["'])|end(?:from|until)\b)""")
_TAG = re.compile(
    rf"\{{%([-+]?)\s*(?:({_NAMES})\b(.*?)|(end(?:{_NAMES})))\s*([-+]?)%\}}", re.DOTALL
)
_WORD = re.compile(r""""([^"]*)"|'([^']*)'|([^\s"']+)""")


def phase_tags(fest: Fest, view: View) -> type[Extension]:
    """Make the tags of a fest, for a page's view."""
    return type("PhaseTags", (_PhaseTags,), {"fest": fest, "view": view})


class _PhaseTags(Extension):
    tags = set(TAGS)  # noqa: RUF012 - Jinja's own form
    fest: ClassVar[Fest]
    view: ClassVar[View]

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._marks = cache(self._marks_of)

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's signature
        """Write the tags so that Jinja keeps the lines and spaces around them, and their words."""
        return _TAG.sub(_kept, _SHORT.sub(_long, source))

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Let each part be asked for when a page is rendered: fests share what is compiled."""
        tag = next(parser.stream)
        words = parser.stream.expect("string").value
        end = f"name:end{tag.value}"
        bodies = [parser.parse_statements(("name:else", end))]
        if next(parser.stream).value == "else":
            bodies.append(parser.parse_statements((end,), drop_needle=True))
        calls = (
            self.call_method(
                "part", [nodes.Const(each) for each in (tag.value, words, len(bodies), number)]
            )
            for number in range(len(bodies))
        )
        return [
            nodes.CallBlock(call, [], [], body).set_lineno(tag.lineno)
            for call, body in zip(calls, bodies, strict=True)
        ]

    def part(self, tag: str, words: str, of: int, number: int, caller: Callable[[], str]) -> str:
        """Give one of the parts of a tag with its marks; nothing where its time is over.

        It is worked out all the same: its mistakes are told, and its facts count as used.
        """
        text = caller()
        marks = self._marks(tag, words, of)[number]
        if marks is None:
            return ""
        before, behind = marks
        return f"{before}{text}{behind}"

    def _marks_of(self, tag: str, words: str, of: int) -> list[tuple[str, str] | None]:
        """Give what stands before and behind each part; `None` for one that is over."""
        spans = when(tag, _words(words), self.fest)
        parts = [self.view.left(part) for part in (spans, otherwise(spans))[:of]]
        turns = [part for part in parts if part and not part[0].is_always]
        marks: list[tuple[str, str] | None] = []
        for part in parts:
            if not part:
                marks.append(None)
            elif part[0].is_always:
                marks.append(("", ""))
            else:
                before = opening if part == turns[0] else turning
                behind = CLOSING if part == turns[-1] else ""
                marks.append((before(attributes(part, self.view.moment)), behind))
        return marks


def _long(match: re.Match[str]) -> str:
    """Write `from "…"` and `until "…"` as the tag they are short for."""
    return f"{{%{match[1]} " + (f"show {match[2]} " if match[2] else "endshow")


def _kept(match: re.Match[str]) -> str:
    before, name, words, end, after = match.groups()
    quoted = f" {json.dumps(words.strip())}" if name else ""
    lines = "\n" * match[0].count("\n")
    return f"{{%{before or '+'} {name or end}{quoted}{lines} {after or '+'}%}}"


def _words(text: str) -> list[str]:
    return ["".join(groups) for groups in _WORD.findall(text)]
