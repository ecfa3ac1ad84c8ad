"""Jinja's tags for what is shown at its time: `{% today %} … {% endtoday %}` and the like.

They leave marks in the page's Markdown, which `phase_blocks` turns into elements: only Markdown
knows what is a block and what a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from jinja2 import TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.pages.alternatives import attributes, from_now_on
from mkdocs_impldays.pages.facts import PageError
from mkdocs_impldays.pages.phase_blocks import CLOSING, opening, turning
from mkdocs_impldays.pages.when import TAGS, Spans, otherwise, when

_NAMES = "|".join(TAGS)
_SHORT = re.compile(r"""\{%([-+]?)\s*(?:(from|until)\s*(?=["'])|end(?:from|until)\b)""")
_TAG = re.compile(
    rf"\{{%([-+]?)\s*(?:({_NAMES})\b(.*?)|(end(?:{_NAMES})))\s*([-+]?)%\}}", re.DOTALL
)
_WORD = re.compile(r""""([^"]*)"|'([^']*)'|([^\s"']+)""")


class TagError(TemplateSyntaxError, PageError):
    """A tag that is understood, but asks for what is not there; it knows its line."""

    def __str__(self) -> str:
        """Give the message alone."""
        return self.message or ""


def phase_tags(fest: Fest, moment: datetime, *, whole: bool = False) -> type[Extension]:
    """Make the tags of a fest, for a page that is built at an aware moment.

    What is over then is left out, unless the page is to be `whole`, for a preview of any moment.
    """
    return type("PhaseTags", (_PhaseTags,), {"fest": fest, "moment": moment, "whole": whole})


class _PhaseTags(Extension):
    tags = set(TAGS)  # noqa: RUF012 - Jinja's own form
    fest: ClassVar[Fest]
    moment: ClassVar[datetime]
    whole: ClassVar[bool]

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's signature
        """Write the tags so that Jinja keeps the lines and spaces around them, and their words."""
        return _TAG.sub(_kept, _SHORT.sub(_long, source))

    def parse(self, parser: Parser) -> list[nodes.Node]:
        tag = next(parser.stream)
        words = _words(parser.stream.expect("string").value)
        try:
            spans = when(tag.value, words, self.fest)
        except PageError as error:
            raise TagError(str(error), tag.lineno) from None
        end = f"name:end{tag.value}"
        body = parser.parse_statements(("name:else", end))
        if next(parser.stream).value != "else":
            return self._shown([(spans, body)])
        return self._shown(
            [(spans, body), (otherwise(spans), parser.parse_statements((end,), drop_needle=True))]
        )

    def _shown(self, parts: Sequence[tuple[Spans, list[nodes.Node]]]) -> list[nodes.Node]:
        written: list[nodes.Node] = []
        mark = opening
        for spans, body in parts:
            left = spans if self.whole else from_now_on(spans, self.moment)
            if not left:
                written.append(_unseen(body))
            elif left[0].start is left[0].end is None:
                return [*written, *body]
            else:
                written += [_text(mark(attributes(left, self.moment))), *body]
                mark = turning
        return [*written, _text(CLOSING)] if mark is turning else written


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


def _text(text: str) -> nodes.Node:
    return nodes.Output([nodes.TemplateData(text)])


def _unseen(body: list[nodes.Node]) -> nodes.Node:
    """Work out what is not shown any more: its mistakes are told, and its facts count as used."""
    return nodes.AssignBlock(nodes.Name("_", "store"), None, body)
