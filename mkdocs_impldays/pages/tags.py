"""Jinja tags for content that is shown for a time, like `{% today %} … {% endtoday %}`.

They leave marks in the Markdown of a page, which a Markdown extension turns into elements, since
only Markdown knows what is a block. Tags on lines of their own make a block, of any Markdown, at
the indent of the first one, as in a list item or an admonition. Tags within a line make a part of
it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import ClassVar, TypeVar

from jinja2 import ext, nodes
from jinja2.parser import Parser
from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from pydantic_core import PydanticCustomError

from mkdocs_impldays.fest.call_states import CallState, call_states
from mkdocs_impldays.fest.clock import read_deadline_anywhere, read_moment_anywhere
from mkdocs_impldays.fest.event import Event
from mkdocs_impldays.fest.fest import Fest
from mkdocs_impldays.fest.time import Phase, Span, Standing, merged, phases_held, phases_of
from mkdocs_impldays.pages.facts import PageError
from mkdocs_impldays.pages.scanner import Kind, segments_of
from mkdocs_impldays.pages.timed import View, shown
from mkdocs_impldays.problems import guess, quoted

T = TypeVar("T")
Spans = tuple[Span[bool], ...]
"""When something is shown: in order and not adjacent."""

_PHASES = {
    "before": {Phase.ANNOUNCED, Phase.BEFORE},
    "today": {Phase.TODAY},
    "between": {Phase.BETWEEN},
    "during": {Phase.TODAY, Phase.BETWEEN},
    "after": {Phase.AFTER},
}

TAGS = (*_PHASES, "day", "rsvp", "show")
"""The tags, each closed by its name with `end` before it."""


def when(tag: str, words: Sequence[str], fest: Fest) -> Spans:
    """Return the spans in which the content of a tag is shown; none if it never is.

    Raises `PageError` with a message for the page's author.
    """
    if tag == "show":
        return _between_moments(words, fest)
    if tag == "rsvp":
        return _in_rsvp_states(words, fest)
    if tag == "day":
        return _on_day(words, fest)
    event, wanted = _event(words, fest), _PHASES[tag]
    return _spans(phases_held(fest, event), lambda standing: standing.phase in wanted)


def otherwise(spans: Spans) -> Spans:
    """Return the complement of spans: when the content after `else` is shown."""
    bounds = [None, *chain.from_iterable((span.start, span.end) for span in spans), None]
    gaps = zip(bounds[::2], bounds[1::2], strict=True)
    first, *inner = gaps
    rest = [gap for gap in inner if gap[0] is not None]
    return tuple(Span(True, *gap) for gap in ([first] if first[1] or not spans else []) + rest)


def _spans(spans: Iterable[Span[T]], is_wanted: Callable[[T], bool]) -> Spans:
    """Return the spans whose value is wanted, merged if they are adjacent."""
    asked = merged(Span(is_wanted(span.value), span.start, span.end) for span in spans)
    return tuple(span for span in asked if span.value)


def _event(words: Sequence[str], fest: Fest) -> Event | None:
    """Return the event that a tag names; `None` for the whole fest."""
    if not words:
        return None
    name = words[0].removeprefix("events.")
    if len(words) > 1:
        raise PageError(f"has {quoted(' '.join(words[1:]))} after the event. Remove it.")
    for event in fest.events.values():
        if name in (event.id, event.id.replace("-", "_")):
            return event
    raise PageError(f"names {quoted(name)}, which is not an event.{guess(name, fest.events)}")


def _on_day(words: Sequence[str], fest: Fest) -> Spans:
    if not words or not words[0].isdecimal():
        raise PageError("needs the number of a day. Write {% day 1 %}, or {% day 1 impl_days %}.")
    wanted = int(words[0])
    event = _event([word for word in words[1:] if word != "of"], fest)
    phases = phases_of(fest, event)
    count = phases[0].value.of
    if not 1 <= wanted <= (count or wanted):
        whose = event.id if event else "the fest"
        days = "1 day" if count == 1 else f"{count} days"
        raise PageError(f"asks for day {wanted}, but {whose} has {days}. Correct the number.")

    def is_wanted(standing: Standing) -> bool:
        return standing.phase is Phase.TODAY and standing.day == wanted

    return _spans(phases_held(fest, event), is_wanted)


def _in_rsvp_states(words: Sequence[str], fest: Fest) -> Spans:
    if not fest.rsvp:
        raise PageError('is about the RSVP, but the fest file has no "rsvp:". Add it.')
    if not words:
        raise PageError(f"needs a state. Write one or more of: {', '.join(CallState)}.")
    for word in words:
        if word not in set(CallState):
            advice = guess(word, CallState) or f" Write one of: {', '.join(CallState)}."
            raise PageError(f"names {quoted(word)}, which is not a state of the RSVP.{advice}")
    return _spans(call_states(fest, fest.rsvp), lambda state: state in words)


def _between_moments(words: Sequence[str], fest: Fest) -> Spans:
    pairs = dict(zip(words[::2], words[1::2], strict=False))
    if not pairs or len(words) != 2 * len(pairs) or not pairs.keys() <= {"from", "until"}:
        form = 'is not complete. Write {% show from "2018-05-28 09:00" until "2018-05-29" %}.'
        raise PageError(form)
    try:
        start = read_moment_anywhere(pairs["from"], fest.timezone) if "from" in pairs else None
        end = read_deadline_anywhere(pairs["until"], fest.timezone) if "until" in pairs else None
    except PydanticCustomError as error:
        digits = "Write it in digits, like 2018-05-27 or 2018-05-27 18:00."
        if not all(pairs.values()):
            raise PageError(f"has no moment between its quotes. {digits}") from None
        reason = error.message().partition(". ")
        advice = digits if reason[0].endswith("is not a moment") else reason[2]
        raise PageError(f"has a wrong moment: {reason[0]}. {advice}") from None
    if start and end and end <= start:
        raise PageError("ends before it begins. Correct one of the moments.")
    return (Span(True, start, end),)


# Private characters around a letter and hexadecimal digits, which Markdown does not change. All
# begin with the same character, which makes `re` fast.
_BEGIN, _END = "\ue010\ue012"
_OPENING, _ELSE, _CLOSING = "xyz"
_MARK = re.compile(f"{_BEGIN}([{_OPENING}{_ELSE}{_CLOSING}])((?:[0-9a-f]{{2}})*){_END}")
_PARAGRAPH = re.compile(f"<p>({_MARK.pattern})</p>")
_INDENT = re.compile(r"[ >]*")
_LIST_ITEM = re.compile(r"[ >]*(?:[-*+]|\d+\.) +")

LAST_MARK = _BEGIN + _CLOSING + _END
"""The mark at the end of the last alternative."""


def first_mark(attributes: str) -> str:
    """Return the mark at the beginning of the first alternative, with its attributes."""
    return f"{_BEGIN}{_OPENING}{attributes.encode().hex()}{_END}"


def else_mark(attributes: str) -> str:
    """Return the mark between two alternatives, with the attributes of the second."""
    return f"{_BEGIN}{_ELSE}{attributes.encode().hex()}{_END}"


class PhaseBlocks(Extension):
    """Turns the marks into elements."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name
        """Register the processors."""
        # After the expansion of tabs (30) and included text (31), before code is put aside (25).
        md.preprocessors.register(_Paragraphs(md), "impldays_phase_places", 29)
        # After raw HTML is restored (30), which may have marks too.
        md.postprocessors.register(_Elements(md), "impldays_phase_elements", 5)


class _Paragraphs(Preprocessor):
    """Puts each mark of a block into its own paragraph, and replaces those within lines."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if _BEGIN not in text:
            return lines
        placed: list[str] = []
        after = 0
        for mark, written in sorted(_placed(text), key=lambda pair: pair[0].start()):
            placed += [text[after : mark.start()], written]
            after = mark.end()
        # Lines of nothing but spaces are emptied, as Python-Markdown did before (30).
        return re.sub(r"(?m)^ +$", "", "".join([*placed, text[after:]])).split("\n")


class _Elements(Postprocessor):
    """Replaces the marks of blocks by elements."""

    def run(self, text: str) -> str:
        if _BEGIN not in text:
            return text
        bare = _PARAGRAPH.sub(r"\1", text)
        return _MARK.sub(lambda mark: _element(mark, "div"), bare)


def _placed(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each mark and its replacement."""
    together, alone = _together(text)
    yield from ((mark, "") for mark in alone)
    for marks in together:
        if not _is_block(text, marks):
            yield from ((mark, _element(mark, "span")) for mark in marks)
            continue
        found = _INDENT.match(_line_before(text, marks[0]))
        line = f"\n{found[0] if found else ''}"
        for mark in marks:
            # Jinja has trimmed the line break after `else`.
            after = f"{line}\n" if mark[1] == _ELSE else line * 2
            yield mark, f"{line}{line}{mark[0]}{after}"


def _together(text: str) -> tuple[list[list[re.Match[str]]], list[re.Match[str]]]:
    """Return the groups of marks from opening to closing, and the marks in no group.

    A blog that shows only the beginning of a page may cut a group.
    """
    together: list[list[re.Match[str]]] = []
    alone: list[re.Match[str]] = []
    still_open: list[list[re.Match[str]]] = []
    for mark in _MARK.finditer(text):
        if mark[1] == _OPENING:
            still_open.append([])
        (still_open[-1] if still_open else alone).append(mark)
        if mark[1] == _CLOSING and still_open:
            together.append(still_open.pop())
    return together, alone + [mark for marks in still_open for mark in marks]


def _is_block(text: str, marks: list[re.Match[str]]) -> bool:
    body = text[marks[0].end() : marks[-1].start()]
    if _LIST_ITEM.fullmatch(_line_before(text, marks[0])):
        return False
    if re.match(r" *\n", body) or re.search(r"\n[ >]*\n", body):
        return True
    return "\n" in body and _INDENT.fullmatch(_line_before(text, marks[0])) is not None


def _line_before(text: str, mark: re.Match[str]) -> str:
    return text[text.rfind("\n", 0, mark.start()) + 1 : mark.start()]


def _element(mark: re.Match[str], tag: str) -> str:
    part = f"<{tag} {bytes.fromhex(mark[2]).decode(errors='replace')}>"
    if mark[1] == _OPENING:
        return f'<{tag} class="impldays">{part}'
    return f"</{tag}>{part}" if mark[1] == _ELSE else f"</{tag}></{tag}>"


_NAMES = "|".join(TAGS)
_SHORT = re.compile(r"""\{%([-+]?)\s*(?:(from|until)\s*(?=["'])|end(?:from|until)\b)""")
_TAG = re.compile(
    rf"\{{%([-+]?)\s*+(?:({_NAMES})\b|(end(?:{_NAMES})))((?>(?:(?!%\}}|\{{%).)*))%\}}", re.DOTALL
)
_WORD = re.compile(r""""([^"]*)"|'([^']*)'|([^\s"']+)""")


def typed_moments(text: str, fest: Fest) -> set[datetime]:
    """Return the moments in the tags of a page, like `{% until "2027-06-01" %}`.

    Those in code, and those that are not valid, are omitted.
    """
    found: set[datetime] = set()
    tags = [segment.source for segment in segments_of(text).segments if segment.kind is Kind.TAG]
    for match in map(_TAG.match, (_SHORT.sub(_long, tag) for tag in tags)):
        if match is None or match[2] != "show":
            continue
        words = match[4].rstrip("-+")
        with suppress(PageError):
            for span in when("show", _words(words), fest):
                found |= {each for each in (span.start, span.end) if each}
    return found


def _words(text: str) -> list[str]:
    return ["".join(groups) for groups in _WORD.findall(text)]


class TagError(PageError):
    """The mistakes in the arguments of tags."""

    def __init__(self, mistakes: list[PageError]) -> None:
        super().__init__(mistakes[0].what)
        self.mistakes = mistakes
        """All of them, each with its line in the template."""


def phase_tags(fest: Fest, view: View) -> type[ext.Extension]:
    """Return the Jinja extension with the tags for a fest and a view."""
    parts = lru_cache(256)(lambda tag, words: _parts(tag, words, fest, view))  # pages repeat tags
    return type("PhaseTags", (_PhaseTags,), {"parts": staticmethod(parts)})


def _parts(tag: str, words: str, fest: Fest, view: View) -> list[str | None]:
    """Return the attributes of the content of a tag, and of that after `else`.

    They are `None` if it is never shown again, and empty if it is always shown.
    """
    spans = when(tag, _words(words), fest)
    parts = (shown(part, view) for part in (spans, otherwise(spans)))
    return [None if part is None else part.strip() for part in parts]


class _PhaseTags(ext.Extension):
    tags = set(TAGS)  # noqa: RUF012 - Jinja's own form
    parts: ClassVar[staticmethod[[str, str], list[str | None]]]
    """What `_parts` returns for a tag and its arguments."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's signature
        """Return a template whose tags keep the lines and spaces around them.

        Their arguments are replaced by the attributes of their two parts, so that the compiled
        template is the same for all fests and moments. Raises `TagError` with all mistakes.
        """
        mistakes: list[PageError] = []

        def written(match: re.Match[str]) -> str:
            try:
                return self._written(match)
            except PageError as error:
                error.line = match.string.count("\n", 0, match.start()) + 1
                mistakes.append(error)
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
        parts = f" {json.dumps(json.dumps(self.parts(name, words)))}" if name else ""
        lines = "\n" * match[0].count("\n")
        return f"{{%{before or '+'} {name or end}{parts}{lines} {after or '+'}%}}"

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Return the nodes of a tag: its contents with marks around them."""
        tag = next(parser.stream)
        parts: list[str | None] = json.loads(parser.stream.expect("string").value)
        end = f"name:end{tag.value}"
        bodies = [parser.parse_statements(("name:else", end))]
        if next(parser.stream).value == "else":
            bodies.append(parser.parse_statements((end,), drop_needle=True))
        written: list[nodes.Node] = []
        mark = first_mark
        for part, body in zip(parts, bodies, strict=False):  # there may be no `else`
            if part is None:
                written.append(_unseen(body))
            elif part:
                written += [_text(mark(part)), *body]
                mark = else_mark
            else:
                written += body
        return [*written, _text(LAST_MARK)] if mark is else_mark else written


def _long(match: re.Match[str]) -> str:
    """Return `from "…"` and `until "…"` as the tag `show`."""
    return f"{{%{match[1]} " + (f"show {match[2]} " if match[2] else "endshow")


def _text(text: str) -> nodes.Node:
    return nodes.Output([nodes.TemplateData(text)])


def _unseen(body: list[nodes.Node]) -> nodes.Node:
    """Return nodes that render content without showing it, to report its mistakes."""
    return nodes.AssignBlock(nodes.Name("_", "store"), None, body)
